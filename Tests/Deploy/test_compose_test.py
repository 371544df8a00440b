"""compose.test.yaml, by itself and by `make image-test`, and compose.dev.yaml; from the checkout as it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TOKEN
from support.docker import REGISTRY, docker, unique
from places import RELEASE, ROOT, run

pytestmark = pytest.mark.docker

COMPOSE_TEST = ROOT / "Tests" / "Deploy" / "compose.test.yaml"
BUILD_DEADLINE = 300.0


@pytest.fixture
def environment(image: str, python_image: str) -> dict[str, str]:
    return os.environ | {"TMDB_MCP_IMAGE": image, "PYTHON_IMAGE": python_image}


@pytest.fixture
def project() -> Iterator[str]:
    name = unique("project")
    yield name
    docker("compose", "--project-name", name, "down", "--volumes", "--remove-orphans", ok=False)


def test_every_tool_is_called_and_nothing_is_left(environment: dict[str, str], image: str) -> None:
    """By `make image-test`."""
    tag = image.rpartition(":")[2]
    done = run("make", "--directory", ROOT, "image-test", f"REGISTRY={REGISTRY}", f"TAG={tag}", env=environment)
    assert "were answered well" in done.stdout
    assert done.stderr.splitlines()[-1] == f"every tool was answered well: {image}"
    made = re.search(r"tmdb-mcp-test-\d+", done.stderr)[0]
    for what in ("ps --all", "network ls"):
        assert docker(*what.split(), "--quiet", "--filter", f"label=com.docker.compose.project={made}").stdout == ""


def test_an_image_that_is_not_there_is_told(environment: dict[str, str]) -> None:
    command = ("make", "--directory", ROOT, "image-test", "REGISTRY=127.0.0.1:1/none", "TAG=none")
    done = run(*command, env=environment, ok=False)
    assert done.returncode != 0
    assert "error: not every tool of 127.0.0.1:1/none/tmdb-mcp:none was answered well" in done.stderr


def test_a_tool_that_is_missing_fails(environment: dict[str, str], project: str, tmp_path: Path) -> None:
    fewer = tmp_path / "fewer.yaml"
    fewer.write_text("services:\n  tmdb-mcp:\n    environment:\n      TMDB_MCP_TOOLS: search\n")
    done = docker(
        "compose", "--project-name", project, "--file", COMPOSE_TEST, "--file", fewer,
        "up", "--no-color", "--exit-code-from", "client", env=environment, ok=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the server offers ['search']" in done.stdout + done.stderr


def test_it_needs_nothing_from_outside_and_no_setting_of_the_users(environment: dict[str, str]) -> None:
    """A key in the shell or in .env stays out of the test."""
    done = docker(
        "compose", "--file", COMPOSE_TEST, "config",
        env=environment | {"TMDB_API_KEY": "a-key-of-the-user", "SSE_TOKEN_FILE": "/a/file/of/the/user"},
    )  # fmt: skip
    assert "of-the-user" not in done.stdout and "/a/file" not in done.stdout
    assert done.stderr == ""


def test_the_image_of_the_checkout_serves(project: str, tmp_path: Path) -> None:
    """With the released program in the place of one that is compiled in the image, which takes long."""
    programs = tmp_path / "programs.yaml"
    run(RELEASE / "package" / "pack", "programs", tmp_path / "programs")
    build = {"additional_contexts": {"programs": str(tmp_path / "programs")}}
    programs.write_text(json.dumps({"services": {"tmdb-mcp": {"image": project, "build": build}}}))
    files = ("--file", RELEASE / "deploy" / "compose.dev.yaml", "--file", programs)
    settings = os.environ | {"SSE_TOKEN": TOKEN, "SERVER_SSE_PORT": "0", "BUILDX_BUILDER": "default"}
    compose = ("compose", "--project-name", project, *files)
    try:
        docker(*compose, "up", "--build", "--wait", "--wait-timeout", "60", env=settings, timeout=BUILD_DEADLINE)
        state = docker(*compose, "ps", "--format", "{{.Image}} {{.Health}}", env=settings).stdout.split()
        assert state == [project, "healthy"]
    finally:
        docker(*compose, "down", "--rmi", "all", env=settings, ok=False)
