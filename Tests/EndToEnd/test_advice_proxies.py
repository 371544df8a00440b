"""What is said where the proxy is at fault, or its setting: each cause by its own name, and never its password."""

from __future__ import annotations

import pytest
from harness.binaries import Binary
from harness.expectations import failure, says
from harness.peers import Serve, hang_up, listening, reset, speak_http, stay_silent
from harness.process import Start
from standin import API_KEY, Certificates, Proxy, Socks, StandIn, socks
from test_advice_names import failed_check
from test_command_check import check

pytestmark = pytest.mark.same_everywhere("a setting and an answer of a proxy are text")

PASSWORD = "open-sesame"
TMDB = "https://tmdb.invalid/3"


def failed(binary: Binary, url: str, proxy: str, **variables: str) -> str:
    message = failed_check(binary, url, HTTPS_PROXY=proxy, **variables)
    assert PASSWORD not in message
    return message


@pytest.mark.parametrize("serve", [speak_http, hang_up, reset, stay_silent])
def test_an_https_proxy_that_speaks_http_is_told(binary: Binary, serve: Serve) -> None:
    """To the handshake it answers, or closes the connection, or waits for the end of the line."""
    with listening(serve) as port:
        message = failed(binary, TMDB, f"https://127.0.0.1:{port}", TMDB_TIMEOUT="4")
    assert says(message, ("proxy", "TLS", "http:// in place of https://", "HTTPS_PROXY"))
    assert "TLS 1.2" not in message and "tmdb.invalid" not in message


@pytest.mark.every_platform
def test_a_call_tells_of_an_https_proxy_that_speaks_http_too(start: Start) -> None:
    with listening(speak_http) as port:
        server = start(upstream=TMDB, HTTPS_PROXY=f"https://127.0.0.1:{port}")
        assert says(failure(server.call({"query": "matrix"})), ("proxy", "does not speak TLS", "HTTPS_PROXY"))


@pytest.mark.every_platform
def test_the_certificate_of_a_proxy_is_told_apart_from_that_of_tmdb(
    binary: Binary, certificates: Certificates, foreign_certificates: Certificates
) -> None:
    with Proxy(tls=foreign_certificates.good) as proxy:
        address = f"https://localhost:{proxy.port}"
        message = failed(binary, TMDB, address, SSL_CERT_FILE=str(certificates.authority))
    assert says(message, ("certificate of the proxy", "not signed by", "SSL_CERT_FILE"))
    assert "tmdb.invalid" not in message


# OpenSSL within OpenSSL, which a host build has, only tells that the connection broke.
@pytest.mark.release_only
def test_the_certificate_of_tmdb_behind_a_proxy_over_tls_is_tmdbs(
    binary: Binary, certificates: Certificates, foreign_certificates: Certificates
) -> None:
    with Proxy(tls=certificates.good) as proxy, StandIn(tls=foreign_certificates.good) as tmdb:
        address = f"https://localhost:{proxy.port}"
        message = failed(binary, tmdb.url, address, SSL_CERT_FILE=str(certificates.authority))
        assert proxy.tunnels
    assert says(message, ("certificate of localhost", "not signed by"))


def test_an_http_proxy_that_speaks_tls_is_told(binary: Binary, certificates: Certificates) -> None:
    with Proxy(tls=certificates.good) as proxy:
        message = failed(binary, TMDB, f"http://127.0.0.1:{proxy.port}")
    assert says(message, ("proxy", "scheme", "HTTPS_PROXY"))


@pytest.mark.parametrize("kind", ["http", "https", "socks4", "socks4a", "socks5", "socks5h"])
def test_the_name_of_a_proxy_that_does_not_resolve_is_the_proxys(binary: Binary, kind: str) -> None:
    message = failed(binary, TMDB, f"{kind}://user:{PASSWORD}@proxy.invalid:1080")
    assert says(message, ("could not resolve the proxy's name", "HTTPS_PROXY"))


def test_a_name_that_socks5_has_resolved_here_is_told_with_the_way_to_resolve_it_there(binary: Binary) -> None:
    with Socks() as proxy:
        message = failed(binary, TMDB, f"socks5://127.0.0.1:{proxy.port}")
        assert proxy.asked == []
    assert says(message, (r"could not resolve the host tmdb\.invalid", "socks5h://", "HTTPS_PROXY"))


@pytest.mark.parametrize("reply", [socks.NETWORK_UNREACHABLE, socks.HOST_UNREACHABLE])
def test_a_name_that_a_socks_proxy_cannot_reach_is_the_proxys_trouble(binary: Binary, reply: int) -> None:
    with Socks(reply=reply) as proxy:
        message = failed(binary, TMDB, f"socks5h://127.0.0.1:{proxy.port}")
        assert proxy.asked == ["tmdb.invalid"]
    assert says(message, (r"proxy could not reach tmdb\.invalid", "DNS"))


@pytest.mark.every_platform
def test_a_host_that_a_socks_proxy_does_not_allow_is_told(binary: Binary) -> None:
    with Socks(reply=socks.NOT_ALLOWED) as proxy:
        message = failed(binary, TMDB, f"socks5h://127.0.0.1:{proxy.port}")
    assert says(message, (r"proxy does not allow connections to tmdb\.invalid",))


def test_a_connection_that_tmdb_refuses_a_socks_proxy_is_told(binary: Binary) -> None:
    with Socks(reply=socks.REFUSED) as proxy:
        message = failed(binary, TMDB, f"socks5h://127.0.0.1:{proxy.port}")
    assert says(message, (r"proxy could not reach tmdb\.invalid",))


@pytest.mark.parametrize("credentials", ["", f"user:{PASSWORD}@"], ids=["none", "some"])
def test_a_socks_proxy_that_takes_none_of_our_ways_to_log_in_is_told(binary: Binary, credentials: str) -> None:
    with Socks(method=255) as proxy:
        message = failed(binary, TMDB, f"socks5h://{credentials}127.0.0.1:{proxy.port}")
    assert says(message, ("proxy", "user", "password", "HTTPS_PROXY"))


ONLY = {
    "NTLM": ("Proxy-Authenticate: NTLM",),
    "Negotiate, NTLM": ("Proxy-Authenticate: Negotiate", "Proxy-Authenticate: NTLM"),
    "Digest": ('Proxy-Authenticate: Digest realm="a, Basic b", nonce="0", qop="auth"',),
    "Negotiate, Digest": ("Proxy-Authenticate: Negotiate, Digest realm=x, nonce=y",),
}


@pytest.mark.parametrize("credentials", ["", f"user:{PASSWORD}@"], ids=["none", "some"])
@pytest.mark.parametrize("schemes", ONLY)
def test_a_proxy_that_asks_for_what_is_not_spoken_is_told(binary: Binary, schemes: str, credentials: str) -> None:
    with Proxy(refusal=("407 Proxy Authentication Required", *ONLY[schemes])) as proxy:
        message = failed(binary, TMDB, f"http://{credentials}127.0.0.1:{proxy.port}")
    assert says(message, ("407", f"{schemes} alone", "Basic"))
    assert "put them into HTTPS_PROXY" not in message


def test_credentials_that_a_proxy_refuses_are_told_apart_from_none(binary: Binary) -> None:
    with Proxy(credentials="user:secret") as proxy:
        none = failed(binary, TMDB, f"http://127.0.0.1:{proxy.port}")
        wrong = failed(binary, TMDB, f"http://user:{PASSWORD}@127.0.0.1:{proxy.port}")
    assert says(none, ("407", "asks for a user and a password", "HTTPS_PROXY"))
    assert says(wrong, ("407", "refused the user and the password", "HTTPS_PROXY", "percent-encoded"))


def test_a_proxy_for_http_that_asks_for_credentials_is_told_as_a_proxy(binary: Binary) -> None:
    with Proxy(credentials="user:secret") as proxy:
        message = failed_check(binary, "http://tmdb.invalid/3", http_proxy=f"http://127.0.0.1:{proxy.port}")
    assert says(message, ("proxy asks for a user and a password", "407"))


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"])
def test_a_proxy_that_cannot_reach_tmdb_is_told(binary: Binary, status: str) -> None:
    with Proxy(refusal=(status,)) as proxy:
        message = failed(binary, TMDB, f"http://127.0.0.1:{proxy.port}")
    assert says(message, (rf"proxy could not reach tmdb\.invalid \({status[:3]}\)",))


def test_a_proxy_that_does_not_allow_tmdb_is_told(binary: Binary) -> None:
    with Proxy(refusal=("403 Forbidden",)) as proxy:
        message = failed(binary, TMDB, f"http://127.0.0.1:{proxy.port}")
    assert says(message, (r"proxy does not allow connections to tmdb\.invalid \(403\)",))


WHITESPACE = {"CR": "\r", "CR LF": "\r\n", "tab and CR": "\t\r", "spaces": "  "}


@pytest.mark.parametrize("end", WHITESPACE)
def test_whitespace_around_the_settings_of_proxies_is_no_part_of_them(
    binary: Binary, secure_tmdb: StandIn, certificates: Certificates, end: str
) -> None:
    space = WHITESPACE[end]
    trust = {"SSL_CERT_FILE": str(certificates.authority) + space}
    with Proxy() as proxy:
        address = space + f"http://127.0.0.1:{proxy.port}" + space
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            assert check(binary, secure_tmdb.url, **trust, **{name: address})[0] == 0
        assert len(proxy.tunnels) == 4
        for name in ("NO_PROXY", "no_proxy"):
            for hosts in ("localhost", "a.example,localhost", "a.example, localhost", f"a.example{space}localhost"):
                settings = {"HTTPS_PROXY": address, name: space + hosts + space}
                assert check(binary, secure_tmdb.url, **trust, **settings)[0] == 0
        assert len(proxy.tunnels) == 4


@pytest.mark.parametrize("end", WHITESPACE)
def test_whitespace_around_the_settings_of_tmdb_is_no_part_of_them(binary: Binary, tmdb: StandIn, end: str) -> None:
    space = WHITESPACE[end]
    names = {"TMDB_LANGUAGE": "de", "TMDB_TIMEOUT": "10", "TMDB_RATE_LIMIT": "5", "TMDB_CACHE_SIZE": "1"}
    code, found = check(
        binary, tmdb.url + space, API_KEY + space, **{name: value + space for name, value in names.items()})
    assert code == 0, found
