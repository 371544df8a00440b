"""What a client is told of a call before its result, where it asks for that."""

import json
import socket

import pytest
from harness.expectations import structured
from harness.messages import META, MODERN, NEWEST_LEGACY, Message, call, meta, notification, request
from harness.process import DEADLINE, Server, Start
from standin import StandIn, faults, plans

ERAS = pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])


def with_meta(message: Message, revision: str, **members: object) -> Message:
    usual = meta() if revision == MODERN else {}
    return message | {"params": message["params"] | {"_meta": usual | members}}


def told_before(server: Server, identifier: str) -> list[Message]:
    told = []
    while (message := server.receive()).get("id") != identifier:
        told.append(message)
    assert structured(message["result"])
    return told


@ERAS
def test_a_call_for_several_titles_tells_its_progress(start: Start, tmdb: StandIn, revision: str) -> None:
    server = start(revision=revision)
    gate = plans.Gate()
    # The second answer comes once a quarter of a second has passed, since the server waits to ask again.
    again = plans.Script([faults.status(429, retry_after=1)])
    tmdb.fault = plans.ByPath({"/3/movie/841": again, "/3/movie/438631": gate})
    message = call("c", {"media_type": "movie", "ids": [603, 841, 438631]}, revision, name="get_details")
    server.send(with_meta(message, revision, progressToken="p"))
    told = [server.receive()]
    # On a slow machine the first answer alone takes so long that it is told too.
    if told[0]["params"]["progress"] == 1:
        told.append(server.receive())
    assert told[-1] == notification("notifications/progress", {"progressToken": "p", "progress": 2, "total": 3})
    gate.release()
    assert told_before(server, "c") == []
    server.send(with_meta(message | {"id": "d"}, revision))
    assert told_before(server, "d") == []


def test_progress_shares_no_write_with_the_result(start: Start, tmdb: StandIn) -> None:
    # A socket of this kind keeps what was written together.
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(DEADLINE)
    with ours, its:
        server = start(revision=MODERN, streams={"stdout": its.fileno()})
        # All four are asked again after a second, and answered at once.
        tmdb.fault = plans.Script([faults.status(429, retry_after=1)] * 4)
        message = call("c", {"media_type": "movie", "ids": [603, 604, 605, 841]}, MODERN, name="get_details")
        line = json.dumps(with_meta(message, MODERN, progressToken="p")) + "\n"
        server.send_bytes(line.encode(), reading=False)
        writes = [ours.recv(1 << 16)]
        while not writes[-1].endswith(b"\n") or b"notifications/progress" in writes[-1]:
            writes.append(ours.recv(1 << 16))
    assert len(tmdb.requests) == 8
    assert [write for write in writes if b"notifications/progress" in write and write.count(b"jsonrpc") > 1] == []
    told = [write for write in writes if b"notifications/progress" in write]
    assert len(told) <= 1 and writes[: len(told)] == told


@ERAS
def test_a_client_that_debugs_is_told_of_each_further_try(start: Start, tmdb: StandIn, revision: str) -> None:
    server = start(revision=revision)
    tmdb.fault = plans.Script([faults.status(503), None, faults.status(502), None])
    server.send(with_meta(call("c", {"query": "matrix"}, revision), revision))
    assert told_before(server, "c") == []
    level = {}
    if revision == MODERN:
        level = {META + "logLevel": "debug"}
    else:
        server.result_of(request("level", "logging/setLevel", {"level": "debug"}))
    server.send(with_meta(call("d", {"query": "dune"}, revision), revision, **level))
    (told,) = told_before(server, "d")
    assert told["method"] == "notifications/message"
    assert told["params"] | {"data": ""} == {"level": "debug", "logger": "tmdb", "data": ""}
    assert "502" in told["params"]["data"] and "is asked again in" in told["params"]["data"]
