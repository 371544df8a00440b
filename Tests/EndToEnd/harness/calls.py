"""Calls that a model would make, of every tool, about what the stand-in holds."""

from __future__ import annotations

from typing import Any

CALLS: dict[str, list[dict[str, Any]]] = {
    "search": [
        {"query": "the"},
        {"query": "the", "page": 2, "detail": "full"},
        {"query": "dune", "type": "movie", "year": 2021, "region": "DE", "language": "de"},
        {"query": "battlestar", "type": "tv", "year": 2004},
        {"query": "steve", "type": "person", "include_adult": True},
        {"query": "dune", "type": "collection"},
        {"query": "marvel", "type": "company"},
        {"query": "time travel", "type": "keyword"},
    ],
    "get_details": [
        {"media_type": "movie", "id": 603},
        {"media_type": "movie", "id": 603, "region": "UK"},
        {"media_type": "movie", "ids": [603, 841, 990001], "language": "de"},
        {"media_type": "tv", "id": 1396, "append": ["keywords", "watch/providers", "season/1"]},
        {"media_type": "tv", "ids": [95396, 66732], "detail": "full"},
        {"media_type": "person", "id": 6384},
        {"media_type": "company", "ids": [420, 41077]},
        {"media_type": "network", "id": 49},
        {"media_type": "keyword", "id": 4379},
        {"media_type": "person", "ids": [990004, 990006, 990007], "append": ["images"]},
    ],
    "discover_movies": [
        {},
        {"release_date.gte": "-30d", "release_date.lte": "today", "region": "FR", "with_release_type": "Theatrical"},
        {"with_genres": "Science Fiction", "vote_average.gte": 7, "sort_by": "vote_average.desc", "detail": "full"},
        {"with_watch_providers": "Netflix", "watch_region": "US", "with_watch_monetization_types": "flatrate"},
    ],
    "discover_tv": [
        {},
        {"air_date.gte": "today", "air_date.lte": "+1w"},
        {"with_networks": "HBO", "with_status": "Ended", "with_type": "Scripted"},
    ],
    "get_trending": [
        {"media_type": "all", "time_window": "day"},
        {"media_type": "movie", "time_window": "week", "detail": "full"},
        {"media_type": "tv", "time_window": "day"},
        {"media_type": "person", "time_window": "week"},
        {"media_type": "movie", "time_window": "now_playing", "region": "FR"},
        {"media_type": "movie", "time_window": "upcoming"},
        {"media_type": "tv", "time_window": "airing_today", "region": "JP"},
        {"media_type": "tv", "time_window": "on_the_air"},
    ],
    "get_recommendations": [
        {"media_type": "movie", "id": 603},
        {"media_type": "tv", "id": 1396, "similar": True},
        {"media_type": "movie", "id": 329865, "without_people": "Denis Villeneuve", "without_genres": "Horror"},
    ],
    "get_watch_providers": [
        {"media_type": "movie", "id": 603, "region": "US"},
        {"media_type": "tv", "id": 1396, "season_number": 1, "region": "DE"},
        {"media_type": "movie", "id": 603},
        {"media_type": "movie", "id": 5924, "region": "US"},
        {"media_type": "movie", "ids": [603, 841, 5924], "region": "US", "services": "Netflix, Hulu"},
        {"titles": ["Dune: Part Two", "Severance"], "region": "GB", "services": "Amazon Prime Video"},
    ],
    "get_season": [
        {"id": 1396, "season_number": 1},
        {"id": 1396, "season_number": 0, "detail": "full"},
        {"id": 95396, "season_number": 3},
        {"id": 1396, "season_number": 1, "episode_number": 1},
        {"id": 1396, "season_number": 1, "episode_number": 1, "append": ["external_ids", "translations"]},
        {"id": 1396, "season_number": 1, "append": ["external_ids", "translations"]},
        {"id": 1396, "episode_group": "DVD"},
        {"id": 1396, "episode_group": "all"},
        {"id": 1438},
    ],
    "get_collection": [
        {"id": 2344},
        {"id": 2344, "runtimes": True},
        {"id": 726871, "detail": "full"},
        {"id": 990020},
        {"name": "The Matrix"},
        {"name": "MCU"},
        {"list": "https://www.themoviedb.org/list/8136", "page": 2},
    ],
    "get_credits": [
        {"media_type": "movie", "id": 603},
        {"media_type": "tv", "id": 1396, "department": "Acting", "limit": 5},
        {"media_type": "movie", "id": 603, "department": "Directing", "detail": "full"},
        {"media_type": "tv", "id": 1396, "season_number": 1, "episode_number": 1},
        {"media_type": "tv", "id": 1396, "season_number": 1, "name": "walter"},
    ],
    "get_filmography": [
        {"id": 6384},
        {"id": 990006, "role": "crew", "media_type": "movie"},
        {"id": 990004},
        {"id": 6384, "department": "Acting", "genre": "Action", "shared_with": "Carrie-Anne Moss"},
    ],
    "get_reviews": [{"media_type": "movie", "id": 603}, {"media_type": "movie", "id": 5924}],
    "get_media": [
        {"media_type": "movie", "id": 603},
        {"media_type": "tv", "id": 1396, "season_number": 1, "episode_number": 1, "kind": "images"},
        {"media_type": "person", "id": 6384, "kind": "images", "detail": "full"},
        {"media_type": "collection", "id": 2344},
        {"media_type": "movie", "id": 603, "kind": "images", "include_languages": ["none"]},
    ],
    "find_by_external_id": [
        {"external_id": "tt0133093"},
        {"external_id": "81189", "source": "tvdb_id", "detail": "full"},
        {"external_id": "tt9999999"},
    ],
    "list_reference": [
        *({"kind": f"{kind}_{list}"} for kind in ("movie", "tv") for list in ("genres", "providers", "certifications")),
        *({"kind": kind} for kind in ("provider_regions", "countries", "languages", "timezones", "networks")),
        {"kind": "movie_certifications", "region": "US"},
        {"kind": "tv_genres", "language": "de", "query": "komö"},
    ],
}

EACH = [(tool, arguments) for tool, several in CALLS.items() for arguments in several]

ORIGINAL: dict[str, dict[str, Any]] = {
    "search": {"query": "the", "page": 2, "language": "de-DE"},
    "get_details": {"media_type": "movie", "id": 603, "language": "de-DE"},
    "discover_movies": {
        "with_genres": "28,878", "primary_release_year": 1999, "vote_average.gte": 5.5, "vote_average.lte": 9,
        "with_original_language": "en", "sort_by": "popularity.desc", "page": 1, "language": "de-DE",
    },
    "discover_tv": {
        "with_genres": "18|80", "first_air_date_year": 2008, "vote_average.gte": 5.5, "vote_average.lte": 9,
        "with_original_language": "en", "with_status": "3", "sort_by": "popularity.desc", "page": 1,
        "language": "de-DE",
    },
    "get_trending": {"media_type": "tv", "time_window": "week", "page": 1, "language": "de-DE"},
    "get_recommendations": {"media_type": "movie", "id": 603, "page": 1, "language": "de-DE"},
}  # fmt: skip
"""The tools of XDwanj/tmdb-mcp, and for each a call with all the arguments that it has there."""

ORIGINAL_REQUIRED = {
    "search": {"query"},
    "get_details": {"media_type", "id"},
    "discover_movies": set(),
    "discover_tv": set(),
    "get_trending": {"media_type", "time_window"},
    "get_recommendations": {"media_type", "id"},
}

REAL: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "Disney"}),
    ("search", {"query": "Disney", "type": "movie"}),
    ("search", {"query": "Disney", "type": "tv"}),
    ("search", {"query": "Julian Beck", "type": "person"}),
    ("get_details", {"media_type": "movie", "id": 550}),
    ("get_details", {"media_type": "tv", "id": 1396}),
    ("get_details", {"media_type": "person", "id": 1}),
    ("get_recommendations", {"media_type": "movie", "id": 550}),
    ("get_recommendations", {"media_type": "movie", "id": 550, "similar": True}),
    ("get_media", {"media_type": "movie", "id": 550, "kind": "videos"}),
    ("get_collection", {"id": 10}),
    ("get_watch_providers", {"media_type": "movie", "id": 550, "region": "US"}),
    ("discover_movies", {}),
    ("discover_tv", {}),
    *(("find_by_external_id", {"external_id": each}) for each in ("tt0266543", "nm0298350", "tt3749900")),
]
"""Calls whose answers of TMDB's are among the recordings."""
