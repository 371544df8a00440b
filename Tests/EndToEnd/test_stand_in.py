"""The stand-in itself: what the other tests and `make run` rest on."""

import contextlib
import gzip
import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.asking import get, get_json, outcome, url_of
from places import ROOT
from harness.process import DEADLINE
from standin import (
    ACCESS_TOKEN,
    API_KEY,
    OTHER_ACCESS_TOKEN,
    OTHER_API_KEY,
    Answer,
    Recordings,
    StandIn,
    faults,
    marked,
)

PROGRAM = ROOT / "Tests" / "StandIn"


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        ("/made/up", 404, 34),
        ("/movie/1", 404, 34),
        ("/movie/603/made_up", 404, 34),
        ("/tv/1396/season/99", 404, 34),
        ("/tv/1396/season/1/episode/99", 404, 34),
        ("/trending/movie/year", 404, 34),
        ("/find/tt0133093", 422, 5),
        ("/search/multi?query=x&page=501", 400, 22),
        ("/search/multi?query=x&page=0", 400, 22),
        ("/search/multi?query=x&page=two", 400, 22),
        ("/discover/tv?page=501", 400, 22),
        (f"/movie/603?append_to_response={','.join(['credits'] * 21)}", 400, 27),
    ],
)
def test_errors_have_the_status_and_the_code_of_tmdb(tmdb: StandIn, target: str, status: int, code: int) -> None:
    found, headers, body = get(url_of(tmdb, target.removeprefix("/")))
    assert (found, json.loads(body)["status_code"]) == (status, code)
    assert json.loads(body)["success"] is False
    assert "Cache-Control" not in headers


@pytest.mark.parametrize("key", ["", "?api_key=", "?api_key=wrong"])
def test_without_a_known_key_nothing_is_answered(tmdb: StandIn, key: str) -> None:
    for path in ("configuration", "movie/603", "made/up"):
        status, _, body = get(f"{tmdb.url}/{path}{key}")
        assert (status, json.loads(body)["status_code"]) == (401, 7)
    tmdb.any_key = True
    assert get(f"{tmdb.url}/configuration{key}")[0] == (200 if "wrong" in key else 401)


@pytest.mark.parametrize("query", ["", "?query=", "?query=%20", "?page=501"])
@pytest.mark.parametrize("what", ["multi", "movie", "tv", "person", "collection", "company", "keyword"])
def test_a_search_without_a_query_has_a_body_of_its_own(tmdb: StandIn, what: str, query: str) -> None:
    status, _, body = get(url_of(tmdb, f"search/{what}{query}"))
    assert (status, json.loads(body)) == (422, {"errors": ["query must be provided"]})


@pytest.mark.parametrize("key", [API_KEY, OTHER_API_KEY], ids=["first", "other"])
@pytest.mark.parametrize("token", [ACCESS_TOKEN, OTHER_ACCESS_TOKEN], ids=["first", "other"])
def test_both_kinds_of_keys_are_accepted(tmdb: StandIn, key: str, token: str) -> None:
    assert get(f"{tmdb.url}/configuration?api_key={key}")[0] == 200
    assert get(f"{tmdb.url}/configuration", Authorization=f"Bearer {token}")[0] == 200
    assert get(f"{tmdb.url}/configuration", Authorization=f"Bearer {key}")[0] == 401
    assert get(f"{tmdb.url}/configuration?api_key={token}")[0] == 401


def test_requests_tell_whose_they_are(tmdb: StandIn) -> None:
    get(url_of(tmdb, "configuration"))
    get(url_of(tmdb, "configuration", OTHER_API_KEY))
    get(f"{tmdb.url}/configuration", Authorization=f"Bearer {OTHER_ACCESS_TOKEN}")
    get(url_of(tmdb, "configuration", "wrong"))
    assert [request.user for request in tmdb.requests] == ["first", "other", "other", None]
    assert (times := [request.at for request in tmdb.requests]) == sorted(set(times))


def test_answers_can_differ_by_user(tmdb: StandIn) -> None:
    tmdb.changing = marked
    assert get_json(url_of(tmdb, "movie/603"))["title"] == "The Matrix [first]"
    _, headers, body = get(url_of(tmdb, "movie/603", OTHER_API_KEY))
    assert json.loads(body)["title"] == "The Matrix [other]"
    assert get(url_of(tmdb, "movie/603", OTHER_API_KEY), If_None_Match=headers["ETag"])[0] == 304
    assert get(url_of(tmdb, "movie/603"), If_None_Match=headers["ETag"])[0] == 200
    tmdb.changing = None
    tmdb.answering = lambda request: Answer(200, {}, request.user.encode()) if request.path == "/3/x" else None
    assert get(url_of(tmdb, "x", OTHER_API_KEY))[2] == b"other"


def test_searches_have_the_headers_of_tmdb(tmdb: StandIn) -> None:
    _, headers, body = get(url_of(tmdb, "search/multi?query=the"), Accept_Encoding="gzip")
    assert headers["Content-Type"] == "application/json;charset=utf-8"
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Cache-Control"] == "public, max-age=600"
    assert headers["Vary"] == "Accept-Encoding,Accept-Encoding"
    assert "ETag" not in headers
    assert len(json.loads(gzip.decompress(body))["results"]) == 20


@pytest.mark.parametrize(("target", "seconds"), [("configuration", 43200), ("movie/603", 28800)])
def test_other_answers_may_be_kept_longer_and_have_a_weak_etag(tmdb: StandIn, target: str, seconds: int) -> None:
    _, headers, plain = get(url_of(tmdb, target))
    assert headers["Cache-Control"] == f"public, max-age={seconds}"
    assert headers["ETag"].startswith('W/"')
    _, packed_headers, packed = get(url_of(tmdb, target), Accept_Encoding="gzip")
    assert packed_headers["ETag"] == headers["ETag"]
    assert gzip.decompress(packed) == plain


def test_an_answer_that_the_client_has_is_304_without_a_body(tmdb: StandIn) -> None:
    etag = get(url_of(tmdb, "movie/603"))[1]["ETag"]
    for known in (etag, etag.removeprefix("W/"), f'"x", {etag}', "*"):
        status, headers, body = get(url_of(tmdb, "movie/603"), If_None_Match=known, Accept_Encoding="gzip")
        assert (status, headers["ETag"], body) == (304, etag, b"")
        assert headers["Cache-Control"] == "public, max-age=28800"
        assert "Content-Encoding" not in headers
    assert get(url_of(tmdb, "movie/604"), If_None_Match=etag)[0] == 200
    assert get(url_of(tmdb, "movie/603?language=de"), If_None_Match=etag)[0] == 200
    assert get(url_of(tmdb, "movie/1"), If_None_Match="*")[0] == 404
    assert get(url_of(tmdb, "search/movie?query=dune"), If_None_Match='"x"')[0] == 200


def test_every_kind_of_row_occurs(tmdb: StandIn) -> None:
    rows = []
    for query in ("the", "star", "k"):
        for page in (1, 2, 3):
            rows += get_json(url_of(tmdb, f"search/multi?query={query}&page={page}"))["results"]
    assert {row["media_type"] for row in rows} == {"movie", "tv", "person", "collection"}
    assert any(row.get("poster_path", "") is None for row in rows)
    assert any(row["media_type"] == "movie" and "release_date" not in row for row in rows)


def test_a_fault_is_in_force_until_it_is_taken_back(tmdb: StandIn) -> None:
    url = url_of(tmdb, "configuration")
    tmdb.fault = faults.status(429, retry_after=6)
    status, headers, body = get(url)
    assert (status, headers["Retry-After"], json.loads(body)["status_code"]) == (429, "6", 25)
    tmdb.fault = None
    assert get(url)[0] == 200
    assert [request.path for request in tmdb.requests] == ["/3/configuration"] * 2
    assert tmdb.counts == {"/3/configuration": 2}


@contextlib.contextmanager
def start_program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The stand-in as a program; it is ended with the block, however that ends."""
    command = [sys.executable, str(PROGRAM), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert select.select([process.stdout], [], [], DEADLINE)[0], "the stand-in says nothing"
    return process.stdout.readline()


def address(process: subprocess.Popen[str]) -> str:
    return first_line(process).removeprefix("listening on ").strip()


def test_the_program_says_where_it_listens_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    with start_program("--any-key", "--port-file", str(port_file)) as process:
        url = address(process)
        assert url == f"http://127.0.0.1:{int(port_file.read_text())}/3"
        assert get_json(f"{url}/search/multi?query=matrix&api_key=any")["total_results"] == 6
        process.terminate()
        assert process.wait(DEADLINE) == 0


def test_the_program_answers_lines() -> None:
    lines = "/search/multi?query=matrix\n/movie/0\n"
    done = subprocess.run(
        [sys.executable, PROGRAM, "--on-lines"], input=lines, capture_output=True, text=True, timeout=DEADLINE)
    (found, films), (missing, error) = (line.split(" ", 1) for line in done.stdout.splitlines())
    assert (found, json.loads(films)["total_results"]) == ("200", 6)
    assert (missing, json.loads(error)["status_code"]) == ("404", 34)


def test_recorded_answers_come_as_they_were_recorded_where_they_match(tmp_path: Path) -> None:
    (tmp_path / "film.json").write_text('{"id": 603,  "title": "spaced"}')
    (tmp_path / "any.json").write_text('{"results": []}')
    (tmp_path / "manifest.json").write_text(json.dumps([
        {"file": "any.json", "status": 200, "request": "GET https://api.example/3/search/movie?query=..."},
        {"file": "film.json", "status": 203, "request": "GET https://api.example/3/movie/603?language=de",
         "response_headers": {"ETag": '"kept"', "Set-Cookie": "left=out"}},
    ]))  # fmt: skip
    with StandIn(recordings=Recordings(tmp_path)) as stand_in:
        status, headers, body = get(url_of(stand_in, "movie/603"))
        assert (status, headers["ETag"], body) == (203, '"kept"', b'{"id": 603,  "title": "spaced"}')
        assert "Set-Cookie" not in headers
        assert get_json(url_of(stand_in, "search/movie?query=anything")) == {"results": []}
        assert get_json(url_of(stand_in, "movie/604"))["id"] == 604
    with pytest.raises(FileNotFoundError, match="no recordings"):
        Recordings(tmp_path / "elsewhere")


def test_the_program_ends_with_the_process_that_it_serves() -> None:
    with (
        subprocess.Popen(["cat"], stdin=subprocess.PIPE) as other,
        start_program("--exit-with", str(other.pid)) as process,
    ):
        first_line(process)
        assert process.poll() is None
        other.stdin.close()
        assert process.wait(DEADLINE) == 0


def test_the_program_lets_a_share_of_requests_fail() -> None:
    with start_program("--any-key", "--fail-share", "1", "--seed", "7", "--fail-in-a-row", "1") as process:
        url = address(process) + "/configuration?api_key=any"
        first, second = outcome(url), outcome(url)
        assert first != "200"
        assert second == "200"
        process.terminate()
    with start_program("--fail-share", "1.5") as process:
        assert process.wait(DEADLINE) == 2


def test_the_program_starts_within_a_moment(record_property: Any) -> None:
    began = time.monotonic()
    with start_program() as process:
        first_line(process)
        record_property("figure", f"the stand-in listens after {time.monotonic() - began:.2f} s")
        process.terminate()
