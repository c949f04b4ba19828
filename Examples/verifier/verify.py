#!/usr/bin/env python3
"""Checks Comity ledgers without Comity: plain Python 3, standard library only, written from docs/ledger-format.md.

    verify.py spec DIRECTORY     checks the vectors in Spec/ledger
    verify.py export FILE        checks an exported ledger and prints its counts as JSON
    verify.py export FILE CONTROL  also holds its envelopes against the erasures that an export of the control ledger tells of

Exit status: 0 sound, 2 something was found, 64 wrong usage.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

# --- Deterministic CBOR (RFC 8949, section 4.2.1) ------------------------------------------------------------------


class Refused(Exception):
    """Bytes that are not what they should be; `code` is one of the words of docs/ledger-format.md."""

    def __init__(self, code, offset=None):
        super().__init__(code)
        self.code, self.offset = code, offset


class Reader:
    def __init__(self, data, limit, depth):
        if len(data) > limit:
            raise Refused("too-large", limit)
        self.data, self.at, self.depth = data, 0, depth

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Refused("truncated", len(self.data))
        self.at += count
        return self.data[self.at - count:self.at]

    def head(self):
        start = self.at
        if start >= len(self.data):
            raise Refused("truncated", start)
        first = self.data[start]
        self.at += 1
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info == 31:
            raise Refused("indefinite-length", start)
        if info > 27:
            raise Refused("reserved", start)
        if major == 7:
            raise Refused("simple-value" if info == 24 else "float", start)
        width = 1 << (info - 24)
        value = int.from_bytes(self.take(width), "big")
        if value < (24 if width == 1 else 1 << (width * 4)):
            raise Refused("not-shortest", start)
        return major, value

    def item(self, depth):
        start = self.at
        major, value = self.head()
        if major in (4, 5) and depth <= 0:
            raise Refused("too-deep", start)
        if major == 0:
            return value
        if major == 1:
            return -1 - value
        if major == 2:
            return self.take(value)
        if major == 3:
            text_at = self.at
            try:
                return self.take(value).decode("utf-8", "strict")
            except UnicodeDecodeError:
                raise Refused("invalid-text", text_at)
        if major == 4:
            if value > len(self.data) - self.at:
                raise Refused("truncated", len(self.data))
            return [self.item(depth - 1) for _ in range(value)]
        if major == 5:
            if value > (len(self.data) - self.at) // 2:
                raise Refused("truncated", len(self.data))
            return self.pairs(value, depth - 1)
        if major == 6:
            raise Refused("tag", start)
        if value in (20, 21):
            return value == 21
        if value == 22:
            return None
        raise Refused("simple-value", start)

    def pairs(self, count, depth):
        pairs, last = [], None
        for _ in range(count):
            start = self.at
            key = self.item(depth)
            encoded = self.data[start:self.at]
            if last is not None and encoded <= last:
                raise Refused("duplicate-key" if encoded == last else "key-order", start)
            last = encoded
            pairs.append((key, self.item(depth)))
        return Map(pairs)


class Map(list):
    """Pairs of key and value, in their order. (A dict would take 1 and true for the same key.)"""


def decode(data, limit=65536, depth=16):
    reader = Reader(data, limit, depth)
    item = reader.item(depth)
    if reader.at != len(data):
        raise Refused("trailing-bytes", reader.at)
    return item


# --- Entries -------------------------------------------------------------------------------------------------------

WORD = re.compile(r"[a-z][a-z0-9-]{0,63}")
LEDGER = re.compile(r"[a-z0-9-]{1,32}/(control|operations|lane/([A-Z0-9]{2})/(19[7-9][0-9]|[2-9][0-9]{3}))")


def of(kind):
    def check(value):
        if type(value) is not kind:
            raise Refused("wrong-type")
    return check


def number(value):
    if type(value) is not int or value < 0:
        raise Refused("wrong-type")


def below(limit):
    def check(value):
        number(value)
        if value >= limit:
            raise Refused("out-of-range")
    return check


def length(count):
    def check(value):
        of(bytes)(value)
        if len(value) != count:
            raise Refused("wrong-length")
    return check


def form(pattern):
    def check(value):
        of(str)(value)
        if not pattern.fullmatch(value):
            raise Refused("wrong-form")
    return check


def array(check_item):
    def check(value):
        of(list)(value)
        for item in value:
            check_item(item)
    return check


def optional(check_value):
    return lambda value: None if value is None else check_value(value)


def fact(value):
    if value is None or type(value) is str or (type(value) is int and value >= 0):
        return
    array(of(str))(value)


text, flag, digest, name, word = of(str), of(bool), length(32), length(16), form(WORD)
ledger, bits, texts, facts = form(LEDGER), below(1 << 16), array(of(str)), array(fact)
versions = [("taxonomy", digest), ("directory", digest), ("floor", digest), ("policy", optional(digest))]

COMMON = [("format", number), ("type", number), ("ledger", ledger), ("time", number)]
GATES = ["open", "held", "refused"]
ENDINGS = ["release", "refused-on-question", "refused-on-answer", "no-answer", "hold-expired", "passed-on",
           "refused-by-desk"]
TYPES = {
    1: ("question", [
        ("transaction", name), ("message", name), ("agency", text), ("key", text), ("facts", facts), *versions,
        ("noDecisionOnFile", flag), ("gate", below(len(GATES))), ("groups", bits), ("withheld", bits),
        ("deciding", texts), ("matched", texts), ("duties", texts), ("body", digest)]),
    2: ("closing", [
        ("transaction", name), ("question", number), ("questionLedger", optional(ledger)),
        ("ending", below(len(ENDINGS))), ("records", number), ("given", bits), ("withheld", bits),
        ("deciding", texts), ("recordFacts", facts), *versions, ("answer", optional(digest))]),
    3: ("open", [
        ("switch", text), ("owner", optional(text)), ("year", optional(number)),
        ("previousSize", optional(number)), ("previousRoot", optional(digest))]),
    4: ("gap", [("since", number), ("unfinished", number), ("reason", word)]),
    5: ("policy", [
        ("owner", text), ("change", below(2)), ("number", number), ("effective", number),
        ("until", optional(number)), ("policy", digest), ("taxonomy", digest), ("directory", digest)]),
    6: ("directory", [("subject", below(6)), ("version", text), ("hash", digest)]),
    7: ("access", [
        ("action", below(5)), ("role", word), ("reason", word), ("first", optional(number)),
        ("count", optional(number)), ("search", optional(digest))]),
    8: ("message", [
        ("message", optional(name)), ("link", text), ("reason", word), ("number", optional(number)),
        ("offset", optional(number)), ("length", number), ("agency", optional(text))]),
    9: ("erase", [
        ("basis", below(3)), ("lane", optional(ledger)), ("first", number), ("last", number),
        ("count", number), ("order", optional(digest)), ("text", optional(text))]),
    10: ("clock", [("expected", number), ("found", number)]),
    11: ("close", [("next", number)]),
    12: ("review", [
        ("transaction", name), ("question", number), ("questionLedger", optional(ledger)), ("desk", text),
        ("decision", below(2)), ("reason", below(9)), ("groups", bits), ("missing", number), ("body", digest)]),
    13: ("relay", [
        ("message", name), ("link", text), ("agency", optional(text)), ("key", text), ("destinations", texts),
        ("length", number), ("body", digest)]),
    14: ("service", [
        ("destination", text), ("key", optional(text)), ("state", below(4)), ("until", optional(number)),
        ("cause", below(3)), ("link", optional(text)), ("reason", word)]),
    15: ("posting", [
        ("action", below(6)), ("subject", text), ("message", name), ("link", text), ("agency", text),
        ("length", number), ("text", optional(digest))]),
    16: ("resend", [
        ("message", name), ("original", name), ("relay", number), ("destinations", texts), ("body", digest)]),
}
BELONGS = {
    "lane": {"open", "gap", "access", "question", "closing", "erase", "close", "review"},
    "control": {"open", "gap", "access", "policy", "directory", "erase", "service", "posting"},
    "operations": {"open", "gap", "access", "message", "clock", "relay", "resend", "erase"},
}


def read_entry(data):
    """The word for the type and the fields by name; refuses every other form."""
    if len(data) > 1024:
        raise Refused("too-large")
    item = decode(data, 1024, 8)
    if type(item) is not Map:
        raise Refused("not-a-map")
    keys = [key for key, _ in item]
    for place in range(min(2, len(keys))):
        if type(keys[place]) is not int:
            raise Refused("wrong-type")
    if keys[:2] != [0, 1]:
        raise Refused("missing-field")
    number(item[0][1])
    if item[0][1] != 1:
        raise Refused("unknown-version")
    number(item[1][1])
    if item[1][1] not in TYPES:
        raise Refused("unknown-type")
    kind, fields = TYPES[item[1][1]]
    fields = COMMON + fields
    if len(item) < len(fields):
        raise Refused("missing-field")
    if len(item) > len(fields):
        raise Refused("unknown-field")
    for place, (key, (_, check)) in enumerate(zip(keys, fields)):
        if type(key) is not int or key < 0:
            raise Refused("wrong-type")
        if key != place:
            raise Refused("missing-field")
        check(item[place][1])
    entry = {field: value for (field, _), (_, value) in zip(fields, item)}
    if kind == "open":
        check_open(entry)
    if kind == "erase":
        check_erase(entry)
    if kind == "close":
        check_close(entry)
    return kind, entry


def check_open(entry):
    parts = entry["ledger"].split("/")
    lane = len(parts) == 4
    if entry["switch"] != parts[0] or entry["owner"] != (parts[2] if lane else None):
        raise Refused("wrong-form")
    if entry["year"] != (int(parts[3]) if lane else None):
        raise Refused("out-of-range")


def check_erase(entry):
    """The text of the order stands in the control ledger only."""
    def need(is_right, code="wrong-form"):
        if not is_right:
            raise Refused(code)

    first, last, own, lane = entry["first"], entry["last"], entry["ledger"].split("/"), entry["lane"]
    control = own[1] == "control"
    need(first <= last, "out-of-range")
    if lane is not None:
        of_lane = lane.split("/")
        need(of_lane[1] != "control" and of_lane[0] == own[0] and lane != entry["ledger"])
        need(control or (of_lane[1] == "lane" and of_lane[1:3] == own[1:3]))
    need(lane is not None or not control)
    need(1 <= entry["count"] <= last - first + 1, "out-of-range")
    need((entry["order"] is None) == (entry["basis"] == 1))
    words = entry["text"]
    need((words is None) == (not control or entry["order"] is None))
    if words is not None:
        need(1 <= len(words.encode()) <= 400 and all(ord(c) >= 0x20 and not 0x7F <= ord(c) <= 0x9F for c in words))
        need(sha256(words.encode()) == entry["order"])


def check_close(entry):
    parts = entry["ledger"].split("/")
    if len(parts) != 4 or not int(parts[3]) < entry["next"] <= 9999:
        raise Refused("out-of-range")


# --- The tree (RFC 6962, RFC 9162) ---------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def root_of(leaves):
    """The definition of section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(root_of(leaves[:k]), root_of(leaves[k:]))


class Frontier:
    """The root of ever more leaves in little memory."""

    def __init__(self):
        self.size, self.hashes = 0, []

    def append(self, leaf):
        carry = self.size
        while carry & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            carry >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self):
        if not self.hashes:
            return sha256(b"")
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def verify_inclusion(leaf, index, size, proof, root):
    """Section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(first, first_root, second, second_root, proof):
    """Section 2.1.4.2."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == sha256(b"")
    if first > second:
        return False
    path = ([first_root] if first & (first - 1) == 0 else []) + proof
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


# --- An exported ledger --------------------------------------------------------------------------------------------


class Audit:
    def __init__(self, ledger):
        self.ledger, self.frontier, self.findings = ledger, Frontier(), []
        self.types, self.gates, self.endings = Counter(), Counter(), Counter()
        self.waiting, self.last_time, self.in_part, self.closed = {}, 0, 0, False
        self.refused_by_desk = set()
        self.envelopes, self.erasures = {}, {}

    def find(self, what, position=None):
        self.findings.append({"position": position, "what": what})

    def add(self, data):
        position = self.frontier.size
        self.frontier.append(leaf_hash(data))
        try:
            kind, entry = read_entry(data)
        except Refused as refused:
            return self.find("unreadable: " + refused.code, position)
        self.types[kind] += 1
        if entry["ledger"] != self.ledger:
            self.find("other-ledger", position)
        if position == 0 and kind != "open":
            self.find("not-opened", position)
        if position > 0 and kind == "open":
            self.find("opened-again", position)
        if kind not in BELONGS[self.ledger.split("/")[1]]:
            self.find("misplaced", position)
        if self.closed and kind in ("question", "closing", "review", "close"):
            self.find("after-close", position)
        self.closed = self.closed or kind == "close"
        if entry["time"] < self.last_time:
            self.find("time-goes-back", position)
        self.last_time = max(self.last_time, entry["time"])
        if kind == "question":
            self.gates[GATES[entry["gate"]]] += 1
            self.waiting[position] = entry
        if kind == "closing":
            self.close(entry, position)
        if kind == "review":
            self.review(entry, position)
        if kind == "erase":
            self.erasures[tuple(entry[field] for field in ("basis", "first", "last", "count", "order", "time"))
                          + (entry["lane"] or self.ledger,)] = position

    def compare(self, control):
        """Holds envelopes against the erasures that the control ledger tells of, and those against the ledger's own."""
        covered = [mark for mark in control.erasures if mark[-1] == self.ledger]
        for position, is_there in sorted(self.envelopes.items()):
            if is_there == any(first <= position <= last for _, first, last, *_ in covered):
                self.find("envelope-not-erased" if is_there else "envelope-missing", position)
        for mark, position in self.erasures.items():
            if mark not in control.erasures:
                self.find("erase-not-public", position)
        # What a later year's ledger of an owner tells is in another file; of operations there is one ledger.
        for mark in covered if self.ledger.endswith("/operations") else []:
            if mark not in self.erasures:
                self.find(f"erase-not-recorded: control entry {control.erasures[mark]}")

    def question_of(self, entry, position):
        """The question that waits for an entry; None if there is none, which is found here, or if it stands elsewhere."""
        if entry["questionLedger"] not in (None, self.ledger):
            return None
        question = self.waiting.get(entry["question"])
        if question is None:
            return self.find("no-such-question", position)
        if question["transaction"] != entry["transaction"]:
            return self.find("other-transaction", position)
        return question

    def review(self, review, position):
        question = self.question_of(review, position)
        if question is not None:
            if review["groups"] & ~question["groups"]:
                self.find("more-than-judged", position)
            if review["decision"] == 1:
                self.refused_by_desk.add(review["question"])

    def close(self, closing, position):
        ending = ENDINGS[closing["ending"]]
        self.endings[ending] += 1
        self.in_part += ending == "release" and closing["withheld"] != 0
        question = self.question_of(closing, position)
        if question is None:
            return
        del self.waiting[closing["question"]]
        if closing["given"] & ~question["groups"]:
            self.find("more-than-judged", position)
        refused = GATES[question["gate"]] == "refused"
        nothing = closing["given"] == 0 and closing["records"] == 0
        by_desk = closing["question"] in self.refused_by_desk
        if ((ending == "refused-on-question") != refused or (ending == "refused-by-desk") != by_desk
                or not (ending == "release" or nothing)):
            self.find("ending-does-not-fit", position)

    def report(self):
        return {
            "ledger": self.ledger, "size": self.frontier.size, "root": self.frontier.root().hex(),
            "types": dict(sorted(self.types.items())), "gates": dict(sorted(self.gates.items())),
            "endings": dict(sorted(self.endings.items())), "releasedInPart": self.in_part,
            "unfinished": len(self.waiting), "findings": self.findings,
        }


def read_export(path):
    with open(path, encoding="ascii") as lines:
        header = json.loads(next(lines))
        audit = Audit(header["ledger"])
        if not LEDGER.fullmatch(audit.ledger):
            audit.find("wrong-form: ledger")
            return audit
        for line in lines:
            record = json.loads(line)
            if record["position"] != audit.frontier.size:
                audit.find("other-position", audit.frontier.size)
            if "envelope" in record:
                audit.envelopes[record["position"]] = record["envelope"] is True
            audit.add(bytes.fromhex(record["entry"]))
    if header["size"] != audit.frontier.size:
        audit.find("other-size")
    if header["root"] != audit.frontier.root().hex():
        audit.find("other-root")
    return audit


def check_export(path, control=None):
    audit = read_export(path)
    if control is not None:
        public = read_export(control)
        if public.findings or public.ledger != audit.ledger.split("/")[0] + "/control":
            audit.find("the control ledger is another one, or not sound")
        audit.compare(public)
    return audit.report()


# --- The vectors ---------------------------------------------------------------------------------------------------


def plain(value):
    """A value of an entry as the vectors write it: bytes as hexadecimal."""
    return value.hex() if type(value) is bytes else value


def check_spec(directory):
    def load(file):
        return json.loads((Path(directory) / file).read_text(encoding="utf-8"))

    wrong, checked = [], 0

    def expect(is_right, what):
        nonlocal checked
        checked += 1
        if not is_right:
            wrong.append(what)

    for case in load("entries.json")["entries"]:
        kind, entry = read_entry(bytes.fromhex(case["hex"]))
        fields = {field: plain(value) for field, value in entry.items()}
        expect(kind == case["kind"] and fields == case["fields"], "entry: " + case["name"])
        expect(leaf_hash(bytes.fromhex(case["hex"])).hex() == case["leaf"], "leaf: " + case["name"])
    for case in load("cbor.json")["accepted"]:
        decode(bytes.fromhex(case["hex"]))
        checked += 1
    for file, read in (("cbor.json", decode), ("entries.json", read_entry)):
        for case in load(file)["refused"]:
            try:
                read(bytes.fromhex(case["hex"]))
                expect(False, "accepted: " + case["name"])
            except Refused as refused:
                expect(refused.code == case["code"], f"{case['name']}: {refused.code}")
                expect("offset" not in case or refused.offset == case["offset"], "offset: " + case["name"])
    tree = load("tree.json")
    leaves = [leaf_hash(bytes.fromhex(entry)) for entry in tree["leaves"]]
    roots = [bytes.fromhex(root) for root in tree["roots"]]
    for size, root in enumerate(roots):
        expect(root_of(leaves[:size]) == root, f"root of {size}")
    for case in tree["inclusion"]:
        proof = [bytes.fromhex(step) for step in case["proof"]]
        index, size = case["index"], case["size"]
        expect(verify_inclusion(leaves[index], index, size, proof, roots[size]), f"inclusion {index} of {size}")
        expect(
            not verify_inclusion(leaves[index], index, size, proof, roots[size - 1]),
            f"inclusion {index} of {size} under another root")
    for case in tree["consistency"]:
        proof = [bytes.fromhex(step) for step in case["proof"]]
        old, new = case["from"], case["to"]
        expect(verify_consistency(old, roots[old], new, roots[new], proof), f"consistency {old} to {new}")
        if old != new:
            expect(
                not verify_consistency(old, roots[new], new, roots[new], proof),
                f"consistency {old} to {new} with another old root")
    for case in load("commitments.json")["commitments"]:
        data = case["domain"].encode() + b"\n" + bytes.fromhex(case["salt"]) + bytes.fromhex(case["body"])
        expect(sha256(data).hex() == case["commitment"], "commitment: " + case["name"])
    report = check_export(Path(directory) / "export.ndjson")
    expected = load("export.json")
    expect(report == expected, f"export: {report}")
    return {"checked": checked, "findings": wrong}


def main(arguments):
    if arguments[:1] not in (["spec"], ["export"]) or len(arguments) not in ((2, 3) if arguments[0] == "export" else (2,)):
        print(__doc__, file=sys.stderr)
        return 64
    try:
        report = check_spec(arguments[1]) if arguments[0] == "spec" else check_export(*arguments[1:])
    except (OSError, StopIteration, KeyError, TypeError, ValueError, Refused) as error:
        # TypeError and KeyError: JSON of another shape. Nothing of the file is repeated.
        report = {"findings": [f"the file cannot be read as it should be ({type(error).__name__})"]}
    print(json.dumps(report, indent=2))
    return 2 if report["findings"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
