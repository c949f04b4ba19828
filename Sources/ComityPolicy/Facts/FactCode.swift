/// One fact as it is recorded: a look-up can be judged again from these alone, without the directory.
public enum FactCode: Hashable, Sendable {
    /// Not known, or not there.
    case absent
    case number(UInt64)
    case text(String)
    case texts([String])
}
