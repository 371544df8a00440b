"""Pictures, clips, reviews, lists and words in other languages: what hangs on a title, a person or an episode."""

from __future__ import annotations

from typing import Any

from . import catalog, invented, rows, words
from .ask import Ask
from .catalog import Title
from .errors import Refused
from .words import Language

Row = dict[str, Any]

_SENTENCES = (
    "I went in without hopes and came out late for the last train.",
    "The middle third could lose ten minutes, and nobody would miss them.",
    "It looks wonderful, and the sound fills every corner of the room.",
    "My neighbour slept. I did not, and have seen it twice since.",
    "What stays is one quiet scene near the end, without a word in it.",
    "The ending is a matter of taste; mine was not asked.",
)
_REVIEWERS = ("Late Row", "Paper Moon", "Kinogeher", "Second Reel", "Aisle Seat")
MUCH_REVIEWED = {("movie", 603): 23, ("tv", 1396): 4, ("movie", 5924): 0}
LONG_REVIEW = 40
"""How many rounds of the sentences the first review of a title has whose reviews fill more than a page."""


def images(kind: str, identifier: object, sizes: dict[str, int], ask: Ask) -> Row:
    """Some of each sort, in no language, English and German; `language` and include_image_language choose."""
    wanted = {"" if each == "null" else each for each in ask.get("include_image_language").split(",") if each}
    if ask.get("language"):
        wanted.add(ask.language.code)
    answer: Row = {}
    for sort, count in sizes.items():
        found = [_image(sort, f"{kind} {identifier} {place}", ("", "en", "de")[place % 3]) for place in range(count)]
        answer[sort] = [row for row in found if not wanted or (row["iso_639_1"] or "") in wanted]
    return answer


def _image(sort: str, name: str, language: str) -> Row:
    width, height = {"backdrops": (1920, 1080), "stills": (1920, 1080), "logos": (500, 180)}.get(sort, (1000, 1500))
    path = invented.image(sort, name)
    return {
        "aspect_ratio": round(width / height, 3),
        "height": height,
        "iso_639_1": language or None,
        "file_path": path.replace(".jpg", ".png") if sort == "logos" else path,
        "vote_average": invented.number("image", name, 0, 6000) / 1000,
        "vote_count": invented.number("images", name, 0, 40),
        "width": width,
    }


def tagged(person: int, rows: list[Row], ask: Ask) -> Row:
    found = [
        _image("backdrops", f"tagged {person} {row['id']}", "")
        | {"id": invented.object_id("tagged", person, row["id"]), "image_type": "backdrop"}
        | {"media": row, "media_type": row["media_type"]}
        for row in rows
    ]
    return ask.paged(found, id=person)


def videos(kind: str, identifier: object, ask: Ask, count: int | None = None) -> Row:
    """Clips in English and, where there are three, one in German."""
    sorts = ("Trailer", "Teaser", "Clip", "Featurette", "Behind the Scenes", "Bloopers")
    number = invented.number("clips", f"{kind} {identifier}", 0, 4) if count is None else count
    wanted = {ask.language.code, *ask.get("include_video_language").split(",")}
    found = []
    for place in range(number):
        code = "de" if place == 2 else "en"
        name = f"{kind} {identifier} {place}"
        day = f"20{invented.number('year', name, 10, 25)}-0{place % 9 + 1}-02T16:00:08.000Z"
        found.append({
            "iso_639_1": code,
            "iso_3166_1": {"en": "US", "de": "DE"}[code],
            "name": f"{sorts[place % 6]} {place + 1}",
            "key": invented.video_key(name),
            "site": "Vimeo" if place == 4 else "YouTube",
            "size": (1080, 720, 2160)[place % 3],
            "type": sorts[place % 6],
            "official": place % 2 == 0,
            "published_at": day,
            "id": invented.object_id("video", name),
        })  # fmt: skip
    return {"results": [row for row in found if row["iso_639_1"] in wanted]}


def clips_of(of: Title) -> int | None:
    return 6 if of.id == 603 else 0 if not of.filled_in else None


def reviews(of: Title) -> list[Row]:
    drawn = invented.number("reviews", of.id, 0, 3) if of.filled_in else 0
    return [_review(of, place) for place in range(MUCH_REVIEWED.get((of.kind, of.id), drawn))]


def _review(of: Title, place: int) -> Row:
    name = f"{of.kind} {of.id} {place}"
    author = _REVIEWERS[invented.number("author", name, 0, len(_REVIEWERS))]
    identifier = invented.object_id("review", name)
    rounds = LONG_REVIEW if place == 0 and (of.kind, of.id) in MUCH_REVIEWED else 1
    first = invented.number("sentence", name, 0, len(_SENTENCES))
    sentences = [_SENTENCES[(first + step) % len(_SENTENCES)] for step in range(3)]
    day = f"20{invented.number('day', name, 12, 25)}-0{place % 9 + 1}-11T19:20:30.000Z"
    return {
        "author": author,
        "author_details": {
            "name": "" if place % 2 else author,
            "username": author.casefold().replace(" ", "_"),
            "avatar_path": None if place % 3 == 1 else invented.image("avatar", author),
            "rating": None if place % 4 == 3 else float(invented.number("rating", name, 3, 11)),
        },
        "content": "\r\n\r\n".join(sentences * rounds),
        "created_at": day,
        "id": identifier,
        "updated_at": day,
        "url": f"https://www.themoviedb.org/review/{identifier}",
    }


def review_of(identifier: str) -> Row | None:
    """One review by its id, with its title."""
    for of in [*catalog.films().values(), *catalog.series().values()]:
        for row in reviews(of):
            if row["id"] == identifier:
                about = {"media_id": of.id, "media_title": of.title, "media_type": of.kind.title()}
                return row | about | {"iso_639_1": "en"}
    return None


def lists(of: Title, ask: Ask) -> Row:
    """Lists of other people that have the title."""
    found = []
    for place in range(24 if of.id == 603 else invented.number("lists", of.id, 0, 4)):
        row: Row = {
            "description": "" if place % 2 else "Seen this year, in no order.",
            "favorite_count": place % 3,
            "id": 8_100_000 + of.id % 100_000 * 30 + place,
            "item_count": invented.number("items", f"{of.id} {place}", 1, 900),
            "iso_639_1": "en",
            "name": f"Watched, shelf {place + 1}",
            "poster_path": None,
        }
        found.append(row | ({"list_type": "movie"} if of.kind == "movie" else {"iso_3166_1": "US"}))
    return ask.paged(found, id=of.id)


LIST = 8136


def list_of(ask: Ask, identifier: int) -> Row:
    """A public list, of films and of series."""
    if identifier != LIST:
        raise Refused(34)
    found = [*list(catalog.films().values())[:30], *list(catalog.series().values())[:5]]
    page = ask.paged([rows.title(each, ask.language, with_type=True) for each in found])
    items = page.pop("results")
    return page | {
        "created_by": "someone",
        "description": "Seen this year, in no order.",
        "favorite_count": 0,
        "id": identifier,
        "iso_639_1": "en",
        "item_count": len(found),
        "items": items,
        "name": "Watched",
        "poster_path": None,
    }


def translations(kind: str, in_english: Row, in_german: Row | None) -> Row:
    """English, German where there is one, and French that somebody has begun."""
    known = {"en": ("US", in_english), "de": ("DE", in_german), "fr": ("FR", {key: "" for key in in_english})}
    names = {row["code"]: row for row in catalog.table("languages")}
    found = []
    for code, (country, data) in known.items():
        if data is not None:
            row = {"iso_3166_1": country, "iso_639_1": code, "name": names[code]["name"]}
            found.append(row | {"english_name": names[code]["english"], "data": data})
    return {"translations": found}


def title_translations(of: Title) -> Row:
    def data(code: str) -> Row:
        language = Language(code)
        named = words.title(of, language) if code == "de" else ""
        text = {"homepage": "", "overview": words.overview(of, language), "tagline": ""}
        return text | ({"title": named, "runtime": of.runtime} if of.kind == "movie" else {"name": named})

    return translations(of.kind, data("en"), data("de") if of.de_title else None)
