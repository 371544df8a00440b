"""What stands between clients and the server: reverse proxies below a path, and clients that send nothing but a URL."""

from __future__ import annotations

import json
import subprocess

import pytest
from harness.binaries import Binary
from harness.listening import Listening, Serve
from harness.messages import call, initialize, meta, request
from harness.wire import TYPES, Wire, modern_fields, text

pytestmark = pytest.mark.same_everywhere("paths, fields and addresses are text")

DISCOVER = request(1, "server/discover", {"_meta": meta()})
SAFE_TOKEN = "0123456789abcdef-._~"


def endpoint(server: Listening, *fields: str, path: str = "/mcp/sse") -> str:
    """Where HTTP+SSE has a client post to."""
    with Wire(server) as stream:
        stream.send("GET", path, "Accept: text/event-stream", *fields)
        assert stream.begin().status == 200
        return next(stream.events())["data"].partition("?")[0]


@pytest.mark.parametrize(
    ("trusted", "fields", "path"),
    [
        ("127.0.0.0/8", ["X-Forwarded-Prefix: /tmdb"], "/tmdb/mcp/sse"),
        ("0.0.0.0/0,::/0", ["X-Forwarded-Prefix: /a/b/"], "/a/b/mcp/sse"),
        ("127.0.0.1", ["x-forwarded-prefix: /"], "/mcp/sse"),
        ("127.0.0.1", ["X-Forwarded-Prefix: //evil.example"], "/mcp/sse"),
        ("127.0.0.1", ["X-Forwarded-Prefix: https://evil.example"], "/mcp/sse"),
        ("127.0.0.1", [], "/mcp/sse"),
        ("10.0.0.0/8,::1", ["X-Forwarded-Prefix: /tmdb"], "/mcp/sse"),
        ("", ["X-Forwarded-Prefix: /tmdb"], "/mcp/sse"),
    ],
)
def test_a_trusted_proxy_tells_below_which_path_it_is(
    serve: Serve, trusted: str, fields: list[str], path: str
) -> None:
    assert endpoint(serve(TRUSTED_PROXIES=trusted), *fields) == path


def test_the_prefix_may_be_set(serve: Serve) -> None:
    server = serve("--path-prefix", "/tmdb/", TRUSTED_PROXIES="127.0.0.1")
    assert endpoint(server) == "/tmdb/mcp/sse"
    assert endpoint(server, path="/mcp/sse/") == "/tmdb/mcp/sse/"
    assert endpoint(server, "X-Forwarded-Prefix: /other") == "/other/mcp/sse"


# The token in the path


def ask(server: Listening, path: str, *fields: str) -> int:
    with Wire(server) as wire:
        wire.write(text("POST", path, *fields, *modern_fields(DISCOVER), body=json.dumps(DISCOVER)))
        return wire.response().status


def test_the_token_may_be_the_last_part_of_the_path(serve: Serve) -> None:
    server = serve(SSE_TOKEN=SAFE_TOKEN, TOKEN_IN_PATH="true")
    for path in ("/mcp", "/mcp/stream"):
        assert ask(server, f"{path}/{SAFE_TOKEN}") == 200
        assert ask(server, path) == 401
        assert ask(server, f"{path}/{SAFE_TOKEN[:-1]}") == ask(server, f"{path}/{SAFE_TOKEN}x") == 401
        assert ask(server, f"{path}/{SAFE_TOKEN}/") == ask(server, f"{path}/x/{SAFE_TOKEN}") == 404
        assert ask(server, path, f"Authorization: Bearer {SAFE_TOKEN}") == 200
    # What stands in the path is judged; a header does not make up for it.
    assert ask(server, "/mcp/wrong", f"Authorization: Bearer {SAFE_TOKEN}") == 401
    assert ask(server, f"/health/{SAFE_TOKEN}") == 404


def test_a_session_of_http_sse_needs_nothing_but_the_url(serve: Serve) -> None:
    server = serve(SSE_TOKEN=SAFE_TOKEN, TOKEN_IN_PATH="true")
    with Wire(server) as stream, Wire(server) as posting:
        stream.write(text("GET", f"/mcp/sse/{SAFE_TOKEN}", "Accept: text/event-stream"))
        assert stream.begin().status == 200
        events = stream.events()
        path = next(events)["data"]
        for message in (initialize(1, "2024-11-05"), call(2, {"query": "matrix"})):
            posting.write(text("POST", path, *TYPES, body=json.dumps(message)))
            assert posting.response().status == 202
            assert json.loads(next(events)["data"])["id"] == message["id"]


@pytest.mark.parametrize("setting", ["", "false"])
def test_a_token_in_the_path_is_nothing_unless_it_is_set(serve: Serve, setting: str) -> None:
    server = serve(SSE_TOKEN=SAFE_TOKEN, TOKEN_IN_PATH=setting)
    assert ask(server, f"/mcp/{SAFE_TOKEN}") == 404


def test_no_answer_log_or_metric_has_the_token_of_a_path(serve: Serve) -> None:
    server = serve(SSE_TOKEN=SAFE_TOKEN, TOKEN_IN_PATH="true", LOGGING_LEVEL="debug")
    answers = b""
    for method, path, fields in (
        ("POST", f"/mcp/{SAFE_TOKEN}", ["Content-Type: text/plain"]),
        ("POST", f"/mcp/{SAFE_TOKEN}", [*TYPES, "Mcp-Session-Id: x"]),
        ("POST", f"/mcp/sse/{SAFE_TOKEN}?sessionid=x", [*TYPES]),
        ("PUT", f"/mcp/{SAFE_TOKEN}", []),
        ("GET", f"/nowhere/{SAFE_TOKEN}", []),
        ("GET", f"/mcp/{SAFE_TOKEN}", ["Host: evil.example"]),
        ("GET", f"/mcp/{SAFE_TOKEN}", ["Origin: https://evil.example"]),
        ("BREW", f"/mcp/{SAFE_TOKEN}", []),
    ):
        with Wire(server) as wire:
            wire.write(text(method, path, "Connection: close", *fields, body="{}" if method == "POST" else None))
            answers += wire.rest()
    assert ask(server, f"/mcp/{SAFE_TOKEN}") == 200
    with Wire(server) as wire:
        wire.write(text("GET", "/metrics"))
        answers += wire.response().body
    assert answers and SAFE_TOKEN.encode() not in answers
    assert SAFE_TOKEN not in server.stderr


def test_what_is_no_network_or_prefix_is_told(binary: Binary) -> None:
    for variable, value in (
        ("TRUSTED_PROXIES", "proxy.example"), ("TRUSTED_PROXIES", "10.0.0.0/33"), ("TRUSTED_PROXIES", "*"),
        ("PATH_PREFIX", "tmdb"),
        ("PATH_PREFIX", "//evil.example"), ("TOKEN_IN_PATH", "yes"), ("DRAIN_TIME", "301"), ("DRAIN_TIME", "-1"),
    ):
        done = subprocess.run(
            [*binary.command, "config"], env={variable: value}, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 2 and variable in done.stderr, (variable, value)
