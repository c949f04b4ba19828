import ComityMessages
import ComityPolicy
import ComityRecords
import Testing

/// An element without a group is released only with everything else: one forgotten row of the taxonomy would
/// silently take an element out of most answers.
@Suite struct RecordColumnTests {
    @Test("every element of the made-up records has a field group in the taxonomy")
    func everyColumn() throws {
        let groups = Repository.taxonomy.elementGroups
        #expect(SQLRecordSource.elements.count > 25)
        for prefix in SQLRecordSource.elements {
            #expect(groups[prefix] != nil, "`\(prefix)` has no group in Data/taxonomy/taxonomy.json")
        }
        // Each group of the language comes up in them, or a policy about it could never be seen at work.
        let found = Set(SQLRecordSource.elements.compactMap { groups[$0] })
        #expect(found == Set(FieldGroup.allCases))
    }
}
