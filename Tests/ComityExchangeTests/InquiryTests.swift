import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicyTestSupport
import Testing

@Suite("What the switch answers itself: help texts, the directory, the archive")
struct InquiryTests {
    static let colorado = "CO0010100"
    static let oregon = ExampleWorld.directory.agencies.first { $0.member == MemberCode("OR")! }!.ori
        .description

    /// A terminal of the switch, and the lines of two states.
    static func world(
        owners: [MemberCode: OwnerRoute]? = nil, change: (inout ExchangeSettings) -> Void = { _ in }
    ) -> World {
        var world = World(
            owners: owners,
            links: [World.terminal]
                + ["CO", "OR"].map { state in
                    LinkPermit(name: state, speaksFor: Speakers(members: [MemberCode(state)!]))
                }
        ) { settings in
            settings.operators = [ORI("CO0010000")!]
            settings.controlTerminals = [ORI(colorado)!]
            change(&settings)
        }
        world.open(1, link: "CO")
        world.open(2, link: "OR")
        world.open(3)
        return world
    }

    static func am(_ from: String, _ to: String, _ text: String = "", control: String = "H1") -> String {
        "AM.\(from).\(to).*\(control).TXT\r\n\(text)"
    }

    func postings(_ world: World) -> [PostingEntry] {
        world.ledgers.filter { $0.key.kind == .control }.flatMap(\.value)
            .compactMap { if case .posting(let entry) = $0 { entry } else { nil } }
    }

    // MARK: Help texts

    @Test("a help text is recorded before it is acknowledged, and answers anybody from its own address")
    func help() throws {
        var world = Self.world()
        world.confirmsAtOnce = false
        world.send(Self.am(Self.colorado, "COLICUPDT", "PLATES ARE FILED BY YEAR\nCALL IF IN DOUBT"))
        #expect(world.messages(to: 1).isEmpty && world.acknowledged.isEmpty)
        world.confirm()
        world.confirmsAtOnce = true
        #expect(world.messages(to: 1).map(\.text) == ["Recorded."])
        world.send(Self.am(Self.oregon, "COLICHELP"), on: 2)
        let answer = try #require(world.messages(to: 2).last)
        #expect(answer.key == .am && answer.origin == ORI("COLICHELP")!)
        #expect(answer.text == "PLATES ARE FILED BY YEAR\nCALL IF IN DOUBT")
        #expect(answer.control == ControlField("H1"))
        #expect(world.reasons == ["help-query"])
        let entry = try #require(postings(world).first)
        #expect(entry.kind == .helpReplaced && entry.subject == "COLICHELP")
        #expect(entry.agency == Self.colorado && entry.link == "CO")
        #expect(entry.text == PostingEntry.hash(Array(answer.text.utf8)))
    }

    @Test("more is added on a new line, once; and a deleted or missing text says that there is none")
    func appended() {
        var world = Self.world()
        world.send(Self.am(Self.colorado, "COOLNAPND", "FIRST", control: "H1"))
        world.send(Self.am(Self.colorado, "COOLNAPND", "SECOND", control: "H2"))
        world.send(Self.am(Self.colorado, "COOLNAPND", "SECOND", control: "H2"))
        #expect(world.reasons == ["duplicate"])
        world.send(Self.am(Self.oregon, "COOLNHELP", control: "Q1"), on: 2)
        world.send(Self.am(Self.colorado, "COOLNCNCL", control: "H3"))
        world.send(Self.am(Self.oregon, "COOLNHELP", control: "Q2"), on: 2)
        world.send(Self.am(Self.oregon, "NLNOQHELP", control: "Q3"), on: 2)
        let none = "NO HELP INFORMATION IS AVAILABLE FOR THIS USER"
        #expect(world.messages(to: 2).map(\.text) == ["FIRST\nSECOND", none, none])
        #expect(postings(world).map(\.kind) == [.helpAppended, .helpAppended, .helpCancelled])
        #expect(postings(world).last?.text == nil)
    }

    @Test("another state changes nothing, nor does a state those of the network; an operator does")
    func rights() {
        var world = Self.world()
        for function in ["UPDT", "APND", "CNCL"] {
            world.send(Self.am(Self.oregon, "COLIC\(function)", "OURS NOW", control: function), on: 2)
        }
        world.send(Self.am(Self.colorado, "NLNOQUPDT", "OURS NOW"))
        #expect(world.reasons == Array(repeating: "help-of-another", count: 4))
        #expect(world.messages(to: 2).allSatisfy { $0.key == .er } && postings(world).isEmpty)
        world.send(Self.am("CO0010000", "NLNOQUPDT", "WHO ANSWERS BY NAME", control: "H9"))
        #expect(postings(world).map(\.subject) == ["NLNOQHELP"])
    }

    @Test(
        "an address that nobody can have, one beside others, a text that is empty or too long",
        arguments: [
            ("COXXXHELP", "", "help-unknown"), ("E1LICHELP", "", "help-unknown"),
            ("COLICHELP.OR", "", "help-alone"), ("COLICUPDT", "", "help-empty"),
            ("COLICUPDT", String(repeating: "A", count: 12_001), "help-too-long"),
        ])
    func unfit(to: String, text: String, why: String) {
        var world = Self.world()
        world.send(Self.am(Self.colorado, to, text))
        #expect(world.reasons == [why])
        #expect(world.messages(to: 1).map(\.key) == [.er])
    }

    @Test("what was posted stands again after a restart, but for a text that is not the one of its entry")
    func restored() throws {
        var world = Self.world()
        world.send(Self.am(Self.colorado, "COLICUPDT", "ONE", control: "H1"))
        world.send(Self.am(Self.colorado, "COOLNUPDT", "TWO", control: "H2"))
        var postings = Postings()
        for case .posting(let entry, let text, _) in world.appends.flatMap(\.drafts) {
            postings.add(entry, text: entry.subject == "COOLNHELP" ? Array("FALSE".utf8) : text)
        }
        var next = Self.world()
        next.exchange.restore(postings)
        next.send(Self.am(Self.oregon, "COLICHELP", control: "Q1"), on: 2)
        next.send(Self.am(Self.oregon, "COOLNHELP", control: "Q2"), on: 2)
        #expect(
            next.messages(to: 2).map(\.text) == ["ONE", "NO HELP INFORMATION IS AVAILABLE FOR THIS USER"])
    }

    // MARK: The directory

    @Test("the directory is asked by ID, by words of a name, by type; and says what it does not have")
    func query() throws {
        var world = Self.world()
        let agency = try #require(ExampleWorld.directory.agency(ORI(Self.colorado)!))
        func ask(_ to: String, _ body: String) -> String {
            world.send("TQ.\(Self.oregon).\(to).TXT\r\n\(body)", on: 2)
            return world.messages(to: 2).last!.text
        }
        let line = "ORI \(Self.colorado) TYP PD CO NAME \(agency.name)"
        #expect(agency.kind == .city)
        #expect(ask("CO", "ORI/\(Self.colorado)") == line)
        #expect(ask("OD", "ORI/\(Self.colorado)") == line)
        #expect(ask("OR", "ORI/\(Self.colorado)") == "NOT ON FILE")
        #expect(ask("CO", "LOC/\(agency.name.uppercased().prefix(20))").contains(line))
        let cities = ask("CO", "TYP/PD").split(separator: "\n")
        #expect(cities.count == 21 && cities[0].hasPrefix("There are more than these 20."))
        #expect(cities.dropFirst().allSatisfy { $0.hasPrefix("ORI CO") && $0.contains(" TYP PD ") })
        #expect(world.messages(to: 2).allSatisfy { $0.key == .tr && $0.origin == ORI("NL0000000")! })
        #expect(Set(world.reasons) == ["directory-query"])
    }

    @Test("a wish to change the directory is recorded and changes nothing")
    func wishes() throws {
        var world = Self.world()
        world.send(
            "TA.\(Self.colorado).OD.TXT\r\n"
                + "ORI/CO9990100.LOC/EXAMPLE.TYP/PD.NAME/Example \"Test\" Police")
        world.send("TU.\(Self.colorado).OD.TXT\r\nORI/\(Self.colorado).NAME/Example County")
        world.send("TD.\(Self.colorado).OD.TXT\r\nORI/CO0010000")
        #expect(
            world.messages(to: 1).map(\.statusLine) == [
                "TA CO9990100 RECORDED, NOT IN FORCE", "TU \(Self.colorado) RECORDED, NOT IN FORCE",
                "TD CO0010000 RECORDED, NOT IN FORCE",
            ])
        #expect(world.messages(to: 1).allSatisfy { $0.key == .tr })
        #expect(postings(world).map(\.kind) == [.agencyAdded, .agencyModified, .agencyCancelled])
        let rows = world.exchange.postings.wishes.sorted { $0.key < $1.key }.map(\.value.row)
        #expect(
            rows == [
                nil, "\(Self.colorado),CO,CO,\"Example County\",City",
                "CO9990100,CO,CO,\"Example \"\"Test\"\" Police\",City",
            ])
        world.send("TQ.\(Self.colorado).CO.TXT\r\nORI/CO9990100")
        #expect(world.messages(to: 1).last?.text == "NOT ON FILE")
    }

    @Test("on a link that speaks for two states, each wishes for its own agencies only")
    func shared() {
        let both = Speakers(members: [MemberCode("CO")!, MemberCode("OR")!])
        var world = World(links: [LinkPermit(name: "both", speaksFor: both)]) {
            $0.controlTerminals = [ORI(Self.colorado)!]
        }
        world.open(1, link: "both")
        world.send("TD.\(Self.colorado).OD.TXT\r\nORI/\(Self.oregon)")
        world.send("TA.\(Self.colorado).OD.TXT\r\nORI/OR9990100.LOC/EXAMPLE.TYP/PD")
        #expect(world.reasons == ["directory-of-another", "directory-of-another"])
        #expect(postings(world).isEmpty)
    }

    @Test(
        "who may wish what: the state itself, on its own link, adding and cancelling from a control terminal",
        arguments: [
            ("OR", 2, "TD", "ORI/CO0010000", "directory-of-another"),
            ("CO", 3, "TD", "ORI/CO0010000", "directory-of-another"),
            ("CO", 1, "TA", "ORI/OR9990100.LOC/EXAMPLE.TYP/PD", "directory-of-another"),
            ("CO", 1, "TA", "ORI/DX9990100.LOC/EXAMPLE.TYP/PD", "directory-of-another"),
            ("CO0010000", 1, "TA", "ORI/CO9990100.LOC/EXAMPLE.TYP/PD", "not-control-terminal"),
            ("CO0010000", 1, "TD", "ORI/CO0010000", "not-control-terminal"),
            ("CO", 1, "TA", "ORI/CO0010000.LOC/EXAMPLE.TYP/PD", "agency-exists"),
            ("CO", 1, "TU", "ORI/CO9990100.TYP/PD", "agency-unknown"),
            ("CO", 1, "TU", "ORI/CO0010000", "fields-combination"),
            ("CO", 1, "TA", "ORI/CO9990100.LOC/EXAMPLE.TYP/XX", "value-form"),
        ])
    func wishRights(from: String, link: UInt64, key: String, body: String, why: String) {
        var world = Self.world()
        let sender = from == "CO" ? Self.colorado : from == "OR" ? Self.oregon : from
        world.send("\(key).\(sender).OD.TXT\r\n\(body)", on: link)
        #expect(world.reasons == [why])
        #expect(world.messages(to: link).map(\.key) == [.er] && postings(world).isEmpty)
    }
}
