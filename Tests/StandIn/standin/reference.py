"""What TMDB says of itself and of small things: configuration, genres, companies, networks, keywords."""

from __future__ import annotations

from typing import Any

from . import catalog, invented, rows, words
from .ask import Ask
from .errors import Refused

Row = dict[str, Any]

CONFIGURATION = {
    "images": {
        "base_url": "http://image.tmdb.org/t/p/",
        "secure_base_url": "https://image.tmdb.org/t/p/",
        "backdrop_sizes": ["w300", "w780", "w1280", "original"],
        "logo_sizes": ["w45", "w92", "w154", "w185", "w300", "w500", "original"],
        "poster_sizes": ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
        "profile_sizes": ["w45", "w185", "h632", "original"],
        "still_sizes": ["w92", "w185", "w300", "original"],
    },
    "change_keys": ["air_date", "images", "name", "overview", "title", "videos"],
}
JOBS = {
    "Acting": ["Actor", "Stunt Double", "Voice"],
    "Directing": ["Co-Director", "Director", "Script Supervisor"],
    "Editing": ["Assistant Editor", "Editor"],
    "Production": ["Casting", "Executive Producer", "Producer"],
    "Sound": ["Original Music Composer", "Sound Designer"],
    "Writing": ["Creator", "Screenplay", "Story", "Writer"],
}
TRANSLATIONS = [
    "ar-AE",
    "de-AT",
    "de-DE",
    "en-GB",
    "en-US",
    "es-ES",
    "fr-FR",
    "it-IT",
    "ja-JP",
    "ko-KR",
    "pt-BR",
    "zh-CN",
]


def genre_list(ask: Ask, kind: str) -> Row:
    names = words.genres(kind, ask.language.code)
    return {"genres": [{"id": each, "name": name} for each, name in names.items()]}


def configuration(ask: Ask, name: str) -> list[Any]:
    countries, languages = catalog.table("countries"), catalog.table("languages")
    if name == "countries":
        return [{"iso_3166_1": row["code"], "english_name": row["name"], "native_name": row["native"]}
                for row in countries]  # fmt: skip
    if name == "languages":
        return [{"iso_639_1": row["code"], "english_name": row["english"], "name": row["name"]} for row in languages]
    if name == "jobs":
        return [{"department": department, "jobs": jobs} for department, jobs in JOBS.items()]
    if name == "timezones":
        return [{"iso_3166_1": row["code"], "zones": row["zones"].split(",")} for row in countries]
    return TRANSLATIONS


def _find(table: str, identifier: int) -> Row:
    for row in catalog.table(table):
        if int(row["id"]) == identifier:
            return row
    raise Refused(34)


def company(ask: Ask, identifier: int) -> Row:
    row = _find("companies", identifier)
    parent = int(row["parent"] or 0)
    return (
        {"description": "", "headquarters": "", "homepage": "", "parent_company": None}
        | rows.company(row)
        | ({"parent_company": rows.companies([parent])[0]} if parent else {})
    )


def network(ask: Ask, identifier: int) -> Row:
    return {"headquarters": "", "homepage": ""} | rows.company(_find("networks", identifier))


def names_of(ask: Ask, table: str, identifier: int) -> Row:
    row = _find(table, identifier)
    return {"id": identifier, "results": [{"name": f"{row['name']} Inc.", "type": ""}]}


def logos_of(ask: Ask, table: str, identifier: int) -> Row:
    path = rows.company(_find(table, identifier))["logo_path"]
    logo = {
        "aspect_ratio": 2.0, "file_path": path, "height": 250, "id": invented.object_id("logo", table, identifier),
        "file_type": ".png", "vote_average": 0.0, "vote_count": 0, "width": 500,
    }  # fmt: skip
    return {"id": identifier, "logos": [logo] if path else []}


def keyword(ask: Ask, identifier: int) -> Row:
    return {"id": identifier, "name": _find("keywords", identifier)["name"]}


def keyword_films(ask: Ask, identifier: int) -> Row:
    name = _find("keywords", identifier)["name"]
    found = [of for of in catalog.films().values() if name in of.keywords and (ask.adult or not of.adult)]
    return ask.paged(rows.titles(found, ask.language), id=identifier)
