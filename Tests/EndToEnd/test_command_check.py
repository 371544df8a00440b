"""`tmdb-mcp check`: what works and what does not."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN, Serve
from harness.process import environment
from standin import ACCESS_TOKEN, API_KEY, Certificates, StandIn, faults
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("findings are told in words, which are the same text")


def check(binary: Binary, url: str, key: str | None = API_KEY, **variables: str) -> tuple[int, dict[str, list[str]]]:
    """The exit code, and for each thing that was looked at the verdict and its words."""
    variables = {"SERVER_SSE_PORT": "0"} | variables
    done = run(binary, "check", **environment(url, key, **variables))
    assert done.stderr == ""
    for secret in (API_KEY, ACCESS_TOKEN, TOKEN):
        assert secret not in done.stdout
    return done.returncode, {line[:10].strip(): line[11:].split(maxsplit=1) for line in done.stdout.splitlines()}


def verdicts(found: dict[str, list[str]]) -> list[str]:
    assert list(found) == ["settings", "TMDB", "key", "HTTP port"]
    return [verdict for verdict, _ in found.values()]


@pytest.mark.every_platform
@pytest.mark.parametrize("key", [API_KEY, ACCESS_TOKEN], ids=["v3", "v4"])
def test_all_is_well(binary: Binary, tmdb: StandIn, key: str) -> None:
    code, found = check(binary, tmdb.url, key, SSE_TOKEN=TOKEN)
    assert (code, verdicts(found)) == (0, ["ok"] * 4)


def test_a_key_that_is_missing_or_refused_has_failed(binary: Binary, tmdb: StandIn) -> None:
    code, found = check(binary, tmdb.url, None)
    assert (code, verdicts(found)) == (1, ["ok", "ok", "failed", "ok"])
    assert "TMDB_API_KEY" in found["key"][1]
    code, found = check(binary, tmdb.url, "wrong-key")
    assert (code, verdicts(found)) == (1, ["ok", "ok", "failed", "ok"])
    assert "401" in found["key"][1]


@pytest.mark.parametrize(
    ("url", "words"),
    [("http://127.0.0.1:1/3", "refused the connection"), ("http://no-such-host.invalid/3", "could not resolve")],
)
def test_a_tmdb_that_cannot_be_reached_has_failed(binary: Binary, url: str, words: str) -> None:
    code, found = check(binary, url)
    assert (code, verdicts(found)) == (1, ["ok", "failed", "skipped", "ok"])
    assert words in found["TMDB"][1]


@pytest.mark.parametrize("fault", [None, faults.status(503), faults.web_page(200), faults.status(429)])
def test_a_missing_key_has_failed_whatever_the_network_does(
    binary: Binary, tmdb: StandIn, fault: faults.Fault | None
) -> None:
    tmdb.fault = fault
    code, found = check(binary, tmdb.url if fault else "http://127.0.0.1:1/3", None)
    assert (code, verdicts(found)) == (1, ["ok", "failed", "failed", "ok"])
    assert "TMDB_API_KEY" in found["key"][1]


@pytest.mark.parametrize("fault", [faults.web_page(200), faults.status(404), faults.status(503), faults.not_http])
def test_what_is_not_tmdb_or_has_a_fault_has_failed(binary: Binary, tmdb: StandIn, fault: faults.Fault) -> None:
    tmdb.fault = fault
    code, found = check(binary, tmdb.url)
    assert (code, verdicts(found)) == (1, ["ok", "failed", "skipped", "ok"])


def test_a_web_page_is_told_as_what_it_is(binary: Binary, tmdb: StandIn) -> None:
    for status, words in ((200, "sign in with a browser"), (403, "blocks TMDB")):
        tmdb.fault = faults.web_page(status)
        assert words in check(binary, tmdb.url)[1]["TMDB"][1]


@pytest.mark.every_platform
def test_a_certificate_that_is_not_trusted_has_failed(
    binary: Binary, secure_tmdb: StandIn, foreign_certificates: Certificates, certificates: Certificates
) -> None:
    code, found = check(binary, secure_tmdb.url, SSL_CERT_FILE=str(foreign_certificates.authority))
    assert (code, verdicts(found)) == (1, ["ok", "failed", "skipped", "ok"])
    assert "SSL_CERT_FILE" in found["TMDB"][1]
    assert check(binary, secure_tmdb.url, SSL_CERT_FILE=str(certificates.authority))[0] == 0


@pytest.mark.every_platform
def test_a_port_in_use_has_failed_unless_this_server_has_it(binary: Binary, tmdb: StandIn, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, found = check(binary, tmdb.url, SERVER_SSE_PORT=str(taken.getsockname()[1]))
    assert (code, verdicts(found)) == (1, ["ok", "ok", "ok", "failed"])
    assert "--sse-port" in found["HTTP port"][1]
    port = serve().url.split(":")[2].split("/")[0]
    code, found = check(binary, tmdb.url, SERVER_SSE_PORT=port)
    assert (code, verdicts(found)) == (0, ["ok"] * 4)


def test_without_http_no_port_is_needed(binary: Binary, tmdb: StandIn) -> None:
    code, found = check(binary, tmdb.url, SERVER_MODE="stdio")
    assert (code, verdicts(found)) == (0, ["ok", "ok", "ok", "skipped"])


def test_a_config_file_that_others_may_read_has_failed(binary: Binary, tmdb: StandIn, tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text(f"tmdb:\n  api_key: {API_KEY}\n")
    config.chmod(0o644)
    variables = environment(tmdb.url, None, TMDB_MCP_CONFIG=str(config), SERVER_SSE_PORT="0")
    done: subprocess.CompletedProcess[str] = run(binary, "check", **variables)
    assert done.returncode == 1
    assert f"settings   failed   {config} holds a secret" in done.stdout
