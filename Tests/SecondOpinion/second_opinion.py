#!/usr/bin/env python3
"""Puts look-ups that Comity has judged to Cedar, an independent engine, and compares.

Reads a file of one JSON object a line, each a policy as `comity policy export --to cedar` writes it, with look-ups and
Comity's judgements of them:

    {"name", "policies", "schema", "reading", "cases": [{"lookup", "question"?, "answer"?}]}

Needs `cedarpy` from PyPI and nothing else. Ends with status 1 if anything differs or a policy is not valid.

    python3 second_opinion.py FILE            compare
    python3 second_opinion.py FILE --rate     compare, and print Cedar's rate as JSON
"""
import json
import sys
import time

import cedarpy

STRICTER = {"open": 0, "held": 1, "refused": 2}


def reference(kind, name):
    return {"type": kind, "id": name}


def entities(cases):
    """Each look-up has agencies of its own: the same ID can be known to one and unknown to another."""
    result, owners = [], set()
    for number, case in enumerate(cases):
        lookup = case["lookup"]
        owners.add(lookup["owner"])
        for role in ("asker", "behalf"):
            if role in lookup:
                name, agency = f"{role} {number}", lookup[role]
                attributes = dict(agency["attributes"], ties={"__entity": reference("Ties", name)})
                result.append({"uid": reference("Agency", name), "attrs": attributes, "parents": agency["families"]})
                result.append({"uid": reference("Ties", name), "attrs": {}, "parents": agency["ties"]})
    result += [{"uid": reference("Owner", o), "attrs": {"code": o}, "parents": []} for o in sorted(owners)]
    return result


def actions(lookup, reading):
    asked = [f"release {group}" for group in lookup["context"]["asked"]]
    return asked + ["hold"] + [f"duty {rule}" for rule in reading["duties"]] + reading["missing"]


def judgement(allowed, lookup):
    """One agency's judgement from the actions that are allowed to it."""
    groups = {group for group in lookup["context"]["asked"] if f"release {group}" in allowed}
    gate = "refused" if not groups else "held" if "hold" in allowed else "open"
    return {
        "gate": gate,
        "groups": groups,
        "duties": {action[5:] for action in allowed if action.startswith("duty ")},
        "missing": {action for action in allowed if action.startswith("missing ")},
    }


def meet(a, b):
    """The stricter of both."""
    groups = a["groups"] & b["groups"]
    gate = max(a["gate"], b["gate"], key=STRICTER.get) if groups else "refused"
    return {
        "gate": gate,
        "groups": groups,
        "duties": a["duties"] | b["duties"],
        "missing": a["missing"] | b["missing"],
    }


def can_come(event, gate):
    return {"released": gate != "refused", "refused": gate != "open"}.get(event, True)


def final(found, reading):
    gate = found["gate"]
    return {
        "gate": gate,
        "groups": sorted(found["groups"]) if gate != "refused" else [],
        "duties": sorted(d for d in found["duties"] if can_come(reading["duties"][d], gate)),
        "missing": sorted(found["missing"]),
    }


def judge(policy):
    """Cedar's judgements of a policy's look-ups, the number of questions that it took, and the seconds."""
    reading, cases = policy["reading"], policy["cases"]
    requests, places = [], []
    for number, case in enumerate(cases):
        lookup = case["lookup"]
        for stage in ("question", "answer"):
            if stage not in case:
                continue
            context = dict(lookup["context"], stage=stage)
            for role in ("asker", "behalf"):
                if role not in lookup:
                    continue
                for action in actions(lookup, reading):
                    places.append((number, stage, role, action))
                    requests.append(
                        {
                            "principal": reference("Agency", f"{role} {number}"),
                            "action": reference("Action", action),
                            "resource": reference("Owner", lookup["owner"]),
                            "context": context,
                        }
                    )
    policies = cedarpy.PolicySet.from_str(policy["policies"])
    known = cedarpy.Entities.from_json_str(json.dumps(entities(cases)))
    start = time.perf_counter()
    answers = cedarpy.is_authorized_batch(requests, policies, known)
    seconds = time.perf_counter() - start
    allowed = {}
    for (number, stage, role, action), answer in zip(places, answers):
        if answer.diagnostics.errors:
            raise SystemExit(f"{policy['name']}: Cedar cannot judge {action}: {answer.diagnostics.errors}")
        found = allowed.setdefault((number, stage, role), set())
        if answer.allowed:
            found.add(action)
    result = {}
    for number, case in enumerate(cases):
        for stage in ("question", "answer"):
            if stage in case:
                found = judgement(allowed[number, stage, "asker"], case["lookup"])
                if "behalf" in case["lookup"]:
                    found = meet(found, judgement(allowed[number, stage, "behalf"], case["lookup"]))
                result[number, stage] = final(found, reading)
    return result, len(requests), seconds


def main():
    count = lookups = questions = judgements = differences = 0
    seconds = 0.0
    gates = {"open": 0, "held": 0, "refused": 0}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            policy = json.loads(line)
            valid = cedarpy.validate_policies(policy["policies"], policy["schema"])
            if not valid.validation_passed:
                print(f"{policy['name']}: not valid: {[str(e) for e in valid.errors[:3]]}")
                differences += 1
            found, asked, took = judge(policy)
            count, lookups, questions = count + 1, lookups + len(policy["cases"]), questions + asked
            judgements, seconds = judgements + len(found), seconds + took
            for (number, stage), cedar in found.items():
                comity = {key: value if key == "gate" else sorted(value) for key, value in policy["cases"][number][stage].items()}
                gates[comity["gate"]] += 1
                if cedar != comity:
                    differences += 1
                    if differences <= 5:
                        print(f"{policy['name']}, look-up {number}, {stage}:\n  Comity {comity}\n  Cedar  {cedar}")
                        print(f"  {json.dumps(policy['cases'][number]['lookup'])}\n{policy['policies']}")
    if "--rate" in sys.argv:
        print(
            json.dumps(
                {
                    "judgements": judgements,
                    "questions": questions,
                    "differences": differences,
                    "microsecondsPerJudgement": round(seconds / judgements * 1e6, 2),
                    "microsecondsPerQuestion": round(seconds / questions * 1e6, 2),
                }
            )
        )
    else:
        print(
            f"{count} policies, {lookups} look-ups, {judgements} judgements "
            f"({', '.join(f'{n} {gate}' for gate, n in gates.items())}), {questions} questions put to Cedar, "
            f"{differences} differences"
        )
    return 1 if differences else 0


sys.exit(main())
