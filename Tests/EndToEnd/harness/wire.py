"""HTTP over a bare socket: requests as somebody writes them who keeps to no rule, and what comes back."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from places import wait_until

from . import secrets
from .listening import TOKEN, Listening
from .messages import MODERN, META, Message

DEADLINE = 120.0
"""Seconds that any one wait may take."""

LONGEST_SECRET = max(map(len, secrets.KEYS))

BEARER = f"Authorization: Bearer {TOKEN}"
NAMED_BY = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
"""The parameter that the header Mcp-Name repeats."""

TYPES = ("Content-Type: application/json", "Accept: application/json, text/event-stream")


@dataclass
class Response:
    """`fields` has the names in lower case; a name that came twice holds both values, joined by a comma."""

    status: int
    fields: dict[str, str]
    body: bytes = b""
    closes: bool = field(default=False, compare=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> int | None:
        """The code of the error that it tells."""
        return self.json.get("error", {}).get("code")


class Wire:
    """A connection to a server. A context manager."""

    def __init__(self, server: Listening | str, receive_buffer: int | None = None) -> None:
        parts = urlsplit(server if isinstance(server, str) else server.url)
        self._socket = socket.socket()
        if receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(DEADLINE)
        try:
            self._socket.connect((parts.hostname, parts.port))
        except OSError:
            self._socket.close()
            raise
        self._kept = b""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def wait_at_most(self, seconds: float) -> None:
        """Sets the time that a wait may take from now on."""
        self._socket.settimeout(seconds)

    def end_output(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def write(self, data: bytes | str) -> None:
        self._socket.sendall(data.encode() if isinstance(data, str) else data)

    def send(self, method: str, path: str, *fields: str, body: bytes | str | None = None) -> None:
        """Sends a request with a Host, the token and a length where it has a body; `fields` are whole lines."""
        self.write(text(method, path, BEARER, *fields, body=body))

    def ask(self, method: str, path: str, *fields: str, body: bytes | str | None = None) -> Response:
        self.send(method, path, *fields, body=body)
        return self.response(is_head=method == "HEAD")

    def response(self, is_head: bool = False) -> Response:
        """The next response, whole."""
        response = self.begin()
        if is_head or response.status in (100, 204, 304):
            return response
        if response.fields.get("transfer-encoding") == "chunked":
            response.body = b"".join(self.chunks())
        elif "content-length" in response.fields:
            response.body = self._take(int(response.fields["content-length"]))
        else:
            response.body = self.rest()
        return response

    def begin(self) -> Response:
        """The head of the next response."""
        while b"\r\n\r\n" not in self._kept:
            self._more()
        head, _, self._kept = self._kept.partition(b"\r\n\r\n")
        line, *rest = head.decode("latin-1").split("\r\n")
        fields: dict[str, str] = {}
        for name, _, value in (one.partition(":") for one in rest):
            name = name.lower()
            fields[name] = f"{fields[name]}, {value.strip()}" if name in fields else value.strip()
        return Response(int(line.split()[1]), fields, closes=fields.get("connection") == "close")

    def chunks(self) -> Iterator[bytes]:
        """The chunks of a body as they come, to its end."""
        while True:
            while b"\r\n" not in self._kept:
                self._more()
            size, _, self._kept = self._kept.partition(b"\r\n")
            chunk = self._take(int(size, 16) + 2)[:-2]
            if not chunk:
                return
            yield chunk

    def events(self) -> Iterator[dict[str, str]]:
        """The events of a stream as they come, without comments."""
        waiting = b""
        for chunk in self.chunks():
            waiting += chunk
            while b"\n\n" in waiting:
                block, _, waiting = waiting.partition(b"\n\n")
                lines = [line.partition(": ") for line in block.decode().splitlines() if not line.startswith(":")]
                if lines:
                    yield {name: value for name, _, value in lines}

    def has_ended(self) -> bool:
        """Waits for the end of the connection, and says whether nothing came before it."""
        return self.rest() == b""

    def rest(self) -> bytes:
        """All that comes until the connection ends."""
        try:
            while True:
                self._more()
        except EOFError:
            rest, self._kept = self._kept, b""
            return rest

    def _take(self, count: int) -> bytes:
        while len(self._kept) < count:
            self._more()
        taken, self._kept = self._kept[:count], self._kept[count:]
        return taken

    def _more(self) -> None:
        try:
            data = self._socket.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            raise EOFError(f"the connection has ended after {self._kept[-200:]!r}")
        self._kept += data
        assert secrets.are_kept(self._kept[-len(data) - LONGEST_SECRET :])


def text(method: str, path: str, *fields: str, body: bytes | str | None = None, host: str = "localhost") -> bytes:
    """A request as it is sent."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *fields]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def once(server: Listening, method: str, path: str, *fields: str, body: bytes | str | None = None) -> Response:
    """One request on a connection of its own, with the token."""
    with Wire(server) as wire:
        return wire.ask(method, path, *fields, body=body)


def modern_fields(message: Message, **changes: str | None) -> list[str]:
    """The headers that a client of the modern era sends with a message, some replaced, or left out for None."""
    params = message.get("params", {})
    fields = {
        "MCP-Protocol-Version": params.get("_meta", {}).get(META + "protocolVersion", MODERN),
        "Mcp-Method": message["method"],
        "Mcp-Name": params.get(NAMED_BY.get(message["method"], "")),
    }
    fields |= {name.replace("_", "-"): value for name, value in changes.items()}
    return [*TYPES, *(f"{name}: {value}" for name, value in fields.items() if value is not None)]


def post_modern(server: Listening, message: Message, **changes: str | None) -> Response:
    return once(server, "POST", "/mcp", *modern_fields(message, **changes), body=json.dumps(message))


def post(server: Listening, message: Any, session: str | None = None, *fields: str) -> Response:
    """A message of the legacy era."""
    named = [] if session is None else [f"Mcp-Session-Id: {session}"]
    body = message if isinstance(message, str) else json.dumps(message)
    return once(server, "POST", "/mcp", *TYPES, *named, *fields, body=body)


def metrics(server: Listening) -> dict[str, float]:
    """The values of `/metrics` by name and labels."""
    lines = once(server, "GET", "/metrics").body.decode().splitlines()
    return {name: float(value) for name, _, value in (one.rpartition(" ") for one in lines if one[0] != "#")}


def wait_for_metric(server: Listening, name: str, value: float) -> None:
    """Returns once a figure of `/metrics` has that value."""
    wait_until(lambda: metrics(server)[name] == value, f"{name} did not become {value}")
