package import ComityMessages
package import ComityRecords

/// What a load generator sends: look-ups of one owner each, licences and plates in turn, owners at random.
package struct LoadPlan: Sendable {
    /// The people and vehicles to ask for.
    package var population: SyntheticPopulation
    /// Who asks. The switch answers it everywhere.
    package var asker: ORI
    /// Who asks the look-ups that are to be refused, of `refusingOwners`.
    package var refusedAsker: ORI
    package var refusingOwners: [MemberCode]
    /// The share of look-ups that are to be refused, in per cent.
    package var refusedPercent: Int
    /// Whether all kinds of look-up are asked, about as often as in life; licences and plates in turn otherwise.
    package var isMixed = false

    package init(
        population: SyntheticPopulation, asker: ORI, refusedAsker: ORI, refusingOwners: [MemberCode],
        refusedPercent: Int
    ) {
        self.population = population
        self.asker = asker
        self.refusedAsker = refusedAsker
        self.refusingOwners = refusingOwners
        self.refusedPercent = refusedPercent
    }

    /// The parts of messages that do not change, made beforehand: the generator must cost little, because it
    /// shares the machine with the switch.
    struct Prepared: Sendable {
        /// What stands before and behind the control field.
        let messages: [(head: [UInt8], tail: [UInt8])]
        let refused: [(head: [UInt8], tail: [UInt8])]
        let refusedPercent: Int

        func message(_ random: UInt64, control: UInt64) -> (bytes: [UInt8], isToBeRefused: Bool) {
            let isToBeRefused = random % 100 < UInt64(refusedPercent)
            let all = isToBeRefused ? refused : messages
            let (head, tail) = all[Int((random >> 8) % UInt64(all.count))]
            var bytes: [UInt8] = []
            bytes.reserveCapacity(head.count + tail.count + 12)
            bytes += head
            var rest = control
            for _ in 0..<10 {
                bytes.append(UInt8(ascii: "A") + UInt8(rest % 26))
                rest /= 26
            }
            return (bytes + tail, isToBeRefused)
        }
    }

    func prepared() -> Prepared {
        Prepared(
            messages: messages(from: asker, to: population.owners.filter { !refusingOwners.contains($0) }),
            refused: messages(from: refusedAsker, to: refusingOwners), refusedPercent: refusedPercent)
    }

    private func messages(from asker: ORI, to owners: [MemberCode]) -> [(head: [UInt8], tail: [UInt8])] {
        var result: [(head: [UInt8], tail: [UInt8])] = []
        for owner in owners {
            for person in 0..<population.peoplePerOwner {
                let (key, text) = question(population.keys(of: owner, person: person), number: person)
                result.append(
                    (Array("\(key).\(asker).\(owner).*".utf8), Array(".TXT\r\n\(text)".utf8)))
            }
        }
        return result
    }

    /// One look-up: its key, and what stands behind `TXT`.
    private func question(_ keys: SyntheticPopulation.Keys, number: Int) -> (key: String, text: String) {
        let plate = "LIC/\(keys.plate).LIY/\(keys.plateYear).LIT/\(keys.plateType)"
        guard isMixed else {
            return number % 2 == 0 ? ("DQ", "RSN/T.OLN/\(keys.licence)") : ("RQ", plate)
        }
        let person = "NAM/\(keys.name).DOB/\(keys.birth).SEX/\(keys.sex)"
        return switch number % 20 {
        case 0..<7: ("DQ", "RSN/T.OLN/\(keys.licence)")
        case 7..<11: ("DQ", "RSN/T." + person)
        case 11..<17: ("RQ", plate)
        case 17: ("RQ", "VIN/\(keys.vin)")
        case 18: ("KQ", "PUR/C.ATN/SAMPLE OFFICER.OLN/\(keys.licence)")
        // The lists are rare, and one of them looks for a part of a plate.
        default:
            number % 40 == 19 ? ("DNQ", "NAM/\(keys.name)") : ("RPQ", "LIC/\(keys.plate.dropLast())*")
        }
    }
}
