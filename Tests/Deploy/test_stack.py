"""stack.yaml, as the release makes it of compose.yaml: what `docker stack` reads in it, and what a real Swarm does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import TOKEN
from places import DEPLOY, DIST, run, wait_until
from places import image as released_image
from standin import API_KEY
from support.docker import docker, docker_environment, unique

FILE = DIST / "stack.yaml"


def read(**variables: str) -> dict[str, Any]:
    """As `docker stack` understands the file."""
    clean = docker_environment() | {"HOME": "/nonexistent"} | variables
    done = run("docker", "stack", "config", "--compose-file", FILE, env=clean)
    # It tells on standard error what it ignores.
    assert done.stderr == ""
    return yaml.safe_load(done.stdout)


@pytest.mark.docker
def test_nothing_of_it_is_ignored_and_it_names_the_released_image() -> None:
    (service,) = read()["services"].values()
    assert service["image"] == released_image()
    assert read(REPLICAS="5")["services"]["tmdb-mcp"]["deploy"]["replicas"] == 5


@pytest.mark.docker
def test_it_has_what_compose_yaml_has() -> None:
    (service,) = read()["services"].values()
    theirs = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["tmdb-mcp"]
    for key in ("cap_drop", "read_only", "user", "stop_grace_period", "logging"):
        assert service[key] == theirs[key], key
    assert service["healthcheck"] == theirs["healthcheck"]
    limits = service["deploy"]["resources"]["limits"]
    assert theirs["mem_limit"] == "128m" and int(limits["memory"]) == 128 << 20
    assert (float(limits["cpus"]), limits["pids"]) == (theirs["cpus"], theirs["pids_limit"])
    fixed = ("SERVER_MODE", "SERVER_SSE_HOST", "SERVER_SSE_PORT", "TMDB_MCP_CONFIG")
    assert {name: service["environment"][name] for name in fixed} == {
        name: str(theirs["environment"][name]) for name in fixed
    }
    replicas = service["deploy"]["replicas"]
    assert replicas * int(service["environment"]["TMDB_RATE_LIMIT"]) <= 40


@pytest.fixture
def swarm() -> Iterator[None]:
    """The engine as a Swarm of one node; none that it is part of already is touched."""
    state = json.loads(docker("info", "--format", "{{json .Swarm}}").stdout)["LocalNodeState"]
    if state != "inactive":
        pytest.skip("NOT RUN: this engine is part of a Swarm")
    done = docker("swarm", "init", "--advertise-addr", "127.0.0.1", ok=False)
    if done.returncode != 0:
        pytest.skip(f"NOT RUN: this engine cannot be a Swarm: {done.stderr.strip()}")
    try:
        yield
    finally:
        docker("swarm", "leave", "--force")


@pytest.mark.docker
def test_a_real_swarm_gets_it_healthy_and_updates_it(swarm: None, image: str, tmp_path: Path) -> None:
    """Without the published port, whose balancer (IPVS) is not in each kernel."""
    text = re.sub(r"^    ports:\n(      .*\n)+\n", "", FILE.read_text(), flags=re.M)
    text = text.replace("    deploy:\n", "    deploy:\n      endpoint_mode: dnsrr\n")
    text = text.replace(" TMDB_LANGUAGE:", " TMDB_BASE_URL: http://127.0.0.1:9/3\n      TMDB_LANGUAGE:")
    (tmp_path / "stack.yaml").write_text(text)
    name = unique("stack")
    for secret, value in (("tmdb_api_key", API_KEY), ("sse_token", TOKEN)):
        docker("secret", "create", secret, "-", stdin=None, input=value)
    clean = docker_environment() | {"HOME": str(tmp_path), "TMDB_MCP_IMAGE": image}
    deploy = ("stack", "deploy", "--detach=false", "--resolve-image=never", f"--compose-file={tmp_path / 'stack.yaml'}")
    docker(*deploy, name, env=clean)
    try:
        tasks = healthy(name)
        assert len(tasks) == 2
        told = docker("exec", tasks[0], "tmdb-mcp", "config").stdout
        sources = [setting["source"] or "" for setting in json.loads(told).values()]
        assert any("SSE_TOKEN_FILE" in source for source in sources) and TOKEN not in told
        # Each old one goes after a new one is healthy.
        docker(*deploy, name, env=clean | {"TMDB_LANGUAGE": "de"})
        state = json.loads(docker("service", "inspect", f"{name}_tmdb-mcp").stdout)[0]["UpdateStatus"]["State"]
        assert state == "completed"
        assert not set(healthy(name)) & set(tasks)
    finally:
        docker("stack", "rm", name)
        wait_until(lambda: not containers(name), "the stack does not go")


def containers(name: str, *filters: str) -> list[str]:
    words = [word for each in (f"label=com.docker.stack.namespace={name}", *filters) for word in ("--filter", each)]
    return docker("ps", "--quiet", *words).stdout.split()


def healthy(name: str) -> list[str]:
    wait_until(lambda: len(containers(name, "health=healthy")) == len(containers(name)) == 2, "it never gets healthy")
    return containers(name, "health=healthy")
