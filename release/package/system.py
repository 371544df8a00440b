"""What a package of an operating system installs: the same list for Debian's and for RPM."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from commands import zipped
from release import Platform, Release


class Kind(Enum):
    """What a package manager does with a file beyond laying it down."""

    PLAIN = auto()
    CONFIGURATION = auto()
    """Stays as its user has changed it."""
    DOCUMENTATION = auto()
    LICENCE = auto()


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    mode: int = 0o644
    kind: Kind = Kind.PLAIN


DOC = "usr/share/doc/tmdb-mcp"


def files(release: Release, platform: Platform, share: Path, zsh: str) -> list[File]:
    """`zsh` is where the system's zsh looks for completions, below usr/share."""

    def taken(name: str, source: Path, kind: Kind = Kind.PLAIN) -> File:
        return File(name, source.read_bytes(), kind=kind)

    unit = (release.deploy / "tmdb-mcp.service").read_text().replace("\nExecStart=", "\nExecStart=/usr/bin/")
    licences = share / "licenses"
    return [
        File("usr/bin/tmdb-mcp", release.program(platform).read_bytes(), 0o755),
        File(
            "usr/share/man/man1/tmdb-mcp.1.gz",
            zipped((share / "man/tmdb-mcp.1").read_bytes(), 9),
            kind=Kind.DOCUMENTATION,
        ),
        taken("usr/share/bash-completion/completions/tmdb-mcp", share / "completions/tmdb-mcp.bash"),
        taken(f"usr/share/{zsh}/_tmdb-mcp", share / "completions/_tmdb-mcp"),
        taken("usr/share/fish/vendor_completions.d/tmdb-mcp.fish", share / "completions/tmdb-mcp.fish"),
        File("usr/lib/systemd/system/tmdb-mcp.service", unit.encode()),
        # The unit reads its settings there; with a key in it, it is nobody else's business.
        File(
            "etc/tmdb-mcp/environment", (release.deploy / ".env.example").read_bytes(), 0o600, kind=Kind.CONFIGURATION
        ),
        taken(f"{DOC}/examples/config.yaml", release.deploy / "config.example.yaml", Kind.DOCUMENTATION),
        taken(f"{DOC}/README.md", share / "README.md", Kind.DOCUMENTATION),
        *(
            taken(f"{DOC}/licenses/{path.relative_to(licences)}", path, Kind.LICENCE)
            for path in sorted(licences.rglob("*"))
            if path.is_file()
        ),
    ]


def lay(files: list[File], tree: Path, epoch: int) -> None:
    """Puts them into a folder, with their modes and the date of the release."""
    for file in files:
        path = tree / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        path.chmod(file.mode)
        os.utime(path, (epoch, epoch))
