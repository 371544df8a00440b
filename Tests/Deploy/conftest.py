"""Tests of what a user downloads beside the programs: Compose files, Kubernetes manifests, the systemd unit, the
configurations of clients, and the installer. Tests/run deploy starts them; they need the programs of a release."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.listening import Listening
from standin import StandIn
from support import docker
from places import PROGRAM

TOKEN = "a-token-for-the-tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if reason := os.environ.get("TMDB_MCP_NO_DOCKER"):
        for item in items:
            if item.get_closest_marker("docker"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def tmdb() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Listening]]:
    """Starts the released program on HTTP with just these variables. Each must end well."""
    running: list[Listening] = []

    def begin(**variables: str) -> Listening:
        log = tmp_path / f"server-{len(running) + 1}.log"
        running.append(Listening([str(PROGRAM)], log, {"HOME": str(tmp_path), "SERVER_MODE": "sse"} | variables))
        return running[-1]

    try:
        yield begin
        for server in running:
            server.terminate()
    finally:
        for server in running:
            server.kill()


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """The name of an image with the released program."""
    with docker.image() as name:
        yield name


@pytest.fixture
def network() -> Iterator[docker.Network]:
    with docker.network() as made:
        yield made


@pytest.fixture(scope="module")
def python_image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The tag of an image with Python; PYTHON_IMAGE names another."""
    if given := os.environ.get("PYTHON_IMAGE"):
        yield given
        return
    tag = docker.unique("python")
    docker.import_python(tag, tmp_path_factory.mktemp("python"))
    yield tag
    docker.docker("image", "rm", "--force", tag)


@pytest.fixture
def compose(tmp_path: Path, image: str) -> Iterator[Callable[..., docker.Compose]]:
    """Makes projects; they are gone after the test."""
    projects: list[docker.Compose] = []

    def make(*files: str, **settings: str) -> docker.Compose:
        folder = tmp_path / f"project-{len(projects) + 1}"
        folder.mkdir()
        projects.append(docker.Compose(folder, image, *files, **settings))
        return projects[-1]

    yield make
    for project in projects:
        project.down()
