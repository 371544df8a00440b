"""The server: connections, TLS, keep-alive, the log of requests, the fault in force."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from . import errors, keys, routes
from .accounts import Accounts
from .faults import Fault
from .recordings import Recordings
from .wire import Answer


@dataclass(frozen=True)
class Request:
    """One request as it arrived. Header names are in lower case; `connection` numbers connections from 1."""

    method: str
    path: str
    target: str
    query: dict[str, str]
    headers: dict[str, str]
    connection: int
    at: float
    """When it arrived, in seconds of the monotonic clock."""
    user: str | None = None
    """Whose key it carries: "first" or "other" (see `keys`), "any" where any key will do, None without one."""
    body: bytes = b""


class StandIn:
    """A TMDB of our own on a port of the loopback. A context manager; the port is open once it is made.

    `fault`, when set, sends in place of each answer. `answering`, when set, is asked first and may answer (no key
    needed) or return None. `changing`, when set, may change what is about to be answered.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        any_key: bool = False,
        recordings: Recordings | None = None,
    ) -> None:
        self.tls = tls
        self.any_key = self._any_key_at_first = any_key
        self.recordings = recordings
        self.accounts = Accounts()
        self.fault: Fault | None = None
        self.answering: Callable[[Request], Answer | None] | None = None
        self.changing: Callable[[Request, Answer], Answer] | None = None
        self.stopping = threading.Event()
        self._log = threading.Condition()
        self._requests: list[Request] = []
        self._hang_ups = 0
        self._connections = 0
        self._handshakes_failed = 0
        self._open: set[socket.socket] = set()
        self._server = _Server((host, port), self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self.drop_connections()

    def serve_forever(self) -> None:
        """Serves in the calling thread until the process is told to end."""
        self._server.serve_forever()

    @property
    def url(self) -> str:
        """The base URL, by the name that the test certificates carry when TLS is on."""
        return f"https://localhost:{self.port}/3" if self.tls else f"http://127.0.0.1:{self.port}/3"

    @property
    def requests(self) -> list[Request]:
        with self._log:
            return list(self._requests)

    @property
    def counts(self) -> Counter[str]:
        """How many requests there were for each path."""
        return Counter(request.path for request in self.requests)

    @property
    def connections(self) -> int:
        """Connections that were opened, for TLS those whose handshake went well."""
        with self._log:
            return self._connections

    @property
    def handshakes_failed(self) -> int:
        with self._log:
            return self._handshakes_failed

    def reset(self) -> None:
        """As it was made: no requests, no counts, no fault, nothing that people have marked."""
        self.accounts = Accounts()
        self.fault = self.answering = self.changing = None
        self.any_key = self._any_key_at_first
        with self._log:
            self._requests.clear()
            self._connections = self._handshakes_failed = self._hang_ups = 0

    def drop_connections(self) -> None:
        """Closes every connection that is open, as a server does that has waited long enough."""
        with self._log:
            for connection in self._open:
                _shut(connection)

    def wait_for_requests(self, count: int, seconds: float = 30) -> None:
        self._wait(lambda: len(self._requests) >= count, seconds, f"{count} requests")

    def wait_for_hang_up(self, count: int = 1, seconds: float = 30) -> None:
        """Returns once so many connections were closed on which an answer was awaited that `faults.never` withholds."""
        self._wait(lambda: self._hang_ups >= count, seconds, f"{count} clients that hang up")

    def wait_for_failed_handshake(self, seconds: float = 30) -> None:
        self._wait(lambda: self._handshakes_failed > 0, seconds, "a failed TLS handshake")

    def _wait(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        with self._log:
            if not self._log.wait_for(condition, seconds):
                raise TimeoutError(f"the stand-in waited {seconds} s for {what}; it has {self._requests}")

    def _note(self, note: Callable[[], None]) -> None:
        with self._log:
            note()
            self._log.notify_all()

    # Called by the threads that serve connections.

    def opened(self, connection: socket.socket) -> int:
        def note() -> None:
            self._connections += 1
            self._open.add(connection)

        self._note(note)
        return self._connections

    def closed(self, connection: socket.socket) -> None:
        self._note(lambda: self._open.discard(connection))

    def handshake_failed(self) -> None:
        def note() -> None:
            self._handshakes_failed += 1

        self._note(note)

    def hung_up(self) -> None:
        def note() -> None:
            self._hang_ups += 1

        self._note(note)

    def answer(self, request: Request) -> Answer:
        """Logs the request and says what answers it when nothing goes wrong."""
        self._note(lambda: self._requests.append(request))
        answer = self._prepared(request)
        if self.changing:
            answer = self.changing(request, answer)
        answer = answer.unless_known(request.headers.get("if-none-match", ""))
        packs = "gzip" in request.headers.get("accept-encoding", "") and answer.body
        return answer.compressed() if packs else answer

    def _prepared(self, request: Request) -> Answer:
        if self.answering and (own := self.answering(request)):
            return own
        if request.user is None:
            return errors.error(7)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if own := self.accounts.answer(request.method, request.path, request.query, token, request.body):
            return own
        if request.method != "GET":
            return errors.error(34)
        recorded = self.recordings.find(request.path, request.query) if self.recordings else None
        return recorded or routes.answer(request.path, request.query)


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    def finish_request(self, request, client_address) -> None:  # noqa: ANN001
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.stand_in.tls:
            try:
                request = self.stand_in.tls.wrap_socket(request, server_side=True)
            except OSError:  # ssl.SSLError is one
                self.stand_in.handshake_failed()
                return
        with request:
            try:
                _Handler(request, client_address, self)
            except OSError:  # the client went away
                pass
            finally:
                self.stand_in.closed(request)


class _Handler(BaseHTTPRequestHandler):
    """One connection; also the `Exchange` that a fault sees."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.stand_in = self.server.stand_in
        self.number = self.stand_in.opened(self.connection)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked = request = Request(
            method=self.command,
            path=url.path,
            target=self.path,
            query=query,
            headers=headers,
            connection=self.number,
            at=time.monotonic(),
            user=keys.user(query, headers, self.stand_in.any_key),
            body=self.rfile.read(int(headers.get("content-length", "0"))),
        )
        fault = self.stand_in.fault
        self.answer = self.stand_in.answer(request)
        if fault:
            fault(self)
        else:
            self.send(self.answer)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        """Requests are in `StandIn.requests`; nothing is printed."""

    def send(self, answer: Answer) -> None:
        self.write(answer.bytes_on_the_wire())

    def write(self, data: bytes) -> None:
        self.connection.sendall(data)

    def hang_up(self) -> None:
        self.close_connection = True

    def wait_until_gone(self) -> None:
        try:
            gone = self.connection.recv(1) == b""
        except OSError:
            gone = True
        if gone and not self.stopped():
            self.stand_in.hung_up()
        self.close_connection = True

    def stopped(self) -> bool:
        return self.stand_in.stopping.is_set()


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
