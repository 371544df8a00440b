"""npm's packages: what npm and npx make of them."""

from __future__ import annotations

import json
import re
import select
import signal
import subprocess
import tarfile
from pathlib import Path

import pytest
from harness.messages import initialize
from places import DEADLINE, DIST, PLATFORM, PROGRAM, ROOT, VERSION, program, project, run
from support.names import NODE
from support.newcomer import Newcomer, json_of
from support.registry import Registry

SERVER = DIST / f"tmdb-mcp_{VERSION}_npm_server.tgz"


def package(platform: str) -> Path:
    return DIST / f"tmdb-mcp_{VERSION}_npm_linux-{NODE[platform]}.tgz"


def members(file: Path) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(file) as archive:
        return {one.name.removeprefix("package/"): one for one in archive.getmembers() if one.isfile()}


def text(file: Path, name: str) -> str:
    with tarfile.open(file) as archive:
        return archive.extractfile(f"package/{name}").read().decode()


@pytest.fixture
def installed(newcomer: Newcomer) -> Newcomer:
    """Whose folder has both packages in node_modules, from files alone."""
    (newcomer.home / "package.json").write_text("{}")
    newcomer.run("npm", "install", "--offline", "--no-audit", "--no-fund", SERVER, package(PLATFORM))
    return newcomer


@pytest.mark.parametrize("platform", NODE)
def test_a_platforms_package_holds_its_program(platform: str) -> None:
    with tarfile.open(package(platform)) as archive:
        assert archive.extractfile("package/bin/tmdb-mcp").read() == program(platform).read_bytes()
    modes = {name: one.mode for name, one in members(package(platform)).items()}
    assert modes.pop("bin/tmdb-mcp") == 0o755 and set(modes.values()) == {0o644}
    assert {"LICENSE", "README.md", "licenses/musl"} <= set(modes)
    told = json.loads(text(package(platform), "package.json"))
    assert (told["name"], told["version"]) == (f"@tmdb-mcp/linux-{NODE[platform]}", VERSION)
    assert (told["os"], told["cpu"], "libc" in told) == (["linux"], [NODE[platform]], False)


def test_the_small_one_has_them_as_optional_dependencies() -> None:
    told = json.loads(text(SERVER, "package.json"))
    assert (told["name"], told["version"]) == (project("project_npm"), VERSION)
    assert told["optionalDependencies"] == {f"@tmdb-mcp/linux-{cpu}": VERSION for cpu in NODE.values()}
    assert (sorted(told["cpu"]), told["mcpName"]) == (sorted(NODE.values()), project("project_mcp_name"))
    assert set(members(SERVER)) == {"package.json", "README.md", "LICENSE", "bin/tmdb-mcp.js"}
    assert not re.findall(r"@[a-z_]+@", text(SERVER, "README.md"))


@pytest.mark.parametrize("file", [SERVER, *map(package, NODE)], ids=lambda file: file.name)
def test_nothing_of_it_runs_while_it_is_installed(file: Path) -> None:
    assert "scripts" not in json.loads(text(file, "package.json"))


@pytest.mark.parametrize("platform", NODE)
def test_npm_installs_the_program_of_its_machine_alone(newcomer: Newcomer, registry: Registry, platform: str) -> None:
    newcomer.run(
        "npm", "install", "--no-audit", "--no-fund", "--registry", registry.url, "--os", "linux",
        "--cpu", NODE[platform], project("project_npm"),
    )  # fmt: skip
    there = {path.name for path in (newcomer.home / "node_modules" / "@tmdb-mcp").iterdir()}
    assert there == {"server", f"linux-{NODE[platform]}"}


def test_npx_runs_it_from_nothing(newcomer: Newcomer, registry: Registry) -> None:
    """As a client starts it that has been configured as the page of the package says."""
    (entry,) = json_of(text(SERVER, "README.md"))["mcpServers"].values()
    words = ["npx", "--yes", "@tmdb-mcp/server", "--server-mode", "stdio"]
    assert [entry["command"], *entry["args"]] == words
    assert "The Matrix" in newcomer.asks(*words[:3], npm_config_registry=registry.url)


def test_it_takes_the_place_of_node(installed: Newcomer) -> None:
    """Nothing of Node.js stays, where that has process.execve, and nothing is said."""
    start = installed.home / "node_modules" / ".bin" / "tmdb-mcp"
    with serving(installed, start) as server:
        assert Path(f"/proc/{server.pid}/exe").resolve().read_bytes() == PROGRAM.read_bytes()
        server.stdin.close()
        assert server.wait(DEADLINE) == 0
    assert installed.run(start, "--version").stderr == ""


OLDER = "delete process.execve;"
"""Node.js before 22.15, which stays, and starts the program beside it."""


@pytest.fixture
def older(installed: Newcomer) -> dict[str, str]:
    (installed.home / "older.js").write_text(OLDER)
    return {"NODE_OPTIONS": f"--require={installed.home / 'older.js'}"}


def test_an_older_node_starts_it_too(installed: Newcomer, older: dict[str, str]) -> None:
    start = installed.home / "node_modules" / ".bin" / "tmdb-mcp"
    assert "The Matrix" in installed.asks(start, **older)
    wrong = installed.run(start, "--no-such-flag", ok=False, **older)
    assert wrong.returncode == 2 and "--no-such-flag" in wrong.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_an_older_node_reaches_it(installed: Newcomer, older: dict[str, str], number: int) -> None:
    with serving(installed, installed.home / "node_modules" / ".bin" / "tmdb-mcp", **older) as server:
        server.send_signal(number)
        assert server.wait(DEADLINE) in (0, -number)
        # The end of what it writes comes when the program has ended too, whose input is still open.
        assert select.select([server.stdout], [], [], DEADLINE)[0] and server.stdout.read1() == b""


def test_what_is_missing_is_said(newcomer: Newcomer, registry: Registry) -> None:
    newcomer.run(
        "npm", "install", "--no-audit", "--no-fund", "--registry", registry.url, "--omit=optional", "@tmdb-mcp/server"
    )
    told = newcomer.run(newcomer.home / "node_modules" / ".bin" / "tmdb-mcp", ok=False)
    assert told.returncode == 1 and f"@tmdb-mcp/linux-{NODE[PLATFORM]} is not installed" in told.stderr
    assert "--omit=optional" in told.stderr


def test_no_page_names_the_package_of_another_server() -> None:
    """Without a scope the name is taken on npm."""
    tracked = run("git", "ls-files", "-z", "--", ".", ":!CHANGELOG.md", cwd=ROOT).stdout.split("\0")
    wrong = re.compile(r"(npx|npm (install|i)|bunx|pnpm dlx)( -\S+)* tmdb-mcp\b")
    for name in filter(None, tracked):
        if Path(name).suffix in (".md", ".json", ".yaml", ".sh", ".swift") and (ROOT / name).is_file():
            assert not wrong.search((ROOT / name).read_text(errors="replace")), name


class serving:
    """A server that has answered once, on pipes."""

    def __init__(self, newcomer: Newcomer, start: Path, **variables: str) -> None:
        self._server = subprocess.Popen(
            [start, "--server-mode", "stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=newcomer.home,
            stderr=subprocess.DEVNULL, env=newcomer.environment | variables,
        )  # fmt: skip

    def __enter__(self) -> subprocess.Popen[bytes]:
        self._server.stdin.write(json.dumps(initialize(1)).encode() + b"\n")
        self._server.stdin.flush()
        assert json.loads(self._server.stdout.readline())["result"]["serverInfo"]["name"] == "tmdb-mcp"
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.kill()
        self._server.wait()
        for pipe in (self._server.stdin, self._server.stdout):
            pipe.close()
