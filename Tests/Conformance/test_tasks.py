"""Calls that become tasks (SEP-2663)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from harness.messages import META, MODERN, Message
from wire.modern import CAPABILITIES, Modern, standard_headers
from wire.scenarios import scenario
from wire.stdio import Client
from wire.tasks import ENDED, EXTENSION

DEADLINE = 60.0
"""Seconds until a task has the state that a test waits for. Only a failing test reaches it."""

DECLARED: Message = CAPABILITIES | {"extensions": {EXTENSION: {}}}

Connect = Callable[..., Modern]


@pytest.fixture
def tasks(connect: Connect) -> Modern:
    """A client that has the extension."""
    return connect(capabilities=DECLARED)


@pytest.fixture
def others(connect: Connect) -> Modern:
    """One that has not."""
    return connect(capabilities={})


def call(client: Modern, tool: str, **arguments: Any) -> Message:
    return client.request("tools/call", {"name": tool, "arguments": arguments})


def begin(client: Modern, tool: str, **arguments: Any) -> str:
    task = call(client, tool, **arguments)
    assert task["resultType"] == "task", task
    return task["taskId"]


def get(client: Modern, task: str) -> Message:
    return client.request("tasks/get", {"taskId": task})


def waited(client: Modern, task: str, *states: str) -> Message:
    """The task, once it has one of the states, or has ended; asked as often as it says."""
    end = time.monotonic() + DEADLINE
    while (found := get(client, task))["status"] not in states + ENDED:
        assert time.monotonic() < end, found
        time.sleep(found["pollIntervalMs"] / 1000)
    return found


def update(client: Modern, task: str, **responses: Any) -> Message:
    return client.request("tasks/update", {"taskId": task, "inputResponses": responses})


def cancel(client: Modern, task: str) -> Message:
    return client.request("tasks/cancel", {"taskId": task})


def acknowledges(result: Message) -> bool:
    return set(result) <= {"resultType", "_meta"} and result["resultType"] == "complete"


def accepted(**content: Any) -> Message:
    return {"action": "accept", "content": content}


@scenario("tasks-lifecycle", "tasks-sync-tool-call")
def test_a_tool_without_tasks_answers_at_once(tasks: Modern) -> None:
    result = call(tasks, "greet", name="World")
    assert result["resultType"] == "complete"
    assert result["content"][0]["text"] == "Hello, World!"


@scenario("tasks-lifecycle", "sep-2663-tasks-get-status-completed")
def test_a_task_works_and_then_has_its_result(tasks: Modern) -> None:
    task = begin(tasks, "slow_compute", seconds=1, label="x")
    assert get(tasks, task)["status"] == "working"
    done = waited(tasks, task)
    assert done["status"] == "completed"
    assert done["result"]["content"][0]["text"] == "Computed x in 1 s."


@scenario("tasks-lifecycle", "sep-2663-tool-error-uses-completed-status")
def test_the_failure_of_a_tool_is_a_result(tasks: Modern) -> None:
    done = waited(tasks, begin(tasks, "failing_job"))
    assert done["status"] == "completed"
    assert done["result"]["isError"] is True


@scenario("tasks-lifecycle", "sep-2663-tasks-get-status-failed")
def test_an_error_of_the_protocol_fails_the_task(tasks: Modern) -> None:
    done = waited(tasks, begin(tasks, "protocol_error_job"))
    assert done["status"] == "failed"
    assert done["error"]["code"] == -32603 and done["error"]["message"]


@scenario("tasks-lifecycle", "sep-2663-cancel-ack-empty-result")
def test_a_task_is_cancelled(tasks: Modern) -> None:
    task = begin(tasks, "slow_compute", seconds=60)
    assert acknowledges(cancel(tasks, task))
    assert waited(tasks, task)["status"] == "cancelled"


@scenario("tasks-lifecycle", "tasks-cancel-terminal-idempotent-ack")
def test_what_has_ended_is_cancelled_in_vain(tasks: Modern) -> None:
    task = begin(tasks, "slow_compute", seconds=0)
    assert waited(tasks, task)["status"] == "completed"
    assert acknowledges(cancel(tasks, task))
    assert get(tasks, task)["status"] == "completed"


@scenario("tasks-capability-negotiation", "tasks-extension-advertised")
def test_the_discovery_tells_of_tasks(tasks: Modern) -> None:
    capabilities = tasks.request("server/discover")["capabilities"]
    assert capabilities["extensions"][EXTENSION] == {}
    assert "tasks" not in capabilities


@scenario("tasks-capability-negotiation", "sep-2663-tasks-methods-non-declaring")
def test_without_the_extension_no_task_is_reached(tasks: Modern, others: Modern) -> None:
    task = begin(tasks, "slow_compute", seconds=60)
    for method, more in (("tasks/get", {}), ("tasks/update", {"inputResponses": {}}), ("tasks/cancel", {})):
        answer = others.send(method, {"taskId": task} | more)
        assert answer.status_and_code == (400, -32021)
        assert answer.error["data"] == {"requiredCapabilities": {"extensions": {EXTENSION: {}}}}
    assert get(tasks, task)["status"] == "working"
    cancel(tasks, task)


@scenario("tasks-capability-negotiation", "sep-2663-server-rejects-undeclared-client")
def test_without_the_extension_a_call_waits(others: Modern) -> None:
    result = call(others, "slow_compute", seconds=0, label="x")
    assert result["resultType"] == "complete"
    assert result["content"][0]["text"] == "Computed x in 0 s."


@scenario("tasks-capability-negotiation", "tasks-per-request-meta-opt-in")
def test_each_request_declares_for_itself(connect: Connect) -> None:
    client = connect(capabilities={})
    client.capabilities = DECLARED
    task = begin(client, "slow_compute", seconds=60)
    cancel(client, task)


@scenario("tasks-wire-fields", "tasks-wire-field-renames")
def test_times_are_whole_milliseconds(tasks: Modern) -> None:
    task = call(tasks, "slow_compute", seconds=0)
    assert task["ttlMs"] >= 60_000 and task["pollIntervalMs"] > 0


@scenario("tasks-wire-fields", "tasks-no-related-task-meta-on-inlined-result")
def test_a_result_does_not_repeat_its_task(tasks: Modern) -> None:
    done = waited(tasks, begin(tasks, "slow_compute", seconds=0))
    assert META + "related-task" not in done["result"].get("_meta", {})
    assert get(tasks, done["taskId"]) == done


@scenario("tasks-request-state-removal")
def test_a_task_has_no_state_of_a_request(tasks: Modern) -> None:
    """The form of every task is checked, and has no member for it."""
    task = call(tasks, "confirm_delete", filename="x")
    assert "requestState" not in task | get(tasks, task["taskId"])
    cancel(tasks, task["taskId"])


@scenario("tasks-mrtr-input", "tasks-mrtr-tasks-update-resumes")
@pytest.mark.parametrize(("answer", "text"), [(True, "Deleted x."), (False, "Kept x.")])
def test_a_task_asks_and_goes_on(tasks: Modern, answer: bool, text: str) -> None:
    task = begin(tasks, "confirm_delete", filename="x")
    asked = waited(tasks, task, "input_required")
    ((key, question),) = asked["inputRequests"].items()
    assert question["method"] == "elicitation/create"
    assert acknowledges(update(tasks, task, **{key: accepted(confirm=answer)}))
    done = waited(tasks, task)
    assert (done["status"], done["result"]["content"][0]["text"]) == ("completed", text)


@scenario("tasks-mrtr-input", "tasks-mrtr-partial-fulfillment")
def test_a_task_waits_for_all_answers(tasks: Modern) -> None:
    task = begin(tasks, "multi_input")
    first, second = waited(tasks, task, "input_required")["inputRequests"]
    assert acknowledges(update(tasks, task, **{first: accepted(name="x")}))
    left = get(tasks, task)
    assert (left["status"], list(left["inputRequests"])) == ("input_required", [second])
    assert acknowledges(update(tasks, task, **{first: accepted(name="again"), "other": 1}))
    assert get(tasks, task) == left
    assert acknowledges(update(tasks, task, **{second: accepted(name="y")}))
    assert waited(tasks, task)["status"] == "completed"


@scenario("tasks-request-headers", "sep-2663-server-rejects-mismatched-mcp-name-on-tasks-get")
@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
def test_the_header_names_the_task(tasks: Modern, method: str) -> None:
    task = begin(tasks, "slow_compute", seconds=60)
    params = {"taskId": task, "inputResponses": {}}
    right = standard_headers(method, params)
    assert right["Mcp-Name"] == task
    without = {name: value for name, value in right.items() if name != "Mcp-Name"}
    for wrong in (right | {"Mcp-Name": "x"}, without):
        assert tasks.send(method, params, headers=wrong).status_and_code == (400, -32020)
    assert get(tasks, task)["status"] == "working"
    assert tasks.send(method, params, headers=right).status == 200
    cancel(tasks, task)


@scenario("tasks-dispatch-and-envelope", "tasks-removed-tasks-list")
@pytest.mark.parametrize("method", ["tasks/result", "tasks/list"])
def test_older_methods_are_gone(tasks: Modern, method: str) -> None:
    assert tasks.send(method, {"taskId": "x"}).status_and_code == (404, -32601)


@scenario("tasks-dispatch-and-envelope", "sep-2663-legacy-task-param-ignored")
def test_a_client_cannot_make_a_call_a_task(tasks: Modern) -> None:
    params = {"name": "greet", "arguments": {"name": "x"}, "task": {"ttl": 60_000}}
    assert tasks.request("tools/call", params)["resultType"] == "complete"


@scenario("tasks-dispatch-and-envelope", "sep-2663-tasks-get-invalid-task-id-32602")
@pytest.mark.parametrize("task", ["", "nonexistent", "0" * 32, "é"])
def test_a_task_that_is_none_is_refused(tasks: Modern, task: str) -> None:
    for method in ("tasks/get", "tasks/update", "tasks/cancel"):
        assert tasks.send(method, {"taskId": task, "inputResponses": {}}).status_and_code == (400, -32602)


@scenario("tasks-required-task-error", "sep-2663-server-returns-missing-capability-when-required")
@pytest.mark.parametrize("tool", ["failing_job", "test_tool_with_task"])
def test_a_tool_may_need_tasks(others: Modern, tool: str) -> None:
    answer = others.send("tools/call", {"name": tool, "arguments": {}})
    assert answer.status_and_code == (400, -32021)
    assert answer.error["data"] == {"requiredCapabilities": {"extensions": {EXTENSION: {}}}}


@scenario("tasks-mrtr-composition", "sep-2663-mrtr-synchronous-before-task-creation")
def test_a_call_asks_before_it_becomes_a_task(tasks: Modern) -> None:
    asked = call(tasks, "test_tool_with_task")
    assert asked["resultType"] == "input_required"
    (key,) = asked["inputRequests"]
    params = {"name": "test_tool_with_task", "arguments": {}, "inputResponses": {key: accepted(name="Alice")}}
    task = tasks.request("tools/call", params)
    assert task["resultType"] == "task"
    assert "Alice" in waited(tasks, task["taskId"])["result"]["content"][0]["text"]


@pytest.mark.beyond
def test_a_client_of_either_era_waits_on_standard_input_and_output(either: Client) -> None:
    assert either.text("slow_compute", {"seconds": 0, "label": "x"}) == "Computed x in 0 s."


@pytest.mark.beyond
def test_the_server_ends_though_a_task_works(program: str) -> None:
    with Client(program, MODERN, DECLARED) as client:
        task = client.call("slow_compute", {"seconds": 3600})
        assert client.result("tasks/get", taskId=task["taskId"])["status"] == "working"
        client.finish()
