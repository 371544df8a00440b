"""The image as people run it: over HTTP, on standard input and output, with and without a place to write."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import subprocess
import urllib.parse
import uuid
from pathlib import Path

import pytest
from support.docker import INITIALIZE, MARK, Container, ask, docker
from support.project import PLATFORMS

TOKEN = "a-token-for-the-tests"
SAFE = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")
MIB = {"B": 1 / 1048576, "KiB": 1 / 1024, "MiB": 1.0, "GiB": 1024.0}


def test_it_gets_healthy(image: str, tell) -> None:
    with Container(image) as container:
        tell(f"healthy {container.wait_until_healthy() * 1000:.0f} ms after docker run")


def test_it_takes_3_megabytes_at_most(image: str, tell) -> None:
    with Container(image, options=(*SAFE, "--env", f"SSE_TOKEN={TOKEN}")) as container:
        container.wait_until_healthy()
        for _ in range(100):
            assert ask(container.url + "/mcp", TOKEN, INITIALIZE)[0] == 200
        used = docker("stats", "--no-stream", "--format", "{{.MemUsage}}", container.name).split(" / ")[0]
        number, unit = re.fullmatch(r"([0-9.]+)(\w+)", used).groups()
        tell(f"memory after 100 sessions: {used}")
        assert float(number) * MIB[unit] <= 3 * 1000 * 1000 / 1048576


def test_its_token_is_kept_in_it_and_shown_to_who_may_enter(image: str) -> None:
    with Container(image) as container:
        container.wait_until_healthy()
        token = container.execute("tmdb-mcp", "token", "--show")
        assert ask(container.url + "/mcp", token, INITIALIZE)[0] == 200
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE)[0] == 401
        assert "/home/tmdb-mcp/.tmdb-mcp/config.yaml" in container.logs and token not in container.logs
        docker("restart", container.name)
        container.wait_until_healthy()
        assert container.execute("tmdb-mcp", "token", "--show") == token


def test_a_volume_keeps_the_token_for_the_next_container(image: str) -> None:
    volume = f"{MARK}-{uuid.uuid4().hex}"
    options = (*SAFE, "--volume", f"{volume}:/home/tmdb-mcp/.tmdb-mcp")
    tokens = []
    try:
        for _ in range(2):
            with Container(image, options=options) as container:
                container.wait_until_healthy()
                tokens.append(container.execute("tmdb-mcp", "token", "--show"))
        assert tokens[0] == tokens[1]
    finally:
        docker("volume", "rm", volume)


def test_where_nothing_is_writable_the_log_says_what_to_do(image: str) -> None:
    with Container(image, options=SAFE) as container:
        container.wait_until_healthy()
        [line] = [line for line in map(json.loads, container.logs.splitlines()) if "token" in line["msg"]]
        assert line["level"] == "error" and "Read-only file system" in line["msg"]
        assert "SSE_TOKEN" in line["msg"]
        token = line["msg"].split()[-1]
        assert ask(container.url + "/mcp", token, INITIALIZE)[0] == 200


def test_a_secret_file_holds_the_token_and_nothing_shows_it(image: str, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    (tmp_path / "token").chmod(0o644)
    secret = ("--volume", f"{tmp_path}/token:/run/secrets/token:ro", "--env", "SSE_TOKEN_FILE=/run/secrets/token")
    with Container(image, options=(*SAFE, *secret)) as container:
        container.wait_until_healthy()
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE)[0] == 200
        assert TOKEN not in container.logs and TOKEN not in json.dumps(container.inspect())


def test_a_config_file_may_be_mounted(image: str, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"server:\n  sse:\n    token: {TOKEN}\n    allowed_hosts: [nas.local]\n")
    config.chmod(0o644)
    mount = f"{config}:/home/tmdb-mcp/.tmdb-mcp/config.yaml:ro"
    with Container(image, options=(*SAFE, "--volume", mount)) as container:
        container.wait_until_healthy()
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE, host="nas.local")[0] == 200


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: only root may give a file to another user")
def test_any_other_user_may_run_it(image: str, tmp_path: Path) -> None:
    """Such as the owner of a config file that nobody else may read."""
    config = tmp_path / "config.yaml"
    config.write_text(f"server:\n  sse:\n    token: {TOKEN}\n")
    os.chown(config, 12345, 12345)
    config.chmod(0o600)
    mount = f"{config}:/home/tmdb-mcp/.tmdb-mcp/config.yaml:ro"
    with Container(image, options=(*SAFE, "--user", "12345:12345", "--volume", mount)) as container:
        container.wait_until_healthy()
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE)[0] == 200


def test_hosts_are_this_machines_own_until_others_are_named(image: str) -> None:
    with Container(image, options=("--env", f"SSE_TOKEN={TOKEN}")) as container:
        container.wait_until_healthy()
        port = container.url.rpartition(":")[2]
        for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
            assert ask(container.url + "/mcp", TOKEN, INITIALIZE, host=host)[0] == 200
        status, body = ask(container.url + "/mcp", TOKEN, INITIALIZE, host="nas.local:8910")
        assert status == 403 and "allow the name" in body
    with Container(image, options=("--env", f"SSE_TOKEN={TOKEN}", "--env", "ALLOWED_HOSTS=nas.local")) as container:
        container.wait_until_healthy()
        assert ask(container.url + "/mcp", TOKEN, INITIALIZE, host="nas.local:8910")[0] == 200


@pytest.mark.parametrize("platform", PLATFORMS)
def test_it_serves_standard_input_and_output_and_ends_with_it(image: str, platform: str) -> None:
    command = ["docker", "run", "--interactive", "--rm", "--platform", platform, *SAFE, image, "--server-mode", "stdio"]
    done = subprocess.run(command, input=json.dumps(INITIALIZE) + "\n", capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    [answer] = map(json.loads, done.stdout.splitlines())
    assert answer["result"]["serverInfo"]["name"] == "tmdb-mcp"


def test_it_is_healthy_on_standard_input_too(image: str) -> None:
    with Container(image, "--server-mode", "stdio", options=("--interactive",)) as container:
        container.wait_until_healthy()


def test_another_port_is_healthy_too(image: str) -> None:
    with Container(image, options=("--env", "PORT=9000")) as container:
        container.wait_until_healthy()
    with Container(image, "--sse-port", "9000") as container:
        container.wait_until_healthy()


def test_sigterm_ends_it_with_0_with_a_stream_open(image: str, tell) -> None:
    with Container(image, options=("--env", f"SSE_TOKEN={TOKEN}")) as container:
        container.wait_until_healthy()
        # A client that keeps its connections does not close this one when the stream ends.
        client = http.client.HTTPConnection(urllib.parse.urlsplit(container.url).netloc, timeout=10)
        with contextlib.closing(client):
            client.request("GET", "/mcp/sse", headers={"Authorization": f"Bearer {TOKEN}"})
            stream = client.getresponse()
            assert stream.readline() == b"event: endpoint\n"
            code, seconds = container.stop()
            assert stream.read().endswith(b"\n\n"), "the stream was cut off"
        tell(f"ended {seconds * 1000:.0f} ms after docker stop, with a stream open")
        assert code == 0, "it had to be killed"


def test_there_is_no_shell(image: str) -> None:
    done = subprocess.run(
        ["docker", "run", "--rm", "--entrypoint", "/bin/sh", image, "-c", "true"], capture_output=True, text=True
    )
    assert done.returncode != 0 and "no such file" in done.stderr


def test_it_runs_as_a_user_of_its_own_without_rights(image: str) -> None:
    with Container(image) as container:
        state = Path(f"/proc/{container.inspect()['State']['Pid']}/status").read_text()
        assert re.search(r"^Uid:\t65532\t65532\t65532\t65532$", state, re.MULTILINE)
        assert re.search(r"^Gid:\t65532\t65532\t65532\t65532$", state, re.MULTILINE)
        assert re.search(r"^CapEff:\t0+$", state, re.MULTILINE)
