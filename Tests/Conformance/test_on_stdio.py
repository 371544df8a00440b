"""What both eras share: content, progress, logs, schemas, resources, prompts, completion, changes."""

from __future__ import annotations

import base64
import json
import signal
import subprocess

import pytest
from wire.stdio import LEGACY, META, MODERN, Client

pytestmark = pytest.mark.beyond

WATCHED = "test://watched-resource"


def test_capabilities(either: Client) -> None:
    said = either.initialized if either.revision == LEGACY else either.result("server/discover")
    changes = {"listChanged": True}
    assert said["capabilities"] == {
        "tools": changes,
        "prompts": changes,
        "resources": {"subscribe": True, **changes},
        "logging": {},
        "completions": {},
    } | ({} if either.revision == LEGACY else {"extensions": {META + "tasks": {}, META + "skills": {}}})


def test_lists(either: Client) -> None:
    tools = either.result("tools/list")["tools"]
    assert tools[0]["name"] == "test_simple_text"
    assert all(tool["description"] and tool["inputSchema"]["type"] == "object" for tool in tools)
    assert len(tools) == 36
    assert len({tool["name"] for tool in tools}) == 36
    assert [tool["name"] for tool in tools if "x-mcp-header" in json.dumps(tool)] == ["test_x_mcp_header"]
    prompts = either.result("prompts/list")["prompts"]
    assert [len(prompt.get("arguments", [])) for prompt in prompts] == [0, 2, 1, 0, 0]
    resources = either.result("resources/list")["resources"]
    assert [resource["uri"] for resource in resources] == [
        "test://static-text",
        "test://static-binary",
        WATCHED,
        "skill://test-skill/SKILL.md",
    ]
    (template,) = either.result("resources/templates/list")["resourceTemplates"]
    assert template["uriTemplate"] == "test://template/{id}/data"


def test_every_tool_takes_an_empty_call(either: Client) -> None:
    """Without what they need, they say so; none ends the server."""
    either.answers = {
        "sampling/createMessage": {"role": "assistant", "content": {"type": "text", "text": "x"}, "model": "m"},
        "elicitation/create": {"action": "decline"},
        "roots/list": {"roots": []},
    }
    for tool in either.result("tools/list")["tools"]:
        assert either.ask("tools/call", name=tool["name"], arguments={})


def test_content(either: Client) -> None:
    assert either.text("test_simple_text") == "This is a simple text response for testing."
    (image,) = either.call("test_image_content")["content"]
    assert (image["type"], image["mimeType"]) == ("image", "image/png")
    assert base64.b64decode(image["data"], validate=True).startswith(b"\x89PNG\r\n\x1a\n")
    (audio,) = either.call("test_audio_content")["content"]
    sound = base64.b64decode(audio["data"], validate=True)
    assert (audio["type"], audio["mimeType"], sound[:4], sound[8:12]) == ("audio", "audio/wav", b"RIFF", b"WAVE")
    (embedded,) = either.call("test_embedded_resource")["content"]
    assert embedded["resource"] == {
        "uri": "test://embedded-resource",
        "mimeType": "text/plain",
        "text": "This is an embedded resource content.",
    }
    text, image, resource = either.call("test_multiple_content_types")["content"]
    assert (text["text"], image["type"]) == ("Multiple content types test:", "image")
    assert json.loads(resource["resource"]["text"]) == {"test": "data", "value": 123}
    failure = either.call("test_error_handling")
    assert failure["isError"] is True
    assert failure["content"][0]["text"] == "This tool intentionally returns an error for testing"


@pytest.mark.parametrize("token", ["a token", 7])
def test_progress(either: Client, token: object) -> None:
    assert either.text("test_tool_with_progress", meta={"progressToken": token})
    told = [event["params"] for event in either.events]
    assert [(one["progressToken"], one["progress"], one["total"]) for one in told] == [
        (token, 0, 100),
        (token, 50, 100),
        (token, 100, 100),
    ]
    assert either.text("test_tool_with_progress")
    assert either.events == []


def test_contact_schema(either: Client) -> None:
    tools = {tool["name"]: tool for tool in either.result("tools/list")["tools"]}
    schema = tools["json_schema_2020_12_tool"]["inputSchema"]
    assert list(schema) == [
        "$schema",
        "type",
        "$defs",
        "properties",
        "allOf",
        "if",
        "then",
        "else",
        "additionalProperties",
    ]
    assert schema["$defs"]["address"]["$anchor"] == "addressDef"
    assert schema["properties"]["address"] == {"$ref": "#/$defs/address"}
    assert schema["allOf"] == [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}]
    assert either.text("json_schema_2020_12_tool", {"email": "a@b.c", "address": {"city": "Köln"}})
    for wrong in [{}, {"phone": "1"}, {"email": "a", "contactMethod": "phone"}, {"email": "a", "other": 1}]:
        assert either.call("json_schema_2020_12_tool", wrong)["isError"] is True


def test_mirrored_arguments(either: Client) -> None:
    arguments = {"region": "Hello", "count": 42, "dryRun": True, "place": {"city": "Köln"}}
    assert json.loads(either.text("test_x_mcp_header", arguments)) == arguments
    assert json.loads(either.text("test_x_mcp_header", {"region": None})) == {}
    assert either.call("test_x_mcp_header", {"count": "many"})["isError"] is True


def test_resources(either: Client) -> None:
    def read(uri: str) -> dict[str, object]:
        (contents,) = either.result("resources/read", uri=uri)["contents"]
        assert contents["uri"] == uri
        return contents

    assert read("test://static-text")["text"] == "This is the content of the static text resource."
    assert base64.b64decode(str(read("test://static-binary")["blob"]), validate=True)
    assert read(WATCHED)["text"] == "Watched resource content"
    contents = read("test://template/123/data")
    assert contents["mimeType"] == "application/json"
    assert json.loads(str(contents["text"])) == {"id": "123", "templateTest": True, "data": "Data for ID: 123"}
    missing = "test://nonexistent-resource-for-conformance-testing"
    error = either.error("resources/read", uri=missing)
    assert error["code"] == (-32602 if either.revision == MODERN else -32002)
    assert error["data"] == {"uri": missing}


def test_prompts(either: Client) -> None:
    def get(name: str, **arguments: str) -> list[dict[str, object]]:
        messages = either.result("prompts/get", name=name, arguments=arguments)["messages"]
        assert all(message["role"] == "user" for message in messages)
        return [message["content"] for message in messages]

    assert get("test_simple_prompt")[0]["text"] == "This is a simple prompt for testing."
    (content,) = get("test_prompt_with_arguments", arg1="hello", arg2="world")
    assert content["text"] == "Prompt with arguments: arg1='hello', arg2='world'"
    resource, text = get("test_prompt_with_embedded_resource", resourceUri="test://example")
    assert resource["resource"] == {
        "uri": "test://example",
        "mimeType": "text/plain",
        "text": "Embedded resource content for testing.",
    }
    assert text["text"] == "Please process the embedded resource above."
    image, text = get("test_prompt_with_image")
    assert (image["type"], text["text"]) == ("image", "Please analyze the image above.")
    assert either.error("prompts/get", name="test_prompt_with_arguments", arguments={"arg1": "a"})["code"] == -32602


def test_completion(either: Client) -> None:
    reference = {"type": "ref/prompt", "name": "test_prompt_with_arguments"}
    argument = {"name": "arg1", "value": "test"}
    found = either.result("completion/complete", ref=reference, argument=argument)["completion"]
    assert found == {"values": ["test", "testing", "tests"], "total": 3, "hasMore": False}


def test_changes_reach_a_legacy_session(legacy: Client) -> None:
    for tool, method in [("tool", "tools/list_changed"), ("prompt", "prompts/list_changed")]:
        assert legacy.text(f"test_trigger_{tool}_change") == "Mutation triggered"
        assert [event["method"] for event in legacy.events] == [f"notifications/{method}"]
    assert "test_dynamic_tool" in [tool["name"] for tool in legacy.result("tools/list")["tools"]]
    assert legacy.text("test_dynamic_tool")
    legacy.text("test_trigger_tool_change")
    assert "test_dynamic_tool" not in [tool["name"] for tool in legacy.result("tools/list")["tools"]]
    legacy.text("test_trigger_resource_change")
    assert legacy.events == []
    assert legacy.result("resources/subscribe", uri=WATCHED) == {}
    legacy.text("test_trigger_resource_change")
    assert [event["params"]["uri"] for event in legacy.events] == [WATCHED]
    assert legacy.result("resources/unsubscribe", uri=WATCHED) == {}
    legacy.text("test_trigger_resource_change")
    assert legacy.events == []


def test_changes_reach_a_subscription(modern: Client) -> None:
    wanted = {"toolsListChanged": True, "resourceSubscriptions": [WATCHED]}
    identifier = modern.start("subscriptions/listen", notifications=wanted)
    acknowledgement = modern.receive()
    assert acknowledgement["method"] == "notifications/subscriptions/acknowledged"
    assert acknowledgement["params"]["notifications"] == wanted
    for what, method in [("tool", "tools/list_changed"), ("resource", "resources/updated")]:
        assert modern.text(f"test_trigger_{what}_change") == "Mutation triggered"
        (event,) = modern.events
        assert event["method"] == f"notifications/{method}"
        assert event["params"]["_meta"][META + "subscriptionId"] == identifier
    modern.text("test_trigger_prompt_change")
    assert modern.events == []
    assert len(modern.result("prompts/list")["prompts"]) == 6


def test_logging_in_a_session(legacy: Client) -> None:
    assert legacy.result("logging/setLevel", level="debug") == {}
    assert legacy.text("test_tool_with_logging")
    assert [(event["params"]["level"], event["params"]["data"]) for event in legacy.events] == [
        ("info", "Tool execution started"),
        ("info", "Tool processing data"),
        ("info", "Tool execution completed"),
    ]
    assert legacy.result("logging/setLevel", level="error") == {}
    legacy.text("test_tool_with_logging")
    assert legacy.events == []


@pytest.mark.parametrize(("level", "count"), [(None, 0), ("debug", 1), ("info", 1), ("notice", 0), ("error", 0)])
def test_logging_of_a_request(modern: Client, level: str | None, count: int) -> None:
    meta = {META + "logLevel": level} if level else {}
    assert modern.text("test_logging_tool", meta=meta) == "Logging evaluated"
    assert [event["params"]["data"] for event in modern.events] == ["Diagnostic trace logging activated"] * count


def test_reconnection_and_streaming(either: Client) -> None:
    assert either.text("test_reconnection") == "Reconnection test completed"
    assert either.text("test_streaming_elicitation") == "Streaming complete"
    assert either.events == []


def test_calls_are_cancelled(either: Client) -> None:
    identifier = either.start("tools/call", name="test_tool_with_progress")
    either.send({"method": "notifications/cancelled", "params": {"requestId": identifier}})
    either.text("test_tool_with_progress")
    assert either.events == []


def test_ends_by_signal(either: Client) -> None:
    either.text("test_simple_text")
    either.process.send_signal(signal.SIGTERM)
    assert either.process.wait(20) == 0


def test_usage(program: str) -> None:
    for arguments in [[], ["--port"], ["--port", "65536"], ["--stdio", "x"]]:
        ended = subprocess.run([program, *arguments], capture_output=True, timeout=20)
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert b"--stdio" in ended.stderr
