"""What the program asks of TMDB: path, parameters, key, connection."""

import pytest
from harness.expectations import FAULTS, failure, says, structured
from harness.messages import request
from harness.process import Start
from standin import ACCESS_TOKEN, API_KEY, StandIn

pytestmark = pytest.mark.same_everywhere("paths, parameters and keys are text")


@pytest.mark.every_platform
def test_a_search_is_one_get_of_search_multi(start: Start, tmdb: StandIn) -> None:
    structured(start().call({"query": "matrix"}))
    (seen,) = tmdb.requests
    assert (seen.method, seen.path) == ("GET", "/3/search/multi")
    assert seen.query["query"] == "matrix"
    assert set(seen.query) <= {"api_key", "query", "page", "language", "include_adult"}
    assert seen.headers["user-agent"].startswith("tmdb-mcp/")


def test_nothing_is_sent_upstream_before_the_first_call(start: Start, tmdb: StandIn) -> None:
    server = start()
    server.result_of(request("list", "tools/list"))
    assert server.is_alive()
    assert tmdb.connections == 0


@pytest.mark.parametrize("slash", ["", "/"], ids=["no slash", "a slash at the end"])
def test_the_base_url_may_end_in_a_slash(start: Start, tmdb: StandIn, slash: str) -> None:
    structured(start(upstream=tmdb.url + slash).call({"query": "matrix"}))
    assert tmdb.requests[0].path == "/3/search/multi"


def test_a_v3_key_goes_into_the_query_and_nowhere_else(start: Start, tmdb: StandIn) -> None:
    structured(start(key=API_KEY).call({"query": "matrix"}))
    (seen,) = tmdb.requests
    assert seen.query["api_key"] == API_KEY
    assert API_KEY not in str(seen.headers)
    assert "authorization" not in seen.headers


def test_a_v4_token_goes_as_bearer_and_not_into_the_url(start: Start, tmdb: StandIn) -> None:
    structured(start(key=ACCESS_TOKEN).call({"query": "matrix"}))
    (seen,) = tmdb.requests
    assert seen.headers["authorization"] == f"Bearer {ACCESS_TOKEN}"
    assert "api_key" not in seen.query
    assert ACCESS_TOKEN not in seen.target


@pytest.mark.parametrize("key", [None, "", " "], ids=["absent", "empty", "blank"])
def test_without_a_key_the_tools_are_listed_and_a_call_says_how_to_get_one(
    start: Start, tmdb: StandIn, key: str | None
) -> None:
    server = start(key=key)
    assert server.result_of(request("list", "tools/list"))["tools"]
    assert says(failure(server.call({"query": "matrix"})), FAULTS["no key"])
    assert tmdb.connections == 0


def test_a_key_cannot_smuggle_a_header_or_a_parameter(start: Start, tmdb: StandIn) -> None:
    """A key of another form may be refused at the start, or sent as one value."""
    key = "abc&query=other\r\nX-Smuggled: 1"
    tmdb.any_key = True
    server = start(key=key, opened=False, secrets=(key,))
    if server.opens():
        server.call({"query": "matrix"})
    else:
        assert server.wait_for_exit() == 2
        assert "TMDB_API_KEY" in server.stderr
    for seen in tmdb.requests:
        assert "x-smuggled" not in seen.headers
        assert seen.query["query"] == "matrix"


@pytest.mark.parametrize(
    "query", ["a b", "a+b", "50%", "a&api_key=x", "a=b", "a#b", "a?b", "a/../b", "%41", "é", "a;b"]
)
def test_a_query_is_encoded_so_that_upstream_reads_what_was_asked(start: Start, tmdb: StandIn, query: str) -> None:
    structured(start().call({"query": query}))
    (seen,) = tmdb.requests
    assert seen.query["query"] == query
    assert seen.path == "/3/search/multi"


@pytest.mark.every_platform
def test_calls_in_a_row_use_one_connection(start: Start, tmdb: StandIn) -> None:
    server = start()
    for number in range(20):
        structured(server.call({"query": f"matrix {number}"}))
    assert len(tmdb.requests) == 20
    assert tmdb.connections == 1


@pytest.mark.every_platform
def test_answers_come_compressed(start: Start, tmdb: StandIn) -> None:
    structured(start().call({"query": "the"}))
    assert "gzip" in tmdb.requests[0].headers["accept-encoding"]
