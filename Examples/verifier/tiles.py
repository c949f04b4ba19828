#!/usr/bin/env python3
"""Checks an exported ledger without any of Comity's code, and prints one line if everything is right.

Written from RFC 6962, RFC 8949 (section 4.2.1) and the C2SP texts signed-note, tlog-checkpoint, tlog-cosignature and
tlog-tiles. Standard library and the package `cryptography`. Status 0: right; 2: something found; 64: wrong usage.
"""

import argparse
import base64
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Found(Exception):
    pass


WRONG = (Found, InvalidSignature, ValueError, OSError, KeyError)


def need(is_right, what):
    if not is_right:
        raise Found(what)


def sha256(data):
    return hashlib.sha256(data).digest()


def root_of(hashes):
    """RFC 6962, section 2.1, over subtrees of one size instead of leaves."""
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1 and len(hashes) & (len(hashes) - 1) == 0:
        hashes = [sha256(b"\x01" + hashes[i] + hashes[i + 1]) for i in range(0, len(hashes), 2)]
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\x01" + root_of(hashes[:k]) + root_of(hashes[k:]))


def b64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base 64 in another form")
    return data


class Key:
    """A verifier key: <name>+<id>+<base 64 of type and key>."""

    def __init__(self, text):
        self.name, number, data = text.strip().split("+", 2)
        self.switch, data = self.name.split("/")[0], b64(data)
        need(len(data) == 33 and data[0] == 1, "the key is no Ed25519 key of a log")
        self.raw, self.public = data[1:], Ed25519PublicKey.from_public_bytes(data[1:])
        need(self.id(self.name, 1).hex() == number, "the key's id is not that of its name and key")

    def id(self, name, kind):
        return sha256(name.encode() + b"\n" + bytes([kind]) + self.raw)[:4]


def read_seal(data, key):
    """The size, root and date of a checkpoint that the key signed."""
    text, gap, lines = data.decode().rpartition("\n\n")
    need(gap and lines.endswith("\n") and not any(ord(c) < 32 and c != "\n" for c in data.decode()), "no signed note")
    text += "\n"
    is_signed, date = False, None
    for line in lines[:-1].split("\n"):
        dash, name, signature = line.split(" ")
        signature = b64(signature)
        need(dash == "\N{EM DASH}" and name and "+" not in name and len(signature) > 4, "a wrong signature line")
        if name == key.name and signature[:4] == key.id(name, 1):
            key.public.verify(signature[4:], text.encode())
            is_signed = True
        if name == key.switch and signature[:4] == key.id(name, 4):
            date = int.from_bytes(signature[4:12], "big")
            key.public.verify(signature[12:], b"cosignature/v1\ntime %d\n" % date + text.encode())
    need(is_signed, "the key did not sign the checkpoint")
    origin, size, root = text.split("\n")[:3]
    need(origin == key.name, "the checkpoint is about another ledger")
    need(size.isascii() and size.isdigit() and str(int(size)) == size, "a size in another form")
    need(len(b64(root)) == 32, "a root of another length")
    return int(size), b64(root), date


def place(kind, index, width):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "tile/%s/%s" % (kind, "/".join(groups)) + ("" if width == 256 else ".p/%d" % width)


def read_tile(read, level, index, size):
    width = min(256, (size >> 8 * level) - 256 * index)
    data = read(place(level, index, width))
    need(len(data) == 32 * width, "tile %d of level %d has another length" % (index, level))
    return [data[i:i + 32] for i in range(0, len(data), 32)]


def read_bundle(read, index, size):
    width = min(256, size - 256 * index)
    data, at, entries = read(place("entries", index, width)), 0, []
    while at < len(data):
        length = int.from_bytes(data[at:at + 2], "big")
        need(len(data) - at - 2 >= length and len(data) - at >= 2, "bundle %d ends within an entry" % index)
        entries.append(data[at + 2:at + 2 + length])
        at += 2 + length
    need(len(entries) == width, "bundle %d has another number of entries" % index)
    return entries


def cbor(data, at=0, depth=0):
    """Where the item ends; only the deterministic form of RFC 8949, section 4.2.1, without floats and tags."""
    need(at < len(data) and depth <= 8, "an entry ends too early or is too deep")
    major, value, at = data[at] >> 5, data[at] & 31, at + 1
    if major == 7:
        need(value in (20, 21, 22), "an entry has a value of another kind")
        return at
    if value > 23:
        need(value <= 27, "an entry has an item of unknown length")
        end = at + (1 << value - 24)
        least = 24 if value == 24 else 1 << 4 * (end - at)
        need(end <= len(data), "an entry ends too early")
        value, at = int.from_bytes(data[at:end], "big"), end
        need(value >= least, "an entry has a number that is longer than needed")
    if major in (2, 3):
        need(len(data) - at >= value, "an entry ends too early")
        if major == 3:
            data[at:at + value].decode()
        return at + value
    need(major != 6, "an entry has a tag")
    last = b""
    for _ in range(value if major in (4, 5) else 0):
        start, at = at, cbor(data, at, depth + 1)
        if major == 5:
            need(last < data[start:at], "an entry has map keys out of order")
            last, at = data[start:at], cbor(data, at, depth + 1)
    return at


def verify(read, key, older=None):
    """Every file against the seal. Returns the line of success."""
    size, root, date = read_seal(read("checkpoint"), key)
    edge, level = [], 0
    while size >> 8 * level:
        for index in range((size >> 8 * level) + 255 >> 8):
            hashes = read_tile(read, level, index, size)
            if level == 0:
                for entry, known in zip(read_bundle(read, index, size), hashes):
                    need(sha256(b"\x00" + entry) == known, "bundle %d does not have the hashes of its tile" % index)
            if len(hashes) < 256:
                edge.insert(0, hashes)
            else:
                above = read_tile(read, level + 1, index >> 8, size)[index & 255]
                need(above == root_of(hashes), "tile %d of level %d is not as in the tile above" % (index, level))
        level += 1
    found = None
    for hashes in reversed(edge):
        while hashes:
            k = len(hashes) & -len(hashes)
            hashes, right = hashes[:-k], root_of(hashes[-k:])
            found = right if found is None else sha256(b"\x01" + right + found)
    need((found or sha256(b"")) == root, "the tiles do not have the sealed root")
    leaves = []
    for index in range(size + 255 >> 8):
        for entry in read_bundle(read, index, size):
            need(len(entry) <= 1024 and cbor(entry) == len(entry), "an entry is not in its only form")
        if older and 256 * index < older[0]:
            leaves += read_tile(read, 0, index, size)
    if older:
        need(older[0] <= size, "the ledger is shorter than an older seal says")
        need(root_of(leaves[:older[0]]) == older[1], "the ledger has another history than an older seal says")
        need(None in (older[2], date) or older[2] <= date, "the seal is older than the older one")
    return "verified %s: %d entries, root %s%s%s" % (
        key.name, size, root.hex(), ", sealed at %d" % date if date else "", ", grown from %d" % older[0] if older else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--older", type=Path)
    options = parser.parse_args()
    try:
        key = Key(options.key.read_text())
        older = read_seal(options.older.read_bytes(), key) if options.older else None
        print(verify(lambda name: (options.folder / name).read_bytes(), key, older))
    except WRONG as error:
        print("NOT verified: %s" % (str(error) or "a signature is wrong"))
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
