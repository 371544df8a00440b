"""The program on HTTP: who may use it, how it starts and ends, and clients beside each other."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import anyio
import pytest
from harness import sdk
from harness.expectations import structured, totals
from harness.listening import TOKEN, Listening, Serve
from harness.messages import MODERN, NEWEST_LEGACY, Message, initialize, meta, request
from standin import StandIn, faults

pytestmark = pytest.mark.same_everywhere("who may come in is a comparison of texts")

DEADLINE = 120.0

DISCOVER = request(1, "server/discover", {"_meta": meta()})
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": MODERN,
    "Mcp-Method": "server/discover",
}


@contextmanager
def asked(
    server: Listening, method: str, path: str, message: Message | None = None, **headers: str | None
) -> Iterator[http.client.HTTPResponse]:
    """The answer as it begins. Headers are named with underscores; one that is None is not sent."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=DEADLINE)
    named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    try:
        connection.request(method, path, json.dumps(message) if message else None, named)
        yield connection.getresponse()
    finally:
        connection.close()


def status(server: Listening, method: str, path: str, message: Message | None = None, **headers: str | None) -> int:
    with asked(server, method, path, message, **headers) as response:
        return response.status


def bearer(token: str | None) -> dict[str, str | None]:
    return {"Authorization": token and f"Bearer {token}"}


WRONG = {
    "none": None,
    "another": "Bearer another-token",
    "the beginning of it": f"Bearer {TOKEN[:-1]}",
    "more than it": f"Bearer {TOKEN}x",
    "another scheme": f"Basic {TOKEN}",
    "no scheme": TOKEN,
    "empty": "Bearer ",
}


@pytest.mark.parametrize("authorization", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/mcp"), ("POST", "/mcp/stream"), ("GET", "/mcp"), ("DELETE", "/mcp"), ("GET", "/mcp/sse")],
)
def test_without_the_token_nothing_is_served(serve: Serve, method: str, path: str, authorization: str | None) -> None:
    server = serve()
    message = DISCOVER if method == "POST" else None
    with asked(server, method, path, message, **HEADERS | {"Authorization": authorization}) as response:
        assert response.status == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert TOKEN not in response.read().decode()


@pytest.mark.every_platform
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_with_the_token_a_request_is_served(serve: Serve, scheme: str) -> None:
    """The case of a scheme does not count (RFC 9110, 11.1)."""
    headers = HEADERS | {"Authorization": f"{scheme} {TOKEN}"}
    assert status(serve(), "POST", "/mcp", DISCOVER, **headers) == 200


def test_the_settings_may_be_flags(serve: Serve) -> None:
    server = serve(
        *("--server-mode", "sse", "--sse-host", "127.0.0.1", "--sse-port", "0", "--sse-token", "the-token-of-a-flag"),
        SERVER_MODE="",
        SERVER_SSE_HOST="",
        SERVER_SSE_PORT="",
        SSE_TOKEN="",
    )
    assert status(server, "POST", "/mcp", DISCOVER, **HEADERS, **bearer("the-token-of-a-flag")) == 200
    assert status(server, "POST", "/mcp", DISCOVER, **HEADERS, **bearer(TOKEN)) == 401


def test_a_flag_counts_more_than_a_variable(serve: Serve) -> None:
    server = serve("--sse-token", "the-token-of-a-flag")
    assert status(server, "POST", "/mcp", DISCOVER, **HEADERS, **bearer("the-token-of-a-flag")) == 200


@pytest.mark.every_platform
def test_the_health_is_told(serve: Serve) -> None:
    assert status(serve(), "GET", "/health", **bearer(TOKEN)) == 200


def test_a_path_that_is_none_is_not_found(serve: Serve) -> None:
    assert status(serve(), "POST", "/elsewhere", DISCOVER, **HEADERS, **bearer(TOKEN)) == 404


@pytest.mark.parametrize("path", ["/mcp", "/mcp/sse"])
def test_a_foreign_origin_is_forbidden(serve: Serve, path: str) -> None:
    method, message = ("POST", DISCOVER) if path == "/mcp" else ("GET", None)
    assert status(serve(), method, path, message, **HEADERS, **bearer(TOKEN), Origin="http://evil.example.com") == 403


@pytest.mark.every_platform
def test_a_termination_signal_ends_an_idle_program(serve: Serve) -> None:
    serve().terminate()


@pytest.mark.every_platform
@pytest.mark.parametrize("path", ["/mcp", "/mcp/sse"])
def test_a_termination_signal_ends_streams_that_are_open(serve: Serve, path: str) -> None:
    server = serve()
    headers = {"Accept": "text/event-stream", "MCP-Protocol-Version": NEWEST_LEGACY} | bearer(TOKEN)
    if path == "/mcp":
        sent = HEADERS | {"MCP-Protocol-Version": None, "Mcp-Method": None} | bearer(TOKEN)
        with asked(server, "POST", path, initialize(1), **sent) as opened:
            assert opened.status == 200
            headers["Mcp_Session_Id"] = opened.headers["Mcp-Session-Id"]
    with asked(server, "GET", path, **headers) as stream:
        assert stream.status == 200
        server.terminate()
        with suppress(http.client.IncompleteRead):  # cut short is an end too
            stream.read()


@pytest.mark.every_platform
def test_a_termination_signal_leaves_time_for_the_call_in_flight(serve: Serve, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = serve()
    params = {"name": "search", "arguments": {"query": "matrix"}, "_meta": meta()}
    headers = HEADERS | {"Mcp-Method": "tools/call", "Mcp-Name": "search"} | bearer(TOKEN)
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=DEADLINE)
    try:
        connection.request("POST", "/mcp", json.dumps(request("flight", "tools/call", params)), headers)
        tmdb.wait_for_requests(1)
        server.process.terminate()
        release.set()
        response = connection.getresponse()
        assert response.status == 200
        assert b"The Matrix" in response.read()
    finally:
        connection.close()
    assert server.process.wait(DEADLINE) == 0


@pytest.mark.every_platform
@pytest.mark.client
@pytest.mark.parametrize("mode", sdk.MODES)
def test_clients_beside_each_other_get_their_own_answers(serve: Serve, mode: str) -> None:
    server = serve()
    wanted = {"matrix": 6, "keanu": 1, "the": 32, "nothing like it": 0, "parasite": 1}

    async def one(query: str, total: int) -> None:
        async with sdk.session(sdk.HTTP(server.url, TOKEN), mode) as client:
            for _ in range(2):
                assert totals(structured(await client.search(query=query)))[2] == total

    async def main() -> None:
        with anyio.fail_after(DEADLINE):
            async with anyio.create_task_group() as group:
                for query, total in list(wanted.items()) * 2:
                    group.start_soon(one, query, total)

    anyio.run(main)


@pytest.mark.client
@pytest.mark.parametrize("path", ["/mcp", "/mcp/stream", "/mcp/sse"])
@pytest.mark.parametrize("mode", sdk.MODES)
def test_a_client_without_the_token_is_told_so(serve: Serve, path: str, mode: str) -> None:
    if path == "/mcp/sse" and mode == MODERN:
        pytest.skip("HTTP+SSE has no stateless era")
    server = serve()

    async def use(client: sdk.Session) -> None:
        await client.tools()

    with pytest.raises(BaseException) as raised:
        sdk.run(sdk.HTTP(server.at(path), "another", is_old=path == "/mcp/sse"), mode, use)
    assert not isinstance(raised.value, TimeoutError)
