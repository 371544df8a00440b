"""An HTTP answer, and its bytes on the wire."""

from __future__ import annotations

import gzip
import hashlib
import http
import json
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. `headers` holds neither Date nor Content-Length, which `bytes_on_the_wire` adds."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def with_headers(self, **headers: str) -> Answer:
        """The same answer with more headers; `Retry_After="6"` names the header Retry-After."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers=self.headers | named)

    def unless_known(self, if_none_match: str) -> Answer:
        """304 without a body when the client has this answer already (RFC 9110, section 13.1.2)."""
        mine = next((value for name, value in self.headers.items() if name.lower() == "etag"), None)
        known = [each.strip().removeprefix("W/") for each in if_none_match.split(",") if each.strip()]
        if mine is None or self.status != 200 or not ("*" in known or mine.removeprefix("W/") in known):
            return self
        kept = {name: value for name, value in self.headers.items() if not name.lower().startswith("content-")}
        return Answer(304, kept)

    def compressed(self) -> Answer:
        return replace(self, body=gzip.compress(self.body)).with_headers(Content_Encoding="gzip")

    def head(self, **more: str) -> bytes:
        """The status line and the headers, up to and including the empty line."""
        lines = [f"HTTP/1.1 {self.status} {http.HTTPStatus(self.status).phrase}"]
        headers = {"Date": formatdate(usegmt=True), "Server": "openresty"} | self.with_headers(**more).headers
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def bytes_on_the_wire(self) -> bytes:
        """A 304 has no Content-Length, since it would be taken for that of the body that is not sent."""
        return self.head(**({} if self.status == 304 else {"Content_Length": str(len(self.body))})) + self.body


def json_answer(
    value: Any, status: int = 200, max_age: int = 600, *, tagged: bool = False, cached: bool = True
) -> Answer:
    """A JSON answer with the headers that TMDB sends: compact, not escaped.

    Searches and discoveries are cacheable and have no ETag; most other answers are `tagged`, and a cache between says
    so in X-Memc. The ETag is weak: the same for the plain and the packed body.
    """
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json;charset=utf-8"}
    if cached:
        headers["Cache-Control"] = f"public, max-age={max_age}"
    if tagged:
        headers |= {"X-Memc": "HIT", "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'}
    return Answer(status, headers | {"Vary": ",".join(["Accept-Encoding"] * (3 if tagged else 2))}, body)


def html_answer(status: int, title: str) -> Answer:
    """What a gateway in front of the API answers: a web page."""
    page = f"<!doctype html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    return Answer(status, {"Content-Type": "text/html"}, page.encode())
