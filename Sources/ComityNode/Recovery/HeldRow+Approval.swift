package import ComityExchange
import ComityLedger
import ComityMessages
package import ComityStore

/// An approval as it is kept beside a held look-up.
extension HeldRow.Approval {
    package init(_ approval: DeskApproval) {
        self.init(
            groups: approval.groups.rawValue, person: Hex.text(approval.person.bytes), desk: approval.desk)
    }
}

extension DeskApproval {
    /// - Throws: `StoreError` if the person's mark is none: whoever cannot be told apart would count twice.
    package init(_ approval: HeldRow.Approval) throws {
        guard let person = Hex.bytes(approval.person) else {
            throw StoreError.failed("an approval of a held look-up cannot be read")
        }
        self.init(
            desk: approval.desk, groups: FieldGroupSet(rawValue: approval.groups),
            person: Person(bytes: person))
    }
}
