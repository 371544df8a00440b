"""Streams of notifications, and what may come on them (SEP-2575)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from harness.messages import META, MODERN, NEWEST_LEGACY, Message
from wire import schemas
from wire.http import EVENT_STREAM, Endpoint
from wire.legacy import Session
from wire.modern import Modern
from wire.scenarios import scenario

ACKNOWLEDGED = "notifications/subscriptions/acknowledged"
TOOLS_CHANGED = "notifications/tools/list_changed"
PROMPTS_CHANGED = "notifications/prompts/list_changed"
RESOURCE_UPDATED = "notifications/resources/updated"
WATCHED = "test://watched-resource"


class Subscription:
    """A stream that is open. `first` is the message that it began with."""

    def __init__(self, client: Modern, wanted: Message, identifier: Any = None) -> None:
        self.identifier, self._response = client.post(
            "subscriptions/listen", {"notifications": wanted}, identifier=identifier
        )
        assert (self._response.status, self._response.content_type) == (200, EVENT_STREAM), self._response.read()
        self.first = self.next()

    def next(self) -> Message:
        while (event := self._response.next_event()) is not None:
            if event.data:
                message = json.loads(event.data)
                schemas.check(message, MODERN)
                return message
        raise AssertionError("the stream has ended")

    def close(self) -> None:
        self._response.close()


Listen = Callable[..., Subscription]


@pytest.fixture
def client(endpoint: Endpoint, revision: str) -> Modern:
    return Modern(endpoint, capabilities={})


@pytest.fixture
def listen(client: Modern) -> Iterator[Listen]:
    """Opens streams: `listen(toolsListChanged=True)`."""
    opened: list[Subscription] = []

    def begin(identifier: Any = None, **wanted: Any) -> Subscription:
        opened.append(Subscription(client, wanted, identifier))
        return opened[-1]

    yield begin
    for subscription in opened:
        subscription.close()


def change(client: Modern | Session, what: str) -> None:
    """Makes the server change the tools, the prompts or the watched resource."""
    result = client.request("tools/call", {"name": f"test_trigger_{what}_change", "arguments": {}})
    assert not result.get("isError"), result


@scenario("server-stateless", "sep-2575-server-sends-subscription-ack")
def test_a_stream_begins_with_its_acknowledgement(listen: Listen) -> None:
    assert listen(toolsListChanged=True).first["method"] == ACKNOWLEDGED


@pytest.mark.parametrize("identifier", [4242, "a subscription"])
@scenario("server-stateless", "sep-2575-server-tags-subscription-id")
def test_each_message_names_its_subscription(client: Modern, listen: Listen, identifier: int | str) -> None:
    stream = listen(identifier, toolsListChanged=True)
    change(client, "tool")
    tags = [message["params"]["_meta"][META + "subscriptionId"] for message in (stream.first, stream.next())]
    assert [(type(tag), tag) for tag in tags] == [(type(identifier), identifier)] * 2


@scenario("server-stateless", "sep-2575-server-honors-notification-filter")
def test_a_stream_brings_only_what_was_asked_for(client: Modern, listen: Listen) -> None:
    """The change of the tools comes first; were it to leak, it would also be seen first."""
    stream = listen(promptsListChanged=True)
    change(client, "tool")
    change(client, "prompt")
    assert stream.next()["method"] == PROMPTS_CHANGED


@pytest.mark.should
@scenario("server-stateless", "sep-2575-server-sends-prompts-list-changed-on-subscription")
def test_a_change_of_the_prompts_is_told(client: Modern, listen: Listen) -> None:
    stream = listen(promptsListChanged=True)
    change(client, "prompt")
    assert stream.next()["method"] == PROMPTS_CHANGED


@pytest.mark.should
@scenario("server-stateless", "sep-2575-server-sends-tools-list-changed-on-subscription")
def test_a_change_of_the_tools_is_told(client: Modern, listen: Listen) -> None:
    stream = listen(toolsListChanged=True)
    change(client, "tool")
    assert stream.next()["method"] == TOOLS_CHANGED


@pytest.mark.beyond
@scenario("server-stateless", "beyond-acknowledged-filter")
def test_the_acknowledgement_repeats_what_was_asked_for(listen: Listen) -> None:
    wanted = {"toolsListChanged": True, "resourceSubscriptions": [WATCHED]}
    assert listen(**wanted).first["params"]["notifications"] == wanted


@pytest.mark.beyond
@scenario("server-stateless", "beyond-several-streams")
def test_each_stream_gets_its_own_notifications(client: Modern, listen: Listen) -> None:
    tools, prompts, both = (
        listen(toolsListChanged=True),
        listen(promptsListChanged=True),
        listen(toolsListChanged=True, promptsListChanged=True),
    )
    change(client, "tool")
    change(client, "prompt")
    assert tools.next()["method"] == TOOLS_CHANGED
    assert prompts.next()["method"] == PROMPTS_CHANGED
    assert [both.next()["method"], both.next()["method"]] == [TOOLS_CHANGED, PROMPTS_CHANGED]


@pytest.mark.beyond
@scenario("server-stateless", "beyond-resource-updated")
def test_a_change_of_a_resource_is_told_to_who_watches_it(client: Modern, listen: Listen) -> None:
    watching = listen(resourceSubscriptions=[WATCHED])
    elsewhere = listen(resourceSubscriptions=["test://static-text"], toolsListChanged=True)
    change(client, "resource")
    change(client, "tool")
    updated = watching.next()
    assert (updated["method"], updated["params"]["uri"]) == (RESOURCE_UPDATED, WATCHED)
    assert elsewhere.next()["method"] == TOOLS_CHANGED


@pytest.mark.beyond
@scenario("resources-subscribe", "beyond-resource-updated", NEWEST_LEGACY)
def test_a_session_is_told_of_the_resource_that_it_watches(connection: Session) -> None:
    connection.request("resources/subscribe", {"uri": WATCHED})
    change(connection, "resource")
    (updated,) = connection.wait_for(1, RESOURCE_UPDATED)
    assert updated["params"]["uri"] == WATCHED


@pytest.mark.beyond
@scenario("resources-unsubscribe", "beyond-resource-updated", NEWEST_LEGACY)
def test_a_session_is_not_told_of_what_it_no_longer_watches(connection: Session) -> None:
    """The change of the tools comes last; an update would have been seen before."""
    connection.request("resources/subscribe", {"uri": WATCHED})
    connection.request("resources/unsubscribe", {"uri": WATCHED})
    change(connection, "resource")
    change(connection, "tool")
    assert connection.wait_for(1, TOOLS_CHANGED)
    assert [message for message in connection.notifications if message["method"] == RESOURCE_UPDATED] == []


@pytest.mark.beyond
@scenario("resources-subscribe", "beyond-list-changed", NEWEST_LEGACY)
def test_a_session_is_told_of_changes_of_lists(connection: Session) -> None:
    change(connection, "tool")
    assert connection.wait_for(1, TOOLS_CHANGED)
    change(connection, "prompt")
    assert connection.wait_for(1, PROMPTS_CHANGED)
