"""A DNS server that answers as a script says, on UDP and TCP (RFC 1035). Made for broken answers."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass, field

TYPES = {1: "A", 28: "AAAA"}
FAILURES = {"formerr": 1, "servfail": 2, "nxdomain": 3, "notimp": 4, "refused": 5}
ADDRESSES = {"A": socket.inet_aton("127.0.0.1"), "AAAA": socket.inet_pton(socket.AF_INET6, "::1")}


@dataclass(frozen=True)
class Rule:
    """What is answered to questions for a name and a type ("A", "AAAA" or "*").

    `answer` is one of FAILURES, or "address", "empty", "drop", "cname" (a chain of ten, then the address), "garbage"
    (a head that promises more than follows), "echo" (the question sent back), "reserved" (a response code that nobody
    has assigned), "edns" (the address beside an OPT record), "truncated" (nothing over UDP, the address over TCP),
    "truncated, tcp refused" and "truncated, tcp silent" (half of the addresses over UDP, no TCP), "truncated, tcp
    servfail", "truncated, no address" (nothing over UDP, no TCP), or "second try" (dropped once). A comma and a number
    behind `after` let an answer wait for so many milliseconds.
    """

    name: str
    type: str
    answer: str

    def fits(self, name: str, kind: str) -> bool:
        return self.name in ("*", name) and self.type in ("*", kind)


@dataclass
class NameServer:
    """Serves on an address, port 53, in daemon threads. The first rule that fits decides; without one it is nxdomain.

    `asked` lists the questions in their order, such as "api.test A".
    """

    rules: list[Rule]
    host: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        datagrams = socket.socket(family, socket.SOCK_DGRAM)
        datagrams.bind((self.host, 53))
        threading.Thread(target=self._serve_datagrams, args=(datagrams,), daemon=True).start()
        streams = socket.create_server((self.host, 53), family=family)
        threading.Thread(target=self._serve_streams, args=(streams,), daemon=True).start()

    def _serve_datagrams(self, datagrams: socket.socket) -> None:
        while True:
            query, client = datagrams.recvfrom(4096)
            answer, delay = self._answer(query, stream=False)
            if answer is not None and delay:
                threading.Timer(delay, datagrams.sendto, (answer, client)).start()
            elif answer is not None:
                datagrams.sendto(answer, client)

    def _serve_streams(self, streams: socket.socket) -> None:
        while True:
            connection, _ = streams.accept()
            threading.Thread(target=self._serve_stream, args=(connection,), daemon=True).start()

    def _serve_stream(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            size = struct.unpack("!H", connection.recv(2, socket.MSG_WAITALL))[0]
            answer, _ = self._answer(connection.recv(size, socket.MSG_WAITALL), stream=True)
            if answer is None:
                connection.recv(1)  # until the client has had enough
            elif answer:
                connection.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, query: bytes, stream: bool) -> tuple[bytes | None, float]:
        """What to send, and after how many seconds. None is nothing; nothing on a stream keeps it open, b"" ends it."""
        name, end = _read_name(query, 12)
        kind = TYPES.get(struct.unpack_from("!H", query, end)[0], "?")
        earlier = self.asked.count(f"{name} {kind}")
        self.asked.append(f"{name} {kind}")
        rule = next((rule for rule in self.rules if rule.fits(name, kind)), Rule(name, kind, "nxdomain"))
        how, _, delay = rule.answer.partition(", after ")
        return _make(query, query[12 : end + 4], kind, how, stream, earlier), int(delay or 0) / 1000


def _make(query: bytes, question: bytes, kind: str, how: str, stream: bool, earlier: int) -> bytes | None:
    def message(code: int = 0, records: tuple[bytes, ...] = (), flags: int = 0, more: bytes = b"") -> bytes:
        bits = 0x8180 | flags | code
        additional = 1 if more else 0
        head = query[:2] + struct.pack("!HHHHH", bits, 1, len(records), 0, additional)
        return head + question + b"".join(records) + more

    # The name of the question, by reference (RFC 1035 section 4.1.4).
    address = _record(b"\xc0\x0c", kind, ADDRESSES.get(kind, b""))
    truncated = 0x0200
    match how:
        case "address":
            return message(records=(address,))
        case "empty":
            return message()
        case "drop":
            return None
        case "second try":
            return message(records=(address,)) if earlier else None
        case "cname":
            names = [_name(f"alias{number}.test") for number in range(10)]
            chain = [_record(owner, "CNAME", to) for owner, to in zip([b"\xc0\x0c", *names], names, strict=False)]
            return message(records=(*chain, _record(names[-1], kind, ADDRESSES[kind])))
        case "garbage":
            return message(records=(address[:5],))
        case "short":
            return message()[:6]
        case "echo":
            return query
        case "reserved":
            return message(15)
        case "edns":
            return message(records=(address,), more=b"\0" + struct.pack("!HHIH", 41, 1232, 0, 0))
        case "truncated":
            return message(records=(address,)) if stream else message(flags=truncated)
        case "truncated, tcp refused":
            return b"" if stream else message(records=(address,), flags=truncated)
        case "truncated, tcp silent":
            return None if stream else message(records=(address,), flags=truncated)
        case "truncated, tcp servfail":
            return message(2) if stream else message(records=(address,), flags=truncated)
        case "truncated, no address":
            return b"" if stream else message(flags=truncated)
        case _:
            return message(FAILURES[how])


def _record(owner: bytes, kind: str, data: bytes) -> bytes:
    number = {"A": 1, "AAAA": 28, "CNAME": 5, "?": 16}[kind]
    return owner + struct.pack("!HHIH", number, 1, 60, len(data)) + data


def _name(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _read_name(message: bytes, start: int) -> tuple[str, int]:
    labels = []
    while size := message[start]:
        labels.append(message[start + 1 : start + 1 + size].decode().lower())
        start += 1 + size
    return ".".join(labels), start + 1
