"""What docs/troubleshooting.md quotes is what the program says."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import DEADLINE, Machine
from pages import words
from places import ROOT
from standin import API_KEY, Certificates, Proxy, Socks, StandIn, faults
from test_commands import server_address

PAGE = words((ROOT / "docs" / "troubleshooting.md").read_text())
CALL = ("tmdb-mcp", "call", "search", "query=matrix")


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a call came to, without how often it was tried."""
    assert done.returncode == 1, done.stdout
    return re.sub(r" It was tried \d+ times\.", "", done.stderr.strip().removeprefix("tmdb-mcp: "))


def test_no_key(machine: Machine) -> None:
    assert said(machine.run(*CALL)) in PAGE


def test_a_wrong_key(machine: Machine) -> None:
    assert said(machine.run(*CALL, TMDB_API_KEY="wrong")) in PAGE


def test_no_network(machine: Machine) -> None:
    message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL="http://no-such-host.invalid/3"))
    assert message.replace("no-such-host.invalid", "api.themoviedb.org") in PAGE


def test_tmdb_is_blocked(machine: Machine, tmdb: StandIn) -> None:
    message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL="http://127.0.0.1:9/3"))
    assert message.replace("127.0.0.1", "api.themoviedb.org").replace("port 9:", "port 443:") in PAGE
    tmdb.fault = faults.never
    message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY))
    assert re.sub(r"\d+ ms", "1000 ms", message) in PAGE


def test_a_proxy_that_is_not_there(machine: Machine) -> None:
    variables = {"HTTPS_PROXY": "http://127.0.0.1:9", "TMDB_BASE_URL": "https://api.themoviedb.org/3"}
    assert said(machine.run(*CALL, TMDB_API_KEY=API_KEY, **variables)) in PAGE


NAME = "tmdb.invalid"


@pytest.mark.parametrize(
    ("credentials", "refusal"),
    [
        ("", ("407 No", "Proxy-Authenticate: Basic realm=x")),
        ("user:wrong@", ("407 No", "Proxy-Authenticate: Basic realm=x")),
        ("user:right@", ("407 No", "Proxy-Authenticate: Negotiate", "Proxy-Authenticate: NTLM")),
        ("", ("403 No",)),
        ("", ("502 No",)),
    ],
    ids=["no credentials", "wrong credentials", "other schemes", "forbidden", "unreachable"],
)
def test_a_proxy_that_refuses(machine: Machine, credentials: str, refusal: tuple[str, ...]) -> None:
    with Proxy(refusal=refusal) as proxy:
        variables = {"HTTPS_PROXY": f"http://{credentials}127.0.0.1:{proxy.port}"}
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL=f"https://{NAME}/3", **variables))
    assert message.replace(NAME, "api.themoviedb.org") in PAGE


def test_the_name_of_a_proxy_that_does_not_resolve(machine: Machine) -> None:
    variables = {"HTTPS_PROXY": "http://proxy.invalid:3128", "TMDB_BASE_URL": f"https://{NAME}/3"}
    assert said(machine.run(*CALL, TMDB_API_KEY=API_KEY, **variables)) in PAGE


def test_a_proxy_over_tls_that_speaks_none(machine: Machine, tmdb: StandIn) -> None:
    variables = {"HTTPS_PROXY": tmdb.url.replace("http:", "https:"), "TMDB_BASE_URL": f"https://{NAME}/3"}
    assert said(machine.run(*CALL, TMDB_API_KEY=API_KEY, **variables)) in PAGE


def test_a_name_that_socks5_looks_up_here(machine: Machine) -> None:
    with Socks() as proxy:
        variables = {"HTTPS_PROXY": f"socks5://127.0.0.1:{proxy.port}", "TMDB_BASE_URL": f"https://{NAME}/3"}
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, **variables))
    assert message.replace(NAME, "api.themoviedb.org") in PAGE


def test_a_handshake_that_is_cut_off(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.listen(16)
        url = f"https://localhost:{listener.getsockname()[1]}/3"

        def hang_up() -> None:
            while True:
                try:
                    listener.accept()[0].close()
                except OSError:
                    return

        threading.Thread(target=hang_up, daemon=True).start()
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL=url))
        listener.shutdown(socket.SHUT_RDWR)
    assert message.replace("localhost", "api.themoviedb.org") in PAGE


def test_a_handshake_that_is_not_answered(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://localhost:{listener.getsockname()[1]}/3"
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL=url, TMDB_TIMEOUT="2"))
    assert re.sub(r"\d+ ms", "1000 ms", message).replace("localhost", "api.themoviedb.org") in PAGE


@pytest.mark.parametrize("leaf", ["expired", "of_another_host"])
def test_a_certificate_that_is_wrong(machine: Machine, tmp_path: Path, leaf: str) -> None:
    certificates = Certificates(tmp_path / "certificates")
    with StandIn(tls=getattr(certificates, leaf)) as secure:
        variables = {"TMDB_BASE_URL": secure.url, "SSL_CERT_FILE": str(certificates.authority)}
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, **variables))
    assert re.sub(r"\d{4}-\d\d-\d\d", "2026-01-31", message).replace("localhost", "api.themoviedb.org") in PAGE


def test_a_certificate_that_is_not_trusted(machine: Machine, tmp_path: Path) -> None:
    with StandIn(tls=Certificates(tmp_path / "certificates").good) as secure:
        message = said(machine.run(*CALL, TMDB_API_KEY=API_KEY, TMDB_BASE_URL=secure.url))
    assert message.replace("localhost", "api.themoviedb.org") in PAGE


def test_a_root_with_a_critical_extension(machine: Machine, tmp_path: Path) -> None:
    made = Certificates(tmp_path / "made", extra="nameConstraints=critical,permitted;DNS:localhost")
    done = machine.run(*CALL, TMDB_API_KEY=API_KEY, SSL_CERT_FILE=str(made.authority))
    assert done.returncode == 2, done.stdout
    message = done.stderr.strip().removeprefix("tmdb-mcp: ")
    assert message.replace(str(made.authority), "/etc/ssl/company.pem") in PAGE


@pytest.mark.parametrize("status", [200, 403])
def test_a_web_page_in_place_of_tmdb(machine: Machine, tmdb: StandIn, status: int) -> None:
    tmdb.fault = faults.web_page(status)
    assert said(machine.run(*CALL, TMDB_API_KEY=API_KEY)) in PAGE


def test_too_many_requests(machine: Machine, tmdb: StandIn) -> None:
    tmdb.fault = faults.status(429, retry_after=7)
    assert said(machine.run(*CALL, TMDB_API_KEY=API_KEY)) in PAGE


def test_the_port_is_in_use(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = machine.run("tmdb-mcp", "--server-mode", "sse", SERVER_SSE_PORT=port)
    assert done.returncode == 1
    assert json.loads(done.stderr.splitlines()[-1])["msg"].replace(port, "8910") in PAGE


def test_a_setting_is_wrong(machine: Machine) -> None:
    done = machine.run("tmdb-mcp", SSE_TOKEN="short")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] in PAGE


def test_a_value_in_quotes(machine: Machine) -> None:
    done = machine.run("tmdb-mcp", TMDB_API_KEY=f"'{API_KEY}'")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] in PAGE


def test_a_config_file_of_the_original(machine: Machine, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("server:\n  sse:\n    enabled: false\n")
    assert machine.run("tmdb-mcp", "config", "--config", str(config)).returncode == 0


def test_a_server_without_a_key(machine: Machine) -> None:
    with machine.start("tmdb-mcp", "--server-mode", "sse") as server:
        assert json.loads(server.stderr.readline())["msg"] in PAGE


def test_a_token_that_cannot_be_kept(machine: Machine) -> None:
    with machine.start("tmdb-mcp", "--server-mode", "sse", HOME="/proc", TMDB_API_KEY=API_KEY) as server:
        message = json.loads(server.stderr.readline())["msg"]
    for part in re.sub(r"[0-9a-f]{32,}$", "…", message).split("; "):
        assert part in PAGE


@pytest.mark.parametrize(("path", "headers", "status"), [
    ("/mcp", {}, 401),
    ("/mcp", {"Authorization": "Bearer wrong"}, 401),
    ("/mcp", {"Host": "nas.local"}, 403),
    ("/mcp", {"Origin": "https://app.example"}, 403),
    ("/", {}, 404),
    ("/mcp", {"Authorization": "Bearer the-token-of-a-test", "Mcp-Session-Id": "0" * 32}, 404),
])
def test_a_client_is_refused(machine: Machine, path: str, headers: dict[str, str], status: int) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()
    usual = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    with machine.start("tmdb-mcp", "--server-mode", "sse", SSE_TOKEN="the-token-of-a-test") as server:
        request = urllib.request.Request(server_address(server.stderr) + path, body, usual | headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=DEADLINE)
        answer = refused.value
        with answer:
            assert f"| {answer.status} | {json.load(answer)['error']} |" in PAGE
        assert answer.status == status
