package import ComityLedger
package import ComityMessages
package import ComityStore

/// Opens the envelopes of one owner's look-ups, or those of messages that the network passed on, with the secret of the owner
/// or of its auditor.
package struct OwnerKeys: Sendable {
    package let owner: MemberCode
    private let holder: EpochHolder
    private let secret: RecipientSecret
    private var keys: [UInt64: EpochKey] = [:]
    /// Keys of the owner's epochs that were sealed for somebody else: under an older key of the owner's, say.
    private var others: Set<UInt64> = []

    /// What is in an envelope.
    package enum Opened: Sendable {
        case body([UInt8])
        /// Sealed for another key than the one that is here.
        case notForThisKey
        /// Not what a switch sealed at this place, or its epoch key is gone.
        case damaged(SealError)
    }

    package init(owner: MemberCode, secret: RecipientSecret) {
        self.owner = owner
        self.secret = secret
        holder = .owner(owner.description)
    }

    /// Opens what a member's agencies asked or sent, with the secret of that member.
    package init(requester member: MemberCode, secret: RecipientSecret) {
        owner = member
        self.secret = secret
        holder = .requester(member.description)
    }

    /// Opens the envelope that lies beside an entry.
    ///
    /// - Parameter store: where the epoch keys are; read again when an envelope names one that is not known yet.
    package mutating func open(
        _ sealed: [UInt8], of entry: some EnvelopedEntry, store: some EntrySource
    ) throws -> Opened {
        let epochs: [UInt64]
        do throws(SealError) {
            epochs = try Envelope.epochs(of: sealed)
        } catch {
            return .damaged(error)
        }
        func isKnown(_ id: UInt64) -> Bool { keys[id] != nil || others.contains(id) }
        if !epochs.contains(where: isKnown) { try load(store) }
        if !epochs.contains(where: { keys[$0] != nil }), epochs.contains(where: others.contains) {
            return .notForThisKey
        }
        do throws(SealError) {
            return .body(try Envelope.open(sealed, at: entry.envelopePlace) { keys[$0] })
        } catch {
            return .damaged(error)
        }
    }

    private mutating func load(_ store: some EntrySource) throws {
        for row in try store.epochs(of: holder.description) where keys[row.id] == nil {
            guard
                let epoch = try? WrappedEpoch(
                    id: row.id, holder: holder, hour: row.hour, encodedWraps: row.wraps),
                let key = try? epoch.open(with: secret)
            else {
                others.insert(row.id)
                continue
            }
            keys[row.id] = key
        }
    }
}
