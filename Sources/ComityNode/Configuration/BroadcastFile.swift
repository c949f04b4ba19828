package import ComityDirectory
package import ComityExchange
package import ComityMessages
import Foundation

/// The file of broadcast lists: `{"lists":[{"address":"DXLIST001","name":"border desks","destinations":["WA","OR"]}]}`.
package enum BroadcastFile {
    private struct File: Decodable {
        struct List: Decodable {
            let address: ORI
            let name: String
            let destinations: [Address]
        }

        let lists: [List]
    }

    /// The lists by address.
    ///
    /// - Throws: `ConfigurationError` with the list that cannot be used, and why.
    package static func read(
        _ file: String, directory: Directory, tables: CodeTables
    ) throws(ConfigurationError) -> [ORI: BroadcastList] {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw .unreadable(file: file, why: "there is no such file, or it cannot be read")
        }
        let lists: [File.List]
        do { lists = try JSONDecoder().decode(File.self, from: contents).lists } catch {
            throw .wrongValue(file: file, why: (error as? DecodingError)?.words ?? "it is not JSON")
        }
        var result: [ORI: BroadcastList] = [:]
        for list in lists {
            func fail(_ why: String) -> ConfigurationError {
                .wrongValue(file: file, why: "list `\(list.address)`: \(why)")
            }
            if directory.agency(list.address) != nil { throw fail("its address is that of an agency") }
            if list.destinations.isEmpty { throw fail("it has no destinations") }
            for destination in list.destinations {
                switch destination {
                case .member(let code):
                    if tables.reach(of: code).isEmpty || tables.member(code) == nil {
                        throw fail("no member has the code `\(code)`")
                    }
                case .agency(let ori):
                    if lists.contains(where: { $0.address == ori }) { throw fail("it holds another list") }
                    if directory.agency(ori) == nil { throw fail("the directory does not know `\(ori)`") }
                }
            }
            let copies = list.destinations.reduce(0) { count, destination in
                if case .member(let code) = destination {
                    count + tables.reach(of: code).count
                } else {
                    count + 1
                }
            }
            if copies > BroadcastList.mostCopies {
                throw fail("it has \(copies) destinations, and \(BroadcastList.mostCopies) are the most")
            }
            let value = BroadcastList(name: list.name, destinations: list.destinations)
            if result.updateValue(value, forKey: list.address) != nil { throw fail("it stands there twice") }
        }
        return result
    }
}
