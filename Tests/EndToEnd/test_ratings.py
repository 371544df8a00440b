"""Ratings of other sites, of an OMDb beside TMDB: whatever happens there, the record comes and the key is kept."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from harness.expectations import structured
from harness.messages import MODERN, call
from harness.process import Server, Start

KEY = "0a1b2c3d"
RECORD = {
    "Response": "True", "imdbRating": "8.7", "imdbVotes": "2,100,000", "Metascore": "73",
    "Ratings": [{"Source": "Rotten Tomatoes", "Value": "83%"}],
}  # fmt: skip
FILM = {"media_type": "movie", "id": 603}


class OMDb(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.body = json.dumps(RECORD).encode()
        self.asked: list[dict[str, list[str]]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: OMDb

    def do_GET(self) -> None:
        self.server.asked.append(parse_qs(urlsplit(self.path).query))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def omdb() -> Iterator[OMDb]:
    server = OMDb()
    yield server
    server.shutdown()
    server.server_close()


def film(server: Server) -> dict[str, object]:
    result = server.result_of(call(server.identifier(), FILM, server.revision, name="get_details"))
    (record,) = structured(result)["results"]
    return record


@pytest.mark.every_platform
def test_a_title_has_ratings_where_there_is_a_key(start: Start, omdb: OMDb) -> None:
    server = start(
        revision=MODERN, secrets=(KEY,), OMDB_API_KEY=KEY, OMDB_BASE_URL=omdb.url, LOGGING_LEVEL="debug")
    wanted = {"imdb": 8.7, "imdb_votes": 2_100_000, "rotten_tomatoes": 83, "metacritic": 73}
    assert film(server)["ratings"] == wanted
    assert film(server)["ratings"] == wanted
    assert omdb.asked == [{"i": ["tt0133093"], "apikey": [KEY]}]


def test_the_key_may_come_from_a_file(start: Start, omdb: OMDb, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    server = start(secrets=(KEY,), OMDB_API_KEY_FILE=str(tmp_path / "key"), OMDB_BASE_URL=omdb.url)
    assert film(server)["ratings"]


def test_without_a_key_nothing_is_asked(start: Start, omdb: OMDb) -> None:
    assert "ratings" not in film(start(OMDB_BASE_URL=omdb.url))
    assert omdb.asked == []


def test_a_plot_that_is_not_quite_json_costs_no_ratings(start: Start, omdb: OMDb) -> None:
    omdb.body = b'{"Plot":"inner\\spiritual\x1f peace,\ttold\\\'s",' + json.dumps(RECORD).encode()[1:]
    with pytest.raises(ValueError, match="Invalid"):
        json.loads(omdb.body)
    server = start(secrets=(KEY,), OMDB_API_KEY=KEY, OMDB_BASE_URL=omdb.url)
    assert film(server)["ratings"]


def test_an_answer_that_cannot_be_read_is_that_titles_alone(start: Start, omdb: OMDb) -> None:
    good, omdb.body = omdb.body, b'{"Response":"False","Error":"Conversion from string "0a" is not valid."}'
    server = start(secrets=(KEY,), OMDB_API_KEY=KEY, OMDB_BASE_URL=omdb.url)
    assert "ratings" not in film(server)
    omdb.body = good
    assert film(server)["ratings"]


@pytest.mark.parametrize(
    ("status", "body"), [
        (401, b'{"Response":"False","Error":"Invalid API key!"}'),
        (401, b'{"Response":"False","Error":"Request limit reached!"}'), (500, b""), (200, b"<html>"),
    ])  # fmt: skip
def test_a_fault_of_omdb_leaves_the_record_as_it_is(start: Start, omdb: OMDb, status: int, body: bytes) -> None:
    omdb.status, omdb.body = status, body
    server = start(secrets=(KEY,), OMDB_API_KEY=KEY, OMDB_BASE_URL=omdb.url, LOGGING_LEVEL="debug")
    for _ in range(2):
        record = film(server)
        assert record["title"] == "The Matrix" and "ratings" not in record
    assert len(omdb.asked) == 1, "OMDb is left alone for a while"


def test_an_omdb_that_is_not_there_or_does_not_answer_costs_no_record(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        closed = socket.create_server(("127.0.0.1", 0))
        gone = closed.getsockname()[1]
        closed.close()
        for port in (gone, silent.getsockname()[1]):
            server = start(secrets=(KEY,), OMDB_API_KEY=KEY, OMDB_BASE_URL=f"http://127.0.0.1:{port}")
            assert "ratings" not in film(server)
