"""Ids elsewhere: IMDb, TheTVDB, Wikidata and the social networks, and the way back from them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Any

from . import catalog, invented, rows, seasons
from .ask import Ask
from .catalog import Person, Title
from .errors import Refused

Row = dict[str, Any]

SOURCES = (
    "imdb_id", "facebook_id", "instagram_id", "tvdb_id", "tiktok_id", "twitter_id", "wikidata_id", "youtube_id",
)  # fmt: skip


def _name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text) or "it"


def _social(kind: str, identifier: int, name: str, known: bool) -> Row:
    plain = _name(name)
    return {
        "wikidata_id": f"Q{invented.number('wikidata', f'{kind} {identifier}', 10_000, 9_999_999)}" if known else None,
        "facebook_id": f"{plain}{identifier}" if known else None,
        "instagram_id": f"{plain.lower()}.{identifier}" if known and identifier % 2 else None,
        "twitter_id": f"{plain}_{identifier}" if known and identifier % 3 else None,
    }


def of_title(of: Title) -> Row:
    social = _social(of.kind, of.id, of.title, of.filled_in)
    if of.kind == "movie":
        return {"imdb_id": of.imdb or None} | social
    other = {"freebase_mid": None, "freebase_id": None, "tvdb_id": of.tvdb or None, "tvrage_id": None}
    return {"imdb_id": of.imdb or None} | other | social


def of_person(of: Person) -> Row:
    social = _social("person", of.id, of.name, bool(of.imdb))
    handle = _name(of.name).lower() if of.imdb and of.id % 2 == 0 else None
    other = {"freebase_mid": None, "freebase_id": None, "imdb_id": of.imdb or None, "tvrage_id": None}
    return other | social | {"tiktok_id": handle and f"{handle}.tok", "youtube_id": handle and f"{handle}tube"}


@cache
def _index() -> dict[tuple[str, str], list[tuple[str, Any]]]:
    """By source and id: the kind of what has it, and the record."""
    found = defaultdict(list)

    def note(kind: str, record: Any, ids: Row) -> None:
        for source in SOURCES:
            if ids.get(source):
                found[source, str(ids[source])].append((kind, record))

    for of in [*catalog.films().values(), *catalog.series().values()]:
        note(of.kind, of, of_title(of))
    for each in catalog.people().values():
        note("person", each, of_person(each))
    for of in catalog.series().values():
        for part in seasons.seasons(of):
            note("tv_season", part, seasons.SEASON["external_ids"](part, Ask({})))
            for each in part.episodes[:1]:
                note("tv_episode", each, {"imdb_id": seasons.imdb_of(each), "tvdb_id": seasons.tvdb_of(each)})
    return found


def find(external_id: str, ask: Ask) -> Row:
    source = ask.get("external_source")
    if source not in SOURCES:
        raise Refused(5)
    kinds = ("movie", "person", "tv", "tv_episode", "tv_season")
    answer: Row = {f"{kind}_results": [] for kind in kinds}
    for kind, record in _index().get((source, external_id), []):
        answer[f"{kind}_results"].append(_row(kind, record, ask))
    return answer


def _row(kind: str, record: Any, ask: Ask) -> Row:
    language = ask.language
    if kind == "person":
        return rows.person(record, language, with_type=True)
    if kind == "tv_episode":
        return record.row(language, in_season=True) | {"media_type": "tv_episode"}
    if kind == "tv_season":
        return record.row(language) | {"media_type": "tv_season", "show_id": record.of.id}
    return rows.title(record, language, with_type=True)
