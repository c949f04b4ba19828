#!/usr/bin/env python3
"""Shows that tiles.py notices: changes every byte of an exported ledger, one by one and in memory.

    python3 tamper.py DIR --key FILE [--step N]       every Nth byte only
"""

import argparse
import sys
from pathlib import Path

from tiles import WRONG, Found, Key, need, verify


def is_found(files, key):
    try:
        verify(files.__getitem__, key)
    except WRONG:
        return True
    return False


def tamper(folder, key, step):
    files = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    read = set()
    verify(lambda name: read.add(name) or files[name], key)
    # Partial files of an older state may lie about; nothing of the present one rests on them.
    files = {name: files[name] for name in sorted(read)}
    changed = 0
    for name, data in files.items():
        # A change in the line of the date may make it that of an unknown key, which is passed over.
        end = data.rfind("\N{EM DASH} ".encode()) if data.count("\N{EM DASH} ".encode()) > 1 else len(data)
        for at in range(0, end if name == "checkpoint" else len(data), step):
            other = data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:]
            need(is_found({**files, name: other}, key), "byte %d of %s was changed unseen" % (at, name))
            changed += 1
    return "found every one of %d changed bytes in %d files of %s" % (changed, len(files), key.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--step", type=int, default=1)
    options = parser.parse_args()
    try:
        print(tamper(options.folder, Key(options.key.read_text()), options.step))
    except WRONG as error:
        print("NOT found: %s" % (error or "the ledger is wrong before anything is changed"))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
