"""What is advertised of the tools, held to what the vendors of models and their clients take."""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from harness.messages import MODERN, REVISIONS, call, in_revision, request
from harness.process import Server, Start
from harness.vendors import PACKAGES, VENDORS
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.same_everywhere("the list is put together as text")

LIST_BYTES_MAX = 48 * 1024
READ_BYTES_MAX = 20 * 1024
"""What a model reads of a tool, which is its name, its description and its input schema, in every conversation."""

WITH_ICONS = ("2025-11-25", "2026-07-28")
WITH_OUTPUT = ("2025-06-18", *WITH_ICONS)


def listed(server: Server) -> list[dict[str, Any]]:
    return server.result_of(in_revision(request("tools", "tools/list"), server.revision))["tools"]


@pytest.fixture
def tools(start: Start) -> list[dict[str, Any]]:
    return listed(start(revision=MODERN))


def schemas(schema: Any, place: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and those in it, each with its place."""
    assert isinstance(schema, dict), f"{place}: {schema} is a schema that some clients take for an object"
    yield place, schema
    for name, member in schema.get("properties", {}).items():
        yield from schemas(member, f"{place}.{name}")
    for keyword in ("items", "additionalProperties"):
        if keyword in schema:
            yield from schemas(schema[keyword], f"{place}.{keyword}")


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_list_is_short_and_what_a_model_reads_of_it_is_shorter(
    start: Start, revision: str, record_property: Any
) -> None:
    server = start(revision=revision)
    tools = listed(server)
    size = len(server.raw_output.splitlines()[-1])
    read = sum(
        len(json.dumps({name: tool[name] for name in ("name", "description", "inputSchema")}, ensure_ascii=False,
            separators=(",", ":")).encode())
        for tool in tools)
    record_property("figure", f"tools/list in {revision}: {size} bytes, of which a model reads {read}")
    assert size < LIST_BYTES_MAX
    assert read < READ_BYTES_MAX


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_every_vendor_takes_every_tool(tools: list[dict[str, Any]], vendor: Any) -> None:
    problems = [problem for tool in tools for problem in vendor.problems(tool)]
    assert problems == []


def test_an_unknown_argument_is_refused_all_the_same(start: Start) -> None:
    server = start(revision=MODERN)
    for tool in listed(server):
        result = server.result_of(call(server.identifier(), {"made_up": 1}, MODERN, name=tool["name"]))
        assert result["isError"] is True
        assert 'there is no argument "made_up"' in result["content"][0]["text"]


def test_defaults_and_dates_are_told_in_words(tools: list[dict[str, Any]]) -> None:
    described = {
        (tool["name"], name): schema.get("description", "")
        for tool in tools
        for name, schema in tool["inputSchema"]["properties"].items()
    }
    assert described["search", "page"].endswith("default 1")
    assert described["search", "language"].endswith("default en-US")
    assert described["get_credits", "limit"].endswith("default 20")
    dates = [words for (_, name), words in described.items() if re.search("date[.][gl]te$", name)]
    assert len(dates) == 8 and all(words.endswith("YYYY-MM-DD") for words in dates)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_vendor_s_own_package_takes_every_tool(tools: list[dict[str, Any]], package: str) -> None:
    for tool, declared in zip(tools, PACKAGES[package](tools), strict=True):
        assert declared.name == tool["name"]
        named = tool["inputSchema"]["properties"]
        assert set(declared.parameters.properties) == set(named)
        for name, schema in declared.parameters.properties.items():
            assert schema.type.value == named[name]["type"].upper()


def test_output_schemas_tell_the_type_of_every_member(tools: list[dict[str, Any]]) -> None:
    count = 0
    for tool in tools:
        Draft202012Validator.check_schema(tool["outputSchema"])
        for place, schema in schemas(tool["outputSchema"]):
            count += 1
            assert isinstance(schema.get("type"), str), f"{tool['name']} {place}"
            if schema["type"] == "array":
                assert "items" in schema, f"{tool['name']} {place}"
            if schema["type"] == "object":
                assert schema.get("properties") or schema.get("additionalProperties"), f"{tool['name']} {place}"
    assert count > 300


@pytest.mark.parametrize("revision", REVISIONS)
def test_titles_and_icons_are_where_a_revision_has_them(start: Start, revision: str) -> None:
    tools = listed(start(revision=revision))
    for tool in tools:
        assert ("annotations" in tool) == (revision != "2024-11-05")
        if "annotations" in tool:
            assert tool["annotations"]["title"]
            assert tool.get("title", tool["annotations"]["title"]) == tool["annotations"]["title"]
        assert ("icons" in tool) == (revision in WITH_ICONS)
        assert ("outputSchema" in tool) == (revision in WITH_OUTPUT)


def test_the_server_has_an_icon_where_it_says_who_it_is(start: Start) -> None:
    with_icons = start(revision="2025-11-25", opened=False).open()["serverInfo"]
    (icon,) = with_icons["icons"]
    assert icon["src"].startswith("data:image/png;base64,") and icon["mimeType"] == "image/png"
    picture = base64.b64decode(icon["src"].partition(",")[2], validate=True)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n") and len(picture) < 256
    assert "icons" not in start(revision="2025-06-18", opened=False).open()["serverInfo"]
    # Every result of the stateless revision says who made it: the icon is where a client looks for it.
    modern = start(revision=MODERN)
    named = "io.modelcontextprotocol/serverInfo"
    discovered = modern.result_of(in_revision(request("found", "server/discover"), MODERN))
    assert discovered["_meta"][named]["icons"] == [icon]
    assert "icons" not in modern.result_of(call(1, {"query": "matrix"}, MODERN))["_meta"][named]


def test_results_are_text_alone_where_that_is_set(start: Start) -> None:
    both = start(revision=MODERN)
    alone = start(revision=MODERN, TMDB_MCP_RESULTS="text")
    assert all("outputSchema" not in tool for tool in listed(alone))
    assert [tool["inputSchema"] for tool in listed(alone)] == [tool["inputSchema"] for tool in listed(both)]
    one = both.result_of(call(1, {"query": "matrix"}, MODERN))
    other = alone.result_of(call(1, {"query": "matrix"}, MODERN))
    assert "structuredContent" in one and "structuredContent" not in other
    assert other["content"] == one["content"]
    assert json.loads(other["content"][0]["text"]) == one["structuredContent"]
