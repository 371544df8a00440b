"""What the vendors of models take of a tool: their rules, each with its source, and their own packages.

A rule is one that a request is refused by, or that a vendor's client fails on. Property names have dots by default, as
TMDB has them: OpenAI and Gemini set no rule for them, Anthropic allows dots.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ANNOTATIONS = frozenset({"type", "description", "enum"})
STRUCTURE = frozenset({"properties", "required", "items"})
NUMBERS = frozenset({"minimum", "maximum"})
ARRAYS = frozenset({"minItems", "maxItems"})


@dataclass(frozen=True)
class Vendor:
    name: str
    tool_name: str
    property_name: str
    keywords: frozenset[str]
    """All that an input schema may have, at any depth."""
    formats: frozenset[str] = frozenset()
    depth_max: int = 5
    properties_max: int = 100
    """Of all levels together."""
    enum_max: int = 250
    enum_characters_max: int = 15_000
    """Of the values of one `enum`."""
    names_characters_max: int = 15_000
    """Of the names of all properties and the values of all enums."""
    description_characters_max: int = 1024

    def problems(self, tool: dict[str, Any]) -> Iterator[str]:
        """What the vendor refuses, each with its place."""
        name, schema = tool["name"], tool["inputSchema"]
        if not re.fullmatch(self.tool_name, name):
            yield f"{name}: the name"
        if len(tool["description"]) > self.description_characters_max:
            yield f"{name}: a description of {len(tool['description'])} characters"
        if schema.get("type") != "object" or not isinstance(schema.get("properties"), dict):
            yield f"{name}: no object"
            return
        found = list(_each(schema, name, 1))
        for place, depth, inner in found:
            yield from self._problems_of(place, depth, inner)
        objects = [inner for _, _, inner in found if isinstance(inner, dict)]
        names = [property for inner in objects for property in inner.get("properties", {})]
        values = [value for inner in objects for value in inner.get("enum", [])]
        if len(names) > self.properties_max:
            yield f"{name}: {len(names)} properties"
        if sum(map(len, names + values)) > self.names_characters_max:
            yield f"{name}: long names and values"

    def _problems_of(self, place: str, depth: int, schema: Any) -> Iterator[str]:
        if not isinstance(schema, dict):
            yield f"{place}: {schema!r} in place of an object"
            return
        for keyword in schema.keys() - self.keywords - {"format"}:
            yield f"{place}: the keyword {keyword}"
        if "format" in schema and schema["format"] not in self.formats:
            yield f"{place}: the format {schema['format']}"
        if not isinstance(schema.get("type"), str):
            yield f"{place}: no type, or several"
        if schema.get("type") == "array" and not schema.get("items"):
            yield f"{place}: an array of anything"
        if depth > self.depth_max:
            yield f"{place}: {depth} levels"
        for name in schema.get("properties", {}):
            if not re.fullmatch(self.property_name, name):
                yield f"{place}: the property {name}"
        missing = set(schema.get("required", [])) - set(schema.get("properties", {}))
        if missing:
            yield f"{place}: {missing} are required, and no properties"
        if "enum" in schema:
            values = schema["enum"]
            if schema.get("type") != "string" or not all(isinstance(value, str) and value for value in values):
                yield f"{place}: an enum of other values than texts"
            if len(set(values)) != len(values) or not 1 <= len(values) <= self.enum_max:
                yield f"{place}: an enum of {len(values)} values"
            if sum(map(len, values)) > self.enum_characters_max:
                yield f"{place}: an enum with long values"


def _each(schema: Any, place: str, depth: int) -> Iterator[tuple[str, int, Any]]:
    yield place, depth, schema
    if not isinstance(schema, dict):
        return
    for name, member in schema.get("properties", {}).items():
        yield from _each(member, f"{place}.{name}", depth + 1)
    for keyword in ("items", "additionalProperties"):
        if keyword in schema:
            yield from _each(schema[keyword], f"{place}.{keyword}", depth + 1)


VENDORS = (
    # platform.openai.com/docs/guides/function-calling and /api-reference: names, the length of a description.
    Vendor(
        "openai", r"[a-zA-Z0-9_-]{1,64}", r".{1,64}",
        ANNOTATIONS | STRUCTURE | NUMBERS | ARRAYS | {"pattern", "minLength", "maxLength", "default"}),
    # platform.openai.com/docs/guides/structured-outputs, "Supported schemas": keywords and sizes. What is not on its
    # list is refused with the request, such as `default` and `minLength`. `additionalProperties: false` and all
    # properties as required are added by who asks for strictness (openai/openai-agents-python, strict_schema.py).
    Vendor(
        "openai strict", r"[a-zA-Z0-9_-]{1,64}", r".{1,64}",
        ANNOTATIONS | STRUCTURE | NUMBERS | ARRAYS | {"pattern"},
        frozenset({"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"})),
    # docs.claude.com, "Implement tool use": the tool's name; the API's own message for a property's name is that it
    # should match '^[a-zA-Z0-9_.-]{1,64}$'. No combination of schemas at the top.
    Vendor(
        "anthropic", r"[a-zA-Z0-9_-]{1,64}", r"[a-zA-Z0-9_.-]{1,64}",
        ANNOTATIONS | STRUCTURE | NUMBERS | ARRAYS | {"pattern", "minLength", "maxLength", "default"}),
    # ai.google.dev/api/caching, FunctionDeclaration (names) and Schema (keywords); its API refuses other formats of a
    # string than "enum" and "date-time", and an object without properties unless it is the top.
    Vendor(
        "gemini", r"[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}", r".{1,64}",
        ANNOTATIONS | STRUCTURE | NUMBERS | ARRAYS | {"pattern", "minLength", "maxLength", "default"},
        frozenset({"enum", "date-time"})),
    # Hosts put a prefix before a name, such as "mcp__tmdb__", and its vendor's 64 characters count for both.
    Vendor("hosts", r"[a-zA-Z0-9_]{1,40}", r".{1,64}", ANNOTATIONS | STRUCTURE | NUMBERS | ARRAYS | {"pattern"}),
)


def _google_genai(tools: list[dict[str, Any]]) -> list[Any]:
    """What google-genai makes of the tools of a session that is passed to it as a tool."""
    from google.genai import _mcp_utils
    from mcp.types import Tool

    made = _mcp_utils.mcp_to_gemini_tools([Tool.model_validate(tool) for tool in tools])
    return [tool.function_declarations[0] for tool in made]


PACKAGES: dict[str, Callable[[list[dict[str, Any]]], list[Any]]] = {"google-genai": _google_genai}
"""What vendors' own packages make of a list of tools, one declaration a tool; they raise for what they do not take."""
