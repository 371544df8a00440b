"""Arguments as clients and models spell them: what is plainly meant is asked of TMDB, and what is not is refused."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says, structured
from harness.messages import MODERN, call, in_revision, request
from harness.process import DEADLINE, Server, Start, environment
from standin import API_KEY, StandIn

pytestmark = pytest.mark.same_everywhere("arguments are text")

Arguments = dict[str, Any]
BREAKING_BAD = "https://www.themoviedb.org/tv/1396-breaking-bad"

# tool, arguments as the schema has them, and others that mean the same
MEANT: dict[str, tuple[str, Arguments, list[Arguments]]] = {
    "names with dots": (
        "discover_movies", {"vote_average.gte": 7, "vote_average.lte": 9},
        [
            {"vote_average_gte": 7, "vote_average_lte": 9}, {"vote_average": {"gte": 7, "lte": 9}},
            {"vote_average": '{"gte": 7, "lte": "9"}'},
            {"vote_average-gte": "7", "vote_average": {"lte": 9.0}, "page": 1.0},
            {"vote_average_gte": 7, "vote_average.gte": 7.0, "vote_average.lte": 9},
        ],
    ),
    "ids": (
        "get_details", {"media_type": "movie", "ids": [603, 841]},
        [
            {"media_type": "movie", "ids": form}
            for form in ("[603, 841]", '["603", "841"]', "603,841", "[603.0,841]", ["603", 841.0], "['603', '841']")
        ],
    ),
    "one id": (
        "get_details", {"media_type": "movie", "ids": [603]},
        [{"media_type": "movie", "ids": form} for form in (603, "603", "[603]", ["603"])],
    ),
    "names of TMDB's": (
        "get_details", {"media_type": "movie", "id": 603, "append": ["keywords", "images"]},
        [
            {"media_type": "movie", "id": 603, "append": form}
            for form in ('["keywords", "images"]', "keywords, images", "['keywords','images']")
        ],
    ),
    "ids in a filter": (
        "discover_movies", {"with_genres": "28,878"},
        [{"with_genres": form} for form in ("[28,878]", [28, 878], '["28", "878"]', ["28", 878])],
    ),
    "names in a filter": (
        "discover_movies", {"with_cast": "Keanu Reeves"},
        [{"with_cast": form} for form in ('["Keanu Reeves"]', ["Keanu Reeves"], "['Keanu Reeves']")],
    ),
    "scalars": (
        "search", {"query": "the", "page": 2, "include_adult": True},
        [
            {"query": "the", "page": "2", "include_adult": "true"},
            {"query": ["the"], "page": [2], "include_adult": [True]},
            {"query": "the", "page": 2.0, "include_adult": "True"},
            {"query": "the", "page": "[2]", "include_adult": "TRUE"},
        ],
    ),
    "what is left out": (
        "search", {"query": "the"},
        [
            {"query": "the", "page": 0, "year": 0, "type": "", "region": None, "language": ""},
            {"query": "the", "page": "0", "year": "null", "region": "None", "include_adult": None},
        ],
    ),
    "numbers that are left out": (
        "discover_movies", {},
        [
            {"page": 0, "year": 0, "primary_release_year": 0, "vote_count.gte": 0, "vote_count.lte": 0},
            {"with_runtime": {"gte": 0, "lte": 0}, "with_genres": [], "watch_region": "", "with_cast": ""},
        ],
    ),
    "a season of no series": (
        "get_watch_providers", {"media_type": "movie", "id": 603, "region": "US"},
        [{"media_type": "movie", "id": 603, "region": "us", "season_number": 0}],
    ),
    "choices in other letters": (
        "get_credits", {"media_type": "tv", "id": 1396, "department": "Directing", "detail": "full"},
        [
            {"media_type": "TV", "id": "1396", "department": "directing", "detail": "FULL", "limit": 0},
            {"media_type": "tv show", "id": [1396], "department": ["Directing"], "detail": "Full"},
            {"media_type": "Series", "id": "1396-breaking-bad", "department": "DIRECTING", "detail": "full"},
        ],
    ),
    "a movie": (
        "get_details", {"media_type": "movie", "id": 603},
        [
            {"media_type": word, "id": form}
            for word, form in (
                ("film", "603"), ("Movie", "603-the-matrix"), ("films", 603.0), ("movies", [603]),
                ("movie", "https://www.themoviedb.org/movie/603-the-matrix?language=de"), ("tv", "tmdb://movie/603"),
            )
        ] + [{"id": "https://www.themoviedb.org/movie/603"}, {"media_type": None, "id": "movie/603"}],
    ),
    "a person": (
        "get_details", {"media_type": "person", "id": 6384},
        [{"media_type": word, "id": 6384} for word in ("actor", "people", "Actress", "director")]
        + [{"id": "https://www.themoviedb.org/person/6384-keanu-reeves"}],
    ),
    "a season": (
        "get_season", {"id": 1396, "season_number": 0},
        [{"id": BREAKING_BAD, "season_number": "0"}, {"id": "1396-breaking-bad", "season_number": 0.0, "page": 0}],
    ),
    "trends": (
        "get_trending", {"media_type": "tv", "time_window": "week"},
        [{"media_type": "shows", "time_window": "Week"}, {"media_type": "TV series", "time_window": "WEEK", "page": 0}],
    ),
    "what clients add": (
        "search", {"query": "the"},
        [
            {"query": "the", "task_progress": "- [x] look", "wait_for_previous": True},
            {"query": "the", "sessionId": "a", "action": "sendMessage", "chatInput": "the", "toolCallId": "call_1"},
            {"query": "the", "security_context": {"agent_fingerprint": {}}},
        ],
    ),
}  # fmt: skip

# tool, arguments, where TMDB is asked in the end: those that only TMDB can tell
FOUND: dict[str, tuple[str, Arguments, list[str]]] = {
    "a movie of IMDb's": ("get_details", {"id": "tt0133093"}, ["/3/movie/603"]),
    "a series of IMDb's": (
        "get_recommendations", {"media_type": "movie", "id": "tt0903747"}, ["/3/tv/1396/recommendations"]),
    "a person of IMDb's": (
        "get_filmography", {"id": "https://www.imdb.com/name/nm0000206/"}, ["/3/person/6384/combined_credits"]),
    "several": (
        "get_details", {"media_type": "movie", "ids": "tt0133093, 841-dune, https://www.themoviedb.org/movie/438631"},
        ["/3/movie/438631", "/3/movie/603", "/3/movie/841"],
    ),
    "an episode that is none": (
        "get_season", {"id": 1396, "season_number": 1, "episode_number": 0}, ["/3/tv/1396/season/1"]),
}  # fmt: skip

# tool, arguments, what the refusal says
REFUSED: dict[str, tuple[str, Arguments, tuple[str, ...]]] = {
    "both spellings": (
        "discover_movies", {"vote_average.gte": 7, "vote_average_gte": 8}, (r"vote_average\.gte is given twice",)),
    "a member that is none": ("discover_movies", {"vote_average": {"min": 7}}, (r"vote_average\.min",)),
    "two where one is meant": ("search", {"query": "the", "page": [1, 2]}, ("page", "not an array")),
    "a type that is none": ("get_details", {"media_type": "game", "id": 1}, ("media_type", "movie, tv, person")),
    "no type": ("get_details", {"id": "603-the-matrix"}, ("media_type is missing",)),
    "a slug without an id": ("get_details", {"media_type": "movie", "id": "the-matrix"}, (r"\bid must be",)),
    "an id of another tool's": ("get_season", {"id": "movie/603", "season_number": 1}, ("movie/603",)),
    "an id that nothing has": ("get_details", {"id": "tt9999999"}, ("tt9999999", "search")),
    "ids of several types": (
        "get_details", {"ids": ["movie/603", "tv/1396"]}, ("another type than the ids before it",)),
    "what no client adds": (
        "search", {"query": "the", "task_progres": 1}, ("task_progres", "the arguments are: query")),
    "a near name": ("search", {"query": "the", "lang": "de"}, ("perhaps language is meant",)),
}  # fmt: skip


def ask(server: Server, tool: str, arguments: Any) -> dict[str, Any]:
    return server.result_of(call(server.identifier(), arguments, server.revision, name=tool))


def asked(tmdb: StandIn, since: int = 0) -> list[tuple[str, str]]:
    """What TMDB was asked, but for the first requests, in any order."""
    return sorted((each.path, json.dumps(each.query, sort_keys=True)) for each in tmdb.requests[since:])


@pytest.mark.parametrize(("tool", "plain", "others"), MEANT.values(), ids=MEANT)
def test_what_is_plainly_meant_is_asked_of_tmdb(
    start: Start, tmdb: StandIn, tool: str, plain: Arguments, others: list[Arguments]
) -> None:
    def answer(arguments: Arguments) -> tuple[Any, Any]:
        before = len(tmdb.requests)
        content = structured(ask(server, tool, arguments))
        return content, asked(tmdb, before)

    server = start(revision=MODERN, TMDB_CACHE_SIZE="0")
    expected = answer(plain)
    assert expected[1]
    for arguments in others:
        assert answer(arguments) == expected, arguments


@pytest.mark.parametrize(("tool", "arguments", "paths"), FOUND.values(), ids=FOUND)
def test_what_tmdb_alone_can_tell_is_found_there(
    start: Start, tmdb: StandIn, tool: str, arguments: Arguments, paths: list[str]
) -> None:
    structured(ask(start(), tool, arguments))
    seen = [path for path, _ in asked(tmdb) if "/genre/" not in path]
    assert [path for path in seen if "/find/" not in path] == paths


@pytest.mark.parametrize(("tool", "arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_plain_is_refused(
    start: Start, tmdb: StandIn, tool: str, arguments: Arguments, said: tuple[str, ...]
) -> None:
    assert says(failure(ask(start(), tool, arguments)), said)
    assert all("/find/" in path for path, _ in asked(tmdb))


def test_arguments_may_be_the_text_of_an_object_or_an_empty_array(start: Start, tmdb: StandIn) -> None:
    server = start()
    assert structured(ask(server, "search", '{"query": "the"}')) == structured(ask(server, "search", {"query": "the"}))
    assert structured(ask(server, "discover_movies", [])) == structured(ask(server, "discover_movies", {}))
    for wrong in ("the", ["the"], 5):
        message = server.error_of(call(server.identifier(), wrong))["message"]
        assert "arguments must be an object" in message


# How clients are shown names that have dots at TMDB.

UNDERSCORES = {"TMDB_MCP_ARGUMENT_NAMES": "underscores"}
DOTTED = re.compile(r"\.[gl]te\b")


def tools_of(server: Server) -> dict[str, Any]:
    result = server.result_of(in_revision(request(server.identifier(), "tools/list"), server.revision))
    return {tool["name"]: tool for tool in result["tools"]}


def test_names_have_dots_unless_a_setting_wants_underscores(start: Start) -> None:
    usual, plain = tools_of(start(revision=MODERN)), tools_of(start(revision=MODERN, **UNDERSCORES))
    dotted = {name for tool in usual.values() for name in tool["inputSchema"]["properties"] if "." in name}
    assert {"vote_average.gte", "first_air_date.lte", "certification.gte", "with_runtime.lte"} <= dotted
    names = [name for tool in plain.values() for name in tool["inputSchema"]["properties"]]
    assert {name.replace(".", "_") for name in dotted} <= set(names)
    assert all(re.fullmatch("[0-9A-Za-z_]+", name) for name in names)
    assert not DOTTED.search(json.dumps(plain))
    # But for that they are the same.
    assert json.loads(DOTTED.sub(lambda found: "_" + found[0][1:], json.dumps(usual))) == plain


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("discover_movies", {"vote_average.gte": 8, "vote_average_lte": 3}, ("vote_average_gte", "vote_average_lte")),
        ("discover_movies", {"certification.gte": "PG"}, ("certification_gte needs",)),
        ("discover_movies", {"certification_country": "US"}, ("certification_gte or certification_lte",)),
        ("discover_movies", {"vote_average_gte": 11}, ("vote_average_gte must be",)),
        ("discover_movies", {"first_air_date.gte": "2020-01-01"}, ("movies have primary_release_date_gte",)),
        ("discover_movies", {"runtime": 90}, ("with_runtime_gte",)),
        (
            "discover_movies", {"certification_lte": "Q", "certification_country": "US"},
            ("certification_lte: US has no",)),
    ],
)  # fmt: skip
def test_what_is_said_of_names_has_underscores_too(
    start: Start, tool: str, arguments: Arguments, said: tuple[str, ...]
) -> None:
    message = failure(ask(start(**UNDERSCORES), tool, arguments))
    # The name that the client gave stays as it gave it.
    given = next((name for name in arguments if "no argument" in message and name in message), "")
    assert says(message, said) and not DOTTED.search(message.replace(given, "") if given else message)


def test_prompts_name_arguments_as_the_tools_do(start: Start) -> None:
    def text(server: Server, name: str, arguments: Arguments) -> str:
        asked = request(server.identifier(), "prompts/get", {"name": name, "arguments": arguments})
        return json.dumps(server.result_of(asked)["messages"])

    usual, plain = start(), start(**UNDERSCORES)
    for name, arguments in (("watch_tonight", {"region": "US"}), ("genre_trip", {"genre": "Western"})):
        assert DOTTED.search(text(usual, name, arguments))
        assert not DOTTED.search(text(plain, name, arguments))


def test_both_spellings_are_taken_whichever_is_shown(start: Start, tmdb: StandIn) -> None:
    for settings in ({}, UNDERSCORES):
        server = start(TMDB_CACHE_SIZE="0", **settings)
        for arguments in ({"vote_average.gte": 7}, {"vote_average_gte": 7}, {"vote_average": {"gte": 7}}):
            structured(ask(server, "discover_movies", arguments))
            assert tmdb.requests[-1].query["vote_average.gte"] == "7"


SEMANTIC_KERNEL = Path(__file__).resolve().parents[2] / ".build" / "venv" / "mcp1" / "bin" / "python"


def test_semantic_kernel_takes_every_tool(binary: Binary, tmdb: StandIn) -> None:
    """It refuses a server for one name with a dot, hence the setting."""
    client = Path(__file__).parent / "harness" / "semantic_kernel_client.py"
    settings = environment(tmdb.url, API_KEY, **UNDERSCORES)
    ran = subprocess.run(
        [SEMANTIC_KERNEL, "-P", client, *binary.on_stdio, "discover_movies", json.dumps({"vote_average_gte": 8})],
        env=settings, capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert len(seen["tools"]) >= 15
    assert all(name.isidentifier() for names in seen["tools"].values() for name in names)
    assert "Howl's Moving Castle" in seen["result"][0]
    (discovered,) = [each for each in tmdb.requests if each.path.endswith("/discover/movie")]
    assert discovered.query["vote_average.gte"] == "8"
