"""What a search that goes well brings back."""

import json

import pytest
from harness.expectations import identities, structured, text_of, titles, totals
from harness.messages import MODERN, NEWEST_LEGACY, REVISIONS, in_revision, request
from harness.process import Server, Start
from jsonschema import Draft202012Validator
from standin import Answer, StandIn, faults

pytestmark = pytest.mark.same_everywhere("results are put together as text")


def output_schema(server: Server) -> dict:
    result = server.result_of(in_revision(request("list", "tools/list"), server.revision))
    schema = next(tool["outputSchema"] for tool in result["tools"] if tool["name"] == "search")
    Draft202012Validator.check_schema(schema)
    return schema


def answering(rows: list[dict], **more: object) -> Answer:
    body = {"page": 1, "results": rows, "total_pages": 1, "total_results": len(rows)} | more
    return Answer(200, {"Content-Type": "application/json;charset=utf-8"}, json.dumps(body).encode())


@pytest.mark.every_platform
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_search_is_answered_in_every_revision(start: Start, revision: str) -> None:
    result = start(revision=revision).call({"query": "matrix"})
    assert ("structuredContent" in result) == (revision >= "2025-06-18"), "structured content came with 2025-06-18"
    content = json.loads(text_of(result))
    assert "The Matrix" in titles(content)
    assert totals(content) == (1, 1, 6)


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
@pytest.mark.parametrize("query", ["the", "star", "matrix", "keanu", "宮崎", "amelie", "unaired", "no such thing"])
def test_the_structured_content_fits_the_output_schema(start: Start, revision: str, query: str) -> None:
    server = start(revision=revision)
    Draft202012Validator(output_schema(server)).validate(structured(server.call({"query": query})))


def test_films_series_people_and_collections_come_in_the_order_of_upstream(start: Start, tmdb: StandIn) -> None:
    server = start()
    kinds = set()
    for query in ("the", "keanu"):
        content = structured(server.call({"query": query}))
        kinds |= {kind for kind, _ in identities(content)}
    assert {"movie", "tv", "person"} <= kinds
    rows = [
        {"id": number, "media_type": kind, "title" if kind in ("movie", "collection") else "name": f"Number {number}"}
        for number, kind in enumerate(["collection", "tv", "person", "movie", "tv"], start=1)
    ]
    tmdb.answering = lambda _: answering(rows)
    content = structured(server.call({"query": "x"}))
    assert identities(content) == [("collection", 1), ("tv", 2), ("person", 3), ("movie", 4), ("tv", 5)]
    assert titles(content) == [f"Number {number}" for number in range(1, 6)]


def test_pages_are_asked_for_and_told_apart(start: Start, tmdb: StandIn) -> None:
    server = start()
    first, second = (structured(server.call({"query": "the", "page": page})) for page in (1, 2))
    assert [request.query["page"] for request in tmdb.requests] == ["1", "2"]
    assert totals(first) == (1, 2, 32)
    assert totals(second) == (2, 2, 32)
    assert len(first["results"]) == 20
    assert len(second["results"]) == 12
    assert not set(identities(first)) & set(identities(second))


def test_without_a_page_the_first_is_given(start: Start, tmdb: StandIn) -> None:
    content = structured(start().call({"query": "the"}))
    assert content["page"] == 1
    assert tmdb.requests[0].query.get("page", "1") == "1"


@pytest.mark.every_platform
@pytest.mark.parametrize("page", [1, 500])
def test_the_pages_at_both_ends_of_the_range_are_taken(start: Start, tmdb: StandIn, page: int) -> None:
    assert structured(start().call({"query": "the", "page": page}))["page"] == page
    assert tmdb.requests[0].query["page"] == str(page)


@pytest.mark.parametrize("language", ["en-US", "de-DE", "pt-BR", "zh-CN"])
def test_the_language_is_passed_on(start: Start, tmdb: StandIn, language: str) -> None:
    structured(start().call({"query": "matrix", "language": language}))
    assert tmdb.requests[0].query["language"] == language


def test_nothing_found_is_an_empty_list_and_no_error(start: Start) -> None:
    content = structured(start().call({"query": "no such thing"}))
    assert content["results"] == []
    assert totals(content) == (1, 0, 0)


UNEVEN = {
    "all null": {"title": None, "overview": None, "poster_path": None, "release_date": None, "vote_average": None},
    "bare": {},
    "empty": {"title": "", "overview": "", "release_date": "", "genre_ids": []},
    "numbers as TMDB writes them": {"title": "x", "vote_average": 7, "popularity": 1e-3, "vote_count": 2**31},
    "an unknown field": {"title": "x", "softcore": False, "new": {"deep": [1, 2.5, None]}},
    "nulls for lists": {"title": "x", "genre_ids": None, "known_for": None, "origin_country": None},
}


@pytest.mark.parametrize("kind", ["movie", "tv", "person", "collection", "kind of tomorrow"])
@pytest.mark.parametrize("fields", UNEVEN.values(), ids=UNEVEN)
def test_rows_with_missing_or_empty_fields_are_no_reason_to_fail(
    start: Start, tmdb: StandIn, kind: str, fields: dict
) -> None:
    server = start()
    good = {"id": 603, "media_type": "movie", "title": "The Matrix", "adult": False}
    tmdb.answering = lambda _: answering([{"id": 7, "media_type": kind} | fields, good])
    content = structured(server.call({"query": "x"}))
    Draft202012Validator(output_schema(server)).validate(content)
    assert ("movie", 603) in identities(content)


@pytest.mark.every_platform
def test_numbers_come_through_exactly(start: Start, tmdb: StandIn) -> None:
    row = {"id": 2**31 + 5, "media_type": "movie", "title": "x", "vote_average": 8.208, "vote_count": 18528}
    tmdb.answering = lambda _: answering([row], total_results=2**40)
    content = structured(start().call({"query": "x"}))
    assert identities(content) == [("movie", 2**31 + 5)]
    assert totals(content)[2] == 2**40
    assert (content["results"][0]["rating"], content["results"][0]["votes"]) == (8.2, 18528)


@pytest.mark.every_platform
@pytest.mark.parametrize("odd", [faults.chunked, faults.unlabelled_gzip], ids=lambda odd: odd.__name__)
def test_odd_but_valid_answers_are_read(start: Start, tmdb: StandIn, odd: faults.Fault) -> None:
    tmdb.fault = odd
    server = start()
    for _ in range(2):
        assert structured(server.call({"query": "matrix"}))["results"]


@pytest.mark.every_platform
def test_invalid_utf8_from_upstream_never_reaches_the_client(start: Start, tmdb: StandIn) -> None:
    tmdb.fault = faults.invalid_utf8()
    server = start()
    result = server.call({"query": "matrix"})  # the harness decodes strictly
    if not result.get("isError"):
        assert "\ufffd" in json.dumps(structured(result), ensure_ascii=False)
    tmdb.fault = None
    assert structured(server.call({"query": "matrix"}))["results"]
