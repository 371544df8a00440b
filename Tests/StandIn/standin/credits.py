"""Who took part in what: the credits of titles and of people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import catalog, invented, rows, seasons
from .catalog import JOBS, Title
from .words import Language

Row = dict[str, Any]


@dataclass(frozen=True)
class Credit:
    title: Title
    person: int
    job: str
    """Empty for a part."""
    character: str
    order: int

    @property
    def id(self) -> str:
        return invented.object_id(self.title.kind, self.title.id, self.person, self.job, self.character, self.order)

    @property
    def episodes(self) -> int:
        """In how many episodes; a part is in fewer the further down it stands."""
        whole = sum(count for number, count, _ in self.title.seasons if number)
        return max(1, whole - 3 * self.order) if whole else 0

    @property
    def row(self) -> Row:
        """What a title says of it, apart from the person."""
        if self.job:
            return {"credit_id": self.id, "department": JOBS[self.job], "job": self.job}
        return {"character": self.character, "credit_id": self.id, "order": self.order}


@cache
def of_title(title: tuple[str, int]) -> tuple[list[Credit], list[Credit]]:
    """Cast and crew."""
    kind, identifier = title
    of = (catalog.films() if kind == "movie" else catalog.series())[identifier]
    cast = [Credit(of, person, "", character, order) for order, (person, character) in enumerate(of.cast)]
    return cast, [Credit(of, person, job, "", 0) for job, person in of.crew]


@cache
def _by_person() -> dict[int, list[Credit]]:
    found = defaultdict(list)
    for of in [*catalog.films().values(), *catalog.series().values()]:
        for part in of_title((of.kind, of.id)):
            for credit in part:
                found[credit.person].append(credit)
    return found


def of_person(person: int) -> list[Credit]:
    return _by_person().get(person, [])


@cache
def by_id() -> dict[str, Credit]:
    return {credit.id: credit for found in _by_person().values() for credit in found}


def titles_of(person: int) -> list[Title]:
    """Each title once."""
    return list({(each.title.kind, each.title.id): each.title for each in of_person(person)}.values())


def _who(credit: Credit, language: Language) -> Row:
    return rows.person(catalog.people()[credit.person], language, known_for=False)


def credits(of: Title, language: Language) -> Row:
    cast, crew = of_title((of.kind, of.id))
    found = [_who(each, language) | each.row for each in cast]
    if of.kind == "movie":
        for row in found:
            row["cast_id"] = row["order"] + 4
    return {"cast": found, "crew": [_who(each, language) | each.row for each in crew]}


def aggregate(of: Title, language: Language) -> Row:
    """A series' credits with the parts or jobs of each person gathered."""
    cast, crew = of_title((of.kind, of.id))
    parts: dict[int, Row] = {}
    for each in cast:
        row = parts.setdefault(each.person, _who(each, language) | {"roles": [], "total_episode_count": 0})
        row["roles"].append({"credit_id": each.id, "character": each.character, "episode_count": each.episodes})
        row["total_episode_count"] += each.episodes
        row.setdefault("order", each.order)
    jobs: dict[tuple[int, str], Row] = {}
    for each in crew:
        department = JOBS[each.job]
        empty = {"jobs": [], "department": department, "total_episode_count": 0}
        row = jobs.setdefault((each.person, department), _who(each, language) | empty)
        row["jobs"].append({"credit_id": each.id, "job": each.job, "episode_count": each.episodes})
        row["total_episode_count"] += each.episodes
    return {"cast": list(parts.values()), "crew": list(jobs.values())}


def of_person_in(person: int, kinds: tuple[str, ...], language: Language) -> Row:
    """The credits of a person, one row for each part and job: the same title may come several times."""
    answer: Row = {"cast": [], "crew": []}
    for credit in of_person(person):
        if credit.title.kind not in kinds:
            continue
        row = rows.title(credit.title, language, with_type=len(kinds) > 1) | credit.row
        if credit.title.kind == "tv":
            row.pop("order", None)
            row["episode_count"] = credit.episodes
        answer["crew" if credit.job else "cast"].append(row)
    return answer


def detail(credit: Credit, language: Language) -> Row:
    media = rows.title(credit.title, language, with_type=True) | {"character": credit.character}
    if credit.title.kind == "tv":
        shown = [each.row(language) | {"show_id": credit.title.id} for each in seasons.seasons(credit.title)]
        media |= {"episodes": [], "seasons": shown}
    return {
        "credit_type": "crew" if credit.job else "cast",
        "department": JOBS[credit.job] if credit.job else "Acting",
        "job": credit.job or "Actor",
        "media": media,
        "media_type": credit.title.kind,
        "id": credit.id,
        "person": rows.person(catalog.people()[credit.person], language, with_type=True, known_for=False),
    }
