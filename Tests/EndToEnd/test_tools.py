"""Every tool: what it answers is what its output schema says, short, and says where it is from."""

from typing import Any

import pytest
from harness.calls import CALLS, EACH, ORIGINAL, ORIGINAL_REQUIRED, REAL
from harness.expectations import structured, text_of
from harness.messages import MODERN, NEWEST_LEGACY, call, in_revision, request
from harness.process import Server, Start
from harness.schemas import validate_strictly
from jsonschema import Draft202012Validator
from standin import Recordings, StandIn, plans

pytestmark = pytest.mark.same_everywhere("results are put together as text")

PAGE_BYTES_MAX = 8 * 1024
WITH_A_PAGE = ("search", "discover_movies", "discover_tv", "get_trending", "get_recommendations", "get_filmography")


def tools_of(server: Server) -> dict[str, dict[str, Any]]:
    result = server.result_of(in_revision(request("tools", "tools/list"), server.revision))
    return {tool["name"]: tool for tool in result["tools"]}


def ask(server: Server, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return structured(server.result_of(call(server.identifier(), arguments, server.revision, name=tool)))


def test_every_tool_is_called_by_these_tests(start: Start) -> None:
    assert list(tools_of(start())) == list(CALLS)


def test_every_tool_says_what_it_is_for_and_only_reads(start: Start) -> None:
    for tool in tools_of(start()).values():
        Draft202012Validator.check_schema(tool["inputSchema"])
        assert tool["title"] and len(tool["description"]) > 40
        assert tool["annotations"]["readOnlyHint"] is True


@pytest.mark.every_platform
@pytest.mark.parametrize("tool", CALLS)
def test_what_a_tool_answers_is_what_its_schema_says(start: Start, tool: str) -> None:
    server = start(revision=MODERN)
    schema = tools_of(server)[tool]["outputSchema"]
    for arguments in CALLS[tool]:
        Draft202012Validator(tools_of(server)[tool]["inputSchema"]).validate(arguments)
        content = ask(server, tool, arguments)
        validate_strictly(content, schema)
        assert "TMDB" in content["attribution"]


@pytest.mark.parametrize("tool", CALLS)
def test_a_compact_answer_is_short(start: Start, tool: str) -> None:
    server = start()
    for arguments in CALLS[tool]:
        if arguments.get("detail") == "full":
            continue
        result = server.result_of(call(server.identifier(), arguments, name=tool))
        namespaces = len(arguments.get("append", []))
        assert len(text_of(result).encode()) <= PAGE_BYTES_MAX * (1 + namespaces), arguments


def test_full_pages_of_twenty_were_among_them(start: Start) -> None:
    server = start()
    for tool in ("search", "discover_movies", "discover_tv", "get_trending"):
        assert len(ask(server, tool, CALLS[tool][0])["results"]) == 20


@pytest.mark.parametrize("tool", ORIGINAL)
def test_the_tools_of_the_original_take_what_they_took_there(start: Start, tmdb: StandIn, tool: str) -> None:
    server = start()
    schema = tools_of(server)[tool]["inputSchema"]
    arguments = ORIGINAL[tool]
    assert set(arguments) <= set(schema["properties"])
    assert set(schema.get("required", [])) <= ORIGINAL_REQUIRED[tool]
    Draft202012Validator(schema).validate(arguments)
    ask(server, tool, arguments)
    asked = next(seen for seen in tmdb.requests if "genre" not in seen.path)
    own = {name: value for name, value in arguments.items() if name not in ("media_type", "id", "time_window")}
    assert {name: asked.query[name] for name in own} == {name: f"{value}" for name, value in own.items()}


@pytest.mark.parametrize("tool", ORIGINAL)
def test_the_tools_of_the_original_need_no_more_than_there(start: Start, tmdb: StandIn, tool: str) -> None:
    server = start()
    ask(server, tool, {name: ORIGINAL[tool][name] for name in ORIGINAL_REQUIRED[tool]})
    (asked,) = [seen for seen in tmdb.requests if "genre" not in seen.path]
    assert asked.query["language"] == "en-US"
    assert asked.query.get("page", "1") == "1"


@pytest.mark.every_platform
def test_of_several_records_one_that_is_missing_spoils_nothing(start: Start) -> None:
    content = ask(start(), "get_details", {"media_type": "movie", "ids": [603, 999999999, 841, 603]})
    assert [row["title"] for row in content["results"]] == ["The Matrix", "Dune"]
    (failed,) = content["failed"]
    assert failed["id"] == 999999999 and "404" in failed["reason"]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_details", {"media_type": "tv", "id": 987654321}),
        ("get_recommendations", {"media_type": "movie", "id": 987654321}),
        ("get_watch_providers", {"media_type": "movie", "id": 987654321, "region": "US"}),
        ("get_season", {"id": 987654321, "season_number": 1}),
        ("get_collection", {"id": 987654321}),
        ("get_credits", {"media_type": "tv", "id": 987654321}),
        ("get_filmography", {"id": 987654321}),
        ("get_reviews", {"media_type": "movie", "id": 987654321}),
        ("get_media", {"media_type": "person", "id": 987654321, "kind": "images"}),
    ],
)  # fmt: skip
def test_what_tmdb_does_not_have_is_named(start: Start, tool: str, arguments: dict[str, Any]) -> None:
    result = start().result_of(call(1, arguments, name=tool))
    assert result["isError"] is True
    assert "987654321" in text_of(result) and "404" in text_of(result)


def test_german_titles_and_genres_come_where_german_is_asked_for(start: Start) -> None:
    server = start()
    (found,) = ask(server, "search", {"query": "dune", "type": "movie", "year": 2021, "language": "de"})["results"]
    assert found["genres"] == ["Science Fiction", "Abenteuer"]
    (record,) = ask(server, "get_details", {"media_type": "movie", "id": 603, "language": "de-DE"})["results"]
    assert (record["title"], record["overview"]) == (
        "Matrix", "Ein Programmierer erfährt, dass Maschinen seine Welt betreiben.")
    german = start(TMDB_LANGUAGE="de-DE")
    (record,) = ask(german, "get_details", {"media_type": "tv", "id": 1396})["results"]
    assert record["genres"] == ["Drama", "Krimi"]


@pytest.mark.every_platform
def test_all_tools_at_once_succeed_while_one_request_in_three_fails(start: Start, tmdb: StandIn) -> None:
    # Time for all tries, also where the machine has little of it.
    server = start(revision=NEWEST_LEGACY, TMDB_TIMEOUT="100")
    plan = tmdb.fault = plans.ByLot(1 / 3, seed=3, in_a_row=2)
    server.send_all(call(number, arguments, name=tool) for number, (tool, arguments) in enumerate(EACH))
    for number, (tool, _) in enumerate(EACH):
        content = structured(server.answer_to(number)["result"])
        assert content.get("failed", []) == [], tool
    assert len(plan.failures) > 10


def test_the_answers_that_tmdb_really_gives_are_shaped(start: Start, recordings_folder: Any) -> None:
    with StandIn(recordings=Recordings(recordings_folder)) as real:
        server = start(upstream=real, revision=MODERN)
        schemas = {name: tool["outputSchema"] for name, tool in tools_of(server).items()}
        for detail in ("compact", "full"):
            for tool, arguments in REAL:
                own = arguments if tool == "get_watch_providers" else arguments | {"detail": detail}
                content = ask(server, tool, own)
                validate_strictly(content, schemas[tool])
                assert content.get("results", True), f"{tool} of {arguments} has no results"
