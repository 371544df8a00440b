"""The legacy era: `initialize` and what follows it."""

import pytest
from harness import schemas
from harness.messages import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    LEGACY,
    MODERN,
    NEWEST_LEGACY,
    REVISIONS,
    initialize,
    notification,
    request,
)
from harness.process import Start

pytestmark = pytest.mark.same_everywhere("the rules of the protocol, on text")


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_message_is_held_against_the_schema_of_its_revision(revision: str) -> None:
    """The harness does it with each message of every test. Here it must refuse what is wrong."""
    with pytest.raises(AssertionError, match="content"):
        schemas.check({"jsonrpc": "2.0", "id": 1, "result": {"resultType": "complete"}}, revision, "tools/call")


@pytest.mark.every_platform
@pytest.mark.parametrize("revision", LEGACY)
def test_initialize_agrees_to_each_supported_revision(start: Start, revision: str) -> None:
    server = start(opened=False, revision=revision)
    result = server.open()
    assert result["protocolVersion"] == revision
    assert result["serverInfo"]["name"] == "tmdb-mcp"
    assert result["serverInfo"]["version"]
    assert "tools" in result["capabilities"]
    assert server.is_alive()


@pytest.mark.parametrize("asked", ["1999-01-01", MODERN, "9999-12-31", "latest", ""])
def test_initialize_offers_the_newest_legacy_revision_for_any_other(start: Start, asked: str) -> None:
    result = start(opened=False).result_of(initialize(1, asked))
    assert result["protocolVersion"] == NEWEST_LEGACY


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        {"protocolVersion": 20251125, "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}},
        {"protocolVersion": None, "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}},
    ],
    ids=["absent", "empty", "a number as version", "null as version"],
)
def test_initialize_without_a_version_is_refused_and_can_be_repeated(start: Start, params: object) -> None:
    server = start(opened=False)
    assert server.error_of(request(1, "initialize", params))["code"] == INVALID_PARAMS
    assert server.open()["protocolVersion"] == NEWEST_LEGACY


def test_a_ping_is_answered_before_initialize(start: Start) -> None:
    assert start(opened=False).result_of(request(1, "ping")) == {}


def test_a_request_before_initialize_is_refused_and_the_session_can_still_be_opened(start: Start) -> None:
    server = start(opened=False)
    error = server.error_of(request(1, "tools/list"))
    assert error["code"] in (INVALID_REQUEST, INVALID_PARAMS)
    assert server.open()["protocolVersion"] == NEWEST_LEGACY
    assert server.result_of(request("list", "tools/list"))["tools"]


def test_requests_are_answered_before_the_initialized_notification(start: Start) -> None:
    """Clients may send `tools/list` in the same write as the notification, or forget the notification."""
    server = start(opened=False)
    server.result_of(initialize(1))
    assert server.result_of(request(2, "tools/list"))["tools"]


@pytest.mark.parametrize("revision", LEGACY)
def test_the_list_of_tools_has_schemas_for_input_and_output(start: Start, revision: str) -> None:
    server = start(revision=revision)
    tools = {tool["name"]: tool for tool in server.result_of(request("list", "tools/list"))["tools"]}
    search = tools["search"]
    assert search["description"]
    assert search["inputSchema"]["type"] == "object"
    assert {"query", "page", "language"} <= set(search["inputSchema"]["properties"])
    assert search["inputSchema"]["required"] == ["query"]
    if revision >= "2025-06-18":
        assert search["outputSchema"]["type"] == "object"


@pytest.mark.parametrize(
    "message",
    [
        notification("notifications/initialized"),
        notification("notifications/cancelled", {"requestId": "none"}),
        notification("notifications/cancelled"),
        notification("notifications/cancelled", {"requestId": [1]}),
        notification("notifications/roots/list_changed"),
        notification("notifications/made-up", {"deep": [{"er": None}]}),
        notification("tools/call", {"name": "search", "arguments": {"query": "matrix"}}),
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        {"jsonrpc": "2.0", "id": "alive", "error": {"code": 1, "message": "no"}},
    ],
    ids=lambda message: message.get("method", "a response")[-24:],
)
def test_notifications_and_responses_are_never_answered(start: Start, message: dict) -> None:
    server = start()
    server.send(message)
    assert server.is_alive()


@pytest.mark.every_platform
def test_a_batch_is_answered_with_a_batch_in_the_revision_that_has_them(start: Start) -> None:
    """2025-03-26 alone: implementations must support receiving batches."""
    server = start(revision="2025-03-26")
    batch = [request(1, "ping"), notification("notifications/initialized"), request("two", "tools/list")]
    server.send(batch)
    answers = server.receive()
    assert isinstance(answers, list)
    assert sorted(str(answer["id"]) for answer in answers) == ["1", "two"]
    assert all("result" in answer for answer in answers)
