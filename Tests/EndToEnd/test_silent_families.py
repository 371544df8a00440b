"""A name with an address of each family, one of which takes connections and carries nothing: the other one is asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says, structured
from harness.networks import networked
from harness.process import Start
from standin import Certificates, StandIn, faults
from test_command_check import check

LOOPBACK = {"IPv6": "::1", "IPv4": "127.0.0.1"}
HOST = "tmdb.test"


class Silent:
    """Takes connections of one family on a port, and then nothing more."""

    def __init__(self, host: str, port: int) -> None:
        self.listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.taken: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self.taken.append(self.listener.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        for each in (self.listener, *self.taken):
            each.close()


@contextmanager
def beside(tmdb: StandIn, host: str) -> Iterator[Silent]:
    silent = Silent(host, tmdb.port)
    try:
        yield silent
    finally:
        silent.close()


def dual(binary: Binary, folder: Path) -> Binary:
    """The binary where HOST has both addresses; IPv6 goes first, as RFC 6724 has it."""
    return networked(binary, folder, hosts={HOST: tuple(LOOPBACK.values())}, alone=False)


@pytest.fixture(params=["http", "https"])
def answering(request: pytest.FixtureRequest, certificates: Certificates) -> Iterator[StandIn]:
    """On IPv4, while IPv6, which is tried first, is silent."""
    with StandIn(tls=certificates.good_for(HOST) if request.param == "https" else None) as tmdb:
        yield tmdb


def address(tmdb: StandIn) -> str:
    return f"{'https' if tmdb.tls else 'http'}://{HOST}:{tmdb.port}/3"


def test_a_family_that_is_silent_is_left_for_the_other_within_the_time_of_one_call(
    start: Start, binary: Binary, answering: StandIn, certificates: Certificates, tmp_path: Path
) -> None:
    with beside(answering, "::1") as silent:
        server = start(
            upstream=address(answering), program=dual(binary, tmp_path), SSL_CERT_FILE=str(certificates.authority))
        assert structured(server.call({"query": "matrix"}))["results"]
        assert len(silent.taken) == 1
        # It is remembered: the next ones lose no time, on the connection that there is or on another one.
        answering.drop_connections()
        for words in ("dune", "alien"):
            assert structured(server.call({"query": words}))["results"]
        assert len(silent.taken) == 1


def test_check_finds_the_other_family_too(
    binary: Binary, answering: StandIn, certificates: Certificates, tmp_path: Path
) -> None:
    inside = dual(binary, tmp_path)
    with beside(answering, "::1") as silent:
        code, found = check(inside, address(answering), SSL_CERT_FILE=str(certificates.authority), TMDB_TIMEOUT="8")
        assert silent.taken
    assert code == 0, found


def test_where_the_other_family_is_not_served_both_are_tried_again(
    start: Start, binary: Binary, tmp_path: Path
) -> None:
    """The answer was only late: the host is asked by the family that it has, and not given up."""
    with StandIn(host="::1") as only:
        server = start(upstream=address(only), program=dual(binary, tmp_path), TMDB_TIMEOUT="5")
        only.fault = faults.never
        message = failure(server.call({"query": "matrix"}))
        assert says(message, ("time was up",))
        only.fault = None
        assert structured(server.call({"query": "matrix"}))["results"]


def test_a_host_that_is_silent_by_both_families_is_told_as_silent(
    start: Start, binary: Binary, certificates: Certificates, tmp_path: Path
) -> None:
    first = Silent("::1", 0)
    port = first.listener.getsockname()[1]
    second = Silent("127.0.0.1", port)
    try:
        server = start(
            upstream=f"https://{HOST}:{port}/3", program=dual(binary, tmp_path), TMDB_TIMEOUT="12",
            SSL_CERT_FILE=str(certificates.authority))
        assert says(failure(server.call({"query": "matrix"})), ("time was up", "TLS handshake"))
        assert first.taken and second.taken
    finally:
        first.close()
        second.close()
