"""What stands in front of replicas: each request goes to the next of them."""

from __future__ import annotations

import http.client
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"}


@contextmanager
def alternating(*urls: str) -> Iterator[tuple[str, list[str]]]:
    """Gives the URL to ask instead, and a list to which the URL that answered each request is added."""
    addresses = {url: urlsplit(url).netloc for url in urls}
    turns = itertools.cycle(urls)
    answered: list[str] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            with lock:
                url = next(turns)
                answered.append(url)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            replica = http.client.HTTPConnection(addresses[url], timeout=30)
            try:
                replica.request("POST", self.path, body, dict(self.headers))
                response = replica.getresponse()
                content = response.read()
            finally:
                replica.close()
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/mcp", answered
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
