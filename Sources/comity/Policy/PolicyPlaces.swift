import ComityService
import Foundation

/// Files and folders as they are named on the command line.
enum PolicyPlaces {
    /// The files: of a folder every file in it or below that ends in `.policy`, in the order of their names.
    static func files(in places: [String]) throws -> [String] {
        try places.flatMap { place -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue
            else { return [place] }
            let names = (FileManager.default.enumerator(atPath: place)?.allObjects ?? [])
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".policy") }.sorted()
            guard !names.isEmpty else {
                throw ServiceError(
                    "no-policies", "there is no policy file in the folder `\(place)`",
                    next: "name a file, or a folder with files that end in `.policy`")
            }
            return names.map { (place.hasSuffix("/") ? place : place + "/") + $0 }
        }
    }
}
