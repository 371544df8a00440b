"""A checkout of the repository that a test may change, commit to, tag and release from.

Two things in it are small, so that a release takes a second: release/build compiles nothing, and writes scripts that
run the programs of the release in release/dist; and the SDK is a part of the real one. Its releases are for one
platform, unless a test names others.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
from pathlib import Path

from places import DAY, DIST, ROOT, VERSION

from .builder import DEADLINE, NO_MIRROR, Result, Running
from .platforms import BUNDLE, PLATFORMS, output_of, without_variables

BUILD = """#!/usr/bin/env bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$DIST" "$root/.build/static/symbols"
for program in @programs@; do
    case " $SDK_PLATFORMS " in *" ${program##*-} "*) ;; *) continue ;; esac
    printf '#!/bin/sh\\nexec %s "$@"\\n' "$program" >"$DIST/$(basename "$program")"
    chmod 755 "$DIST/$(basename "$program")"
done
"""
STOP = 'if [ -p "${GATE:-}" ]; then echo >"$GATE"; sleep infinity; fi\n'
STOP_PYTHON = '    if gate := os.environ.get("GATE"):\n        Path(gate).write_text("here")\n        signal.pause()\n'

MEMORY_FOR_A_KEY = 64 << 20  # bytes

SETTINGS = ("STRICT", "DIST", "MAKEFLAGS", "VERSION", "DIR", "FROM", "UNSIGNED", "FAST")


class Checkout:
    def __init__(self, place: Path) -> None:
        self.place = place
        self.root = place / "checkout"
        self.release = self.root / "release"
        self.dist = self.release / "dist"
        self.sdk_work = place / "sdk"
        self.platforms = PLATFORMS[:1]
        self._runs = 0
        self._running: list[Running] = []
        for name in output_of("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split(
            "\0"
        ):
            if name and (ROOT / name).exists():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)
        programs = " ".join(f"'{platform.program}'" for platform in PLATFORMS)
        (self.release / "build").write_text(BUILD.replace("@programs@", programs))
        self.edit("CHANGELOG.md", rf"^## {re.escape(VERSION)} .*", f"## {VERSION} ({DAY})")
        self._copy_small_sdk()
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()
        self._first = self.commit_sums()

    def commit_sums(self, **variables: str) -> str:
        """Commits the sums of what is committed, as a maintainer does before a release."""
        result = self.run("make", "sums", **variables)
        assert result.code == 0, result.output
        shutil.rmtree(self.dist)
        return self.commit()

    def reset(self, place: Path) -> None:
        """As it was made, for another test, whose other files are in this place: nothing is left of the one before."""
        self.place, self._runs, self._running = place, 0, []
        self.release = self.root / "release"
        self.dist = self.release / "dist"
        self.sdk_work = place / "sdk"
        self.platforms = PLATFORMS[:1]
        self._copy_small_sdk()
        self.git("reset", "--quiet", "--hard", self._first)
        self.git("clean", "--quiet", "-d", "--force", "--force", "-x")
        if tags := self.git("tag").split():
            self.git("tag", "--delete", *tags)

    @property
    def is_whole(self) -> bool:
        """Whether it is still a checkout, on its branch."""
        return (self.root / ".git" / "HEAD").is_file() and self.git("branch", "--show-current") == "main"

    def __enter__(self) -> Checkout:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._running:
            running.__exit__()

    def _copy_small_sdk(self) -> None:
        bundle = self.sdk_work / "bundle" / BUNDLE.name
        bundle.mkdir(parents=True)
        shutil.copytree(BUNDLE / "licenses", bundle / "licenses")
        for name in ("inputs.lock", "info.json"):
            shutil.copy(BUNDLE / name, bundle / name)
        inputs = self.sdk_work / "inputs"
        (inputs / "files").mkdir(parents=True)
        (inputs / "files" / "one.deb").write_text("one of the inputs\n")
        shutil.copy(BUNDLE / "inputs.lock", inputs)

    def edit(self, name: str, pattern: str, replacement: str) -> None:
        text, count = re.subn(pattern, replacement, (self.root / name).read_text(), count=1, flags=re.M)
        assert count == 1, f"{name} has no {pattern}"
        (self.root / name).write_text(text)

    def stop_in(self, name: str, before: str) -> None:
        """Lets a script stop before a line until it is killed, when there is a gate."""
        stop = STOP_PYTHON if name.endswith(".py") else STOP
        self.edit(name, f"^(?={re.escape(before)})", stop.replace("\\", r"\\"))

    def git(self, *arguments: str) -> str:
        settings = ("user.name=test", "user.email=test@example.invalid", "commit.gpgSign=false", "tag.gpgSign=false")
        options = [word for setting in settings for word in ("-c", setting)]
        return output_of("git", *options, *arguments, cwd=self.root).strip()

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")
        return self.git("rev-parse", "HEAD")

    def environment(self, variables: dict[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in without_variables(*SETTINGS).items() if not name.startswith("MINISIGN_")}
        names = " ".join(platform.name for platform in self.platforms)
        return kept | NO_MIRROR | {"SDK_WORK": str(self.sdk_work), "SDK_PLATFORMS": names} | variables

    def start(self, script: str, *arguments: str, **variables: str) -> Running:
        self._runs += 1
        log = self.place / f"output-{self._runs}"
        self._running.append(Running([str(self.release / script), *arguments], self.environment(variables), log))
        return self._running[-1]

    def run(self, script: str, *arguments: str, **variables: str) -> Result:
        return self.start(script, *arguments, **variables).finish()

    def start_until(self, script: str, **variables: str) -> Running:
        """Starts a script and waits until it stops at the place of `stop_in`."""
        gate = self.place / "gate"
        gate.unlink(missing_ok=True)
        os.mkfifo(gate)
        listening = os.open(gate, os.O_RDONLY | os.O_NONBLOCK)
        running = self.start(script, GATE=str(gate), **variables)
        reached = bool(select.select([listening], [], [], DEADLINE)[0])
        os.close(listening)
        gate.unlink()
        assert reached, running.log.read_text()
        return running

    def make(self, **variables: str) -> Result:
        """A release of the version, unless told otherwise."""
        return self.run("make", **({"VERSION": VERSION} | variables))


class Keys:
    """A key pair of minisign, for signing in a test. A password's key is derived in as much memory as there is, up to
    1 GB: with little of it, a test takes little too, and the same time on any machine."""

    def __init__(self, folder: Path, password: str = "") -> None:
        self.public, self.secret, self.password = folder / "key.pub", folder / "key.secret", password
        limit = f"--as={MEMORY_FOR_A_KEY}"
        command = ["prlimit", limit, "minisign", "-G", "-f", "-p", str(self.public), "-s", str(self.secret)]
        if not password:
            command.append("-W")
        subprocess.run(command, input=f"{password}\n{password}\n", text=True, check=True, capture_output=True)


def sums(folder: Path) -> dict[str, str]:
    """What SHA256SUMS says of each file."""
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    return {name: content for content, name in (line.split("  ") for line in lines)}


def released(name: str) -> Path:
    """A file of the release in release/dist; "@" stands for the version."""
    path = DIST / name.replace("@", VERSION)
    assert path.is_file(), f"release/dist has no {path.name}: make release"
    return path
