"""The libraries that are linked, by Debian's source packages, in the versions of an inputs.lock."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from databases import Unusable


@dataclass(frozen=True)
class Library:
    source: str
    version: str

    def is_older_than(self, version: str) -> bool:
        return older(self.version, version)


def older(one: str, other: str) -> bool:
    """In Debian's order of versions."""
    done = subprocess.run(["dpkg", "--compare-versions", one, "lt", other], capture_output=True, text=True)
    if done.returncode not in (0, 1) or done.stderr:
        raise Unusable(f"not a version of Debian's: {one} or {other}")
    return done.returncode == 0


def libraries_of(release: Path, lock: Path) -> list[Library]:
    """All but those of which declarations alone are used, such as the kernel's, and what the program does not use."""
    try:
        lines = [line.split() for line in lock.read_text().splitlines()]
    except OSError as error:
        raise Unusable(f"cannot read {lock}: {error.strerror}") from None
    versions = {fields[0]: fields[2] for fields in lines if len(fields) >= 5 and not fields[0].startswith("#")}
    libraries = []
    for entry in json.loads((release / "package" / "libraries.json").read_text()):
        if not entry["inputs"] or "headers" in entry or not entry.get("used", True):
            continue
        found = {versions[name] for name in entry["inputs"] if name in versions}
        if len(found) != 1:
            raise Unusable(f"{lock} has {len(found) or 'no'} version{'s' * (len(found) > 1)} of {entry['name']}")
        libraries.append(Library(entry["source"], found.pop()))
    return libraries


def suite(release: Path) -> str:
    """The suite of Debian that the SDK's inputs come from."""
    found = re.search(r"^suite=(\w+)$", (release / "sdk" / "settings.sh").read_text(), re.MULTILINE)
    if not found:
        raise Unusable("release/sdk/settings.sh names no suite")
    return found[1]
