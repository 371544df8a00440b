"""Recorded answers of TMDB, served as they were recorded: status, headers and body bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from .wire import Answer

OPEN = "..."
"""In a recorded request: a value that was not kept, so that any value matches."""

_NOT_COMPARED = {"api_key", "language", "page"}
_KEPT_HEADERS = {"content-type", "cache-control", "etag", "vary", "x-memc"}


@dataclass(frozen=True)
class _Recording:
    path: str
    query: dict[str, str]
    answer: Answer


class Recordings:
    """A folder with `manifest.json`: a list of {file, status, request: "GET <url>", response_headers}."""

    def __init__(self, folder: Path) -> None:
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise FileNotFoundError(f"{folder} holds no recordings: manifest.json is missing")
        self._recordings = []
        for entry in json.loads(manifest.read_text()):
            url = urlsplit(entry["request"].split(" ")[1])
            headers = entry.get("response_headers") or {"Content-Type": "application/json;charset=utf-8"}
            kept = {name: value for name, value in headers.items() if name.lower() in _KEPT_HEADERS}
            answer = Answer(entry["status"], kept, (folder / entry["file"]).read_bytes())
            query = {name: value for name, value in parse_qsl(url.query) if name not in _NOT_COMPARED}
            self._recordings.append(_Recording(url.path, query, answer))
        self._recordings.sort(key=lambda recording: OPEN in recording.query.values())

    def find(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """The recorded answer of the same path and parameters; key, language and page are not compared."""
        for recording in self._recordings:
            if recording.path == path and all(
                value in (OPEN, query.get(name)) for name, value in recording.query.items()
            ):
                return recording.answer
        return None
