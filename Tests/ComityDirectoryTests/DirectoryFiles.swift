import ComityDirectory

import struct Foundation.Data
import struct Foundation.URL

/// The five files of a directory as text, to be changed by a test.
struct DirectoryFiles {
    var agencies: String
    var federal: String
    var affiliations: String
    var members: String
    var families: String

    /// A directory of a few rows.
    static let small = DirectoryFiles(
        agencies: """
            ori,state,agency_name,agency_type
            WA0010100,WA,Example Police Department,City
            NB0020000,NE,Example County Sheriff,County
            WAWSP0000,WA,"Example Patrol, Unit ""Q\""",State Police
            WA0999900,WA,Example Harbor Police,Federal
            """,
        federal: """
            ori,name,kind,member,family
            DXICE0100,"Removal Office West (made up)",federal,DX,US.DHS.ICE
            DXSHERIF1,"Deputised unit (made up)",county,WA,
            WA0999900,,,,US.DOD
            """,
        affiliations: """
            ori,family,from,until,basis
            DXSHERIF1,US.DHS.ICE,2026-01-10,2026-03-20,an invented agreement
            """,
        members: """
            member,ori_prefix,name
            NE,NB,Nebraska
            WA,WA,Washington
            DX,DX,Federal agencies (made up)
            """,
        families: """
            path,name
            US.DHS.ICE,Immigration and Customs Enforcement
            US,United States
            US.DHS,Homeland Security
            US.DOD,Defense
            """)

    /// The files of the project.
    static func real() throws -> DirectoryFiles {
        DirectoryFiles(
            agencies: try text("agencies.csv"), federal: try text("federal.csv"),
            affiliations: try text("affiliations.csv"), members: try text("states.csv"),
            families: try text("families.csv"))
    }

    func read() throws(DirectoryError) -> Directory {
        try Directory(
            agencies: Array(agencies.utf8), federal: Array(federal.utf8),
            affiliations: Array(affiliations.utf8),
            members: Array(members.utf8), families: Array(families.utf8))
    }

    private static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return String(
            decoding: try Data(contentsOf: root.appending(path: "Data/directory/\(name)")), as: UTF8.self)
    }
}
