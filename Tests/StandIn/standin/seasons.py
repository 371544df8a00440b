"""Seasons and episodes. Most episodes have a number for a name; those in `data/episodes.tsv` have one of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from . import availability, catalog, credits, invented, media, rows, words
from .ask import Ask
from .catalog import TODAY, Title
from .errors import Refused
from .words import Language

Row = dict[str, Any]

NO_AIR_DATE = {(1396, 0, 3)}
"""Episodes of a season with dates that have none themselves."""


@dataclass(frozen=True, eq=False)
class Season:
    of: Title
    number: int
    count: int
    date: str

    @property
    def id(self) -> int:
        return 10_000_000 + self.of.id % 100_000 * 100 + self.number

    def name(self, language: Language) -> str | None:
        if not language.exists:
            return None
        word = {"de": ("Extras", "Staffel"), "fr": ("Épisodes spéciaux", "Saison")}.get(
            language.code, ("Specials", "Season")
        )
        return f"{word[1]} {self.number}" if self.number else word[0]

    def overview(self, language: Language) -> str | None:
        text = f"What happens in part {self.number} of {self.of.title}." if self.number == 1 else ""
        return words.in_english(text, language)

    @property
    def poster(self) -> str | None:
        return invented.image("season", self.id) if self.date else None

    @property
    def vote(self) -> float:
        return invented.number("vote", f"season {self.id}", 60, 92) / 10 if self.date and self.date <= TODAY else 0.0

    @property
    def episodes(self) -> list[Episode]:
        return [Episode(self, number) for number in range(1, self.count + 1)]

    def row(self, language: Language) -> Row:
        """As the series lists it."""
        return {
            "air_date": self.date or None,
            "episode_count": self.count,
            "id": self.id,
            "name": self.name(language),
            "overview": self.overview(language),
            "poster_path": self.poster,
            "season_number": self.number,
            "vote_average": self.vote,
        }


@cache
def _named() -> dict[tuple[int, int, int], dict[str, str]]:
    return {tuple(int(row[key]) for key in ("series", "season", "number")): row for row in catalog.table("episodes")}


@dataclass(frozen=True, eq=False)
class Episode:
    season: Season
    number: int

    @property
    def key(self) -> tuple[int, int, int]:
        return self.season.of.id, self.season.number, self.number

    @property
    def id(self) -> int:
        series, season, number = self.key
        return (
            int(_named()[self.key]["id"]) if self.key in _named() else series % 200_000 * 10_000 + season * 100 + number
        )

    @property
    def date(self) -> str:
        """A week after the one before; empty when nobody knows."""
        if not self.season.date or self.key in NO_AIR_DATE:
            return ""
        return (date.fromisoformat(self.season.date) + timedelta(weeks=self.number - 1)).isoformat()

    @property
    def seen(self) -> bool:
        return bool(self.date) and self.date <= TODAY

    def row(self, language: Language, *, in_season: bool = False) -> Row:
        named = _named().get(self.key)
        word = "Folge" if language.code == "de" else "Episode"
        name = named["name"] if named and language.code in ("en", self.season.of.language) else f"{word} {self.number}"
        row: Row = {
            "air_date": self.date or None,
            "episode_number": self.number,
            "id": self.id,
            "name": name if language.exists else None,
            "overview": words.in_english(named["overview"] if named else "", language),
            "production_code": "",
            "runtime": self.season.of.runtime if self.date else None,
            "season_number": self.season.number,
            "still_path": invented.image("still", self.id) if self.seen else None,
            "vote_average": invented.number("vote", self.id, 6500, 9600) / 1000 if self.seen else 0.0,
            "vote_count": invented.number("votes", self.id, 5, 400) if self.seen else 0,
        }
        if in_season:
            last = self.number == self.season.count
            row |= {"episode_type": "finale" if last else "standard", "show_id": self.season.of.id}
        return row

    def with_people(self, language: Language, *, in_season: bool) -> Row:
        return self.row(language, in_season=in_season) | self.people(language)

    def people(self, language: Language) -> Row:
        """The crew of the series, and some of its smaller parts as guests."""
        whole = credits.credits(self.season.of, language)
        guests = [row for row in whole["cast"][3:] if (row["order"] + self.number) % 4 == 0]
        return {"crew": whole["crew"][:2], "guest_stars": guests}


def seasons(of: Title) -> list[Season]:
    return [Season(of, number, count, day) for number, count, day in of.seasons]


def season(series: int, number: int) -> Season:
    of = catalog.series().get(series)
    for each in seasons(of) if of else []:
        if each.number == number:
            return each
    raise Refused(34)


def episode(series: int, number: int, place: int) -> Episode:
    found = season(series, number)
    if not 1 <= place <= found.count:
        raise Refused(34)
    return Episode(found, place)


def last_and_next(of: Title, language: Language) -> tuple[Row | None, Row | None]:
    """The last episode that was shown and the first with a date to come, as the series names them."""
    regular = [each for part in seasons(of) if part.number for each in part.episodes if each.date]
    shown = [each for each in regular if each.seen]
    coming = [each for each in regular if not each.seen]

    def row(found: list[Episode], place: int) -> Row | None:
        return found[place].row(language) | {"show_id": of.id} if found else None

    return row(shown, -1), row(coming, 0)


def season_detail(of: Season, ask: Ask) -> Row:
    return {
        "_id": invented.object_id("season", of.id),
        "air_date": of.date or None,
        "episodes": [each.with_people(ask.language, in_season=True) for each in of.episodes],
        "name": of.name(ask.language),
        "networks": rows.companies(of.of.networks, "networks"),
        "overview": of.overview(ask.language),
        "id": of.id,
        "poster_path": of.poster,
        "season_number": of.number,
        "vote_average": of.vote,
    }


def _season_ids(of: Season, ask: Ask) -> Row:
    tvdb = of.id if of.number == 1 else None
    return {"freebase_mid": None, "freebase_id": None, "tvdb_id": tvdb, "tvrage_id": None, "wikidata_id": None}


def _season_translations(of: Season, ask: Ask) -> Row:
    def data(code: str) -> Row:
        return {"name": of.name(Language(code)), "overview": of.overview(Language(code))}

    return media.translations("season", data("en"), data("de"))


SEASON = {
    "aggregate_credits": lambda of, ask: credits.aggregate(of.of, ask.language),
    "credits": lambda of, ask: credits.credits(of.of, ask.language),
    "external_ids": _season_ids,
    "images": lambda of, ask: media.images("season", of.id, {"posters": 5}, ask),
    "translations": _season_translations,
    "videos": lambda of, ask: media.videos("season", of.id, ask),
    "watch/providers": lambda of, ask: availability.providers_of(of.of, f"/season/{of.number}"),
}
"""What a season can be asked for besides itself, alone or appended."""


def episode_detail(of: Episode, ask: Ask) -> Row:
    return of.with_people(ask.language, in_season=False)


def imdb_of(of: Episode) -> str | None:
    """An IMDb id for each first episode."""
    return f"tt{70_000_000 + of.id % 29_999_989}" if (of.season.number, of.number) == (1, 1) else None


def tvdb_of(of: Episode) -> int | None:
    return 4_000_000 + of.id % 5_999_993 if of.number == 1 else None


def _episode_ids(of: Episode, ask: Ask) -> Row:
    named = {"imdb_id": imdb_of(of), "freebase_mid": None, "freebase_id": None, "tvdb_id": tvdb_of(of)}
    return named | {"tvrage_id": None, "wikidata_id": None}


def _episode_credits(of: Episode, ask: Ask) -> Row:
    return {"cast": credits.credits(of.season.of, ask.language)["cast"][:3]} | of.people(ask.language)


def _episode_translations(of: Episode, ask: Ask) -> Row:
    def data(code: str) -> Row:
        row = of.row(Language(code))
        return {"name": row["name"], "overview": row["overview"]}

    return media.translations("episode", data("en"), data("de"))


EPISODE = {
    "credits": _episode_credits,
    "external_ids": _episode_ids,
    "images": lambda of, ask: media.images("episode", of.id, {"stills": 4 if of.seen else 0}, ask),
    "translations": _episode_translations,
    "videos": lambda of, ask: media.videos("episode", of.id, ask),
}
"""What an episode can be asked for besides itself, alone or appended."""
