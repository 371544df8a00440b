"""Many calls at once, and calls that are taken back."""

import json
import threading

import pytest
from harness.expectations import structured, titles
from harness.messages import MODERN, NEWEST_LEGACY, call, notification, request
from harness.process import Start
from standin import Answer, Request, StandIn, faults


def film_of(request: Request) -> Answer:
    """A film that is named as the query was."""
    row = {"id": 1, "media_type": "movie", "title": f"Film {request.query['query']}", "adult": False}
    body = {"page": 1, "results": [row], "total_pages": 1, "total_results": 1}
    return Answer(200, {"Content-Type": "application/json"}, json.dumps(body).encode())


def test_two_hundred_calls_at_once_each_get_their_own_answer(start: Start, tmdb: StandIn) -> None:
    tmdb.answering = film_of
    server = start(TMDB_RATE_LIMIT="1000")
    server.send_all(call(f"call {number}", {"query": str(number)}) for number in range(200))
    for number in reversed(range(200)):
        answer = server.answer_to(f"call {number}")
        assert titles(structured(answer["result"])) == [f"Film {number}"]
    assert sorted(int(request.query["query"]) for request in tmdb.requests) == list(range(200))


def test_other_requests_are_answered_while_a_call_waits(start: Start, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send(call("slow", {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    assert server.is_alive()
    assert server.result_of(request("list", "tools/list"))["tools"]
    release.set()
    assert structured(server.answer_to("slow")["result"])["results"]


def test_a_fast_call_overtakes_a_slow_one(start: Start, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send(call("slow", {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    tmdb.fault = None
    server.send(call("fast", {"query": "parasite"}))
    assert server.receive()["id"] == "fast"
    release.set()
    assert server.receive()["id"] == "slow"


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
@pytest.mark.parametrize("identifier", [7, "seven", "7"], ids=repr)
def test_a_cancelled_call_is_not_answered_and_its_upstream_call_is_dropped(
    start: Start, tmdb: StandIn, identifier: int | str, revision: str
) -> None:
    tmdb.fault = faults.never
    server = start(revision=revision)
    server.send(call(identifier, {"query": "matrix"}, revision))
    tmdb.wait_for_requests(1)
    server.send(notification("notifications/cancelled", {"requestId": identifier, "reason": "no longer needed"}))
    tmdb.wait_for_hang_up()
    tmdb.fault = None
    assert server.is_alive()
    assert structured(server.call({"query": "matrix"}))["results"]
    server.close_input()
    assert server.receive_to_end() == []
    assert server.wait_for_exit() == 0


def test_cancelling_one_call_leaves_the_others_alone(start: Start, tmdb: StandIn) -> None:
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send_all(call(number, {"query": f"matrix {number}"}) for number in (1, 2, 3))
    tmdb.wait_for_requests(3)
    server.send(notification("notifications/cancelled", {"requestId": 2}))
    server.send(notification("notifications/cancelled", {"requestId": "1"}))
    assert server.is_alive()
    release.set()
    assert {server.receive()["id"], server.receive()["id"]} == {1, 3}
    assert server.is_alive()
    assert [message["id"] for message in server.received if message.get("id") == 2] == []


def test_a_cancelled_id_may_be_used_again(start: Start, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    server = start()
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.send(notification("notifications/cancelled", {"requestId": 1}))
    tmdb.wait_for_hang_up()
    tmdb.fault = None
    tmdb.answering = film_of
    assert titles(structured(server.result_of(call(1, {"query": "again"})))) == ["Film again"]


def test_two_calls_in_flight_with_one_id_are_both_answered_or_the_second_is_refused(
    start: Start, tmdb: StandIn
) -> None:
    """The client breaks a rule; the server must not hang, nor lose the first call."""
    release = threading.Event()
    tmdb.fault = faults.held(release)
    server = start()
    server.send(call(1, {"query": "matrix"}))
    tmdb.wait_for_requests(1)
    server.send(call(1, {"query": "parasite"}))
    assert server.ask(request("between", "ping"))["result"] == {}
    release.set()
    answers = [server.answer_to(1), server.answer_to(1)]
    assert any("result" in answer for answer in answers)
    assert server.is_alive()
