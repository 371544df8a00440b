"""What is linked into the program: libraries.json, with the versions and sums of the inputs of the SDK."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Input:
    """A line of inputs.lock: one file that the SDK was made from."""

    name: str
    architecture: str
    version: str
    sha256: str
    file: str
    time: str = ""
    folder: str = ""


@dataclass(frozen=True)
class Library:
    """An entry of libraries.json, and the files that it came from."""

    entry: dict
    inputs: list[Input]

    @property
    def name(self) -> str:
        return self.entry["name"]

    @property
    def package(self) -> str:
        """What advisories call it: Debian's source package, or its own name where it is none of Debian's. Of the kernel
        there are declarations alone, so it goes by the package that has just these."""
        if not self.inputs:
            return self.name
        return self.inputs[0].name if self.entry.get("headers") else self.entry["source"]

    @property
    def architecture(self) -> str:
        return self.inputs[0].architecture if self.entry.get("headers") else "source"

    @property
    def version(self) -> str:
        versions = {one.version for one in self.inputs}
        if len(versions) != 1:
            raise SystemExit(f"error: inputs.lock has several versions of {self.name}: {', '.join(sorted(versions))}")
        return versions.pop()


def libraries(bundle: Path) -> list[Library]:
    """All of them. A line of inputs.lock that belongs to none is an error, so that nobody adds one in silence. What the
    SDK has and the program does not is passed over."""
    inputs = [Input(*line.split()) for line in (bundle / "inputs.lock").read_text().splitlines()]
    entries = json.loads((FOLDER / "libraries.json").read_text())
    used = [entry for entry in entries if entry.get("used", True)]
    made = [Library(entry, [one for one in inputs if one.name in entry["inputs"]]) for entry in used]
    known = {name for entry in entries for name in entry["inputs"]}
    if unknown := sorted({one.name for one in inputs} - known):
        named = ", ".join(unknown)
        raise SystemExit(f"error: release/package/libraries.json says nothing of {named}, which inputs.lock has")
    return made


def built_using(bundle: Path) -> str:
    """Debian's sources of what is linked, as a control field has them."""
    linked = [one for one in libraries(bundle) if one.inputs and "headers" not in one.entry]
    return ", ".join(sorted(f"{one.entry['source']} (= {one.version})" for one in linked))
