"""Server-sent events from bytes (https://html.spec.whatwg.org/multipage/server-sent-events.html, 9.2.6)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Event:
    """One event. Fields that were not sent are None; `data` that was sent empty is ""."""

    id: str | None = None
    name: str | None = None
    data: str | None = None
    retry: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == Event()


class EventReader:
    """Takes bytes as they come and gives the events that are whole. Comments leave no trace."""

    def __init__(self) -> None:
        self._bytes = b""
        self._event = Event()
        self._at_start = True

    def feed(self, data: bytes) -> list[Event]:
        events = []
        self._bytes += data
        while (line := self._next_line()) is not None:
            if line:
                self._field(line)
            elif not self._event.is_empty:
                events.append(self._event)
                self._event = Event()
        return events

    def _next_line(self) -> str | None:
        """The next line without its end: CRLF, LF or CR. A CR at the very end waits for what follows."""
        ends = [place for end in (b"\r", b"\n") if (place := self._bytes.find(end)) >= 0]
        if not ends or (self._bytes[(end := min(ends)) :] == b"\r"):
            return None
        size = 2 if self._bytes[end : end + 2] == b"\r\n" else 1
        line, self._bytes = self._bytes[:end].decode(), self._bytes[end + size :]
        if self._at_start:
            self._at_start = False
            line = line.removeprefix("\ufeff")
        return line

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._event.data = value if self._event.data is None else f"{self._event.data}\n{value}"
        elif name == "event":
            self._event.name = value
        elif name == "id" and "\0" not in value:
            self._event.id = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self._event.retry = int(value)
