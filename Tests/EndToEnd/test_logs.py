"""What the server writes on standard error while it serves."""

from __future__ import annotations

import datetime
import json
import os
import re
import select
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from harness.binaries import Binary
from harness.expectations import structured
from harness.listening import Serve
from harness.messages import MODERN, call, meta, request
from harness.process import DEADLINE, LIFE, Start, environment
from harness.wire import Wire, modern_fields
from places import wait_until
from standin import API_KEY, StandIn, faults

pytestmark = pytest.mark.same_everywhere("lines of text")

TRACE = "0af7651916cd43dd8448eb211c80319c"


def requests_in(log: list[dict]) -> list[dict]:
    return [line for line in log if line["msg"] == "request"]


@pytest.mark.every_platform
def test_a_call_has_one_line_with_its_facts(start: Start, tmdb: StandIn) -> None:
    server = start(revision=MODERN)
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(milliseconds=1)
    message = call(1, {"query": "secret-words"}, MODERN)
    message["params"]["_meta"]["traceparent"] = f"00-{TRACE}-b7ad6b7169203331-01"
    server.result_of(message)
    server.finish()
    (line,) = server.log
    assert list(line)[:3] == ["time", "level", "msg"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    when = datetime.datetime.fromisoformat(line["time"])
    assert before <= when <= datetime.datetime.now(datetime.UTC)
    facts = {"level": "info", "method": "tools/call", "tool": "search", "outcome": "ok", "trace_id": TRACE}
    assert facts.items() <= line.items()
    assert 0 < line["duration_ms"] < DEADLINE * 1000
    # However few turns of the loop it took.
    assert line["upstream_waits"] == 1 and 0 < line["upstream_ms"] <= line["duration_ms"]
    assert "secret-words" not in server.stderr


def test_housekeeping_is_told_at_the_level_debug_alone(start: Start) -> None:
    for level, expected in (("info", []), ("debug", ["initialize", "ping", "tools/list"])):
        server = start(LOGGING_LEVEL=level)
        assert server.is_alive()
        server.result_of(request(1, "tools/list"))
        server.finish()
        assert [line["method"] for line in requests_in(server.log)] == expected


def test_stdio_logs_what_needs_attention_alone_unless_it_is_told_otherwise(
    start: Start, serve: Serve, tmdb: StandIn
) -> None:
    for level, logged in (("", 0), ("auto", 0), ("info", 1)):
        server = start(LOGGING_LEVEL=level)
        structured(server.call({"query": "matrix"}))
        server.finish()
        assert len(server.log) == logged and bool(server.whole_log) == bool(logged)
    server = start(key=None, LOGGING_LEVEL="")
    server.finish()
    assert [line["level"] for line in server.whole_log] == ["warn"]
    assert "listening on" in serve().stderr


def test_failures_are_told_with_their_kind(start: Start, tmdb: StandIn) -> None:
    server = start()
    server.error_of(request(1, "made-up/method\n"))
    server.error_of(request(2, "tools/call", {"name": "made-up" * 100, "arguments": {"query": "secret-words"}}))
    assert server.call({"query": []})["isError"]
    tmdb.fault = faults.never
    server.send(call(3, {"query": "x"}))
    tmdb.wait_for_requests(1)
    server.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 3}})
    assert server.is_alive()
    server.finish()
    lines = requests_in(server.log)
    assert [line["outcome"] for line in lines] == ["refused", "refused", "tool_error", "cancelled"]
    assert [line.get("code") for line in lines] == [-32601, -32602, None, None]
    # Whoever runs the server sees what a client was made for; its own words are cut short, escaped and not counted by.
    assert [line.get("method") for line in lines] == [None, *["tools/call"] * 3]
    assert lines[0]["unknown_method"] == "made-up/method\n"
    assert len(lines[1]["unknown_tool"]) < 200 and lines[1]["unknown_tool"].startswith("made-upmade-up")
    assert "tool" not in lines[1] and "\\nmade" not in server.stderr
    assert "secret-words" not in server.stderr


def test_at_the_level_error_a_server_that_is_well_is_silent(start: Start) -> None:
    server = start(LOGGING_LEVEL="error")
    server.call({"query": "x"})
    server.finish()
    assert server.stderr == ""


def test_text_is_one_readable_line(start: Start) -> None:
    server = start(LOGGING_FORMAT="text")
    server.call({"query": "x"})
    server.finish()
    form = r"\d\d:\d\d:\d\d\.\d{3} info  request method=tools/call tool=search outcome=ok duration_ms=\d+\.\d{3}.*"
    assert re.fullmatch(form, server.stderr.splitlines()[1])


def test_on_a_terminal_lines_are_text(binary: Binary, tmdb: StandIn) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*binary.command, "--server-mode=sse", "--sse-port=0"], stdin=subprocess.DEVNULL, stderr=theirs,
        stdout=subprocess.DEVNULL, env=environment(tmdb.url, API_KEY, SSE_TOKEN="x" * 16),
    ) as process:  # fmt: skip
        os.close(theirs)
        assert select.select([ours], [], [], DEADLINE)[0]
        line = os.read(ours, 1000).decode()
        process.terminate()
        assert process.wait(DEADLINE) == 0
    os.close(ours)
    form = r"\d\d:\d\d:\d\d\.\d{3} info  listening on http://127\.0\.0\.1:\d+/mcp version=[0-9.]+ mode=sse .*\r\n"
    assert re.match(form, line)


def test_upstream_requests_are_told_at_the_level_debug_without_their_query(start: Start, tmdb: StandIn) -> None:
    server = start(LOGGING_LEVEL="debug")
    server.call({"query": "secret-words"})
    server.finish()
    (line,) = [line for line in server.log if line["msg"] == "TMDB"]
    assert line["url"] == f"{tmdb.url}/search/multi" and line["status"] == 200
    assert "secret-words" not in server.stderr


def test_controls_in_what_is_told_are_escaped(binary: Binary, tmdb: StandIn, tmp_path) -> None:  # noqa: ANN001
    folder = tmp_path / "a\x1b[31m\"\\\u202e\U000e0041b"
    folder.mkdir()
    config = folder / "c.yaml"
    config.write_text(f"tmdb:\n  api_key: {API_KEY}\n")
    config.chmod(0o644)
    for form in ("json", "text"):
        done = subprocess.run(
            [*binary.command, "--server-mode=stdio", f"--logging-format={form}", "--config", str(config)],
            stdin=subprocess.DEVNULL, capture_output=True, env=environment(tmdb.url, None), timeout=DEADLINE,
        )  # fmt: skip
        assert done.returncode == 0
        assert not set(done.stderr.decode()) & {"\x1b", "\u202e", "\U000e0041"}
        if form == "json":
            assert str(config) in json.loads(done.stderr)["msg"]


@pytest.fixture
def unread(binary: Binary, tmdb: StandIn) -> Iterator[tuple[subprocess.Popen, int]]:
    """A server on standard input and output, and the end of a pipe that its log goes to."""
    ours, theirs = os.pipe()
    process = subprocess.Popen(
        [*binary.command, "--server-mode=stdio", "--logging-level=debug"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=theirs, env=environment(tmdb.url, API_KEY),
    )  # fmt: skip
    os.close(theirs)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        os.close(ours)


def ping(process: subprocess.Popen, count: int) -> None:
    """Each is answered before the next is sent: the server's turns are as many."""
    for number in range(count):
        process.stdin.write(json.dumps(request(number, "server/discover", {"_meta": meta()})).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number


@pytest.mark.every_platform
def test_a_log_that_nobody_reads_holds_nothing_up_and_what_was_dropped_is_counted(
    unread: tuple[subprocess.Popen, int],
) -> None:
    """The pipe takes 64 KiB and the server holds 256 KiB more, each line has about 130 bytes."""
    process, log = unread
    ping(process, 4000)
    text = b""
    while b"log lines were dropped" not in text:
        while select.select([log], [], [], 0.1)[0]:
            text += os.read(log, 65536)
        ping(process, 1)
    process.stdin.close()
    while data := os.read(log, 65536):
        text += data
    lines = [json.loads(line) for line in text.splitlines()]
    (note,) = [line for line in lines if line["msg"] not in ("request", *LIFE)]
    assert note["level"] == "warn"
    assert 1 <= note["count"] <= 4000 - (len(lines) - 1 - 100)
    assert process.wait(DEADLINE) == 0


@pytest.mark.every_platform
def test_a_log_that_is_read_again_catches_up_while_requests_go_on(unread: tuple[subprocess.Popen, int]) -> None:
    process, log = unread
    ping(process, 4000)
    caught_up = threading.Event()

    def read() -> None:
        text = b""
        while data := os.read(log, 65536):
            text += data
            if b"log lines were dropped" in text:
                caught_up.set()

    reader = threading.Thread(target=read)
    reader.start()
    end = time.monotonic() + DEADLINE
    while not caught_up.is_set():
        assert time.monotonic() < end, "the log stays behind"
        ping(process, 500)
    process.stdin.close()
    assert process.wait(DEADLINE) == 0
    reader.join(DEADLINE)


@pytest.mark.every_platform
def test_a_log_whose_reader_has_gone_ends_nothing(unread: tuple[subprocess.Popen, int]) -> None:
    process, log = unread
    os.dup2(os.open(os.devnull, os.O_RDONLY), log)
    ping(process, 10)
    process.stdin.close()
    assert process.wait(DEADLINE) == 0


def test_lines_of_http_are_in_the_log_of_the_server(serve: Serve) -> None:
    server = serve()
    message = call("s", {"query": "x"}, MODERN)
    with Wire(server) as wire:
        wire.send("POST", "/mcp", *modern_fields(message), body=json.dumps(message))
        assert wire.response().status == 200
    server.terminate()
    told = [line["msg"].split(" http")[0] for line in server.log]
    assert told == ["listening on", "request", "stopping", "stopped"]


def end_of(log: list[dict]) -> list[tuple[str, dict]]:
    """The lines of the end, without what every line has."""
    common = ("time", "level", "msg")
    return [(line["msg"], {name: value for name, value in line.items() if name not in common}) for line in log[-2:]]


def test_the_end_is_told_with_its_cause_and_what_it_waited_for(serve: Serve, start: Start) -> None:
    server = serve(DRAIN_TIME="1")
    with Wire(server) as wire:
        assert wire.ask("GET", "/health").status == 200
        server.terminate()
    (stopping, why), (stopped, waits) = end_of(server.log)
    assert (stopping, why, stopped) == ("stopping", {"cause": "SIGTERM", "http_connections": 1}, "stopped")
    assert list(waits) == ["drain_ms", "requests_ms"] and waits["drain_ms"] >= 1000
    on_stdio = start()
    on_stdio.finish()
    (_, why), (_, waits) = end_of(on_stdio.whole_log)
    assert why == {"cause": "end of input"} and list(waits) == ["requests_ms"]


def test_a_second_signal_ends_it_with_the_same_lines(serve: Serve, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    server = serve(TMDB_TIMEOUT="300")
    message = call("s", {"query": "x"}, MODERN)
    with Wire(server) as wire:
        wire.send("POST", "/mcp", *modern_fields(message), body=json.dumps(message))
        tmdb.wait_for_requests(1)
        server.process.terminate()
        wait_until(lambda: "stopping" in server.stderr, "the signal is not told")
        server.terminate()
    assert [line["msg"] for line in server.log[-3:]] == ["stopping", "request", "stopped"]
