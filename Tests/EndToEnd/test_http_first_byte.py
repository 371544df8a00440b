"""A stream's first byte comes with its head: a proxy that compresses holds the head back until then."""

from __future__ import annotations

import json

import anyio
import pytest
from harness.listening import TOKEN, Serve
from harness.messages import LEGACY, MODERN, call, initialize, meta, request
from harness.wire import Wire, modern_fields, post
from mcp.shared._httpx_utils import create_mcp_http_client
from standin import StandIn, faults

PATIENCE = 10.0
"""Seconds; less than the 15 after which every stream shows that it is alive."""

COMMENT = b":\n\n"
ONLY_STREAMS = ("Content-Type: application/json", "Accept: text/event-stream")


@pytest.mark.parametrize("revision", [revision for revision in LEGACY if revision != "2024-11-05"])
def test_the_stream_of_a_session(serve: Serve, revision: str) -> None:
    server = serve()
    session = post(server, initialize(1, revision)).fields["mcp-session-id"]
    with Wire(server) as wire:
        wire.wait_at_most(PATIENCE)
        wire.send("GET", "/mcp", "Accept: text/event-stream", f"Mcp-Session-Id: {session}")
        assert wire.begin().status == 200
        assert next(wire.chunks()) == COMMENT


def test_the_old_transport_and_a_subscription_have_an_event_to_begin_with(serve: Serve) -> None:
    server = serve()
    listen = request(
        "listen", "subscriptions/listen", {"_meta": meta(), "notifications": {"toolsListChanged": True}}
    )
    with Wire(server) as old, Wire(server) as modern:
        for wire in (old, modern):
            wire.wait_at_most(PATIENCE)
        old.send("GET", "/mcp/sse", "Accept: text/event-stream")
        modern.send("POST", "/mcp", *modern_fields(listen), body=json.dumps(listen))
        for wire, event in ((old, b"event: endpoint\n"), (modern, b"event: message\n")):
            assert wire.begin().status == 200
            assert next(wire.chunks()).startswith(event)


@pytest.mark.parametrize("is_modern", [True, False], ids=["modern", "legacy"])
def test_an_answer_that_can_only_be_a_stream(serve: Serve, tmdb: StandIn, is_modern: bool) -> None:
    tmdb.fault = faults.never
    server = serve()
    if is_modern:
        message = call("s", {"query": "matrix"}, MODERN)
        fields = [line for line in modern_fields(message) if not line.startswith(("Accept", "Content-Type"))]
    else:
        message = call("s", {"query": "matrix"})
        fields = [f"Mcp-Session-Id: {post(server, initialize(1)).fields['mcp-session-id']}"]
    with Wire(server) as wire:
        wire.wait_at_most(PATIENCE)
        wire.send("POST", "/mcp", *fields, *ONLY_STREAMS, body=json.dumps(message))
        assert wire.begin().status == 200
        first = next(wire.chunks())
        assert first == COMMENT or first.startswith(b"id: "), "2025-11-25 begins with an id"


@pytest.mark.client
def test_the_library_of_the_official_client_sees_it(serve: Serve) -> None:
    server = serve()
    session = post(server, initialize(1)).fields["mcp-session-id"]
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "text/event-stream", "Mcp-Session-Id": session}

    async def first() -> bytes:
        with anyio.fail_after(PATIENCE):
            async with create_mcp_http_client(headers=headers) as http, http.stream("GET", server.url) as response:
                assert response.status_code == 200
                return await anext(response.aiter_raw())

    assert anyio.run(first) == COMMENT
