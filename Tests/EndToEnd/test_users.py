"""Many users of one server: each with a key of TMDB's that is theirs, none with what is another's, each in turn."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from harness import sdk
from harness.calls import CALLS
from harness.expectations import failure, structured, text_of, titles
from harness.listening import TOKEN, Listening, Serve
from harness.messages import MODERN, NEWEST_LEGACY, Message, call, in_revision, initialize, notification, request
from harness.process import Start
from harness.wire import Wire, modern_fields, post, post_modern, wait_for_metric
from standin import ACCESS_TOKEN, API_KEY, OTHER_ACCESS_TOKEN, OTHER_API_KEY, StandIn, faults, marked, plans

pytestmark = pytest.mark.same_everywhere("whose key is used is a comparison of texts")

KEY = "X-TMDB-Api-Key"
KEYS = {API_KEY: "first", ACCESS_TOKEN: "first", OTHER_API_KEY: "other", OTHER_ACCESS_TOKEN: "other"}


def session(server: Listening) -> str:
    identifier = post(server, initialize(0, NEWEST_LEGACY)).fields["mcp-session-id"]
    post(server, notification("notifications/initialized"), identifier)
    return identifier


def result_of(server: Listening, message: Message, key: str, within: str | None = None) -> dict[str, Any]:
    """The result of a request with that key, in a legacy session or statelessly."""
    if within:
        return post(server, message, within, f"{KEY}: {key}").json["result"]
    return post_modern(server, in_revision(message, MODERN), **{KEY: key}).json["result"]


@pytest.mark.every_platform
@pytest.mark.parametrize("is_legacy", [False, True], ids=["modern", "legacy"])
def test_two_users_data_never_meet(serve: Serve, tmdb: StandIn, is_legacy: bool) -> None:
    """All at once and again and again, so that requests in flight and cached answers would be shared if they could."""
    tmdb.changing = marked
    server = serve(TMDB_API_KEY=" ", TMDB_RATE_LIMIT="1000")
    sessions = {key: session(server) if is_legacy else None for key in KEYS}
    asked = [(tool, CALLS[tool][0]) for tool in ("search", "get_details", "get_trending", "get_collection")] * 3

    def one(key: str, tool: str, arguments: dict[str, Any]) -> tuple[str, str]:
        return key, text_of(result_of(server, call("c", arguments, name=tool), key, sessions[key]))

    with ThreadPoolExecutor(16) as pool:
        answers = [pool.submit(one, key, tool, arguments) for tool, arguments in asked for key in KEYS]
        for answer in answers:
            key, text = answer.result()
            theirs, others = ("[first]", "[other]") if KEYS[key] == "first" else ("[other]", "[first]")
            assert theirs in text and others not in text
    by_path = {path: count for path, count in tmdb.counts.items() if "genre" not in path}
    assert set(by_path.values()) == {len(KEYS)}, "each credential asks once"


@pytest.mark.client
@pytest.mark.parametrize("mode", sdk.MODES)
def test_clients_of_others_bring_their_keys(serve: Serve, tmdb: StandIn, mode: str) -> None:
    tmdb.changing = marked
    server = serve(TMDB_API_KEY=" ")
    for key, user in KEYS.items():

        async def use(client: sdk.Session, user: str = user) -> None:
            assert titles(structured(await client.search(query="the matrix")))[0].endswith(f"[{user}]")
            assert (await client.read("tmdb://movie/603"))["title"] == f"The Matrix [{user}]"
            assert await client.complete("best_work", "person", "keanu") == [f"Keanu Reeves [{user}]"]

        sdk.run(sdk.HTTP(server.url, TOKEN, key=key), mode, use)

    async def without(client: sdk.Session) -> None:
        assert KEY in failure(await client.search(query="the matrix"))

    sdk.run(sdk.HTTP(server.url, TOKEN), mode, without)


def test_what_is_read_with_an_own_key_is_cached_for_nobody_else(serve: Serve) -> None:
    server = serve()
    message = request(1, "resources/read", {"uri": "tmdb://movie/603"})
    assert result_of(server, message, OTHER_API_KEY)["cacheScope"] == "private"
    assert post_modern(server, in_revision(message, MODERN)).json["result"]["cacheScope"] == "public"


@pytest.mark.every_platform
def test_one_who_asks_much_does_not_hold_up_another(serve: Serve, tmdb: StandIn) -> None:
    # One connection: what is sent side by side may arrive in any order.
    server = serve(TMDB_RATE_LIMIT="100", TMDB_CONNECTIONS="1")
    many, few = session(server), session(server)
    gate = plans.Gate()
    tmdb.fault = gate

    def one(within: str, words: str) -> None:
        structured(post(server, call("c", {"query": words}), within).json["result"])

    with ThreadPoolExecutor(64) as pool:
        answers = [pool.submit(one, many, f"many {number}") for number in range(60)]
        gate.wait_for(1)
        wait_for_metric(server, "tmdb_queue_length", 59)
        answers += [pool.submit(one, few, f"few {number}") for number in range(4)]
        wait_for_metric(server, "tmdb_queue_length", 63)
        gate.release()
        for answer in answers:
            answer.result()
    order = [seen.query["query"].split()[0] for seen in tmdb.requests]
    last = max(place for place, who in enumerate(order) if who == "few")
    assert last <= 1 + 2 * 4, "after the one under way and the next of the many, the four are sent in turn with others"


@pytest.mark.every_platform
@pytest.mark.parametrize(
    ("tool", "arguments", "requests"),
    [
        ("get_details", {"media_type": "movie", "ids": [603, 604, 605]}, 3),
        ("get_media", {"media_type": "movie", "id": 603}, 2),
        ("discover_movies", {"with_companies": "A24", "with_keywords": "heist"}, 2),
    ],
)  # fmt: skip
def test_a_cancelled_call_cancels_all_its_requests(
    start: Start, tmdb: StandIn, tool: str, arguments: dict[str, Any], requests: int
) -> None:
    tmdb.fault = faults.never
    server = start()
    server.send(call(1, arguments, name=tool))
    tmdb.wait_for_requests(requests)
    server.send(notification("notifications/cancelled", {"requestId": 1}))
    tmdb.wait_for_hang_up(requests)
    assert server.is_alive()


@pytest.mark.every_platform
def test_a_client_that_hangs_up_cancels_its_call(serve: Serve, tmdb: StandIn) -> None:
    server = serve()
    tmdb.fault = faults.never
    message = call(1, CALLS["get_media"][0], MODERN, name="get_media")
    with Wire(server) as wire:
        wire.send("POST", "/mcp", *modern_fields(message), body=json.dumps(message))
        tmdb.wait_for_requests(2)
    tmdb.wait_for_hang_up(2)
    wait_for_metric(server, "tmdb_requests_in_flight", 0)
