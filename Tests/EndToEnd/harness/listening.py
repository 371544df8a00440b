"""A program that serves HTTP: it says where on its standard error, which is kept in a log."""

from __future__ import annotations

import json
import queue
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

START_DEADLINE = 120.0
"""Seconds until a program must have said where it listens, and in which it must end when asked to."""

TOKEN = "a-token-for-the-tests"
"""What a client must show to the servers of the tests."""

_ADDRESS = re.compile(rb"http://[0-9a-z.:\[\]]+/mcp\b")


class Listening:
    """A running program. `url` is that of its endpoint `/mcp`; `at` gives another path beside it."""

    def __init__(
        self, command: list[str], log: Path, environment: dict[str, str] | None = None, secrets: Iterable[str] = ()
    ) -> None:
        self._log = log
        self._secrets = tuple(secrets)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=log.parent,
        )
        addresses: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._keep, args=(self.process.stderr, addresses))
        self._reader.start()
        try:
            found = addresses.get(timeout=START_DEADLINE)
        except queue.Empty:
            found = None
        if found is None:
            self.kill()
            raise AssertionError(f"{command[0]} did not say where it listens:\n{self.stderr}")
        self.url = found

    def at(self, path: str) -> str:
        return self.url.removesuffix("/mcp") + path

    @property
    def stderr(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    @property
    def log(self) -> list[dict[str, Any]]:
        """The lines of the log, which is JSON where standard error is no terminal."""
        return [json.loads(line) for line in self.stderr.splitlines()]

    def terminate(self) -> None:
        """Asks the program to end, and asserts that it ends well and has told no secret."""
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.stdout.read(), self.process.wait(START_DEADLINE)
        self._reader.join(START_DEADLINE)
        assert self.process.returncode == 0, f"ended with {self.process.returncode}:\n{self.stderr}"
        assert output == b"", f"standard output belongs to the protocol on stdio: {output[:200]!r}"
        for secret in self._secrets:
            assert secret not in self.stderr, "a secret is in the log"

    def kill(self) -> None:
        """Ends the program if it runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._reader.join(START_DEADLINE)
        self.process.stdout.close()
        self.process.stderr.close()

    def _keep(self, stream: IO[bytes], addresses: queue.Queue[str | None]) -> None:
        """Copies standard error into the log, and passes on the addresses in it; None at its end."""
        with self._log.open("wb") as file:
            for line in stream:
                file.write(line)
                file.flush()
                if found := _ADDRESS.search(line):
                    addresses.put(found[0].decode())
        addresses.put(None)


Serve = Callable[..., Listening]
"""The `serve` fixture: starts a server on HTTP, by default with TOKEN and upstream `tmdb`; variables are settings."""
