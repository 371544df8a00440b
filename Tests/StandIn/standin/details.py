"""Films, series, people and collections by id, and what can be asked for besides, alone or appended."""

from __future__ import annotations

from typing import Any

from . import availability, catalog, credits, groups, identities, invented, media, rows, seasons, words
from .ask import Ask
from .catalog import TODAY, Person, Title
from .errors import Refused

Row = dict[str, Any]


def film(of: Title, ask: Ask) -> Row:
    row = _shared(of, ask)
    collection = next((each for each in catalog.table("collections") if int(each["id"]) == of.collection), None)
    money = invented.number("budget", of.id, 5, 250) * 1_000_000 if of.filled_in and of.votes > 1000 else 0
    belongs = rows.collection(collection, ask.language) if collection else None
    return row | {
        "belongs_to_collection": belongs
        and {key: belongs[key] for key in ("id", "name", "poster_path", "backdrop_path")},
        "budget": money,
        "imdb_id": of.imdb or None,
        "release_date": of.date or "",
        "revenue": revenue(of),
        "runtime": of.runtime,
        "status": "Released" if of.date and of.date <= TODAY else "Post Production" if of.date else "Planned",
    }


def revenue(of: Title) -> int:
    return invented.number("revenue", of.id, 10, 2000) * 1_000_000 if of.filled_in and of.votes > 1000 else 0


def series(of: Title, ask: Ask) -> Row:
    row = _shared(of, ask)
    last, coming = seasons.last_and_next(of, ask.language)
    numbered = [each for each in of.seasons if each[0]]
    makers = [each for each in credits.of_title((of.kind, of.id))[1] if each.job == "Creator"]
    people = [rows.person(catalog.people()[each.person], ask.language, known_for=False) for each in makers]
    return row | {
        "created_by": [
            {"credit_id": credit.id}
            | {key: person[key] for key in ("id", "name", "original_name", "gender", "profile_path")}
            for credit, person in zip(makers, people, strict=True)
        ],
        "episode_run_time": [of.runtime] if of.runtime and not of.id % 2 else [],
        "first_air_date": of.date or None,
        "in_production": of.status in (0, 2),
        "languages": [of.language],
        "last_air_date": of.last or None,
        "last_episode_to_air": last,
        "next_episode_to_air": coming,
        "networks": rows.companies(of.networks, "networks"),
        "number_of_episodes": sum(count for _, count, _ in numbered),
        "number_of_seasons": len(numbered),
        "seasons": [each.row(ask.language) for each in seasons.seasons(of)],
        "status": catalog.STATUSES[of.status],
        "type": catalog.TYPES[of.type],
    }


def _shared(of: Title, ask: Ask) -> Row:
    row = rows.title(of, ask.language)
    del row["genre_ids"]
    return row | {
        "genres": rows.genres(of, ask.language),
        "homepage": f"https://films.example/{of.id}" if of.id % 3 == 0 and of.filled_in else "",
        "origin_country": list(of.countries),
        "production_companies": rows.companies(of.companies),
        "production_countries": rows.countries(of.countries),
        "spoken_languages": rows.spoken(of.language),
        "tagline": words.in_english(of.tagline, ask.language),
    }


def person(of: Person, ask: Ask) -> Row:
    row = rows.person(of, ask.language, known_for=False)
    del row["original_name"]
    return row | {
        "also_known_as": [of.original] if of.original else [],
        "biography": words.in_english(of.biography, ask.language),
        "birthday": of.birthday or None,
        "deathday": of.deathday or None,
        "homepage": None,
        "imdb_id": of.imdb or None,
        "place_of_birth": of.place or None,
    }


def parts(identifier: int) -> list[Title]:
    """The films of a collection as TMDB may list them, not in the order of their release: the last one first."""
    found = [each for each in catalog.films().values() if each.collection == identifier]
    found.sort(key=lambda each: each.date or "")
    return found[-1:] + found[:-1]


def collection(of: Row, ask: Ask) -> Row:
    row = rows.collection(of, ask.language)
    del row["adult"]
    return row | {"parts": [rows.part(each, row["id"], ask.language) for each in parts(row["id"])]}


def related(of: Title, ask: Ask, *, with_type: bool) -> Row:
    """Titles that share a genre, best match first."""
    others = (catalog.films() if of.kind == "movie" else catalog.series()).values()

    def likeness(other: Title) -> tuple[int, int, float]:
        return (len(set(of.keywords) & set(other.keywords)), len(set(of.genres) & set(other.genres)), other.popularity)

    near = [each for each in others if each.id != of.id and not each.adult and set(of.genres) & set(each.genres)]
    near.sort(key=likeness, reverse=True)
    return ask.paged(rows.titles(near, ask.language, with_type=with_type))


def _alternative(of: Title, ask: Ask) -> Row:
    found = [{"iso_3166_1": "DE", "title": of.de_title, "type": ""}] if of.de_title else []
    if of.original != of.title:
        found.append({"iso_3166_1": (of.countries or ["US"])[0], "title": of.original, "type": "original title"})
    found.append({"iso_3166_1": "US", "title": f"{of.title} (Remastered)", "type": "reissue"})
    if country := ask.get("country"):
        found = [row for row in found if row["iso_3166_1"] == country]
    return {"titles" if of.kind == "movie" else "results": found}


_TITLE = {
    "alternative_titles": _alternative,
    "credits": lambda of, ask: credits.credits(of, ask.language),
    "external_ids": lambda of, ask: identities.of_title(of),
    "images": lambda of, ask: media.images(
        of.kind, of.id, dict.fromkeys(("backdrops", "logos", "posters"), 7 if of.filled_in else 0), ask),
    "keywords": lambda of, ask: {
        "keywords" if of.kind == "movie" else "results": [rows.keyword(each) for each in of.keywords]},
    "lists": media.lists,
    "recommendations": lambda of, ask: related(of, ask, with_type=True),
    "reviews": lambda of, ask: ask.paged(media.reviews(of), id=of.id),
    "similar": lambda of, ask: related(of, ask, with_type=False),
    "translations": lambda of, ask: media.title_translations(of),
    "videos": lambda of, ask: media.videos(of.kind, of.id, ask, media.clips_of(of)),
    "watch/providers": lambda of, ask: availability.providers_of(of),
}  # fmt: skip
FILM = _TITLE | {"release_dates": lambda of, ask: availability.release_dates(of)}
SERIES = _TITLE | {
    "aggregate_credits": lambda of, ask: credits.aggregate(of, ask.language),
    "content_ratings": lambda of, ask: availability.content_ratings(of),
    "episode_groups": groups.groups_of,
    "screened_theatrically": lambda of, ask: {
        "results": [{"id": each.id, "episode_number": each.number, "season_number": each.season.number}
                    for part in seasons.seasons(of)[:1] for each in part.episodes[:1]]},
}  # fmt: skip
PERSON = {
    "combined_credits": lambda of, ask: credits.of_person_in(of.id, ("movie", "tv"), ask.language),
    "external_ids": lambda of, ask: identities.of_person(of),
    "images": lambda of, ask: {"profiles": media.images("person", of.id, {"profiles": 4}, Ask({}))["profiles"]
                               if rows.profile(of) else []},
    "movie_credits": lambda of, ask: credits.of_person_in(of.id, ("movie",), ask.language),
    "tagged_images": lambda of, ask: media.tagged(
        of.id, rows.titles(credits.titles_of(of.id), ask.language, with_type=True), ask),
    "translations": lambda of, ask: media.translations("person", {"biography": of.biography, "name": ""}, None),
    "tv_credits": lambda of, ask: credits.of_person_in(of.id, ("tv",), ask.language),
}  # fmt: skip
COLLECTION = {
    "images": lambda of, ask: media.images("collection", of["id"], {"backdrops": 4, "posters": 4}, ask),
    "translations": lambda of, ask: media.translations(
        "collection", {"title": "", "overview": of["overview"], "homepage": ""}, None),
}  # fmt: skip


def with_appended(row: Row, of: Any, namespaces: dict[str, Any], ask: Ask) -> Row:
    """The record with each namespace under its name, without the id that it has when asked for alone."""
    for name in ask.appended:
        season = name.removeprefix("season/")
        if name in namespaces:
            row[name] = {key: value for key, value in namespaces[name](of, ask).items() if key != "id"}
        elif namespaces is SERIES and season != name and season.isdecimal():
            found = next((each for each in seasons.seasons(of) if each.number == int(season[:4])), None)
            if found:
                row[name] = seasons.season_detail(found, ask)
    return row


def namespace(of: Any, identifier: int, namespaces: dict[str, Any], name: str, ask: Ask) -> Row:
    """One namespace asked for alone."""
    if name not in namespaces:
        raise Refused(34)
    found = namespaces[name](of, ask)
    # Recommendations and similar titles have no id, also when they are asked for alone.
    return found if "page" in found else {"id": identifier} | found
