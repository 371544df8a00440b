"""`tmdb-mcp call` and `tmdb-mcp tools`: what is offered, from a shell."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest
from harness.binaries import Binary
from harness.process import DEADLINE, environment
from harness.terminal import run_on_terminal
from standin import ACCESS_TOKEN, API_KEY, StandIn, faults
from standin.wire import Answer
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("arguments and results as text")


def call(binary: Binary, tmdb: StandIn, *operands: str, key: str = API_KEY, **variables: str):
    done = run(binary, "call", *operands, **environment(tmdb.url, key, **variables))
    assert API_KEY not in done.stdout + done.stderr and ACCESS_TOKEN not in done.stdout + done.stderr
    return done


@pytest.mark.every_platform
def test_the_answer_is_json_on_one_line_when_it_is_no_terminal(binary: Binary, tmdb: StandIn) -> None:
    done = call(binary, tmdb, "search", "query=matrix")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout)["results"]
    assert call(binary, tmdb, "search", "query=matrix", TMDB_MCP_RESULTS="text").stdout == done.stdout


@pytest.mark.every_platform
def test_values_become_what_the_schema_says(binary: Binary, tmdb: StandIn) -> None:
    for operands in (("query=42", "page=2"), ('query:="42"', "page:=2"), ("page=2", "query=42")):
        assert call(binary, tmdb, "search", *operands).returncode == 0
        assert {"query": "42", "page": "2"}.items() <= tmdb.requests[-1].query.items()


def test_a_value_may_hold_an_equals_sign_whitespace_and_other_alphabets(binary: Binary, tmdb: StandIn) -> None:
    assert call(binary, tmdb, "search", "query=a = b: дом & 千").returncode == 0
    assert tmdb.requests[-1].query["query"] == "a = b: дом & 千"


@pytest.mark.parametrize(
    ("operands", "told"),
    [
        ((), "call needs the name of a tool: "),
        (("serch", "query=x"), 'there is no tool "serch"; did you mean search?'),
        (("search",), "query is missing"),
        (("search", "matrix"), '"matrix" is not NAME=VALUE; did you mean query=matrix? the arguments are: query, '),
        (("search", "the", "matrix", "page=2"), 'did you mean query="the matrix"?'),
        (("get_details", "matrix"), '"matrix" is not NAME=VALUE; the arguments are: media_type, '),
        (("search", "query=x", "pge=1"), 'there is no argument "pge"; the arguments are: query, '),
        (("search", "query=x", "page=many"), "page must be a whole number from 1 to 500"),
        (("search", "query=x", "page=501"), "page must be a whole number from 1 to 500"),
        (("search", "query=x", "query=y"), "query is given twice"),
        (("search", "query:=x"), "what follows query:= is not JSON"),
    ],
)
def test_wrong_arguments_are_told_with_those_that_there_are(
    binary: Binary, tmdb: StandIn, operands: tuple[str, ...], told: str
) -> None:
    done = call(binary, tmdb, *operands)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert tmdb.requests == []


def test_a_failure_goes_to_standard_error(binary: Binary, tmdb: StandIn) -> None:
    done = call(binary, tmdb, "search", "query=x", key="another-key-that-is-not-known")
    assert (done.returncode, done.stdout) == (1, "")
    assert "TMDB_API_KEY" in done.stderr and "another-key" not in done.stderr
    tmdb.fault = faults.status(404)
    done = call(binary, tmdb, "search", "query=x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tmdb-mcp: ") and done.stderr.count("\n") == 1


def test_without_a_key_it_says_where_to_get_one(binary: Binary, tmdb: StandIn) -> None:
    done = run(binary, "call", "search", "query=x", **environment(tmdb.url, None))
    assert done.returncode == 1
    assert "https://www.themoviedb.org/settings/api" in done.stderr


@pytest.mark.every_platform
def test_a_timeout_is_a_setting(binary: Binary, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    done = call(binary, tmdb, "search", "query=x", "--tmdb-timeout", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "time" in done.stderr


@pytest.mark.every_platform
def test_ctrl_c_cancels_the_call_upstream(binary: Binary, tmdb: StandIn) -> None:
    tmdb.fault = faults.never
    with subprocess.Popen(
        [*binary.command, "call", "search", "query=x"], env=environment(tmdb.url, API_KEY),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        tmdb.wait_for_requests(1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=DEADLINE)
    assert (process.returncode, output, errors) == (130, b"", b"")
    tmdb.wait_for_hang_up()


def test_on_a_terminal_the_answer_is_readable_and_commands_nothing(binary: Binary, tmdb: StandIn) -> None:
    title = "Evil \x1b[2J\x9b31m\u202e"
    overview = "two\nlines " + "and many words more " * 5
    rows = [
        {"id": 1, "media_type": "movie", "title": title, "overview": overview, "adult": None},
        {"id": 12345, "media_type": "movie", "title": "Good", "release_date": "1999-03-31", "overview": overview},
    ]
    page = {"page": 1, "total_pages": 1, "total_results": 2, "results": rows}
    tmdb.answering = lambda _: Answer(200, body=json.dumps(page).encode())
    done = run_on_terminal([*binary.command, "call", "search", "query=x"], environment(tmdb.url, API_KEY))
    assert (done.returncode, done.stderr) == (0, "")
    head, _, rest = done.stdout.partition("results:\n")
    assert head == "page: 1\ntotal_pages: 1\ntotal_results: 2\n"
    header, first, *below = rest.splitlines()
    assert header.split() == ["id", "media_type", "title", "year", "date"] and header.startswith("  id")
    assert first.split()[:3] == ["1", "movie", "Evil"]
    assert below[0].startswith("      overview: two lines and many")
    second = next(line for line in below if "12345" in line)
    assert [second.index(word) for word in ("12345", "movie", "Good", "1999 ")] == [
        header.index(name) for name in ("id", "media_type", "title", "year")]
    # Lines break between words, and no word is lost.
    assert all(len(line) <= 80 for line in below)
    assert " ".join(" ".join(below).split()).count("and many words more") == 10
    assert not set(done.stdout) & {"\x1b", "\x9b", "\u202e", "{"}


def test_on_a_terminal_it_is_told_that_nothing_was_found(binary: Binary, tmdb: StandIn) -> None:
    def shown(*operands: str) -> str:
        return run_on_terminal([*binary.command, "call", *operands], environment(tmdb.url, API_KEY)).stdout

    assert "Nothing found: try" in shown("search", "query=zzzzzz")
    tmdb.answering = lambda _: Answer(200, body=b'{"id":603,"cast":[],"crew":[]}')
    assert shown("get_credits", "media_type=movie", "id=603").endswith("nothing found\n")


def test_help_on_a_tool_has_all_its_arguments(binary: Binary) -> None:
    tools = json.loads(run(binary, "tools", **environment(None, None)).stdout)["tools"]
    for tool in tools:
        # Settings that are wrong keep nobody from reading it.
        done = run(binary, "call", tool["name"], "--help", **environment(None, None, SERVER_MODE="wrong"))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"Usage: tmdb-mcp call {tool['name']} ")
        for name in tool["inputSchema"]["properties"]:
            assert f"\n  {name}=" in done.stdout
    done = run(binary, "call", "search", "--help", **environment(None, None))
    assert "search query=VALUE [NAME=VALUE]" in done.stdout and "\n  query=TEXT (required)\n" in done.stdout
    assert "type=multi | movie | tv" in done.stdout and "year=1870 to 2100\n" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 88
    done = run(binary, "call", "serch", "--help", **environment(None, None))
    assert done.returncode == 2 and "did you mean search?" in done.stderr


def test_a_tool_in_the_place_of_a_command_is_told_how_to_call_it(binary: Binary) -> None:
    done = run(binary, "search", "query=matrix", **environment(None, None))
    assert (done.returncode, done.stdout) == (2, "")
    assert "search is a tool, which is called so: tmdb-mcp call search NAME=VALUE\n" in done.stderr


def test_the_level_debug_tells_of_requests_to_tmdb_without_their_query(binary: Binary, tmdb: StandIn) -> None:
    done = call(binary, tmdb, "search", "query=secret-words", "--logging-level=debug", "--logging-format=json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (upstream,) = [line for line in lines if line["msg"] == "TMDB"]
    assert upstream["url"] == f"{tmdb.url}/search/multi" and upstream["status"] == 200
    assert "secret-words" not in done.stderr


def test_tools_are_the_result_of_tools_list(binary: Binary) -> None:
    done = run(binary, "tools", **environment(None, None))
    assert (done.returncode, done.stderr) == (0, "")
    tools = json.loads(done.stdout)["tools"]
    assert "search" in [tool["name"] for tool in tools]
    assert all(tool["inputSchema"]["type"] == "object" for tool in tools)
    only = json.loads(run(binary, "tools", "--tools=search", **environment(None, None)).stdout)["tools"]
    assert [tool["name"] for tool in only] == ["search"]


def test_tools_on_a_terminal_have_names_arguments_and_descriptions(binary: Binary) -> None:
    done = run_on_terminal([*binary.command, "tools"], environment(None, None))
    assert done.returncode == 0
    assert "search: Search TMDB\n  query " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
