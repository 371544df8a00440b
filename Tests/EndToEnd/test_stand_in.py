"""The stand-in itself: what the other tests and `make run` rest on."""

import gzip
import json
import select
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from harness.binaries import REPOSITORY
from harness.process import DEADLINE
from standin import ACCESS_TOKEN, API_KEY, StandIn, faults

PROGRAM = REPOSITORY / "Tests" / "StandIn"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with OPENER.open(urllib.request.Request(url, headers=headers), timeout=DEADLINE) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def get_json(url: str, **headers: str) -> Any:
    return json.loads(get(url, **headers)[2])


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        ("/search/multi?query=x", 401, 7),
        ("/search/multi?query=x&api_key=wrong", 401, 7),
        (f"/made/up?api_key={API_KEY}", 404, 34),
        (f"/search/multi?query=x&page=501&api_key={API_KEY}", 400, 22),
        (f"/search/multi?query=x&page=0&api_key={API_KEY}", 400, 22),
        (f"/search/multi?query=x&page=two&api_key={API_KEY}", 400, 22),
    ],
)
def test_errors_have_the_status_and_the_code_of_tmdb(tmdb: StandIn, target: str, status: int, code: int) -> None:
    found, _, body = get(tmdb.url + target)
    assert (found, json.loads(body)["status_code"]) == (status, code)


def test_a_search_without_a_query_has_a_body_of_its_own(tmdb: StandIn) -> None:
    status, _, body = get(f"{tmdb.url}/search/multi?query=&api_key={API_KEY}")
    assert (status, json.loads(body)) == (422, {"errors": ["query must be provided"]})


def test_both_kinds_of_keys_are_accepted(tmdb: StandIn) -> None:
    assert get(f"{tmdb.url}/configuration?api_key={API_KEY}")[0] == 200
    assert get(f"{tmdb.url}/configuration", Authorization=f"Bearer {ACCESS_TOKEN}")[0] == 200


def test_answers_have_the_headers_of_tmdb(tmdb: StandIn) -> None:
    _, headers, body = get(f"{tmdb.url}/search/multi?query=the&api_key={API_KEY}", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Cache-Control"] == "public, max-age=600"
    assert headers["Vary"] == "Accept-Encoding"
    assert len(json.loads(gzip.decompress(body))["results"]) == 20
    assert get(f"{tmdb.url}/configuration?api_key={API_KEY}")[1]["ETag"].startswith('W/"')


def test_every_kind_of_row_occurs(tmdb: StandIn) -> None:
    rows = []
    for query in ("the", "star", "k"):
        for page in (1, 2, 3):
            rows += get_json(f"{tmdb.url}/search/multi?query={query}&page={page}&api_key={API_KEY}")["results"]
    assert {row["media_type"] for row in rows} == {"movie", "tv", "person", "collection"}
    assert any(row.get("poster_path", "") is None for row in rows)
    assert any(row["media_type"] == "movie" and "release_date" not in row for row in rows)


def test_a_fault_is_in_force_until_it_is_taken_back(tmdb: StandIn) -> None:
    url = f"{tmdb.url}/configuration?api_key={API_KEY}"
    tmdb.fault = faults.status(429, retry_after=6)
    status, headers, body = get(url)
    assert (status, headers["Retry-After"], json.loads(body)["status_code"]) == (429, "6", 25)
    tmdb.fault = None
    assert get(url)[0] == 200
    assert [request.path for request in tmdb.requests] == ["/3/configuration"] * 2


def start_program(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), *arguments], stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert select.select([process.stdout], [], [], DEADLINE)[0], "the stand-in says nothing"
    return process.stdout.readline()


def test_the_program_says_where_it_listens_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    with start_program("--any-key", "--port-file", str(port_file)) as process:
        url = first_line(process).removeprefix("listening on ").strip()
        assert url == f"http://127.0.0.1:{int(port_file.read_text())}/3"
        assert get_json(f"{url}/search/multi?query=matrix&api_key=any")["total_results"] == 6
        process.terminate()
        assert process.wait(DEADLINE) == 0


def test_the_program_ends_with_the_process_that_it_serves() -> None:
    with (
        subprocess.Popen(["cat"], stdin=subprocess.PIPE) as other,
        start_program("--exit-with", str(other.pid)) as process,
    ):
        first_line(process)
        assert process.poll() is None
        other.stdin.close()
        assert process.wait(DEADLINE) == 0
