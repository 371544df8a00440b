"""Headers that repeat what the body says, and must agree with it (SEP-2243)."""

import json
from typing import Any

import pytest
from harness.messages import MODERN, Message
from wire.answers import Answer
from wire.http import Headers
from wire.modern import Modern, encoded, standard_headers
from wire.scenarios import scenario

HEADER_MISMATCH = -32020
VERSION = {"MCP-Protocol-Version": MODERN}
TOOL_WITH_HEADERS = "test_x_mcp_header"

STATUS, CODE = "sep-2243-server-reject-invalid-headers", "sep-2243-server-reject-error-code"


def list_tools(client: Modern, headers: Headers) -> Answer:
    return client.send("tools/list", headers=VERSION | headers)


def call_first_tool(client: Modern, **names: str) -> Answer:
    """Calls the first tool that the server lists. `name` is the value of Mcp-Name, with `{}` for the tool's name."""
    tool = client.request("tools/list")["tools"][0]["name"]
    named = {"Mcp-Name": names["name"].format(tool)} if names else {}
    headers = VERSION | {"Mcp-Method": "tools/call"} | named
    return client.send("tools/call", {"name": tool, "arguments": {}}, headers=headers)


def is_accepted(answer: Answer) -> bool:
    return not answer.result.get("isError")


WRONG_METHODS = {
    "mismatched": {"Mcp-Method": "prompts/list"},
    "missing": {},
    "in the wrong case": {"Mcp-Method": "TOOLS/LIST"},
}
WRONG_NAMES: dict[str, dict[str, str]] = {"mismatched": {"name": "wrong_tool_name"}, "missing": {}}


@pytest.mark.parametrize("headers", WRONG_METHODS.values(), ids=WRONG_METHODS)
@scenario("http-header-validation", STATUS)
def test_a_wrong_method_in_the_header_is_a_bad_request(connection: Modern, headers: Headers) -> None:
    assert list_tools(connection, headers).status == 400


@pytest.mark.parametrize("headers", WRONG_METHODS.values(), ids=WRONG_METHODS)
@scenario("http-header-validation", CODE)
def test_a_wrong_method_in_the_header_has_its_code(connection: Modern, headers: Headers) -> None:
    assert list_tools(connection, headers).error["code"] == HEADER_MISMATCH


@pytest.mark.parametrize("names", WRONG_NAMES.values(), ids=WRONG_NAMES)
@scenario("http-header-validation", STATUS)
def test_a_wrong_name_in_the_header_is_a_bad_request(connection: Modern, names: dict[str, str]) -> None:
    assert call_first_tool(connection, **names).status == 400


@pytest.mark.parametrize("names", WRONG_NAMES.values(), ids=WRONG_NAMES)
@scenario("http-header-validation", CODE)
def test_a_wrong_name_in_the_header_has_its_code(connection: Modern, names: dict[str, str]) -> None:
    assert call_first_tool(connection, **names).error["code"] == HEADER_MISMATCH


@scenario("http-header-validation", "sep-2243-server-accepts-whitespace-header-value")
def test_whitespace_around_a_value_does_not_count(connection: Modern) -> None:
    assert is_accepted(call_first_tool(connection, name="  {}  "))


@pytest.mark.parametrize("name", ["mcp-method", "MCP-METHOD"])
@scenario("http-header-validation", "sep-2243-header-name-case-insensitive")
def test_the_case_of_a_header_does_not_count(connection: Modern, name: str) -> None:
    assert list_tools(connection, {name: "tools/list"}).result["tools"]


@pytest.mark.beyond
@scenario("http-header-validation", "beyond-name-base64")
def test_a_name_may_be_in_base64(connection: Modern) -> None:
    tool = connection.request("tools/list")["tools"][0]["name"]
    assert is_accepted(call_first_tool(connection, name=encoded(tool)))
    assert call_first_tool(connection, name=encoded(tool + "x")).status_and_code == (400, HEADER_MISMATCH)


@pytest.mark.beyond
@pytest.mark.parametrize(
    ("method", "params"),
    [("prompts/get", {"name": "test_simple_prompt"}), ("resources/read", {"uri": "test://static-text"})],
)
@scenario("http-header-validation", "beyond-name-of-prompts-and-resources")
def test_prompts_and_resources_are_named_too(connection: Modern, method: str, params: Message) -> None:
    headers = VERSION | {"Mcp-Method": method}
    assert connection.send(method, params, headers=headers).status_and_code == (400, HEADER_MISMATCH)
    wrong = headers | {"Mcp-Name": "wrong"}
    assert connection.send(method, params, headers=wrong).status_and_code == (400, HEADER_MISMATCH)


# Parameters of tools


def annotated(client: Modern) -> tuple[str, str, str]:
    """A tool with a header for a parameter that is a string: the names of the tool, the parameter, and the header."""
    for tool in client.request("tools/list")["tools"]:
        for name, schema in tool["inputSchema"].get("properties", {}).items():
            if schema.get("type") == "string" and "x-mcp-header" in schema:
                return tool["name"], name, f"Mcp-Param-{schema['x-mcp-header']}"
    raise AssertionError("no tool has an x-mcp-header on a string")


def call_annotated(client: Modern, value: str, header: str | None) -> Answer:
    tool, parameter, name = annotated(client)
    params = {"name": tool, "arguments": {parameter: value}}
    headers = standard_headers("tools/call", params) | ({} if header is None else {name: header})
    return client.send("tools/call", params, headers=headers)


@scenario("http-custom-header-server-validation", "sep-2243-server-decode-base64")
def test_a_value_in_base64_is_decoded(connection: Modern) -> None:
    assert is_accepted(call_annotated(connection, "Hello", "=?base64?SGVsbG8=?="))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("SGVsbG8=", id="without the prefix"),
        pytest.param("=?base64?SGVsbG8=", id="without the suffix"),
    ],
)
@scenario("http-custom-header-server-validation", "sep-2243-server-validate-param-match")
def test_a_value_that_is_not_marked_as_base64_is_literal(connection: Modern, value: str) -> None:
    assert is_accepted(call_annotated(connection, value, value))


BROKEN = {"padding": "=?base64?SGVsbG8?=", "characters": "=?base64?SGVs!!!bG8=?="}


@pytest.mark.parametrize("header", BROKEN.values(), ids=BROKEN)
@scenario("http-custom-header-server-validation", "sep-2243-server-reject-invalid-param-chars")
def test_broken_base64_is_a_bad_request(connection: Modern, header: str) -> None:
    assert call_annotated(connection, "Hello", header).status == 400


@pytest.mark.parametrize("header", BROKEN.values(), ids=BROKEN)
@scenario("http-custom-header-server-validation", "sep-2243-server-reject-param-mismatch")
def test_broken_base64_has_its_code(connection: Modern, header: str) -> None:
    assert call_annotated(connection, "Hello", header).error["code"] == HEADER_MISMATCH


@scenario("http-custom-header-server-validation", "sep-2243-server-validate-param-match")
def test_a_parameter_without_its_header_is_a_bad_request(connection: Modern) -> None:
    assert call_annotated(connection, "test-value", None).status == 400


@scenario("http-custom-header-server-validation", "sep-2243-server-reject-param-mismatch")
def test_a_parameter_without_its_header_has_its_code(connection: Modern) -> None:
    assert call_annotated(connection, "test-value", None).error["code"] == HEADER_MISMATCH


def call_with_headers(client: Modern, arguments: Message, headers: Headers) -> Answer:
    params = {"name": TOOL_WITH_HEADERS, "arguments": arguments}
    return client.send("tools/call", params, headers=standard_headers("tools/call", params) | headers)


PARAMETERS: list[tuple[Message, str, str, str]] = [
    ({"region": "eu"}, "Mcp-Param-Region", "eu", "us"),
    ({"region": " padded "}, "Mcp-Param-Region", encoded(" padded "), "padded"),
    ({"region": ""}, "Mcp-Param-Region", "", "eu"),
    ({"count": 42}, "Mcp-Param-Count", "42", "43"),
    ({"count": 42}, "Mcp-Param-Count", "42.0", "42.5"),
    ({"count": -7}, "Mcp-Param-Count", "-7", "7"),
    ({"dryRun": True}, "Mcp-Param-Dry-Run", "true", "false"),
    ({"dryRun": False}, "Mcp-Param-Dry-Run", "false", "False"),
    ({"place": {"city": "Köln"}}, "Mcp-Param-City", encoded("Köln"), encoded("Koln")),
]


@pytest.mark.beyond
@pytest.mark.parametrize(("arguments", "name", "right", "wrong"), PARAMETERS)
@scenario("http-custom-header-server-validation", "beyond-parameters")
def test_parameters_of_every_type(connection: Modern, arguments: Message, name: str, right: str, wrong: str) -> None:
    result = call_with_headers(connection, arguments, {name: right}).result
    assert json.loads(result["content"][0]["text"]) == arguments
    assert call_with_headers(connection, arguments, {name: wrong}).status_and_code == (400, HEADER_MISMATCH)


@pytest.mark.beyond
@pytest.mark.parametrize("arguments", [{}, {"region": None}])
@scenario("http-custom-header-server-validation", "beyond-parameters-absent")
def test_a_parameter_that_is_absent_needs_no_header(connection: Modern, arguments: dict[str, Any]) -> None:
    assert "error" not in call_with_headers(connection, arguments, {}).response


@pytest.mark.beyond
@scenario("http-custom-header-server-validation", "beyond-parameters-not-in-body")
def test_a_header_for_a_parameter_that_is_absent_does_not_match(connection: Modern) -> None:
    answer = call_with_headers(connection, {}, {"Mcp-Param-Region": "eu"})
    assert answer.status_and_code == (400, HEADER_MISMATCH)


@pytest.mark.beyond
@scenario("http-custom-header-server-validation", "beyond-parameters-unknown")
def test_a_header_that_no_parameter_has_is_ignored(connection: Modern) -> None:
    assert is_accepted(call_with_headers(connection, {}, {"Mcp-Param-Other": "value"}))
