"""discover_movies and discover_tv: names for ids, and filters that TMDB would silently ignore."""

import re
from typing import Any

import pytest
from harness.expectations import failure, says, structured
from harness.messages import call
from harness.process import Start
from standin import StandIn, faults, plans

pytestmark = pytest.mark.same_everywhere("names and filters are text")

Filters = dict[str, Any]
US = {"watch_region": "US"}

# tool, filters with names, what TMDB is asked for instead
NAMES: dict[str, tuple[str, Filters, Filters]] = {
    "all genres": ("movies", {"with_genres": "Action, Science Fiction"}, {"with_genres": "28,878"}),
    "any genre": ("movies", {"with_genres": "comedy|DRAMA"}, {"with_genres": "35|18"}),
    "a short name": ("movies", {"with_genres": "Sci-Fi"}, {"with_genres": "878"}),
    "a genre of series": ("tv", {"with_genres": "Sci-Fi & Fantasy"}, {"with_genres": "10765"}),
    "a name and an id": ("movies", {"with_genres": "Western,18"}, {"with_genres": "37,18"}),
    "no genre": ("movies", {"without_genres": "Horror"}, {"without_genres": "27"}),
    "a genre in German": ("movies", {"with_genres": "Abenteuer", "language": "de"}, {"with_genres": "12"}),
    "a service": ("movies", {"with_watch_providers": "netflix"} | US, {"with_watch_providers": "8"} | US),
    "any service": ("tv", {"with_watch_providers": "Netflix|9"} | US, {"with_watch_providers": "8|9"} | US),
    "a service of one name": (
        "movies", {"with_watch_providers": "Amazon Prime Video", "watch_region": "DE"},
        {"with_watch_providers": "119", "watch_region": "DE"}),
    "a company": ("movies", {"with_companies": "A24"}, {"with_companies": "41077"}),
    "a longer name of one": ("movies", {"with_companies": "Marvel Studios"}, {"with_companies": "420"}),
    "a keyword": ("movies", {"with_keywords": "time travel"}, {"with_keywords": "4379"}),
    "keywords not": ("tv", {"without_keywords": "heist"}, {"without_keywords": "10051"}),
    "a person": ("movies", {"with_cast": "Keanu Reeves"}, {"with_cast": "6384"}),
    "people": ("movies", {"with_people": "Keanu Reeves,Lana Wachowski"}, {"with_people": "6384,9340"}),
    "a director": ("movies", {"with_crew": "Lana Wachowski"}, {"with_crew": "9340"}),
    "a network": ("tv", {"with_networks": "HBO"}, {"with_networks": "49"}),
    "a status": ("tv", {"with_status": "Returning Series|Ended"}, {"with_status": "0|3"}),
    "a status by number": ("tv", {"with_status": "0|3"}, {"with_status": "0|3"}),
    "a type": ("tv", {"with_type": "Miniseries"}, {"with_type": "2"}),
    "a kind of release": ("movies", {"with_release_type": "Digital|4"}, {"with_release_type": "4|4"}),
}  # fmt: skip

# tool, filters, what the refusal says
REFUSED: dict[str, tuple[str, Filters, tuple[str, ...]]] = {
    "a name of several people": (
        "movies", {"with_cast": "Steve McQueen"}, ("with_cast", "13565", "72983", "12 Years a Slave")),
    "a name of several companies": ("movies", {"with_companies": "Marvel"}, ("420", "Marvel Studios", "7505")),
    "no such genre": ("movies", {"with_genres": "Bogus"}, ('"Bogus"', "Science Fiction", "Western")),
    "a genre of films alone": ("tv", {"with_genres": "Horror"}, ('"Horror"', "Mystery")),
    "no such service": ("movies", {"with_watch_providers": "Betamax"} | US, ("Betamax", "US", "list_reference")),
    "no such company": ("movies", {"with_companies": "Nobody's Own Pictures"}, ("company", "Nobody's Own Pictures")),
    "no such keyword": ("movies", {"with_keywords": "qqqqq"}, ("keyword", "qqqqq")),
    "no such person": ("movies", {"with_crew": "Xyzzy Plugh"}, ("person", "Xyzzy Plugh")),
    "no such network": ("tv", {"with_networks": "Xyzzy TV"}, ("Xyzzy TV", "get_details, with detail full")),
    "no such status": ("tv", {"with_status": "Forgotten"}, ("Forgotten", "0 Returning Series", "5 Pilot")),
    "actors of series": ("tv", {"with_cast": "Keanu Reeves"}, ("with_cast", "get_filmography")),
    "a certification of no country": ("movies", {"certification": "PG-13"}, ("certification_country",)),
    "a country of no certification": ("movies", {"certification_country": "US"}, ("certification",)),
    "services of no region": ("movies", {"with_watch_providers": "Netflix"}, ("watch_region",)),
    "ways to pay of no region": ("tv", {"with_watch_monetization_types": "free"}, ("watch_region",)),
    "a region of nothing": ("tv", {"watch_region": "US"}, ("with_watch_providers",)),
    "a range the wrong way round": (
        "movies", {"vote_average.gte": 8, "vote_average.lte": 3}, ("vote_average.gte", "vote_average.lte")),
    "an order that TMDB has not": (
        "movies", {"sort_by": "rating.desc"}, ("sort_by", "vote_average.desc")),
    "a day that is none": ("movies", {"primary_release_date.gte": "2024-02-30"}, ("primary_release_date.gte",)),
    "a filter of the other tool": ("movies", {"with_networks": "HBO"}, ("with_networks",)),
}  # fmt: skip


def discover(start: Start, kind: str, filters: Filters, **settings: Any) -> dict[str, Any]:
    return start(**settings).result_of(call("d", filters, name=f"discover_{kind}"))


@pytest.mark.parametrize(("kind", "filters", "sent"), NAMES.values(), ids=NAMES)
def test_names_stand_for_ids(start: Start, tmdb: StandIn, kind: str, filters: Filters, sent: Filters) -> None:
    content = structured(discover(start, kind, filters))
    # Another one may be for the texts of rows that are not translated.
    asked = next(seen for seen in tmdb.requests if seen.path.startswith("/3/discover/"))
    assert {name: asked.query.get(name) for name in sent} == sent
    taken = {name: codes for name, codes in sent.items() if str(filters[name]) != codes}
    resolved = content.get("resolved", {})
    # "28 Action,878 Science Fiction": the ids, and what they are called.
    codes = {name: re.sub(r"([0-9]+) [^,|]+", r"\1", text) for name, text in resolved.items()}
    assert codes == taken
    assert all(codes[name] != text for name, text in resolved.items()), "an id without a name"


@pytest.mark.parametrize(("kind", "filters", "said"), REFUSED.values(), ids=REFUSED)
def test_a_filter_that_cannot_work_is_refused_with_the_reason(
    start: Start, tmdb: StandIn, kind: str, filters: Filters, said: tuple[str, ...]
) -> None:
    assert says(failure(discover(start, kind, filters)), said)
    assert not [seen for seen in tmdb.requests if seen.path.startswith("/3/discover/")]


def test_all_that_is_wrong_is_told_at_once(start: Start) -> None:
    filters = {"with_genres": "Bogus", "with_companies": "Marvel", "with_keywords": "qqqqq"}
    assert says(failure(discover(start, "movies", filters)), ("Bogus", "Marvel Studios", "qqqqq"))


@pytest.mark.every_platform
def test_results_fit_the_filters(start: Start) -> None:
    filters = {"with_genres": "Science Fiction", "with_people": "Keanu Reeves", "primary_release_year": 1999}
    assert [row["title"] for row in structured(discover(start, "movies", filters))["results"]] == ["The Matrix"]


def test_names_are_looked_up_once(start: Start, tmdb: StandIn) -> None:
    server = start()
    for page in (1, 2, 3):
        structured(server.result_of(call(page, {"with_companies": "A24", "page": page}, name="discover_movies")))
    assert tmdb.counts["/3/search/company"] == 1
    assert tmdb.counts["/3/discover/movie"] == 3


def test_a_look_up_that_fails_is_told_as_a_fault_of_tmdb(start: Start, tmdb: StandIn) -> None:
    tmdb.fault = plans.ByPath({"/3/search/company": faults.status(503)})
    message = failure(discover(start, "movies", {"with_companies": "A24"}, TMDB_TIMEOUT="1"))
    assert "503" in message and tmdb.counts["/3/discover/movie"] == 0
