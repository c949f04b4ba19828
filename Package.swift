// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house. Which room may import which is stated in ARCHITECTURE.md and checked by
// `dev/check-imports`, because the compiler lets a transitive import pass without a word.

// `make check` sets this, so that a newer compiler's new warning never breaks a plain build.
let warningsAreErrors = Context.environment["COMITY_WARNINGS_AS_ERRORS"] != nil

let house: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: house)
}

let package = Package(
    name: "comity",
    products: [
        .library(name: "ComityMessages", targets: ["ComityMessages"]),
        .library(name: "ComityDirectory", targets: ["ComityDirectory"]),
        .library(name: "ComityPolicy", targets: ["ComityPolicy"]),
        .library(name: "ComityLedger", targets: ["ComityLedger"]),
        .executable(name: "comity", targets: ["comity"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
    ],
    targets: [
        // Values and decisions.
        room("ComityMessages"),
        room("ComityDirectory", ["ComityMessages", crypto]),
        room("ComityPolicy", ["ComityMessages", "ComityDirectory", crypto]),
        room("ComityLedger", [crypto]),
        room("ComityExchange", ["ComityMessages", "ComityDirectory", "ComityPolicy", "ComityLedger"]),
        // Clocks, disks, sockets.
        room("ComityStore", ["ComityMessages", "ComityLedger"]),
        room("ComityStoreSQLite", ["ComityStore", "ComityMessages", "ComityLedger", grdb, sqlite]),
        room("ComityRecords", ["ComityMessages", sqlite]),
        room(
            "ComityService",
            [
                "ComityMessages", "ComityDirectory", "ComityPolicy", "ComityLedger", "ComityExchange",
                "ComityStore", "ComityRecords",
            ]),
        room(
            "ComityNode",
            [
                "ComityMessages", "ComityDirectory", "ComityPolicy", "ComityLedger", "ComityExchange",
                "ComityStore", "ComityStoreSQLite", "ComityRecords", "ComityService",
                nioCore, nioPosix, nioHTTP, log, crypto,
            ]),
        room(
            "ComitySimulation",
            [
                "ComityMessages", "ComityDirectory", "ComityPolicy", "ComityLedger", "ComityExchange",
                "ComityStore", "ComityStoreSQLite", "ComityRecords", "ComityService", "ComityNode",
                nioCore, nioPosix, log, crypto,
            ]),
        .executableTarget(
            name: "comity",
            dependencies: [
                "ComityMessages", "ComityDirectory", "ComityPolicy", "ComityLedger", "ComityExchange",
                "ComityStore", "ComityStoreSQLite", "ComityRecords", "ComityService", "ComityNode",
                "ComitySimulation", arguments, log,
            ],
            swiftSettings: house),
        // Tests, one for one.
        .target(
            name: "ComityTestSupport", dependencies: [], path: "Tests/ComityTestSupport", swiftSettings: house
        ),
        tests(of: "ComityMessages", ["ComityMessages", "ComityTestSupport"]),
        tests(of: "ComityDirectory", ["ComityDirectory", "ComityMessages", "ComityTestSupport"]),
        .target(
            name: "ComityPolicyTestSupport",
            dependencies: ["ComityPolicy", "ComityDirectory", "ComityMessages", "ComityTestSupport"],
            path: "Tests/ComityPolicyTestSupport", swiftSettings: house),
        tests(
            of: "ComityPolicy",
            [
                "ComityPolicy", "ComityDirectory", "ComityMessages", "ComityTestSupport",
                "ComityPolicyTestSupport",
            ]),
        // The same random cases by the million: `Benchmarks/agreement`.
        .executableTarget(
            name: "ComityAgreement", dependencies: ["ComityPolicy", "ComityPolicyTestSupport"],
            path: "Tests/ComityAgreement", swiftSettings: house),
        tests(of: "ComityLedger", ["ComityLedger", "ComityTestSupport"]),
        tests(
            of: "ComityExchange",
            [
                "ComityExchange", "ComityPolicy", "ComityDirectory", "ComityMessages", "ComityLedger",
                "ComityTestSupport", "ComityPolicyTestSupport",
            ]),
        tests(
            of: "ComityService",
            [
                "ComityService", "ComityNode", "ComityStoreSQLite", "ComityStore", "ComityRecords",
                "ComityExchange", "ComityPolicy", "ComityDirectory", "ComityLedger", "ComityMessages",
                "ComityTestSupport", nioCore, nioPosix, log,
            ]),
        tests(
            of: "ComityNode",
            [
                "ComityNode", "ComityService", "ComityExchange", "ComityStore", "ComityStoreSQLite",
                "ComityPolicy", "ComityDirectory", "ComityLedger", "ComityMessages", "ComityTestSupport",
                "ComityPolicyTestSupport", log,
            ]),
        // The real program, run on a real home.
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "comity", "ComityNode", "ComityService", "ComityStore", "ComityStoreSQLite",
                "ComityRecords", "ComityLedger", "ComityMessages", log,
            ],
            exclude: ["Golden"], swiftSettings: house),
        tests(
            of: "ComitySimulation",
            [
                "ComitySimulation", "ComityNode", "ComityService", "ComityExchange", "ComityStore",
                "ComityStoreSQLite", "ComityRecords", "ComityLedger", "ComityPolicy", "ComityDirectory",
                "ComityMessages", log,
            ]),
        // A switch for the test that shows that a test notices: it can be told not to flush.
        .executableTarget(
            name: "ComityTestSwitch",
            dependencies: ["ComityNode", "ComityStoreSQLite", "ComityMessages", log],
            path: "Tests/ComityTestSwitch", swiftSettings: house),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ComityNode", "ComityService", "ComityStore", "ComityStoreSQLite", "ComityRecords",
                "ComityExchange", "ComityLedger", "ComityMessages", "ComityTestSupport", "ComityTestSwitch",
                "comity", crypto, nioCore, nioPosix,
            ],
            swiftSettings: house),
        tests(of: "ComityRecords", ["ComityRecords", "ComityMessages", "ComityTestSupport", sqlite]),
    ]
)
