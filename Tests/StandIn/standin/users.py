"""Answers that tell whose they are, for tests that two users' data never meet."""

from __future__ import annotations

import json
from typing import Any

from .server import Request
from .wire import Answer, json_answer

MARKED = ("title", "name", "overview")


def marked(request: Request, answer: Answer) -> Answer:
    """For `StandIn.changing`: titles, names and overviews of a good answer end in the user, as in "Dune [other]"."""
    if answer.status != 200 or request.user is None:
        return answer
    body = json_answer(_marked(json.loads(answer.body), f" [{request.user}]"), tagged="ETag" in answer.headers)
    return Answer(
        200, answer.headers | {name: body.headers[name] for name in ("ETag",) if name in body.headers}, body.body
    )


def _marked(value: Any, mark: str) -> Any:
    if isinstance(value, list):
        return [_marked(each, mark) for each in value]
    if isinstance(value, dict):
        return {name: each + mark if name in MARKED and isinstance(each, str) and each else _marked(each, mark)
                for name, each in value.items()}  # fmt: skip
    return value
