"""What a tool asks of the user, and in which form: the eras in which the server itself sends requests."""

import json
from collections.abc import Callable

import pytest
from harness.messages import Message
from wire.legacy import Session
from wire.scenarios import scenario

DEFAULTS_ANSWER = {"name": "Jane Smith", "age": 25, "score": 88.0, "status": "inactive", "verified": False}
ENUMS_ANSWER = {
    "untitledSingle": "option1",
    "titledSingle": "value1",
    "legacyEnum": "opt1",
    "untitledMulti": ["option1", "option2"],
    "titledMulti": ["value1", "value2"],
}


def elicit(session: Session, tool: str, arguments: Message, content: Message) -> tuple[Message, str]:
    """Calls the tool, accepts what it asks with that content (if empty, with a word in every field, which are added to
    it), and returns its question and the text of its result."""

    def accept(params: Message) -> Message:
        if not content:
            content.update({name: f"some {name}" for name in params["requestedSchema"]["properties"]})
        return {"action": "accept", "content": content}

    session.on("elicitation/create", accept)
    result = session.request("tools/call", {"name": tool, "arguments": arguments})
    assert not result.get("isError"), result
    (asked,) = session.asked
    assert asked["params"].get("mode", "form") == "form"
    return asked["params"], result["content"][0]["text"]


def tells(text: str, content: Message) -> bool:
    """Whether the result of the tool repeats what the user accepted."""
    assert "action=accept, content=" in text, text
    return json.loads(text.partition("content=")[2]) == content


@scenario("tools-call-elicitation", "tools-call-elicitation")
def test_a_tool_asks_the_user(connection: Session) -> None:
    accepted: Message = {}
    asked, text = elicit(connection, "test_elicitation", {"message": "Who are you?"}, accepted)
    assert asked["message"] == "Who are you?"
    assert tells(text, accepted)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("name", {"type": "string", "default": "John Doe"}, id="elicitation-sep1034-string-default"),
        pytest.param("age", {"type": "integer", "default": 30}, id="elicitation-sep1034-integer-default"),
        pytest.param("score", {"type": "number", "default": 95.5}, id="elicitation-sep1034-number-default"),
        pytest.param(
            "status",
            {"type": "string", "default": "active", "enum": ["active", "inactive", "pending"]},
            id="elicitation-sep1034-enum-default",
        ),
        pytest.param("verified", {"type": "boolean", "default": True}, id="elicitation-sep1034-boolean-default"),
    ],
)
@scenario("elicitation-sep1034-defaults")
def test_a_form_has_defaults_of_every_primitive_type(connection: Session, field: str, expected: Message) -> None:
    asked, _ = elicit(connection, "test_elicitation_sep1034_defaults", {}, DEFAULTS_ANSWER)
    schema = asked["requestedSchema"]["properties"][field]
    assert {name: schema.get(name) for name in expected} == expected


@scenario("elicitation-sep1034-defaults", "elicitation-sep1034-general")
def test_the_answers_to_a_form_with_defaults_reach_the_tool(connection: Session) -> None:
    _, text = elicit(connection, "test_elicitation_sep1034_defaults", {}, DEFAULTS_ANSWER)
    assert tells(text, DEFAULTS_ANSWER)


def is_titled(options: list[Message]) -> bool:
    return bool(options) and all(
        isinstance(option["const"], str) and isinstance(option["title"], str) for option in options
    )


def is_untitled_single(schema: Message) -> bool:
    return schema["type"] == "string" and bool(schema["enum"]) and not {"oneOf", "enumNames"} & set(schema)


def is_titled_single(schema: Message) -> bool:
    return schema["type"] == "string" and is_titled(schema["oneOf"]) and "enum" not in schema


def is_legacy(schema: Message) -> bool:
    return schema["type"] == "string" and 0 < len(schema["enum"]) == len(schema["enumNames"])


def is_untitled_multi(schema: Message) -> bool:
    items = schema["items"]
    return schema["type"] == "array" and items["type"] == "string" and bool(items["enum"]) and "anyOf" not in items


def is_titled_multi(schema: Message) -> bool:
    return schema["type"] == "array" and is_titled(schema["items"]["anyOf"]) and "enum" not in schema["items"]


@pytest.mark.parametrize(
    ("field", "fits"),
    [
        pytest.param("untitledSingle", is_untitled_single, id="elicitation-sep1330-untitled-single"),
        pytest.param("titledSingle", is_titled_single, id="elicitation-sep1330-titled-single"),
        pytest.param("legacyEnum", is_legacy, id="elicitation-sep1330-legacy-enumnames"),
        pytest.param("untitledMulti", is_untitled_multi, id="elicitation-sep1330-untitled-multi"),
        pytest.param("titledMulti", is_titled_multi, id="elicitation-sep1330-titled-multi"),
    ],
)
@scenario("elicitation-sep1330-enums")
def test_a_form_has_every_kind_of_enumeration(
    connection: Session, field: str, fits: Callable[[Message], bool]
) -> None:
    asked, _ = elicit(connection, "test_elicitation_sep1330_enums", {}, ENUMS_ANSWER)
    assert fits(asked["requestedSchema"]["properties"][field])


@scenario("elicitation-sep1330-enums", "elicitation-sep1330-general")
def test_the_choices_from_enumerations_reach_the_tool(connection: Session) -> None:
    _, text = elicit(connection, "test_elicitation_sep1330_enums", {}, ENUMS_ANSWER)
    assert tells(text, ENUMS_ANSWER)
