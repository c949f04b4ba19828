import ArgumentParser
import ComityStore

/// What `comity who-did --by` counts by: words with commas between them.
struct Groupings: ExpressibleByArgument {
    let list: [LookupGrouping]

    init?(argument: String) {
        let words = argument.lowercased().split(separator: ",", omittingEmptySubsequences: false)
        let list = words.compactMap { LookupGrouping(rawValue: String($0)) }
        guard !list.isEmpty, list.count == words.count, Set(list).count == list.count, list.count <= 3 else {
            return nil
        }
        self.list = list
    }
}
