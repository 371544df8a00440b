"""Where titles are shown: watch providers by region, release dates, certifications."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from . import catalog, invented
from .ask import Ask
from .catalog import Title

Row = dict[str, Any]

NOWHERE = {5924, 57214, 30991}
"""Titles that no provider has."""

_PINNED = {
    ("movie", 603): {8: "DE,FR", 1899: "US", 9: "", 119: "", 10: "US,DE,GB", 73: "US", 38: "GB"},
    ("movie", 670): {337: "JP", 8: "US"},
    ("movie", 693134): {119: "GB", 2: "GB,US", 10: "GB,US,DE"},
    ("tv", 1396): {8: "US,DE,GB,FR", 73: "US", 38: "GB", 10: "US"},
}
"""By title: the provider, and the only regions in which it has it."""


def regions() -> list[str]:
    return sorted({code for row in catalog.table("providers") for code in row["regions"].split(",")})


def ways(of: Title, region: str) -> dict[str, set[int]]:
    """By monetization type (flatrate, rent, buy, ads, free), who has it in a region."""
    found: dict[str, set[int]] = {}
    if of.id in NOWHERE or not of.filled_in or of.adult:
        return found
    for row in catalog.table("providers"):
        identifier = int(row["id"])
        pinned = _PINNED.get((of.kind, of.id), {}).get(identifier)
        drawn = invented.number("offer", f"{of.kind} {of.id} {identifier}", 0, 4) == 0
        here = drawn if pinned is None else region in pinned.split(",")
        if here and region in row["regions"].split(",") and of.kind in row["kinds"].split(","):
            for way in row["ways"].split(","):
                found.setdefault(way, set()).add(identifier)
    return found


def providers_of(of: Title, suffix: str = "") -> Row:
    answer: Row = {}
    for region in regions():
        if found := ways(of, region):
            link = f"https://www.themoviedb.org/{of.kind}/{of.id}{suffix}/watch?locale={region}"
            answer[region] = {"link": link} | {
                way: [_offer(each) for each in sorted(who)] for way, who in found.items()
            }
    return {"results": answer}


@cache
def _by_id() -> dict[int, dict[str, str]]:
    return {int(row["id"]): row for row in catalog.table("providers")}


def _offer(identifier: int) -> Row:
    row = _by_id()[identifier]
    return {
        "logo_path": invented.image("logo", f"provider {identifier}"),
        "provider_id": identifier,
        "provider_name": row["name"],
        "display_priority": int(row["priority"]),
    }


def provider_list(kind: str, ask: Ask) -> Row:
    region = ask.get("watch_region")
    found = []
    for row in catalog.table("providers"):
        codes = row["regions"].split(",")
        if kind in row["kinds"].split(",") and (not region or region in codes):
            priorities = {code: int(row["priority"]) + place for place, code in enumerate(codes)}
            found.append({"display_priorities": priorities} | _offer(int(row["id"])))
    return {"results": found}


def region_list(ask: Ask) -> Row:
    names = {row["code"]: row for row in catalog.table("countries")}
    return {"results": [
        {"iso_3166_1": code, "english_name": names[code]["name"], "native_name": names[code]["native"]}
        for code in regions()
    ]}  # fmt: skip


@cache
def ladder(kind: str, country: str) -> list[str]:
    """The certifications of a country, mildest first."""
    found = [row for row in catalog.table("certifications") if (row["kind"], row["country"]) == (kind, country)]
    return [row["certification"] for row in sorted(found, key=lambda row: int(row["order"]))]


def certification(of: Title, country: str) -> str:
    """Empty when the country has none for it."""
    steps = [each for each in ladder(of.kind, country) if each != "NR"]
    if not steps or not of.filled_in:
        return ""
    if of.id == 603:
        return {"US": "R", "DE": "16", "GB": "15"}.get(country, steps[-2])
    return steps[invented.number("certification", f"{of.kind} {of.id} {country}", 1, len(steps))]


def certification_list(kind: str) -> Row:
    answer: dict[str, list[Row]] = {}
    for row in catalog.table("certifications"):
        if row["kind"] == kind:
            entry = {"certification": row["certification"], "meaning": row["meaning"], "order": int(row["order"])}
            answer.setdefault(row["country"], []).append(entry)
    return {"certifications": answer}


def release_dates(of: Title) -> Row:
    """In each country with certifications; in the US first a premiere that nobody has rated, in Germany discs later."""
    if not of.date:
        return {"results": []}
    found = []
    for country in ("US", "DE", "FR", "GB", "BR", "JP"):
        at = f"{of.date}T00:00:00.000Z"
        row = {"certification": certification(of, country), "descriptors": [], "iso_639_1": "", "note": ""}
        dates = [row | {"release_date": at, "type": 3}]
        if country == "US":
            dates.insert(0, row | {"certification": "", "note": "Gala", "release_date": at, "type": 1})
            dates.append(row | {"iso_639_1": "en", "release_date": at, "type": 4})
        if country == "DE":
            for kind, weeks in ((4, 10), (5, 16)):
                later = (date.fromisoformat(of.date) + timedelta(weeks=weeks)).isoformat()
                note = {"note": "Blu-ray"} if kind == 5 else {}
                dates.append(row | note | {"release_date": f"{later}T00:00:00.000Z", "type": kind})
        found.append({"iso_3166_1": country, "release_dates": dates})
    return {"results": found}


def content_ratings(of: Title) -> Row:
    countries = [country for country in ("US", "DE", "GB") if certification(of, country)]
    return {"results": [
        {"descriptors": [], "iso_3166_1": country, "rating": certification(of, country)} for country in countries
    ]}  # fmt: skip
