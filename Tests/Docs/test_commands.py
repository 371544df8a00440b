"""The commands and the examples of the pages do what is said."""

from __future__ import annotations

import base64
import json
import re
import shlex
import socket
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from conftest import DEADLINE, Machine
from harness.messages import initialize
from pages import PAGES, blocks, commands
from places import ROOT
from standin import API_KEY

HELLO = initialize(1)
SHOWN = [(page, command) for page in PAGES for command in commands(page)]
OURS = sorted({command for _, command in SHOWN if re.match(r"([A-Z_]+=\S+ )*tmdb-mcp\b", command)})
SERVES = re.compile(r"--server-mode")
ADDED = sorted({command for _, command in SHOWN if command.startswith("claude mcp add")})


def server_address(log) -> str:
    for line in log:
        if found := re.search(r"listening on http://(?:\[.*\]|[^:]+):(\d+)", line):
            return f"http://127.0.0.1:{found[1]}"
    raise AssertionError("the server ended before it listened")


@pytest.mark.parametrize("command", [command for command in OURS if not SERVES.search(command)])
def test_a_command_that_ends_ends_well(machine: Machine, command: str) -> None:
    done = machine.run("bash", "-c", command, TMDB_API_KEY=API_KEY)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("command", [command for command in OURS if SERVES.search(command)])
def test_a_command_that_serves_is_well_until_it_is_told_to_stop(machine: Machine, command: str) -> None:
    with machine.start("bash", "-c", f"exec {command}", TMDB_API_KEY=API_KEY) as server:
        with urllib.request.urlopen(f"{server_address(server.stderr)}/health", timeout=DEADLINE) as answer:
            assert json.load(answer) == {"status": "ok"}


def test_there_are_commands_of_both_kinds() -> None:
    assert any(SERVES.search(command) for command in OURS) and len(OURS) > 5 and len(ADDED) > 2


def answered(machine: Machine, command: list[str], variables: dict[str, str]) -> bool:
    (answer,), _ = machine.answers([HELLO], *command, **variables)
    return json.loads(answer)["result"]["serverInfo"]["name"] == "tmdb-mcp"


@pytest.mark.parametrize("text", [text for text in blocks(ROOT / "README.md", "json") if "mcpServers" in text])
def test_what_a_client_is_configured_with_starts_a_server(machine: Machine, text: str) -> None:
    (entry,) = json.loads(text.replace("your-key", API_KEY))["mcpServers"].values()
    assert answered(machine, [entry["command"], *entry["args"]], entry["env"])


def test_the_links_that_install_it_into_a_client_hold_what_the_page_shows() -> None:
    page = ROOT / "README.md"
    (shown,) = json.loads(next(text for text in blocks(page, "json") if "mcpServers" in text))["mcpServers"].values()
    links = dict(re.findall(r"^\[(cursor|vscode)\]: \S+\?(\S+)$", page.read_text(), re.MULTILINE))
    cursor, vscode = (urllib.parse.parse_qs(links[name]) for name in ("cursor", "vscode"))
    assert cursor["name"] == vscode["name"] == ["tmdb"]
    assert json.loads(base64.b64decode(cursor["config"][0])) == shown
    # VS Code asks for the key.
    (asked,) = json.loads(vscode["inputs"][0])
    key = {"TMDB_API_KEY": f"${{input:{asked['id']}}}"}
    assert asked["password"] and json.loads(vscode["config"][0]) == shown | {"type": "stdio", "env": key}


@pytest.mark.parametrize("command", ADDED)
def test_what_claude_code_is_told_reaches_a_server(machine: Machine, command: str) -> None:
    words = shlex.split(command)
    if "--" in words:
        name, _, value = words[words.index("--env") + 1].partition("=")
        assert answered(machine, words[words.index("--") + 1 :], {name: value.replace("your-key", API_KEY)})
        return
    token = "the-token-of-a-test"
    path = re.sub(r"^https?://[^/]+", "", words[words.index("http") + 1])
    headers = dict(words[index + 1].split(": ", 1) for index, word in enumerate(words) if word == "--header")
    headers = {name: value.replace("the-token", token).replace("your-key", API_KEY) for name, value in headers.items()}
    with machine.start("tmdb-mcp", "--server-mode", "sse", SSE_TOKEN=token) as server:
        call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO["params"]}
        request = urllib.request.Request(
            server_address(server.stderr) + path, json.dumps(call).encode(),
            headers | {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"})
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            assert b'"tmdb-mcp"' in answer.read()


@pytest.mark.parametrize("text", blocks(ROOT / "docs" / "configuration.md", "yaml"))
def test_the_config_file_that_is_shown_is_one(machine: Machine, tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(text.replace("your-key", API_KEY))
    config.chmod(0o600)
    done = machine.run("tmdb-mcp", "config", "--config", str(config))
    assert done.returncode == 0, done.stderr
    settings = json.loads(done.stdout)
    assert settings["server.sse.allowed_hosts"]["value"] == ["nas.local:8910"]


def lines_of_a_server(machine: Machine) -> list[dict[str, object]]:
    """What a server logs that refuses a request, and is told to stop while a client is connected."""
    with machine.start("tmdb-mcp", "--server-mode", "sse", "--drain-time", "1", TMDB_API_KEY=API_KEY) as server:
        first = server.stderr.readline()
        with socket.create_connection(("127.0.0.1", int(server_address([first]).rpartition(":")[2]))) as client:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: nas.example\r\n\r\n")
            assert b" 403 " in client.recv(1000)
            server.terminate()
            return [json.loads(line) for line in [first, *server.stderr]]


SHOWN_LINES = [json.loads(line) for text in blocks(ROOT / "docs" / "usage.md", "json") for line in text.splitlines()]


def test_the_lines_of_the_log_that_are_shown_have_the_fields_of_real_ones(machine: Machine) -> None:
    calls = [HELLO, {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
        "name": "search", "arguments": {"query": "matrix"}}}]
    _, log = machine.answers(calls, "tmdb-mcp", "--server-mode", "stdio", TMDB_API_KEY=API_KEY, LOGGING_LEVEL="info")
    lines = [line for line in map(json.loads, log.splitlines()) if line["msg"] == "request" and "tool" in line]
    lines += lines_of_a_server(machine)
    assert len(SHOWN_LINES) >= 5
    for shown in SHOWN_LINES:
        (real,) = [line for line in lines if str(line["msg"]).split(" http")[0] == shown["msg"].split(" http")[0]]
        assert list(shown) == list(real)
