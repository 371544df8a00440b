"""The sample data as records, read from the tables in `data` when first asked for.

In the tables a list has commas without a blank behind them, a date of "-" is one whose key is missing in rows, and
people stand as `Job=id,id;Job=id` (crew) and `id=character;id=character` (cast).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import invented
from .crowd import CROWD, crowd_people
from .filler import lengthened

TODAY = "2025-11-15"
"""The day that the sample data lives in: what is new, on the air, or yet to come."""

ADULT = {990010, 990011, 990012}
VIDEO = {990011}
JOBS = {
    "Director": "Directing", "Writer": "Writing", "Screenplay": "Writing", "Story": "Writing", "Creator": "Writing",
    "Producer": "Production", "Executive Producer": "Production", "Editor": "Editing",
    "Original Music Composer": "Sound",
}  # fmt: skip
STATUSES = ("Returning Series", "Planned", "In Production", "Ended", "Canceled", "Pilot")
TYPES = ("Documentary", "News", "Miniseries", "Reality", "Scripted", "Talk Show", "Video")


@dataclass(frozen=True)
class Title:
    """A film or a series; what only one of them has is empty in the other."""

    kind: str
    id: int
    title: str
    original: str
    language: str
    countries: list[str]
    date: str | None
    runtime: int
    genres: list[int]
    companies: list[int]
    keywords: list[str]
    vote: float
    votes: int
    imdb: str
    crew: list[tuple[str, int]]
    cast: list[tuple[int, str]]
    de_title: str
    de_overview: str
    overview: str
    tagline: str = ""
    collection: int = 0
    last: str = ""
    networks: tuple[int, ...] = ()
    status: int = 0
    type: int = 0
    seasons: tuple[tuple[int, int, str], ...] = ()
    tvdb: int = 0

    @property
    def adult(self) -> bool:
        return self.id in ADULT

    @property
    def filled_in(self) -> bool:
        """Whether anybody has written about it and given it pictures."""
        return bool(self.overview)

    @property
    def popularity(self) -> float:
        return invented.number("popularity", self.id, 4000, 99999) / 1000


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    original: str
    gender: int
    department: str
    birthday: str
    deathday: str
    place: str
    imdb: str
    biography: str

    @property
    def popularity(self) -> float:
        return invented.number("popularity", self.id, 1000, 40000) / 1000


@cache
def table(name: str) -> list[dict[str, str]]:
    """The rows of one file of `data`."""
    text = (Path(__file__).parent / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, line, strict=True)) for line in lines]


@cache
def films() -> dict[int, Title]:
    return {int(row["id"]): Title("movie", **_shared(row), tagline=row["tagline"],
                                  crew=_crew(row["crew"]), collection=int(row["collection"] or 0))
            for row in table("films")}  # fmt: skip


@cache
def series() -> dict[int, Title]:
    return {int(row["id"]): Title(
        "tv", **_shared(row), last=row["last"], networks=tuple(map(int, split(row["networks"]))),
        crew=[(job, int(each)) for each in split(row["creators"]) for job in ("Creator", "Executive Producer")],
        status=int(row["status"] or 0), type=int(row["type"] or 0), tvdb=int(row["tvdb"] or 0),
        seasons=tuple(_season(each) for each in split(row["seasons"])),
    ) for row in table("series")}  # fmt: skip


@cache
def people() -> dict[int, Person]:
    named = [Person(int(row.pop("id")), gender=int(row.pop("gender")), **row) for row in map(dict, table("people"))]
    drawn = [Person(identifier, name, "", gender, "Acting", "", "", "", "", "")
             for identifier, name, gender in crowd_people()]  # fmt: skip
    return {person.id: person for person in named + drawn}


@cache
def keyword_ids() -> dict[str, int]:
    return {row["name"]: int(row["id"]) for row in table("keywords")}


def split(text: str) -> list[str]:
    return re.split(",(?! )", text) if text else []


def _shared(row: dict[str, str]) -> dict:
    identifier = int(row["id"])
    cast = [each.split("=", 1) for each in row["cast"].split(";") if each]
    return {
        "id": identifier,
        "title": row["title"],
        "original": row["original"] or row["title"],
        "language": row["language"],
        "countries": split(row["countries"]),
        "date": None if row["date"] == "-" else row["date"],
        "runtime": int(row["runtime"] or 0),
        "genres": [int(each) for each in split(row["genres"])],
        "companies": [int(each) for each in split(row["companies"])],
        "keywords": split(row["keywords"]),
        "vote": float(row["vote"] or 0),
        "votes": int(row["votes"] or 0),
        "imdb": row["imdb"],
        "cast": [(int(person), character) for person, character in cast] + CROWD.get(identifier, []),
        "de_title": row["de_title"],
        "de_overview": row["de_overview"],
        "overview": lengthened(identifier, row["overview"]),
    }


def _crew(text: str) -> list[tuple[str, int]]:
    pairs = (each.split("=") for each in text.split(";") if each)
    return [(job, int(person)) for job, people in pairs for person in people.split(",")]


def _season(text: str) -> tuple[int, int, str]:
    """Number, count of episodes, date of the first; `3=2@` has no date yet."""
    found = re.fullmatch(r"(\d+)=(\d+)@([\d-]*)", text)
    assert found, text
    return int(found[1]), int(found[2]), found[3]
