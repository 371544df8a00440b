"""The scripts of release/ in a tree of their own, so that a test can change them, stop them and starve them."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from places import ROOT

from .platforms import BUILT, SDK_WORK, without_variables

DEADLINE = 900.0
"""Seconds that a script may take; only a failing test waits so long."""

ENDING = 300.0
"""Seconds in which a process that is told to end must have ended."""

NO_MIRROR = {"DEBIAN_MIRROR": "file:/nowhere/debian", "DEBIAN_ARCHIVE": "", "SDK_INPUTS": "", "no_proxy": "127.0.0.1"}
"""Variables that keep a script away from Debian's mirrors: a test names one of its own, or needs none."""

READY = "SDK ready: "
OVERLAYS = [f"{platform.architecture}: our own Swift modules" for platform in BUILT]
"""The steps that take the least time, one a platform."""

ARTIFACT_BUNDLE = "the artifact bundle"


@dataclass(frozen=True)
class Result:
    code: int
    output: str

    @property
    def steps(self) -> list[str]:
        """The titles of the steps that were run."""
        return re.findall(r"^\[ *\d+/\d+\] (.*?) \.\.\. ", self.output, re.MULTILINE)

    @property
    def is_ready(self) -> bool:
        """Whether the SDK's builder ended well."""
        return self.code == 0 and self.output.splitlines()[-1].startswith(READY)

    @property
    def errors(self) -> list[str]:
        """The errors that are not in the end of a step's log."""
        return re.findall(r"^error: (.*)", self.output, re.MULTILINE)


class Running:
    """A script that runs in a session of its own. Nothing of that session outlives the `with` statement."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as output:
            # A shell cannot trap a signal that was ignored when it started, as in a background job of another shell.
            self.process = subprocess.Popen(
                ["env", "--default-signal=INT,TERM,HUP", *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        for process in living_of(self.process.pid):
            os.kill(process, signal.SIGKILL)
        self.process.wait(DEADLINE)

    def handles(self) -> list[int]:
        """Handles, for `all_end`, of the living processes of the session."""
        handles = []
        for process in living_of(self.process.pid):
            # Steps come and go meanwhile.
            with contextlib.suppress(ProcessLookupError):
                handles.append(os.pidfd_open(process))
        return handles

    def signal_all(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    def finish(self) -> Result:
        code = self.process.wait(DEADLINE)
        return Result(code, self.log.read_text(errors="replace"))


def all_end(handles: list[int]) -> bool:
    """Whether the processes end, waiting for each; for `assert`."""
    ended = [bool(select.select([handle], [], [], ENDING)[0]) for handle in handles]
    for handle in handles:
        os.close(handle)
    return all(ended)


def living_of(session: int) -> list[int]:
    """The living processes of a session."""
    processes = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [process for process in processes if _session_of(process) == session]


def _session_of(process: int) -> int | None:
    """The session of a process; nothing for one that has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(fields[3]) if fields[0] not in "ZX" else None


class Gate:
    """A place in a step's script where it stops until it is let through; it stops there only while the gate exists."""

    def __init__(self, script: Path, work: Path) -> None:
        self._reached, self._gate = work / "reached", work / "gate"
        os.mkfifo(self._reached)
        os.mkfifo(self._gate)
        first = "set -euo pipefail\n"
        text = script.read_text()
        assert first in text
        stop = 'echo partial >"$OUT/partial"; echo >"$work/reached"; cat "$work/gate"; rm "$OUT/partial"'
        script.write_text(text.replace(first, f'{first}if [ -p "$work/gate" ]; then {stop}; fi\n', 1))
        self._listening = os.open(self._reached, os.O_RDONLY | os.O_NONBLOCK)

    def wait_until_reached(self) -> None:
        assert select.select([self._listening], [], [], DEADLINE)[0], "the step did not begin"
        os.close(self._listening)

    def let_through(self) -> None:
        with self._gate.open("w"):
            pass

    def remove(self) -> None:
        self._reached.unlink()
        self._gate.unlink()


class Builder:
    """release/ copied into `place`, and a working directory for the SDK's builder."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.release = place / "release"
        self.sdk = self.release / "sdk"
        self.work = place / "work"
        shutil.copytree(ROOT / "release", self.release, ignore=shutil.ignore_patterns("dist", ".build"))
        self.work.mkdir()
        self._runs = 0
        self._running: list[Running] = []

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._running:
            running.__exit__()

    def seed(self) -> None:
        """Takes over what is built. Links will do for the results of steps: a step never writes to another's result. Of
        the sources, which are half of all files and compiled already, the keys will do."""
        built = [key.parent for key in SDK_WORK.glob("*/.key")]
        for source in (result for result in built if result.name.startswith("source-")):
            (self.work / source.name).mkdir()
            os.link(source / ".key", self.work / source.name / ".key")
        whole = [result for result in built if not result.name.startswith("source-")]
        subprocess.run(["cp", "--archive", "--link", *whole, self.work], check=True)

    def change_overlays(self) -> None:
        """Changes an input of the steps of `OVERLAYS`."""
        with (self.sdk / "overlays" / "Musl" / "Files.swift").open("a") as file:
            file.write("// changed\n")

    def start(
        self, *arguments: str, under: tuple[str, ...] = (), script: str = "sdk/build", **variables: str
    ) -> Running:
        """Starts a script of release/, by default the SDK's builder, by way of the command `under`."""
        self._runs += 1
        environment = without_variables("STRICT", "DIST", "MAKEFLAGS", "DEBIAN_SECURITY_MIRROR", "DEBIAN_KEYRING")
        names = " ".join(platform.name for platform in BUILT)
        environment |= NO_MIRROR | {"SDK_WORK": str(self.work), "SDK_PLATFORMS": names} | variables
        command = [*under, str(self.release / script), *arguments]
        self._running.append(Running(command, environment, self.place / f"output-{self._runs}"))
        return self._running[-1]

    def run(self, *arguments: str, under: tuple[str, ...] = (), script: str = "sdk/build", **variables: str) -> Result:
        return self.start(*arguments, under=under, script=script, **variables).finish()

    def key(self, step: str) -> str | None:
        """The key of a step's result; nothing where there is no whole result."""
        try:
            return (self.work / step / ".key").read_text()
        except FileNotFoundError:
            return None
