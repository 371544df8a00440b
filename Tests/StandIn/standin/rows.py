"""Rows of lists and searches in TMDB's shapes.

TMDB's rows are uneven, and so are these: no poster, an empty overview, an empty date, a missing key, no media_type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import catalog, credits, invented, words
from .catalog import Person, Title
from .words import Language

Row = dict[str, Any]

NO_BACKDROP = {5924, 501, 12990}
COLLECTIONS_BY_NAME = {726871, 131292, 10194}
"""Collections whose parts are named as in the reference (name, original_name); the recorded answers have title."""


def poster(of: Title) -> str | None:
    return invented.image("poster", of.id) if of.filled_in else None


def backdrop(of: Title) -> str | None:
    return invented.image("backdrop", of.id) if of.filled_in and of.id not in NO_BACKDROP else None


def title(of: Title, language: Language, *, with_type: bool = False) -> Row:
    row: Row = {
        "adult": of.adult,
        "backdrop_path": backdrop(of),
        "genre_ids": list(of.genres),
        "id": of.id,
        "original_language": of.language,
        "overview": words.overview(of, language),
        "popularity": of.popularity,
        "poster_path": poster(of),
        "vote_average": of.vote,
        "vote_count": of.votes,
    }
    if with_type:
        row["media_type"] = of.kind
    named = words.title(of, language)
    if of.kind == "movie":
        row |= {"title": named, "original_title": of.original, "video": of.id in catalog.VIDEO}
        return row if of.date is None else row | {"release_date": of.date}
    row |= {"name": named, "original_name": of.original, "origin_country": list(of.countries)}
    return row | {"first_air_date": of.date}


def titles(found: Iterable[Title], language: Language, *, with_type: bool = False) -> list[Row]:
    return [title(each, language, with_type=with_type) for each in found]


def person(of: Person, language: Language, *, with_type: bool = False, known_for: bool = True) -> Row:
    row: Row = {
        "adult": False,
        "gender": of.gender,
        "id": of.id,
        "known_for_department": of.department or None,
        "name": of.name,
        "original_name": of.original or of.name,
        "popularity": of.popularity,
        "profile_path": profile(of),
    }
    if with_type:
        row["media_type"] = "person"
    if known_for:
        best = sorted(credits.titles_of(of.id), key=lambda each: -each.votes)[:3]
        row["known_for"] = titles(best, language, with_type=True)
    return row


def profile(of: Person) -> str | None:
    return invented.image("profile", of.id) if of.department and of.id < 990000 else None


def collection(of: dict[str, str], language: Language, *, in_multi: bool = False) -> Row:
    identifier, text = int(of["id"]), of["overview"]
    named = of["name"] if language.exists else None
    row: Row = {
        "adult": False,
        "backdrop_path": invented.image("backdrop", identifier) if text else None,
        "id": identifier,
        "original_language": "en",
        "overview": words.in_english(text, language),
        "poster_path": invented.image("poster", identifier) if text else None,
    }
    if in_multi:
        return row | {"title": named, "original_title": of["name"], "media_type": "collection"}
    return row | {"name": named, "original_name": of["name"]}


def part(of: Title, collection_id: int, language: Language) -> Row:
    """A film in its collection."""
    row = title(of, language, with_type=True)
    if collection_id in COLLECTIONS_BY_NAME:
        row["name"], row["original_name"] = row.pop("title"), row.pop("original_title")
    return row


def company(of: dict[str, str]) -> Row:
    identifier = int(of["id"])
    logo = invented.image("logo", identifier).replace(".jpg", ".png") if identifier < 990000 else None
    return {"id": identifier, "logo_path": logo, "name": of["name"], "origin_country": of["country"]}


def companies(identifiers: Iterable[int], source: str = "companies") -> list[Row]:
    """Companies, or networks, by id."""
    known = {int(row["id"]): row for row in catalog.table(source)}
    return [company(known[each]) for each in identifiers]


def keyword(name: str) -> Row:
    return {"id": catalog.keyword_ids()[name], "name": name}


def genres(of: Title, language: Language) -> list[Row]:
    names = words.genres(of.kind, language.code)
    return [{"id": each, "name": names.get(each)} for each in of.genres]


def countries(codes: Iterable[str]) -> list[Row]:
    names = {row["code"]: row["name"] for row in catalog.table("countries")}
    return [{"iso_3166_1": code, "name": names[code]} for code in codes]


def spoken(code: str) -> list[Row]:
    return [{"english_name": row["english"], "iso_639_1": code, "name": row["name"]}
            for row in catalog.table("languages") if row["code"] == code]  # fmt: skip
