"""How TMDB is asked: once for what many want, not at all for what is known, again where that helps, and for each user
with the key that is theirs."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from harness.expectations import failure, structured
from harness.listening import Listening, Serve
from harness.messages import MODERN, NEWEST_LEGACY, call, initialize, meta, notification, request
from harness.process import DEADLINE, Start
from harness.wire import Wire, metrics, modern_fields, once, post, post_modern, wait_for_metric
from standin import API_KEY, OTHER_ACCESS_TOKEN, OTHER_API_KEY, StandIn, faults, plans
from standin.server import Request
from standin.wire import Answer

same_everywhere = pytest.mark.same_everywhere("keys and headers are text")

KEY = "X-TMDB-Api-Key"
STALE = "tmdb-mcp/stale"


def search(words: str, **more: Any) -> dict[str, Any]:
    return call("s", {"query": words, **more}, MODERN)


def ask_with(server: Listening, key: str | None, words: str = "matrix") -> dict[str, Any]:
    fields = {KEY: key} if key else {}
    return post_modern(server, search(words), **fields).json["result"]


def lifetime(control: str, age: int = 0) -> Callable[[Request, Answer], Answer]:
    """Answers that may be kept for so long; `age` is how old they are when they come, in seconds."""
    return lambda _, answer: answer.with_headers(Cache_Control=control, **({"Age": str(age)} if age else {}))


# One request for many


def test_two_hundred_clients_that_ask_the_same_at_once_make_one_request(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    gate = plans.Gate()
    tmdb.fault = gate
    with ThreadPoolExecutor(200) as pool:
        answers = [pool.submit(post_modern, server, search("matrix")) for _ in range(200)]
        gate.wait_for(1)
        wait_for_metric(server, "tmdb_shared_total", 199)
        gate.release()
        titles = {structured(answer.result().json["result"])["results"][0]["id"] for answer in answers}
    assert len(titles) == 1
    assert len(tmdb.requests) == 1


def test_the_request_of_many_ends_with_the_last_who_wants_it(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    tmdb.fault = faults.never
    wires = [Wire(server) for _ in range(3)]
    message = search("matrix")
    for wire in wires:
        wire.send("POST", "/mcp", *modern_fields(message), body=json.dumps(message))
    wait_for_metric(server, "tmdb_shared_total", 2)
    for wire in wires[:2]:
        wire.close()
    assert metrics(server)["tmdb_requests_in_flight"] == 1
    wires[2].close()
    tmdb.wait_for_hang_up()
    wait_for_metric(server, "tmdb_requests_in_flight", 0)
    assert len(tmdb.requests) == 1


def test_many_different_requests_keep_to_the_rate(start: Start, tmdb: StandIn) -> None:
    server = start()
    began = time.monotonic()
    server.send_all(call(number, {"query": f"number {number}"}) for number in range(100))
    for number in range(100):
        structured(server.answer_to(number)["result"])
    times = sorted(seen.at for seen in tmdb.requests)
    assert len(times) == 100
    # However slow the machine is: 40 go at once, and none of the others before its turn.
    for number, at in enumerate(times):
        assert at - began >= (number - 40) / 40


def test_who_waits_in_vain_behind_many_is_told_so(serve: Serve, tmdb: StandIn) -> None:
    server = serve(TMDB_TIMEOUT="2")
    gate = plans.Gate()
    tmdb.fault = gate
    with ThreadPoolExecutor(200) as pool:
        answers = [pool.submit(post_modern, server, search(f"number {number}")) for number in range(200)]
        messages = [failure(answer.result().json["result"]) for answer in answers]
    gate.release()
    assert not [message for message in messages if "could not be reached" in message]
    waited = [message for message in messages if "waited here for its turn" in message]
    assert len(waited) >= 180 and "TMDB_CONNECTIONS" in waited[0]
    slow = [message for message in messages if "did not come through: the time was up" in message]
    assert len(slow) + len(waited) == 200 and slow


def test_as_many_connections_are_open_as_is_set(serve: Serve, tmdb: StandIn) -> None:
    server = serve(TMDB_CONNECTIONS="20")
    gate = plans.Gate()
    tmdb.fault = gate
    with ThreadPoolExecutor(40) as pool:
        answers = [pool.submit(post_modern, server, search(f"number {number}")) for number in range(40)]
        gate.wait_for(20)
        assert tmdb.connections == 20
        gate.release()
        for answer in answers:
            structured(answer.result().json["result"])
    assert tmdb.connections == 20


# What is known


def test_what_was_answered_is_not_asked_again(start: Start, tmdb: StandIn) -> None:
    server = start()
    first = structured(server.call({"query": "matrix"}))
    assert structured(server.call({"query": "matrix"})) == first
    assert len(tmdb.requests) == 1
    structured(server.call({"query": "matrix", "language": "en-GB"}))
    assert tmdb.counts["/3/search/multi"] == 2


def test_without_a_cache_every_call_asks(start: Start, tmdb: StandIn) -> None:
    server = start(TMDB_CACHE_SIZE="0")
    for _ in range(3):
        structured(server.call({"query": "matrix"}))
    assert len(tmdb.requests) == 3


@same_everywhere
@pytest.mark.parametrize("control", ["no-store", "private, max-age=60", "max-age=0", "no-cache, max-age=60"])
def test_what_tmdb_wants_asked_again_is(start: Start, tmdb: StandIn, control: str) -> None:
    server = start()
    tmdb.changing = lifetime(control)
    for _ in range(2):
        structured(server.call({"query": "matrix"}))
    assert len(tmdb.requests) == 2


def test_an_answer_past_its_time_is_asked_for_by_its_etag(start: Start, tmdb: StandIn) -> None:
    server = start()
    tmdb.changing = lambda _, answer: answer.with_headers(Cache_Control="max-age=0", ETag='W/"one"')
    first = structured(server.call({"query": "matrix"}))
    assert structured(server.call({"query": "matrix"})) == first
    assert [seen.headers.get("if-none-match") for seen in tmdb.requests] == [None, 'W/"one"']
    tmdb.changing = lambda _, answer: answer.with_headers(Cache_Control="max-age=60", ETag='W/"two"')
    structured(server.call({"query": "matrix"}))
    structured(server.call({"query": "matrix"}))
    assert len(tmdb.requests) == 3


# When TMDB fails


def test_no_call_fails_while_one_request_in_three_does(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    plan = plans.ByLot(1 / 3, seed=11, in_a_row=2)
    tmdb.fault = plan
    with ThreadPoolExecutor(16) as pool:
        answers = [pool.submit(post_modern, server, search(f"matrix {number}")) for number in range(90)]
        for answer in answers:
            structured(answer.result().json["result"])
    assert len(plan.failures) > 20
    # libcurl itself sends again what a connection was closed on that it had kept.
    assert 10 < metrics(server)["tmdb_retries_total"] <= len(plan.failures)


def test_an_answer_past_its_time_is_given_where_tmdb_fails_and_says_so(start: Start, tmdb: StandIn) -> None:
    server = start(TMDB_TIMEOUT="2")
    tmdb.changing = lifetime("max-age=60", age=3600)
    first = server.call({"query": "matrix"})
    assert STALE not in first.get("_meta", {})
    tmdb.fault = faults.status(503)
    second = server.call({"query": "matrix"})
    assert structured(second) == structured(first)
    assert second["_meta"][STALE]["ageSeconds"] >= 3600
    assert "503" in second["_meta"][STALE]["reason"]
    tmdb.fault = faults.status(404)
    assert "404" in failure(server.call({"query": "matrix"}))


def test_an_answer_past_its_time_is_given_soon_where_tmdb_hangs_and_the_newer_one_is_kept(
    start: Start, tmdb: StandIn
) -> None:
    server = start(TMDB_TIMEOUT="60")  # of which the first try gets 24 s
    tmdb.changing = lifetime("max-age=60", age=3600)
    first = server.call({"query": "matrix"})
    tmdb.changing = lifetime("max-age=60")
    gate = plans.Gate()
    tmdb.fault = gate
    second = server.call({"query": "matrix"})
    # TMDB still has the first try before it: what it brings is kept below.
    assert structured(second) == structured(first)
    assert STALE in second["_meta"]
    third = server.call({"query": "matrix"})
    assert STALE in third["_meta"]
    gate.release()
    end = time.monotonic() + DEADLINE
    while STALE in server.call({"query": "matrix"}).get("_meta", {}):
        assert time.monotonic() < end, "what came late is not kept"
    assert len(tmdb.requests) == 2


def test_a_dead_tmdb_is_not_hammered(start: Start, tmdb: StandIn) -> None:
    server = start(TMDB_TIMEOUT="10")
    tmdb.fault = faults.status(503)
    server.send_all(call(number, {"query": f"number {number}"}) for number in range(40))
    for number in range(40):
        assert "503" in failure(server.answer_to(number)["result"])
    assert len(tmdb.requests) <= 40 + 50 + 11


def test_a_429_stops_all_requests_until_its_time_is_over(start: Start, tmdb: StandIn) -> None:
    server = start()
    tmdb.fault = plans.Script([faults.status(429, retry_after=2)])
    server.send_all(call(number, {"query": f"number {number}"}) for number in range(2))
    for number in range(2):
        structured(server.answer_to(number)["result"])
    refused = tmdb.requests[0].at
    assert all(seen.at - refused >= 1.9 for seen in tmdb.requests[2:])
    assert len(tmdb.requests) == 3


def test_a_wait_that_is_too_long_is_told_at_once(start: Start, tmdb: StandIn) -> None:
    server = start(TMDB_TIMEOUT="5")
    tmdb.fault = faults.status(429, retry_after=30)
    for words in ("matrix", "alien"):
        message = failure(server.call({"query": words}))
        told = re.search(r"\b(\d+) s(econds)?\b", message)
        assert "429" in message and 5 < int(told[1]) <= 30
    assert len(tmdb.requests) == 1


# Whose key


@same_everywhere
def test_each_user_is_asked_for_with_the_key_that_is_theirs(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    for key, user in ((None, "first"), (OTHER_API_KEY, "other"), (OTHER_ACCESS_TOKEN, "other")):
        structured(ask_with(server, key))
        assert tmdb.requests[-1].user == user
    # Each credential has what it was answered, and nobody else has it.
    for key in (None, OTHER_API_KEY, OTHER_ACCESS_TOKEN):
        structured(ask_with(server, key))
    assert len(tmdb.requests) == 3


@same_everywhere
def test_each_message_of_a_session_may_carry_another_key(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    session = post(server, initialize(0, NEWEST_LEGACY)).fields["mcp-session-id"]
    post(server, notification("notifications/initialized"), session)
    for number, (key, user) in enumerate(((OTHER_API_KEY, "other"), (API_KEY, "first"), (OTHER_ACCESS_TOKEN, "other"))):
        message = call(number, {"query": f"matrix {number}"})
        structured(post(server, message, session, f"{KEY}: {key}").json["result"])
        assert tmdb.requests[-1].user == user


@same_everywhere
def test_a_server_without_a_key_serves_those_who_bring_theirs(serve: Serve, tmdb: StandIn) -> None:
    server = serve(TMDB_API_KEY=" ")
    structured(ask_with(server, OTHER_API_KEY))
    message = failure(ask_with(server, None))
    assert KEY in message and "TMDB_API_KEY" in message
    assert len(tmdb.requests) == 1


@same_everywhere
@pytest.mark.parametrize("key", ["short", "Bearer x", "a.b", "g" * 32, "f" * 33], ids=repr)
def test_what_can_be_no_key_is_refused_and_not_repeated(serve: Serve, tmdb: StandIn, key: str) -> None:
    message = failure(ask_with(serve(), key))
    assert KEY in message and key not in message
    assert tmdb.connections == 0


@same_everywhere
def test_a_key_that_tmdb_refuses_is_the_clients_matter(serve: Serve, tmdb: StandIn) -> None:
    key = "f" * 32
    server = serve()
    message = failure(ask_with(server, key))
    assert KEY in message and "401" in message and "TMDB_API_KEY" not in message and key not in message
    structured(ask_with(server, None))


@same_everywhere
def test_no_key_of_a_client_is_in_the_metrics_or_the_log(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    refused = "e" * 32
    for key in (OTHER_API_KEY, OTHER_ACCESS_TOKEN, refused):
        ask_with(server, key)
    told = once(server, "GET", "/metrics").body.decode() + server.stderr
    assert all(key not in told for key in (OTHER_API_KEY, OTHER_ACCESS_TOKEN, refused, API_KEY))


@same_everywhere
def test_lists_need_neither_network_nor_key(serve: Serve, tmdb: StandIn) -> None:
    server = serve(TMDB_API_KEY=" ")
    assert post_modern(server, request(1, "tools/list", {"_meta": meta()})).json["result"]["tools"]
    assert post_modern(server, request(2, "server/discover", {"_meta": meta()})).json["result"]["capabilities"]
    assert tmdb.connections == 0
