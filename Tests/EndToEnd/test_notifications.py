"""What a client is told of a call before its result, where it asks for that."""

import pytest
from harness.expectations import structured
from harness.messages import META, MODERN, NEWEST_LEGACY, Message, call, meta, notification, request
from harness.process import Server, Start
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
    message = call("c", {"media_type": "movie", "ids": [603, 841, 438631]}, revision, name="get_details")
    server.send(with_meta(message, revision, progressToken="p"))
    assert told_before(server, "c") == [
        notification("notifications/progress", {"progressToken": "p", "progress": done, "total": 3}) for done in (1, 2)
    ]
    server.send(with_meta(message | {"id": "d"}, revision))
    assert told_before(server, "d") == []


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
