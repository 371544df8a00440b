"""Many connections, and too few file descriptors for them."""

import json
import os
import resource

import pytest
from harness.binaries import Binary
from harness.listening import Serve
from harness.messages import MODERN, call, initialize, meta, request
from harness.wire import Wire, metrics, modern_fields, post, post_modern

DISCOVER = request(1, "server/discover", {"_meta": meta()})
SEARCH = call("s", {"query": "matrix"}, MODERN)


@pytest.mark.native_only("under qemu the limit would be the emulator's")
def test_a_server_without_descriptors_left_goes_on_and_recovers(serve: Serve, binary: Binary) -> None:
    server = serve()
    limit = 40
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (limit, limit))
    with Wire(server) as kept:
        assert kept.ask("GET", "/health").status == 200
        crowd = [Wire(server) for _ in range(limit + 10)]
        try:
            # All that the system gives are taken now; who is inside is served.
            assert kept.ask("GET", "/health").status == 200
            assert len(os.listdir(f"/proc/{server.process.pid}/fd")) <= limit
            assert kept.ask("POST", "/mcp", *modern_fields(DISCOVER), body=json.dumps(DISCOVER)).status == 200
        finally:
            for wire in crowd:
                wire.close()
        assert kept.ask("GET", "/health").status == 200
    assert post_modern(server, DISCOVER).status == 200


@pytest.mark.native_only("under qemu the limit would be the emulator's")
def test_idle_clients_leave_descriptors_for_tmdb_and_places_for_others(serve: Serve, binary: Binary) -> None:
    """Whoever has been idle for longest gives way, a stream never."""
    server = serve(shell='ulimit -n 256; exec "$0" "$@"')
    session = post(server, initialize(1)).fields["mcp-session-id"]
    with Wire(server) as stream, Wire(server) as idle:
        stream.send("GET", "/mcp", "Accept: text/event-stream", f"Mcp-Session-Id: {session}")
        assert stream.begin().status == 200
        assert idle.ask("GET", "/health").status == 200
        crowd = [Wire(server) for _ in range(300)]
        try:
            answer = post_modern(server, SEARCH)
            assert not answer.json["result"].get("isError")
            assert idle.has_ended()
            figures = metrics(server)
            assert figures["http_connections"] <= 128
            assert figures["http_evicted_connections_total"] >= 300 + 2 - 128
            assert figures["mcp_streams"] == 1
            server.process.terminate()
            assert list(stream.events()) == [], "a stream is ended as a whole, by the end of the server alone"
        finally:
            for wire in crowd:
                wire.close()


def test_a_thousand_connections_at_once(serve: Serve, binary: Binary) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        server = serve()
        wires = [Wire(server) for _ in range(1000)]
        try:
            for wire in wires:
                wire.send("GET", "/health")
            assert all(wire.response().status == 200 for wire in wires)
            assert metrics(server)["http_connections"] == 1001
        finally:
            for wire in wires:
                wire.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
