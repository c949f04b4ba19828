package import ComityDirectory
package import ComityPolicy
package import ComityService
import Foundation

extension PolicyFolder {
    /// Reads a folder from the disk.
    package init(path: String, taxonomy: Taxonomy, directory: Directory) throws(PolicyFolderError) {
        var texts: [String: String?] = [:]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasSuffix(".policy") {
            texts[name] = .some(try? String(contentsOfFile: path + "/" + name, encoding: .utf8))
        }
        try self.init(path: path, texts: texts, taxonomy: taxonomy, directory: directory)
    }
}
