"""How the program starts, ends, and copes with the streams that it is given."""

import fcntl
import json
import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import structured
from harness.messages import Message, call, initialize, notification, request
from harness.process import DEADLINE, Server, Start
from standin import StandIn, faults


def opening(*more: Message) -> list[Message]:
    return [initialize("open"), notification("notifications/initialized"), *more]


def lines(messages: list[Message]) -> bytes:
    return b"".join(json.dumps(message).encode() + b"\n" for message in messages)


def test_the_end_of_input_ends_the_program(start: Start) -> None:
    start().finish(code=0)


def test_the_end_of_input_before_any_message_ends_the_program(start: Start) -> None:
    start(opened=False).finish(code=0)


def test_initialize_and_then_the_end_of_input_is_answered(start: Start) -> None:
    server = start(opened=False)
    server.send(initialize(1))
    server.close_input()
    assert [message["id"] for message in server.receive_to_end()] == [1]
    assert server.wait_for_exit() == 0


def test_calls_in_flight_at_the_end_of_input_are_answered(start: Start, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send_all(call(number, {"query": "matrix"}) for number in range(20))
    server.close_input()
    tmdb.wait_for_requests(1)
    release.set()
    answers = server.receive_to_end()
    assert sorted(answer["id"] for answer in answers) == list(range(20))
    assert all(structured(answer["result"])["results"] for answer in answers)
    assert server.wait_for_exit() == 0


def test_a_last_line_without_its_newline_is_answered(start: Start) -> None:
    server = start()
    server.send_bytes(json.dumps(request("last", "ping")).encode())
    server.close_input()
    assert [message["id"] for message in server.receive_to_end()] == ["last"]
    assert server.wait_for_exit() == 0


def test_a_termination_signal_ends_an_idle_program(start: Start) -> None:
    server = start()
    server.terminate()
    assert server.wait_for_exit() == 0


def test_a_termination_signal_leaves_time_for_the_call_in_flight(start: Start, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send(call("flight", {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.terminate()
    release.set()
    answers = server.receive_to_end()
    assert [answer["id"] for answer in answers] == ["flight"]
    assert structured(answers[0]["result"])["results"]
    assert server.wait_for_exit() == 0


def test_a_termination_signal_is_not_held_up_by_an_upstream_that_never_answers(start: Start, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    server = start(TMDB_TIMEOUT="2")
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.terminate()
    assert server.wait_for_exit() == 0


def test_a_call_that_waits_for_ever_does_not_keep_the_program_after_the_end_of_input(
    start: Start, tmdb: StandIn
) -> None:
    tmdb.fault = faults.never
    server = start(TMDB_TIMEOUT="300")
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.close_input()
    (answer,) = server.receive_to_end()
    assert answer["id"] == 1 and answer["result"]["isError"]
    assert server.wait_for_exit() == 0
    (line,) = (line for line in server.log if "end of the input" in line["msg"])
    assert line["level"] == "warn" and line["msg"].endswith(": 1, given up")


def test_a_termination_signal_after_the_end_of_input_ends_at_once(start: Start, tmdb: StandIn) -> None:
    """As SDKs do it: they close the input, wait two seconds, and send the signal."""
    tmdb.fault = faults.never
    server = start(TMDB_TIMEOUT="300")
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.close_input()
    server.terminate()
    assert server.wait_for_exit() == 0
    assert "given up" not in server.stderr, "it ended since the time was over, not since it was told to"


def test_input_from_a_file_and_output_to_a_file(start: Start, logs: Path) -> None:
    """Regular files cannot be polled with epoll."""
    source, target = logs / "input.jsonl", logs / "output.jsonl"
    source.write_bytes(lines(opening(call("matrix", {"query": "matrix"}), request("list", "tools/list"))))
    with source.open("rb") as stdin, target.open("wb") as stdout:
        server = start(opened=False, streams={"stdin": stdin.fileno(), "stdout": stdout.fileno()})
        assert server.process.wait(DEADLINE) == 0
    answers = {answer["id"]: answer for answer in map(json.loads, target.read_text().splitlines())}
    assert set(answers) == {"open", "matrix", "list"}
    assert structured(answers["matrix"]["result"])["results"]


def test_input_from_nowhere_ends_the_program(start: Start) -> None:
    assert start(opened=False, streams={"stdin": subprocess.DEVNULL}).wait_for_exit() == 0


def test_both_streams_on_a_socket(start: Start) -> None:
    """Some hosts connect a pair of sockets instead of pipes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        server = start(opened=False, streams={"stdin": theirs.fileno(), "stdout": theirs.fileno()})
        theirs.close()
        ours.settimeout(DEADLINE)
        ours.sendall(lines(opening(call("matrix", {"query": "matrix"}))))
        ours.shutdown(socket.SHUT_WR)
        with ours.makefile("rb") as stream:
            answers = {answer["id"]: answer for answer in map(json.loads, stream)}
        assert structured(answers["matrix"]["result"])["results"]
        assert server.process.wait(DEADLINE) == 0


def test_a_reader_that_is_gone_ends_the_program(start: Start) -> None:
    server = start()
    server.process.stdout.close()
    server.send_bytes(lines([request(1, "ping")]), reading=False)
    assert server.process.wait(DEADLINE) >= 0, "it was killed by a signal"


def test_a_client_that_is_gone_ends_a_call_that_waits(start: Start, tmdb: StandIn) -> None:
    """Nobody is there for the answer: the program does not wait for it."""
    tmdb.fault = faults.never
    server = start(TMDB_TIMEOUT="300")
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.process.stdout.close()
    server.close_input()
    assert server.process.wait(DEADLINE) == 1
    assert "given up" not in server.stderr, "it ended since the time was over, not since nobody reads"
    assert "takes no more answers" in server.stderr


def small_pipe(server: Server) -> None:
    fcntl.fcntl(server.process.stdout.fileno(), fcntl.F_SETPIPE_SZ, 4096)


def test_a_slow_reader_loses_nothing(start: Start) -> None:
    server = start()
    small_pipe(server)
    server.send_bytes(lines([request(number, "tools/list") for number in range(200)]), reading=False)
    for _ in range(2000):
        server.read_some(7)
    assert [server.receive()["id"] for _ in range(200)] == list(range(200))
    assert server.is_alive()


def test_a_slow_reader_loses_nothing_at_the_end_of_input(start: Start) -> None:
    server = start()
    small_pipe(server)
    server.send_bytes(lines([request(number, "tools/list") for number in range(200)]), reading=False)
    server.close_input()
    assert [message["id"] for message in server.receive_to_end()] == list(range(200))
    assert server.wait_for_exit() == 0


@pytest.mark.native_only("qemu itself takes the free descriptor")
@pytest.mark.parametrize("closed", [2, 0], ids=["standard error", "standard input"])
def test_a_stream_that_is_closed_at_the_start_does_no_harm(binary: Binary, closed: int, tmdb: StandIn) -> None:
    """A descriptor that the program opens next must not be taken for the closed stream."""
    script = f'exec "$@" {closed}>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *binary.on_stdio],
        input=lines(opening(request("list", "tools/list"))),
        capture_output=True,
        timeout=DEADLINE,
        env={"TMDB_BASE_URL": tmdb.url, "PATH": os.defpath},
    )
    assert done.returncode >= 0, "it was killed by a signal"
    answers = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert answers == ([] if closed == 0 else ["open", "list"])
