import ComityLedger
package import ComityMessages

/// One person at a desk lets a held look-up through.
package struct DeskApproval: Hashable, Sendable {
    package let desk: String
    /// What may go out.
    package let groups: FieldGroupSet
    /// The person, told apart from others at this look-up, and known to nobody without the switch's key.
    package let person: Person

    package init(desk: String, groups: FieldGroupSet, person: Person) {
        self.desk = desk
        self.groups = groups
        self.person = person
    }

    /// Sixteen bytes of a keyed hash of a look-up and a name. Who decides is kept sealed, but that a second person is
    /// another one must be known after a restart as well.
    package struct Person: Hashable, Sendable {
        package let bytes: [UInt8]

        package init(bytes: [UInt8]) { self.bytes = bytes }

        /// Capitals and blanks make no other person.
        init(_ name: String, at lookup: TransactionID, key: KeyedHash) {
            let name = name.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            bytes = Array(key.hash(Array("reviewer ".utf8) + lookup.bytes + Array(name.utf8)).prefix(16))
        }
    }
}

/// What a desk has said so far of a look-up that waits for it.
package struct DeskStanding: Hashable, Sendable {
    package let desk: String
    /// How many of its people must approve: the most that a rule asks for.
    package let people: Int
    /// How many have.
    package let approvals: Int

    package var missing: Int { max(0, people - approvals) }
}
