"""The repository as these tests use it: its verbs, and copies of it that may be spoilt."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import places
from places import DIST, RELEASED, ROOT

IMAGES = {
    "amd64": "linux/amd64",
    "arm64": "linux/arm64",
    "armv7": "linux/arm/v7",
    "armv6": "linux/arm/v6",
    "riscv64": "linux/riscv64",
    "i386": "linux/386",
}
"""What Docker calls each platform."""
PLATFORMS = tuple(IMAGES[name] for name in RELEASED)

# What a user may set: a test says what it wants, whatever the surroundings hold.
SETTINGS = (
    "REGISTRY", "TAG", "PLATFORMS", "PUSH", "VARIANT", "ARCHIVE", "SOURCE_DATE_EPOCH", "MAKEFLAGS",
    "MAKELEVEL",
)  # fmt: skip


def program_of(platform: str) -> Path:
    return places.program(next(name for name, image in IMAGES.items() if image == platform))


@dataclass(frozen=True)
class Result:
    code: int
    output: str

    @property
    def errors(self) -> list[str]:
        return [line.removeprefix("error: ") for line in self.output.splitlines() if line.startswith("error: ")]


class Checkout:
    """A checkout of the project, in which verbs of the Makefile are called."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root

    def make(self, verb: str, *settings: str, environment: dict[str, str] | None = None) -> Result:
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        command = ["make", "--no-print-directory", verb, *settings]
        done = subprocess.run(
            command, cwd=self.root, env={**kept, **(environment or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600,
        )  # fmt: skip
        return Result(done.returncode, done.stdout)

    def archive(self, tag: str) -> Path:
        return self.root / ".build" / "images" / f"tmdb-mcp-{tag}.oci.tar"


def _git_folder(option: str) -> Path:
    told = subprocess.run(["git", "rev-parse", option], cwd=ROOT, check=True, capture_output=True, text=True)
    return ROOT / told.stdout.rstrip("\n")


def copy(to: Path) -> Checkout:
    """The same files with the same history at another place, all of them written anew."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
            (to / name).chmod((ROOT / name).stat().st_mode)
    # In a worktree of git, .git is a file, and what it has of its own lies elsewhere.
    history, own = (_git_folder(option) for option in ("--git-common-dir", "--git-dir"))
    shutil.copytree(history, to / ".git", symlinks=True)
    for name in ("HEAD", "index"):
        shutil.copyfile(own / name, to / ".git" / name)
    (to / "release" / "dist").mkdir()
    [sbom] = DIST.glob("tmdb-mcp_*.cdx.json")
    for file in (sbom, *map(program_of, PLATFORMS)):
        shutil.copyfile(file, to / "release" / "dist" / file.name)
    # What takes seconds to make, and is looked up by what it is made of.
    if (layers := ROOT / ".build" / "compressed" / "layers").is_dir():
        shutil.copytree(layers, to / ".build" / "compressed" / "layers")
    return Checkout(to)
