"""Tests of the container images. Tests/run images starts them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.docker import DEADLINE, MARK, docker
from support.project import Checkout, Result, copy


def _engine() -> str:
    done = subprocess.run(
        ["docker", "version", "--format", "Docker {{.Server.Version}} on {{.Server.Os}}/{{.Server.Arch}}"],
        capture_output=True, text=True,
    ) if shutil.which("docker") else None  # fmt: skip
    return done.stdout.strip() if done and done.returncode == 0 else ""


def pytest_report_header() -> list[str]:
    return [_engine() or "no Docker engine answers: what needs one is NOT RUN"]


@pytest.fixture(scope="session")
def engine() -> str:
    if not (words := _engine()):
        pytest.skip("NOT RUN: no Docker engine answers (docker info)")
    return words


@pytest.fixture(scope="session")
def session_place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def registry(session_place: Path) -> Iterator[str]:
    """HOST:PORT of an empty registry on the loopback; Docker needs no TLS there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    (session_place / "registry.yml").write_text(
        "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n"
        f"storage: {{filesystem: {{rootdirectory: {session_place}/registry}}}}\nhttp: {{addr: '{address}'}}\n"
    )
    with (session_place / "registry.log").open("wb") as log:
        command = ["docker-registry", "serve", session_place / "registry.yml"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    deadline = time.monotonic() + DEADLINE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            opener.open(f"http://{address}/v2/", timeout=5).close()
            break
        except (urllib.error.URLError, OSError):
            assert process.poll() is None and time.monotonic() < deadline, (session_place / "registry.log").read_text()
            time.sleep(0.05)
    yield address
    process.terminate()
    process.wait(timeout=DEADLINE)


@dataclass(frozen=True)
class Pushed:
    """What `make images PUSH=1` has brought to the registry."""

    settings: tuple[str, ...]
    name: str
    result: Result
    seconds: float


@pytest.fixture(scope="session")
def pushed(engine: str, registry: str) -> Iterator[Pushed]:
    tag = f"made-{os.getpid()}"
    settings = (f"REGISTRY={registry}/tests", f"TAG={tag}")
    began = time.monotonic()
    result = Checkout().make("images", "PUSH=1", *settings)
    seconds = time.monotonic() - began
    assert result.code == 0, result.output
    yield Pushed(settings, f"{registry}/tests/tmdb-mcp:{tag}", result, seconds)
    Checkout().archive(tag).unlink()


@pytest.fixture(scope="session")
def image(pushed: Pushed) -> Iterator[str]:
    """The image, pulled for this machine."""
    docker("pull", "--quiet", pushed.name)
    yield pushed.name
    left = docker("ps", "--all", "--quiet", "--filter", f"label={MARK}").split()
    docker("image", "rm", "--force", pushed.name)
    assert not left, "containers of these tests were left"


@pytest.fixture
def other(tmp_path: Path) -> Checkout:
    """A copy of this checkout in another directory."""
    return copy(tmp_path / "another" / "place")


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes down a figure, which stands at the end of the report: how long something took is no reason to fail."""
    return lambda words: request.node.user_properties.append(("figure", words))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    calls = [each for each in reports if each.when == "call"]
    if figures := [(each.nodeid, text) for each in calls for name, text in each.user_properties if name == "figure"]:
        terminalreporter.section("figures")
        for test, text in figures:
            terminalreporter.line(f"{test.partition('::')[2]}: {text}")
