"""Graceful shutdown: what is in flight is answered, and nobody keeps the server."""

import json
import signal
import threading

import pytest
from harness.listening import Serve
from harness.messages import MODERN, call, initialize
from harness.wire import BEARER, DEADLINE, TYPES, Wire, metrics, modern_fields, once, post, text
from standin import StandIn, faults

SEARCH = call("s", {"query": "matrix"}, MODERN)


def test_a_call_in_flight_is_answered_before_the_end(serve: Serve, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = serve()
    session = post(server, initialize(1)).fields["mcp-session-id"]
    legacy_call = json.dumps(call("l", {"query": "parasite"}))
    with (
        Wire(server) as modern,
        Wire(server) as legacy,
        Wire(server) as begun,
        Wire(server) as stream,
        Wire(server) as old,
    ):
        modern.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        legacy.send("POST", "/mcp", *TYPES, f"Mcp-Session-Id: {session}", body=legacy_call)
        stream.send("GET", "/mcp", "Accept: text/event-stream", f"Mcp-Session-Id: {session}")
        old.send("GET", "/mcp/sse", "Accept: text/event-stream")
        assert stream.begin().status == old.begin().status == 200
        begun.write("GET /ready HTTP/1.1\r\n")
        tmdb.wait_for_requests(2)
        assert once(server, "GET", "/ready").status == 200
        server.process.terminate()
        assert list(stream.events()) == [], "a stream is ended as a whole"
        assert [event["event"] for event in old.events()] == ["endpoint"]
        with pytest.raises(ConnectionRefusedError):
            Wire(server)
        begun.write("Host: localhost\r\n\r\n")
        ready = begun.response()
        assert (ready.status, ready.json, ready.closes) == (503, {"status": "draining"}, True)
        assert server.process.poll() is None
        release.set()
        for wire, identifier in ((modern, "s"), (legacy, "l")):
            answer = wire.response()
            assert answer.closes
            assert answer.json["id"] == identifier
            assert answer.json["result"]["structuredContent"]["results"]
    assert server.process.wait(DEADLINE) == 0


def test_a_call_has_the_time_that_it_may_wait_for_tmdb(serve: Serve, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    server = serve(TMDB_TIMEOUT="1")
    with Wire(server) as wire:
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        tmdb.wait_for_requests(1)
        server.process.terminate()
        answer = wire.response()
        assert answer.closes
        assert "TMDB" in answer.json["result"]["content"][0]["text"]
    assert server.process.wait(DEADLINE) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_at_once(serve: Serve, tmdb: StandIn, number: int) -> None:
    tmdb.fault = faults.never
    server = serve(TMDB_TIMEOUT="300")
    with Wire(server) as wire, Wire(server) as stream:
        stream.send("GET", "/mcp/sse", "Accept: text/event-stream")
        assert stream.begin().status == 200
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        tmdb.wait_for_requests(1)
        server.process.send_signal(number)
        # It has been seen once streams end.
        assert [event["event"] for event in stream.events()] == ["endpoint"]
        server.process.send_signal(number)
        assert server.process.wait(DEADLINE) == 0
        assert wire.rest() == b""
    tmdb.wait_for_hang_up()


def test_a_reader_that_has_stopped_reading_does_not_keep_the_server(serve: Serve) -> None:
    server = serve()
    with Wire(server, receive_buffer=4096) as wire:
        wire.write(text("GET", "/metrics", BEARER) * 2000)
        assert metrics(server)["http_connections"] >= 1
        server.process.terminate()
        server.process.terminate()
        assert server.process.wait(DEADLINE) == 0
