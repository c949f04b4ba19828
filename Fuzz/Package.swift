// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that a plain build never pays for it. It sees what everybody sees: `public`.

/// One thing to fuzz: `Sources/NAME/` holds `LLVMFuzzerTestOneInput`, `Seeds/NAME/` good inputs to begin with,
/// `FailCases/NAME/` every input that ever broke it.
func fuzz(_ name: String, _ rooms: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: rooms.map { .product(name: $0, package: "comity") },
        // libFuzzer brings the entry point.
        swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "comity", path: "..")],
    targets: [
        fuzz("codec", ["ComityMessages"]),
        fuzz("policy", ["ComityPolicy", "ComityDirectory", "ComityMessages"]),
    ]
)
