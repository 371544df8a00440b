"""The nginx configuration of docs/deployment.md, with a real nginx."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import TOKEN
from every_tool import headers_of
from harness.expectations import structured, titles
from harness.listening import Listening
from harness.messages import MODERN, call
from standin import API_KEY, StandIn
from places import ROOT, run, wait_until

HOST = "tmdb.example"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def proxy(tmp_path: Path, serve: Callable[..., Listening], tmdb: StandIn) -> Iterator[http.client.HTTPSConnection]:
    """A connection to nginx, in front of a server."""
    server = serve(
        TMDB_BASE_URL=tmdb.url, TMDB_API_KEY=API_KEY, SSE_TOKEN=TOKEN, SERVER_SSE_PORT="0", ALLOWED_HOSTS=HOST
    )
    blocks = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "deployment.md").read_text(), re.S)
    (block,) = (block for block in blocks if "listen 443 ssl" in block)
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    self_signed = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}")
    run(*self_signed, "-out", certificate, "-keyout", key)
    port = free_port()
    for there, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/tmdb.example/fullchain.pem", certificate),
        ("/etc/ssl/tmdb.example/key.pem", key),
        ("127.0.0.1:8910", urlsplit(server.url).netloc),
    ):
        assert block.count(there) == 1
        block = block.replace(there, str(here))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(f"events {{}} http {{ {paths} access_log off; {block} }}")
    command = ["nginx", "-p", tmp_path, "-e", tmp_path / "error.log", "-c", configuration]
    nginx = subprocess.Popen([*command, "-g", f"daemon off; pid {tmp_path}/nginx.pid;"])
    try:
        wait_until(lambda: nginx.poll() is not None or listens(port), "nginx does not listen")
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
        yield connection
        connection.close()
    finally:
        nginx.terminate()
        nginx.wait(30)


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_a_client_is_served_through_it(proxy: http.client.HTTPSConnection) -> None:
    asked = call(1, {"query": "the matrix"}, MODERN)
    proxy.request("POST", "/mcp", json.dumps(asked), headers_of(asked, TOKEN) | {"Host": HOST})
    answer = json.load(proxy.getresponse())
    assert "The Matrix" in titles(structured(answer["result"]))


def test_an_event_of_a_stream_comes_at_once(proxy: http.client.HTTPSConnection) -> None:
    proxy.request("GET", "/mcp/sse", headers={"Host": HOST, "Authorization": f"Bearer {TOKEN}"})
    stream = proxy.getresponse()
    assert stream.status == 200 and stream.readline() == b"event: endpoint\n"


@pytest.mark.parametrize(
    ("path", "host", "status"), [("/health", HOST, 200), ("/health", "x.example", 403), ("/metrics", HOST, 404)]
)
def test_what_it_lets_through(proxy: http.client.HTTPSConnection, path: str, host: str, status: int) -> None:
    proxy.request("GET", path, headers={"Host": host})
    assert proxy.getresponse().status == status
