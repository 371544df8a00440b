"""What the program says at its start about settings that cannot work."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from harness.binaries import Binary
from harness.listening import Serve
from harness.process import Start
from harness.wire import once
from places import VERSION, wait_until
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
    assert start().log == []


def first_line(log: list[dict[str, Any]]) -> dict[str, Any]:
    """What the line of the start says, without its time."""
    return {name: value for name, value in next(line for line in log if "version" in line).items() if name != "time"}


def test_one_line_at_the_start_tells_what_is_served_and_where_secrets_come_from(
    serve: Serve, start: Start, tmp_path: Path
) -> None:
    key, config = tmp_path / "key", tmp_path / "config.yaml"
    key.write_text(API_KEY)
    server = serve(key=None, TMDB_API_KEY_FILE=str(key))
    assert first_line(server.log) == {
        "level": "info", "msg": f"listening on {server.url}", "version": VERSION, "mode": "sse",
        "key": "the content of the file in TMDB_API_KEY_FILE", "token": "SSE_TOKEN",
    }
    server = serve(key=None, SERVER_MODE="both", SSE_TOKEN="", TMDB_MCP_CONFIG="", HOME=str(tmp_path))
    place = tmp_path / ".tmdb-mcp" / "config.yaml"
    told = first_line(server.log)
    assert (told["mode"], told["key"], told["token"]) == ("both", "none", f"{place}: server.sse.token")
    config.write_text(place.read_text())
    config.chmod(0o600)
    again = first_line(serve(SSE_TOKEN="", TMDB_MCP_CONFIG=str(config)).log)
    assert (again["key"], again["token"]) == ("TMDB_API_KEY", f"{config}:3: server.sse.token")
    assert first_line(start(key=API_KEY).whole_log) == {
        "level": "info", "msg": "serving standard input and output", "version": VERSION, "mode": "stdio",
        "key": "TMDB_API_KEY",
    }


def test_readiness_tells_of_a_missing_key_until_there_is_one(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("tmdb:\n  language: en-US\n")
    file.chmod(0o600)
    server = serve(key=None, TMDB_MCP_CONFIG=str(file))
    answer = once(server, "GET", "/ready")
    assert (answer.status, answer.json["status"]) == (200, "ready")
    assert answer.json["note"].startswith("no TMDB key is set")
    file.write_text(f"tmdb:\n  api_key: {API_KEY}\n")
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: once(server, "GET", "/ready").json == {"status": "ready"}, "the key is not seen")


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
