"""HTTP/1.1 as attackers and odd clients write it: limits, framing, pipelines."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.listening import Serve
from harness.messages import meta, request
from harness.wire import BEARER, Wire, metrics, modern_fields, once, text, wait_for_metric

DISCOVER = request(1, "server/discover", {"_meta": meta()})
BODY = json.dumps(DISCOVER)
FIELDS = (BEARER, *modern_fields(DISCOVER))
BODY_MAX = 1 << 20
HEAD_MAX = 16 << 10
LINE_MAX = 8 << 10


@pytest.mark.parametrize(("size", "status"), [(BODY_MAX, 200), (BODY_MAX + 1, 413)])
def test_a_body_has_a_limit(serve: Serve, size: int, status: int) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *FIELDS, body=BODY.ljust(size)))
        assert wire.response().status == status
        if status != 200:
            assert wire.has_ended()


def test_a_body_that_grows_beyond_the_limit_is_cut_off(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *FIELDS, "Transfer-Encoding: chunked"))
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(BODY_MAX // 0x10000):
            wire.write(chunk)
        wire.write(b"1\r\n \r\n")
        assert wire.response().status == 413


def test_a_head_has_a_limit(serve: Serve) -> None:
    server = serve()
    bare = len(text("GET", "/health", "X: "))
    assert once_bare(server, text("GET", "/health", "X: " + "x" * (HEAD_MAX - bare))) == 200
    assert once_bare(server, text("GET", "/health", "X: " + "x" * (HEAD_MAX - bare + 1))) == 431
    assert once_bare(server, text("GET", "/health", *["X: y"] * 99)) == 200
    assert once_bare(server, text("GET", "/health", *["X: y"] * 100)) == 431


def test_a_request_line_has_a_limit(serve: Serve) -> None:
    server = serve()
    room = LINE_MAX - len("GET /health? HTTP/1.1")
    assert once_bare(server, text("GET", "/health?" + "x" * room)) == 200
    assert once_bare(server, text("GET", "/health?" + "x" * (room + 1))) == 414


def once_bare(server, data: bytes) -> int:
    with Wire(server) as wire:
        wire.write(data)
        return wire.response().status


HOST = b"Host: localhost\r\n"
SMUGGLED = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /mcp HTTP/1.1\r\n" + HOST
MALFORMED = {
    "both lengths": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED,
    "two lengths in one": POST + b"Content-Length: 0, 44\r\n\r\n" + SMUGGLED,
    "signed length": POST + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
    "negative length": POST + b"Content-Length: -1\r\n\r\n" + SMUGGLED,
    "hexadecimal length": POST + b"Content-Length: 0x0\r\n\r\n" + SMUGGLED,
    "endless length": POST + b"Content-Length: 99999999999999999999999999\r\n\r\n" + SMUGGLED,
    "space before colon": POST + b"Content-Length : 0\r\n\r\n" + SMUGGLED,
    "folded": POST + b"X: y\r\n Content-Length: 4\r\n\r\n" + SMUGGLED,
    "line feed alone": b"GET /health HTTP/1.1\nHost: localhost\n\n" + SMUGGLED,
    "carriage return alone": b"GET /health HTTP/1.1\r\nX: a\rY: b\r\n" + HOST + b"\r\n" + SMUGGLED,
    "zero byte": b"GET /health HTTP/1.1\r\nX: a\0b\r\n" + HOST + b"\r\n" + SMUGGLED,
    "no host": b"GET /health HTTP/1.1\r\n\r\n" + SMUGGLED,
    "two hosts": b"GET /health HTTP/1.1\r\n" + HOST + HOST + b"\r\n" + SMUGGLED,
    "old chunks": b"POST /mcp HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "space in target": b"GET /health /x HTTP/1.1\r\n" + HOST + b"\r\n" + SMUGGLED,
    "no version": b"GET /health\r\n" + HOST + b"\r\n" + SMUGGLED,
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n" + SMUGGLED,
    "two tokens": b"GET /mcp HTTP/1.1\r\n" + HOST + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
}


def test_what_is_ambiguous_is_refused_and_ends_the_connection(serve: Serve) -> None:
    server = serve()
    for case, data in MALFORMED.items():
        with Wire(server) as wire:
            wire.write(data)
            answer = wire.response()
            assert answer.status == 400, case
            assert answer.closes, case
            assert wire.has_ended(), f"{case}: what follows is not to be taken for a request"


@pytest.mark.parametrize(
    ("fields", "status"),
    [("Transfer-Encoding: gzip, chunked", 501), ("Transfer-Encoding: xchunked", 501), ("Expect: 200-ok", 417)],
)
def test_what_is_not_supported_is_refused(serve: Serve, fields: str, status: int) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *FIELDS, fields))
        assert wire.response().status == status
        assert wire.has_ended()


@pytest.mark.parametrize("end", ["0\r\n\r\n", "0;x=y\r\nT: x\r\n\r\n"])
def test_a_body_may_come_in_chunks(serve: Serve, end: str) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *FIELDS, "Transfer-Encoding: chunked"))
        for byte in BODY:
            wire.write(f"1\r\n{byte}\r\n")
        wire.write(end)
        assert wire.response().json["result"]
        assert wire.ask("GET", "/health").status == 200


def test_malformed_chunks_are_refused(serve: Serve) -> None:
    server = serve()
    for chunks in (b"x\r\n", b"-1\r\n", b"1\r\nab\r\n", b"ffffffffffffffffff\r\n", b"1 \r\na\r\n", b"0\n\n"):
        with Wire(server) as wire:
            wire.write(text("POST", "/mcp", *FIELDS, "Transfer-Encoding: chunked") + chunks)
            assert wire.response().status in (400, 413), chunks
            assert wire.has_ended()


def test_requests_may_follow_each_other_without_waiting(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write((text("POST", "/mcp", *FIELDS, body=BODY) + text("GET", "/health")) * 20)
        for _ in range(20):
            assert wire.response().json["id"] == 1
            assert wire.response().json == {"status": "ok"}


def test_a_request_may_come_byte_by_byte(serve: Serve) -> None:
    with Wire(serve()) as wire:
        for byte in text("POST", "/mcp", *FIELDS, body=BODY):
            wire.write(bytes([byte]))
        assert wire.response().json["id"] == 1


def test_a_client_may_wait_for_leave_to_send(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *FIELDS, "Expect: 100-continue", f"Content-Length: {len(BODY)}"))
        assert wire.begin().status == 100
        wire.write(BODY)
        assert wire.response().status == 200


def test_a_client_without_the_token_is_not_asked_for_its_body(serve: Serve) -> None:
    with Wire(serve()) as wire:
        wire.write(text("POST", "/mcp", *modern_fields(DISCOVER), "Expect: 100-continue", "Content-Length: 1000"))
        assert wire.response().status == 401


def test_the_old_version_of_http_is_served(serve: Serve) -> None:
    server = serve()
    with Wire(server) as wire:
        wire.write("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert wire.response().json == {"status": "ok"}
        assert wire.has_ended()
    with Wire(server) as wire:
        wire.write("GET /health HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n" * 2)
        assert wire.response().status == wire.response().status == 200
    with Wire(server) as wire:
        wire.write("GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n")
        assert wire.response().status == 505


def test_a_client_that_leaves_amid_the_answers_does_no_harm(serve: Serve) -> None:
    """A write to a connection that is closed raises SIGPIPE."""
    server = serve()
    for _ in range(5):
        with Wire(server, receive_buffer=4096) as wire:
            wire.write(text("GET", "/metrics") * 500)
    assert once(server, "GET", "/health").status == 200
    assert metrics(server)["http_connections"] >= 1
    wait_for_metric(server, "http_connections", 1)


def test_a_client_that_dawdles_is_told_so(serve: Serve) -> None:
    server = serve()
    beginnings = {
        "head": (b"GET /health HTTP/1.1\r\n", 408),
        "body": (text("POST", "/mcp", *FIELDS, "Content-Length: 100") + b"{", 408),
        "first byte": (b"G", 408),
    }

    def wait(beginning: tuple[bytes, int]) -> tuple[int, float]:
        with Wire(server) as wire:
            began = time.monotonic()
            wire.write(beginning[0])
            answer = wire.response()
            assert wire.has_ended()
            return answer.status, time.monotonic() - began

    with ThreadPoolExecutor() as pool:
        for (_, expected), (status, seconds) in zip(beginnings.values(), pool.map(wait, beginnings.values())):
            assert status == expected
            assert 9 < seconds < 25
    assert once(server, "GET", "/health").status == 200
