"""A small SOCKS5 proxy (RFC 1928) that reaches nothing: it answers each request with a reply of the test's."""

from __future__ import annotations

import socketserver
import threading

NOT_ALLOWED, NETWORK_UNREACHABLE, HOST_UNREACHABLE, REFUSED = 2, 3, 4, 5


class Socks:
    """On the loopback; a context manager. `method` is what it chooses of the ways to log in: 0 for none, 255 when it
    takes none of those offered."""

    def __init__(self, reply: int = HOST_UNREACHABLE, method: int = 0) -> None:
        self.reply = reply
        self.method = method
        self.asked: list[str] = []
        self._server = _Server(("127.0.0.1", 0), self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Socks:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], socks: Socks) -> None:
        self.socks = socks
        super().__init__(address, _Handler)


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        socks = self.server.socks
        version, methods = self.rfile.read(2)
        self.rfile.read(methods)
        if version != 5:
            return
        self.wfile.write(bytes((5, socks.method)))
        if socks.method == 255:
            return
        kind = self.rfile.read(4)[3:]
        size = {b"\1": 4, b"\4": 16}.get(kind) or self.rfile.read(1)[0]
        name = self.rfile.read(size)
        self.rfile.read(2)
        socks.asked.append(name.decode() if kind == b"\3" else name.hex())
        self.wfile.write(bytes((5, socks.reply, 0, 1, 0, 0, 0, 0, 0, 0)))
