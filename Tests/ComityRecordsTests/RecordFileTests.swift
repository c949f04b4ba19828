import ComityMessages
import ComityRecords
import GRDBSQLite
import Testing

import struct Foundation.Data
import struct Foundation.URL

@Suite("Record files")
struct RecordFileTests {
    /// Runs SQL on a file with a connection of its own.
    private func run(_ sql: String, on file: String) {
        var handle: OpaquePointer?
        #expect(sqlite3_open(file, &handle) == SQLITE_OK)
        #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
    }

    @Test("A missing file, a file of something else and a file of another version are refused with a remedy")
    func refused() throws {
        let fixture = try RecordFixture()
        let missing = #expect(throws: RecordFileError.self) {
            try SQLRecordSource(file: fixture.file + "-none", groups: [:])
        }
        #expect(missing?.description.contains("-none") == true)

        let other = fixture.folder.appending(path: "other").path(percentEncoded: false)
        try Data("this is not a database, whatever its name may say".utf8).write(to: URL(filePath: other))
        #expect(throws: RecordFileError.self) { try SQLRecordSource(file: other, groups: [:]) }

        run("PRAGMA user_version = 7", on: fixture.file)
        let version = #expect(throws: RecordFileError.self) { try fixture.source() }
        #expect(version?.why.contains("version 2") == true)
        #expect(version?.next == "make it anew")
    }

    @Test("Never more than ten records are given, the same ten each time")
    func atMostTen() throws {
        let fixture = try RecordFixture()
        let rows = (0..<15).map { "('\($0)')" }.joined(separator: ",")
        run(
            """
            CREATE TABLE more (x); INSERT INTO more VALUES \(rows);
            CREATE TABLE copy AS SELECT driver.* FROM driver, more WHERE OLN = 'WDL00000012X';
            UPDATE copy SET id = 90000 + rowid, OLN = 'COPY' || rowid;
            INSERT INTO driver SELECT * FROM copy; DROP TABLE copy; DROP TABLE more;
            """, on: fixture.file)
        let source = try fixture.source()
        let keys = fixture.population.keys(of: .wa, person: 11)
        let question = message(.dq, "NAM", keys.name, "DOB", keys.birth, "SEX", keys.sex)
        let answer = try source.ask(question, .driverByName)
        #expect(answer.found.count == 10)
        #expect(answer.found.first?.values("OLN") == [keys.licence])
        #expect(try source.ask(question, .driverByName) == answer)
    }

    @Test(
        "A damaged file is temporarily unavailable and counted, not the end of the process"
    )
    func damaged() throws {
        let fixture = try RecordFixture()
        var bytes = try fixture.bytes()
        // The first eight pages hold the layout and the roots of the tables; what they lead to is overwritten.
        for index in (8 * 4096)..<bytes.count { bytes[index] = 0xA5 }
        try bytes.write(to: URL(filePath: fixture.file))
        let source = try fixture.source()
        #expect(source.licence("WDL00000012X") == .temporarilyUnavailable)
        #expect(source.failureCount == 1)
    }

    @Test("The file is opened for reading only: nothing is written beside it or into it")
    func readOnly() throws {
        let fixture = try RecordFixture()
        let before = try fixture.bytes()
        let source = try fixture.source()
        for index in 0..<50 { _ = source.licence(fixture.population.keys(of: .wa, person: index).licence) }
        #expect(try fixture.bytes() == before)
        #expect(try fixture.names() == ["records.sqlite"])
    }

    @Test("A file can be made anew in its place while an old one is in use")
    func replaced() throws {
        let fixture = try RecordFixture()
        let old = try fixture.source()
        let before = old.licence("WDL00000012X")
        try SyntheticPopulation.small(seed: 2).write(to: fixture.file)
        #expect(old.licence("WDL00000012X") == before)
        #expect(try fixture.source().licence("WDL00000012X") != before)
    }

    @Test("A folder that is not there is an error with the path, and leaves nothing behind")
    func noFolder() throws {
        let error = #expect(throws: RecordFileError.self) {
            try SyntheticPopulation.small(seed: 1).write(to: "/nonexistent-folder/records.sqlite")
        }
        #expect(error?.file.contains("/nonexistent-folder/") == true)
    }
}
