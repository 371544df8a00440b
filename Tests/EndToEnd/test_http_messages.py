"""MCP over HTTP as bytes: eras, headers, sessions, streams, HTTP+SSE, metrics."""

import json
import threading
import time

import pytest
from harness.listening import Serve
from harness.messages import (
    INVALID_PARAMS,
    LEGACY,
    META,
    METHOD_NOT_FOUND,
    MODERN,
    NEWEST_LEGACY,
    PARSE_ERROR,
    UNSUPPORTED_VERSION,
    call,
    initialize,
    meta,
    notification,
    request,
)
from harness.process import memory_kib
from harness.wire import (
    BEARER,
    TYPES,
    Wire,
    metrics,
    modern_fields,
    once,
    post,
    post_modern,
    text,
    wait_for_metric,
)
from places import VERSION
from standin import StandIn, faults

pytestmark = pytest.mark.same_everywhere("the rules of the protocol, on text")

HEADER_MISMATCH = -32020
SEARCH = call("s", {"query": "matrix"}, MODERN)


def opened(server, revision: str = NEWEST_LEGACY) -> str:
    """A session's id."""
    answer = post(server, initialize(0, revision))
    assert answer.json["result"]["protocolVersion"] == revision
    session = answer.fields["mcp-session-id"]
    assert post(server, notification("notifications/initialized"), session).status == 202
    return session


@pytest.mark.every_platform
@pytest.mark.parametrize("identifier", [1, "one", 0, -5, "", 2**53], ids=repr)
def test_a_modern_request_stands_alone(serve: Serve, identifier: int | str) -> None:
    answer = post_modern(serve(), request(identifier, "tools/list", {"_meta": meta()}))
    assert answer.status == 200
    assert answer.json["id"] == identifier
    assert "mcp-session-id" not in answer.fields


@pytest.mark.parametrize(
    "changes",
    [
        {"MCP-Protocol-Version": None},
        {"MCP-Protocol-Version": NEWEST_LEGACY},
        {"MCP-Protocol-Version": "2026-07-29"},
        {"Mcp-Method": None},
        {"Mcp-Method": "tools/list"},
        {"Mcp-Method": "Tools/Call"},
        {"Mcp-Name": None},
        {"Mcp-Name": "Search"},
        {"Mcp-Name": "=?base64?c2VhcmNo"},
        {"Mcp-Name": "=?base64?c2VhcmN?="},
        {"Mcp-Name": "=?base64?/w==?="},
    ],
    ids=str,
)
def test_headers_that_differ_from_the_body_are_refused(serve: Serve, tmdb: StandIn, changes: dict) -> None:
    answer = post_modern(serve(), SEARCH, **changes)
    assert (answer.status, answer.code, answer.json["id"]) == (400, HEADER_MISMATCH, "s")
    assert tmdb.requests == []


def test_a_name_may_be_encoded(serve: Serve) -> None:
    assert post_modern(serve(), SEARCH, **{"Mcp-Name": "=?base64?c2VhcmNo?="}).status == 200


@pytest.mark.parametrize("revision", ["2027-01-01", NEWEST_LEGACY, "x"])
def test_a_revision_that_is_not_served_statelessly_is_refused(serve: Serve, revision: str) -> None:
    answer = post_modern(serve(), request(3, "tools/list", {"_meta": meta(revision)}))
    assert (answer.status, answer.code, answer.json["id"]) == (400, UNSUPPORTED_VERSION, 3)
    assert answer.json["error"]["data"]["requested"] == revision
    assert MODERN in answer.json["error"]["data"]["supported"]


@pytest.mark.parametrize(
    "broken",
    [{}, {META + "protocolVersion": MODERN}, {META + "clientCapabilities": {}}],
    ids=["both", "capabilities", "version"],
)
def test_what_each_modern_request_must_carry_is_asked_for(serve: Serve, broken: dict) -> None:
    answer = post_modern(serve(), request(4, "tools/list", {"_meta": broken}))
    assert (answer.status, answer.code, answer.json["id"]) == (400, INVALID_PARAMS, 4)


@pytest.mark.parametrize("method", ["no/such", "ping", "initialize", "resources/subscribe", "logging/setLevel"])
def test_a_method_that_the_modern_era_does_not_have_is_not_found(serve: Serve, method: str) -> None:
    answer = post_modern(serve(), request(5, method, {"_meta": meta()}))
    assert (answer.status, answer.code, answer.json["id"]) == (404, METHOD_NOT_FOUND, 5)


@pytest.mark.parametrize("body", ["", "{", "null", '"x"', "[]", "{}", '{"jsonrpc":"2.0"}', "\udcff", "[" * 5000])
def test_what_is_no_message_is_refused(serve: Serve, body: str) -> None:
    answer = once(serve(), "POST", "/mcp", *TYPES, body=body.encode("utf-8", "surrogateescape"))
    assert answer.status == 400
    assert answer.fields["content-type"] == "application/json"


def test_a_parse_error_is_told_in_both_eras(serve: Serve) -> None:
    server = serve()
    assert post(server, "{").code == PARSE_ERROR
    answer = post(server, "{", opened(server))
    assert (answer.status, answer.code) == (400, PARSE_ERROR)


def test_a_modern_notification_is_taken(serve: Serve) -> None:
    answer = post_modern(serve(), notification("notifications/cancelled", {"requestId": 1}))
    assert (answer.status, answer.body) == (202, b"")


@pytest.mark.every_platform
@pytest.mark.parametrize("revision", LEGACY)
def test_a_session_of_each_legacy_revision(serve: Serve, revision: str) -> None:
    server = serve()
    session = opened(server, revision)
    version = f"MCP-Protocol-Version: {revision}"
    assert post(server, request("a", "ping"), session, version).json == {"jsonrpc": "2.0", "id": "a", "result": {}}
    assert post(server, call("b", {"query": "matrix"}), session, version).json["result"]["content"]
    assert post(server, request("c", "ping"), session).status == 200
    assert post(server, request("d", "no/such"), session, version).status == 200
    assert once(server, "DELETE", "/mcp", f"Mcp-Session-Id: {session}").status == 204
    assert post(server, request("e", "ping"), session, version).status == 404


@pytest.mark.parametrize(
    ("session", "status"), [(None, 400), ("0" * 64, 404), ("x", 404), ("", 404), ("0" * 63 + "\xe9", 404)], ids=repr
)
@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_a_session_must_be_named(serve: Serve, method: str, session: str | None, status: int) -> None:
    fields = [] if session is None else [f"Mcp-Session-Id: {session}"]
    body = json.dumps(request(1, "ping")) if method == "POST" else None
    answer = once(serve(), method, "/mcp", *TYPES, *fields, body=body)
    assert answer.status == status
    assert answer.json["error"]


@pytest.mark.parametrize("version", ["1999-01-01", "", MODERN, "2025-11-25x"])
def test_a_session_of_another_revision_is_refused(serve: Serve, version: str) -> None:
    server = serve()
    session = opened(server)
    message = notification("notifications/initialized")
    assert post(server, message, session, f"MCP-Protocol-Version: {version}").status == 400


@pytest.mark.parametrize("named", [None, "", "x", "0" * 64])
def test_an_initialize_begins_a_session_whatever_it_names(serve: Serve, named: str | None) -> None:
    server = serve()
    old = opened(server) if named is None else named
    answer = post(server, initialize(1), old)
    assert answer.status == 200
    assert post(server, request(2, "ping"), answer.fields["mcp-session-id"]).status == 200
    assert answer.fields["mcp-session-id"] != old


@pytest.mark.every_platform
def test_sessions_end_when_nobody_uses_them(serve: Serve) -> None:
    server = serve("--session-timeout", "1")
    session = opened(server)
    wait_for_metric(server, "mcp_sessions", 0)
    assert post(server, request(1, "ping"), session).status == 404
    assert metrics(server)["mcp_sessions_expired_total"] == 1


@pytest.mark.every_platform
def test_one_client_does_not_wait_for_another(serve: Serve, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = serve()
    body = json.dumps(SEARCH)
    with Wire(server) as slow, Wire(server) as fast:
        slow.send("POST", "/mcp", *modern_fields(SEARCH), body=body)
        tmdb.wait_for_requests(1)
        assert fast.ask("GET", "/health").status == 200
        assert metrics(server)["tmdb_requests_in_flight"] == 1
        release.set()
        assert slow.response().json["result"]["structuredContent"]["results"]


@pytest.mark.every_platform
@pytest.mark.parametrize("how", ["close", "end_output"])
def test_a_modern_client_that_leaves_cancels_its_call(serve: Serve, tmdb: StandIn, how: str) -> None:
    tmdb.fault = faults.never
    server = serve()
    with Wire(server) as wire:
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        tmdb.wait_for_requests(1)
        getattr(wire, how)()
        tmdb.wait_for_hang_up()
    wait_for_metric(server, "tmdb_requests_in_flight", 0)
    wait_for_metric(server, "http_connections", 1)


def test_a_legacy_client_that_leaves_cancels_nothing(serve: Serve, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = serve()
    session = opened(server)
    with Wire(server) as wire:
        message = json.dumps(call(1, {"query": "matrix"}))
        wire.send("POST", "/mcp", *TYPES, f"Mcp-Session-Id: {session}", body=message)
        tmdb.wait_for_requests(1)
    wait_for_metric(server, "http_connections", 1)
    assert metrics(server)["tmdb_requests_in_flight"] == 1
    cancel = notification("notifications/cancelled", {"requestId": 1})
    assert post(server, cancel, session).status == 202
    wait_for_metric(server, "tmdb_requests_in_flight", 0)
    release.set()


def test_a_session_has_one_stream_of_its_own(serve: Serve) -> None:
    server = serve()
    session = f"Mcp-Session-Id: {opened(server)}"
    with Wire(server) as first, Wire(server) as second:
        first.send("GET", "/mcp", "Accept: text/event-stream", session)
        head = first.begin()
        assert (head.status, head.fields["content-type"]) == (200, "text/event-stream")
        assert "no-cache" in head.fields["cache-control"]
        assert metrics(server)["mcp_streams"] == 1
        second.send("GET", "/mcp", "Accept: text/event-stream", session)
        assert second.begin().status == 200
        assert list(first.events()) == []
        assert metrics(server)["mcp_streams"] == 1
        assert once(server, "DELETE", "/mcp", session).status == 204
        assert list(second.events()) == []
    wait_for_metric(server, "mcp_streams", 0)


def test_an_event_that_nobody_sent_is_refused(serve: Serve) -> None:
    server = serve()
    session = f"Mcp-Session-Id: {opened(server)}"
    for event in ("1-1", "0-9", "x", "99999999999-1"):
        answer = once(server, "GET", "/mcp", "Accept: text/event-stream", session, f"Last-Event-ID: {event}")
        assert answer.status == 400, event


@pytest.mark.every_platform
def test_the_old_transport(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    with Wire(server) as stream:
        stream.send("GET", "/mcp/sse", "Accept: text/event-stream")
        assert stream.begin().fields["content-type"] == "text/event-stream"
        events = stream.events()
        endpoint = next(events)
        assert endpoint["event"] == "endpoint"
        for message in (initialize(1, "2024-11-05"), request(2, "tools/list"), call(3, {"query": "matrix"})):
            assert once(server, "POST", endpoint["data"], *TYPES, body=json.dumps(message)).status == 202
            event = next(events)
            assert event["event"] == "message"
            assert json.loads(event["data"])["id"] == message["id"]
        assert once(server, "POST", endpoint["data"], "Content-Type: text/plain", body="x").status == 415
        with Wire(server) as stranger:
            stranger.write(text("POST", endpoint["data"], *TYPES, body="{}"))
            assert stranger.response().status == 401
        assert metrics(server)["mcp_sessions"] == 1
        tmdb.fault = faults.never
        once(server, "POST", endpoint["data"], *TYPES, body=json.dumps(call(4, {"query": "parasite"})))
        tmdb.wait_for_requests(2)
    tmdb.wait_for_hang_up()
    wait_for_metric(server, "mcp_sessions", 0)
    assert once(server, "POST", endpoint["data"], *TYPES, body="{}").status == 404
    for path in ("/mcp/sse", "/mcp/sse/"):
        # Clients that try Streamable HTTP first fall back after this status, or 404.
        answer = once(server, "POST", path, *TYPES, body=json.dumps(initialize(1)))
        assert (answer.status, answer.fields["allow"]) == (405, "GET")


@pytest.mark.every_platform
def test_metrics_tell_what_was_served(serve: Serve) -> None:
    server = serve()
    before = metrics(server)
    post_modern(server, SEARCH)
    post_modern(server, call("t", {"query": ""}, MODERN))
    post_modern(server, request("u", "no/such\"} 1\n", {"_meta": meta()}), **{"Mcp-Method": 'no/such"} 1'})
    after = metrics(server)
    name, tool = "mcp_server_operation_duration_seconds", '{mcp_method_name="tools/call",gen_ai_tool_name="search"'
    assert after[f"{name}_count{tool}}}"] == 1
    assert after[f'{name}_count{tool},error_type="tool_error"}}'] == 1
    buckets = [value for key, value in after.items() if key.startswith(f"{name}_bucket{tool},le=")]
    assert buckets == sorted(buckets) and buckets[-1] == 1
    assert 0 < after[f"{name}_sum{tool}}}"] < 30
    assert not [key for key in after if "such" in key]
    assert after["tmdb_requests_total"] == before["tmdb_requests_total"] + 1
    assert after["http_requests_total"] == before["http_requests_total"] + 4
    kind = once(server, "GET", "/metrics").fields["content-type"]
    assert kind.startswith("text/plain; version=0.0.4")


def test_the_metrics_have_the_program_and_its_process(serve: Serve) -> None:
    before = int(time.time())
    server = serve()
    values = metrics(server)
    assert values[f'tmdb_mcp_build_info{{version="{VERSION}"}}'] == 1
    # Of a clock that is read more coarsely.
    assert before - 1 <= values["process_start_time_seconds"] <= time.time() + 1
    assert 0 <= values["process_cpu_seconds_total"] < 60
    kib = memory_kib(server.process)
    assert kib * 512 < values["process_resident_memory_bytes"] < kib * 2048
    open_files = values["process_open_fds"]
    assert 4 <= open_files < values["process_max_fds"]
    with Wire(server), Wire(server):
        wait_for_metric(server, "process_open_fds", open_files + 2)


def test_a_malformed_request_is_counted(serve: Serve) -> None:
    server = serve()
    with Wire(server) as wire:
        wire.write("nonsense\r\n\r\n")
        assert wire.response().status == 400
    assert metrics(server)['http_refused_requests_total{reason="malformed"}'] == 1
    assert BEARER not in server.stderr
