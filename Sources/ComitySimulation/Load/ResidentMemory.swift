import Glibc

/// The memory that a process holds, as the system counts it.
enum ResidentMemory {
    /// In megabytes of a million bytes; `nil` if there is no such process.
    static func megabytes(of process: Int) -> Double? {
        guard let file = fopen("/proc/\(process)/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let words = text.split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else { return nil }
        return (Double(pages * sysconf(Int32(_SC_PAGESIZE))) / 1e6).toTenths
    }

    /// Raises the number of files that this process and its children may have open as far as the system lets it.
    static func raiseFileLimit() {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(files, &limit)
    }
}
