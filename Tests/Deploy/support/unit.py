"""The systemd unit, read as systemd reads it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from places import DEPLOY, run

FILE = DEPLOY / "tmdb-mcp.service"


def directives(file: Path = FILE) -> dict[str, list[str]]:
    """Each directive with its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text().splitlines():
        if match := re.match(r"(\w+)=(.*)", line):
            found[match[1]].append(match[2])
    return found


def allowed_system_calls() -> set[str]:
    """What is left of the groups after all lines of SystemCallFilter=."""
    allowed: set[str] = set()
    for line in directives()["SystemCallFilter"]:
        calls = {call for group in line.removeprefix("~").split() for call in _calls_of(group)}
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed


def _calls_of(group: str) -> set[str]:
    if not group.startswith("@"):
        return {group}
    listed = run("systemd-analyze", "syscall-filter", "--no-pager", group).stdout.splitlines()[1:]
    members = [line.strip() for line in listed if line.strip() and not line.strip().startswith("#")]
    return {call for member in members for call in _calls_of(member)}
