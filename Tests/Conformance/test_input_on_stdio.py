"""Tools and prompts that need something from the client, in both eras."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wire.stdio import CAPABILITIES, LEGACY, MODERN, Client

pytestmark = pytest.mark.beyond

PREFIX = "test_input_required_result_"
SAMPLED = {
    "role": "assistant",
    "content": {"type": "text", "text": "The capital of France is Paris."},
    "model": "test-model",
    "stopReason": "endTurn",
}
ROOTS = {"roots": [{"uri": "file:///test/root", "name": "Test Root"}]}


def accept(**content: Any) -> dict[str, Any]:
    return {"action": "accept", "content": content}


def asked(client: Client, name: str, **params: Any) -> dict[str, Any]:
    """The result of a call that asks for input."""
    result = client.call(PREFIX + name, **params)
    assert result["resultType"] == "input_required", result
    return result


def form(message: str, field: str, kind: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {field: {"type": kind}}, "required": [field]}
    return {"method": "elicitation/create", "params": {"message": message, "requestedSchema": schema}}


def sampling(text: str, tokens: int) -> dict[str, Any]:
    messages = [{"role": "user", "content": {"type": "text", "text": text}}]
    return {"method": "sampling/createMessage", "params": {"messages": messages, "maxTokens": tokens}}


@pytest.mark.parametrize(
    ("name", "key", "question", "answer", "words"),
    [
        ("elicitation", "user_name", form("What is your name?", "name", "string"), accept(name="Al"), "Hello, Al!"),
        ("sampling", "capital_question", sampling("What is the capital of France?", 100), SAMPLED, "Paris"),
        ("list_roots", "client_roots", {"method": "roots/list", "params": {}}, ROOTS, "file:///test/root"),
    ],
)
def test_one_question(
    modern: Client, name: str, key: str, question: dict[str, Any], answer: dict[str, Any], words: str
) -> None:
    result = asked(modern, name)
    assert result["inputRequests"] == {key: question}
    assert "requestState" not in result
    assert words in modern.text(PREFIX + name, inputResponses={key: answer})
    asked(modern, name, inputResponses={"wrong_key": answer})
    asked(modern, name, inputResponses={key: 12345})
    assert words in modern.text(PREFIX + name, inputResponses={"a": 1, key: answer, "b": {}})
    assert modern.error("tools/call", name=PREFIX + name, inputResponses=None)["code"] == -32602


@pytest.mark.parametrize(("name", "words"), [("request_state", "state-ok"), ("tampered_state", "")])
def test_state(modern: Client, name: str, words: str) -> None:
    result = asked(modern, name)
    assert result["inputRequests"] == {"confirm": form("Please confirm", "ok", "boolean")}
    state = result["requestState"]
    answers = {"confirm": accept(ok=True)}
    assert words in modern.text(PREFIX + name, inputResponses=answers, requestState=state)
    assert modern.call(PREFIX + name, inputResponses={"confirm": accept(ok=False)}, requestState=state)["isError"]
    asked(modern, name, inputResponses=answers)
    other = asked(modern, "capabilities")["requestState"]
    for forged in [state + "-TAMPERED", state[:-1], "", "." + state, other]:
        error = modern.error("tools/call", name=PREFIX + name, inputResponses=answers, requestState=forged)
        assert error["code"] == -32602


def test_multiple_inputs(modern: Client) -> None:
    result = asked(modern, "multiple_inputs")
    assert result["inputRequests"] == {
        "user_name": form("What is your name?", "name", "string"),
        "greeting": sampling("Generate a greeting", 50),
        "client_roots": {"method": "roots/list", "params": {}},
    }
    answers = {"user_name": accept(name="Alice"), "greeting": SAMPLED, "client_roots": ROOTS}
    state = result["requestState"]
    for key in answers:
        rest = {other: answer for other, answer in answers.items() if other != key}
        asked(modern, "multiple_inputs", inputResponses=rest, requestState=state)
    assert modern.text(PREFIX + "multiple_inputs", inputResponses=answers, requestState=state)


def test_multiple_rounds(modern: Client) -> None:
    first = asked(modern, "multi_round")
    assert first["inputRequests"] == {"step1": form("Step 1: What is your name?", "name", "string")}
    name = {"step1": accept(name="\u0301Zoë.2")}
    second = asked(modern, "multi_round", inputResponses=name, requestState=first["requestState"])
    assert second["inputRequests"] == {"step2": form("Step 2: What is your favorite color?", "color", "string")}
    assert second["requestState"] != first["requestState"]
    color = {"step2": accept(color="blue")}
    again = asked(modern, "multi_round", inputResponses=name, requestState=second["requestState"])
    assert list(again["inputRequests"]) == ["step2"]
    text = modern.text(PREFIX + "multi_round", inputResponses=color, requestState=second["requestState"])
    assert text == "\u0301Zoë.2 likes blue."


@pytest.mark.parametrize(
    ("declared", "keys"),
    [
        (["sampling"], ["sample_input"]),
        (["elicitation"], ["elicit_input"]),
        (["sampling", "elicitation"], ["sample_input", "elicit_input"]),
    ],
)
def test_capabilities(program: str, declared: list[str], keys: list[str]) -> None:
    with Client(program, MODERN, {name: {} for name in declared}) as client:
        result = asked(client, "capabilities")
        assert list(result["inputRequests"]) == keys
        answers = {"sample_input": SAMPLED, "elicit_input": accept(wish="peace")}
        given = {key: answers[key] for key in keys}
        assert client.text(PREFIX + "capabilities", inputResponses=given, requestState=result["requestState"])


def test_missing_capabilities(program: str) -> None:
    with Client(program, MODERN, {}) as client:
        for name, capability in [("missing_capability", "sampling"), (PREFIX[5:] + "list_roots", "roots")]:
            error = client.error("tools/call", name="test_" + name)
            assert error["code"] == -32021
            assert error["data"] == {"requiredCapabilities": {capability: {}}}
    with Client(program, MODERN) as client:
        assert client.text("test_missing_capability") == "Success"
    with Client(program, LEGACY, {}) as client:
        for name, arguments in [
            ("test_sampling", {"prompt": "x"}),
            ("test_elicitation", {"message": "x"}),
            ("test_elicitation_sep1034_defaults", {}),
        ]:
            result = client.call(name, arguments)
            assert result["isError"] is True
            assert ("sampling" if name == "test_sampling" else "elicitation") in result["content"][0]["text"]


def test_a_prompt_asks(modern: Client) -> None:
    name = PREFIX + "prompt"
    result = modern.result("prompts/get", name=name)
    assert result["inputRequests"] == {
        "user_context": form("What context should the prompt use?", "context", "string")
    }
    answers = {"user_context": accept(context="test context")}
    (message,) = modern.result("prompts/get", name=name, inputResponses=answers)["messages"]
    assert message["content"]["text"] == "Prompt with context: test context"


def test_a_session_is_asked(legacy: Client) -> None:
    legacy.answers["sampling/createMessage"] = SAMPLED
    text = legacy.text("test_sampling", {"prompt": "Capital?"})
    assert text == "LLM response: The capital of France is Paris."
    (question,) = legacy.events
    assert question["params"] == sampling("Capital?", 100)["params"]
    legacy.answers["elicitation/create"] = accept(username="ann", email="a@b.c")
    text = legacy.text("test_elicitation", {"message": "Who?"})
    assert text.startswith("User response: action=accept, content=")
    assert json.loads(text.partition("content=")[2]) == {"username": "ann", "email": "a@b.c"}
    assert legacy.events[0]["params"]["message"] == "Who?"
    legacy.answers["elicitation/create"] = {"action": "decline"}
    assert legacy.text("test_elicitation", {"message": "Who?"}) == "User response: action=decline, content={}"


def test_forms(legacy: Client) -> None:
    legacy.answers["elicitation/create"] = accept(name="x")
    text = legacy.text("test_elicitation_sep1034_defaults")
    assert text == 'Elicitation completed: action=accept, content={"name":"x"}'
    properties = legacy.events[0]["params"]["requestedSchema"]["properties"]
    assert {name: schema["default"] for name, schema in properties.items()} == {
        "name": "John Doe",
        "age": 30,
        "score": 95.5,
        "status": "active",
        "verified": True,
    }
    assert legacy.text("test_elicitation_sep1330_enums")
    properties = legacy.events[0]["params"]["requestedSchema"]["properties"]
    assert {name: set(schema) - {"type", "description"} for name, schema in properties.items()} == {
        "untitledSingle": {"enum"},
        "titledSingle": {"oneOf"},
        "legacyEnum": {"enum", "enumNames"},
        "untitledMulti": {"minItems", "maxItems", "items"},
        "titledMulti": {"minItems", "maxItems", "items"},
    }


def test_rounds_in_a_session(legacy: Client) -> None:
    """What is written for the modern era works in a session, too: the server asks, and goes on."""
    legacy.answers = {
        "elicitation/create": accept(name="Ann", color="blue", ok=True),
        "sampling/createMessage": SAMPLED,
        "roots/list": ROOTS,
    }
    assert legacy.text(PREFIX + "multi_round") == "Ann likes blue."
    assert len(legacy.events) == 2
    assert legacy.text(PREFIX + "multiple_inputs")
    assert len(legacy.events) == 3
    assert "state-ok" in legacy.text(PREFIX + "request_state")


def test_the_server_ends_though_a_question_is_open(program: str) -> None:
    """A client that has ended its input answers nothing any more."""
    with Client(program, LEGACY, CAPABILITIES) as client:
        identifier = client.start("tools/call", name="test_sampling", arguments={"prompt": "x"})
        assert client.receive()["method"] == "sampling/createMessage"
        client.process.stdin.close()
        answer = client.receive()
        assert (answer["id"], answer["result"]["isError"]) == (identifier, True)
        assert client.process.wait(20) == 0
