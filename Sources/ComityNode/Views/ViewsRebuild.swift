package import ComityPolicy
import ComityService
import ComityStore
import ComityStoreSQLite
import Glibc

/// Makes the read models anew from the entries.
package enum ViewsRebuild {
    /// Makes them in a file beside the old one, and moves it into place when it is whole.
    ///
    /// - Returns: how many look-ups are in them.
    /// - Throws: `HomeError.owned` while a switch runs on the home; its views follow the entries by themselves.
    package static func run(_ home: Home, taxonomy: Taxonomy) throws -> Int {
        guard home.exists else { throw HomeError.missing(home.path) }
        let lock = try HomeLock(home)
        defer { lock.release() }
        let draft = home.views + ".new"
        for suffix in suffixes { unlink(draft + suffix) }
        let store = try StoreReader(path: home.store)
        defer { try? store.close() }
        let views = try SQLiteViews(path: draft)
        try Projection(taxonomy: taxonomy).catchUp(views, from: store)
        let count = try views.counts(.init()).reduce(0) { $0 + $1.count }
        // Closing the last connection takes the log into the file.
        try views.close()
        for suffix in suffixes.dropFirst() { unlink(home.views + suffix) }
        guard rename(draft, home.views) == 0 else {
            throw HomeError.notUsable(home.path, why: String(cString: strerror(errno)))
        }
        for suffix in suffixes { unlink(draft + suffix) }
        return count
    }

    private static let suffixes = ["", "-wal", "-shm"]
}
