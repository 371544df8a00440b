"""The Swift SDK as it is downloaded: one archive for the platforms that most want, and one for each of the others: all
in one would be twice as large."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from commands import tarball
from release import Release

FIRST = ("x86_64", "aarch64", "armv7")


@dataclass(frozen=True)
class Part:
    """An archive, by the name of its bundle. SwiftPM takes one bundle of a name: each version has its own."""

    name: str
    artifacts: dict[str, dict]
    """What info.json says of the platforms in it."""
    others: frozenset[str]
    """The triples of the platforms in the other archives, and what the SDK calls them."""


def parts(release: Release) -> list[Part]:
    artifacts = json.loads((release.bundle / "info.json").read_text())["artifacts"]
    names = {artifact: artifact.rpartition("musl_")[2] for artifact in artifacts}
    found = []
    for alone in ("", *(name for name in names.values() if name not in FIRST)):
        mine = {artifact for artifact, name in names.items() if (name == alone if alone else name in FIRST)}
        triples = {artifacts[other]["variants"][0]["path"].partition("/")[0] for other in artifacts.keys() - mine}
        others = frozenset(triples | {names[other] for other in artifacts.keys() - mine})
        start = "_".join(["embedded-linux-musl", alone] if alone else ["embedded-linux-musl"])
        name = f"swift-{release.swift}_{start}-{release.version}.artifactbundle"
        if mine:
            found.append(Part(name, {one: about for one, about in artifacts.items() if one in mine}, others))
    return found


def pack(release: Release, stage: Path, part: Part, kept: Path) -> None:
    """With the folder where the compressed archive is kept: making it takes longer than all else."""

    def of_others(_: str, names: list[str]) -> set[str]:
        """A platform's folder and its modules are called after its triple, its libraries by its short name."""
        return {name for name in names if name.partition(".")[0] in part.others}

    shutil.copytree(release.bundle, stage / part.name, symlinks=True, ignore=of_others)
    # Written anew always, so that an archive has the same bits whatever others the SDK was made for.
    info = json.loads((release.bundle / "info.json").read_text()) | {"artifacts": part.artifacts}
    (stage / part.name / "info.json").write_text(json.dumps(info, indent=4) + "\n")
    tarball(release, stage, part.name, release.dist / f"{part.name}.tar.gz", kept)
