"""handled.json: what was decided of advisories. An entry has

  id        the advisory's name
  source    Debian's source package
  state     "patched", with `patch`, a file of release/sdk/patches; or "not affected"
  reason    why, for a reader who does not know the code
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from databases import Unusable
from linked import Library


@dataclass(frozen=True)
class Entry:
    id: str
    source: str
    state: str
    reason: str


@dataclass(frozen=True)
class Handled:
    entries: list[Entry]

    @property
    def keys(self) -> set[tuple[str, str]]:
        return {(entry.source, entry.id) for entry in self.entries}

    def of(self, source: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.source == source]

    @staticmethod
    def read(release: Path, libraries: list[Library]) -> Handled:
        file = release / "advisories" / "handled.json"
        try:
            entries = [_entry(each, release, libraries) for each in json.loads(file.read_text())]
        except (OSError, ValueError) as error:
            raise Unusable(f"cannot read {file}: {error}") from None
        if len({(entry.source, entry.id) for entry in entries}) != len(entries):
            raise Unusable(f"{file} says something twice")
        return Handled(entries)


def _entry(given: dict[str, Any], release: Path, libraries: list[Library]) -> Entry:
    patch = given.get("patch")
    fields = {name: value for name, value in given.items() if name != "patch"}
    about = f"handled.json, {given.get('id')}"
    if set(fields) != {"id", "source", "state", "reason"} or not all(
        isinstance(value, str) and value for value in fields.values()
    ):
        raise Unusable(f"{about}: id, source, state and reason are needed, as texts, and nothing else but patch")
    if fields["source"] not in {library.source for library in libraries}:
        raise Unusable(f"{about}: nothing of the source {fields['source']} is linked")
    if fields["state"] not in ("patched", "not affected"):
        raise Unusable(f"{about}: the state is neither patched nor not affected")
    if (fields["state"] == "patched") != (patch is not None):
        raise Unusable(f"{about}: what is patched, and nothing else, names its patch")
    if patch is not None and not (release / "sdk" / "patches" / patch).is_file():
        raise Unusable(f"{about}: there is no release/sdk/patches/{patch}")
    return Entry(**fields)
