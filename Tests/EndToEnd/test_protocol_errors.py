"""Requests that are no requests, ids of all kinds, unknown methods."""

import json
from typing import Any

import pytest
from harness.expectations import failure, structured
from harness.messages import INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, call, request
from harness.process import Server, Start

pytestmark = pytest.mark.same_everywhere("the rules of the protocol, on text")


@pytest.fixture
def server(start: Start) -> Server:
    return start()


@pytest.mark.every_platform
@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"}",
        b"nonsense",
        b'{"jsonrpc":"2.0","id":1,"method":"ping"',
        b'{"jsonrpc":"2.0","id":1,"method":"ping"}}',
        b'{"jsonrpc":"2.0","id":01,"method":"ping"}',
        b"{'jsonrpc':'2.0','id':1,'method':'ping'}",
        b'{"jsonrpc":"2.0","id":1,"method":"ping",}',
        b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":"\x01","method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"pi\\qng"}',
        b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"',
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
    ids=lambda line: repr(line[:42]),
)
def test_what_is_no_json_is_a_parse_error_without_an_id(server: Server, line: bytes) -> None:
    server.send_bytes(line + b"\n")
    answer = server.receive()
    assert answer["error"]["code"] == PARSE_ERROR
    assert answer.get("id") is None
    assert server.is_alive()


@pytest.mark.every_platform
@pytest.mark.parametrize(
    "line",
    [
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\xff"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\xc0\xaf"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\xed\xa0\x80"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\xf4\x90\x80\x80"}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\xe2\x82"}}',
        b"\xff\xfe{\x00}\x00",
    ],
    ids=["lone byte", "overlong", "surrogate", "beyond Unicode", "cut short", "UTF-16"],
)
def test_what_is_no_utf8_is_a_parse_error(server: Server, line: bytes) -> None:
    server.send_bytes(line + b"\n")
    answer = server.receive()
    assert answer["error"]["code"] == PARSE_ERROR
    assert answer.get("id") is None
    assert server.is_alive()


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "1.0", "id": 7, "method": "ping"},
        {"id": 7, "method": "ping"},
        {"jsonrpc": 2.0, "id": 7, "method": "ping"},
        {"jsonrpc": "2.0", "id": 7, "method": 1},
        {"jsonrpc": "2.0", "id": 7, "method": None},
        {"jsonrpc": "2.0", "id": 7},
        {"jsonrpc": "2.0", "id": 7, "method": "ping", "params": "text"},
        {"jsonrpc": "2.0", "id": None, "method": "ping"},
        {"jsonrpc": "2.0", "id": True, "method": "ping"},
        {"jsonrpc": "2.0", "id": {"a": 1}, "method": "ping"},
        {"jsonrpc": "2.0", "id": [1], "method": "ping"},
        {"jsonrpc": "2.0", "id": 1.5, "method": "ping"},
        {},
        [],
        [request(7, "ping")],
        42,
        "ping",
        None,
        True,
    ],
    ids=json.dumps,
)
def test_json_that_is_no_request_is_invalid(server: Server, message: Any) -> None:
    server.send_bytes(json.dumps(message).encode() + b"\n")
    answer = server.receive()
    assert answer["error"]["code"] == INVALID_REQUEST
    assert answer.get("id") in (None, 7)
    assert server.is_alive()


@pytest.mark.every_platform
def test_an_id_comes_back_exactly(server: Server) -> None:
    numbers = (0, 1, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, -(2**63))
    texts = ("", "1", "a-b-c", 'q"uo\\te/\b\f\n\r\t\x00\x7f', "\u2028 é 映画 🎬 עברית", "x" * 10_000)
    for identifier in (*numbers, *texts):
        server.send(request(identifier, "ping"))
        answer = server.receive()
        assert answer == {"jsonrpc": "2.0", "id": identifier, "result": {}}
        assert type(answer["id"]) is type(identifier)


@pytest.mark.every_platform
def test_an_id_beyond_64_bits_comes_back_exactly_or_is_refused(server: Server) -> None:
    for identifier in (2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**30):
        server.send(request(identifier, "ping"))
        answer = server.receive()
        if "error" in answer:
            assert answer["error"]["code"] in (INVALID_REQUEST, PARSE_ERROR)
            assert answer.get("id") is None
        else:
            assert answer["id"] == identifier
        assert server.is_alive()


@pytest.mark.every_platform
def test_an_id_may_be_used_again_once_it_was_answered(server: Server) -> None:
    for query in ("matrix", "parasite", "matrix"):
        content = structured(server.result_of(call(5, {"query": query})))
        assert query in json.dumps(content).lower()


@pytest.mark.every_platform
def test_escapes_in_names_and_values_are_understood(server: Server) -> None:
    server.send_bytes(b'{"json\\u0072pc":"2\\u002e0","id":"\\ud83c\\udfac","\\u006dethod":"p\\u0069ng"}\n')
    assert server.receive() == {"jsonrpc": "2.0", "id": "🎬", "result": {}}


@pytest.mark.parametrize(
    "method", ["", "made/up", "Ping", "tools/list ", "tools", "rpc.discover", "prompts/lis\u0000t"]
)
def test_an_unknown_method_is_named_as_such(server: Server, method: str) -> None:
    error = server.error_of(request(1, method))
    assert error["code"] == METHOD_NOT_FOUND
    assert server.is_alive()


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        {"arguments": {"query": "matrix"}},
        {"name": 5, "arguments": {"query": "matrix"}},
        {"name": None},
        {"name": "made_up", "arguments": {}},
        {"name": "Search", "arguments": {"query": "matrix"}},
        {"name": "search", "arguments": "matrix"},
        {"name": "search", "arguments": ["matrix"]},
        {"name": "search", "arguments": 5},
    ],
    ids=json.dumps,
)
def test_a_call_that_is_malformed_or_of_an_unknown_tool_is_refused(server: Server, tmdb, params: Any) -> None:
    error = server.error_of(request(1, "tools/call", params))
    assert error["code"] == INVALID_PARAMS
    assert tmdb.requests == []
    assert server.is_alive()


def test_a_call_without_arguments_says_which_are_required(server: Server) -> None:
    assert "query" in failure(server.result_of(request(1, "tools/call", {"name": "search"})))


@pytest.mark.parametrize("params", [["search"], [], 5, "text", True], ids=json.dumps)
def test_params_that_are_no_object_are_refused(server: Server, params: Any) -> None:
    assert server.error_of(request(1, "tools/call", params))["code"] in (INVALID_PARAMS, INVALID_REQUEST)
    assert server.is_alive()
