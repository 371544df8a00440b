"""Values that look measured or drawn by lot and are the same in every run."""

from __future__ import annotations

import hashlib


def _digest(*parts: object) -> bytes:
    return hashlib.sha256(" ".join(map(str, parts)).encode()).digest()


def number(kind: str, identifier: object, least: int, most: int) -> int:
    """At least `least`, less than `most`."""
    return least + int.from_bytes(_digest(kind, identifier)[:4], "big") % (most - least)


def image(kind: str, identifier: object) -> str:
    """The path of an image, which no server holds."""
    return "/" + _digest(kind, identifier).hex()[:27] + ".jpg"


def object_id(*parts: object) -> str:
    """24 hexadecimal digits, as credits, videos and reviews have."""
    return _digest("object", *parts).hex()[:24]


def video_key(*parts: object) -> str:
    return _digest("video", *parts).hex()[:11]
