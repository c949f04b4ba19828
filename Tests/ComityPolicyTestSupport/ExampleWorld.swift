public import ComityDirectory
public import ComityMessages
public import ComityPolicy
import FoundationEssentials

/// The taxonomy, the directory and the example policies of this repository.
public enum ExampleWorld {
    /// The root of the repository.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    public static let taxonomy: Taxonomy = try! Taxonomy(json: bytes("Data/taxonomy/taxonomy.json"))

    public static let directory: Directory = try! Directory(
        agencies: bytes("Data/directory/agencies.csv"), federal: bytes("Data/directory/federal.csv"),
        affiliations: bytes("Data/directory/affiliations.csv"), members: bytes("Data/directory/states.csv"),
        families: bytes("Data/directory/families.csv"),
        certifications: bytes("Data/directory/certifications.csv"))

    public static func bytes(_ path: String) -> [UInt8] {
        try! Array(Data(contentsOf: root.appending(path: path)))
    }

    public static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

    /// The paths of the files of a folder, sorted by name.
    public static func files(_ folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return (names ?? []).sorted().map { "\(folder)/\($0)" }
    }

    /// The names of the example files.
    public static let names = ["WA", "NY", "TX", "network-default", "network-floor"]

    /// An example policy.
    public static func policy(_ name: String) -> Policy {
        let read = read(text("Examples/policies/\(name).policy"))
        guard let policy = read.policy else { fatalError("\(name).policy: \(read.diagnostics)") }
        return policy
    }

    /// Reads a policy text with the taxonomy and the directory of the repository.
    public static func read(_ text: String) -> (policy: Policy?, diagnostics: [Diagnostic]) {
        PolicyLanguage.read(text, file: "test.policy", taxonomy: taxonomy, directory: directory)
    }

    /// The facts of a question of an agency.
    public static func facts(
        _ ori: String, asks kind: RequestKind = .driverByNumber, owner: String = "WA", photo: Bool = false,
        at: Timestamp = Timestamp("2026-03-02T12:00:00Z")!, elements: [Element] = []
    ) -> FactVector {
        FactResolver(taxonomy: taxonomy, directory: directory).resolve(
            Message(
                key: .dq, origin: ORI(ori)!, destinations: [.member(MemberCode(owner)!)], elements: elements),
            request: Request(kind: kind, breadth: .oneRecord, photoAsked: photo), owner: MemberCode(owner)!,
            path: "hub", at: at)
    }
}
