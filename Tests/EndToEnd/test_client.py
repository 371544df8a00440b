"""Clients of others: what a host does with the program, over each transport and in each mode of opening a session."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest
from harness import sdk
from harness.binaries import Binary
from harness.expectations import ARGUMENTS, FAULTS, failure, identities, says, structured, titles, totals
from harness.listening import TOKEN, Serve
from harness.messages import LEGACY, MODERN
from harness.process import environment
from jsonschema import Draft202012Validator
from standin import API_KEY, Certificates, StandIn, faults

pytestmark = [
    pytest.mark.client,
    pytest.mark.same_everywhere("a client of others is told what the tests by message are told"),
]

Use = Callable[[sdk.Session], Awaitable[None]]


HANDSHAKES = tuple(mode for mode in sdk.MODES if mode in ("initialize", "legacy"))
WAYS = [
    *(("stdio", mode) for mode in sdk.MODES),
    *((path, mode) for path in ("/mcp", "/mcp/stream") for mode in sdk.MODES),
    *(("/mcp/sse", mode) for mode in HANDSHAKES),
]
"""How a client reaches the program: on stdio, or at a path, of which the last is HTTP+SSE; and its mode."""


@pytest.fixture(params=WAYS, ids=[f"{'' if place == 'stdio' else 'http:'}{place}-{mode}" for place, mode in WAYS])
def way(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param


@pytest.fixture
def mode(way: tuple[str, str]) -> str:
    return way[1]


@pytest.fixture
def session(
    binary: Binary, way: tuple[str, str], tmdb: StandIn, logs: Path, serve: Serve
) -> Callable[..., None]:
    """Runs a coroutine function with an open session."""
    path, mode = way

    def run(use: Use, upstream: StandIn | None = None, **variables: str) -> None:
        if path == "stdio":
            log = logs / "client.stderr"
            settings = environment((upstream or tmdb).url, API_KEY, **variables)
            sdk.run(sdk.Stdio(binary.on_stdio, settings, log), mode, use)
            assert API_KEY not in log.read_text()
        else:
            server = serve(upstream=upstream, **variables)
            sdk.run(sdk.HTTP(server.at(path), TOKEN, is_old=path == "/mcp/sse"), mode, use)

    return run


def test_a_session_opens_in_the_revision_of_its_mode(session: Callable[..., None], way: tuple[str, str]) -> None:
    path, mode = way

    async def use(client: sdk.Session) -> None:
        assert client.revision == sdk.AGREED[mode] or (path == "/mcp/sse" and client.revision in LEGACY)
        await client.tools()
        assert client.server_name in ("tmdb-mcp", None if mode == MODERN else "tmdb-mcp")

    session(use)


def test_the_tools_are_listed(session: Callable[..., None]) -> None:
    async def use(client: sdk.Session) -> None:
        for tool in await client.tools():
            Draft202012Validator.check_schema(tool["inputSchema"])
            Draft202012Validator.check_schema(tool["outputSchema"])

    session(use)


@pytest.mark.every_platform
def test_a_search_brings_structured_content_that_fits_its_schema(session: Callable[..., None]) -> None:
    async def use(client: sdk.Session) -> None:
        search = (await client.tools())[0]
        content = structured(await client.search(query="matrix"))
        Draft202012Validator(search["outputSchema"]).validate(content)
        assert "The Matrix" in titles(content)

    session(use)


def test_page_and_language_reach_upstream(session: Callable[..., None], tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        content = structured(await client.search(query="the", page=2, language="de-DE"))
        assert totals(content) == (2, 2, 32)

    session(use)
    # Another one asks for what the rows lack in German.
    seen = next(asked for asked in tmdb.requests if asked.path == "/3/search/multi")
    assert (seen.query["page"], seen.query["language"]) == ("2", "de-DE")


def test_many_searches_at_once_each_get_their_own_answer(session: Callable[..., None]) -> None:
    wanted = {"matrix": 6, "keanu": 1, "the": 32, "nothing like it": 0, "parasite": 1}

    async def use(client: sdk.Session) -> None:
        async def one(query: str, total: int) -> None:
            assert totals(structured(await client.search(query=query)))[2] == total

        async with anyio.create_task_group() as group:
            for query, total in list(wanted.items()) * 4:
                group.start_soon(one, query, total)

    session(use)


def test_a_wrong_argument_is_told_to_the_model(session: Callable[..., None], tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        assert says(failure(await client.search(query="matrix", page=501)), ("page", *ARGUMENTS["page"]))

    session(use)
    assert tmdb.requests == []


def test_an_unknown_tool_is_a_protocol_error(session: Callable[..., None]) -> None:
    async def use(client: sdk.Session) -> None:
        with pytest.raises(sdk.ProtocolError):
            await client.call("made_up", {})
        assert structured(await client.search(query="matrix"))["results"]

    session(use)


def test_a_fault_of_upstream_is_told_and_the_session_lives_on(session: Callable[..., None], tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        for fault, kind in ((faults.status(503), "5xx"), (faults.broken_json(), "unreadable")):
            tmdb.fault = fault
            assert says(failure(await client.search(query="matrix")), FAULTS[kind])
        tmdb.fault = None
        assert structured(await client.search(query="matrix"))["results"]

    session(use, TMDB_TIMEOUT="1")


@pytest.mark.filterwarnings("ignore:ping is removed")
def test_a_ping_is_answered_where_the_revision_has_it(session: Callable[..., None], mode: str) -> None:
    if sdk.AGREED[mode] == MODERN:
        pytest.skip("2026-07-28 has no ping")

    async def use(client: sdk.Session) -> None:
        await client.ping()

    session(use)


def test_a_search_over_tls(session: Callable[..., None], certificates: Certificates, secure_tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        assert structured(await client.search(query="千と千尋"))["results"]

    session(use, upstream=secure_tmdb, SSL_CERT_FILE=str(certificates.authority))
    assert len(secure_tmdb.requests) == 1


@pytest.mark.parametrize(
    ("query", "file"), [("Disney", "search_multi_disney.json"), ("vin", "search_multi_with_collection.json")]
)
def test_a_search_of_what_tmdb_really_sends(
    session: Callable[..., None], recorded_tmdb: StandIn, recordings_folder: Path, query: str, file: str
) -> None:
    recorded = json.loads((recordings_folder / file).read_bytes())

    async def use(client: sdk.Session) -> None:
        search = (await client.tools())[0]
        content = structured(await client.search(query=query))
        Draft202012Validator(search["outputSchema"]).validate(content)
        assert identities(content) == identities(recorded)
        assert titles(content) == titles(recorded)
        assert totals(content) == totals(recorded)

    session(use, upstream=recorded_tmdb)
