"""Messages against the published JSON schema of their revision, in Tests/Schemas."""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import Any

# jsonschema would read the grammar of IRIs at its import, for seconds in each worker; no schema here has that format.
sys.modules.setdefault("rfc3987_syntax", None)

import jsonschema
from jsonschema.validators import validator_for

from places import ROOT

_RESULTS = {
    "initialize": "InitializeResult",
    "server/discover": "DiscoverResult",
    "ping": "EmptyResult",
    "tools/list": "ListToolsResult",
    "tools/call": "CallToolResult",
    "resources/list": "ListResourcesResult",
    "resources/templates/list": "ListResourceTemplatesResult",
    "resources/read": "ReadResourceResult",
    "prompts/list": "ListPromptsResult",
    "prompts/get": "GetPromptResult",
    "completion/complete": "CompleteResult",
}


_FOLDER = ROOT / "Tests" / "Schemas"


def check(message: Any, revision: str, answers: str | None) -> None:
    """Validates a message of the server; `answers` names the method of the request that it answers, if it is known."""
    if isinstance(message, list):
        for one in message:
            check(one, revision, None)
        return
    # JSON-RPC wants `"id": null` where the id could not be read; the schemas know only its absence, the older ones
    # not even that.
    if "error" in message and message.get("id") is None:
        message = message | {"id": 0}
    validate(message, revision, "JSONRPCMessage")
    if "result" in message and answers in _RESULTS:
        validate(message["result"], revision, _RESULTS[answers])


@cache
def schema(revision: str) -> dict[str, Any]:
    """The schema of a revision, its generator's one known mistake fixed: a number's bounds and default are no integers
    (https://github.com/modelcontextprotocol/modelcontextprotocol/pull/3139)."""
    loaded = json.loads((_FOLDER / f"{revision}.json").read_text())
    number = definitions(loaded).get("NumberSchema", {}).get("properties", {})
    for name in ("minimum", "maximum", "default"):
        if number.get(name, {}).get("type") == "integer":
            number[name]["type"] = "number"
    return loaded


def definitions(schema: dict[str, Any]) -> dict[str, Any]:
    return schema.get("$defs") or schema["definitions"]


def validate(value: Any, revision: str, definition: str) -> None:
    errors = list(_validator(revision, definition).iter_errors(value))
    if errors:
        worst = jsonschema.exceptions.best_match(errors)
        raise AssertionError(f"not a {definition} of {revision}: {worst.message} at {worst.json_path} in {value}")


def validate_strictly(value: Any, schema: dict[str, Any]) -> None:
    """Validates against the schema, and refuses members that it does not name."""
    errors = list(jsonschema.Draft202012Validator(_strict(schema)).iter_errors(value))
    assert not errors, "; ".join(f"{error.json_path}: {error.message}"[:300] for error in errors[:5])


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(value) for name, value in schema.items()}
    return {"additionalProperties": False} | strict if isinstance(schema.get("properties"), dict) else strict


@cache
def _validator(revision: str, definition: str) -> Any:
    whole = schema(revision)
    place = "$defs" if "$defs" in whole else "definitions"
    return validator_for(whole)(whole | {"$ref": f"#/{place}/{definition}"})
