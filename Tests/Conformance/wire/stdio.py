"""A client on the standard streams of a server. Every wait has a deadline, and every message must fit its schema."""

from __future__ import annotations

import json
import select
import subprocess
import time
from typing import Any

from harness import schemas
from harness.messages import META, MODERN, Message
from harness.messages import NEWEST_LEGACY as LEGACY

DEADLINE = 120.0
CAPABILITIES: dict[str, Any] = {"sampling": {}, "elicitation": {}, "roots": {"listChanged": True}}


class Client:
    """`events` holds what came before the last answer: notifications, and requests of the server's."""

    def __init__(self, program: str, revision: str, capabilities: dict[str, Any] = CAPABILITIES) -> None:
        self.revision = revision
        self.capabilities = capabilities
        self.events: list[Message] = []
        self.answers: dict[str, Any] = {}
        """What to answer to requests of the server's, by method."""
        self._asked = 0
        self._buffer = b""
        self.process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )

    def __enter__(self) -> Client:
        if self.revision == LEGACY:
            info = {"name": "test", "version": "1"}
            self.initialized = self.result(
                "initialize", protocolVersion=LEGACY, capabilities=self.capabilities, clientInfo=info
            )
            self.send({"method": "notifications/initialized"})
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(DEADLINE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def finish(self) -> None:
        """Ends the input: the server must end well, and must have said nothing on its standard error."""
        self.process.stdin.close()
        assert self.process.wait(DEADLINE) == 0
        assert self.process.stderr.read() == b""

    def send(self, message: Message) -> None:
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message).encode() + b"\n")

    def receive(self) -> Message:
        """The next message."""
        end = time.monotonic() + DEADLINE
        while b"\n" not in self._buffer:
            left = end - time.monotonic()
            assert left > 0 and select.select([self.process.stdout], [], [], left)[0], "no message came"
            data = self.process.stdout.read(65536)
            assert data, f"the server ended: {self.process.stderr.read()!r}"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        message = json.loads(line)
        schemas.check(message, self.revision, None)
        return message

    def start(self, method: str, meta: Message | None = None, **params: Any) -> str:
        """Sends a request and returns its id."""
        self._asked += 1
        own: Message = {}
        if self.revision == MODERN:
            own = {META + "protocolVersion": MODERN, META + "clientCapabilities": self.capabilities}
        if own or meta:
            params["_meta"] = own | (meta or {})
        identifier = f"test-{self._asked}"
        self.send({"id": identifier, "method": method, "params": params})
        return identifier

    def ask(self, method: str, meta: Message | None = None, **params: Any) -> Message:
        """The answer to a request. Questions that come before it are answered from `answers`."""
        identifier = self.start(method, meta, **params)
        self.events = []
        while (message := self.receive()).get("id") != identifier:
            self.events.append(message)
            if "id" in message:
                assert self.revision == LEGACY, "the modern era has no requests of the server's"
                self.send({"id": message["id"], "result": self.answers[message["method"]]})
        if message.get("result", {}).get("resultType") not in ("input_required", "task"):
            schemas.check(message, self.revision, method)
        return message

    def result(self, method: str, meta: Message | None = None, **params: Any) -> Message:
        answer = self.ask(method, meta, **params)
        assert "result" in answer, answer
        return answer["result"]

    def error(self, method: str, meta: Message | None = None, **params: Any) -> Message:
        answer = self.ask(method, meta, **params)
        assert "error" in answer, answer
        return answer["error"]

    def call(self, name: str, arguments: Message | None = None, meta: Message | None = None, **params: Any) -> Message:
        if arguments is not None:
            params["arguments"] = arguments
        return self.result("tools/call", meta, name=name, **params)

    def text(self, name: str, arguments: Message | None = None, meta: Message | None = None, **params: Any) -> str:
        """The text of a call that succeeds."""
        result = self.call(name, arguments, meta, **params)
        assert not result.get("isError"), result
        assert result.get("resultType", "complete") == "complete", result
        (content,) = result["content"]
        return content["text"]
