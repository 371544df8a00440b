"""The configurations of clients: each is read as its client reads it, and what it names is started and asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TOKEN
from harness import sdk
from harness.expectations import structured, titles
from harness.listening import Listening
from harness.messages import MODERN
from standin import API_KEY, StandIn
from support.docker import Network, docker, docker_environment, unique
from places import PROGRAM, DEPLOY, wait_until
from places import image as released_image

FILES = sorted((DEPLOY / "clients").glob("*.json"))
CLIENTS = {
    "claude-desktop": {"stdio", "docker"},  # its file knows programs only
    "claude-code": {"stdio", "docker", "http"},
    "vscode": {"stdio", "docker", "http"},
    "cursor": {"stdio", "docker", "http"},
}

# How a client writes what it puts in, where it can: a variable of the shell's, or what it asks for.
PLACES = {"claude-code": r"\$\{(?!HOME\b)(\w+)\}", "cursor": r"\$\{env:(\w+)\}", "vscode": r"\$\{input:([\w-]+)\}"}
KEY_NAMES = {"TMDB_API_KEY", "tmdb-api-key"}
TOKEN_NAMES = {"TMDB_MCP_TOKEN", "tmdb-mcp-token"}


def of_kind(kind: str) -> pytest.MarkDecorator:
    files = [file for file in FILES if file.stem.endswith(f"-{kind}")]
    return pytest.mark.parametrize("file", files, ids=lambda file: file.stem)


def client_of(file: Path) -> str:
    return file.stem.rpartition("-")[0]


def server_of(file: Path) -> dict[str, Any]:
    """The one server of the file, with key and token put in."""
    client = client_of(file)
    text = file.read_text()
    if client in PLACES:
        text = re.sub(PLACES[client], lambda match: API_KEY if match[1] in KEY_NAMES else TOKEN, text)
    else:
        text = text.replace("your-key", API_KEY)
    (server,) = json.loads(text)["servers" if client == "vscode" else "mcpServers"].values()
    return server


def search(place: sdk.Place) -> None:
    async def use(client: sdk.Session) -> None:
        assert "The Matrix" in titles(structured(await client.search(query="the matrix")))

    for mode in ("legacy", MODERN):
        sdk.run(place, mode, use)


def test_there_is_one_for_each_client_and_way() -> None:
    assert {file.stem for file in FILES} == {f"{client}-{way}" for client, ways in CLIENTS.items() for way in ways}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_secret_belongs_into_a_file_of_a_project(file: Path) -> None:
    """What stands in a project's folder is committed some day, so secrets come from elsewhere."""
    client = client_of(file)
    if client == "claude-desktop":
        assert "your-key" in file.read_text(), "here the user writes the key in"
        return
    used = set(re.findall(PLACES[client], file.read_text()))
    assert used and used <= KEY_NAMES | TOKEN_NAMES
    assert "your-" not in file.read_text()
    if client == "vscode":
        inputs = json.loads(file.read_text())["inputs"]
        assert {each["id"] for each in inputs} == used
        assert all(each["type"] == "promptString" and each["password"] is True for each in inputs)


@of_kind("stdio")
def test_the_program_is_started(file: Path, tmp_path: Path, tmdb: StandIn) -> None:
    server = server_of(file)
    # Where install.sh puts it. Claude Desktop puts no home in: its user does.
    home, place = server["command"].split("/.local/bin/")
    expected = {"claude-code": "${HOME}", "claude-desktop": "/home/you"}.get(client_of(file), "${userHome}")
    assert (home, place) == (expected, "tmdb-mcp")
    environment = server["env"] | {"TMDB_BASE_URL": tmdb.url}
    search(sdk.Stdio([str(PROGRAM), *server["args"]], environment, tmp_path / "log"))


@of_kind("http")
def test_the_server_is_asked(file: Path, serve: Callable[..., Listening], tmdb: StandIn) -> None:
    server = server_of(file)
    assert server["url"] == "http://127.0.0.1:8910/mcp"
    running = serve(TMDB_BASE_URL=tmdb.url, TMDB_API_KEY=API_KEY, SSE_TOKEN=TOKEN, SERVER_SSE_PORT="0")
    kind, _, token = server["headers"]["Authorization"].partition(" ")
    assert kind == "Bearer"
    search(sdk.HTTP(running.url, token))


@pytest.mark.docker
@of_kind("docker")
def test_the_container_is_started(file: Path, tmp_path: Path, image: str, network: Network) -> None:
    """It asks a stand-in on this machine: that, its name, its network and the image are all that the test changes."""
    server = server_of(file)
    assert server["command"] == "docker" and server["args"].count(released_image()) == 1
    with StandIn(host="0.0.0.0") as stand_in:
        upstream = f"TMDB_BASE_URL=http://{network.gateway}:{stand_in.port}/3"
        at = server["args"].index(released_image())
        name = unique("client")
        changed = ["--name", name, "--network", network.name, "--env", upstream, image]
        command = ["docker", *server["args"][:at], *changed, *server["args"][at + 1 :]]
        search(sdk.Stdio(command, docker_environment() | server["env"], tmp_path / "log"))
    left = ("ps", "--all", "--quiet", "--filter", f"name={name}")
    wait_until(lambda: docker(*left).stdout == "", "a container is left although its client has gone")
