"""The routes of the stand-in: what each path of TMDB's API answers, before compression and faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from . import (
    availability,
    catalog,
    credits,
    details,
    discover,
    groups,
    identities,
    listings,
    media,
    reference,
    searches,
    seasons,
)
from .ask import Ask
from .errors import Refused
from .wire import Answer, json_answer

DAY_HALF, EIGHT_HOURS, TEN_MINUTES = 43200, 28800, 600
"""What TMDB lets caches keep, in seconds: its configuration, most answers, searches."""


def answer(path: str, query: Mapping[str, str]) -> Answer:
    """The answer to an accepted GET request."""
    parts = path.removeprefix("/3/") if path.startswith("/3/") else ""
    for pattern, handler in _ROUTES:
        if found := pattern.fullmatch(parts):
            try:
                values = [int(each) if each.isdecimal() else each for each in found.groups() if each is not None]
                body = handler(Ask(query), *values)
            except Refused as refused:
                return refused.answer
            if parts.startswith(("search/", "discover/", "trending/")):
                return json_answer(body, max_age=TEN_MINUTES)
            return json_answer(body, max_age=DAY_HALF if parts == "configuration" else EIGHT_HOURS, tagged=True)
    return Refused(34).answer


def _known(records: Mapping[int, Any], identifier: int) -> Any:
    if identifier not in records:
        raise Refused(34)
    return records[identifier]


def _collections() -> dict[int, Any]:
    return {int(row["id"]): row for row in catalog.table("collections")}


# By type: where its records are, its details, its namespaces.
_TYPES: dict[str, tuple[Callable[[], Mapping[int, Any]], Callable[[Any, Ask], Any], dict[str, Any]]] = {
    "movie": (catalog.films, details.film, details.FILM),
    "tv": (catalog.series, details.series, details.SERIES),
    "person": (catalog.people, details.person, details.PERSON),
    "collection": (_collections, details.collection, details.COLLECTION),
}


def _detail(ask: Ask, kind: str, identifier: int) -> Any:
    records, detail, namespaces = _TYPES[kind]
    of = _known(records(), identifier)
    return details.with_appended(detail(of, ask), of, namespaces, ask)


def _namespace(ask: Ask, kind: str, identifier: int, name: str) -> Any:
    records, _, namespaces = _TYPES[kind]
    return details.namespace(_known(records(), identifier), identifier, namespaces, name, ask)


_LATEST = {"movie": 990001, "tv": 990003, "person": 990004}


def _latest(ask: Ask, kind: str) -> Any:
    return _detail(ask, kind, _LATEST[kind])


def _season(ask: Ask, series: int, number: int, name: str = "") -> Any:
    of = seasons.season(series, number)
    if name:
        return details.namespace(of, of.id, seasons.SEASON, name, ask)
    return details.with_appended(seasons.season_detail(of, ask), of, seasons.SEASON, ask)


def _episode(ask: Ask, series: int, number: int, place: int, name: str = "") -> Any:
    of = seasons.episode(series, number, place)
    if name:
        return details.namespace(of, of.id, seasons.EPISODE, name, ask)
    return details.with_appended(seasons.episode_detail(of, ask), of, seasons.EPISODE, ask)


def _credit(ask: Ask, identifier: str) -> Any:
    if identifier not in credits.by_id():
        raise Refused(34)
    return credits.detail(credits.by_id()[identifier], ask.language)


def _review(ask: Ask, identifier: str) -> Any:
    if (found := media.review_of(identifier)) is None:
        raise Refused(34)
    return found


def _of_table(answering: Callable[[Ask, str, int], Any]) -> Callable[[Ask, str, int], Any]:
    tables = {"company": "companies", "network": "networks"}
    return lambda ask, name, identifier: answering(ask, tables[name], identifier)


# First come the words that stand where others have an id. Groups of digits reach the handler as numbers.
_ROUTES: list[tuple[re.Pattern[str], Callable[..., Any]]] = [
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"search/(\w+)", searches.search),
        (r"discover/(movie|tv)", discover.discover),
        (r"trending/(\w+)/(\w+)", listings.trending),
        (r"movie/(popular|top_rated|now_playing|upcoming)", listings.film_list),
        (r"tv/(popular|top_rated|airing_today|on_the_air)", listings.series_list),
        (r"person/popular", listings.popular_people),
        (r"(movie|tv|person)/latest", _latest),
        (r"(movie|tv|person|collection)/(\d{1,9})", _detail),
        (r"tv/(\d{1,9})/season/(\d{1,4})", _season),
        (r"tv/(\d{1,9})/season/(\d{1,4})/episode/(\d{1,4})", _episode),
        (r"tv/(\d{1,9})/season/(\d{1,4})/episode/(\d{1,4})/(\w+)", _episode),
        (r"tv/(\d{1,9})/season/(\d{1,4})/(\w+|watch/providers)", _season),
        (r"(movie|tv|person|collection)/(\d{1,9})/(\w+|watch/providers)", _namespace),
        (r"tv/episode_group/([0-9a-f]{24})", lambda ask, identifier: groups.group(ask, str(identifier))),
        (r"find/([^/]+)", lambda ask, external: identities.find(str(external), ask)),
        (r"genre/(movie|tv)/list", reference.genre_list),
        (r"watch/providers/(movie|tv)", lambda ask, kind: availability.provider_list(kind, ask)),
        (r"watch/providers/regions", availability.region_list),
        (r"certification/(movie|tv)/list", lambda _, kind: availability.certification_list(kind)),
        (r"configuration", lambda _: reference.CONFIGURATION),
        (r"configuration/(countries|languages|jobs|primary_translations|timezones)", reference.configuration),
        (r"company/(\d{1,9})", reference.company),
        (r"network/(\d{1,9})", reference.network),
        (r"(company|network)/(\d{1,9})/alternative_names", _of_table(reference.names_of)),
        (r"(company|network)/(\d{1,9})/images", _of_table(reference.logos_of)),
        (r"keyword/(\d{1,9})", reference.keyword),
        (r"keyword/(\d{1,9})/movies", reference.keyword_films),
        (r"list/(\d{1,9})", media.list_of),
        (r"review/([0-9a-f]{24})", lambda ask, identifier: _review(ask, str(identifier))),
        (r"credit/([0-9a-f]{24})", lambda ask, identifier: _credit(ask, str(identifier))),
    )
]
