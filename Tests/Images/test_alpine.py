"""Dockerfile.alpine. In the place of Alpine stands ALPINE_IMAGE, or a root file system made of Debian's busybox, which
is not Alpine: what is seen on it is said of the Dockerfile alone."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import DIST, ROOT
from support.docker import INITIALIZE, MARK, Container, ask, docker
from support.project import Checkout, program_of

TOKEN = "a-token-for-the-tests"
HERE = {"x86_64": "linux/amd64", "aarch64": "linux/arm64", "armv7l": "linux/arm/v7"}[platform.machine()]
BUSYBOX = Path("/bin/busybox")


def busybox_image(place: Path) -> str:
    """Loads the stand-in; the programs of busybox under their names."""
    root = place / "busybox"
    for folder in ("bin", "etc", "tmp"):
        (root / folder).mkdir(parents=True)
    shutil.copy(BUSYBOX, root / "bin" / "busybox")
    for applet in subprocess.run([BUSYBOX, "--list"], capture_output=True, text=True, check=True).stdout.split():
        if applet != "busybox":
            (root / "bin" / applet).symlink_to("busybox")
    (root / "etc" / "passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    (root / "etc" / "group").write_text("root:x:0:\n")
    name = f"{MARK}/busybox"
    with subprocess.Popen(["tar", "--create", "--directory", root, "."], stdout=subprocess.PIPE) as tar:
        docker("import", "--platform", HERE, "-", name, stdin=tar.stdout)
    assert tar.returncode == 0
    return name


@pytest.fixture(scope="module")
def alpine(engine: str, session_place: Path) -> Iterator[str]:
    if given := os.environ.get("ALPINE_IMAGE"):
        yield given
        return
    name = busybox_image(session_place)
    yield name
    docker("image", "rm", "--force", name)


def build(alpine: str, name: str, *options: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["docker", "buildx", "build", "--file", "Dockerfile.alpine", "--network", "none", "--load", "--tag", name,
         "--build-context", f"alpine:3.22=docker-image://{alpine}", *options, "."],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def image(alpine: str) -> Iterator[str]:
    """Built without a network."""
    name = f"{MARK}/alpine"
    build(alpine, name, "--build-context", f"programs={DIST}")
    yield name
    docker("image", "rm", "--force", name)


def test_its_program_is_the_released_one_and_there_is_a_shell(image: str) -> None:
    there = docker("run", "--rm", "--entrypoint", "/bin/sh", image, "-c", "sha256sum /usr/local/bin/tmdb-mcp; id; pwd")
    sums = subprocess.run(["sha256sum", program_of(HERE)], capture_output=True, text=True).stdout
    digest, user, folder = there.splitlines()
    assert digest.split()[0] == sums.split()[0]
    assert user.startswith("uid=65532(tmdb-mcp) gid=65532(tmdb-mcp)")
    assert folder == "/home/tmdb-mcp"


def test_it_serves_keeps_its_token_and_ends(image: str) -> None:
    with Container(image) as container:
        container.wait_until_healthy()
        check = container.inspect()["Config"]["Healthcheck"]["Test"]
        assert check[0] == "CMD-SHELL" and check[1].startswith("wget ")
        token = container.execute("tmdb-mcp", "token", "--show")
        assert ask(container.url + "/mcp", token, INITIALIZE)[0] == 200
        assert container.stop()[0] == 0


def test_wget_alone_finds_it_well_and_the_program_where_wget_cannot(image: str) -> None:
    """wget asks the port of the variables; one that a flag names only the program knows."""
    said = docker("inspect", "--format", "{{json .Config.Healthcheck.Test}}", image)
    wget, other = json.loads(said)[1].split(" || ")
    assert other == "tmdb-mcp healthcheck"
    with Container(image, options=("--env", "SERVER_SSE_PORT=9000")) as container:
        container.wait_until_healthy()
        container.execute("sh", "-c", wget)
    with Container(image, "--sse-port", "9000") as container:
        container.wait_until_healthy()
        container.execute("sh", "-c", wget, code=1)


def test_it_runs_read_only_without_rights(image: str) -> None:
    options = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--env", f"SSE_TOKEN={TOKEN}")
    with Container(image, options=options) as container:
        container.wait_until_healthy()
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE)[0] == 200


def test_without_programs_it_says_what_is_missing(alpine: str) -> None:
    done = build(alpine, f"{MARK}/none", code=1)
    assert "--build-context programs=release/dist" in done.stderr


def test_make_image_makes_one_too(engine: str, other: Checkout) -> None:
    if subprocess.run(["docker", "image", "inspect", "alpine:3.22"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: make image VARIANT=alpine, since this engine has no alpine:3.22 (docker pull)")
    name = f"{MARK}.example/tmdb-mcp:now-alpine"
    result = other.make("image", "VARIANT=alpine", f"REGISTRY={MARK}.example", "TAG=now")
    assert result.code == 0 and f"loaded: {name}" in result.output, result.output
    try:
        told = docker("run", "--rm", "--entrypoint", "/bin/sh", name, "-c", "tmdb-mcp --version")
        assert told.startswith("tmdb-mcp ")
    finally:
        docker("image", "rm", "--force", name)
