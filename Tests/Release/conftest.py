"""Tests of the Swift SDK and of the scripts that make, verify and start the release. Tests/run release starts them.

They work on copies below .build/release-tests, which they delete; the SDK and the release themselves are only read.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT
from support.builder import Builder
from support.checkout import Checkout
from support.inputs import Sdk
from support.mirror import Mirror
from support.platforms import BUILT, PLATFORMS, output_of


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "the example of the libraries on every platform; other hosts"
    parser.addoption("--every-platform", action="store_true", help=what)


def pytest_report_header(config: pytest.Config) -> list[str]:
    return [output_of("swift", "--version", stdin=-3).partition("\n")[0]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "platform" in metafunc.fixturenames:
        metafunc.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name, scope="module")
    if "built" in metafunc.fixturenames:
        metafunc.parametrize("built", BUILT, ids=lambda platform: platform.name, scope="module")


def _place() -> Iterator[Path]:
    # In the build directory, so that a copy of the SDK can be made of hard links.
    above = ROOT / ".build" / "release-tests"
    above.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=above))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder that is gone after the test."""
    yield from _place()


@pytest.fixture(scope="module")
def module_place() -> Iterator[Path]:
    """An empty folder for all tests of a file."""
    yield from _place()


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens, and nobody else can as long as the test runs."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@pytest.fixture
def builder(place: Path) -> Iterator[Builder]:
    """The builder of the SDK in a tree of its own, with nothing built."""
    with Builder(place) as made:
        yield made


@pytest.fixture
def seeded(builder: Builder) -> Builder:
    """The same, with everything built."""
    builder.seed()
    return builder


@pytest.fixture(scope="session")
def checkouts() -> Iterator[list[Checkout]]:
    """The last one is reset for each test; a test that broke it for good is followed by a new one."""
    for above in _place():
        yield [Checkout(above / "0")]


@pytest.fixture
def checkout(checkouts: list[Checkout], place: Path) -> Iterator[Checkout]:
    """The repository in a checkout of its own, everything committed, ready to be released."""
    if not checkouts[-1].is_whole:
        checkouts.append(Checkout(checkouts[0].root.parents[1] / str(len(checkouts))))
    checkouts[-1].reset(place)
    with checkouts[-1] as made:
        yield made


@pytest.fixture(scope="module")
def first(module_place: Path) -> Iterator[tuple[Mirror, str]]:
    """A mirror before any drift, and the lock that is made from it."""
    with Mirror(module_place) as made, made.key, Builder(module_place) as builder:
        made.add("debian", "certificates", "20250101", "certificates:all")
        made.add("debian", "library", "1:1.9-1", "library-dev:amd64", "library-dev:arm64", "library-dev:armhf")
        made.add("debian", "tool", "2.0~rc1")
        made.publish()
        sdk = Sdk(builder, made)
        sdk.lock()
        yield made, sdk.lock_file.read_text()


@pytest.fixture
def sdk(builder: Builder, place: Path, first: tuple[Mirror, str]) -> Iterator[Sdk]:
    """Nothing is locked or fetched."""
    with Mirror(place, like=first[0]) as mirror:
        yield Sdk(builder, mirror)


@pytest.fixture
def locked(sdk: Sdk, first: tuple[Mirror, str]) -> Sdk:
    """With the lock of the first state; nothing is fetched."""
    sdk.lock_file.write_text(first[1])
    return sdk
