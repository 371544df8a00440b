"""What the program says at its start about settings that cannot work."""

from __future__ import annotations

from typing import Any

import pytest
from harness.binaries import Binary
from harness.listening import Serve
from harness.process import Start
from standin import API_KEY
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("what is said of settings is text")


def notes(log: list[dict[str, Any]]) -> list[str]:
    return [line["msg"] for line in log if line["level"] == "warn"]


def is_about_the_key(line: str) -> bool:
    assert line.startswith("no TMDB key is set") and "TMDB_API_KEY_FILE" in line
    return True


@pytest.mark.parametrize("mode", ["sse", "both"])
def test_a_missing_key_is_told_at_the_start_over_http(serve: Serve, mode: str) -> None:
    (line,) = notes(serve(key=None, SERVER_MODE=mode).log)
    assert is_about_the_key(line) and "X-TMDB-Api-Key" in line


def test_a_missing_key_is_told_at_the_start_on_standard_input(start: Start) -> None:
    server = start(key=None)
    (line,) = notes(server.log)
    assert is_about_the_key(line) and "X-TMDB-Api-Key" not in line


@pytest.mark.every_platform
def test_with_a_key_nothing_is_said(start: Start) -> None:
    assert start().stderr == ""


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_key_in_quotes_is_refused_with_the_reason(binary: Binary, mark: str) -> None:
    done = run(binary, TMDB_API_KEY=f"{mark}{API_KEY}{mark}", SERVER_MODE="stdio")
    assert done.returncode == 2
    assert done.stderr.startswith("tmdb-mcp: TMDB_API_KEY has quotation marks around it")
    assert "--env-file" in done.stderr and API_KEY not in done.stderr


def test_a_path_in_quotes_is_refused_with_the_reason(binary: Binary) -> None:
    done = run(binary, TMDB_API_KEY_FILE='"/run/secrets/key"', SSL_CERT_FILE="'/etc/roots.pem'", SERVER_MODE="stdio")
    assert done.returncode == 2
    for line, variable in zip(done.stderr.splitlines(), ("TMDB_API_KEY_FILE", "SSL_CERT_FILE"), strict=False):
        assert variable in line and "quotation marks" in line and "--env-file" in line


def test_a_token_in_quotes_is_told_and_taken(serve: Serve) -> None:
    token = '"a-token-in-quotation-marks"'
    server = serve(SSE_TOKEN=token)
    (line,) = notes(server.log)
    assert line.startswith("SSE_TOKEN has quotation marks around it") and "--env-file" in line
    assert token.strip('"') not in server.stderr
