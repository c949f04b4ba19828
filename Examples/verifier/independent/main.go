// Checks an exported ledger with the Go project's own transparency log packages (golang.org/x/mod/sumdb), which know
// nothing of Comity: signed notes, tiles, proofs.
//
//	go run main.go DIR KEYFILE [OLDER-CHECKPOINT]
//	go run main.go FILE.tlog-proof KEYFILE
//
// It prints one line if the seal is signed, every tile is the one that the seal commits to, every entry has its place
// with an inclusion proof, and the older checkpoint is the beginning of the newer.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Println("NOT verified:", err)
		os.Exit(2)
	}
}

// openSeal gives the size and root of a checkpoint that the key signed.
func openSeal(data []byte, verifier note.Verifier) tlog.Tree {
	signed, err := note.Open(data, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		check(fmt.Errorf("the checkpoint is about another ledger"))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

// folder reads tiles as C2SP tlog-tiles names them: without the height of 8 that the package puts in front.
type folder string

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(f.path(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) path(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return filepath.Join(string(f), strings.Replace(path, "tile/data/", "tile/entries/", 1))
}

// checkProof checks one entry with its proof and its seal, as C2SP tlog-proof has them.
func checkProof(data []byte, verifier note.Verifier) {
	head, seal, isCut := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !isCut || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		check(fmt.Errorf("this is no proof with an entry"))
	}
	tree := openSeal([]byte(seal), verifier)
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, hash)
	}
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("verified entry %d of %s, sealed with %d entries\n", index, verifier.Name(), tree.N)
}

func read(file string) []byte {
	data, err := os.ReadFile(file)
	check(err)
	return data
}

func main() {
	if len(os.Args) < 3 {
		fmt.Println("usage: main DIR KEYFILE [OLDER-CHECKPOINT]")
		os.Exit(64)
	}
	dir := folder(os.Args[1])
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(os.Args[2]))))
	check(err)
	if strings.HasSuffix(os.Args[1], ".tlog-proof") {
		checkProof(read(os.Args[1]), verifier)
		return
	}
	tree := openSeal(read(filepath.Join(string(dir), "checkpoint")), verifier)
	reader := tlog.TileHashReader(tree, dir)

	// The root again, from the entries alone.
	stored := map[int64]tlog.Hash{}
	memory := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	proved := 0
	for start := int64(0); start < tree.N; start += 256 {
		width := tree.N - start
		if width > 256 {
			width = 256
		}
		data := read(dir.path(tlog.Tile{H: 8, L: -1, N: start / 256, W: int(width)}))
		for n := start; n < start+width; n++ {
			length := int(binary.BigEndian.Uint16(data))
			entry := data[2 : 2+length]
			data = data[2+length:]
			hashes, err := tlog.StoredHashes(n, entry, memory)
			check(err)
			for i, hash := range hashes {
				stored[tlog.StoredHashIndex(0, n)+int64(i)] = hash
			}
			// A proof from the tiles for every one of a small ledger, for some of a large one.
			if n%(1+tree.N/1000) == 0 {
				proof, err := tlog.ProveRecord(tree.N, n, reader)
				check(err)
				check(tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entry)))
				proved++
			}
		}
		if len(data) != 0 {
			check(fmt.Errorf("bytes behind the entries of bundle %d", start/256))
		}
	}
	if tree.N > 0 {
		root, err := tlog.TreeHash(tree.N, memory)
		check(err)
		if root != tree.Hash {
			check(fmt.Errorf("the entries do not have the sealed root"))
		}
	}
	grown := ""
	if len(os.Args) > 3 {
		older := openSeal(read(os.Args[3]), verifier)
		proof, err := tlog.ProveTree(tree.N, older.N, reader)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
		grown = fmt.Sprintf(", grown from %d", older.N)
	}
	fmt.Printf("verified %s: %d entries, root %x, %d inclusion proofs%s\n", verifier.Name(), tree.N, tree.Hash[:], proved, grown)
}
