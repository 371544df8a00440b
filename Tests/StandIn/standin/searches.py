"""Searches: each word of the query begins a word of a name. Case and accents do not count; adult rows are left out."""

from __future__ import annotations

from functools import cache
from typing import Any

from . import catalog, rows
from .ask import Ask
from .catalog import Person, Title
from .errors import NoQuery, Refused
from .words import begins, words

Row = dict[str, Any]


def search(ask: Ask, what: str) -> Row:
    if what not in _SEARCHES:
        raise Refused(34)
    text = ask.query.get("query", "")
    if not text.strip():
        raise NoQuery
    ask.page  # noqa: B018 - a bad page is refused before anything is looked for
    return ask.paged(_SEARCHES[what](ask, words(text)))


@cache
def _named() -> list[tuple[str, Any, set[str]]]:
    """Kind, record and words of everything that a multi search finds, most popular first."""
    found: list[tuple[str, Any, set[str]]] = []
    for of in [*catalog.films().values(), *catalog.series().values()]:
        found.append((of.kind, of, words(f"{of.title} {of.original} {of.de_title}")))
    found += [("person", of, words(f"{of.name} {of.original}")) for of in catalog.people().values()]
    found.sort(key=lambda entry: (-entry[1].popularity, entry[1].id))
    shelves = sorted(catalog.table("collections"), key=lambda row: int(row["id"]))
    return found + [("collection", row, words(row["name"])) for row in shelves]


def _matching(wanted: set[str], *kinds: str) -> list[tuple[str, Any]]:
    return [(kind, of) for kind, of, names in _named() if kind in kinds and begins(wanted, names)]


def _multi(ask: Ask, wanted: set[str]) -> list[Row]:
    found = _matching(wanted, "movie", "tv", "person", "collection")
    return [_multi_row(kind, of, ask) for kind, of in found if kind not in ("movie", "tv") or shown(of, ask)]


def _multi_row(kind: str, of: Title | Person | Row, ask: Ask) -> Row:
    if kind == "collection":
        return rows.collection(of, ask.language, in_multi=True)
    return (rows.person if kind == "person" else rows.title)(of, ask.language, with_type=True)


def shown(of: Title, ask: Ask) -> bool:
    return ask.adult or not of.adult


def _movies(ask: Ask, wanted: set[str]) -> list[Row]:
    year = ask.get("primary_release_year") or ask.get("year")
    found = [of for _, of in _matching(wanted, "movie") if shown(of, ask) and (of.date or "").startswith(year)]
    return rows.titles(found, ask.language)


def _series(ask: Ask, wanted: set[str]) -> list[Row]:
    first, any_year = ask.get("first_air_date_year"), ask.get("year")
    found = [of for _, of in _matching(wanted, "tv")
             if shown(of, ask) and (of.date or "").startswith(first) and _airs_in(of, any_year)]  # fmt: skip
    return rows.titles(found, ask.language)


def _airs_in(of: Title, year: str) -> bool:
    return not year or bool(of.date) and of.date[:4] <= year <= (of.last or of.date)[:4]


def _people(ask: Ask, wanted: set[str]) -> list[Row]:
    return [rows.person(of, ask.language) for _, of in _matching(wanted, "person")]


def _collections(ask: Ask, wanted: set[str]) -> list[Row]:
    return [rows.collection(of, ask.language) for _, of in _matching(wanted, "collection")]


def _companies(ask: Ask, wanted: set[str]) -> list[Row]:
    return [rows.company(row) for row in catalog.table("companies") if begins(wanted, words(row["name"]))]


def _keywords(ask: Ask, wanted: set[str]) -> list[Row]:
    found = [name for name in sorted(catalog.keyword_ids()) if begins(wanted, words(name))]
    return [rows.keyword(name) for name in found]


_SEARCHES = {
    "multi": _multi,
    "movie": _movies,
    "tv": _series,
    "person": _people,
    "collection": _collections,
    "company": _companies,
    "keyword": _keywords,
}
