"""A small HTTP CONNECT proxy that counts its tunnels."""

from __future__ import annotations

import base64
import selectors
import socket
import socketserver
import ssl
import threading


class Proxy:
    """A CONNECT proxy on the loopback; a context manager. With `credentials` ("user:password") it asks for them; with
    `tls` it is itself reached over TLS. `refusal`, a status and perhaps fields of a head, is what it answers to all."""

    def __init__(
        self, credentials: str | None = None, tls: ssl.SSLContext | None = None, refusal: tuple[str, ...] = ()
    ) -> None:
        self.tls = tls
        self.refusal = refusal
        self.authorization = "Basic " + base64.b64encode(credentials.encode()).decode() if credentials else None
        self.tunnels: list[str] = []
        self.refused = 0
        self.stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(address, _Handler)

    def finish_request(self, request, client_address) -> None:  # noqa: ANN001
        if self.proxy.tls:
            try:
                request = self.proxy.tls.wrap_socket(request, server_side=True)
            except OSError:  # the client does not believe the certificate
                return
        with request:
            super().finish_request(request, client_address)


class _Handler(socketserver.StreamRequestHandler):
    server: _Server
    rbufsize = 0

    def handle(self) -> None:
        proxy = self.server.proxy
        first_line = self.rfile.readline().decode("latin-1").split(" ")
        if len(first_line) != 3:
            return
        method, target, _ = first_line
        headers = {}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if proxy.refusal:
            self._refuse(*proxy.refusal)
            return
        if proxy.authorization and headers.get("proxy-authorization") != proxy.authorization:
            self._refuse("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=proxy")
            return
        if method != "CONNECT":
            self._refuse("405 Method Not Allowed")
            return
        proxy.tunnels.append(target)
        host, _, port = target.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as upstream:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._relay(upstream)

    def _refuse(self, *lines: str) -> None:
        self.server.proxy.refused += 1
        head = "\r\n".join((*lines, "Content-Length: 0", "Connection: close"))
        self.wfile.write(f"HTTP/1.1 {head}\r\n\r\n".encode())

    def _relay(self, upstream: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ, upstream)
            selector.register(upstream, selectors.EVENT_READ, self.connection)
            while not self.server.proxy.stopping.is_set():
                for key, _ in selector.select(timeout=0.1):
                    try:
                        data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                        if not data:
                            return
                        key.data.sendall(data)
                    except OSError:
                        return
