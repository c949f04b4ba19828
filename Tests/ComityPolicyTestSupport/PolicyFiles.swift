extension ExampleWorld {
    /// The paths of all policy files among the examples.
    public static var policyFiles: [String] {
        ["Examples/policies", "Examples/policies/fixtures"].flatMap(files).filter { $0.hasSuffix(".policy") }
    }
}
