"""Standard input and HTTP served by one process: which of them starts, and which ends the other."""

import contextlib
import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN
from harness.messages import MODERN, call
from harness.process import Server, environment
from harness.wire import DEADLINE, Wire, modern_fields
from places import wait_until
from standin import API_KEY, StandIn, faults

SEARCH = call("s", {"query": "matrix"}, MODERN)
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
