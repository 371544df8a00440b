"""The routes of the stand-in: who may ask, and what each path answers.

The status codes inside the bodies (7, 22, 34) are TMDB's own; the words beside them are not.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from . import sample
from .wire import Answer, json_answer

PAGE_MAX = 500
ROWS_PER_PAGE = 20

API_KEY = hashlib.md5(b"the stand-in's v3 key", usedforsecurity=False).hexdigest()


def _access_token() -> str:
    def encode(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    claims = {"aud": API_KEY, "sub": "stand-in", "scopes": ["api_read"], "version": 1}
    signed = encode(json.dumps({"alg": "HS256"}).encode()) + "." + encode(json.dumps(claims).encode())
    return signed + "." + encode(hmac.digest(b"stand-in", signed.encode(), "sha256"))


ACCESS_TOKEN = _access_token()
"""The v4 read access token that the stand-in accepts: a JWT, as TMDB's are."""


def error_answer(status: int, code: int, message: str) -> Answer:
    """TMDB's error body; only the key and rate faults are not cacheable, and no test depends on it."""
    return json_answer({"success": False, "status_code": code, "status_message": message}, status)


def accepts(query: Mapping[str, str], headers: Mapping[str, str], any_key: bool) -> bool:
    """Whether the request carries the v3 key as `api_key` or the v4 token as Bearer; `headers` by lower-case name."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if any_key:
        return bool(query.get("api_key") or (scheme.lower() == "bearer" and token.strip()))
    return query.get("api_key") == API_KEY or (scheme.lower() == "bearer" and token.strip() == ACCESS_TOKEN)


def answer(path: str, query: Mapping[str, str]) -> Answer:
    """The answer to an accepted GET request, before compression and faults."""
    match path:
        case "/3/search/multi":
            return _search(query)
        case "/3/configuration":
            return _configuration()
    return error_answer(404, 34, "There is nothing at this address.")


def _search(query: Mapping[str, str]) -> Answer:
    text = query.get("query", "")
    if not text.strip():
        return json_answer({"errors": ["query must be provided"]}, 422)
    page = query.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= int(page[:6]) <= PAGE_MAX):
        return error_answer(400, 22, f"Bad page: an integer from 1 to {PAGE_MAX} is expected.")
    rows = sample.search(text)
    start = (int(page) - 1) * ROWS_PER_PAGE
    return json_answer(
        {
            "page": int(page),
            "results": rows[start : start + ROWS_PER_PAGE],
            "total_pages": -(-len(rows) // ROWS_PER_PAGE),
            "total_results": len(rows),
        }
    )


def _configuration() -> Answer:
    found = json_answer(
        {
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
        },
        max_age=43200,
    )
    return found.with_headers(ETag=f'W/"{hashlib.md5(found.body, usedforsecurity=False).hexdigest()}"')
