"""Tests of the installation channels, each with the tool that people install with: Tests/run channels starts them. They
need a release, and no network: what a registry would serve comes from the release, by a registry of the tests' own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from overlay import Refused, overlay
from places import DIST, ROOT, run, unpack
from standin import StandIn
from support.newcomer import TOOLS, Newcomer, link_node
from support.registry import Registry


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-platform", action="store_true", help="install into a Debian of every platform")


@pytest.fixture(scope="session")
def tmdb() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    """What registries serve once the files of the release are uploaded."""
    with Registry(DIST) as made:
        yield made


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("node")
    link_node(folder)
    return folder


@pytest.fixture
def newcomer(tmp_path: Path, tmdb: StandIn, node: Path) -> Newcomer:
    """Someone with a home of their own, who has installed nothing yet."""
    return Newcomer(tmp_path, tmdb.url, f"{node}:{TOOLS}:{os.environ['PATH']}")


@pytest.fixture
def debian() -> Iterator[Path]:
    """The root of a Debian like this machine's, which is as it was for the next test."""
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: installing a package into a root of its own takes root")
    try:
        with overlay() as root:
            yield root
    except Refused as reason:
        pytest.skip(f"NOT RUN: this machine allows no overlay: {reason}")


@pytest.fixture(scope="session")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image of the release, as `make oci` makes it."""
    if not shutil.which("docker") or run("docker", "info", ok=False).returncode:
        pytest.skip("NOT RUN: no Docker engine answers (docker info)")
    folder = tmp_path_factory.mktemp("image")
    run(ROOT / "release/package/pack", "image", folder / "image.tar", "--name", "tmdb-mcp")
    unpack(folder / "image.tar", folder / "layout")
    return folder / "layout"
