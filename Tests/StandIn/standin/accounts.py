"""The accounts of two people at TMDB, each with a session (version 3) and a user token (version 4), and their marks.

As at TMDB, a session goes with a key, a user token stands alone, and a refused one is answered with 401. Their lists
are private, which version 4 shows to the owner's token; what it did with each item stands in an answer of 200.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from . import catalog, keys, rows
from .ask import Ask
from .errors import Refused, error_answer
from .wire import Answer, json_answer


def _session(name: str) -> str:
    return hashlib.sha1(f"the session of {name}".encode(), usedforsecurity=False).hexdigest()


SESSION, OTHER_SESSION = _session("ann"), _session("bob")
_PEOPLE = {SESSION: 12, keys.USER_TOKEN: 12, OTHER_SESSION: 34, keys.OTHER_USER_TOKEN: 34}
_LISTS = {7: 12, 8: 34}
"""Whose is which."""

Key = tuple[str, int]


class Account:
    """What one person has marked: the newest last."""

    def __init__(self) -> None:
        self.watchlist: list[Key] = []
        self.favorite: list[Key] = []
        self.rated: dict[Key, float] = {}
        self.lists: dict[int, list[Key]] = {}


class Accounts:
    def __init__(self) -> None:
        self.of = {number: Account() for number in set(_PEOPLE.values())}
        for list_id, number in _LISTS.items():
            self.of[number].lists[list_id] = []

    def answer(self, method: str, path: str, query: Mapping[str, str], token: str, body: bytes) -> Answer | None:
        """None for a path that is nobody's own."""
        for pattern, handler in _ROUTES:
            if found := pattern.fullmatch(f"{method} {path}"):
                number = _PEOPLE.get(query.get("session_id", "")) or _PEOPLE.get(token)
                if handler is _list:
                    owner = _LISTS.get(int(found[2]))
                    if owner is None:
                        return None
                    if owner != number or found[1] == "3":
                        return error_answer(401, 39, "This resource is private.")
                elif number is None:
                    return error_answer(401, 3, "Authentication failed: You do not have permissions to access it.")
                try:
                    return handler(self.of[number], number, Ask(query), json.loads(body or b"{}"), *found.groups())
                except Refused as refused:
                    return refused.answer
        return None


def _done(code: int = 12, status: int = 201) -> Answer:
    words = {1: "Success.", 12: "The item/record was updated successfully.",
             13: "The item/record was deleted successfully."}  # fmt: skip
    return json_answer({"success": True, "status_code": code, "status_message": words[code]}, status, cached=False)


def _title(kind: str, identifier: int) -> Any:
    records = catalog.films() if kind == "movie" else catalog.series()
    if identifier not in records:
        raise Refused(34)
    return records[identifier]


def _own(number: int, asked: str) -> None:
    if int(asked) != number:
        raise Refused(3)


def _me(_: Account, number: int, __: Ask, ___: Any) -> Answer:
    return json_answer({"id": number, "username": f"person {number}"})


def _marked(account: Account, number: int, ask: Ask, _: Any, asked: str, name: str, kinds: str) -> Answer:
    """With headers that let caches keep it, which ours must not."""
    _own(number, asked)
    kind = "tv" if kinds == "tv" else "movie"
    found = []
    for key in reversed(list(getattr(account, name))):
        if key[0] == kind:
            rating = {"rating": account.rated[key]} if name == "rated" else {}
            found.append(rows.title(_title(*key), ask.language) | rating)
    return json_answer(ask.paged(found))


def _mark(account: Account, number: int, _: Ask, body: Any, asked: str, name: str) -> Answer:
    _own(number, asked)
    key = (body["media_type"], body["media_id"])
    _title(*key)
    marked = getattr(account, name)
    if key in marked:
        marked.remove(key)
    if body[name]:
        marked.append(key)
        return _done(1)
    return _done(13, 200)


def _lists(account: Account, number: int, ask: Ask, _: Any, asked: str) -> Answer:
    _own(number, asked)
    return json_answer(ask.paged([
        {"description": "", "favorite_count": 0, "id": each, "item_count": len(items), "iso_639_1": "en",
         "list_type": "movie", "name": f"List of {number}", "poster_path": None}
        for each, items in account.lists.items()
    ]))  # fmt: skip


def _list(account: Account, number: int, ask: Ask, _: Any, __: str, identifier: str) -> Answer:
    items = account.lists[int(identifier)]
    found = [rows.title(_title(*key), ask.language) | {"media_type": key[0]} for key in items]
    return json_answer(ask.paged(
        found, id=int(identifier), name=f"List of {number}", description="", item_count=len(items), comments={},
        created_by={"id": f"{number:024x}", "name": "", "username": f"person {number}"}, public=False, runtime=0,
    ))  # fmt: skip


def _rate(account: Account, _: int, __: Ask, body: Any, kind: str, identifier: str) -> Answer:
    key = (kind, int(identifier))
    _title(*key)
    if not (0.5 <= body["value"] <= 10 and body["value"] * 2 % 1 == 0):
        return error_answer(400, 18, "Value invalid: Values must be in steps of 0.5.")
    code = 1 if account.rated.pop(key, None) is None else 12
    account.rated[key] = body["value"]
    return _done(code)


def _unrate(account: Account, _: int, __: Ask, ___: Any, kind: str, identifier: str) -> Answer:
    account.rated.pop((kind, int(identifier)), None)
    return _done(13, 200)


def _list_of(account: Account, identifier: str) -> list[Key]:
    if int(identifier) not in account.lists:
        raise Refused(34)
    return account.lists[int(identifier)]


def _item(account: Account, _: int, __: Ask, body: Any, identifier: str, action: str) -> Answer:
    items, key = _list_of(account, identifier), ("movie", body["media_id"])
    _title(*key)
    if action == "remove":
        items[:] = [each for each in items if each != key]
        return _done(13, 200)
    if key in items:
        return error_answer(403, 8, "Duplicate entry: The data you tried to submit already exists.")
    items.append(key)
    return _done()


def _items(account: Account, _: int, __: Ask, body: Any, method: str, identifier: str) -> Answer:
    items, results = _list_of(account, identifier), []
    for item in body["items"]:
        key = (item["media_type"], item["media_id"])
        good = (key in items) == (method == "DELETE")
        if good:
            items.remove(key) if method == "DELETE" else items.append(key)
        error = {"error": ["Media has already been taken"]} if method == "POST" and not good else {}
        results.append(item | error | {"success": good})
    body = {"success": True, "status_code": 1, "status_message": "Success.", "results": results}
    return json_answer(body, cached=False)


_ROUTES = [
    (re.compile(pattern), handler)
    for pattern, handler in (
        (r"GET /3/account", _me),
        (r"GET /3/account/(\d+)/(watchlist|favorite|rated)/(movies|tv)", _marked),
        (r"GET /3/account/(\d+)/lists", _lists),
        (r"GET /([34])/list/(\d+)", _list),
        (r"POST /3/account/(\d+)/(watchlist|favorite)", _mark),
        (r"POST /3/(movie|tv)/(\d+)/rating", _rate),
        (r"DELETE /3/(movie|tv)/(\d+)/rating", _unrate),
        (r"POST /3/list/(\d+)/(add|remove)_item", _item),
        (r"(POST|DELETE) /4/list/(\d+)/items", _items),
    )
]
