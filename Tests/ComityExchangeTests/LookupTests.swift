import ComityExchange
import ComityLedger
import ComityMessages
import Testing

@Suite("Look-ups: one for each owner, matched, timed, recorded")
struct LookupTests {
    private func world(_ change: (inout ExchangeSettings) -> Void = { _ in }) -> World {
        var world = World(change: change)
        world.open(1)
        return world
    }

    private let question = "DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001"

    @Test("nothing is acknowledged or asked before the question is durable")
    func durableFirst() {
        var world = world()
        world.confirmsAtOnce = false
        world.send(question)
        #expect(world.waiting.count == 1)
        #expect(world.acknowledged.isEmpty && world.asked.isEmpty && world.frames.isEmpty)
        world.confirm()
        #expect(world.acknowledged == [1] && world.asked.count == 1 && world.frames.isEmpty)
        // The answer has come back and waits for its own entry.
        #expect(world.waiting.count == 1)
        world.confirm()
        #expect(world.frames.count == 1)
    }

    @Test("one message to five states is five look-ups in one append, each with its own id and ledger")
    func fiveOwners() {
        var world = world()
        world.send("DQ.CO0010100.TX.OR.CA.NV.AZ.*A000000001.TXT\r\nOLN/X0000001")
        #expect(world.appends[0].drafts.count == 5)
        let questions = ["TX", "OR", "CA", "NV", "AZ"].flatMap(world.questions)
        #expect(Set(questions.map(\.transaction)).count == 5)
        #expect(Set(questions.map(\.message)).count == 1)
        #expect(world.messages().count == 5)
        #expect(Set(world.messages().compactMap(\.control)).count == 1)
    }

    @Test("an alias of a state is the state: NB is Nebraska")
    func alias() {
        var world = world()
        world.send("DQ.CO0010100.NB.*A000000001.TXT\r\nOLN/X0000001")
        #expect(world.questions("NE").count == 1)
    }

    @Test(
        "a look-up without an answer in time is reported, and a late answer is recorded and never delivered")
    func timeOut() throws {
        var world = world()
        world.answersAtOnce = false
        world.send(question)
        let lookup = try #require(world.asked.first).lookup
        world.wait(.seconds(29))
        #expect(world.frames.isEmpty)
        world.wait(.seconds(2))
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 NO-ANSWER TX "))
        #expect(world.closings("TX").map(\.ending) == [.noAnswer])
        world.answer(.records([World.record]), for: lookup)
        #expect(world.frames.count == 1)
        #expect(world.entries("operations").count == 1)
        #expect(world.exchange.openLookups == 0)
    }

    @Test("nothing on file is released with no record")
    func notOnFile() throws {
        var world = world()
        world.source = { _ in .records([]) }
        world.send(question)
        let answer = try #require(world.messages().first)
        #expect(answer.statusLine.hasPrefix("COMITY 1 RELEASED TX "))
        #expect(answer.text.contains("NOT ON FILE"))
        #expect(world.closings("TX").map(\.records) == [0])
    }

    @Test("an answer that holds the first of more records says so, and one that holds all does not")
    func firstOfMore() throws {
        let two = [World.record, World.record]
        for (answer, isCut) in [(RecordAnswer.firstRecords(two), true), (.records(two), false)] {
            var world = world()
            world.source = { _ in answer }
            world.send(question)
            let message = try #require(world.messages().first)
            #expect(message.text.contains("There are more records than these 2.") == isCut)
            #expect(message.elements.count { $0.prefix == "OLN" } == 2)
            #expect(world.closings("TX").map(\.records) == [2])
        }
    }

    @Test(
        "the documented negative answers are passed on",
        arguments: [
            (RecordAnswer.fileNotAvailable, "FILE NOT AVAILABLE"),
            (.temporarilyUnavailable, "TEMPORARILY UNAVAILABLE"),
        ])
    func negative(_ answer: RecordAnswer, _ words: String) throws {
        var world = world()
        world.source = { _ in answer }
        world.send(question)
        #expect(try #require(world.messages().first).text.contains(words))
        #expect(world.closings("TX").map(\.ending) == [.noAnswer])
    }

    @Test("the same message within the window is not answered twice; without a control field it is")
    func duplicates() throws {
        var world = world()
        world.send(question)
        world.send(question)
        #expect(world.questions("TX").count == 1)
        #expect(try #require(world.messages().last).key == .er)
        #expect(world.entries("operations").count == 1)
        world.wait(.seconds(121))
        world.send(question)
        #expect(world.questions("TX").count == 2)
        world.send("DQ.CO0010100.TX.TXT\r\nOLN/X0000001")
        world.send("DQ.CO0010100.TX.TXT\r\nOLN/X0000001")
        #expect(world.questions("TX").count == 4)
    }

    @Test(
        "free text cannot be cut: it is refused when anything was to be withheld, and released whole otherwise"
    )
    func freeText() throws {
        // The facts of the record are known, or Washington would refuse for what it does not know of it.
        let text = VehicleRecord(
            elements: [TaggedElement("TXT", "EXAMPLE PAT Q LIVES AT 1 EXAMPLE ST", nil)],
            facts: World.record.facts)
        for (ori, owner, released) in [("CO0010100", "TX", true), ("DXCBP0100", "WA", false)] {
            var world = world()
            world.source = { _ in .records([text]) }
            world.send("DQ.\(ori).\(owner).*A000000001.TXT\r\nOLN/X0000001")
            let frames = String(decoding: world.frames[0], as: UTF8.self)
            #expect(frames.contains("EXAMPLE ST") == released, "\(ori) asks \(owner)")
        }
    }

    @Test("a value that the text format cannot hold ends as no answer, not as released")
    func unwritable() throws {
        var world = world()
        let odd = VehicleRecord(elements: [TaggedElement("NAM", "EXAMPLE,PAT ADR/1", .identity)])
        world.source = { _ in .records([odd]) }
        world.send(question)
        #expect(world.closings("TX").map(\.ending) == [.noAnswer])
        #expect(!String(decoding: world.frames[0], as: UTF8.self).contains("EXAMPLE"))
    }

    @Test("a hold tells the asker, waits, and takes its fallback when nobody decides")
    func held() throws {
        var world = world()
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nIMQ/Y.OLN/X0000001")
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 HELD-FOR-REVIEW WA "))
        #expect(world.asked.isEmpty && world.exchange.heldLookups == 1)
        #expect(world.questions("WA").map(\.gate) == [.held])
        world.wait(.seconds(4 * 3600 + 1))
        #expect(world.messages().count == 2)
        #expect(try #require(world.messages().last).statusLine.hasPrefix("COMITY 1 REFUSED WA "))
        #expect(world.closings("WA").map(\.ending) == [.holdExpired])
        #expect(world.asked.isEmpty)
    }

    @Test("a protected person's record is refused on the answer, and its facts stand in the closing")
    func protectedRecord() throws {
        var world = world()
        world.source = { _ in
            var record = World.record
            record.facts["protected-person"] = "yes"
            return .records([record])
        }
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nOLN/X0000001")
        let closing = try #require(world.closings("WA").first)
        #expect(closing.ending == .refusedOnAnswer)
        #expect(!closing.recordFacts.isEmpty)
        #expect(!String(decoding: world.frames[0], as: UTF8.self).contains("EXAMPLE,PAT"))
    }
}
