"""What can go wrong with an answer, on demand.

A fault is a function of the exchange: it sends what it likes in place of the answer that was prepared. `StandIn.fault`
holds the one in force; `plans` has those that choose among others. Some are no faults at all but odd and valid:
`chunked`, `unlabelled_gzip`.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

from .errors import error
from .wire import Answer, html_answer

if TYPE_CHECKING:
    from .server import Request

MIB = 1024 * 1024

_OPENING, _CLOSING = b'{"page":1,"results":[', b'],"total_pages":1,"total_results":0}'


class Exchange(Protocol):
    """One request that awaits its answer, as a fault sees it."""

    asked: Request
    answer: Answer
    connection: socket.socket

    def send(self, answer: Answer) -> None:
        """Sends a whole answer; the connection stays open."""

    def write(self, data: bytes) -> None:
        """Sends bytes as they are."""

    def hang_up(self) -> None:
        """Closes the connection once the fault returns."""

    def wait_until_gone(self) -> None:
        """Returns when the client has closed the connection, or the stand-in stops."""

    def stopped(self) -> bool:
        """Whether the stand-in is being stopped."""


Fault = Callable[[Exchange], None]

_CODES = {401: 7, 403: 45, 404: 34, 422: 5, 429: 25, 500: 11, 502: 43, 503: 9, 504: 24}
"""TMDB's number for each HTTP status."""


def status(code: int, retry_after: int | str | None = None) -> Fault:
    """An error of TMDB with its JSON body; Retry-After in seconds or as a date."""
    answer = error(_CODES[code])
    return replaced(answer if retry_after is None else answer.with_headers(Retry_After=str(retry_after)))


def web_page(code: int) -> Fault:
    """A gateway's web page in place of JSON: 503 from a proxy in front, 200 from a captive portal."""
    return replaced(html_answer(code, "Sign in" if code == 200 else "Service unavailable"))


def redirect(location: str) -> Fault:
    return replaced(Answer(302, {"Location": location}))


def replaced(answer: Answer) -> Fault:
    return lambda exchange: exchange.send(answer)


def body(data: bytes) -> Fault:
    """The usual headers with another body."""
    return lambda exchange: exchange.send(Answer(200, {"Content-Type": "application/json;charset=utf-8"}, data))


def never(exchange: Exchange) -> None:
    """No answer at all."""
    exchange.wait_until_gone()


def held(release: threading.Event) -> Fault:
    """The usual answer, once `release` is set."""

    def fault(exchange: Exchange) -> None:
        while not release.wait(timeout=0.05):
            if exchange.stopped():
                return
        exchange.send(exchange.answer)

    return fault


def trickle(exchange: Exchange) -> None:
    """A body that never ends: a byte now and then, so that no idle limit catches it."""
    exchange.write(Answer(200, {"Content-Type": "application/json"}).head(Content_Length=str(MIB)))
    pace = threading.Event()
    while not exchange.stopped():
        exchange.write(b" ")
        pace.wait(timeout=0.05)


def cut_off(exchange: Exchange) -> None:
    """Half of the body, then the end of the connection."""
    whole = exchange.answer.bytes_on_the_wire()
    exchange.write(whole[: -(len(exchange.answer.body) // 2)])
    exchange.hang_up()


def hang_up(exchange: Exchange) -> None:
    """The connection closes before a byte of the answer."""
    exchange.hang_up()


def reset(exchange: Exchange) -> None:
    """The connection is reset (RST) before a byte of the answer."""
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.hang_up()


def not_http(exchange: Exchange) -> None:
    """Bytes that are no HTTP."""
    exchange.write(b"220 mail.example ESMTP\r\n")
    exchange.hang_up()


def truncated_gzip(exchange: Exchange) -> None:
    """A gzip body that ends early although Content-Length is right."""
    packed = gzip.compress(b'{"page":1,"results":[' + b" " * 4000)
    exchange.send(Answer(200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, packed[:-12]))


def corrupt_gzip(exchange: Exchange) -> None:
    """A gzip body whose second half is turned round, so that it does not unpack."""
    packed = bytearray(gzip.compress(b'{"page":1,"results":[' + b"0," * 400 + b"0]}"))
    for place in range(len(packed) // 2, len(packed)):
        packed[place] ^= 0xFF
    exchange.send(Answer(200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, bytes(packed)))


def unlabelled_gzip(exchange: Exchange) -> None:
    """The usual body in gzip, with no Content-Encoding to say so. TMDB has done it."""
    plain = {name: value for name, value in exchange.answer.headers.items() if name != "Content-Encoding"}
    data = exchange.answer.body
    exchange.send(Answer(200, plain, data if data[:2] == b"\x1f\x8b" else gzip.compress(data)))


def chunked(exchange: Exchange) -> None:
    """The usual answer in chunks of 100 bytes."""
    exchange.write(exchange.answer.head(Transfer_Encoding="chunked"))
    data = exchange.answer.body
    pieces = [data[start : start + 100] for start in range(0, len(data), 100)] + [b""]
    exchange.write(b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces))


def oversized(exchange: Exchange) -> None:
    """A valid JSON body of 256 MiB, nearly all of it whitespace."""
    length = len(_OPENING) + 256 * MIB + len(_CLOSING)
    exchange.write(Answer(200, {"Content-Type": "application/json"}).head(Content_Length=str(length)))
    exchange.write(_OPENING)
    filler = b" " * MIB
    for _ in range(256):
        exchange.write(filler)
    exchange.write(_CLOSING)


def gzip_bomb(exchange: Exchange) -> None:
    """A body of a few hundred KiB that unpacks to the same 256 MiB."""
    exchange.send(Answer(200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, _bomb()))


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    filler = b" " * MIB
    pieces = [packer.compress(_OPENING), *(packer.compress(filler) for _ in range(256)), packer.compress(_CLOSING)]
    return b"".join(pieces) + packer.flush()


def broken_json() -> Fault:
    return body(b'{"page":1,"results":[{"id":603,"media_type":"movie","title":"The Matr')


def unexpected_json() -> Fault:
    """Valid JSON of another shape than any answer of TMDB."""
    return body(json.dumps(["not", "an", "object"]).encode())


def invalid_utf8() -> Fault:
    row = b'{"adult":false,"id":603,"media_type":"movie","title":"The M\xe4trix \xff","vote_count":1}'
    return body(b'{"page":1,"results":[' + row + b'],"total_pages":1,"total_results":1}')
