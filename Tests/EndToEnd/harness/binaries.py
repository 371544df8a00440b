"""The release binaries, and how this machine runs each of them."""

from __future__ import annotations

import os
import shutil
import ssl
from dataclasses import dataclass, replace
from pathlib import Path

from places import DIST, EMULATORS, PLATFORM

PLATFORMS = tuple(EMULATORS)
_ALWAYS = ("amd64", "arm64", "armv7")
"""Those that a release must have; `make test` makes no others."""


class Missing(Exception):
    """A binary or an emulator is not there; the message says what to do."""


@dataclass(frozen=True)
class Binary:
    """One release binary. `command` runs it, with further arguments: through qemu, by path, for another processor."""

    platform: str
    path: Path
    emulator: tuple[str, ...] = ()
    """With its options."""

    @property
    def command(self) -> list[str]:
        return [*self.emulator, str(self.path)]

    @property
    def on_stdio(self) -> list[str]:
        """The command that serves on standard input and output alone."""
        return [*self.command, "--server-mode", "stdio"]

    def with_roots(self, copy: Path, *authorities: Path) -> Binary:
        """A copy of the program in which these certificates (PEM) stand for the last of its built-in CA roots."""
        program = bytearray(self.path.read_bytes())
        roots = _built_in_roots(program)
        own = b"".join(ssl.PEM_cert_to_DER_cert(authority.read_text()) for authority in authorities)
        start = next(root.start for root in reversed(roots) if roots[-1].stop - root.start >= len(own))
        program[start : roots[-1].stop] = own.ljust(roots[-1].stop - start, b"\0")
        copy.write_bytes(program)
        copy.chmod(0o755)
        return replace(self, path=copy)

    @property
    def is_native(self) -> bool:
        return not self.emulator


def _built_in_roots(program: bytes) -> list[range]:
    """Where the CA roots are in a program: the one place that more than 100 certificates in DER follow each other."""
    runs = []
    next_run = 0
    while (next_run := program.find(b"\x30\x82", next_run)) >= 0:
        run = []
        place = next_run
        while program[place : place + 2] == b"\x30\x82":  # a SEQUENCE with two bytes of length
            size = 4 + int.from_bytes(program[place + 2 : place + 4])
            run.append(range(place, place + size))
            place += size
        if len(run) > 100:
            runs.append(run)
            next_run = place
        else:
            next_run += 1
    assert len(runs) == 1, f"the CA roots are not found once in the program, but {len(runs)} times"
    return runs[0]


def folder() -> Path:
    """Where the binaries are: $TMDB_MCP_BINARIES, or what `make release` writes."""
    return Path(os.environ.get("TMDB_MCP_BINARIES") or DIST).absolute()


def is_native(name: str) -> bool:
    """Whether this machine's processor runs the programs of the platform."""
    return name == PLATFORM


def released() -> tuple[str, ...]:
    """The platforms whose binaries are to be tested, unless told otherwise."""
    return tuple(name for name in PLATFORMS if name in _ALWAYS or (folder() / f"tmdb-mcp-linux-{name}").is_file())


def find(name: str) -> Binary:
    """The binary of one platform, or `Missing`."""
    path = folder() / f"tmdb-mcp-linux-{name}"
    if not path.is_file():
        raise Missing(f"{path} is missing: run `make release`, or pass --allow-missing to test without {name}")
    if is_native(name):
        return Binary(name, path)
    qemu, *options = EMULATORS[name]
    if (emulator := shutil.which(qemu)) is None:
        raise Missing(f"{qemu} is missing, which runs {path.name} here: apt-get install qemu-user-static")
    return Binary(name, path, (emulator, *options))
