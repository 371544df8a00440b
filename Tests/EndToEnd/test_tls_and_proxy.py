"""HTTPS upstream: who is trusted, and the way through a proxy."""

import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness.binaries import Binary
from harness.expectations import FAULTS, failure, says, structured
from harness.process import Server, Start
from standin import ACCESS_TOKEN, API_KEY, NO_AUTHORITIES, Certificates, Proxy, StandIn

same_everywhere = pytest.mark.same_everywhere("settings and what is said of them are text")

Trusting = Callable[..., Binary]


@pytest.mark.parametrize("certificates", ["ecdsa", "rsa"], indirect=True)
def test_a_certificate_of_the_given_authority_is_trusted(
    start: Start, certificates: Certificates, secure_tmdb: StandIn
) -> None:
    server = start(upstream=secure_tmdb, SSL_CERT_FILE=str(certificates.authority))
    for _ in range(20):
        assert structured(server.call({"query": "matrix"}))["results"]
    assert secure_tmdb.connections == 1


both_versions = pytest.mark.parametrize(
    "version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name
)


@both_versions
def test_both_current_versions_of_tls_are_spoken(
    start: Start, certificates: Certificates, version: ssl.TLSVersion
) -> None:
    with StandIn(tls=certificates.limited_to(version)) as tmdb:
        server = start(upstream=tmdb, key=ACCESS_TOKEN, SSL_CERT_FILE=str(certificates.authority))
        assert structured(server.call({"query": "matrix"}))["results"]


def soon(server: Server) -> str:
    """What a call fails with that no patience helps: of its four tries it gets three."""
    message = failure(server.call({"query": "matrix"}))
    tried = re.search(r"It was tried (\d+) times", message)
    assert tried is None or int(tried[1]) <= 3
    return message


def refused(start: Start, tmdb: StandIn, why: str = "certificate", **how: Any) -> None:
    server = start(upstream=tmdb, **how)
    assert says(soon(server), FAULTS[why])
    tmdb.wait_for_failed_handshake()
    assert tmdb.requests == []
    assert server.is_alive()


def test_the_built_in_roots_do_not_trust_the_test_authority(start: Start, secure_tmdb: StandIn) -> None:
    refused(start, secure_tmdb, "unknown issuer")


@pytest.fixture
def trusting(binary: Binary, tmp_path: Path) -> Trusting:
    """Makes a program that has these authorities among its built-in roots."""
    return lambda *trusted: binary.with_roots(tmp_path / "tmdb-mcp", *(each.authority for each in trusted))


@both_versions
@pytest.mark.parametrize("certificates", ["ecdsa", "rsa"], indirect=True)
def test_a_built_in_root_is_trusted(
    start: Start, trusting: Trusting, certificates: Certificates, version: ssl.TLSVersion
) -> None:
    with StandIn(tls=certificates.limited_to(version)) as tmdb:
        server = start(upstream=tmdb, program=trusting(certificates))
        assert structured(server.call({"query": "matrix"}))["results"]


@pytest.mark.parametrize("chain", ["good_and_root", "good_by_intermediate"])
def test_a_chain_up_to_a_built_in_root_is_trusted(
    start: Start, trusting: Trusting, certificates: Certificates, chain: str
) -> None:
    with StandIn(tls=getattr(certificates, chain)) as tmdb:
        server = start(upstream=tmdb, program=trusting(certificates))
        assert structured(server.call({"query": "matrix"}))["results"]


@pytest.mark.parametrize("right_one", [0, 1], ids=["first", "second"])
def test_of_two_built_in_roots_with_one_name_the_one_that_signed_is_trusted(
    start: Start,
    trusting: Trusting,
    certificates: Certificates,
    foreign_certificates: Certificates,
    secure_tmdb: StandIn,
    right_one: int,
) -> None:
    roots = [foreign_certificates]
    roots.insert(right_one, certificates)
    server = start(upstream=secure_tmdb, program=trusting(*roots))
    assert structured(server.call({"query": "matrix"}))["results"]


def test_a_built_in_root_with_the_name_of_the_issuer_and_another_key_is_not_trusted(
    start: Start, trusting: Trusting, foreign_certificates: Certificates, secure_tmdb: StandIn
) -> None:
    refused(start, secure_tmdb, "unknown issuer", program=trusting(foreign_certificates))


@pytest.mark.parametrize("sent", ["good_and_root", "good_by_intermediate"])
def test_an_issuer_that_only_the_server_knows_is_not_trusted(
    start: Start, trusting: Trusting, certificates: Certificates, foreign_certificates: Certificates, sent: str
) -> None:
    with StandIn(tls=getattr(foreign_certificates, sent)) as tmdb:
        refused(start, tmdb, "unknown issuer", program=trusting(certificates))


@pytest.mark.parametrize("kind", NO_AUTHORITIES)
def test_a_certificate_that_is_no_authority_signs_no_other(
    start: Start, certificates: Certificates, kind: str
) -> None:
    """CVE-2026-49300."""
    with StandIn(tls=certificates.good_by_no_authority(kind)) as tmdb:
        refused(start, tmdb, "handshake", SSL_CERT_FILE=str(certificates.authority))


@pytest.mark.parametrize(("leaf", "why"), [("expired", "expired"), ("of_another_host", "wrong host")])
def test_a_bad_certificate_under_a_built_in_root_is_refused(
    start: Start, trusting: Trusting, certificates: Certificates, leaf: str, why: str
) -> None:
    with StandIn(tls=getattr(certificates, leaf)) as tmdb:
        refused(start, tmdb, why, program=trusting(certificates))


def test_a_proxy_over_tls_is_held_to_the_built_in_roots(
    start: Start, trusting: Trusting, certificates: Certificates, secure_tmdb: StandIn
) -> None:
    with Proxy(tls=certificates.good) as proxy:
        way = {"HTTPS_PROXY": f"https://localhost:{proxy.port}"}
        assert says(failure(start(upstream=secure_tmdb, **way).call({"query": "matrix"})), FAULTS["certificate"])
        assert proxy.tunnels == []
        server = start(upstream=secure_tmdb, program=trusting(certificates), **way)
        assert structured(server.call({"query": "matrix"}))["results"]
        assert proxy.tunnels == [f"localhost:{secure_tmdb.port}"]


def test_a_certificate_of_another_authority_is_refused(
    start: Start, certificates: Certificates, foreign_certificates: Certificates
) -> None:
    with StandIn(tls=foreign_certificates.good) as tmdb:
        refused(start, tmdb, "unknown issuer", SSL_CERT_FILE=str(certificates.authority))


def test_an_expired_certificate_is_refused(start: Start, certificates: Certificates) -> None:
    with StandIn(tls=certificates.expired) as tmdb:
        refused(start, tmdb, "expired", SSL_CERT_FILE=str(certificates.authority))


# OpenSSL, which a host build has, words it otherwise.
@pytest.mark.release_only
def test_a_certificate_of_another_host_is_refused(start: Start, certificates: Certificates) -> None:
    with StandIn(tls=certificates.of_another_host) as tmdb:
        refused(start, tmdb, "wrong host", SSL_CERT_FILE=str(certificates.authority))


def test_a_server_without_tls_is_told_apart(start: Start, tmdb: StandIn) -> None:
    server = start(upstream=tmdb.url.replace("http:", "https:"))
    assert says(soon(server), ("TLS|SSL|secure|certificate",))
    assert tmdb.requests == []


@same_everywhere
@pytest.mark.parametrize("content", [None, b"", b"no certificate\n"], ids=["absent", "empty", "no certificate"])
def test_a_file_of_authorities_that_cannot_be_used_is_named(
    start: Start, secure_tmdb: StandIn, tmp_path, content: bytes | None
) -> None:
    """At the start with exit code 2, or in the result of the call."""
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_bytes(content)
    server = start(upstream=secure_tmdb, opened=False, SSL_CERT_FILE=str(file))
    if server.opens():
        message = failure(server.call({"query": "matrix"}))
    else:
        assert server.wait_for_exit() == 2
        message = server.stderr
    assert "SSL_CERT_FILE" in message
    assert secure_tmdb.requests == []


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_https_goes_through_the_proxy(
    start: Start, certificates: Certificates, secure_tmdb: StandIn, name: str
) -> None:
    with Proxy() as proxy:
        variables = {name: f"http://127.0.0.1:{proxy.port}", "SSL_CERT_FILE": str(certificates.authority)}
        server = start(upstream=secure_tmdb, **variables)
        for _ in range(3):
            assert structured(server.call({"query": "matrix"}))["results"]
        assert proxy.tunnels == [f"localhost:{secure_tmdb.port}"]


@same_everywhere
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize("hosts", ["localhost", "example.com, localhost", "*"])
def test_a_host_that_is_excepted_is_reached_without_the_proxy(
    start: Start, certificates: Certificates, secure_tmdb: StandIn, name: str, hosts: str
) -> None:
    with Proxy() as proxy:
        variables = {
            "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}",
            name: hosts,
            "SSL_CERT_FILE": str(certificates.authority),
        }
        assert structured(start(upstream=secure_tmdb, **variables).call({"query": "matrix"}))["results"]
        assert proxy.tunnels == []


def through(proxy: Proxy, credentials: str, certificates: Certificates) -> dict[str, str]:
    return {
        "HTTPS_PROXY": f"http://{credentials}127.0.0.1:{proxy.port}",
        "SSL_CERT_FILE": str(certificates.authority),
    }


def test_a_proxy_gets_its_credentials(start: Start, certificates: Certificates, secure_tmdb: StandIn) -> None:
    with Proxy(credentials="user:open-sesame") as proxy:
        variables = through(proxy, "user:open-sesame@", certificates)
        server = start(upstream=secure_tmdb, secrets=("open-sesame",), **variables)
        assert structured(server.call({"query": "matrix"}))["results"]
        assert len(proxy.tunnels) == 1
        assert proxy.authorization not in str(secure_tmdb.requests)


@same_everywhere
@pytest.mark.parametrize("credentials", ["", "user:wrong-sesame@"], ids=["none", "wrong"])
def test_a_proxy_that_refuses_is_told_and_no_password_is_shown(
    start: Start, certificates: Certificates, secure_tmdb: StandIn, credentials: str
) -> None:
    with Proxy(credentials="user:open-sesame") as proxy:
        variables = through(proxy, credentials, certificates)
        server = start(upstream=secure_tmdb, secrets=("wrong-sesame",), **variables)
        assert says(failure(server.call({"query": "matrix"})), FAULTS["proxy"])
        assert proxy.tunnels == []
        assert secure_tmdb.connections == 0


def test_a_proxy_that_is_not_there_is_told(start: Start, certificates: Certificates, secure_tmdb: StandIn) -> None:
    with Proxy() as gone:
        pass
    server = start(upstream=secure_tmdb, **through(gone, "", certificates))
    assert says(soon(server), FAULTS["refused"])
    assert API_KEY not in server.stderr
