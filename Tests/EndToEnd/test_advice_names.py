"""What is said where TMDB's name leads nowhere: each cause by its own name."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says
from harness.networks import networked
from harness.process import Start
from standin import API_KEY
from test_command_check import check, verdicts

pytestmark = pytest.mark.same_everywhere("an error is told in words, which are the same text")

TMDB = "https://api.themoviedb.org/3"
BLOCKED = r"api\.themoviedb\.org .*resolves to {address}, this machine itself.*DNS"


def failed_check(binary: Binary, url: str = TMDB, **variables: str) -> str:
    """What `check` says of TMDB, which it must not reach."""
    code, found = check(binary, url, **variables)
    assert (code, verdicts(found)) == (1, ["ok", "failed", "skipped", "ok"]), found
    return found["TMDB"][1]


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1", "127.0.0.2", "::1", "::"])
def test_a_name_that_leads_to_this_machine_is_blocked_by_dns(binary: Binary, tmp_path: Path, address: str) -> None:
    inside = networked(binary, tmp_path, hosts={"api.themoviedb.org": (address,)})
    assert says(failed_check(inside), (BLOCKED.format(address=address), "HTTPS_PROXY"))


# A host build asks glibc, which leaves out a family that the machine has on the loopback alone.
@pytest.mark.release_only
def test_a_name_with_an_address_elsewhere_too_is_not_blocked(binary: Binary, tmp_path: Path) -> None:
    """No route leads to it, which is another cause."""
    inside = networked(binary, tmp_path, hosts={"api.themoviedb.org": ("127.0.0.1", "2001:db8::1")})
    assert "this machine itself" not in failed_check(inside)


@pytest.mark.every_platform
def test_a_call_tells_that_the_name_is_blocked_too(start: Start, binary: Binary, tmp_path: Path) -> None:
    inside = networked(binary, tmp_path, hosts={"api.themoviedb.org": ("0.0.0.0",)})
    server = start(upstream=TMDB, program=inside)
    assert says(failure(server.call({"query": "matrix"})), (BLOCKED.format(address="0.0.0.0"),))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/3", "http://localhost:9/3", "http://[::1]:9/3"])
def test_who_asks_for_this_machine_is_not_told_that_dns_blocks_it(binary: Binary, url: str) -> None:
    message = failed_check(binary, url)
    assert says(message, ("refused the connection to port 9",))
    assert "DNS" not in message


@pytest.mark.parametrize("resolver", [None, "", "# nothing\nsearch lan\n"], ids=["no file", "empty", "no name server"])
def test_without_a_name_server_the_file_that_names_it_is_named(
    binary: Binary, tmp_path: Path, resolver: str | None
) -> None:
    message = failed_check(networked(binary, tmp_path, resolver=resolver))
    assert says(message, (r"could not resolve the host api\.themoviedb\.org", r"/etc/resolv\.conf", "nameserver"))
    assert "Termux" not in message


def test_in_termux_the_way_to_its_own_file_is_told(binary: Binary, tmp_path: Path) -> None:
    prefix = "/data/data/com.termux/files/usr"
    message = failed_check(networked(binary, tmp_path, resolver=None), PREFIX=prefix)
    assert says(message, ("Termux", f"proot -b {prefix}/etc/resolv.conf:/etc/resolv.conf"))


@pytest.mark.every_platform
def test_a_name_server_that_answers_nothing_is_dns_and_not_the_firewall(binary: Binary, tmp_path: Path) -> None:
    inside = networked(binary, tmp_path, silent_name_server=True)
    message = failed_check(inside, TMDB_TIMEOUT="3")
    assert says(message, (r"time was up after \d+ ms", r"DNS", r"api\.themoviedb\.org"))
    assert "firewall" not in message


def test_a_call_tells_that_dns_does_not_answer(start: Start, binary: Binary, tmp_path: Path) -> None:
    server = start(upstream=TMDB, program=networked(binary, tmp_path, silent_name_server=True), TMDB_TIMEOUT="3")
    message = failure(server.call({"query": "matrix"}))
    assert says(message, ("DNS", r"api\.themoviedb\.org"))
    assert "firewall" not in message


def test_a_proxy_whose_name_dns_does_not_answer_for_is_told_as_such(binary: Binary, tmp_path: Path) -> None:
    inside = networked(binary, tmp_path, silent_name_server=True)
    message = failed_check(inside, TMDB_TIMEOUT="3", HTTPS_PROXY="http://proxy.example:3128")
    assert says(message, ("DNS", "proxy", "HTTPS_PROXY"))
    assert API_KEY not in message


@pytest.mark.every_platform
@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_without_a_route_the_network_is_named(binary: Binary, tmp_path: Path, address: str) -> None:
    message = failed_check(networked(binary, tmp_path, hosts={"api.themoviedb.org": (address,)}))
    assert says(message, ("no route|no network", address))
