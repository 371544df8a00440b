"""A plain client for the stand-in, by itself and without tmdb-mcp."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request
from typing import Any

from standin import API_KEY, StandIn

from .process import DEADLINE

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they came; `If_None_Match` names the header If-None-Match."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with OPENER.open(urllib.request.Request(url, headers=named), timeout=DEADLINE) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def get_json(url: str, **headers: str) -> Any:
    return json.loads(get(url, **headers)[2])


def url_of(tmdb: StandIn, target: str, key: str = API_KEY) -> str:
    """The URL of a path and its query, with a key."""
    return f"{tmdb.url}/{target}{'&' if '?' in target else '?'}api_key={key}"


def outcome(url: str) -> str:
    """The status of an answer that can be read, otherwise what went wrong."""
    try:
        status, headers, body = get(url, Accept_Encoding="gzip")
        json.loads(gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body)
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return str(status)
