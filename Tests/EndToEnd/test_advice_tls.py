"""What is said where TLS fails: each cause by its own name."""

from __future__ import annotations

import re
import ssl
import time
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says
from harness.networks import networked
from harness.peers import Serve, hang_up, listening, refuse, reset, speak_http, stay_silent
from harness.process import Start
from standin import Certificates, StandIn
from test_advice_authorities import CRITICAL
from test_advice_names import failed_check
from test_command_check import check

pytestmark = pytest.mark.same_everywhere("an error is told in words, which are the same text")


@pytest.mark.parametrize("serve", [reset, hang_up])
def test_a_handshake_that_is_cut_off_may_be_a_filter(start: Start, binary: Binary, serve: Serve) -> None:
    with listening(serve) as port:
        message = failed_check(binary, f"https://localhost:{port}/3")
        assert says(message, ("cut off", "handshake", "localhost", "firewall|filter|block", "HTTPS_PROXY"))
        assert "TLS 1.2" not in message
        server = start(upstream=f"https://localhost:{port}/3")
        assert says(failure(server.call({"query": "matrix"})), ("cut off", "handshake"))


def test_a_server_that_speaks_no_tls_is_told(binary: Binary) -> None:
    with listening(speak_http) as port:
        message = failed_check(binary, f"https://localhost:{port}/3")
    assert says(message, (f"localhost port {port} does not speak TLS", "TMDB_BASE_URL"))
    assert "TLS 1.2" not in message


def test_a_server_that_refuses_the_handshake_is_told(binary: Binary) -> None:
    with listening(refuse) as port:
        message = failed_check(binary, f"https://localhost:{port}/3")
    assert says(message, ("localhost refused the handshake", r"TLS 1\.2"))


@pytest.mark.every_platform
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_server_of_old_versions_is_told(binary: Binary, certificates: Certificates) -> None:
    context = certificates.limited_to(ssl.TLSVersion.TLSv1_2)
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with StandIn(tls=context) as tmdb:
        assert says(failed_check(binary, tmdb.url), (r"TLS 1\.2",))


@pytest.mark.every_platform
def test_a_handshake_that_is_not_answered_is_told(binary: Binary) -> None:
    with listening(stay_silent) as port:
        message = failed_check(binary, f"https://localhost:{port}/3", TMDB_TIMEOUT="2")
    assert says(message, (r"time was up after \d+ ms", "TLS handshake", "localhost"))
    assert "DNS" not in message


CLOCK = re.compile(r"this machine's clock says (\d{4}-\d\d-\d\d)")


@pytest.mark.every_platform
@pytest.mark.parametrize(("leaf", "words"), [("expired", "has expired"), ("not_yet_valid", "is not valid yet")])
def test_a_certificate_out_of_its_time_is_told_with_the_date_of_this_machine(
    binary: Binary, certificates: Certificates, leaf: str, words: str
) -> None:
    before = time.gmtime()
    with StandIn(tls=getattr(certificates, leaf)) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(certificates.authority))
    assert says(message, ("certificate of localhost", words))
    days = {time.strftime("%Y-%m-%d", moment) for moment in (before, time.gmtime())}
    assert CLOCK.search(message)[1] in days


def test_who_intercepts_with_a_certificate_of_its_own_is_told(
    binary: Binary, certificates: Certificates, foreign_certificates: Certificates
) -> None:
    with StandIn(tls=foreign_certificates.good) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(certificates.authority))
    assert says(message, ("not signed by", "intercept", str(certificates.authority)))


def test_a_page_to_log_in_to_the_network_is_named_where_the_name_does_not_fit(
    binary: Binary, certificates: Certificates
) -> None:
    with StandIn(tls=certificates.of_another_host) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(certificates.authority))
    assert says(message, ("not belong to localhost", "log in|captive"))


@pytest.mark.release_only
@pytest.mark.parametrize("words", CRITICAL)
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name)
def test_a_chain_with_a_critical_extension_is_told(
    binary: Binary, certificates: Certificates, words: str, version: ssl.TLSVersion
) -> None:
    context = certificates.by_intermediate_with(CRITICAL[words].replace("=", " = ", 1))
    context.minimum_version = context.maximum_version = version
    with StandIn(tls=context) as tmdb:
        message = failed_check(binary, tmdb.url, SSL_CERT_FILE=str(certificates.authority))
    assert says(message, ("localhost sends a certificate", "critical extension"))
    assert "TLS 1.2" not in message


def test_a_blocked_name_that_something_answers_for_is_told_as_blocked(
    binary: Binary, certificates: Certificates, foreign_certificates: Certificates, tmp_path: Path
) -> None:
    """As where a name server leads to itself, and answers with a page and a certificate of its own."""
    inside = networked(binary, tmp_path, hosts={"tmdb.test": ("127.0.0.1",)}, alone=False)
    with StandIn(tls=certificates.good) as tmdb:
        message = failed_check(
            inside, tmdb.url.replace("localhost", "tmdb.test"), SSL_CERT_FILE=str(foreign_certificates.authority))
    assert says(message, (r"tmdb\.test .*resolves to 127\.0\.0\.1, this machine itself",))


def test_a_trusted_server_under_a_local_name_is_no_fault(
    binary: Binary, certificates: Certificates, secure_tmdb: StandIn
) -> None:
    assert check(binary, secure_tmdb.url, SSL_CERT_FILE=str(certificates.authority))[0] == 0
