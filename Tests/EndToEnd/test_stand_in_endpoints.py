"""Every endpoint of the stand-in has the keys of TMDB's answers, and its filters, pages and languages work."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from harness.asking import get, get_json, url_of
from places import ROOT
from standin import StandIn

# Path, query and keys of each endpoint: `a b{c} d[e]` is an object whose b is an object and whose d is a list of
# objects; `*` stands for the code of a country. Of a list, the keys of all rows are meant.
SHAPES = [line.split("\t") for line in (ROOT / "Tests/StandIn/shapes.tsv").read_text().splitlines()[1:]]


def keys(value: Any, above: str = "") -> set[str]:
    """The paths of all keys in an answer."""
    if isinstance(value, list):
        return set().union(*(keys(each, above + "[]") for each in value))
    found = set()
    if isinstance(value, dict):
        by_country = bool(value) and all(re.fullmatch("[A-Z]{2}(-[A-Z]+)?|false", name) for name in value)
        for name, each in value.items():
            path = f"{above}.{'*' if by_country else name}"
            found |= {path} | keys(each, path)
    return found


def told(shape: str) -> set[str]:
    """The same paths, out of a line of the table."""
    found, above, last = set(), [""], ""
    for token in re.findall(r"[\w*/]+|[{}\[\]]", shape):
        if token in "{[":
            above.append(last + "[]" * (token == "["))
        elif token in "}]":
            above.pop()
        else:
            last = f"{above[-1]}.{token}"
            found.add(last)
    return found


def credit_of(tmdb: StandIn) -> str:
    return get_json(url_of(tmdb, "tv/1396/credits"))["cast"][0]["credit_id"]


def review_of(tmdb: StandIn) -> str:
    return get_json(url_of(tmdb, "movie/603/reviews"))["results"][0]["id"]


def group_of(tmdb: StandIn) -> str:
    return get_json(url_of(tmdb, "tv/1396/episode_groups"))["results"][0]["id"]


DRAWN = {"{credit}": credit_of, "{review}": review_of, "{group}": group_of}


@pytest.mark.parametrize(("path", "query", "shape"), SHAPES, ids=[path for path, _, _ in SHAPES])
def test_an_endpoint_has_the_keys_of_the_reference(tmdb: StandIn, path: str, query: str, shape: str) -> None:
    for word, draw in DRAWN.items():
        path = path.replace(word, draw(tmdb)) if word in path else path
    status, _, body = get(url_of(tmdb, f"{path}?{query}" if query else path))
    assert status == 200
    assert keys(json.loads(body)) == told(shape)


FILM = "alternative_titles credits external_ids images keywords lists recommendations release_dates reviews similar"
SERIES = (
    "aggregate_credits alternative_titles content_ratings credits episode_groups external_ids images keywords lists "
    "recommendations reviews screened_theatrically similar translations videos watch/providers season/1"
)
APPENDED = {
    "movie/603": f"{FILM} translations videos watch/providers",
    "tv/1396": SERIES,
    "person/15277": "combined_credits external_ids images movie_credits tagged_images translations tv_credits",
    "tv/1396/season/1": "aggregate_credits credits external_ids images translations videos watch/providers",
    "tv/1396/season/1/episode/1": "credits external_ids images translations videos",
    "collection/10": "images translations",
}


@pytest.mark.parametrize(("path", "names"), APPENDED.items(), ids=APPENDED)
def test_what_is_appended_is_what_is_asked_for_alone_without_its_id(tmdb: StandIn, path: str, names: str) -> None:
    whole = get_json(url_of(tmdb, f"{path}?append_to_response={','.join(names.split())},made_up"))
    assert "made_up" not in whole
    for name in names.split():
        alone = get_json(url_of(tmdb, f"{path}/{name}"))
        alone.pop("id", None)
        assert whole[name] == alone if not name.startswith("season/") else whole[name]["episodes"] == alone["episodes"]


def test_twenty_namespaces_may_be_appended(tmdb: StandIn) -> None:
    names = ",".join([*FILM.split(), "translations", "videos", "watch/providers", *"abcdefg"])
    assert names.count(",") == 19
    assert get(url_of(tmdb, f"movie/603?append_to_response={names}"))[0] == 200
    assert get(url_of(tmdb, f"movie/603?append_to_response={names},h"))[0] == 400


PAGED = (
    "discover/movie", "discover/tv", "search/multi?query=the", "movie/popular", "movie/603/reviews", "movie/603/lists",
    "person/popular", "keyword/310/movies",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGED)
def test_pages_follow_each_other_without_a_row_twice(tmdb: StandIn, path: str) -> None:
    first = get_json(url_of(tmdb, path))
    ids = []
    for page in range(1, first["total_pages"] + 1):
        answer = get_json(url_of(tmdb, f"{path}{'&' if '?' in path else '?'}page={page}"))
        assert (answer["page"], answer["total_pages"]) == (page, first["total_pages"])
        ids += [(row.get("media_type"), row["id"]) for row in answer["results"]]
    assert len(ids) == len(set(ids)) == first["total_results"]
    assert -(-len(ids) // 20) == first["total_pages"]
    beyond = get_json(url_of(tmdb, f"{path}{'&' if '?' in path else '?'}page=500"))
    assert (beyond["page"], beyond["results"]) == (500, [])


def test_a_trend_tells_more_pages_than_can_be_asked_for(tmdb: StandIn) -> None:
    answer = get_json(url_of(tmdb, "trending/all/week"))
    assert (len(answer["results"]), answer["total_pages"], answer["total_results"]) == (20, 1000, 20000)
    assert get_json(url_of(tmdb, "trending/all/day"))["results"] != answer["results"]
    kinds = {row["media_type"] for page in (1, 2, 3)
             for row in get_json(url_of(tmdb, f"trending/all/day?page={page}"))["results"]}  # fmt: skip
    assert kinds == {"movie", "tv", "person"}


# What the reference's examples have besides, and why the sample has not: a title without episodes of its own.
NOT_HAD = {
    "/3/collection/{collection_id}": {".parts[].name", ".parts[].original_name"},
    "/3/person/{person_id}/tagged_images": {
        f".results[].media.{name}" for name in
        ("air_date episode_number name production_code runtime season_number show_id still_path").split()},
    "/3/tv/latest": {path for path in told(dict((a, c) for a, _, c in SHAPES)["tv/1396"])
                     if path.startswith((".last_episode_to_air.", ".seasons[]."))},
}  # fmt: skip
EXAMPLES = {
    "movie_id": 603, "series_id": 1396, "person_id": 15277, "collection_id": 10, "company_id": 174, "network_id": 49,
    "keyword_id": 4379, "season_number": 1, "episode_number": 1, "time_window": "day", "external_id": "tt0133093",
    "credit_id": "{credit}", "review_id": "{review}", "tv_episode_group_id": "{group}",
}  # fmt: skip


def test_nothing_that_the_reference_shows_is_missing(tmdb: StandIn, recordings: Path) -> None:
    queries = {path: query for path, query, _ in SHAPES}
    missing = {}
    for path, endpoint in json.loads((recordings / "endpoints.json").read_text())["paths"].items():
        example = endpoint["examples"].get("200")
        own = re.sub(r"\{(\w+)\}", lambda found: str(EXAMPLES[found[1]]), path).removeprefix("/3/")
        assert own in queries, f"{path} is not in the table"
        for word, draw in DRAWN.items():
            own, query = (own.replace(word, draw(tmdb)) if word in own else own), queries.get(own, "")
        lost = keys(example) - keys(get_json(url_of(tmdb, f"{own}?{query}"))) - NOT_HAD.get(path, set())
        # In one example the code NO, of Norway, has become the value `false`.
        if lost := {each for each in lost if not re.fullmatch(r"\.results\.\w+(\..*)?", each)}:
            missing[path] = sorted(lost)
    assert not missing


# By recorded file: what the sample answers to in place of the recorded request.
RECORDED = {
    "configuration.json": "configuration", "genre_movie_list.json": "genre/movie/list",
    "genre_tv_list.json": "genre/tv/list", "search_movie.json": "search/movie?query=the",
    "search_tv.json": "search/tv?query=the", "search_person.json": "search/person?query=a",
    "movie_550_detail.json": "movie/603", "movie_recommendations.json": "movie/603/recommendations",
    "movie_similar.json": "movie/603/similar", "movie_videos.json": "movie/603/videos",
    "discover_movie.json": "discover/movie", "discover_tv.json": "discover/tv", "tv_detail.json": "tv/1396",
    "person_detail.json": "person/15277", "collection_detail.json": "collection/10",
    "find_movie_by_imdb.json": "find/tt0133093?external_source=imdb_id",
    "find_tv_series.json": "find/tt0903747?external_source=imdb_id",
    "movie_watch_providers.json": "movie/603/watch/providers", "trending_movie.json": "trending/movie/day",
    "trending_tv.json": "trending/tv/day", "trending_person.json": "trending/person/day",
    "tv_recommendations.json": "tv/1396/recommendations",
}  # fmt: skip


@pytest.mark.parametrize(("file", "target"), RECORDED.items(), ids=RECORDED)
def test_nothing_that_tmdb_sent_is_missing(
    tmdb: StandIn, recordings_folder: Path, file: str, target: str
) -> None:
    assert keys(json.loads((recordings_folder / file).read_text())) <= keys(get_json(url_of(tmdb, target)))


def test_the_headers_are_those_that_tmdb_sent(tmdb: StandIn, recordings_folder: Path) -> None:
    for entry in json.loads((recordings_folder / "manifest.json").read_text()):
        sent, target = entry.get("response_headers"), RECORDED.get(entry["file"])
        if sent and target:
            own = {name.lower(): value for name, value in get(url_of(tmdb, target))[1].items()}
            for name in ("Content-Type", "Cache-Control", "Vary"):
                assert own[name.lower()] == sent[name], (target, name)
            assert ("etag" in own) == ("Etag" in sent), target
            assert dict(parse_qsl(urlsplit(entry["request"]).query)).get("language", "en") == "en"
