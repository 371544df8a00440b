"""The three release binaries, and how this machine runs each of them."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

_QEMU = {"amd64": "qemu-x86_64-static", "arm64": "qemu-aarch64-static", "armv7": "qemu-arm-static"}
_NATIVE = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "armv7"}

PLATFORMS = tuple(_QEMU)


class Missing(Exception):
    """A binary or an emulator is not there; the message says what to do."""


@dataclass(frozen=True)
class Binary:
    """One release binary. `command` runs it: through qemu, by path, when it is for another processor."""

    platform: str
    path: Path
    emulator: str | None

    @property
    def command(self) -> list[str]:
        return [*([self.emulator] if self.emulator else []), str(self.path)]

    def with_root(self, authority: Path, copy: Path) -> Binary:
        """A copy of the program in which the last of its built-in CA roots is another one."""
        program = self.path.read_bytes()
        begin, end = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----\n"
        start, stop = program.rindex(begin), program.rindex(end) + len(end)
        root = authority.read_bytes()
        assert program.count(begin) > 100 and len(root) <= stop - start
        copy.write_bytes(program[:start] + root.ljust(stop - start, b"\n") + program[stop:])
        copy.chmod(0o755)
        return replace(self, path=copy)

    @property
    def is_native(self) -> bool:
        return self.emulator is None


def folder() -> Path:
    """Where the binaries are: $TMDB_MCP_BINARIES, or what `make release` writes."""
    return Path(os.environ.get("TMDB_MCP_BINARIES") or REPOSITORY / "release" / "dist").absolute()


def find(name: str) -> Binary:
    """The binary of one platform, or `Missing`."""
    path = folder() / f"tmdb-mcp-linux-{name}"
    if not path.is_file():
        raise Missing(f"{path} is missing: run `make release`, or pass --allow-missing to test without {name}")
    emulator = None
    if _NATIVE.get(platform.machine()) != name:
        emulator = shutil.which(_QEMU[name])
        if emulator is None:
            raise Missing(f"{_QEMU[name]} is missing, which runs {path.name} here: apt-get install qemu-user-static")
    return Binary(name, path, emulator)
