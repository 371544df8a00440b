"""Episode groups: the episodes of a series in another order. Each series with two seasons or more has one."""

from __future__ import annotations

from typing import Any

from . import catalog, invented, rows, seasons
from .ask import Ask
from .catalog import Title
from .errors import Refused

Row = dict[str, Any]


def _id(of: Title) -> str:
    return invented.object_id("group", of.id)


def groups_of(of: Title, ask: Ask) -> Row:
    return {"results": [_head(of)] if len(of.seasons) > 1 else []}


def _head(of: Title) -> Row:
    parts = seasons.seasons(of)
    networks = rows.companies(of.networks, "networks")
    return {
        "description": "All of it, season by season, as the discs have it.",
        "episode_count": sum(part.count for part in parts),
        "group_count": len(parts),
        "id": _id(of),
        "name": "Disc order",
        "network": networks[0] if networks else None,
        "type": 3,
    }


def group(ask: Ask, identifier: str) -> Row:
    for of in catalog.series().values():
        if len(of.seasons) > 1 and _id(of) == identifier:
            return _head(of) | {"groups": [_part(part, ask) for part in seasons.seasons(of)]}
    raise Refused(34)


def _part(part: seasons.Season, ask: Ask) -> Row:
    found = [each.row(ask.language) | {"show_id": part.of.id, "order": each.number - 1} for each in part.episodes]
    name = f"Disc {part.number}"
    return {"id": invented.object_id(part.id), "name": name, "order": part.number, "episodes": found, "locked": True}
