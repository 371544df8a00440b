"""How the program on HTTP starts, keeps its token, runs short of descriptors and stops."""

import contextlib
import json
import os
import re
import resource
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN, Listening, Serve
from harness.messages import MODERN, call, initialize, meta, request
from harness.process import Server, environment
from harness.wire import BEARER, DEADLINE, TYPES, Wire, metrics, modern_fields, once, post, post_modern, text
from places import wait_until
from standin import API_KEY, StandIn, faults

same_everywhere = pytest.mark.same_everywhere("a token is text in a file")

DISCOVER = request(1, "server/discover", {"_meta": meta()})
SEARCH = call("s", {"query": "matrix"}, MODERN)
MADE = re.compile(r"[0-9a-f]{64}")
ADDRESS = re.compile(r"http://[0-9.]+:\d+/mcp")


def address(server: Server) -> str:
    """Where a server that also serves standard input says that it listens; it has said so once it answers."""
    return ADDRESS.search(server.stderr)[0]


Both = Callable[..., Server]


@pytest.fixture
def both(binary: Binary, tmdb: StandIn, logs: Path) -> Iterator[Both]:
    """Starts servers on standard input and HTTP, with an open session on standard input."""
    running: list[Server] = []

    def begin(port: str = "0", mode: str = "both", opened: bool = True, stdin: int = subprocess.PIPE,
              **variables: str) -> Server:
        settings = {"SERVER_MODE": mode, "SERVER_SSE_PORT": port, "SSE_TOKEN": TOKEN, "DRAIN_TIME": "0"} | variables
        server = Server(
            binary.command,
            environment(tmdb.url, API_KEY, **settings),
            logs / f"both-{len(running) + 1}.log",
            secrets=(API_KEY, TOKEN),
            stdin=stdin,
        )
        running.append(server)
        if opened:
            server.open()
        return server

    try:
        yield begin
    finally:
        for server in running:
            server.kill()


def test_both_are_served_at_once(both: Both, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = both()
    url = address(server)
    with Wire(url) as wire:
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        server.send(call("stdio", {"query": "parasite"}))
        tmdb.wait_for_requests(2)
        release.set()
        assert wire.response().json["id"] == "s"
        assert server.receive()["id"] == "stdio"
    server.process.terminate()
    assert server.wait_for_exit() == 0


def test_the_end_of_the_client_on_standard_input_ends_http_too(both: Both, tmdb: StandIn) -> None:
    """Whoever starts a server on standard input wants it to end with it, and the port to be free for the next."""
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = both()
    with Wire(address(server)) as wire, Wire(address(server)) as idle:
        assert idle.ask("GET", "/ready").status == 200
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        tmdb.wait_for_requests(1)
        server.close_input()
        assert idle.has_ended()
        release.set()
        answer = wire.response()
        assert answer.json["id"] == "s" and answer.closes
    assert server.wait_for_exit() == 0


def test_a_call_of_standard_input_does_not_outlive_its_end(both: Both, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    server = both(TMDB_TIMEOUT="300")
    server.send(call("stdio", {"query": "parasite"}))
    tmdb.wait_for_requests(1)
    server.close_input()
    assert [message["id"] for message in server.receive_to_end()] == ["stdio"], "it is told that it is given up"
    assert server.wait_for_exit() == 0
    assert "given up" in server.stderr


@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, subprocess.PIPE], ids=["/dev/null", "closed"])
def test_http_goes_on_without_a_client_on_standard_input(both: Both, stdin: int) -> None:
    """As under `docker run --detach`, and in a shell with its input closed."""
    server = both(opened=False, stdin=stdin)
    wait_until(lambda: ADDRESS.search(server.stderr), "it does not listen")
    if stdin == subprocess.PIPE:
        # Blank lines are no messages.
        server.send_bytes(b"\n \n")
        server.close_input()
    with Wire(address(server)) as wire:
        assert wire.ask("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH)).status == 200
    server.process.terminate()
    assert server.process.wait(DEADLINE) == 0


def test_standard_input_alone_listens_nowhere(both: Both) -> None:
    server = both(mode="stdio")
    assert server.stderr == ""
    server.close_input()
    assert server.wait_for_exit() == 0


@contextlib.contextmanager
def terminal() -> Iterator[int]:
    ours, theirs = os.openpty()
    try:
        yield theirs
    finally:
        os.close(theirs)
        os.close(ours)


def test_a_client_that_starts_the_program_opens_no_port_unless_it_asks_for_one(both: Both) -> None:
    server = both(port="", mode="", SSE_TOKEN="")
    assert server.stderr == ""
    server.finish()
    server = both(port="0", mode="")
    assert ADDRESS.search(server.stderr)
    server.finish()
    nobody = both(mode="", opened=False, stdin=subprocess.DEVNULL)
    wait_until(lambda: ADDRESS.search(nobody.stderr), "it does not listen")
    nobody.terminate()
    assert nobody.wait_for_exit() == 0


def test_a_port_in_use_ends_http_for_a_client_alone(both: Both, binary: Binary, tmdb: StandIn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = both(port)
        told = server.receive()
        assert told["method"] == "notifications/message"
        assert server.is_alive()
        assert port in server.stderr and "--sse-port" in server.stderr
        assert told["params"]["level"] == "error" and port in told["params"]["data"]
        server.close_input()
        assert server.wait_for_exit() == 0
        unused = both(port, opened=False)
        unused.close_input()
        assert unused.wait_for_exit() == 1
        # Nobody is there whom standard input alone would serve.
        assert both(port, opened=False, stdin=subprocess.DEVNULL).wait_for_exit() == 1
        with terminal() as theirs:
            assert both(port, opened=False, stdin=theirs).wait_for_exit() == 1
        variables = environment(tmdb.url, API_KEY, SERVER_MODE="sse", SERVER_SSE_PORT=port, SSE_TOKEN=TOKEN)
        alone = subprocess.run(
            binary.command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=DEADLINE, text=True
        )
    assert alone.returncode == 1
    assert port in alone.stderr and "--sse-port" in alone.stderr
    assert alone.stdout == ""


def served(server: Listening, token: str) -> int:
    with Wire(server) as wire:
        fields = (f"Authorization: Bearer {token}", *modern_fields(DISCOVER))
        wire.write(text("POST", "/mcp", *fields, body=json.dumps(DISCOVER)))
        return wire.response().status


def token_in(config: Path) -> str:
    return MADE.search(config.read_text())[0]


def test_a_token_is_made_kept_and_used_again(serve: Serve, binary: Binary, tmp_path: Path) -> None:
    config = tmp_path / ".tmdb-mcp" / "config.yaml"
    first = serve(SSE_TOKEN="", HOME=str(tmp_path))
    token = token_in(config)
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert str(config) in first.stderr
    assert served(first, token) == 200
    assert served(first, TOKEN) == served(first, "") == 401
    second = serve(SSE_TOKEN="", HOME=str(tmp_path))
    assert token_in(config) == token
    assert served(second, token) == 200
    for server in (first, second):
        assert not MADE.search(server.stderr)
        assert token not in Path(f"/proc/{server.process.pid}/cmdline").read_text()


@same_everywhere
def test_servers_that_start_at_once_share_a_token(serve: Serve, tmp_path: Path) -> None:
    found: list[Listening] = []
    threads = [threading.Thread(target=lambda: found.append(serve(SSE_TOKEN="", HOME=str(tmp_path)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    token = token_in(tmp_path / ".tmdb-mcp" / "config.yaml")
    assert [served(server, token) for server in found] == [200] * 4


@same_everywhere
def test_a_token_that_cannot_be_kept_is_shown_once(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / ".tmdb-mcp").write_text("in the way of the folder")
    server = serve(SSE_TOKEN="", HOME=str(tmp_path))
    shown = MADE.findall(server.stderr)
    assert len(shown) == 1
    assert served(server, shown[0]) == 200
    again = serve(SSE_TOKEN="", HOME=str(tmp_path))
    assert MADE.findall(again.stderr) != shown


@same_everywhere
@pytest.mark.parametrize("mode", ["sse", "both"])
def test_where_nothing_can_be_written_the_way_out_is_told(serve: Serve, tmp_path: Path, mode: str) -> None:
    """As in a container with a read-only root and without a volume."""
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: this user may make no mount namespace")
    mount = f'mount -t tmpfs -o ro tmpfs {tmp_path} && exec "$0" "$@"'
    shell = f"""exec unshare --mount sh -c '{mount}' "$0" "$@" """
    server = serve(SSE_TOKEN="", SERVER_MODE=mode, HOME=str(tmp_path), shell=shell)
    (shown,) = MADE.findall(server.stderr)
    for words in ("cannot keep", str(tmp_path), "Read-only file system", "SSE_TOKEN", "SSE_TOKEN_FILE"):
        assert words in server.stderr
    assert served(server, shown) == 200


@same_everywhere
def test_without_a_home_the_token_is_shown_too(serve: Serve) -> None:
    server = serve(SSE_TOKEN="")
    assert served(server, MADE.search(server.stderr)[0]) == 200


@same_everywhere
def test_a_token_of_sixteen_characters_is_the_shortest(serve: Serve, binary: Binary, tmdb: StandIn) -> None:
    token = "0123456789abcdef"
    assert served(serve(SSE_TOKEN=token), token) == 200
    variables = environment(tmdb.url, API_KEY, SERVER_MODE="sse", SERVER_SSE_PORT="0", SSE_TOKEN=token[:-1])
    refused = subprocess.run(binary.command, env=variables, capture_output=True, timeout=DEADLINE, text=True)
    assert refused.returncode == 2
    assert "SSE_TOKEN" in refused.stderr and token[:-1] not in refused.stderr


@pytest.mark.native_only("under qemu the command line is the emulator's, which the program cannot reach")
def test_a_token_on_the_command_line_is_hidden_from_other_processes(serve: Serve, binary: Binary) -> None:
    server = serve("--sse-token", TOKEN, SSE_TOKEN="")
    assert served(server, TOKEN) == 200
    assert TOKEN.encode() not in Path(f"/proc/{server.process.pid}/cmdline").read_bytes()


# Stopping


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
    server = serve()
    with Wire(server) as wire, Wire(server) as stream:
        stream.send("GET", "/mcp/sse", "Accept: text/event-stream")
        assert stream.begin().status == 200
        wire.send("POST", "/mcp", *modern_fields(SEARCH), body=json.dumps(SEARCH))
        tmdb.wait_for_requests(1)
        server.process.send_signal(number)
        # It has been seen once streams end.
        assert [event["event"] for event in stream.events()] == ["endpoint"]
        server.process.send_signal(number)
        assert server.process.wait(5) == 0
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


# Descriptors


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
