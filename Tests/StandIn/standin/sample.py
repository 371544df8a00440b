"""The sample data as TMDB would answer it: rows of a multi search, ordered by popularity.

TMDB's rows are uneven, and so are these: no poster, an empty overview, an empty date, a missing key.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Any

from .sample_people import PEOPLE
from .sample_titles import COLLECTIONS, FILMS, SERIES

Row = dict[str, Any]


def search(query: str) -> list[Row]:
    """The rows in whose names each word of the query begins a word. Case and accents do not count."""
    wanted = _words(query)
    return [row for row, names in _rows() if all(any(name.startswith(word) for name in names) for word in wanted)]


@cache
def _rows() -> list[tuple[Row, set[str]]]:
    rows = [_film(*film) for film in FILMS] + [_series(*series) for series in SERIES]
    by_title = {row.get("title") or row["name"]: row for row in rows}
    rows += [_person(by_title, *person) for person in PEOPLE] + [_collection(*entry) for entry in COLLECTIONS]
    rows.sort(key=lambda row: (-row.get("popularity", 0), row["id"]))
    keys = ("title", "original_title", "name", "original_name")
    return [(row, _words(" ".join(row.get(key, "") for key in keys))) for row in rows]


def _words(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain))


def _image(kind: str, number: int) -> str:
    return "/" + hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:27] + ".jpg"


def _number(kind: str, identifier: int, least: int, most: int) -> int:
    """A number that is the same in every run and looks like a measured one."""
    digest = hashlib.sha256(f"{kind} {identifier}".encode()).digest()
    return least + int.from_bytes(digest[:4], "big") % (most - least)


def _shared(kind: str, identifier: int, language: str, overview: str, genres: tuple[int, ...]) -> Row:
    """What films and series have in common, apart from their names and dates."""
    return {
        "adult": False,
        "backdrop_path": _image("backdrop", identifier) if overview else None,
        "id": identifier,
        "original_language": language,
        "overview": overview,
        "poster_path": _image("poster", identifier) if overview else None,
        "media_type": kind,
        "genre_ids": list(genres),
        "popularity": _number("popularity", identifier, 4000, 99999) / 1000,
        "vote_average": _number("vote", identifier, 6200, 8800) / 1000 if overview else 0.0,
        "vote_count": _number("votes", identifier, 300, 36000) if overview else 0,
    }


def _film(
    identifier: int, title: str, original: str, language: str, date: str, genres: tuple[int, ...], overview: str
) -> Row:
    row = _shared("movie", identifier, language, overview, genres)
    row |= {"title": title, "original_title": original or title, "video": False}
    if date is not None:
        row["release_date"] = date
    return row


def _series(
    identifier: int,
    name: str,
    original: str,
    language: str,
    date: str,
    countries: tuple[str, ...],
    genres: tuple[int, ...],
    overview: str,
) -> Row:
    row = _shared("tv", identifier, language, overview, genres)
    return row | {
        "name": name,
        "original_name": original or name,
        "first_air_date": date,
        "origin_country": list(countries),
    }


def _person(
    by_title: dict[str, Row], identifier: int, name: str, original: str, gender: int, department: str, known: str
) -> Row:
    return {
        "adult": False,
        "id": identifier,
        "name": name,
        "original_name": original or name,
        "media_type": "person",
        "popularity": _number("popularity", identifier, 1000, 40000) / 1000,
        "gender": gender,
        "known_for_department": department or None,
        "profile_path": _image("profile", identifier) if known else None,
        "known_for": [by_title[title] for title in known.split("; ") if title],
    }


def _collection(identifier: int, title: str, language: str, overview: str) -> Row:
    return {
        "adult": False,
        "backdrop_path": _image("backdrop", identifier) if overview else None,
        "id": identifier,
        "title": title,
        "original_language": language,
        "original_title": title,
        "overview": overview,
        "poster_path": _image("poster", identifier) if overview else None,
        "media_type": "collection",
    }
