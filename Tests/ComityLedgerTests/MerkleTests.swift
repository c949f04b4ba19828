import ComityLedger
import ComityTestSupport
import Testing

@Suite("The tree")
struct MerkleTests {
    private func leaves() throws -> [LedgerHash] {
        let texts = try Specification.load("tree.json")["leaves"] as? [String] ?? []
        return texts.map { Merkle.leafHash(hexBytes($0)) }
    }

    private func roots() throws -> [LedgerHash] { try Specification.load("tree.json").hashes("roots") }

    @Test("The roots of 0 to 20 leaves are those of the specification, grown or computed")
    func roots20() throws {
        let (leaves, roots) = (try leaves(), try roots())
        #expect(roots.count == 21)
        #expect("\(roots[0])" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        var frontier = MerkleFrontier()
        var tree = MerkleTree()
        for size in 0...20 {
            #expect(frontier.root == roots[size])
            #expect(try tree.root() == roots[size])
            guard size < 20 else { break }
            frontier.append(leaves[size])
            tree.append(leaves[size])
        }
    }

    @Test("Inclusion proofs are those of the specification")
    func inclusionVectors() throws {
        let (tree, roots) = (MerkleTree(leafHashes: try leaves()), try roots())
        let cases = try Specification.cases("inclusion", in: "tree.json")
        #expect(cases.count == 52)
        for one in cases {
            let (index, size) = (one.number("index"), one.number("size"))
            let proof = try tree.inclusionProof(index: index, size: size)
            #expect(proof == one.hashes("proof"))
            let leaf = try tree.hash(of: MerkleNode(level: 0, index: index))
            #expect(
                Merkle.verifyInclusion(
                    leafHash: leaf, index: index, size: size, proof: proof, root: roots[Int(size)]))
        }
    }

    @Test("Consistency proofs are those of the specification")
    func consistencyVectors() throws {
        let (tree, roots) = (MerkleTree(leafHashes: try leaves()), try roots())
        for one in try Specification.cases("consistency", in: "tree.json") {
            let (old, new) = (one.number("from"), one.number("to"))
            let proof = try tree.consistencyProof(from: old, to: new)
            #expect(proof == one.hashes("proof"))
            #expect(
                Merkle.verifyConsistency(
                    from: old, root: roots[Int(old)], to: new, root: roots[Int(new)], proof: proof))
        }
    }

    @Test("Every proof of trees up to 70 leaves verifies, and no changed one does")
    func allProofs() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let tree = MerkleTree(leafHashes: (0..<70).map { Merkle.leafHash([$0]) })
        for size in UInt64(1)...70 {
            let root = try tree.root(size: size)
            for index in 0..<size {
                let leaf = Merkle.leafHash([UInt8(index)])
                var proof = try tree.inclusionProof(index: index, size: size)
                let verifies = { (proof: [LedgerHash], index: UInt64, size: UInt64) in
                    Merkle.verifyInclusion(leafHash: leaf, index: index, size: size, proof: proof, root: root)
                }
                #expect(verifies(proof, index, size))
                #expect(!verifies(proof, (index + 1) % size, size) || size == 1)
                #expect(!verifies(proof + [leaf], index, size))
                #expect(!verifies(proof, index, index))
                if proof.isEmpty { continue }
                #expect(!verifies(proof.dropLast(), index, size))
                proof[random.below(proof.count)] = random.hash()
                #expect(!verifies(proof, index, size), "seed \(seed)")
            }
        }
    }

    @Test("Every consistency proof up to 40 leaves verifies, and none with another root, size or step does")
    func allConsistency() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        let tree = MerkleTree(leafHashes: (0..<40).map { Merkle.leafHash([$0]) })
        for new in UInt64(2)...40 {
            for old in 1..<new {
                let (oldRoot, newRoot) = (try tree.root(size: old), try tree.root(size: new))
                let proof = try tree.consistencyProof(from: old, to: new)
                let verifies = { (oldRoot: LedgerHash, newRoot: LedgerHash, proof: [LedgerHash]) in
                    Merkle.verifyConsistency(from: old, root: oldRoot, to: new, root: newRoot, proof: proof)
                }
                #expect(verifies(oldRoot, newRoot, proof))
                #expect(!verifies(random.hash(), newRoot, proof))
                #expect(!verifies(oldRoot, random.hash(), proof))
                #expect(!verifies(oldRoot, newRoot, proof + [newRoot]))
                #expect(!verifies(oldRoot, newRoot, proof.dropLast()))
                var changed = proof
                changed[random.below(proof.count)] = random.hash()
                #expect(!verifies(oldRoot, newRoot, changed), "seed \(seed)")
            }
        }
    }

    @Test("Random proofs of any size never trap and never verify")
    func garbage() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed)
        for _ in 0..<5000 {
            let (one, other) = (random.number(), random.number())
            let proof = (0..<random.below(70)).map { _ in random.hash() }
            let root = random.hash()
            #expect(
                !Merkle.verifyInclusion(
                    leafHash: random.hash(), index: one, size: other, proof: proof, root: root))
            #expect(
                !Merkle.verifyConsistency(from: one, root: random.hash(), to: other, root: root, proof: proof)
            )
        }
    }

    @Test("A frontier kept as bytes goes on as if it had never stopped")
    func serialised() throws {
        var through = MerkleFrontier()
        var stopping = MerkleFrontier()
        for number in 0..<300 {
            let leaf = Merkle.leafHash([UInt8(number & 255), UInt8(number >> 8)])
            through.append(leaf)
            stopping = try #require(MerkleFrontier(bytes: stopping.bytes))
            stopping.append(contentsOf: [leaf])
            #expect(stopping == through)
            #expect(stopping.root == through.root)
        }
        #expect(through.bytes.count == 8 + 300.nonzeroBitCount * 32)
    }

    @Test("A frontier of the wrong shape is refused")
    func wrongShape() {
        let hash = Merkle.leafHash([])
        #expect(MerkleFrontier(size: 3, hashes: [hash]) == nil)
        #expect(MerkleFrontier(size: 0, hashes: [hash]) == nil)
        #expect(MerkleFrontier(bytes: []) == nil)
        #expect(MerkleFrontier(bytes: [UInt8](repeating: 0, count: 9)) == nil)
        #expect(MerkleFrontier(bytes: [UInt8](repeating: 255, count: 8)) == nil)
        #expect(MerkleFrontier(bytes: [UInt8](repeating: 0, count: 8)) == MerkleFrontier())
    }

    @Test("A proof outside the tree is not made")
    func outside() {
        let tree = MerkleTree(leafHashes: [Merkle.leafHash([])])
        #expect(throws: MerkleProofError.self) { try tree.inclusionProof(index: 1, size: 1) }
        #expect(throws: MerkleProofError.self) { try tree.inclusionProof(index: 0, size: 2) }
        #expect(throws: MerkleProofError.self) { try tree.consistencyProof(from: 1, to: 2) }
        #expect(throws: MerkleProofError.self) { try tree.consistencyProof(from: 1, to: 0) }
    }
}
