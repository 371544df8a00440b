"""Faults over many requests: by lot, by a script, by path, and held until a test lets them go.

Each is itself a fault: `tmdb.fault = plans.ByLot(1 / 3, seed=7)`. None in place of a fault is the usual answer.
"""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping

from . import faults
from .faults import Exchange, Fault

KINDS: dict[str, Fault] = {
    "500": faults.status(500),
    "502": faults.status(502),
    "503": faults.status(503),
    "504": faults.status(504),
    "429": faults.status(429, retry_after=1),
    "web page": faults.web_page(503),
    "hang up": faults.hang_up,
    "reset": faults.reset,
    "cut off": faults.cut_off,
    "truncated gzip": faults.truncated_gzip,
    "corrupt gzip": faults.corrupt_gzip,
    "broken json": faults.broken_json(),
}
"""What ByLot draws from: failures that the same request may escape when it is sent again."""


def usual(exchange: Exchange) -> None:
    """The answer that was prepared."""
    exchange.send(exchange.answer)


class ByLot:
    """A share of requests fails, each in one of the ways of `kinds`.

    The lot depends on the seed, on the request (its key does not count) and on how often it came before, so that
    requests which arrive in another order fail in the same way. `in_a_row` bounds how often one request fails before
    it is answered; then a client that tries once more than that always gets its answer.
    """

    def __init__(
        self, share: float, seed: int, kinds: Mapping[str, Fault] = KINDS, in_a_row: int | None = None
    ) -> None:
        if not 0 <= share <= 1:
            raise ValueError(f"a share is from 0 to 1, not {share}")
        self.share, self.seed, self.kinds, self.in_a_row = share, seed, dict(kinds), in_a_row
        self._lock = threading.Lock()
        self._seen: Counter[str] = Counter()
        self._failed_in_a_row: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []
        self._answered = 0

    @property
    def failures(self) -> list[tuple[str, str]]:
        """Path and kind of each request that has failed."""
        with self._lock:
            return list(self._failures)

    @property
    def answered(self) -> int:
        """How many requests got the usual answer."""
        with self._lock:
            return self._answered

    def __call__(self, exchange: Exchange) -> None:
        kind = self._draw(exchange)
        (self.kinds[kind] if kind else usual)(exchange)

    def _draw(self, exchange: Exchange) -> str | None:
        request = exchange.asked
        parameters = sorted((name, value) for name, value in request.query.items() if name != "api_key")
        name = f"{request.path} {parameters}"
        with self._lock:
            lot = random.Random(f"{self.seed} {name} {self._seen[name]}")
            self._seen[name] += 1
            escapes = self.in_a_row is not None and self._failed_in_a_row[name] >= self.in_a_row
            if escapes or lot.random() >= self.share:
                self._failed_in_a_row[name] = 0
                self._answered += 1
                return None
            kind = lot.choice(list(self.kinds))
            self._failed_in_a_row[name] += 1
            self._failures.append((request.path, kind))
            return kind


class Script:
    """The faults of a list, one for each of the next requests; then `then`."""

    def __init__(self, steps: Iterable[Fault | None], then: Fault | None = None) -> None:
        self._steps = list(steps)
        self._then = then
        self._lock = threading.Lock()

    @property
    def left(self) -> int:
        """How many steps are yet to come."""
        with self._lock:
            return len(self._steps)

    def __call__(self, exchange: Exchange) -> None:
        with self._lock:
            step = self._steps.pop(0) if self._steps else self._then
        (step or usual)(exchange)


class ByPath:
    """The fault of the first pattern that the whole path matches, such as r"/3/movie/\\d+"; otherwise `otherwise`."""

    def __init__(self, patterns: Mapping[str, Fault | None], otherwise: Fault | None = None) -> None:
        self._patterns = [(re.compile(pattern), fault) for pattern, fault in patterns.items()]
        self._otherwise = otherwise

    def __call__(self, exchange: Exchange) -> None:
        for pattern, fault in self._patterns:
            if pattern.fullmatch(exchange.asked.path):
                return (fault or usual)(exchange)
        return (self._otherwise or usual)(exchange)


class Gate:
    """Holds every request until `release`; then answers as `then` does. It may be shut again with `hold`."""

    def __init__(self, then: Fault | None = None) -> None:
        self._then = then
        self._state = threading.Condition()
        self._open = False
        self._waiting = 0

    def hold(self) -> None:
        with self._state:
            self._open = False

    def release(self) -> None:
        with self._state:
            self._open = True
            self._state.notify_all()

    @property
    def waiting(self) -> int:
        """How many requests it holds now."""
        with self._state:
            return self._waiting

    def wait_for(self, count: int, seconds: float = 30) -> None:
        """Returns once it holds that many requests at once."""
        with self._state:
            if not self._state.wait_for(lambda: self._waiting >= count, seconds):
                raise TimeoutError(f"the gate waited {seconds} s for {count} requests; it holds {self._waiting}")

    def __call__(self, exchange: Exchange) -> None:
        with self._state:
            self._waiting += 1
            self._state.notify_all()
            # The stand-in cannot tell the gate that it stops, so the gate looks now and then.
            while not self._open and not exchange.stopped():
                self._state.wait(timeout=0.1)
            self._waiting -= 1
        if not exchange.stopped():
            (self._then or usual)(exchange)
