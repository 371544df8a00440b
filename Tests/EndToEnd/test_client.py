"""The official SDK as the client: what a host does with the program."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest
from harness import sdk
from harness.binaries import Binary
from harness.expectations import ARGUMENTS, FAULTS, failure, identities, says, structured, titles, totals
from harness.messages import MODERN
from harness.process import environment
from jsonschema import Draft202012Validator
from standin import API_KEY, Certificates, StandIn, faults

pytestmark = pytest.mark.client

Use = Callable[[sdk.Session], Awaitable[None]]


@pytest.fixture(params=sdk.MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def session(binary: Binary, mode: str, tmdb: StandIn, logs: Path) -> Callable[..., None]:
    """Runs a coroutine function with an open session."""

    def run(use: Use, upstream: StandIn | None = None, **variables: str) -> None:
        log = logs / "server-1.stderr"
        sdk.run(binary.command, environment((upstream or tmdb).url, API_KEY, **variables), log, mode, use)
        assert API_KEY not in log.read_text()

    return run


def test_a_session_opens_in_the_revision_of_its_mode(session: Callable[..., None], mode: str) -> None:
    async def use(client: sdk.Session) -> None:
        assert client.revision == sdk.AGREED[mode]
        await client.tools()
        assert client.server_name in ("tmdb-mcp", None if mode == MODERN else "tmdb-mcp")

    session(use)


def test_the_tools_are_listed(session: Callable[..., None]) -> None:
    async def use(client: sdk.Session) -> None:
        (search,) = await client.tools()
        assert search["name"] == "search"
        Draft202012Validator.check_schema(search["inputSchema"])
        Draft202012Validator.check_schema(search["outputSchema"])

    session(use)


def test_a_search_brings_structured_content_that_fits_its_schema(session: Callable[..., None]) -> None:
    async def use(client: sdk.Session) -> None:
        (search,) = await client.tools()
        content = structured(await client.search(query="matrix"))
        Draft202012Validator(search["outputSchema"]).validate(content)
        assert "The Matrix" in titles(content)

    session(use)


def test_page_and_language_reach_upstream(session: Callable[..., None], tmdb: StandIn) -> None:
    async def use(client: sdk.Session) -> None:
        content = structured(await client.search(query="the", page=2, language="de-DE"))
        assert totals(content) == (2, 2, 32)

    session(use)
    (seen,) = tmdb.requests
    assert (seen.query["page"], seen.query["language"]) == ("2", "de-DE")


def test_many_searches_at_once_each_get_their_own_answer(session: Callable[..., None]) -> None:
    wanted = {"matrix": 6, "keanu": 1, "the": 32, "nothing like it": 0, "parasite": 1}

    async def use(client: sdk.Session) -> None:
        async def one(query: str, total: int) -> None:
            assert totals(structured(await client.search(query=query)))[2] == total

        async with anyio.create_task_group() as group:
            for query, total in list(wanted.items()) * 10:
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

    session(use)


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
        (search,) = await client.tools()
        content = structured(await client.search(query=query))
        Draft202012Validator(search["outputSchema"]).validate(content)
        assert identities(content) == identities(recorded)
        assert titles(content) == titles(recorded)
        assert totals(content) == totals(recorded)

    session(use, upstream=recorded_tmdb)
