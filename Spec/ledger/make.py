#!/usr/bin/env python3
"""Writes the vectors beside it, with an encoder of its own: `python3 Spec/ledger/make.py`.

It shares no code with the switch or with Examples/verifier, so that three writings of docs/ledger-format.md must agree.
The output is the same every time. Everything in it is made up.
"""

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).parent


def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for info, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 1 << (8 * width):
            return bytes([major << 5 | info]) + value.to_bytes(width, "big")
    raise ValueError(value)


def cbor(value):
    if value is None:
        return b"\xf6"
    if value is True or value is False:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted((cbor(key), cbor(item)) for key, item in value.items())
    return head(5, len(pairs)) + b"".join(key + item for key, item in pairs)


def sha(data):
    return hashlib.sha256(data).digest()


def digest(label):
    return sha(b"made up: " + label.encode())


def name(label):
    return digest(label)[:16]


NUMBERS = {
    "question": 1, "closing": 2, "open": 3, "gap": 4, "policy": 5, "directory": 6, "access": 7, "message": 8, "erase": 9,
    "clock": 10, "close": 11, "review": 12, "relay": 13, "service": 14, "posting": 15, "resend": 16}


def entry(kind, ledger, time, **fields):
    return {"format": 1, "type": NUMBERS[kind], "ledger": ledger, "time": time, **fields}


def encoded(fields):
    return cbor(dict(enumerate(fields.values())))


LANE, CONTROL, OPERATIONS = "hub/lane/WA/2026", "hub/control", "hub/operations"
T = 1_790_000_000_000
VERSIONS = dict(
    taxonomy=digest("taxonomy"), directory=digest("directory"), floor=digest("floor"), policy=digest("policy"))
FACTS = ["DXICE0100", "federal", ["US.DHS.ICE"], 3, None, "C", [], "", 1_000_000]


def opening(ledger, time, owner=None, year=None):
    return entry("open", ledger, time, switch="hub", owner=owner, year=year, previousSize=None, previousRoot=None)


def question(time, label, gate, groups, withheld, deciding, **changes):
    fields = entry(
        "question", LANE, time, transaction=name("transaction " + label), message=name("message " + label),
        agency="DXICE0100", key="DQ", facts=FACTS, **VERSIONS, noDecisionOnFile=False, gate=gate, groups=groups,
        withheld=withheld, deciding=deciding, matched=deciding + ["police"], duties=[], body=digest("body " + label))
    return {**fields, **changes}


def closing(time, label, position, ending, records=0, given=0, withheld=0, answer=True, **changes):
    fields = entry(
        "closing", LANE, time, transaction=name("transaction " + label), question=position, questionLedger=None,
        ending=ending, records=records, given=given, withheld=withheld, deciding=["police"], recordFacts=[],
        **VERSIONS, answer=digest("answer " + label) if answer else None)
    return {**fields, **changes}


ORDER = "King County Superior Court (made up), file 26-2-00001-1"


def erase(ledger, basis, lane, first, last, count, order=ORDER, text=None):
    return entry(
        "erase", ledger, T, basis=basis, lane=lane, first=first, last=last, count=count,
        order=sha(order.encode()) if order else None, text=text)


def erasures():
    return [
        ("an erasure by order of a court", erase(LANE, 0, None, 17, 17, 1)),
        ("the same in the control ledger", erase(CONTROL, 0, LANE, 17, 17, 1, text=ORDER)),
        ("an expiry of many", erase("hub/lane/WA/2027", 1, LANE, 1, 2**40, 2**39, order=None)),
        ("an expiry in the control ledger", erase(CONTROL, 1, LANE, 1, 2**40, 2**39, order=None)),
        ("an erasure at the owner's request", erase(LANE, 2, None, 3, 9, 4)),
        ("an expiry of messages that were passed on", erase(OPERATIONS, 1, None, 5, 900, 60, order=None)),
        ("that expiry in the control ledger", erase(CONTROL, 1, OPERATIONS, 5, 900, 60, order=None)),
        ("the text of an order beyond ASCII", erase(CONTROL, 2, LANE, 3, 9, 4, order="Beschluß 7", text="Beschluß 7")),
    ]


def refused_erasures():
    lane, control = erasures()[0][1], erasures()[1][1]
    expiry = erasures()[2][1]
    return [
        ("an erasure without positions", encoded({**lane, "first": None, "last": None}), "wrong-type"),
        ("an erasure of half a stretch", encoded({**lane, "last": None}), "wrong-type"),
        ("an erasure of more than there is room for", encoded({**lane, "count": 2}), "out-of-range"),
        ("an erasure that ends before it begins", encoded({**lane, "first": 18}), "out-of-range"),
        ("an erasure of nothing", encoded({**lane, "count": 0}), "out-of-range"),
        ("an erasure for no known reason", encoded({**lane, "basis": 3}), "out-of-range"),
        ("an erasure without an order", encoded({**lane, "order": None}), "wrong-form"),
        ("an expiry with an order", encoded({**expiry, "order": sha(b"order")}), "wrong-form"),
        ("an order in an owner's ledger", encoded({**lane, "text": ORDER}), "wrong-form"),
        ("an erasure that names its own ledger", encoded({**lane, "lane": LANE}), "wrong-form"),
        ("an erasure in another owner's ledger", encoded({**lane, "lane": "hub/lane/OR/2026"}), "wrong-form"),
        ("an erasure in another switch's ledger", encoded({**lane, "lane": "bus/lane/WA/2025"}), "wrong-form"),
        ("nobody's erasure in the control ledger", encoded({**control, "lane": None}), "wrong-form"),
        ("an erasure of the control ledger itself", encoded({**control, "lane": CONTROL}), "wrong-form"),
        ("operations' erasure in an owner's ledger", encoded({**lane, "lane": OPERATIONS}), "wrong-form"),
        ("an owner's erasure in operations", encoded({**expiry, "ledger": OPERATIONS}), "wrong-form"),
        ("operations that names itself", encoded({**expiry, "ledger": OPERATIONS, "lane": OPERATIONS}), "wrong-form"),
        ("an order without its text", encoded({**control, "text": None}), "wrong-form"),
        ("an order with another text", encoded({**control, "text": ORDER + "0"}), "wrong-form"),
        ("an order of no words", encoded({**control, "text": "", "order": sha(b"")}), "wrong-form"),
        ("an order in two lines", encoded({**control, "text": "a\nb", "order": sha(b"a\nb")}), "wrong-form"),
        ("an order of 401 bytes", encoded({**control, "text": "a" * 401, "order": sha(b"a" * 401)}), "wrong-form"),
    ]


def review(label, position, decision, reason, groups, missing=0, **changes):
    fields = entry(
        "review", LANE, T + 1, transaction=name("transaction " + label), question=position, questionLedger=None,
        desk="State desk", decision=decision, reason=reason, groups=groups, missing=missing,
        body=digest("review " + label))
    return {**fields, **changes}


def reviews():
    return [
        ("a desk approves a part, for a court's order", review("c", 3, 0, 0, 0b11)),
        ("one of two desks approves", review("c", 3, 0, 5, 0b11111, 1, desk="Legal desk")),
        ("a desk refuses", review("c", 3, 1, 6, 0)),
        ("a desk decides in the next year", review("c", 3, 0, 1, 0b1, ledger="hub/lane/WA/2027", questionLedger=LANE)),
    ]


def refused_reviews():
    good = reviews()[0][1]
    return [
        ("a decision that is none", encoded({**good, "decision": 2}), "out-of-range"),
        ("a reason that is not in the list", encoded({**good, "reason": 9}), "out-of-range"),
        ("more groups than there are bits", encoded({**good, "groups": 2**16}), "out-of-range"),
        ("a review without a desk", encoded({**good, "desk": None}), "wrong-type"),
    ]


def relays():
    relay = entry(
        "relay", OPERATIONS, T, message=name("message"), link="wa-1", agency="DXICE0100", key="AM",
        destinations=["OR", "CO0010100"], length=88, body=digest("relay"))
    return [
        ("a message that is passed on", relay),
        ("one of an agency that nobody knows", {**relay, "agency": None, "key": "SM", "destinations": ["NL"]}),
    ]


def resends():
    resend = entry(
        "resend", OPERATIONS, T + 5000, message=name("message again"), original=name("message"), relay=7,
        destinations=["OR"], body=digest("resend"))
    return [
        ("a message is sent again, to one of those who had it", resend),
        ("a message is sent again to all", {**resend, "destinations": ["OR", "CO0010100"]}),
    ]


def services():
    service = entry(
        "service", CONTROL, T, destination="WA", key="DQ", state=1, until=T + 3_600_000, cause=0, link=None,
        reason="maintenance")
    return [
        ("a destination holds for an hour", service),
        ("a destination takes no key, by its own word",
         {**service, "key": None, "state": 3, "until": None, "cause": 1, "link": "wa-1"}),
        ("service returns by itself", {**service, "state": 0, "until": None, "cause": 2, "reason": "time-over"}),
        ("an agency does not take a key", {**service, "destination": "CO0010100", "state": 2, "until": None}),
    ]


def postings():
    posting = entry(
        "posting", CONTROL, T, action=0, subject="ORLICHELP", message=name("message"), link="or-1", agency="OR0260200",
        length=120, text=digest("help"))
    return [
        ("a help text", posting),
        ("a help text is cancelled", {**posting, "action": 2, "length": 0, "text": None}),
        ("a member wants an agency added", {**posting, "action": 3, "subject": "OR0260900"}),
    ]


def refused_postings():
    posting = postings()[0][1]
    return [
        ("a posting of a kind that is none", encoded({**posting, "action": 6}), "out-of-range"),
        ("a posting without an agency", encoded({**posting, "agency": None}), "wrong-type"),
        ("a posting with half a hash", encoded({**posting, "text": digest("help")[:16]}), "wrong-length"),
    ]


def refused_relays():
    relay, service, resend = relays()[0][1], services()[0][1], resends()[0][1]
    return [
        ("a repeat of nothing", encoded({**resend, "original": None}), "wrong-type"),
        ("a repeat without a place", encoded({**resend, "relay": None}), "wrong-type"),
        ("a repeat under half a name", encoded({**resend, "message": name("message")[:8]}), "wrong-length"),
        ("a message without a name", encoded({**relay, "message": None}), "wrong-type"),
        ("a message to nobody's list", encoded({**relay, "destinations": "OR"}), "wrong-type"),
        ("a state of service that is none", encoded({**service, "state": 4}), "out-of-range"),
        ("a cause that is none", encoded({**service, "cause": 3}), "out-of-range"),
        ("a reason that is no word", encoded({**service, "reason": "See J. Doe"}), "wrong-form"),
    ]


def entries():
    continued = {
        **opening("hub/lane/WA/2027", T, "WA", 2027), "previousSize": 7, "previousRoot": digest("root of 2026")}
    access = entry(
        "access", LANE, T, action=1, role="auditor", reason="yearly-audit", first=None, count=None,
        search=digest("search"))
    message = entry(
        "message", OPERATIONS, T, message=name("message"), link="wa-1", reason="unknown-ori", number=16, offset=12,
        length=140, agency="DXICE0100")
    return [
        ("the first entry of a lane", opening(LANE, T, "WA", 2026)),
        ("the first entry of a lane that continues another year", continued),
        ("the first entry of a control ledger", opening(CONTROL, T)),
        ("a question that is let through", question(T, "a", 0, 0b11111, 0b100000, ["police"])),
        ("a question that is refused", question(T + 1, "b", 2, 0, 0b111111, ["no-immigration"])),
        ("a question that is held", question(T + 1, "c", 1, 0b1, 0, ["ask-the-desk"])),
        ("no decision on file, judged by the default",
         question(T, "d", 0, 1, 0, ["default"], noDecisionOnFile=True, policy=None)),
        ("a question at the edges of the numbers",
         question(2**64 - 1, "e", 0, 65535, 65535, [], facts=[0, 23, 24, 255, 256, 65535, 65536, 2**32, 2**63])),
        ("a question with text beyond ASCII", question(T, "f", 0, 1, 0, ["Prüfung", "審査"])),
        ("a release in part", closing(T + 2, "a", 1, 0, 1, 0b1111, 0b110000)),
        ("not on file", closing(T + 2, "a", 1, 0)),
        ("a refusal on the question", closing(T + 2, "b", 2, 1)),
        ("a refusal on the answer", closing(T + 2, "a", 1, 2, recordFacts=[None, "protected", 1])),
        ("no answer", closing(T + 2, "a", 1, 3)),
        ("a hold that expired", closing(T + 2, "c", 3, 4, answer=False)),
        ("passed on", closing(T + 2, "a", 1, 5, answer=False)),
        ("a refusal by a desk", closing(T + 2, "c", 3, 6)),
        ("an end in the next year",
         closing(T + 2, "a", 1, 3, questionLedger=LANE, ledger="hub/lane/WA/2027")),
        ("a gap", entry("gap", LANE, T, since=T - 5000, unfinished=3, reason="crash")),
        ("a policy", entry(
            "policy", CONTROL, T, owner="WA", change=0, number=4, effective=20654, until=None,
            policy=digest("policy"), taxonomy=digest("taxonomy"), directory=digest("directory"))),
        ("a directory", entry("directory", CONTROL, T, subject=0, version="2026-01-15", hash=digest("directory"))),
        ("a configuration", entry("directory", CONTROL, T, subject=5, version="3", hash=digest("configuration"))),
        ("a view", entry(
            "access", LANE, T, action=0, role="owner", reason="routine-review", first=10, count=25, search=None)),
        ("a search", access),
        ("a refused agency", message),
        ("malformed input", {**message, "message": None, "reason": "no-header", "number": None, "agency": None}),
        ("a clock that was set back", entry("clock", OPERATIONS, T, expected=T, found=T - 30_000)),
        ("a clock that was set ahead", entry("clock", OPERATIONS, T, expected=T, found=T + 3_600_000)),
        ("the end of a year's ledger", entry("close", LANE, T, next=2027)),
        ("the end of a ledger before a year without look-ups", entry("close", LANE, T, next=2029)),
    ] + erasures() + reviews() + relays() + resends() + services() + postings()


def refused_entries():
    good = question(T, "a", 0, 0b11111, 0b100000, ["police"])
    data = encoded(good)

    def changed(**changes):
        return encoded({**good, **changes})

    numbered = dict(enumerate(good.values()))
    without_last = {key: item for key, item in numbered.items() if key != 20}
    swapped = head(5, 2) + cbor(1) + cbor(1) + cbor(0) + cbor(1)
    lane = opening(LANE, T, "WA", 2026)
    view = dict(entries())["a view"]
    return [
        ("nothing", b"", "truncated"),
        ("an array", cbor([1, 2]), "not-a-map"),
        ("an empty map", cbor({}), "missing-field"),
        ("cut by one byte", data[:-1], "truncated"),
        ("one byte more", data + b"\x00", "trailing-bytes"),
        ("a version that is not known", changed(format=2), "unknown-version"),
        ("a type that is not known", changed(type=99), "unknown-type"),
        ("a field too many", cbor({**numbered, 21: None}), "unknown-field"),
        ("a field too few", cbor(without_last), "missing-field"),
        ("a field under another number", cbor({**without_last, 21: good["body"]}), "missing-field"),
        ("fields in another order", swapped, "key-order"),
        ("a gate written in two bytes", data.replace(bytes([14, 0, 15]), bytes([14, 0x18, 0, 15]), 1), "not-shortest"),
        ("a gate that does not exist", changed(gate=3), "out-of-range"),
        ("groups of more than sixteen bits", changed(groups=65536), "out-of-range"),
        ("a transaction of fifteen bytes", changed(transaction=bytes(15)), "wrong-length"),
        ("a hash of thirty-one bytes", changed(taxonomy=bytes(31)), "wrong-length"),
        ("no taxonomy", changed(taxonomy=None), "wrong-type"),
        ("text for a hash", changed(body="x" * 32), "wrong-type"),
        ("a number for an agency", changed(agency=7), "wrong-type"),
        ("a negative time", changed(time=-1), "wrong-type"),
        ("a negative fact", changed(facts=[-1]), "wrong-type"),
        ("a fact that is true", changed(facts=[True]), "wrong-type"),
        ("a fact within a fact", changed(facts=[[["x"]]]), "wrong-type"),
        ("a null for a flag", changed(noDecisionOnFile=None), "wrong-type"),
        ("a ledger that is none", changed(ledger="hub/lane/wa/2026"), "wrong-form"),
        ("a ledger of no year", changed(ledger="hub/lane/WA/02026"), "wrong-form"),
        ("more than 1,024 bytes", changed(agency="X" * 900), "too-large"),
        ("an opening for another switch", encoded({**lane, "switch": "bus"}), "wrong-form"),
        ("an opening for another owner", encoded({**lane, "owner": "OR"}), "wrong-form"),
        ("an opening for another year", encoded({**lane, "year": 2027}), "out-of-range"),
        ("a close that goes on in the same year", encoded(entry("close", LANE, T, next=2026)), "out-of-range"),
        ("a close of an earlier year", encoded(entry("close", LANE, T, next=2025)), "out-of-range"),
        ("a close past the last year", encoded(entry("close", LANE, T, next=10_000)), "out-of-range"),
        ("a close of a control ledger", encoded(entry("close", CONTROL, T, next=2027)), "out-of-range"),
        ("a clock of negative time", encoded(entry("clock", OPERATIONS, T, expected=T, found=-1)), "wrong-type"),
        ("a reason that is a number", encoded({**view, "reason": "123456789"}), "wrong-form"),
        ("a reason in free text", encoded({**view, "reason": "Looking for J. Doe"}), "wrong-form"),
    ] + refused_erasures() + refused_reviews() + refused_relays() + refused_postings()


ACCEPTED = [
    ("zero", "00"), ("ten", "0a"), ("23", "17"), ("24", "1818"), ("100", "1864"), ("1000", "1903e8"),
    ("a million", "1a000f4240"), ("10^12", "1b000000e8d4a51000"), ("2^64 - 1", "1bffffffffffffffff"),
    ("-1", "20"), ("-1000", "3903e7"), ("-2^64", "3bffffffffffffffff"), ("false", "f4"), ("true", "f5"),
    ("null", "f6"), ("no bytes", "40"), ("bytes", "4401020304"), ("no text", "60"), ("IETF", "6449455446"),
    ("u umlaut", "62c3bc"), ("a Chinese character", "63e6b0b4"), ("beyond the first plane", "64f0908591"),
    ("an empty array", "80"), ("arrays in an array", "8301820203820405"), ("an empty map", "a0"),
    ("a map", "a201020304"), ("an array in a map", "a26161016162820203"), ("keys of several types", "a30a0118640220f6"),
]

REFUSED = [
    ("nothing", "", "truncated", 0),
    ("two items", "0000", "trailing-bytes", 1),
    ("23 in two bytes", "1817", "not-shortest", 0),
    ("255 in three bytes", "1900ff", "not-shortest", 0),
    ("65535 in five bytes", "1a0000ffff", "not-shortest", 0),
    ("2^32 - 1 in nine bytes", "1b00000000ffffffff", "not-shortest", 0),
    ("a length written too long", "580161", "not-shortest", 0),
    ("a number cut short", "1903", "truncated", 2),
    ("bytes cut short", "4401", "truncated", 2),
    ("bytes of enormous length", "5bffffffffffffffff", "truncated", 9),
    ("an array of enormous length", "9bffffffffffffffff", "truncated", 9),
    ("a map of enormous length", "bb7fffffffffffffff", "truncated", 9),
    ("bytes of indefinite length", "5f4101ff", "indefinite-length", 0),
    ("text of indefinite length", "7f6161ff", "indefinite-length", 0),
    ("an array of indefinite length", "9f01ff", "indefinite-length", 0),
    ("a map of indefinite length", "bf0102ff", "indefinite-length", 0),
    ("a break alone", "ff", "indefinite-length", 0),
    ("reserved information", "1c", "reserved", 0),
    ("keys out of order", "a202000100", "key-order", 3),
    ("a longer key before a shorter", "a2186400" + "0a00", "key-order", 4),
    ("a key twice", "a201000100", "duplicate-key", 3),
    ("half a character", "61c3", "invalid-text", 1),
    ("an overlong character", "62c080", "invalid-text", 1),
    ("a surrogate", "63eda080", "invalid-text", 1),
    ("a half-precision float", "f93c00", "float", 0),
    ("a single-precision float", "fa47c35000", "float", 0),
    ("a double-precision float", "fb3ff199999999999a", "float", 0),
    ("undefined", "f7", "simple-value", 0),
    ("a simple value", "f0", "simple-value", 0),
    ("a simple value in two bytes", "f8ff", "simple-value", 0),
    ("a tag", "c11a514b67b0", "tag", 0),
    ("seventeen arrays in one another", "81" * 16 + "80", "too-deep", 16),
]


def leaf(data):
    return sha(b"\x00" + data)


def root(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = half(len(leaves))
    return sha(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


def half(count):
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def path(m, leaves):
    """PATH of RFC 9162, section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = half(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, whole):
    """SUBPROOF of RFC 9162, section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = half(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def tree():
    texts = [b"" if number == 0 else b"leaf %d" % number for number in range(20)]
    leaves = [leaf(text) for text in texts]
    sizes = (1, 2, 3, 5, 8, 13, 20)
    return {
        "leaves": [text.hex() for text in texts],
        "roots": [root(leaves[:size]).hex() for size in range(21)],
        "inclusion": [
            {"size": size, "index": index, "proof": [step.hex() for step in path(index, leaves[:size])]}
            for size in sizes for index in range(size)],
        "consistency": [
            {"from": old, "to": new,
             "proof": [step.hex() for step in (subproof(old, leaves[:new], True) if old else [])]}
            for new in (*sizes, 7, 16) for old in range(new + 1)],
    }


def plain(value):
    return value.hex() if isinstance(value, bytes) else value


KINDS = {number: kind for kind, number in NUMBERS.items()}


def described(label, fields):
    data = encoded(fields)
    assert len(data) <= 1024, label
    return {
        "name": label, "kind": KINDS[fields["type"]], "hex": data.hex(), "leaf": leaf(data).hex(),
        "fields": {field: plain(value) for field, value in fields.items()},
    }


def commitments():
    salt = digest("salt")
    body = cbor({
        0: 1, 1: salt, 2: b"DR.DXICE0100.WA.*NAM/DOE,MADE UP", 3: "wa-1", 4: 2**40, 5: 17, 6: "0000000017", 7: "WA", 8: T})
    no_control = cbor({0: 1, 1: salt, 2: b"", 3: "wa-1", 4: 0, 5: 0, 6: None, 7: "WA", 8: T})
    answer_salt = sha(b"comity/answer-salt/v1\n" + salt)
    cases = [
        ("a question's body", "comity/question/v1", salt, body),
        ("a body without control field", "comity/question/v1", salt, no_control),
        ("an answer", "comity/answer/v1", answer_salt, b"made up answer"),
        ("nothing", "comity/search/v1", salt, b""),
        ("who had a message sent again", "comity/resend/v1", salt, cbor([1, salt, "J. SAMPLE", "lost in the yard"])),
    ]
    return {
        "commitments": [
            {"name": label, "domain": domain, "salt": s.hex(), "body": b.hex(),
             "commitment": sha(domain.encode() + b"\n" + s + b).hex()}
            for label, domain, s, b in cases],
        "answerSalts": [{"question": salt.hex(), "answer": answer_salt.hex()}],
    }


def export():
    ledger = [
        opening(LANE, T, "WA", 2026),
        question(T + 10, "a", 0, 0b11111, 0b100000, ["police"]),
        question(T + 10, "b", 2, 0, 0b111111, ["no-immigration"]),
        closing(T + 10, "b", 2, 1),
        question(T + 20, "c", 1, 0b1, 0, ["ask-the-desk"]),
        closing(T + 30, "a", 1, 0, 1, 0b1111, 0b110000),
        entry("gap", LANE, T + 5000, since=T + 30, unfinished=1, reason="crash"),
        closing(T + 6000, "c", 4, 4),
        question(T + 6001, "d", 0, 1, 0, ["police"]),
    ]
    data = [encoded(fields) for fields in ledger]
    top = root([leaf(item) for item in data]).hex()
    lines = [{"ledger": LANE, "root": top, "size": len(data)}]
    lines += [{"entry": item.hex(), "position": position} for position, item in enumerate(data)]
    expected = {
        "ledger": LANE, "size": 9, "root": top,
        "types": {"closing": 3, "gap": 1, "open": 1, "question": 4},
        "gates": {"held": 1, "open": 2, "refused": 1},
        "endings": {"hold-expired": 1, "refused-on-question": 1, "release": 1},
        "releasedInPart": 1, "unfinished": 1, "findings": [],
    }
    return lines, expected


def write(file, value):
    (HERE / file).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main():
    write("entries.json", {
        "entries": [described(label, fields) for label, fields in entries()],
        "refused": [{"name": label, "hex": data.hex(), "code": code} for label, data, code in refused_entries()],
    })
    write("cbor.json", {
        "accepted": [{"name": label, "hex": data} for label, data in ACCEPTED],
        "refused": [
            {"name": label, "hex": data, "code": code, "offset": offset} for label, data, code, offset in REFUSED],
    })
    write("tree.json", tree())
    write("commitments.json", commitments())
    lines, expected = export()
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    (HERE / "export.ndjson").write_text(text, encoding="ascii")
    write("export.json", expected)


if __name__ == "__main__":
    main()
