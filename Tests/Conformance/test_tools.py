"""Tools: their list, and every kind of content that a call can bring."""

import base64
import json
import re
from typing import Any

from harness.messages import MODERN, Message
from wire.legacy import Session
from wire.modern import Modern, meta
from wire.scenarios import scenario

Connection = Session | Modern

TOOL_NAME = re.compile(r"[A-Za-z0-9_./-]{1,64}")
PNG, WAV = b"\x89PNG\r\n\x1a\n", re.compile(rb"RIFF....WAVE", re.DOTALL)


def content_of(connection: Connection, tool: str, arguments: Message | None = None) -> list[Message]:
    """The content of a call that went well."""
    result = connection.request("tools/call", {"name": tool, "arguments": arguments or {}})
    assert not result.get("isError"), result
    assert result["content"], "no content"
    return result["content"]


def is_image(item: Message) -> bool:
    assert (item["type"], item["mimeType"]) == ("image", "image/png"), item
    return base64.b64decode(item["data"], validate=True).startswith(PNG)


@scenario("tools-list", "tools-list")
def test_every_tool_has_a_name_a_description_and_a_schema(connection: Connection) -> None:
    tools = connection.request("tools/list")["tools"]
    assert isinstance(tools, list) and tools
    for tool in tools:
        assert tool["name"] and tool["description"] and tool["inputSchema"]["type"] == "object", tool


@scenario("tools-list", "tools-name-format")
def test_the_names_of_tools_are_well_formed(connection: Connection) -> None:
    names = [tool["name"] for tool in connection.request("tools/list")["tools"]]
    assert names
    assert [name for name in names if not TOOL_NAME.fullmatch(name)] == []
    assert len(names) == len(set(names))


@scenario("tools-call-simple-text", "tools-call-simple-text")
def test_a_tool_returns_text_when_called_without_arguments(connection: Connection) -> None:
    result = connection.request("tools/call", {"name": "test_simple_text"})
    assert not result.get("isError")
    assert result["content"] == [{"type": "text", "text": "This is a simple text response for testing."}]


@scenario("tools-call-image", "tools-call-image")
def test_a_tool_returns_an_image(connection: Connection) -> None:
    (image,) = content_of(connection, "test_image_content")
    assert is_image(image)


@scenario("tools-call-audio", "tools-call-audio")
def test_a_tool_returns_audio(connection: Connection) -> None:
    (audio,) = content_of(connection, "test_audio_content")
    assert (audio["type"], audio["mimeType"]) == ("audio", "audio/wav")
    assert WAV.match(base64.b64decode(audio["data"], validate=True))


@scenario("tools-call-embedded-resource", "tools-call-embedded-resource")
def test_a_tool_returns_a_resource(connection: Connection) -> None:
    (item,) = content_of(connection, "test_embedded_resource")
    assert item["type"] == "resource"
    assert item["resource"] == {
        "uri": "test://embedded-resource",
        "mimeType": "text/plain",
        "text": "This is an embedded resource content.",
    }


@scenario("tools-call-mixed-content", "tools-call-mixed-content")
def test_a_tool_returns_several_kinds_of_content(connection: Connection) -> None:
    text, image, item = content_of(connection, "test_multiple_content_types")
    assert (text["type"], text["text"]) == ("text", "Multiple content types test:")
    assert is_image(image)
    resource: dict[str, Any] = item["resource"]
    assert item["type"] == "resource"
    assert (resource["uri"], resource["mimeType"]) == ("test://mixed-content-resource", "application/json")
    assert json.loads(resource["text"]) == {"test": "data", "value": 123}


@scenario("tools-call-error", "tools-call-error")
def test_a_tool_that_fails_says_so_in_its_result(connection: Connection) -> None:
    result = connection.request("tools/call", {"name": "test_error_handling", "arguments": {}})
    assert result["isError"] is True
    assert result["content"][0]["text"]


@scenario("tools-call-with-progress", "tools-call-with-progress")
def test_a_tool_reports_progress_under_the_token_of_the_request(connection: Connection) -> None:
    params: Message = {"name": "test_tool_with_progress", "arguments": {}, "_meta": {"progressToken": "progress-1"}}
    if connection.revision == MODERN:
        params["_meta"] |= meta()
    assert connection.request("tools/call", params)["content"]
    reports = [one["params"] for one in connection.notifications if one["method"] == "notifications/progress"]
    assert [(one["progressToken"], one["progress"], one["total"]) for one in reports] == [
        ("progress-1", 0, 100),
        ("progress-1", 50, 100),
        ("progress-1", 100, 100),
    ]


@scenario("tools-call-with-logging", "tools-call-with-logging")
def test_a_tool_logs_while_it_runs(connection: Session) -> None:
    assert connection.request("logging/setLevel", {"level": "debug"}) == {}
    assert content_of(connection, "test_tool_with_logging")
    logged = [one["params"] for one in connection.wait_for(3, "notifications/message")]
    assert [(one["level"], one["data"]) for one in logged] == [
        ("info", "Tool execution started"),
        ("info", "Tool processing data"),
        ("info", "Tool execution completed"),
    ]


@scenario("tools-call-sampling", "tools-call-sampling")
def test_a_tool_asks_the_client_for_a_completion(connection: Session) -> None:
    answer = {"role": "assistant", "content": {"type": "text", "text": "An answer."}, "model": "test-model"}
    connection.on("sampling/createMessage", lambda params: answer | {"stopReason": "endTurn"})
    (text,) = content_of(connection, "test_sampling", {"prompt": "Say something."})
    (asked,) = connection.asked
    assert asked["params"]["messages"] == [{"role": "user", "content": {"type": "text", "text": "Say something."}}]
    assert asked["params"]["maxTokens"] == 100
    assert text["text"] == "LLM response: An answer."


@scenario("json-schema-2020-12", "json-schema-2020-12-tool-found")
def test_a_tool_has_a_schema_of_the_full_vocabulary(connection: Connection) -> None:
    assert schema_2020_12(connection)["type"] == "object"


@scenario("json-schema-2020-12", "json-schema-2020-12-$schema")
def test_a_schema_keeps_its_dialect(connection: Connection) -> None:
    assert schema_2020_12(connection)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@scenario("json-schema-2020-12", "json-schema-2020-12-$defs")
def test_a_schema_keeps_its_definitions(connection: Connection) -> None:
    schema = schema_2020_12(connection)
    assert set(schema["$defs"]["address"]["properties"]) == {"street", "city"}
    assert schema["properties"]["address"] == {"$ref": "#/$defs/address"}


@scenario("json-schema-2020-12", "json-schema-2020-12-additionalProperties")
def test_a_schema_keeps_what_it_says_of_other_properties(connection: Connection) -> None:
    assert schema_2020_12(connection)["additionalProperties"] is False


@scenario("json-schema-2020-12", "sep-2106-composition-keywords-preserved")
def test_a_schema_keeps_its_compositions(connection: Connection) -> None:
    assert schema_2020_12(connection)["allOf"] == [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}]


@scenario("json-schema-2020-12", "sep-2106-conditional-keywords-preserved")
def test_a_schema_keeps_its_conditions(connection: Connection) -> None:
    schema = schema_2020_12(connection)
    assert schema["if"] == {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]}
    assert (schema["then"], schema["else"]) == ({"required": ["phone"]}, {"required": ["email"]})


@scenario("json-schema-2020-12", "sep-2106-anchor-keyword-preserved")
def test_a_schema_keeps_its_anchors(connection: Connection) -> None:
    assert schema_2020_12(connection)["$defs"]["address"]["$anchor"] == "addressDef"


def schema_2020_12(connection: Connection) -> Message:
    tools = {tool["name"]: tool for tool in connection.request("tools/list")["tools"]}
    return tools["json_schema_2020_12_tool"]["inputSchema"]
