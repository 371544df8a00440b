"""Discovery: TMDB's filters over the sample data.

Lists take `,` for AND and `|` for OR. What TMDB ignores is ignored here too: cast and crew of series, a certification
without its country, providers without a region, a sorting that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from . import availability, catalog, credits, details, rows
from .ask import Ask
from .catalog import Title

Row = dict[str, Any]
Test = Callable[[Title], bool]


def discover(ask: Ask, kind: str) -> Row:
    titles = (catalog.films() if kind == "movie" else catalog.series()).values()
    tests = [*_common(ask), *(_film_tests(ask) if kind == "movie" else _series_tests(ask))]
    found = [of for of in titles if (ask.adult or not of.adult) and all(test(of) for test in tests)]
    return ask.paged(rows.titles(_sorted(found, kind, ask.get("sort_by")), ask.language))


def matches(wanted: str, has: Iterable[object]) -> bool:
    """Whether a title that has these values is wanted by `a,b` (all of them) or `a|b` (any of them)."""
    values = {str(each) for each in has}
    if "|" in wanted:
        return any(each.strip() in values for each in wanted.split("|"))
    return all(each.strip() in values for each in wanted.split(",") if each.strip())


def _in_range(ask: Ask, name: str, value: Callable[[Title], float]) -> list[Test]:
    return [
        *_test(ask, f"{name}.gte", lambda of, least: value(of) >= _number(least)),
        *_test(ask, f"{name}.lte", lambda of, most: value(of) <= _number(most)),
    ]


def _between(ask: Ask, name: str) -> list[Test]:
    """The title's date is in a range; one without a date never is."""
    return [
        *_test(ask, f"{name}.gte", lambda of, least: bool(of.date) and of.date >= least),
        *_test(ask, f"{name}.lte", lambda of, most: bool(of.date) and of.date <= most),
    ]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _test(ask: Ask, name: str, test: Callable[[Title, str], bool]) -> list[Test]:
    """The test when its parameter is given."""
    value = ask.get(name)
    return [lambda of: test(of, value)] if value else []


def _lists(ask: Ask, name: str, has: Callable[[Title], Iterable[object]]) -> list[Test]:
    """with_NAME and without_NAME, which leaves out what has any of the values."""
    without = [each for each in ask.get(f"without_{name}").replace("|", ",").split(",") if each]
    tests = _test(ask, f"with_{name}", lambda of, wanted: matches(wanted, has(of)))
    return [*tests, lambda of: not {str(each) for each in has(of)} & set(without)] if without else tests


def _common(ask: Ask) -> list[Test]:
    tests = [
        *_lists(ask, "genres", lambda of: of.genres),
        *_lists(ask, "companies", lambda of: of.companies),
        *_lists(ask, "keywords", lambda of: [catalog.keyword_ids()[each] for each in of.keywords]),
        *_in_range(ask, "vote_average", lambda of: of.vote),
        *_in_range(ask, "vote_count", lambda of: of.votes),
        *_in_range(ask, "with_runtime", lambda of: of.runtime),
        *_test(ask, "with_original_language", lambda of, wanted: matches(wanted, [of.language])),
        *_test(ask, "with_origin_country", lambda of, wanted: matches(wanted, of.countries)),
    ]
    if region := ask.get("watch_region"):
        tests += _lists(ask, "watch_providers", lambda of: set().union(*availability.ways(of, region).values()))
        tests += _lists(ask, "watch_monetization_types", lambda of: availability.ways(of, region))
    return tests


def _film_tests(ask: Ask) -> list[Test]:
    tests = [
        *_test(ask, "year", lambda of, year: (of.date or "").startswith(year)),
        *_test(ask, "primary_release_year", lambda of, year: (of.date or "").startswith(year)),
        *_between(ask, "primary_release_date"),
        *_between(ask, "release_date"),
        *_test(ask, "with_cast", lambda of, wanted: matches(wanted, (person for person, _ in of.cast))),
        *_test(ask, "with_crew", lambda of, wanted: matches(wanted, (person for _, person in of.crew))),
        *_test(ask, "with_people", lambda of, wanted: matches(wanted, _everyone(of))),
        *_test(ask, "with_release_type", lambda of, wanted: bool(of.date) and matches(wanted, (1, 3, 4))),
    ]
    if ask.get("include_video") != "true":
        tests.append(lambda of: of.id not in catalog.VIDEO)
    if country := ask.get("certification_country"):
        tests += _certification_tests(ask, country)
    return tests


def _everyone(of: Title) -> set[int]:
    return {credit.person for part in credits.of_title((of.kind, of.id)) for credit in part}


def _certification_tests(ask: Ask, country: str) -> list[Test]:
    steps = availability.ladder("movie", country)

    def step(text: str) -> int:
        return steps.index(text) if text in steps else -1

    def at(of: Title) -> int:
        return step(availability.certification(of, country))

    return [
        *_test(ask, "certification", lambda of, wanted: matches(wanted, [availability.certification(of, country)])),
        *_test(ask, "certification.gte", lambda of, least: at(of) >= max(0, step(least))),
        *_test(ask, "certification.lte", lambda of, most: 0 <= at(of) <= step(most)),
    ]


def _series_tests(ask: Ask) -> list[Test]:
    return [
        *_test(ask, "first_air_date_year", lambda of, year: (of.date or "").startswith(year)),
        *_between(ask, "first_air_date"),
        # A series that returns airs on, whatever the day of those who ask.
        *_test(ask, "air_date.gte", lambda of, least: bool(of.last) and (of.status == 0 or of.last >= least)),
        *_test(ask, "air_date.lte", lambda of, most: bool(of.date) and of.date <= most),
        *_test(ask, "with_networks", lambda of, wanted: matches(wanted, of.networks)),
        *_test(ask, "with_status", lambda of, wanted: matches(wanted, [of.status])),
        *_test(ask, "with_type", lambda of, wanted: matches(wanted, [of.type])),
    ]


_ORDERS: dict[str, dict[str, Callable[[Title], Any]]] = {
    "movie": {
        "popularity": lambda of: of.popularity,
        "revenue": details.revenue,
        "primary_release_date": lambda of: of.date or "",
        "title": lambda of: of.title,
        "original_title": lambda of: of.original,
        "vote_average": lambda of: of.vote,
        "vote_count": lambda of: of.votes,
    },
    "tv": {
        "popularity": lambda of: of.popularity,
        "first_air_date": lambda of: of.date or "",
        "name": lambda of: of.title,
        "original_name": lambda of: of.original,
        "vote_average": lambda of: of.vote,
        "vote_count": lambda of: of.votes,
    },
}


def _sorted(found: list[Title], kind: str, sort_by: str) -> list[Title]:
    name, _, direction = sort_by.rpartition(".")
    known = name in _ORDERS[kind] and direction in ("asc", "desc")
    order = _ORDERS[kind][name] if known else _ORDERS[kind]["popularity"]
    return sorted(found, key=order, reverse=not known or direction == "desc")
