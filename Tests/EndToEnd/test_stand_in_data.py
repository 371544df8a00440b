"""The sample data of the stand-in: filters, languages, and the awkward cases that tests of the tools lean on."""

import json
from typing import Any

import pytest
from harness.asking import get, get_json, url_of
from standin import StandIn


def rows(tmdb: StandIn, target: str) -> list[dict[str, Any]]:
    """The rows of all pages."""
    joint = "&" if "?" in target else "?"
    first = get_json(url_of(tmdb, target))
    pages = [get_json(url_of(tmdb, f"{target}{joint}page={page}")) for page in range(2, first["total_pages"] + 1)]
    return [row for page in [first, *pages] for row in page["results"]]


def ids(tmdb: StandIn, target: str) -> set[int]:
    return {row["id"] for row in rows(tmdb, target)}


def test_there_is_enough_of_everything(tmdb: StandIn) -> None:
    assert len(rows(tmdb, "discover/movie")) >= 60
    assert len(rows(tmdb, "discover/tv")) >= 25
    assert len(rows(tmdb, "person/popular")) >= 60
    assert len(rows(tmdb, "search/collection?query=collection")) >= 6


def test_a_page_is_as_long_as_one_of_tmdb(tmdb: StandIn) -> None:
    lengths = [len(row["overview"]) for row in rows(tmdb, "discover/movie")]
    assert max(lengths) > 500
    assert 200 <= sum(lengths) / len(lengths) <= 350
    assert 10_000 <= len(get(url_of(tmdb, "discover/movie"))[2]) <= 16_000


# What a filter brings: ids that must be there, ids that must not.
FILTERS = [
    ("movie", "with_genres=878,28", {603}, {157336, 550}),
    ("movie", "with_genres=878|18", {603, 157336, 550}, {862}),
    ("movie", "with_genres=878&without_genres=28", {157336, 841}, {603}),
    ("movie", "year=1999", {603, 550}, {604}),
    ("movie", "primary_release_year=1984", {841, 218}, {438631}),
    ("movie", "primary_release_date.gte=2024-01-01&primary_release_date.lte=2024-12-31", {693134}, {438631, 1170608}),
    ("movie", "vote_average.gte=8.6&vote_count.gte=15000", {238, 278}, {240, 603}),
    ("movie", "vote_average.lte=7&vote_count.gte=1", {605, 841}, {603}),
    ("movie", "with_runtime.gte=180", {346, 299534, 122}, {603}),
    ("movie", "with_runtime.lte=90&with_runtime.gte=1", {8392, 862, 104}, {603}),
    ("movie", "with_people=525", {27205, 872585}, {603}),
    ("movie", "with_cast=6384,530", {603, 604}, {77}),
    ("movie", "with_cast=6384|10205", {603, 348}, {550}),
    ("movie", "with_crew=137427", {438631, 329865, 335984}, {841}),
    ("movie", "with_companies=41077", {376867, 391713}, {603}),
    ("movie", "with_companies=420|10342", {1726, 129}, {603}),
    ("movie", "with_companies=420&without_companies=7505", {68721}, {1726}),
    ("movie", "with_keywords=310,312", {603, 218}, {62}),
    ("movie", "without_keywords=310", {550}, {603}),
    ("movie", "with_original_language=ja", {129, 346}, {603}),
    ("movie", "with_origin_country=KR", {496243, 670}, {129}),
    ("movie", "watch_region=DE&with_watch_providers=8", {603}, {5924}),
    ("movie", "watch_region=US&with_watch_providers=1899", {603}, {5924}),
    ("movie", "watch_region=US&with_watch_monetization_types=ads", {603}, {5924}),
    ("movie", "with_watch_providers=1899", {603, 5924}, set()),
    ("movie", "certification_country=US&certification=R", {603}, {862, 990001}),
    ("movie", "certification_country=DE&certification.lte=16&certification.gte=12", {603}, set()),
    ("movie", "certification=R", {603, 862}, set()),
    ("movie", "include_adult=true&with_companies=990100", {990010}, {990011}),
    ("movie", "include_adult=true&include_video=true&with_companies=990100", {990010, 990011}, set()),
    ("movie", "with_companies=990100", set(), {990010, 990011}),
    ("tv", "with_genres=80,9648", {70523, 19885}, {1396}),
    ("tv", "first_air_date_year=2008", {1396}, {1399}),
    ("tv", "first_air_date.gte=2024-01-01", {126308}, {1399, 990003}),
    ("tv", "air_date.gte=2025-01-01&air_date.lte=2025-12-31", {95396, 93405}, {1396}),
    ("tv", "with_networks=49", {1399, 87108}, {1396}),
    ("tv", "with_networks=49|213", {1399, 70523}, {1396}),
    ("tv", "with_status=4", {63247}, {1396}),
    ("tv", "with_status=0|4", {63247, 95396}, {1396}),
    ("tv", "with_status=0,4", set(), {63247, 95396}),
    ("tv", "with_type=2", {87108, 85271}, {1396}),
    ("tv", "with_type=0|1", {1044, 94722}, {87108}),
    ("tv", "with_cast=17419", {1396, 1399}, set()),
    ("tv", "with_origin_country=DE&with_original_language=de", {70523, 94722}, {1396}),
    ("tv", "watch_region=US&with_watch_providers=8", {1396}, {30991}),
]


@pytest.mark.parametrize(
    ("kind", "query", "there", "absent"), FILTERS, ids=[f"{kind} {query}" for kind, query, *_ in FILTERS]
)
def test_a_filter_of_discover(tmdb: StandIn, kind: str, query: str, there: set[int], absent: set[int]) -> None:
    found = ids(tmdb, f"discover/{kind}?{query}")
    assert there <= found
    assert not absent & found


@pytest.mark.parametrize(("kind", "order", "field"), [
    ("movie", "vote_average", "vote_average"), ("movie", "primary_release_date", "release_date"),
    ("movie", "title", "title"), ("movie", "popularity", "popularity"), ("tv", "first_air_date", "first_air_date"),
    ("tv", "name", "name"), ("tv", "vote_count", "vote_count")])  # fmt: skip
def test_discover_sorts(tmdb: StandIn, kind: str, order: str, field: str) -> None:
    for direction in ("asc", "desc"):
        found = [row.get(field) or 0 if "date" not in field else row.get(field) or ""
                 for row in rows(tmdb, f"discover/{kind}?sort_by={order}.{direction}")]  # fmt: skip
        assert found == sorted(found, reverse=direction == "desc")
    default = get_json(url_of(tmdb, f"discover/{kind}"))
    assert get_json(url_of(tmdb, f"discover/{kind}?sort_by=release_date.desc")) == default


def test_years_narrow_a_search(tmdb: StandIn) -> None:
    assert ids(tmdb, "search/movie?query=dune") >= {841, 438631, 693134, 1170608}
    assert ids(tmdb, "search/movie?query=dune&year=1984") == {841}
    assert ids(tmdb, "search/movie?query=dune&primary_release_year=2021") == {438631}
    assert ids(tmdb, "search/tv?query=galactica&first_air_date_year=1978") == {501}


def test_german_brings_some_titles_and_overviews(tmdb: StandIn) -> None:
    star_wars = get_json(url_of(tmdb, "movie/11?language=de-DE"))
    assert (star_wars["title"], star_wars["overview"]) == ("Krieg der Sterne", "")
    matrix = get_json(url_of(tmdb, "movie/603?language=de"))
    assert matrix["overview"].startswith("Ein Programmierer")
    assert "Abenteuer" in json.dumps(get_json(url_of(tmdb, "genre/movie/list?language=de")))
    assert get_json(url_of(tmdb, "tv/1396/season/1?language=de"))["name"] == "Staffel 1"
    assert get_json(url_of(tmdb, "movie/129?language=ja"))["title"] == "千と千尋の神隠し"


@pytest.mark.parametrize("language", ["english", "qq", "e", "en-", "de_DE"])
def test_a_language_that_does_not_exist_brings_nulls(tmdb: StandIn, language: str) -> None:
    film = get_json(url_of(tmdb, f"movie/603?language={language}"))
    assert (film["title"], film["overview"], film["genres"][0]["name"]) == (None, None, None)
    assert get_json(url_of(tmdb, f"genre/tv/list?language={language}"))["genres"][0]["name"] is None


def test_what_is_missing_is_missing_as_tmdb_leaves_it_out(tmdb: StandIn) -> None:
    by_id = {row["id"]: row for row in rows(tmdb, "discover/movie")}
    assert "release_date" not in by_id[990002]
    assert (by_id[990001]["release_date"], by_id[990001]["poster_path"], by_id[990001]["overview"]) == ("", None, "")
    assert by_id[5924]["backdrop_path"] is None
    assert by_id[5924]["poster_path"] is not None
    extra = get_json(url_of(tmdb, "person/990004"))
    assert [extra[name] for name in ("profile_path", "birthday", "known_for_department", "imdb_id")] == [None] * 4
    assert get_json(url_of(tmdb, "movie/5924/watch/providers"))["results"] == {}
    assert "media_type" not in rows(tmdb, "search/person?query=keanu")[0]


def test_names_are_ambiguous(tmdb: StandIn) -> None:
    assert {row["id"] for row in rows(tmdb, "search/person?query=steve mcqueen".replace(" ", "%20"))} == {13565, 72983}
    assert len([row for row in rows(tmdb, "search/movie?query=dune") if row["title"] == "Dune"]) == 2
    assert len([row for row in rows(tmdb, "search/tv?query=shogun") if row["name"] == "Shōgun"]) == 2
    assert {row["name"] for row in rows(tmdb, "search/company?query=marvel")} >= {
        "Marvel Studios",
        "Marvel Entertainment",
    }
    assert len(rows(tmdb, "search/keyword?query=time%20travel")) > 1
    providers = get_json(url_of(tmdb, "watch/providers/movie"))["results"]
    assert len({row["provider_id"] for row in providers if row["provider_name"] == "Amazon Prime Video"}) == 2


def test_credits_repeat_themselves(tmdb: StandIn) -> None:
    credits = get_json(url_of(tmdb, "person/990006/combined_credits"))
    assert [row["job"] for row in credits["crew"] if row["id"] == 990013] == [
        "Director",
        "Writer",
        "Editor",
        "Producer",
    ]
    assert len([row for row in get_json(url_of(tmdb, "person/36801/tv_credits"))["cast"] if row["id"] == 95396]) == 2
    assert len(get_json(url_of(tmdb, "movie/603/credits"))["cast"]) == 44


def test_adult_titles_come_only_when_they_are_asked_for(tmdb: StandIn) -> None:
    assert ids(tmdb, "search/multi?query=midnight") == set()
    assert ids(tmdb, "search/multi?query=midnight&include_adult=true") == {990010}
    assert 990010 in {row["id"] for row in get_json(url_of(tmdb, "person/990007/movie_credits"))["cast"]}


@pytest.mark.parametrize("collection", [10, 119, 2344, 726871, 131292, 10194])
def test_the_parts_of_a_collection_are_not_in_the_order_of_release(tmdb: StandIn, collection: int) -> None:
    dates = [part.get("release_date", "") for part in get_json(url_of(tmdb, f"collection/{collection}"))["parts"]]
    assert len(dates) > 2
    assert dates != sorted(dates)


def test_one_part_of_a_collection_has_no_date_and_one_collection_no_parts(tmdb: StandIn) -> None:
    parts = get_json(url_of(tmdb, "collection/726871"))["parts"]
    assert [part["id"] for part in parts if part["release_date"] == ""] == [1170608]
    assert get_json(url_of(tmdb, "collection/990020"))["parts"] == []


def test_a_season_and_an_episode_have_no_date(tmdb: StandIn) -> None:
    season = get_json(url_of(tmdb, "tv/95396/season/3"))
    assert season["air_date"] is None
    assert [(each["air_date"], each["still_path"], each["runtime"]) for each in season["episodes"]] == [(None,) * 3] * 2
    dates = [each["air_date"] for each in get_json(url_of(tmdb, "tv/1396/season/0"))["episodes"]]
    assert [date is None for date in dates] == [False, False, True]
    assert get_json(url_of(tmdb, "tv/66732"))["next_episode_to_air"]["air_date"] > "2025-11-15"
    assert get_json(url_of(tmdb, "tv/990003"))["seasons"] == []


SOURCES = {
    "imdb_id": ("movie/603", "movie"), "tvdb_id": ("tv/1396", "tv"), "wikidata_id": ("movie/603", "movie"),
    "facebook_id": ("tv/1396", "tv"), "instagram_id": ("movie/603", "movie"), "twitter_id": ("tv/1396", "tv"),
    "tiktok_id": ("person/6384", "person"), "youtube_id": ("person/6384", "person"),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_what_has_an_id_elsewhere_is_found_by_it(tmdb: StandIn, source: str) -> None:
    path, kind = SOURCES[source]
    external = get_json(url_of(tmdb, f"{path}/external_ids"))[source]
    assert external
    found = get_json(url_of(tmdb, f"find/{external}?external_source={source}"))
    assert [f"{kind}/{row['id']}" for row in found[f"{kind}_results"]] == [path]
    assert found[f"{kind}_results"][0]["media_type"] == kind


def test_seasons_and_episodes_are_found_too_and_nothing_is_no_error(tmdb: StandIn) -> None:
    for path, kind in (("tv/1396/season/1", "tv_season"), ("tv/1396/season/1/episode/1", "tv_episode")):
        external = get_json(url_of(tmdb, f"{path}/external_ids"))["tvdb_id"]
        found = get_json(url_of(tmdb, f"find/{external}?external_source=tvdb_id"))
        assert [row["media_type"] for row in found[f"{kind}_results"]] == [kind]
    status, _, body = get(url_of(tmdb, "find/tt0000001?external_source=imdb_id"))
    assert status == 200
    assert not any(json.loads(body).values())
