"""The keys that the stand-in knows: two users, each with a v3 key, a v4 token, and one in the name of a person."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping


def _key(name: str) -> str:
    return hashlib.md5(f"the stand-in's v3 key{name}".encode(), usedforsecurity=False).hexdigest()


def _token(key: str, subject: str) -> str:
    def encode(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    claims = {"aud": key, "sub": subject, "scopes": ["api_read"], "version": 1}
    signed = encode(json.dumps({"alg": "HS256"}).encode()) + "." + encode(json.dumps(claims).encode())
    return signed + "." + encode(hmac.digest(b"stand-in", signed.encode(), "sha256"))


API_KEY = _key("")
ACCESS_TOKEN = _token(API_KEY, "stand-in")
"""The v4 read access token of the first user: a JWT, as TMDB's are."""

OTHER_API_KEY = _key(" of another user")
OTHER_ACCESS_TOKEN = _token(OTHER_API_KEY, "another user")

USER_TOKEN, OTHER_USER_TOKEN = _token(API_KEY, "ann"), _token(OTHER_API_KEY, "bob")
"""v4 user tokens: see `accounts`."""

FIRST, OTHER, ANY = "first", "other", "any"
_USERS = {API_KEY: FIRST, ACCESS_TOKEN: FIRST, OTHER_API_KEY: OTHER, OTHER_ACCESS_TOKEN: OTHER,
          USER_TOKEN: FIRST, OTHER_USER_TOKEN: OTHER}  # fmt: skip
_V3 = {API_KEY, OTHER_API_KEY}
_V4 = {ACCESS_TOKEN, OTHER_ACCESS_TOKEN, USER_TOKEN, OTHER_USER_TOKEN}


def user(query: Mapping[str, str], headers: Mapping[str, str], any_key: bool = False) -> str | None:
    """Whose request it is, by the v3 key in `api_key` or the v4 token as Bearer; `headers` by lower-case name.

    None when there is no key or one that is not known, unless `any_key` says that any will do.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    key = query.get("api_key", "")
    if key in _V3:
        return _USERS[key]
    if token in _V4:
        return _USERS[token]
    return ANY if any_key and (key or token) else None
