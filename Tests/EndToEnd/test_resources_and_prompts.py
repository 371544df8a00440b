"""Resources, prompts and completions, as clients of others see them."""

import functools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from harness import sdk
from harness.binaries import Binary
from harness.process import environment
from standin import API_KEY, StandIn, faults

pytestmark = [pytest.mark.client, pytest.mark.same_everywhere("results are put together as text")]

Talk = Callable[..., None]
Use = Callable[[sdk.Session], Awaitable[None]]


@pytest.fixture(params=sdk.MODES)
def talk(binary: Binary, tmdb: StandIn, logs: Path, request: pytest.FixtureRequest) -> Talk:
    """Runs a coroutine function with an open session on standard input and output."""

    def run(use: Use, *arguments: str, key: str | None = API_KEY, url: str = tmdb.url, **variables: str) -> None:
        log = logs / "client.stderr"
        place = sdk.Stdio([*binary.on_stdio, *arguments], environment(url, key, **variables), log)
        sdk.run(place, request.param, use)
        assert API_KEY not in log.read_text()

    return run


TEMPLATES = {
    "tmdb://movie/{id}", "tmdb://tv/{id}", "tmdb://person/{id}", "tmdb://collection/{id}", "tmdb://tv/{id}/season/{n}",
}  # fmt: skip

# URI, and what is in it
RECORDS: dict[str, dict[str, Any]] = {
    "tmdb://movie/603": {"title": "The Matrix", "year": 1999, "genres": ["Action", "Science Fiction"]},
    "tmdb://movie/438631-dune-2021": {"id": 438631, "title": "Dune"},
    "tmdb://tv/1396": {"title": "Breaking Bad", "imdb_id": "tt0903747"},
    "tmdb://person/6384": {"name": "Keanu Reeves"},
    "tmdb://collection/2344": {"title": "The Matrix Collection"},
    "tmdb://tv/1396/season/1": {"season_number": 1},
}

NOWHERE = (
    "tmdb://movie/987654321", "tmdb://movie/x", "tmdb://film/603", "tmdb://tv/1396/season/99", "file:///etc/passwd",
)  # fmt: skip

PROMPTS: dict[str, dict[str, str]] = {
    "watch_tonight": {"region": "DE", "services": "Netflix, MUBI", "mood": "funny", "kind": "movie", "minutes": "100"},
    "compare_titles": {"first": "Alien (1979)", "second": "The Thing (1982)", "others": "Sunshine (2007)"},
    "more_like_this": {"title": "Parasite (2019)", "liked": "the stairs"},
    "franchise_order": {"franchise": "The Matrix Collection", "order": "story"},
    "best_work": {"person": "Keanu Reeves", "role": "actor"},
    "genre_trip": {"genre": "Western", "stops": "5"},
}


def test_resources_and_templates_are_listed(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        fixed = await client.resources()
        assert {one["uri"] for one in fixed} == {"tmdb://genres/movie", "tmdb://genres/tv", "tmdb://configuration"}
        templates = await client.templates()
        assert {one["uriTemplate"] for one in templates} == TEMPLATES
        assert all(one["title"] and one["description"] and one["mimeType"] for one in fixed + templates)

    talk(use)


@pytest.mark.every_platform
def test_every_resource_can_be_read(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        assert {"id": 878, "name": "Science Fiction"} in (await client.read("tmdb://genres/movie"))["genres"]
        assert {"id": 10765, "name": "Sci-Fi & Fantasy"} in (await client.read("tmdb://genres/tv"))["genres"]
        assert (await client.read("tmdb://configuration"))["images"]["secure_base_url"].startswith("https://")
        for uri, wanted in RECORDS.items():
            record = await client.read(uri)
            assert {name: record.get(name) for name in wanted} == wanted
            assert "TMDB" in record["attribution"]

    talk(use)


def test_the_parts_of_a_collection_are_in_order_of_release(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        parts = (await client.read("tmdb://collection/2344"))["parts"]
        years = [part["year"] for part in parts if "year" in part]
        assert years == sorted(years) and len(years) > 2
        assert all("year" in part for part in parts[: len(years)]), "what has no date yet comes last"

    talk(use)


def test_what_is_not_there_is_an_error_and_the_session_lives_on(talk: Talk, tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        for uri in NOWHERE:
            with pytest.raises(sdk.ProtocolError):
                await client.read(uri)
        tmdb.fault = faults.status(503)
        with pytest.raises(sdk.ProtocolError, match="503"):
            await client.read("tmdb://movie/841")
        tmdb.fault = None
        assert await client.read("tmdb://movie/603")

    talk(use, TMDB_TIMEOUT="1")


@pytest.mark.every_platform
def test_every_prompt_is_filled_in(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        listed = {prompt["name"]: prompt for prompt in await client.prompts()}
        tools = {tool["name"] for tool in await client.tools()}
        assert set(listed) == set(PROMPTS)
        for name, arguments in PROMPTS.items():
            assert {argument["name"] for argument in listed[name]["arguments"]} == set(arguments)
            text = await client.prompt(name, arguments)
            assert all(value in text for value in arguments.values())
            assert any(tool in text for tool in tools)

    talk(use)


TYPED = {
    "watch_tonight": "US Disney Plus funny movie 100", "compare_titles": "The Matrix Dune",
    "more_like_this": "The Matrix", "franchise_order": "The Matrix", "best_work": "Tom Hanks",
    "genre_trip": "Science Fiction",
}  # fmt: skip


def test_what_a_client_cuts_at_the_spaces_is_read_as_it_was_typed(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        for prompt in await client.prompts():
            names = [argument["name"] for argument in prompt["arguments"]]
            words = TYPED[prompt["name"]].split(" ")
            # As Claude Code does: by position, and the words for which there is no argument go.
            text = await client.prompt(prompt["name"], dict(zip(names, words)))
            assert " ".join(words[: len(names)]) in text.partition("\n")[0] or prompt["name"] == "watch_tonight"
            assert f'was "{" ".join(words[: len(names)])}": ' in text
            # As Gemini CLI does: all of it, where one argument is required.
            (required,) = (argument["name"] for argument in prompt["arguments"] if argument["required"])
            assert TYPED[prompt["name"]] in await client.prompt(prompt["name"], {required: TYPED[prompt["name"]]})

    talk(use)


def test_a_prompt_needs_what_it_says_that_it_needs(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        for prompt in await client.prompts():
            required = [argument["name"] for argument in prompt["arguments"] if argument.get("required")]
            given = {name: PROMPTS[prompt["name"]][name] for name in required}
            assert await client.prompt(prompt["name"], given)
            for name in required:
                with pytest.raises(sdk.ProtocolError, match=name):
                    await client.prompt(prompt["name"], {other: "x" for other in required if other != name})

    talk(use)


def test_typing_brings_what_it_may_become(talk: Talk, tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        films = await client.complete("tmdb://movie/{id}", "id", "dun")
        assert "438631-dune-2021" in films
        assert (await client.read(f"tmdb://movie/{films[0]}"))["title"].startswith("Dune")
        assert "1396-breaking-bad-2008" in await client.complete("tmdb://tv/{id}", "id", "breaking")
        assert "6384-keanu-reeves" in await client.complete("tmdb://person/{id}", "id", "keanu")
        seasons = functools.partial(client.complete, "tmdb://tv/{id}/season/{n}", "n")
        assert await seasons("", id="1396") == ["0", "1", "2", "3", "4", "5"]
        assert await seasons("3", id="1396-breaking-bad-2008") == ["3"]
        assert await seasons("") == []
        assert "Dune (2021)" in await client.complete("compare_titles", "first", "dun")
        assert await client.complete("watch_tonight", "region", "d") == ["DE", "DK"]
        assert await client.complete("watch_tonight", "services", "MUBI, netf") == ["MUBI, Netflix"]
        assert await client.complete("genre_trip", "genre", "sci") == ["Science Fiction"]
        assert "The Matrix Collection" in await client.complete("franchise_order", "franchise", "matrix")
        tmdb.fault = faults.status(404)
        assert await client.complete("tmdb://movie/{id}", "id", "parasi") == []

    talk(use)


def test_all_is_listed_without_network_and_key(talk: Talk) -> None:
    async def use(client: sdk.Session) -> None:
        assert await client.tools() and await client.resources() and await client.templates() and await client.prompts()
        assert await client.prompt("genre_trip", {"genre": "Western"})
        assert await client.complete("watch_tonight", "mood", "f") == ["feel-good", "funny"]
        with pytest.raises(sdk.ProtocolError, match="TMDB_API_KEY"):
            await client.read("tmdb://movie/603")

    talk(use, key=None, url="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("chosen", "tools", "prompts"),
    [
        ("search", ["search"], []),
        ("get_details,search", ["search", "get_details"], ["compare_titles"]),
        ("discover", ["discover_movies", "discover_tv", "get_trending", "get_recommendations"], ["genre_trip"]),
        ("people,search", ["search", "get_credits", "get_filmography"], ["best_work"]),
        (
            "original",
            ["search", "get_details", "discover_movies", "discover_tv", "get_trending", "get_recommendations"],
            ["compare_titles", "more_like_this", "genre_trip"],
        ),
    ],
)  # fmt: skip
def test_only_the_chosen_tools_are_offered_and_the_prompts_that_need_no_others(
    talk: Talk, chosen: str, tools: list[str], prompts: list[str]
) -> None:
    async def use(client: sdk.Session) -> None:
        assert [tool["name"] for tool in await client.tools()] == tools
        if prompts:
            assert [prompt["name"] for prompt in await client.prompts()] == prompts
        else:  # then the server does not have the method either
            with pytest.raises(sdk.ProtocolError):
                await client.prompts()
        with pytest.raises(sdk.ProtocolError):
            await client.call("list_reference", {"kind": "networks"})

    talk(use, "--tools", chosen)
