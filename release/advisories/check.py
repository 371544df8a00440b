#!/usr/bin/env python3
"""What is known of vulnerabilities in the linked libraries: asks Debian's security tracker and OSV.

  check.py        all of it; exit code 1: something new, or Debian has a fix that the SDK does not take
  check.py list   the libraries and what was decided of their advisories, without a network

handled.json holds what was decided, and why. ADVISORIES_TRACKER and ADVISORIES_OSV name other addresses; LOCK another
inputs.lock than that of the SDK.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from databases import Unusable, osv, tracker
from handled import Handled
from linked import Library, libraries_of, suite

RELEASE = Path(__file__).resolve().parents[1]
LOCK = Path(os.environ.get("LOCK") or RELEASE / "sdk" / "inputs.lock")


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["list"]):
        sys.stderr.write("error: unknown arguments\n       Use: release/advisories/check.py [list]\n")
        return 2
    try:
        libraries = libraries_of(RELEASE, LOCK)
        handled = Handled.read(RELEASE, libraries)
        if arguments:
            show(libraries, handled)
            return 0
        return report(libraries, handled)
    except Unusable as error:
        sys.stderr.write(f"error: {error}\n")
        return 2


def show(libraries: list[Library], handled: Handled) -> None:
    for library in libraries:
        print(f"{library.source} {library.version}")
        for entry in handled.of(library.source):
            print(f"  {entry.id}: {entry.state}: {entry.reason}")


def report(libraries: list[Library], handled: Handled) -> int:
    codename = suite(RELEASE)
    advisories = tracker(libraries, codename) + osv(libraries, codename)
    found = {(each.source, each.id): each for each in reversed(advisories)}
    new = [each for key, each in sorted(found.items()) if key not in handled.keys]
    for library in libraries:
        known = sum(source == library.source for source, _ in found)
        count = sum(each.source == library.source for each in new)
        print(f"{library.source} {library.version}: {known} known, {count} not handled")
    for each in new:
        print(f"NEW {each.source}: {each.id}: {each.text}")
        print(f"    {each.remedy}")
    for source, identity in sorted(handled.keys - found.keys()):
        print(f"note: {source}: {identity} is reported no more: its line in release/advisories/handled.json may go")
    if not new:
        print("nothing new")
        return 0
    print(
        "For each: take the fixed version (make sdk-lock), or patch the source (release/sdk/patches), or say in"
        " release/advisories/handled.json why it does not matter here."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
