"""Tests of what the pages say. Tests/run docs starts them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import PROGRAM
from standin import StandIn

DEADLINE = 60


class Machine:
    """A shell with the program on PATH, a home of its own, and a stand-in for TMDB."""

    def __init__(self, home: Path, url: str) -> None:
        folder = home / ".local" / "bin"
        folder.mkdir(parents=True)
        self.program = folder / "tmdb-mcp"
        self.program.symlink_to(PROGRAM)
        self.home = home
        self.environment = {
            "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(home), "TMDB_BASE_URL": url, "NO_PROXY": "127.0.0.1",
            "SERVER_SSE_PORT": "0", "TMDB_TIMEOUT": "1",
        }

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE, cwd=self.home,
            env=self.environment | variables)

    @contextmanager
    def start(self, *command: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """A process that is told to stop at the end, and has to end well."""
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.home,
            env=self.environment | variables,
        ) as process:
            try:
                yield process
                process.terminate()
                assert process.wait(DEADLINE) == 0
            finally:
                process.kill()

    def answers(self, messages: list[dict[str, object]], *command: str, **variables: str) -> tuple[list[str], str]:
        """What a server says to these messages on standard input, and its log."""
        text = "".join(json.dumps(message) + "\n" for message in messages)
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=DEADLINE, cwd=self.home,
            env=self.environment | variables)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines(), done.stderr


@pytest.fixture
def tmdb() -> Iterator[StandIn]:
    with StandIn() as tmdb:
        yield tmdb


@pytest.fixture
def machine(tmp_path: Path, tmdb: StandIn) -> Machine:
    return Machine(tmp_path, tmdb.url)
