"""Lists that TMDB keeps: what is popular, rated best, shown now or soon, and what trends."""

from __future__ import annotations

from typing import Any

from . import catalog, invented, rows
from .ask import Ask
from .catalog import Title
from .errors import Refused

Row = dict[str, Any]

TREND_TOTAL = 20_000
"""What TMDB says of a trend's rows, however many there are: 1000 pages, of which 500 can be asked for."""
NOW_PLAYING = ("2025-10-08", "2025-11-19")
UPCOMING = ("2025-11-19", "2025-12-31")
WEEK = ("2025-11-15", "2025-11-22")


def _films() -> list[Title]:
    return [of for of in catalog.films().values() if not of.adult]


def _series() -> list[Title]:
    return [of for of in catalog.series().values() if not of.adult]


def _by_popularity(found: list[Title]) -> list[Title]:
    return sorted(found, key=lambda of: -of.popularity)


def _by_vote(found: list[Title]) -> list[Title]:
    return sorted((of for of in found if of.votes >= 300), key=lambda of: (-of.vote, -of.votes))


def _dated(ask: Ask, between: tuple[str, str]) -> Row:
    found = [of for of in _films() if of.date and between[0] <= of.date <= between[1]]
    dates = {"maximum": between[1], "minimum": between[0]}
    return ask.paged(rows.titles(_by_popularity(found), ask.language), dates=dates)


def film_list(ask: Ask, name: str) -> Row:
    if name in ("now_playing", "upcoming"):
        return _dated(ask, NOW_PLAYING if name == "now_playing" else UPCOMING)
    found = _by_popularity(_films()) if name == "popular" else _by_vote(_films())
    return ask.paged(rows.titles(found, ask.language))


def series_list(ask: Ask, name: str) -> Row:
    found = _by_vote(_series()) if name == "top_rated" else _by_popularity(_series())
    if name in ("airing_today", "on_the_air"):
        last = WEEK[name == "on_the_air"]
        # A series that returns airs on; what it shows here is on the day of its last date.
        found = [of for of in found if of.status == 0 and of.last >= "2025" and (of.date or "") <= last]
    return ask.paged(rows.titles(found, ask.language))


def popular_people(ask: Ask) -> Row:
    found = sorted(catalog.people().values(), key=lambda of: -of.popularity)
    return ask.paged([rows.person(of, ask.language) for of in found])


def trending(ask: Ask, kind: str, window: str) -> Row:
    if kind not in ("all", "movie", "tv", "person") or window not in ("day", "week"):
        raise Refused(34)
    entries: list[tuple[str, int, Row]] = []
    if kind in ("all", "movie", "tv"):
        chosen = (_films() if kind != "tv" else []) + (_series() if kind != "movie" else [])
        entries += [(of.kind, of.id, rows.title(of, ask.language, with_type=True)) for of in chosen if of.filled_in]
    if kind in ("all", "person"):
        people = [of for of in catalog.people().values() if of.imdb]
        entries += [("person", of.id, rows.person(of, ask.language, with_type=True)) for of in people]
    entries.sort(key=lambda entry: invented.number(f"trend {window}", f"{entry[0]} {entry[1]}", 0, 1 << 30))
    return ask.paged([row for _, _, row in entries], total=TREND_TOTAL)
