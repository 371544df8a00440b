"""Results that ask for input first, and the rounds until they are complete (SEP-2322)."""

from typing import Any

import pytest
from harness.messages import Message
from wire.answers import Answer
from wire.http import Endpoint
from wire.modern import Modern
from wire.scenarios import scenario

ANSWERS: dict[str, Message] = {
    "sampling/createMessage": {
        "role": "assistant",
        "content": {"type": "text", "text": "The capital of France is Paris."},
        "model": "test-model",
        "stopReason": "endTurn",
    },
    "roots/list": {"roots": [{"uri": "file:///test/root", "name": "Test Root"}]},
}


def accepted(**content: Any) -> Message:
    return {"action": "accept", "content": content}


def call(connection: Modern, tool: str, *, fits: bool = True, **more: Any) -> Answer:
    """Calls the tool `test_input_required_result_...`."""
    params = {"name": f"test_input_required_result_{tool}", "arguments": {}}
    return connection.send("tools/call", params | more, fits=fits)


def questions(result: Message) -> dict[str, Message]:
    """What the result asks for, by key."""
    assert result["resultType"] == "input_required", result
    assert result["inputRequests"], result
    return result["inputRequests"]


def state(result: Message) -> str:
    assert isinstance(result["requestState"], str) and result["requestState"], result
    return result["requestState"]


def next_round(result: Message, **content: Any) -> Message:
    """The params that answer each question of the result: forms with that content, all else as ANSWERS has it."""
    answers = {key: ANSWERS.get(asked["method"]) or accepted(**content) for key, asked in questions(result).items()}
    echoed = {"requestState": result["requestState"]} if "requestState" in result else {}
    return {"inputResponses": answers} | echoed


def completes(result: Message) -> bool:
    assert result["resultType"] == "complete", result
    return bool(result["content"]) and not result.get("isError")


def asks_once(connection: Modern, tool: str, method: str) -> Message:
    result = call(connection, tool).result
    assert [asked["method"] for asked in questions(result).values()] == [method]
    return result


@scenario("input-required-result-basic-elicitation", "sep-2322-elicitation-incomplete")
def test_a_tool_asks_the_user(connection: Modern) -> None:
    result = asks_once(connection, "elicitation", "elicitation/create")
    assert list(result["inputRequests"]) == ["user_name"]


@scenario("input-required-result-basic-elicitation", "sep-2322-elicitation-complete")
def test_the_answer_of_the_user_completes_the_call(connection: Modern) -> None:
    first = asks_once(connection, "elicitation", "elicitation/create")
    result = call(connection, "elicitation", **next_round(first, name="Alice")).result
    assert completes(result)
    assert result["content"][0]["text"] == "Hello, Alice!"


@scenario("input-required-result-basic-sampling", "sep-2322-sampling-incomplete")
def test_a_tool_asks_for_a_completion(connection: Modern) -> None:
    assert asks_once(connection, "sampling", "sampling/createMessage")


@scenario("input-required-result-basic-sampling", "sep-2322-sampling-complete")
def test_a_completion_completes_the_call(connection: Modern) -> None:
    first = asks_once(connection, "sampling", "sampling/createMessage")
    result = call(connection, "sampling", **next_round(first)).result
    assert completes(result)
    assert "Paris" in result["content"][0]["text"]


@scenario("input-required-result-basic-list-roots", "sep-2322-list-roots-incomplete")
def test_a_tool_asks_for_roots(connection: Modern) -> None:
    assert asks_once(connection, "list_roots", "roots/list")


@scenario("input-required-result-basic-list-roots", "sep-2322-list-roots-complete")
def test_roots_complete_the_call(connection: Modern) -> None:
    first = asks_once(connection, "list_roots", "roots/list")
    assert completes(call(connection, "list_roots", **next_round(first)).result)


@scenario("input-required-result-request-state", "sep-2322-request-state-incomplete")
def test_a_question_carries_a_state(connection: Modern) -> None:
    result = call(connection, "request_state").result
    assert questions(result) and state(result)


@scenario("input-required-result-request-state", "sep-2322-request-state-complete")
def test_the_state_comes_back_with_the_answer(connection: Modern) -> None:
    first = call(connection, "request_state").result
    result = call(connection, "request_state", **next_round(first, ok=True)).result
    assert completes(result)
    assert "state-ok" in result["content"][0]["text"]


@scenario("input-required-result-multiple-input-requests", "sep-2322-multiple-inputs-incomplete")
def test_several_questions_are_asked_at_once(connection: Modern) -> None:
    result = call(connection, "multiple_inputs").result
    assert state(result)
    methods = {asked["method"] for asked in questions(result).values()}
    assert methods == {"elicitation/create", "sampling/createMessage", "roots/list"}


@scenario("input-required-result-multiple-input-requests", "sep-2322-multiple-inputs-complete")
def test_several_answers_complete_the_call(connection: Modern) -> None:
    first = call(connection, "multiple_inputs").result
    assert completes(call(connection, "multiple_inputs", **next_round(first, name="Alice")).result)


@scenario("input-required-result-multi-round", "sep-2322-multi-round-r1")
def test_the_first_of_several_rounds(connection: Modern) -> None:
    result = call(connection, "multi_round").result
    assert questions(result) and state(result)


@scenario("input-required-result-multi-round", "sep-2322-multi-round-r2")
def test_the_second_round_has_another_state(connection: Modern) -> None:
    first = call(connection, "multi_round").result
    second = call(connection, "multi_round", **next_round(first, name="Alice")).result
    assert questions(second) != questions(first)
    assert state(second) != state(first)


@scenario("input-required-result-multi-round", "sep-2322-multi-round-r3")
def test_the_last_round_completes_the_call(connection: Modern) -> None:
    first = call(connection, "multi_round").result
    second = call(connection, "multi_round", **next_round(first, name="Alice")).result
    result = call(connection, "multi_round", **next_round(second, color="blue")).result
    assert completes(result)
    assert all(word in result["content"][0]["text"] for word in ("Alice", "blue"))


@pytest.mark.should
@scenario("input-required-result-missing-input-response", "sep-2322-missing-response-rerequests")
def test_an_answer_that_is_missing_is_asked_for_again(connection: Modern) -> None:
    result = call(connection, "elicitation", inputResponses={"wrong_key": accepted(data="wrong")}).result
    assert "user_name" in questions(result)


@scenario("input-required-result-non-tool-request", "sep-2322-non-tool-incomplete")
def test_a_prompt_asks_the_user(connection: Modern) -> None:
    assert questions(connection.request("prompts/get", {"name": "test_input_required_result_prompt"}))


@scenario("input-required-result-non-tool-request", "sep-2322-non-tool-complete")
def test_the_answer_of_the_user_completes_a_prompt(connection: Modern) -> None:
    params = {"name": "test_input_required_result_prompt"}
    first = connection.request("prompts/get", params)
    result = connection.request("prompts/get", params | next_round(first, context="test context"))
    assert result["resultType"] == "complete"
    assert "test context" in result["messages"][0]["content"]["text"]


@scenario("input-required-result-result-type", "sep-2322-result-type-included")
def test_a_question_says_that_it_is_one(connection: Modern) -> None:
    assert call(connection, "elicitation").result["resultType"] == "input_required"


@pytest.mark.parametrize("method", ["tools/list", "prompts/list"])
@scenario("input-required-result-unsupported-methods", "sep-2322-not-on-unsupported-requests")
def test_a_list_asks_for_nothing(connection: Modern, method: str) -> None:
    assert connection.request(method)["resultType"] == "complete"


@scenario("input-required-result-tampered-state", "sep-2322-reject-tampered-state")
def test_a_state_that_was_tampered_with_is_refused(connection: Modern) -> None:
    params = next_round(call(connection, "tampered_state").result, ok=True)
    assert call(connection, "tampered_state", **params | {"requestState": params["requestState"] + "-TAMPERED"}).error


@pytest.mark.beyond
@scenario("input-required-result-tampered-state", "beyond-state-untouched")
def test_a_state_that_was_not_tampered_with_is_taken(connection: Modern) -> None:
    params = next_round(call(connection, "tampered_state").result, ok=True)
    assert completes(call(connection, "tampered_state", **params).result)


@pytest.mark.beyond
@scenario("input-required-result-tampered-state", "beyond-state-each-character")
def test_a_state_with_any_character_changed_is_refused(connection: Modern) -> None:
    params = next_round(call(connection, "tampered_state").result, ok=True)
    whole = params["requestState"]
    for place in range(0, len(whole), max(1, len(whole) // 16)):
        other = "A" if whole[place] != "A" else "B"
        changed = whole[:place] + other + whole[place + 1 :]
        assert call(connection, "tampered_state", **params | {"requestState": changed}).error, place


@scenario("input-required-result-capability-check", "sep-2322-respect-client-capabilities")
def test_only_what_the_client_can_do_is_asked_of_it(endpoint: Endpoint, revision: str) -> None:
    result = call(Modern(endpoint, {"sampling": {}}), "capabilities").result
    assert {asked["method"] for asked in questions(result).values()} == {"sampling/createMessage"}


@pytest.mark.should
@scenario("input-required-result-ignore-extra-params", "sep-2322-ignore-unexpected-params")
def test_answers_that_were_not_asked_for_are_ignored(connection: Modern) -> None:
    answers = {"user_name": accepted(name="Alice"), "unknown": accepted(foo="bar"), "another": accepted(baz=123)}
    assert completes(call(connection, "elicitation", inputResponses=answers).result)


def is_refused(answer: Answer) -> bool:
    """Whether the answer is an error or asks again, instead of taking what makes no sense."""
    return "error" in answer.response or bool(questions(answer.result))


@pytest.mark.should
@scenario("input-required-result-validate-input", "sep-2322-validate-input-responses")
def test_an_answer_of_the_wrong_shape_is_refused(connection: Modern) -> None:
    assert is_refused(call(connection, "elicitation", fits=False, inputResponses={"user_name": 12345}))


@pytest.mark.should
@scenario("input-required-result-validate-input", "sep-2322-error-on-protocol-error")
def test_answers_that_are_null_are_refused(connection: Modern) -> None:
    assert is_refused(call(connection, "elicitation", fits=False, inputResponses=None))
