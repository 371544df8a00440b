"""SSE streams: many at once, and one that the server closes so that the client comes back for the rest."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.messages import MODERN, Message, in_revision, request
from wire.http import EVENT_STREAM, JSON, Endpoint, Response
from wire.legacy import Session
from wire.modern import Modern, standard_headers
from wire.scenarios import scenario
from wire.sse import Event

Connection = Session | Modern

STREAMS = 3


def ask_at_once(connection: Connection) -> list[Response]:
    """Lists the tools several times on as many connections, before any answer is read."""
    headers = standard_headers("tools/list") if connection.revision == MODERN else connection.headers
    endpoint: Endpoint = connection.endpoint

    def ask(number: int) -> Response:
        message = in_revision(request(1000 + number, "tools/list", {}), connection.revision)
        return endpoint.post({"Accept": f"{EVENT_STREAM}, {JSON}"} | headers, message)

    with ThreadPoolExecutor(STREAMS) as pool:
        return list(pool.map(ask, range(STREAMS)))


@scenario("server-sse-multiple-streams", "server-accepts-multiple-post-streams")
def test_requests_at_once_are_all_accepted(connection: Connection) -> None:
    assert [response.status for response in ask_at_once(connection)] == [200] * STREAMS


@scenario("server-sse-multiple-streams", "server-sse-streams-functional")
def test_requests_at_once_each_get_their_own_answer(connection: Connection) -> None:
    for number, response in enumerate(ask_at_once(connection)):
        (answer,) = [message for message in response.messages() if "method" not in message]
        assert answer["id"] == 1000 + number
        assert answer["result"]["tools"]


CALL = request(1, "tools/call", {"name": "test_reconnection", "arguments": {}})


def interrupted(session: Session) -> list[Event]:
    """The events of the call's own stream, up to where the server closes it."""
    response = session.endpoint.post(session.headers, CALL)
    assert response.status == 200, "the server has no tool test_reconnection"
    if not response.is_stream:
        pytest.skip("the server answers with JSON, not with a stream")
    events = []
    while (event := response.next_event()) is not None:
        events.append(event)
    return events


def response_in(events: list[Event]) -> Message | None:
    messages = [json.loads(event.data) for event in events if event.data]
    return next((message for message in messages if message.get("id") == 1 and "method" not in message), None)


@pytest.mark.should
@scenario("server-sse-polling", "server-sse-priming-event")
def test_a_stream_begins_with_an_event_to_come_back_to(connection: Session) -> None:
    first = interrupted(connection)[0]
    assert first.id
    assert (first.data or "").strip() == ""


@pytest.mark.should
@scenario("server-sse-polling", "server-sse-retry-field")
def test_a_stream_says_when_to_come_back(connection: Session) -> None:
    assert any(event.retry is not None for event in interrupted(connection))


@pytest.mark.should
@scenario("server-sse-polling", "server-sse-disconnect-resume")
def test_a_client_that_comes_back_gets_the_rest(connection: Session) -> None:
    events = interrupted(connection)
    assert response_in(events) is None, "the server did not close the stream before the response"
    last = [event.id for event in events if event.id][-1]
    stream = connection.get(Last_Event_ID=last)
    assert (stream.status, stream.content_type) == (200, EVENT_STREAM)
    found = None
    while found is None and (event := stream.next_event()) is not None:
        assert event.id not in {old.id for old in events}, "an event that was seen already came again"
        found = response_in([event])
    assert found, "the stream ended without the response"
    assert found["result"]["content"] and not found["result"].get("isError")


@pytest.mark.beyond
@scenario("server-sse-multiple-streams", "beyond-buffering-off", MODERN)
def test_a_stream_tells_proxies_not_to_buffer(connection: Modern) -> None:
    _, response = connection.post("subscriptions/listen", {"notifications": {}})
    assert (response.status, response.content_type) == (200, EVENT_STREAM)
    assert response.headers["X-Accel-Buffering"] == "no"
