"""What a restart, or another replica with the same token, leaves of sessions and calls."""

from __future__ import annotations

import http.client
import json
import threading
from urllib.parse import urlsplit

import anyio
import pytest
from harness import sdk
from harness.listening import TOKEN, Listening, Serve
from harness.messages import MODERN, call, initialize, meta, notification, request
from harness.relay import Relay
from harness.wire import BEARER, TYPES, Wire, metrics, modern_fields, once, post, text
from places import wait_until

same_everywhere = pytest.mark.same_everywhere("what a session's id holds, and when a connection ends")
SEARCH = {"query": "matrix"}


def port(server: Listening) -> str:
    return str(urlsplit(server.url).port)


def begun(server: Listening, revision: str = "2025-06-18") -> str:
    """The id of a session that a client has opened."""
    session = post(server, initialize(1, revision)).fields["mcp-session-id"]
    assert post(server, notification("notifications/initialized"), session).status == 202
    return session


def test_a_session_survives_a_restart(serve: Serve) -> None:
    first = serve()
    session = begun(first)
    assert len(session) <= 128 and all(0x21 <= ord(letter) <= 0x7E for letter in session)
    first.terminate()
    again = serve(SERVER_SSE_PORT=port(first))
    assert again.url == first.url
    answer = post(again, call(2, SEARCH), session)
    assert answer.json["result"]["structuredContent"]["results"]
    figures = metrics(again)
    assert figures["mcp_sessions"] == figures["mcp_sessions_restored_total"] == 1


@same_everywhere
def test_a_replica_with_the_same_token_serves_the_session_of_another(serve: Serve) -> None:
    one, other = serve(), serve()
    session = begun(one)
    for server in (one, other, one, other):
        assert post(server, request(2, "ping"), session).status == 200
    with Wire(other) as wire:
        wire.send("DELETE", "/mcp", f"Mcp-Session-Id: {session}")
        assert wire.response().status == 204
    assert [post(server, request(3, "ping"), session).status for server in (one, other)] == [200, 404]


@same_everywhere
def test_another_token_makes_all_sessions_unknown(serve: Serve) -> None:
    session = begun(serve())
    other = serve(SSE_TOKEN="another-token-for-the-tests")
    with Wire(other) as wire:
        wire.write(
            text(
                "POST", "/mcp", "Authorization: Bearer another-token-for-the-tests", *TYPES,
                f"Mcp-Session-Id: {session}", body=json.dumps(request(2, "ping")),
            )
        )
        assert wire.response().status == 404


@same_everywhere
def test_an_id_that_was_changed_is_not_found(serve: Serve) -> None:
    server = serve()
    session = begun(server)
    for place in range(0, len(session), 7):
        forged = session[:place] + ("1" if session[place] == "0" else "0") + session[place + 1 :]
        assert post(server, request(2, "ping"), forged).status == 404
    assert metrics(server)["mcp_sessions"] == 1


@same_everywhere
def test_a_stream_of_http_sse_is_opened_again_without_an_initialize(serve: Serve) -> None:
    """As EventSource does: with the id of the last event that had one."""
    last = None
    for number in range(2):
        server = serve()
        with Wire(server) as stream:
            resumed = [f"Last-Event-ID: {last}"] if last else []
            stream.send("GET", "/mcp/sse", "Accept: text/event-stream", *resumed)
            assert stream.begin().status == 200
            events = stream.events()
            path = next(events)["data"]
            messages = [call(2, SEARCH)] if last else [initialize(1, "2024-11-05"), call(2, SEARCH)]
            for message in messages:
                assert once(server, "POST", path, *TYPES, body=json.dumps(message)).status == 202
                event = next(events)
                last = event.get("id", last)
                assert json.loads(event["data"])["id"] == message["id"]
            assert "The Matrix" in json.loads(event["data"])["result"]["content"][0]["text"], number


# Stopping while others go on sending


class Callers:
    """Clients that keep their connections and never send a call twice, as most do with POST."""

    def __init__(self, relay: Relay, count: int) -> None:
        self.answered = 0
        self.lost: list[str] = []
        self._relay = relay
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        message = request(1, "tools/list", {"_meta": meta()})
        fields = dict(line.split(": ", 1) for line in (BEARER, *modern_fields(message)))
        connection = http.client.HTTPConnection("127.0.0.1", self._relay.port, timeout=60)
        while not self._done.is_set():
            try:
                connection.request("POST", "/mcp", json.dumps(message), fields)
                answer = connection.getresponse()
                assert answer.status == 200 and json.loads(answer.read())["result"]["tools"]
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                with self._lock:
                    self.lost.append(repr(error))
                continue
            with self._lock:
                self.answered += 1
        connection.close()


def replaced(relay: Relay, new: Listening) -> None:
    """Ends the server behind the relay, which hears of it only once the server no longer says that it is ready."""
    old = relay.target
    old.process.terminate()
    wait_until(lambda: once(old, "GET", "/ready").status == 503, "the server says that it is ready")
    relay.target = new
    assert old.process.wait(60) == 0


@pytest.mark.native_only("a wire's time is no time for an emulator")
def test_a_stop_loses_no_call(serve: Serve) -> None:
    with Relay(serve(DRAIN_TIME="1"), delay=0.01) as relay:
        callers = Callers(relay, 8)
        try:
            for _ in range(2):
                before = callers.answered
                replaced(relay, serve(DRAIN_TIME="1"))
                wait_until(lambda: callers.answered > before + 8, "nobody is answered")
        finally:
            callers.finish()
    assert callers.lost == []


@same_everywhere
def test_without_connections_a_stop_does_not_wait(serve: Serve) -> None:
    server = serve(DRAIN_TIME="300")
    assert once(server, "GET", "/health").status == 200
    wait_until(lambda: metrics(server)["http_connections"] == 1, "a connection stays")
    server.terminate()


@same_everywhere
def test_while_it_drains_a_server_says_so_and_serves(serve: Serve) -> None:
    server = serve(DRAIN_TIME="300")
    session = begun(server)
    with Wire(server) as idle, Wire(server) as stream:
        assert idle.ask("GET", "/ready").status == 200
        stream.send("GET", "/mcp", "Accept: text/event-stream", f"Mcp-Session-Id: {session}")
        assert stream.begin().status == 200
        server.process.terminate()
        assert list(stream.events()) == [], "a stream is ended, so that its client comes back elsewhere"
        ready = once(server, "GET", "/ready")
        assert (ready.status, ready.closes) == (503, True)
        answer = idle.ask("POST", "/mcp", *TYPES, f"Mcp-Session-Id: {session}", body=json.dumps(call(2, SEARCH)))
        assert answer.json["result"]["structuredContent"]["results"] and answer.closes
        # Those who begin here go on elsewhere.
        assert begun(server)
        again = once(server, "GET", "/mcp", "Accept: text/event-stream", f"Mcp-Session-Id: {session}")
        assert (again.status, again.closes) == (200, True)
        assert server.process.poll() is None
        server.process.terminate()
        assert server.process.wait(60) == 0


@same_everywhere
def test_ctrl_c_does_not_wait_for_idle_clients(serve: Serve) -> None:
    server = serve(DRAIN_TIME="300")
    with Wire(server) as idle:
        assert idle.ask("GET", "/health").status == 200
        server.process.send_signal(2)
        assert idle.has_ended()
        assert server.process.wait(60) == 0


@pytest.mark.client
@pytest.mark.native_only("a wire's time is no time for an emulator")
@pytest.mark.parametrize("mode", sdk.MODES)
def test_clients_at_work_do_not_notice_a_restart(serve: Serve, mode: str) -> None:
    """The official client, with and without sessions."""
    clients, calls = 8, 12

    async def main() -> None:
        moved = anyio.Event()
        started: list[int] = []

        async def work() -> None:
            async with sdk.session(sdk.HTTP(relay.at("/mcp"), TOKEN), mode) as session:
                for number in range(calls):
                    assert (await session.search(query="matrix"))["structuredContent"]["results"]
                    started.append(number)
                    # All have begun before the restart, and all go on after it.
                    if number == calls // 2:
                        await moved.wait()

        async def move() -> None:
            while len(started) < clients * (calls // 2 - 1):
                await anyio.lowlevel.checkpoint()
                await anyio.sleep(0)
            await anyio.to_thread.run_sync(replaced, relay, second)
            moved.set()

        with anyio.fail_after(100):
            async with anyio.create_task_group() as group:
                group.start_soon(move)
                for _ in range(clients):
                    group.start_soon(work)

    second = serve(DRAIN_TIME="1")
    with Relay(serve(DRAIN_TIME="1"), delay=0.005) as relay:
        anyio.run(main)
    if mode != MODERN and mode != "auto":
        assert metrics(second)["mcp_sessions_restored_total"] == clients
