"""Messages against the most precise definition that the schema of their revision has for them."""

from __future__ import annotations

from functools import cache
from typing import Any

from harness import schemas

from . import tasks

# Unions that name a method because they have one member, and are not the definition of that method.
_KINDS = ("Request", "Notification", "Result", "Message")
_UNIONS = {f"{side}{kind}" for side in ("Client", "Server") for kind in _KINDS}


def check(message: Any, revision: str, answers: str | None = None) -> None:
    """Asserts that the message fits; `answers` is the method that it answers."""
    assert isinstance(message, dict), f"not a message of {revision}: {message}"
    if "method" in message:
        kind = "JSONRPCRequest" if "id" in message else "JSONRPCNotification"
        schemas.validate(message, revision, _methods(revision).get(message["method"], kind))
    elif "error" in message:
        code = message["error"].get("code") if isinstance(message["error"], dict) else None
        kind = _errors(revision).get(code) or _known(revision, "JSONRPCErrorResponse", "JSONRPCError")
        schemas.validate(message, revision, kind)
    else:
        schemas.validate(message, revision, _known(revision, "JSONRPCResultResponse", "JSONRPCResponse"))
        result = message["result"]
        if answers == "tools/call" and result.get("resultType") == "task":
            tasks.check(result)
        elif answers == "tasks/get":
            tasks.check(result, "complete")
        elif result.get("resultType") == "input_required" and _has(revision, "InputRequiredResult"):
            schemas.validate(result, revision, "InputRequiredResult")
        elif answers in _results(revision):
            schemas.validate(result, revision, _results(revision)[answers])


def _definitions(revision: str) -> dict[str, Any]:
    return schemas.definitions(schemas.schema(revision))


def _has(revision: str, definition: str) -> bool:
    return definition in _definitions(revision)


def _known(revision: str, *names: str) -> str:
    return next(name for name in names if _has(revision, name))


@cache
def _methods(revision: str) -> dict[str, str]:
    """The definition of each request and notification, by its method."""
    return {
        definition["properties"]["method"]["const"]: name
        for name, definition in _definitions(revision).items()
        if name not in _UNIONS and "const" in definition.get("properties", {}).get("method", {})
    }


@cache
def _results(revision: str) -> dict[str, str]:
    """The definition of each result, by the method that it answers; an empty result where there is none."""
    found = {}
    for method, name in _methods(revision).items():
        if name.endswith("Request"):
            result = name.removesuffix("Request") + "Result"
            found[method] = result if _has(revision, result) else _known(revision, "EmptyResult", "Result")
    return found


@cache
def _errors(revision: str) -> dict[int, str]:
    """The definition of each error response whose code is fixed."""
    found = {}
    for name, definition in _definitions(revision).items():
        for part in definition.get("properties", {}).get("error", {}).get("allOf", []):
            code = part.get("properties", {}).get("code", {}).get("const")
            if code is not None:
                found[code] = name
    return found
