"""What the HTTP server lets in: paths, methods, hosts, origins, the token, kinds of body."""

import contextlib
import json

import pytest
from harness.listening import TOKEN, Serve
from harness.messages import MODERN, initialize, meta, request
from harness.process import memory_kib
from harness.wire import BEARER, TYPES, Wire, modern_fields, once, text

pytestmark = pytest.mark.same_everywhere("paths, hosts and headers are text")

PAGE = "http://localhost:6274"
DISCOVER = request(1, "server/discover", {"_meta": meta()})
PATHS = {
    "/mcp": "GET, POST, DELETE, OPTIONS",
    "/mcp/": "GET, POST, DELETE, OPTIONS",
    "/mcp/stream": "GET, POST, DELETE, OPTIONS",
    "/mcp/stream/": "GET, POST, DELETE, OPTIONS",
    "/mcp/sse": "GET, POST, OPTIONS",
    "/mcp/sse/": "GET, POST, OPTIONS",
    "/health": "GET, HEAD, OPTIONS",
    "/ready": "GET, HEAD, OPTIONS",
    "/metrics": "GET, HEAD, OPTIONS",
}


def test_every_path_tells_which_methods_it_takes(serve: Serve) -> None:
    server = serve()
    for path, methods in PATHS.items():
        with Wire(server) as wire:
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
                if method in methods.split(", "):
                    continue
                answer = wire.ask(method, path)
                assert (answer.status, answer.fields["allow"]) == (405, methods), (method, path)
            answer = wire.ask("OPTIONS", path)
            assert (answer.status, answer.fields["allow"]) == (204, methods)
            assert not [name for name in answer.fields if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path", ["/", "/mcp//", "/MCP", "/mcp/x", "/health/", "//mcp", "/mcp%2Fsse", "/%6dcp", "/health/x", "/.."]
)
def test_other_paths_are_not_found(serve: Serve, path: str) -> None:
    assert once(serve(), "GET", path).status == 404


def test_a_query_changes_no_path(serve: Serve) -> None:
    assert once(serve(), "GET", "/health?a=/mcp").status == 200


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_a_head_request_gets_the_head_alone(serve: Serve, path: str) -> None:
    with Wire(serve()) as wire:
        head = wire.ask("HEAD", path)
        body = wire.ask("GET", path)
    assert head.status == body.status == 200
    assert head.fields["content-type"] == body.fields["content-type"]
    assert int(body.fields["content-length"]) == len(body.body) > 0


@pytest.mark.every_platform
def test_the_state_is_told_without_the_token(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write(text("GET", "/health") + text("GET", "/ready"))
        assert wire.response().json == {"status": "ok"}
        assert wire.response().json == {"status": "ready"}


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_nothing_is_kept_for_who_has_not_shown_the_token(serve: Serve, path: str) -> None:
    with Wire(serve()) as wire:
        wire.write(text("GET", path, "Content-Length: 1"))
        assert wire.response().status == 413


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.256"])
def test_another_host_is_refused_everywhere(serve: Serve, path: str, host: str) -> None:
    server = serve()
    for method in ("GET", "OPTIONS", "DELETE", "BREW"):
        with Wire(server) as wire:
            wire.write(text(method, path, BEARER, host=host))
            assert wire.response().status == (501 if method == "BREW" else 403)


# Nobody can have them point here: no page has such a name.
BEYOND_REBINDING = [
    "localhost", "LOCALHOST:1", "127.0.0.1:8910", "[::1]:80", "localhost.", "192.0.2.7:8910", "0.0.0.0",
    "[2001:db8::7]:8910", "tmdb-mcp:8910", "host.docker.internal:8910", "tmdb.internal.",
]


@pytest.mark.parametrize("host", BEYOND_REBINDING)
def test_names_that_are_beyond_rebinding_are_taken(serve: Serve, host: str) -> None:
    with Wire(serve()) as wire:
        wire.write(text("GET", "/health", host=host))
        assert wire.response().status == 200
        wire.write(text("POST", "/mcp", BEARER, *modern_fields(DISCOVER), body=json.dumps(DISCOVER), host=host))
        assert wire.response().status == 200


def test_the_name_in_the_target_counts_for_the_host(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write(text("GET", "http://evil.example/health"))
        assert wire.response().status == 403
        wire.write(text("GET", "http://localhost/health"))
        assert wire.response().status == 200


@pytest.mark.parametrize(
    ("allowed", "status"), [("tmdb.example", 200), ("tmdb.example.", 200), ("*", 200), ("other.example", 403)]
)
def test_hosts_may_be_allowed_besides_those_of_this_machine(serve: Serve, allowed: str, status: int) -> None:
    with Wire(serve("--allowed-hosts", allowed)) as wire:
        wire.write(text("GET", "/health", host="tmdb.example:80"))
        assert wire.response().status == status
        wire.write(text("GET", "/health"))
        assert wire.response().status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example", "file://"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_elsewhere_is_refused_everywhere(serve: Serve, path: str, origin: str) -> None:
    with Wire(serve()) as wire:
        for method in ("GET", "OPTIONS", "PUT"):
            answer = wire.ask(method, path, f"Origin: {origin}")
            assert answer.status == 403
            assert "access-control-allow-origin" not in answer.fields


def test_a_page_that_is_allowed_may_read_every_answer(serve: Serve) -> None:
    server = serve()
    message = json.dumps(DISCOVER)
    answers = [
        once(server, "GET", "/health", f"Origin: {PAGE}"),
        once(server, "GET", "/metrics", f"Origin: {PAGE}"),
        once(server, "GET", "/nowhere", f"Origin: {PAGE}"),
        once(server, "PUT", "/mcp", f"Origin: {PAGE}"),
        once(server, "POST", "/mcp", f"Origin: {PAGE}", "Content-Type: text/plain", body="x"),
        once(server, "POST", "/mcp", f"Origin: {PAGE}", *modern_fields(DISCOVER), body=message),
        once(server, "POST", "/mcp", f"Origin: {PAGE}", *TYPES, body=json.dumps(initialize(1))),
    ]
    with Wire(server) as wire:
        wire.write(text("POST", "/mcp", f"Origin: {PAGE}", *modern_fields(DISCOVER), body=message))
        answers.append(wire.response())
    assert [answer.status for answer in answers] == [200, 200, 404, 405, 415, 200, 200, 401]
    for answer in answers:
        assert answer.fields["access-control-allow-origin"] == PAGE
        assert answer.fields["vary"] == "Origin"
        assert "Mcp-Session-Id" in answer.fields["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in answer.fields


def test_a_page_may_ask_what_it_may_send(serve: Serve) -> None:
    """Browsers send the question without the token."""
    with Wire(serve()) as wire:
        asked = "authorization, content-type, mcp-param-query"
        fields = (f"Origin: {PAGE}", "Access-Control-Request-Method: POST", f"Access-Control-Request-Headers: {asked}")
        wire.write(text("OPTIONS", "/mcp", *fields))
        answer = wire.response()
    assert answer.status == 204
    assert "POST" in answer.fields["access-control-allow-methods"]
    assert answer.fields["access-control-allow-headers"] == asked
    assert int(answer.fields["access-control-max-age"]) > 0


@pytest.mark.parametrize(("origin", "status"), [("https://a.example", 200), (PAGE, 200), ("https://b.example", 403)])
def test_a_list_of_origins_comes_besides_this_machine(serve: Serve, origin: str, status: int) -> None:
    server = serve(ALLOWED_ORIGINS="https://a.example")
    assert once(server, "GET", "/health", f"Origin: {origin}").status == status


@pytest.mark.parametrize(
    ("allowed", "origin", "status"),
    [
        ("safari-web-extension://E5C5B0F0-1A2B", "safari-web-extension://E5C5B0F0-1A2B", 200),
        ("safari-web-extension://e5c5b0f0-1a2b", "safari-web-extension://E5C5B0F0-1A2B", 200),
        ("chrome-extension://abcdef", "chrome-extension://abcdef", 200),
        ("chrome-extension://abcdef", "chrome-extension://abcdeg", 403),
        ("vscode-webview://*", "vscode-webview://1k2j3h4g5", 200),
        ("vscode-webview://*", "https://vscode-webview.example", 403),
        ("app://-", "app://-", 200),
    ],
)
def test_origins_of_every_scheme_may_be_allowed(serve: Serve, allowed: str, origin: str, status: int) -> None:
    server = serve(ALLOWED_ORIGINS=allowed)
    answer = once(server, "GET", "/health", f"Origin: {origin}")
    assert answer.status == status
    assert answer.fields.get("access-control-allow-origin") == (origin if status == 200 else None)


@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, 'Bearer realm="tmdb-mcp"'),
        ("Basic eDp5", 'Bearer realm="tmdb-mcp"'),
        ("Bearer wrong", 'Bearer realm="tmdb-mcp", error="invalid_token"'),
    ],
)
def test_a_client_is_told_how_to_get_in(serve: Serve, authorization: str | None, challenge: str) -> None:
    with Wire(serve()) as wire:
        fields = [] if authorization is None else [f"Authorization: {authorization}"]
        wire.write(text("POST", "/mcp", *fields, *modern_fields(DISCOVER), body=json.dumps(DISCOVER)))
        answer = wire.response()
    assert (answer.status, answer.fields["www-authenticate"]) == (401, challenge)
    assert TOKEN not in answer.body.decode()


def test_the_token_may_come_from_a_file(serve: Serve, logs) -> None:
    token = "sixteen-of-them!"
    file = logs / "token"
    file.write_text(token + "\n")
    file.chmod(0o600)
    server = serve(SSE_TOKEN="", SSE_TOKEN_FILE=str(file))
    for given, status in ((token, 200), (token[:-1], 401), (TOKEN, 401)):
        with Wire(server) as wire:
            fields = (f"authorization: bearer {given}", *modern_fields(DISCOVER))
            wire.write(text("POST", "/mcp", *fields, body=json.dumps(DISCOVER)))
            assert wire.response().status == status
    assert token not in server.stderr


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/JSON;charset=UTF-8", 200),
        (None, 415),
        ("text/plain", 415),
        ("application/jsonx", 415),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain; application/json", 415),
    ],
)
def test_messages_are_json(serve: Serve, kind: str | None, status: int) -> None:
    fields = [one for one in modern_fields(DISCOVER) if not one.startswith("Content-Type")]
    fields += [] if kind is None else [f"Content-Type: {kind}"]
    assert once(serve(), "POST", "/mcp", *fields, body=json.dumps(DISCOVER)).status == status


@pytest.mark.parametrize(("coding", "status"), [("gzip", 415), ("br", 415), ("gzip, identity", 415), ("Identity", 200)])
def test_messages_are_not_compressed(serve: Serve, coding: str, status: int) -> None:
    fields = (*modern_fields(DISCOVER), f"Content-Encoding: {coding}")
    answer = once(serve(), "POST", "/mcp", *fields, body=json.dumps(DISCOVER))
    assert answer.status == status
    assert answer.fields.get("accept-encoding") == (None if status == 200 else "identity")


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_a_byte_order_mark_is_passed_over(serve: Serve, path: str) -> None:
    body = b"\xef\xbb\xbf" + json.dumps(DISCOVER).encode()
    assert once(serve(), "POST", path, *modern_fields(DISCOVER), body=body).status == 200


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        (None, 200, "application/json"),
        ("", 200, "application/json"),
        ("*/*", 200, "application/json"),
        ("text/event-stream", 200, "text/event-stream"),
        ("application/json", 200, "application/json"),
        ("text/html", 406, "application/json"),
    ],
)
def test_answers_are_what_the_client_accepts(serve: Serve, accept: str | None, status: int, kind: str) -> None:
    fields = [one for one in modern_fields(DISCOVER) if not one.startswith("Accept")]
    fields += [] if accept is None else [f"Accept: {accept}"]
    answer = once(serve(), "POST", "/mcp", *fields, body=json.dumps(DISCOVER))
    assert (answer.status, answer.fields["content-type"]) == (status, kind)


@pytest.mark.parametrize("path", ["/mcp", "/mcp/sse"])
def test_streams_are_only_for_those_who_accept_them(serve: Serve, path: str) -> None:
    assert once(serve(), "GET", path, "Accept: text/html").status == 406


def test_every_refusal_says_what_to_do(serve: Serve) -> None:
    server = serve()
    for method, path in (("GET", "/x"), ("PUT", "/mcp"), ("POST", "/mcp"), ("DELETE", "/mcp")):
        answer = once(server, method, path, f"MCP-Protocol-Version: {MODERN}")
        assert 400 <= answer.status < 500
        assert len(answer.json["error"]) > 20


@pytest.mark.every_platform
@pytest.mark.release_only
def test_a_body_that_is_refused_takes_no_memory(serve: Serve) -> None:
    """Nobody has to know the token to send one."""
    server = serve()
    connections = 300
    chunk = 60_000
    head = text("POST", "/mcp", "Transfer-Encoding: chunked") + f"{chunk + 1:x}\r\n".encode()
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(Wire(server)) for _ in range(connections)]
        before = memory_kib(server.process)
        for wire in wires:
            wire.write(head + b"x" * chunk)
            assert wire.response().status == 401
        assert once(server, "GET", "/health").status == 200
        assert memory_kib(server.process) - before < connections * chunk / 1024 / 2
