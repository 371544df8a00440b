"""A client of the eras with a handshake: a session, its GET stream, and answers to what the server asks."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any

from harness.messages import Message, notification, request

from . import schemas
from .answers import Answer
from .http import DEADLINE, EVENT_STREAM, Endpoint, Headers, Response

CLIENT = {"name": "conformance", "version": "1.0"}
CAPABILITIES: Message = {"sampling": {}, "elicitation": {}}

Handler = Callable[[Message], Message]


class Session:
    """An open session. `notifications` and `asked` hold what the server sent, on whichever stream."""

    def __init__(self, endpoint: Endpoint, revision: str, capabilities: Message = CAPABILITIES) -> None:
        self.endpoint = endpoint
        self.revision = revision
        self.capabilities = capabilities
        self.identifier: str | None = None
        self.opened: Message = {}
        self.notifications: list[Message] = []
        self.asked: list[Message] = []
        self._handlers: dict[str, Handler] = {}
        self._numbers = itertools.count(1)
        self._arrived = threading.Condition()
        self._stream: Response | None = None
        self._listener: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._closing = False

    def open(self, listening: bool = True) -> Session:
        """The handshake; then the GET stream, where the server offers one."""
        params = {"protocolVersion": self.revision, "capabilities": self.capabilities, "clientInfo": CLIENT}
        message = request(next(self._numbers), "initialize", params)
        schemas.check(message, self.revision)
        response = self.endpoint.post({}, message)
        self.identifier = response.headers["Mcp-Session-Id"]
        self.opened = self._answer(message, response).result
        assert self.opened["protocolVersion"] == self.revision, self.opened
        accepted = self.endpoint.post(self.headers, notification("notifications/initialized"))
        assert accepted.status == 202, f"notifications/initialized got HTTP {accepted.status}"
        assert accepted.read() == b"", "a notification got an answer"
        if listening:
            self._listen()
        return self

    @property
    def headers(self) -> Headers:
        """What each request of the session carries."""
        named = {} if self.identifier is None else {"Mcp-Session-Id": self.identifier}
        return {"MCP-Protocol-Version": self.revision} | named

    def on(self, method: str, handler: Handler) -> None:
        """How the client answers that request of the server; the handler takes its params and gives a result."""
        self._handlers[method] = handler

    def send(self, method: str, params: Message | None = None) -> Answer:
        message = request(next(self._numbers), method, params)
        schemas.check(message, self.revision)
        return self._answer(message, self.endpoint.post(self.headers, message))

    def request(self, method: str, params: Message | None = None) -> Message:
        """The result of a request; an error of the protocol is raised."""
        return self.send(method, params).result

    def get(self, **headers: str) -> Response:
        """Opens a stream with GET."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.endpoint.send("GET", self.headers | {"Accept": EVENT_STREAM} | named)

    def delete(self) -> Response:
        return self.endpoint.send("DELETE", self.headers)

    def wait_for(self, count: int, method: str) -> list[Message]:
        """The notifications of that method, as soon as there are so many."""

        def found() -> list[Message]:
            return [message for message in self.notifications if message["method"] == method]

        end = time.monotonic() + DEADLINE
        with self._arrived:
            while len(found()) < count:
                assert self._arrived.wait(end - time.monotonic()), f"only {len(found())} of {count} {method}: {found()}"
            return found()

    def close(self) -> None:
        """Ends the session and the GET stream; what went wrong on that stream is raised."""
        self._closing = True
        if self.identifier is not None:
            self.delete().read()
        if self._stream is not None:
            self._stream.close()
            self._listener.join(DEADLINE)
            assert not self._listener.is_alive(), "the GET stream does not end"
        if self._failure is not None:
            raise self._failure

    def _answer(self, message: Message, response: Response) -> Answer:
        messages = []
        for one in response.messages():
            messages.append(one)
            self._take(one, message["method"])
            if "method" not in one:
                break
        response.close()
        return Answer(message["id"], response.status, messages)

    def _take(self, message: Message, answers: str | None = None) -> None:
        schemas.check(message, self.revision, answers)
        if "method" not in message:
            return
        if "id" in message:
            self.asked.append(message)
            self._reply(message)
            return
        with self._arrived:
            self.notifications.append(message)
            self._arrived.notify_all()

    def _reply(self, message: Message) -> None:
        handler = self._handlers.get(message["method"])
        if message["method"] == "ping":
            handler = dict
        assert handler, f"the server asks for {message['method']}"
        reply: dict[str, Any] = {"jsonrpc": "2.0", "id": message["id"], "result": handler(message.get("params", {}))}
        schemas.check(reply, self.revision, message["method"])
        accepted = self.endpoint.post(self.headers, reply)
        assert accepted.status == 202, f"the client's response got HTTP {accepted.status}: {accepted.read()!r}"
        assert accepted.read() == b"", "the client's response got an answer"

    def _listen(self) -> None:
        stream = self.get()
        if stream.status == 405:
            stream.read()
            return
        assert (stream.status, stream.content_type) == (200, EVENT_STREAM), stream.read()
        stream.forget_the_deadline()
        self._stream = stream
        self._listener = threading.Thread(target=self._read_the_stream, daemon=True)
        self._listener.start()

    def _read_the_stream(self) -> None:
        try:
            for message in self._stream.messages():
                assert "method" in message, f"a response on the GET stream: {message}"
                self._take(message)
        except BaseException as failure:
            # Once the session ends, either side may cut the stream short.
            if not self._closing or isinstance(failure, AssertionError):
                self._failure = failure
