#!/usr/bin/env python3
"""Writes tiles.json, notes.json and proofs.json beside it: `python3 Spec/ledger/make_tiles.py`.

Written from RFC 6962 and the C2SP texts tlog-tiles, signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof; it
shares no code with the switch or with Examples/verifier. Needs the package `cryptography`. The output is the same
every time: Ed25519 signatures have no randomness, and the secret keys are the hashes of their names.
"""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = Path(__file__).parent
DASH = "\N{EM DASH}"


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def entry(number):
    """Made-up entries of many lengths, the empty one too."""
    return b"" if number == 3 else sha(b"made up %d" % number)[: number % 33] + b"entry %d" % number


# RFC 6962, section 2.1, word for word.
def mth(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + mth(leaves[:k]) + mth(leaves[k:]))


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return path(m, leaves[:k]) + [mth(leaves[k:])]
    return path(m - k, leaves[k:]) + [mth(leaves[:k])]


def subproof(m, leaves, whole):
    n = len(leaves)
    if m == n:
        return [] if whole else [mth(leaves)]
    k = 1 << (n - 1).bit_length() - 1
    if m <= k:
        return subproof(m, leaves[:k], whole) + [mth(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [mth(leaves[:k])]


def place(index, width):
    groups = []
    while True:
        groups.insert(0, "%03d" % (index % 1000))
        index //= 1000
        if index == 0:
            break
    return "/".join(["x" + g for g in groups[:-1]] + groups[-1:]) + ("" if width == 256 else ".p/%d" % width)


def files(entries):
    """Every file of a tree by the definition of tlog-tiles, with the hash of its bytes."""
    leaves = [sha(b"\x00" + e) for e in entries]
    found, level = {}, 0
    while 256 ** level <= len(leaves):
        span = 256 ** level
        hashes = [mth(leaves[i * span:(i + 1) * span]) for i in range(len(leaves) // span)]
        for n in range(0, len(hashes), 256):
            part = hashes[n:n + 256]
            found["tile/%d/%s" % (level, place(n // 256, len(part)))] = b"".join(part)
        level += 1
    for n in range(0, len(entries), 256):
        part = entries[n:n + 256]
        found["tile/entries/" + place(n // 256, len(part))] = b"".join(len(e).to_bytes(2, "big") + e for e in part)
    return found


def shape(size):
    """Only the names, for trees too large to build."""
    names, level = [], 0
    while 256 ** level <= size:
        count = size // 256 ** level
        names.append({"level": level, "full": count // 256, "partial": count % 256})
        level += 1
    return names


class Key:
    def __init__(self, name, kind=1, secret=None):
        self.name, self.kind = name, kind
        self.secret = sha(b"made-up secret key of " + (secret or name).encode())
        self.private = Ed25519PrivateKey.from_private_bytes(self.secret)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + bytes([kind]) + self.public)[:4]
        self.text = "%s+%s+%s" % (name, self.id.hex(), b64(bytes([kind]) + self.public))

    def line(self, text, time=None):
        if self.kind == 4:
            message = ("cosignature/v1\ntime %d\n" % time + text).encode()
            return "%s %s %s\n" % (DASH, self.name, b64(self.id + time.to_bytes(8, "big") + self.private.sign(message)))
        return "%s %s %s\n" % (DASH, self.name, b64(self.id + self.private.sign(text.encode())))


ORIGIN = "hub/lane/WA/2026"
KEY = Key(ORIGIN, secret="hub")
DATING = Key("hub", 4, secret="hub")
OTHER = Key("hub/lane/OR/2026", secret="hub")
WITNESS = Key("witness.example/w1", 4)


def checkpoint(size, root, origin=ORIGIN):
    return "%s\n%d\n%s\n" % (origin, size, b64(root))


def tiles():
    sizes = [0, 1, 2, 3, 7, 255, 256, 257, 300, 512, 513, 1000]
    entries = [entry(n) for n in range(max(sizes))]
    leaves = [sha(b"\x00" + e) for e in entries]
    trees = [{
        "size": size, "root": mth(leaves[:size]).hex(),
        "files": {name: sha(data).hex() for name, data in sorted(files(entries[:size]).items())},
    } for size in sizes]
    proofs = [{"index": m, "size": n, "proof": [h.hex() for h in path(m, leaves[:n])]}
              for m, n in [(0, 1), (0, 256), (255, 256), (256, 257), (0, 257), (299, 300), (12, 1000), (999, 1000), (700, 1000)]]
    growth = [{"from": m, "to": n, "proof": [h.hex() for h in subproof(m, leaves[:n], True)]}
              for m, n in [(1, 2), (3, 7), (255, 256), (256, 257), (257, 300), (300, 1000), (512, 513), (512, 1000), (1000, 1000)]]
    named = [(0, 0, 256), (0, 5, 256), (3, 999, 7), (0, 1000, 256), (1, 1234067, 8), (2, 999999, 255), (63, 0, 1),
             (0, 10 ** 9, 256), (7, 2 ** 48, 256), (0, 2 ** 64 - 1, 256)]
    return {
        "note": "C2SP tlog-tiles. Entries are hexadecimal; files are given by the SHA-256 of their bytes.",
        "entries": [e.hex() for e in entries],
        "trees": trees, "inclusion": proofs, "consistency": growth,
        "shapes": [{"size": size, "levels": shape(size)} for size in [1, 256, 70000, 65536, 16777216, 10 ** 7, 2 ** 40 + 1]],
        "paths": [{"level": level, "index": index, "width": width, "path": "tile/%d/%s" % (level, place(index, width))}
                  for level, index, width in named]
        + [{"level": None, "index": index, "width": width, "path": "tile/entries/" + place(index, width)}
           for _, index, width in named],
        "badPaths": [
            "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000",
            "tile/-1/000", "tile/0/x000/000", "tile/0/001/000", "tile/0/x001", "tile/0/x01/000", "tile/0/000.p/0",
            "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/000.p/1/2", "/tile/0/000",
            "tile/0/000/", "tile/entries/0", "tile/data/000", "tile/0/000.p/-1", "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x001/x002/x003/x004/x005/x006/x007/008", "tile/8/0/000", "tile/0/x/000", "tile/0/0x1", "checkpoint"],
        "badBundles": [{"hex": "00", "width": 1}, {"hex": "0001", "width": 1}, {"hex": "000141", "width": 2},
                       {"hex": "00014100", "width": 1}, {"hex": "0001410000", "width": 1}, {"hex": "", "width": 1},
                       {"hex": "ffff41", "width": 1}],
    }


def notes():
    root = mth([sha(b"\x00" + entry(n)) for n in range(300)])
    text = checkpoint(300, root)
    sealed = text + "\n" + KEY.line(text)
    dated = sealed + DATING.line(text, 1790000000)
    cosigned = dated + WITNESS.line(text, 1790000060)
    wrong = bytearray(KEY.private.sign(text.encode()))
    wrong[10] ^= 1
    line = "%s %s %s\n" % (DASH, ORIGIN, b64(KEY.id + bytes(wrong)))
    good = [
        {"name": "a seal", "note": sealed, "time": None},
        {"name": "a dated seal", "note": dated, "time": 1790000000},
        {"name": "a dated seal with a witness that nobody knows", "note": cosigned, "time": 1790000000},
        {"name": "a signature of an unknown key with the name of a known one",
         "note": sealed + "%s %s %s\n" % (DASH, ORIGIN, b64(b"\0\0\0\1" + bytes(64))), "time": None},
        {"name": "a signature of an unknown key with the id of a known one",
         "note": sealed + "%s other %s\n" % (DASH, b64(KEY.id + bytes(64))), "time": None},
        {"name": "the empty ledger", "time": None, "size": 0, "root": sha(b"").hex(),
         "note": checkpoint(0, sha(b"")) + "\n" + KEY.line(checkpoint(0, sha(b"")))},
        {"name": "with an extension line", "time": None,
         "note": text + "more\n" + "\n" + KEY.line(text + "more\n")},
    ]

    def signed(body):
        return body + "\n" + KEY.line(body)

    b = b64(root)
    bad = [
        ("nothing", "", "no-signatures"), ("no signature", text, "no-signatures"),
        ("no signature behind the empty line", text + "\n", "no-signatures"),
        ("no line feed at the end", sealed[:-1], "no-signatures"),
        ("another dash", sealed.replace(DASH, "-"), "signature-line"),
        ("two blanks", sealed.replace(DASH + " ", DASH + "  "), "signature-line"),
        ("base 64 without padding", sealed.rstrip("\n").rstrip("=") + "\n", "signature-line"),
        ("base 64 with bits left over", text + "\n" + "%s %s %s\n" % (DASH, ORIGIN, "AAAAAAB="), "signature-line"),
        ("a signature of four bytes", text + "\n" + "%s %s %s\n" % (DASH, ORIGIN, b64(KEY.id)), "signature-line"),
        ("a plus in the name", text + "\n" + KEY.line(text).replace("hub/", "hub+"), "key-name"),
        ("a control character", "\t" + sealed, "not-text"), ("a carriage return", sealed.replace("\n", "\r\n"), "not-text"),
        ("a wrong signature", text + "\n" + line, "wrong-signature"),
        ("a right and a wrong signature of one key", sealed + line, "wrong-signature"),
        ("a wrong date", sealed + DATING.line(text, 5).replace(b64(DATING.id + (5).to_bytes(8, "big")),
                                                              b64(DATING.id + (6).to_bytes(8, "big"))), None),
        ("another size", sealed.replace("\n300\n", "\n301\n"), "wrong-signature"),
        ("another origin", sealed.replace("WA/2026\n300", "OR/2026\n300"), "wrong-signature"),
        ("signed by another key", text + "\n" + OTHER.line(text), "unsigned"),
        ("a checkpoint of another ledger under this key", signed(checkpoint(300, root, "hub/lane/OR/2026")), "other-origin"),
        ("two lines", signed("%s\n300\n" % ORIGIN), "checkpoint-lines"),
        ("an empty line", signed("%s\n300\n\n%s\n" % (ORIGIN, b)), "checkpoint-lines"),
        ("a size with a leading zero", signed("%s\n0300\n%s\n" % (ORIGIN, b)), "number"),
        ("a size with a sign", signed("%s\n+300\n%s\n" % (ORIGIN, b)), "number"),
        ("a size of 2^64", signed("%s\n18446744073709551616\n%s\n" % (ORIGIN, b)), "number"),
        ("a root of 31 bytes", signed("%s\n300\n%s\n" % (ORIGIN, b64(root[:31]))), "hash"),
        ("a root in hexadecimal", signed("%s\n300\n%s\n" % (ORIGIN, root.hex())), "hash"),
        ("an empty ledger with another root", signed(checkpoint(0, root)), "hash"),
    ]
    bad = [{"name": name, "note": note, "code": code or "wrong-signature"} for name, note, code in bad]
    keys = [KEY, DATING, OTHER, WITNESS]
    return {
        "note": "C2SP signed-note, tlog-checkpoint and tlog-cosignature. The secrets are made up and worthless.",
        "keys": [{"name": k.name, "type": k.kind, "secret": k.secret.hex(), "public": k.public.hex(), "id": k.id.hex(),
                  "text": k.text} for k in keys],
        "badKeys": [
            "", "a", "a+b", "a+b+c", KEY.text[:-4], KEY.text.replace("+", "-"), "+" + KEY.text.split("+", 1)[1],
            "hub lane+" + KEY.text.split("+", 1)[1], KEY.text.replace("WA", "OR"), KEY.text + "=",
            "%s+%s+%s" % (ORIGIN, KEY.id.hex().upper(), b64(b"\x01" + KEY.public)),
            "%s+%s+%s" % (ORIGIN, KEY.id.hex(), b64(b"\x02" + KEY.public)),
            "%s+%s+%s" % (ORIGIN, KEY.id.hex(), b64(KEY.public)), KEY.text + "\n"],
        "key": KEY.text, "size": 300, "root": root.hex(), "good": good, "bad": bad,
    }


def proofs():
    entries = [entry(n) for n in range(300)]
    leaves = [sha(b"\x00" + e) for e in entries]
    text = checkpoint(300, mth(leaves))
    sealed = text + "\n" + KEY.line(text) + DATING.line(text, 1790000000)

    def proof(index, extra=True, hashes=None, head="c2sp.org/tlog-proof@v1", seal=sealed):
        lines = [head] + (["extra " + b64(entries[index])] if extra else []) + ["index %d" % index]
        lines += [b64(h) for h in (path(index, leaves) if hashes is None else hashes)]
        return "\n".join(lines) + "\n\n" + seal

    one = proof(17)
    good = [{"name": "entry %d" % m, "index": m, "entry": entries[m].hex(), "extra": True, "proof": proof(m)}
            for m in (0, 3, 17, 255, 256, 299)]
    good.append({"name": "without the entry", "index": 17, "entry": entries[17].hex(), "extra": False,
                 "proof": proof(17, extra=False)})
    single = checkpoint(1, leaves[0])
    good.append({"name": "the only entry", "index": 0, "entry": entries[0].hex(), "extra": True,
                 "proof": proof(0, hashes=[], seal=single + "\n" + KEY.line(single))})
    steps = path(17, leaves)
    bad = [
        ("nothing", "", "proof-line"), ("another first line", proof(17, head="c2sp.org/tlog-proof@v2"), "proof-header"),
        ("no empty line", one.replace("\n\n", "\n"), "proof-line"),
        ("no index", one.replace("index 17\n", ""), "proof-line"),
        ("an index with a leading zero", one.replace("index 17", "index 017"), "number"),
        ("the extra twice", one.replace("index", "extra AAAA\nindex"), "proof-line"),
        ("the extra behind the index", proof(17, extra=False).replace("index 17\n", "index 17\nextra AAAA\n"), "hash"),
        ("a hash of 31 bytes", proof(17, hashes=[steps[0][:31]] + steps[1:]), "hash"),
        ("a changed hash", proof(17, hashes=[sha(b"")] + steps[1:]), "not-included"),
        ("a hash too few", proof(17, hashes=steps[:-1]), "not-included"),
        ("a hash too many", proof(17, hashes=steps + steps[:1]), "not-included"),
        ("another index", one.replace("index 17", "index 16"), "not-included"),
        ("an index past the end", one.replace("index 17", "index 300"), "not-included"),
        ("another entry", one.replace(b64(entries[17]), b64(entries[18])), "not-included"),
        ("another root under the old signature", one.replace(b64(mth(leaves)), b64(leaves[0])), "wrong-signature"),
        ("no signature", proof(17, seal=text), "no-signatures"),
        ("a carriage return", one.replace("index 17\n", "index 17\r\n"), "number"),
    ]
    return {
        "note": "C2SP tlog-proof. Where `extra` is true the proof carries the entry.",
        "key": KEY.text, "good": good,
        "bad": [{"name": name, "proof": text, "code": code} for name, text, code in bad],
    }


for file, make in (("tiles.json", tiles), ("notes.json", notes), ("proofs.json", proofs)):
    (HERE / file).write_text(json.dumps(make(), indent=1, ensure_ascii=True) + "\n", encoding="ascii")
