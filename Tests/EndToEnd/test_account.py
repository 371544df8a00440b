"""A person's own lists at TMDB: read and changed in the name of a session, which nobody else gets anything of."""

from __future__ import annotations

from typing import Any

import pytest
from harness.expectations import failure, structured
from harness.listening import Listening, Serve
from harness.messages import MODERN, call, in_revision, request
from harness.process import Server, Start
from harness.wire import post_modern
from standin import OTHER_SESSION, OTHER_USER_TOKEN, SESSION, USER_TOKEN, StandIn, faults

HEADER = "X-TMDB-Session"
FILM, SERIES = {"media_type": "movie", "id": 603}, {"media_type": "tv", "id": 1396}
TOOLS = {"TMDB_MCP_TOOLS": "all,account", "LOGGING_LEVEL": "debug"}


def over_stdio(server: Server, tool: str, **arguments: Any) -> dict[str, Any]:
    return server.result_of(call(server.identifier(), arguments, server.revision, name=tool))


def over_http(server: Listening, session: str | None, tool: str, **arguments: Any) -> dict[str, Any]:
    fields = {HEADER: session} if session else {}
    return post_modern(server, in_revision(call("c", arguments, name=tool), MODERN), **fields).json["result"]


def marked(content: dict[str, Any]) -> list[int]:
    return [row["id"] for row in content["results"]]


@pytest.mark.every_platform
@pytest.mark.parametrize("session", [SESSION, USER_TOKEN], ids=["session", "token"])
def test_what_is_marked_is_listed_until_it_is_taken_back(start: Start, session: str) -> None:
    server = start(revision=MODERN, TMDB_SESSION=session, **TOOLS)

    def change(action: str, **arguments: Any) -> None:
        assert structured(over_stdio(server, "update_account", action=action, **arguments))["done"] == action

    def listed(name: str) -> list[int]:
        return marked(structured(over_stdio(server, "get_account", list=name)))

    for name in ("watchlist", "favorites"):
        for title in (FILM, SERIES):
            change(f"add_to_{name}", **title)
            change(f"add_to_{name}", **title)
        assert listed(name) == [603, 1396]
        change(f"remove_from_{name}", **FILM)
        assert listed(name) == [1396]
    change("rate", rating=8.5, **FILM)
    (row,) = structured(over_stdio(server, "get_account", list="rated"))["results"]
    assert (row["title"], row["your_rating"]) == ("The Matrix", 8.5)
    change("delete_rating", **FILM)
    assert listed("rated") == []
    (row,) = structured(over_stdio(server, "get_account", list="lists"))["results"]
    change("add_to_list", list_id=row["id"], **FILM)
    (row,) = structured(over_stdio(server, "get_account", list="lists"))["results"]
    assert row["items"] == 1
    words = failure(over_stdio(server, "update_account", action="add_to_list", list_id=7, **FILM))
    assert "already" in words
    change("remove_from_list", list_id=7, **FILM)


@pytest.mark.same_everywhere("the words are put together from texts")
def test_a_private_list_is_shown_to_its_owners_token_alone(start: Start) -> None:
    server = start(revision=MODERN, TMDB_SESSION=USER_TOKEN, **TOOLS)
    for title in (FILM, SERIES):
        structured(over_stdio(server, "update_account", action="add_to_list", list_id=7, **title))
    rows = structured(over_stdio(server, "get_account", list="lists", list_id=7))["results"]
    assert [(row["media_type"], row["id"]) for row in rows] == [("movie", 603), ("tv", 1396)]
    assert "private" in failure(over_stdio(server, "get_account", list="lists", list_id=8))
    assert "is private" in failure(over_stdio(server, "get_collection", list=7))
    server = start(revision=MODERN, TMDB_SESSION=SESSION, **TOOLS)
    assert "v4 user token" in failure(over_stdio(server, "get_account", list="lists", list_id=7))


@pytest.mark.same_everywhere("what is cached is a comparison of keys")
def test_two_people_of_one_server_see_their_own(serve: Serve, tmdb: StandIn) -> None:
    server = serve(TMDB_SESSION=SESSION, **TOOLS)
    for session, title in ((SESSION, FILM), (OTHER_USER_TOKEN, SERIES)):
        structured(over_http(server, session, "update_account", action="add_to_watchlist", **title))
    for _ in range(2):
        for session, wanted in ((SESSION, [603]), (OTHER_SESSION, [1396]), (USER_TOKEN, [603])):
            assert marked(structured(over_http(server, session, "get_account", list="watchlist"))) == wanted
    assert tmdb.counts["/3/account/12/watchlist/movies"] == 4, "nothing is kept"
    words = failure(over_http(server, None, "get_account", list="watchlist"))
    assert HEADER in words, "the session of the settings is the local client's alone"


@pytest.mark.same_everywhere("the words are put together from texts")
def test_what_is_wrong_with_a_session_is_told_without_it(start: Start, serve: Serve) -> None:
    assert "TMDB_SESSION" in failure(over_stdio(start(revision=MODERN, **TOOLS), "get_account", list="rated"))
    unknown = "f" * 40
    server = start(revision=MODERN, secrets=(unknown,), TMDB_SESSION=unknown, **TOOLS)
    assert "refused the session" in failure(over_stdio(server, "get_account", list="rated"))
    http = serve(**TOOLS)
    assert "refused the session" in failure(over_http(http, unknown, "get_account", list="rated"))
    assert "40 hexadecimal digits" in failure(over_http(http, unknown + "0", "get_account", list="rated"))


@pytest.mark.same_everywhere("what is tried again is decided by the method")
def test_a_change_is_sent_once(start: Start, tmdb: StandIn) -> None:
    server = start(revision=MODERN, TMDB_SESSION=SESSION, **TOOLS)

    def broken(exchange: Any) -> None:
        exchange.hang_up() if exchange.asked.method == "POST" else exchange.send(exchange.answer)

    tmdb.fault = broken
    words = failure(over_stdio(server, "update_account", action="add_to_watchlist", **FILM))
    assert "get_account" in words
    assert [each.method for each in tmdb.requests].count("POST") == 1
    tmdb.fault = faults.status(503)
    assert failure(over_stdio(server, "get_account", list="watchlist"))


@pytest.mark.same_everywhere("a list of names")
def test_the_tools_are_there_where_they_are_named_alone(start: Start) -> None:
    def names(**settings: str) -> list[str]:
        server = start(revision=MODERN, **settings)
        listing = server.result_of(in_revision(request(server.identifier(), "tools/list"), MODERN))
        return [tool["name"] for tool in listing["tools"]]

    assert not [name for name in names() if "account" in name]
    assert not [name for name in names(TMDB_MCP_TOOLS="all") if "account" in name]
    assert names(TMDB_MCP_TOOLS="account") == ["get_account", "update_account"]
    assert names(TMDB_MCP_TOOLS="get_account") == ["get_account"]
