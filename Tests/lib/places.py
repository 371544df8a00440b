"""Where things are, what they are called, and how commands are run: for every suite."""

from __future__ import annotations

import platform
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RELEASE = ROOT / "release"
DEPLOY = RELEASE / "deploy"
"""What a user downloads beside the programs."""
DIST = RELEASE / "dist"
ENVIRONMENTS = ROOT / ".build" / "venv"
PIP = ENVIRONMENTS / "pip" / "bin" / "pip"
"""The pip of all environments, which have none of their own."""

DEADLINE = 120.0
"""Seconds that a command may take; only a failing test reaches it."""

PLATFORM = {
    "x86_64": "amd64", "aarch64": "arm64", "armv7l": "armv7", "armv6l": "armv6", "riscv64": "riscv64", "i686": "i386",
}.get(platform.machine(), "")  # fmt: skip
"""What a release calls this machine's processor."""


def program(platform: str) -> Path:
    """The released program for a platform."""
    return DIST / f"tmdb-mcp-linux-{platform}"


RELEASED = ("amd64", "arm64", "armv7", *(name for name in ("armv6", "riscv64", "i386") if program(name).exists()))
"""The platforms of the release in release/dist: `make test` makes it for the first three."""

EMULATORS = {
    "amd64": ("qemu-x86_64-static",),
    "arm64": ("qemu-aarch64-static",),
    "armv7": ("qemu-arm-static", "-cpu", "cortex-a9"),
    "armv6": ("qemu-arm-static", "-cpu", "arm1176"),
    "riscv64": ("qemu-riscv64-static", "-cpu", "sifive-u54"),
    "i386": ("qemu-i386-static", "-cpu", "pentium3,+sse2"),
}
"""What runs the programs of a platform elsewhere, with no more than the processor that they are made for: for i386
there is no model with SSE2 and nothing newer."""


PROGRAM = program(PLATFORM)
"""The released program for this machine."""

VERSION_FILE = ROOT / "Sources" / "tmdb-mcp" / "Version.swift"
VERSION, DAY = re.findall(r'^let version(?:Date)? = "(.*)"$', VERSION_FILE.read_text(), re.M)
"""The version that the sources tell, and its day."""


def run(*command: str | Path, ok: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs a command and asserts, unless told not to, that it ends with 0."""
    options = {"capture_output": True, "text": True, "timeout": DEADLINE, "stdin": subprocess.DEVNULL} | options
    done = subprocess.run([str(part) for part in command], **options)
    assert not ok or done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


def unpack(archive: Path, folder: Path) -> None:
    """Unpacks a tar archive, compressed or not, into a folder, which is made. Python's own tarfile warns of unpacking
    without a filter from 3.12 on, and knows none before 3.11.4."""
    folder.mkdir(parents=True, exist_ok=True)
    run("tar", "--extract", "--no-same-owner", "--file", archive, "--directory", folder)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Returns once the condition holds; `what` says what went wrong when it never does."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def project(name: str) -> str:
    """A value of release/project.env."""
    script = RELEASE / "project.env"
    return run("bash", "-c", f'. "$0" && printf %s "${name}"', script).stdout


def image() -> str:
    """What a release calls its image."""
    return f"{project('project_registry')}/tmdb-mcp:{VERSION}"
