"""How messages are told apart on standard input, whatever pieces they come in."""

import json

import pytest
from harness.binaries import Binary
from harness.expectations import LONG_LINE_ACCEPTED, LONG_LINE_REFUSED, structured, titles
from harness.messages import INVALID_REQUEST, PARSE_ERROR, call, request
from harness.process import Server, Start
from standin import Answer, Request, StandIn


@pytest.fixture
def server(start: Start) -> Server:
    return start()


def test_many_requests_in_one_write_are_answered_in_turn(server: Server) -> None:
    server.send_all(request(number, "ping") for number in range(500))
    assert [server.receive()["id"] for _ in range(500)] == list(range(500))


def test_a_message_may_be_cut_at_every_byte(server: Server) -> None:
    message = json.dumps(request("é🎬", "ping"), ensure_ascii=False).encode() + b"\n"
    for position in range(1, len(message)):
        server.send_bytes(message[:position])
        server.send_bytes(message[position:])
        assert server.receive() == {"jsonrpc": "2.0", "id": "é🎬", "result": {}}


def test_a_message_may_come_byte_by_byte(server: Server) -> None:
    for byte in json.dumps(call("bytes", {"query": "matrix"})).encode() + b"\n":
        server.send_bytes(bytes([byte]))
    assert structured(server.answer_to("bytes")["result"])["results"]


def test_a_write_may_end_in_the_middle_of_the_next_message(server: Server) -> None:
    messages = b"".join(json.dumps(request(number, "ping")).encode() + b"\n" for number in range(20))
    for start in range(0, len(messages), 57):
        server.send_bytes(messages[start : start + 57])
    assert [server.receive()["id"] for _ in range(20)] == list(range(20))


def test_lines_may_end_in_carriage_return_and_newline(server: Server) -> None:
    server.send_bytes(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\r\n{"jsonrpc":"2.0","id":2,"method":"ping"}\r\n')
    assert [server.receive()["id"] for _ in range(2)] == [1, 2]


def test_blank_lines_mean_nothing(server: Server) -> None:
    server.send_bytes(b'\n\r\n  \n\t\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n\n\n')
    assert server.receive()["id"] == 1
    assert server.is_alive()


def test_whitespace_around_and_within_a_message_means_nothing(server: Server) -> None:
    server.send_bytes(b' \t{ "jsonrpc" : "2.0" ,\t"id":1 , "method":"ping" } \r\n')
    assert server.receive()["id"] == 1


def test_a_long_line_is_taken(server: Server) -> None:
    padding = "x" * LONG_LINE_ACCEPTED
    assert server.result_of(request(1, "ping", {"_meta": {"example.com/padding": padding}})) == {}


def test_a_line_over_the_limit_is_refused_once_and_the_next_is_answered(server: Server, binary: Binary) -> None:
    piece = b"x" * (1024 * 1024)
    server.send_bytes(b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"')
    for _ in range(LONG_LINE_REFUSED // len(piece)):
        server.send_bytes(piece)
    server.send_bytes(b'"}}\n')
    answer = server.receive()
    assert answer["error"]["code"] in (INVALID_REQUEST, PARSE_ERROR)
    assert answer.get("id") is None
    assert server.is_alive()
    if binary.is_native:
        assert server.memory_kib(peak=True) < LONG_LINE_REFUSED // 1024


@pytest.mark.parametrize(
    "text",
    [
        "naïve café",
        "千と千尋の神隠し",
        "기생충",
        "جدایی نادر از سیمین",
        "🎬👩‍👩‍👧‍👦🏳️‍🌈",
        "é \u2028\u2029",
        '"\\/',
    ],
    ids=ascii,
)
def test_text_makes_the_round_trip_to_upstream_and_back(server: Server, tmdb: StandIn, text: str) -> None:
    def echo(request: Request) -> Answer:
        row = {"id": 1, "media_type": "movie", "title": request.query["query"], "original_title": "x", "adult": False}
        body = {"page": 1, "results": [row], "total_pages": 1, "total_results": 1}
        return Answer(200, {"Content-Type": "application/json"}, json.dumps(body, ensure_ascii=False).encode())

    tmdb.answering = echo
    query = f"x {text} x"
    assert titles(structured(server.call({"query": query}))) == [query]
    assert tmdb.requests[-1].query["query"] == query


@pytest.mark.parametrize(
    ("text", "shown"), [("e\u0301\ufeff", "é"), ("a\u0000b\u001f", "ab"), ("\u200bcafe\u0301\u202e", "café")], ids=ascii
)
def test_a_query_is_composed_and_holds_nothing_that_no_person_sees(
    server: Server, tmdb: StandIn, text: str, shown: str
) -> None:
    server.call({"query": f"x {text} x"})
    assert tmdb.requests[-1].query["query"] == f"x {shown} x"


def test_each_answer_is_one_line_of_compact_json(server: Server) -> None:
    structured(server.call({"query": "matrix"}))
    for line in bytes(server.raw_output).splitlines():
        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")).encode()
