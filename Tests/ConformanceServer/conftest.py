"""The fixtures of the conformance server on standard input and output: `swift build --product conformance-server`, then
`pytest` in this folder. Environment: CONFORMANCE_SERVER, the program when it is not .build/debug/conformance-server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from client import LEGACY, MODERN, Client

PROGRAM = Path(__file__).resolve().parents[2] / ".build" / "debug" / "conformance-server"


@pytest.fixture
def program() -> str:
    path = Path(os.environ.get("CONFORMANCE_SERVER") or PROGRAM)
    assert path.is_file(), f"{path} is missing: swift build --product conformance-server"
    return str(path)


@pytest.fixture
def legacy(program: str) -> Iterator[Client]:
    with Client(program, LEGACY) as client:
        yield client
        client.finish()


@pytest.fixture
def modern(program: str) -> Iterator[Client]:
    with Client(program, MODERN) as client:
        yield client
        client.finish()


@pytest.fixture(params=[LEGACY, MODERN])
def either(program: str, request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client of each era."""
    with Client(program, request.param) as client:
        yield client
        client.finish()
