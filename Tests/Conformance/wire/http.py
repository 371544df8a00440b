"""One HTTP endpoint, asked with exactly the headers that a test wants. Every wait has a deadline."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from harness.messages import Message

from .sse import Event, EventReader

DEADLINE = 120.0
"""Seconds that any one answer may take, all of a stream included. Only a failing test reaches it."""

JSON = "application/json"
EVENT_STREAM = "text/event-stream"

Headers = dict[str, str]


class Response:
    """An answer whose body is still to be read."""

    def __init__(self, endpoint: Endpoint, connection: http.client.HTTPConnection, end: float) -> None:
        self._endpoint = endpoint
        self._connection = connection
        self._socket: socket.socket = connection.sock
        self._end = end
        self._reader = EventReader()
        self._events: list[Event] = []
        self._ended = False
        self._response = self._waiting(connection.getresponse)
        self.status = self._response.status
        self.headers = self._response.headers
        endpoint.note(f"< {self.status} {self.content_type}")

    @property
    def content_type(self) -> str:
        return self.headers.get_content_type() if "content-type" in self.headers else ""

    @property
    def is_stream(self) -> bool:
        return self.content_type == EVENT_STREAM

    def read(self) -> bytes:
        body = self._waiting(self._response.read)
        self._endpoint.note(f"<   {body[:2000]!r}")
        self.close()
        return body

    def next_event(self) -> Event | None:
        """The next event of a stream, or None at its end."""
        while not self._events:
            if self._ended:
                return None
            data = self._waiting(lambda: self._response.read1(65536))
            self._ended = not data
            self._events = self._reader.feed(data)
        event = self._events.pop(0)
        self._endpoint.note(f"<   {event}")
        return event

    def messages(self) -> Iterator[Message]:
        """The JSON-RPC messages of the answer, in either form, as they arrive."""
        if self.is_stream:
            while (event := self.next_event()) is not None:
                if event.data:
                    yield json.loads(event.data)
        elif body := self.read():
            assert self.content_type == JSON, f"{self.status} {self.content_type}: {body[:200]!r}"
            yield json.loads(body)

    def forget_the_deadline(self) -> None:
        """For a stream that may stay silent as long as the test runs."""
        self._end = float("inf")

    def close(self) -> None:
        """Ends the connection; wakes whoever reads it."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._connection.close()

    def _waiting(self, operation: Any) -> Any:
        rest = self._end - time.monotonic()
        self._socket.settimeout(None if rest == float("inf") else max(0.001, rest))
        try:
            return operation()
        except TimeoutError:
            raise TimeoutError("the server took too long to answer") from None


class Endpoint:
    """The MCP endpoint of a server. `trace` tells what passed, for the report of a failure."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.scheme == "http" and parts.hostname, f"not an http:// URL: {url}"
        self.url = url
        self.host, self.port, self.path = parts.hostname, parts.port or 80, parts.path or "/"
        self.authority = parts.netloc
        self.trace: list[str] = []
        self._open: list[Response] = []

    def send(self, method: str, headers: Headers, body: Any = None, *, deadline: float = DEADLINE) -> Response:
        """Sends a request, its headers in the case and with the whitespace given, on a connection of its own."""
        end = time.monotonic() + deadline
        connection = http.client.HTTPConnection(self.host, self.port, timeout=deadline)
        connection.putrequest(method, self.path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        data = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
        if body is not None:
            connection.putheader("Content-Length", str(len(data)))
        self.note(f"> {method} {self.path} {headers}")
        if data:
            self.note(f">   {data!r}")
        connection.endheaders(data)
        response = Response(self, connection, end)
        self._open.append(response)
        return response

    def post(self, headers: Headers, message: Any) -> Response:
        return self.send("POST", {"Content-Type": JSON, "Accept": f"{JSON}, {EVENT_STREAM}"} | headers, message)

    def note(self, line: str) -> None:
        self.trace.append(line[:2500])

    def close(self) -> None:
        for response in self._open:
            response.close()
        self._open.clear()
