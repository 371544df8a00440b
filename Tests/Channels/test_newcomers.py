"""From nothing to the first answer, by each channel: what docs/install.md says, done. Each is measured too:

    Tests/run channels test_newcomers.py -n0 -s      prints a table of bytes and seconds
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import DIST, run
from standin import StandIn
from support.newcomer import Newcomer
from support.registry import Registry
from support.signed import PASSPHRASE, Key, add, sign
from support.steps import ENGINES, STEPS, Engine, World

measured: dict[str, tuple[int, float]] = {}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = Key(tmp_path_factory.mktemp("key"))
    folder = tmp_path_factory.mktemp("apt") / "made"
    assert sign(folder, APT_SECRET_KEY_FILE=key.secret, APT_PASSPHRASE=PASSPHRASE).returncode == 0
    return folder


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    yield
    print("\n| channel | downloaded | to the first answer |\n|---|---|---|")
    for name, (sent, seconds) in measured.items():
        print(f"| {name} | {sent / 1e6:.2f} MB | {seconds:.2f} s |")


@pytest.mark.parametrize("channel", STEPS)
def test_a_newcomer_gets_an_answer(channel: str, newcomer: Newcomer, debian: Path, repository: Path) -> None:
    with Registry(DIST) as registry, Registry(repository) as served:
        add(debian, repository, f"{served.url}/files")
        world = World(newcomer, registry, debian)
        start = time.monotonic()
        answer = STEPS[channel](world)
        measured[channel] = registry.sent + served.sent, time.monotonic() - start
    assert "The Matrix" in answer


@pytest.fixture
def engine(newcomer: Newcomer, layout: Path) -> Iterator[Engine]:
    network = f"tmdb-mcp-channels-{os.getpid()}"
    run("docker", "network", "create", network)
    (made,) = json.loads(run("docker", "network", "inspect", network).stdout)
    gateway = made["IPAM"]["Config"][0]["Gateway"]
    with StandIn(host="0.0.0.0") as tmdb, Registry(layout) as registry:
        image = f"{registry.url.removeprefix('http://')}/tmdb-mcp:newest"
        yield Engine(newcomer, registry, image, network, f"http://{gateway}:{tmdb.port}/3")
    run("docker", "network", "rm", network)
    run("docker", "image", "rm", "--force", image)


@pytest.mark.parametrize("channel", ENGINES)
def test_a_newcomer_with_an_engine_gets_an_answer(channel: str, engine: Engine) -> None:
    start = time.monotonic()
    answer = ENGINES[channel](engine)
    measured[channel] = engine.registry.sent, time.monotonic() - start
    assert "The Matrix" in answer
