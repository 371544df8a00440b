"""A running binary on its standard streams. Every wait has a deadline, and what passed is kept in a log."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from . import schemas
from .messages import META, MODERN, NEWEST_LEGACY, Message, call, in_revision, initialize, notification, request

LIFE = ("serving standard input and output", "stopping", "stopped")
"""What every server on standard input and output logs at its start and its end, at the level `info`."""

DEADLINE = 120.0
"""Seconds that any one wait may take. It is long: only a failing test reaches it, and qemu is slow."""


def environment(url: str | None, key: str | None, **more: str) -> dict[str, str]:
    """The whole environment of a server: nothing of the tester's own leaks in but the settings of sanitizers."""
    sanitizers = {name: os.environ[name] for name in ("ASAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ}
    values = {"TMDB_BASE_URL": url, "TMDB_API_KEY": key} | more | sanitizers
    return {name: value for name, value in values.items() if value is not None}


def memory_kib(process: subprocess.Popen, peak: bool = False) -> int:
    """A process's resident memory, in KiB: now, or the most that it has been."""
    field = "VmHWM:" if peak else "VmRSS:"
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(field)).split()[1])


class Ended(AssertionError):
    """The program closed its standard output although more was expected."""


class Server:
    """A binary that speaks MCP on pipes (or on the descriptors given). `received` holds every message so far."""

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str],
        log: Path,
        *,
        revision: str = NEWEST_LEGACY,
        secrets: Iterable[str] = (),
        stdin: int = subprocess.PIPE,
        stdout: int = subprocess.PIPE,
    ) -> None:
        self.revision = revision
        self.received: list[Message] = []
        self.raw_output = bytearray()
        self.started = time.monotonic()
        self._secrets = tuple(secrets)
        self._log = log.open("w")
        self._stderr = log.with_suffix(".stderr")
        with self._stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                command, stdin=stdin, stdout=stdout, stderr=stderr, env=environment, bufsize=0, cwd=log.parent
            )
        self._input = self.process.stdin.fileno() if self.process.stdin else None
        self._output = self.process.stdout.fileno() if self.process.stdout else None
        for descriptor in (self._input, self._output):
            if descriptor is not None:
                os.set_blocking(descriptor, False)
        self._buffer = bytearray()
        self._lines: deque[bytes] = deque()
        self._unclaimed: deque[Message] = deque()
        self._ended = False
        self._asked: dict[tuple[type, Any], tuple[str, str]] = {}
        self._asked_so_far = 0
        self._command_line = ""

    # Sending

    def send(self, message: Message) -> None:
        self._expect(message)
        self.send_bytes(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def send_all(self, messages: Iterable[Message]) -> None:
        """Sends the messages in one write."""
        messages = list(messages)
        for message in messages:
            self._expect(message)
        self.send_bytes(b"".join(json.dumps(message, ensure_ascii=False).encode() + b"\n" for message in messages))

    def send_bytes(self, data: bytes, reading: bool = True) -> None:
        """Sends bytes as they are; meanwhile reads what arrives, unless told not to."""
        self._note(">", data)
        rest = memoryview(data)
        end = time.monotonic() + DEADLINE
        while rest:
            readable, writable = self._wait(end, reading and not self._ended, True, "to take its input")
            if readable:
                self._read()
            if writable:
                with contextlib.suppress(BlockingIOError):
                    rest = rest[os.write(self._input, rest) :]

    def close_input(self) -> None:
        self._input = None
        self.process.stdin.close()

    # Receiving

    def receive(self) -> Message:
        """The next message that no one has claimed."""
        return self._unclaimed.popleft() if self._unclaimed else self._receive()

    def answer_to(self, identifier: Any) -> Message:
        """The answer with this id, of exactly this type; others wait for their turn."""

        def fits(message: Message) -> bool:
            found = message.get("id")
            return "method" not in message and found == identifier and type(found) is type(identifier)

        for message in self._unclaimed:
            if fits(message):
                self._unclaimed.remove(message)
                return message
        while not fits(message := self._receive()):
            self._unclaimed.append(message)
        return message

    def receive_to_end(self) -> list[Message]:
        """All further messages, up to the end of the program's output."""
        try:
            while True:
                self._unclaimed.append(self._receive())
        except Ended:
            pass
        rest = list(self._unclaimed)
        self._unclaimed.clear()
        return rest

    def read_some(self, size: int) -> None:
        """Reads at most so many bytes of output."""
        self._wait(time.monotonic() + DEADLINE, True, False, "to write")
        self._read(size)

    @property
    def has_ended(self) -> bool:
        return self._ended

    def _receive(self) -> Message:
        end = time.monotonic() + DEADLINE
        while not self._lines:
            if self._ended:
                raise Ended(f"the program has closed its output\n{self.stderr}")
            self._wait(end, True, False, "for a message")
            self._read()
        line = self._lines.popleft()
        # Not earlier: a program that serves has hidden what its arguments gave it.
        self._command_line = self._command_line or self._read_command_line()
        message = json.loads(line.decode())
        self.received.append(message)
        schemas.check(message, *self._question_of(message))
        return message

    def _read(self, size: int = 65536) -> None:
        try:
            data = os.read(self._output, size)
        except BlockingIOError:
            return
        self._note("<", data)
        self._ended = not data
        self.raw_output += data
        *lines, rest = (bytes(self._buffer) + data).split(b"\n")
        self._lines.extend(lines)
        self._buffer = bytearray(rest)
        assert not (self._ended and rest), f"the last line is not whole: {rest[:200]!r}"

    def _wait(self, end: float, read: bool, write: bool, what: str) -> tuple[bool, bool]:
        poll = select.poll()
        if read:
            poll.register(self._output, select.POLLIN)
        if write:
            poll.register(self._input, select.POLLOUT)
        events = dict(poll.poll(max(0, end - time.monotonic()) * 1000))
        if not events:
            raise TimeoutError(f"waited {DEADLINE} s {what}; stderr:\n{self.stderr}")
        return bool(read and events.get(self._output)), bool(write and events.get(self._input))

    # Conversation

    def identifier(self) -> str:
        """An id that no test uses itself."""
        self._asked_so_far += 1
        return f"harness-{self._asked_so_far}"

    def ask(self, message: Message) -> Message:
        """Sends a request and returns its answer."""
        self.send(message)
        return self.answer_to(message["id"])

    def result_of(self, message: Message) -> dict[str, Any]:
        answer = self.ask(message)
        assert "result" in answer, answer
        return answer["result"]

    def error_of(self, message: Message) -> dict[str, Any]:
        answer = self.ask(message)
        assert "error" in answer, answer
        return answer["error"]

    def open(self) -> dict[str, Any]:
        """The handshake of the legacy era; returns the result of `initialize`."""
        result = self.result_of(initialize(self.identifier(), self.revision))
        self.send(notification("notifications/initialized"))
        return result

    def opens(self) -> bool:
        """Whether a session opens; false when the program ends at its start instead."""
        try:
            self.open()
        except (Ended, BrokenPipeError):
            return False
        return True

    def call(self, arguments: Any) -> dict[str, Any]:
        """The result of calling `search`, in the server's revision."""
        return self.result_of(call(self.identifier(), arguments, self.revision))

    def is_alive(self) -> bool:
        """Asserts that the next message is the answer to a request that needs nothing; true for `assert`."""
        method = "server/discover" if self.revision == MODERN else "ping"
        message = in_revision(request(self.identifier(), method), self.revision)
        self.send(message)
        answer = self.receive()
        assert answer.get("id") == message["id"], answer
        assert "result" in answer, answer
        return True

    # The process

    @property
    def stderr(self) -> str:
        return self._stderr.read_text(errors="replace")

    @property
    def log(self) -> list[dict[str, Any]]:
        """The lines of the log, which is JSON where standard error is no terminal, but for those of start and end."""
        return [line for line in self.whole_log if line["msg"] not in LIFE]

    @property
    def whole_log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stderr.splitlines()]

    def memory_kib(self, peak: bool = False) -> int:
        return memory_kib(self.process, peak)

    def wait_for_exit(self) -> int:
        """The exit code; what is still written meanwhile is read."""
        if self._output is not None and not self.process.stdout.closed:
            self._unclaimed.extend(self.receive_to_end())
        return self.process.wait(DEADLINE)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def finish(self, code: int = 0) -> None:
        """Ends the input and asserts the exit code."""
        if self._input is not None:
            self._command_line += self._read_command_line()
            self.close_input()
        assert self.wait_for_exit() == code, self.stderr

    def has_kept_its_secrets(self) -> None:
        for secret in self._secrets:
            assert secret not in self.raw_output.decode(), "a secret is in the output"
            assert secret not in self.stderr, "a secret is in the log"
            assert secret not in self._command_line, "a secret is in the command line"

    def kill(self) -> None:
        """Ends the process if it runs, and closes the log."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream and not stream.closed:
                stream.close()
        self._log.close()

    def _read_command_line(self) -> str:
        try:
            return Path(f"/proc/{self.process.pid}/cmdline").read_text(errors="replace")
        except OSError:
            return ""

    def _expect(self, message: Message) -> None:
        if isinstance(message, dict) and isinstance(message.get("id"), int | str) and "method" in message:
            fields = message.get("params")
            is_modern = isinstance(fields, dict) and META + "protocolVersion" in fields.get("_meta", {})
            revision = MODERN if is_modern else self.revision
            self._asked[_key(message["id"])] = (revision, message["method"])

    def _question_of(self, message: Message) -> tuple[str, str | None]:
        """The revision in which the answered request was asked, and its method."""
        identifier = message.get("id") if isinstance(message, dict) else None
        unknown = (self.revision, None)
        return self._asked.pop(_key(identifier), unknown) if isinstance(identifier, int | str) else unknown

    def _note(self, direction: str, data: bytes) -> None:
        shown = data if len(data) <= 4000 else data[:2000] + b" [...] " + data[-500:]
        self._log.write(f"{time.monotonic() - self.started:8.3f} {direction} {len(data)} bytes: {shown!r}\n")
        self._log.flush()


def _key(identifier: int | str) -> tuple[type, int | str]:
    return type(identifier), identifier


Start = Callable[..., Server]
"""The `start` fixture: starts a server, by default with a key, upstream `tmdb`, and an open session."""
