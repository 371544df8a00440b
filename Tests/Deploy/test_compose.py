"""compose.yaml as a user runs it: a folder with .env, `docker compose up`, a client on the published port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import TOKEN
from every_tool import ask
from harness import sdk
from harness.expectations import structured, titles
from harness.messages import MODERN, call
from standin import API_KEY, StandIn, plans
from support.docker import Compose, Network
from places import DEADLINE, wait_until
from places import image as released_image

pytestmark = pytest.mark.docker

Make = Callable[..., Compose]


@pytest.fixture
def upstream() -> Iterator[StandIn]:
    with StandIn(host="0.0.0.0") as stand_in:
        yield stand_in


@pytest.fixture
def make(network: Network, compose: Make, upstream: StandIn) -> Make:
    """Makes projects that ask the stand-in, which runs in the process of the tests, on a free port of this machine."""

    def begin(**settings: str) -> Compose:
        usual = {
            "SERVER_SSE_PORT": "0", "SSE_TOKEN": TOKEN, "TMDB_API_KEY": API_KEY,
            "TMDB_BASE_URL": f"http://{network.gateway}:{upstream.port}/3",
        }  # fmt: skip
        project = compose(**{name: value for name, value in (usual | settings).items() if value})
        override = {"networks": {"default": {"name": network.name, "external": True}}}
        (project.folder / "compose.override.yaml").write_text(json.dumps(override))
        return project

    return begin


def search(project: Compose, mode: str = MODERN) -> list[str]:
    """The titles that a client finds."""
    found: list[str] = []

    async def use(client: sdk.Session) -> None:
        found.extend(titles(structured(await client.search(query="the matrix"))))

    sdk.run(sdk.HTTP(project.url, TOKEN), mode, use)
    return found


def is_closed(address: str) -> bool:
    try:
        socket.create_connection((address, 8910), timeout=5).close()
        return False
    except OSError:
        return True


def test_the_file_is_clean_and_names_the_released_image(compose: Make) -> None:
    project = compose(SSE_TOKEN=TOKEN)
    del project.shell["TMDB_MCP_IMAGE"]
    assert project("config", "--quiet").stderr == ""
    assert project.configuration()["services"]["tmdb-mcp"]["image"] == released_image()


def test_without_any_setting_it_is_healthy_and_logs_its_token(make: Make) -> None:
    project = make()
    (project.folder / ".env").unlink()
    project.shell["SERVER_SSE_PORT"] = "0"
    project.up()
    assert re.search("until the server stops it is [0-9a-f]{64}", project.logs)


def test_a_client_is_served_on_the_published_port(make: Make) -> None:
    project = make()
    project.up()
    for mode in (MODERN, "legacy"):
        assert "The Matrix" in search(project, mode)
    assert project.url.startswith("http://127.0.0.1:"), "nobody else than this machine can reach it"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(project.url)


@pytest.mark.parametrize("host", ["localhost", "[::1]", "::1", "0.0.0.0", "::"])
def test_what_the_server_calls_its_host_is_not_where_it_is_published(make: Make, host: str) -> None:
    project = make(SERVER_SSE_HOST=host)
    project.up()
    assert {each["HostIp"] for each in project.published} == {"127.0.0.1"}


@pytest.mark.parametrize(("address", "found"), [("127.0.0.2", "127.0.0.2"), ("[::1]", "::1"), ("0.0.0.0", "0.0.0.0")])
def test_it_is_published_on_the_address_that_is_set(make: Make, address: str, found: str) -> None:
    project = make(PUBLISH_ADDRESS=address)
    project.up()
    assert {each["HostIp"] for each in project.published} == {found}


@pytest.mark.parametrize("name", ["localhost", "nas.local", "::1", "127.1", "300.1.1.1", "127.0.0.1:80", "eth0"])
def test_what_is_no_address_is_refused(compose: Make, name: str) -> None:
    done = compose(PUBLISH_ADDRESS=name)("config", ok=False)
    assert done.returncode != 0 and "invalid ip address" in done.stderr.lower() and name in done.stderr


def test_the_container_has_no_more_rights_than_it_needs(make: Make) -> None:
    project = make()
    project.up()
    process = project.container()["State"]["Pid"]
    with open(f"/proc/{process}/status") as file:
        status = dict(line.rstrip("\n").split(":\t", 1) for line in file)
    assert set(status["Uid"].split()) == set(status["Gid"].split()) == {"65532"}
    assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == int(status["CapBnd"], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    with open(f"/proc/{process}/mountinfo") as file:
        mounts = [line.split() for line in file]
    of_files = [(mount[4], mount[5].split(",")) for mount in mounts if mount[4] in ("/", "/home/tmdb-mcp/.tmdb-mcp")]
    assert len(of_files) == 2 and all("ro" in options for _, options in of_files)
    host = project.container()["HostConfig"]
    assert 0 < host["Memory"] == host["MemorySwap"] and host["NanoCpus"] > 0 and 0 < host["PidsLimit"] <= 100
    assert host["LogConfig"]["Config"].keys() >= {"max-size", "max-file"}


def test_what_files_hold_is_seen_neither_by_inspect_nor_in_the_log(make: Make) -> None:
    project = make(TMDB_API_KEY="", SSE_TOKEN="", TMDB_API_KEY_FILE="./secrets/key", SSE_TOKEN_FILE="./secrets/token")
    secrets = project.folder / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "key").write_text(f"{API_KEY}\n")
    (secrets / "token").write_text(f"{TOKEN}\n")
    project.up()
    assert "The Matrix" in search(project)
    seen = f"{project.container()}{project('config').stdout}{project.logs}"
    assert "/run/secrets" in seen and API_KEY not in seen and TOKEN not in seen


def test_settings_come_from_env_and_from_the_config_folder(make: Make) -> None:
    project = make(TMDB_MCP_TOOLS="search,get_details")
    (project.folder / "config").mkdir()
    (project.folder / "config" / "config.yaml").write_text("tmdb:\n  language: de\ntools: [search]\n")
    project.up()
    shown = project("exec", "--no-TTY", "tmdb-mcp", "tmdb-mcp", "config").stdout
    assert '"tmdb.language":{"value":"de"' in shown
    assert '"tools":{"value":["search","get_details"]' in shown


def test_a_mistake_in_a_setting_is_told(make: Make) -> None:
    project = make(TMDB_TIMEOUT="soon")
    assert project.up(ok=False).returncode != 0
    assert "TMDB_TIMEOUT" in project.logs


def test_a_stop_waits_for_what_has_begun(make: Make, upstream: StandIn) -> None:
    project = make()
    project.up()
    # DRAIN_TIME, TMDB_TIMEOUT and a moment.
    assert project.container()["Config"]["StopTimeout"] >= 5 + 20 + 2
    (network,) = project.container()["NetworkSettings"]["Networks"].values()
    address = network["IPAddress"]
    gate = plans.Gate()
    upstream.fault = gate
    asked = call(1, {"query": "the matrix"}, MODERN)
    with ThreadPoolExecutor(2) as pool:
        answer = pool.submit(ask, project.url, TOKEN, asked)
        gate.wait_for(1)
        stop = pool.submit(project, "stop")
        wait_until(lambda: is_closed(address), "the server takes connections although it is stopped")
        assert not answer.done()
        gate.release()
        assert "The Matrix" in titles(structured(answer.result(DEADLINE)))
        stop.result(DEADLINE)
    assert project.container()["State"]["ExitCode"] == 0


def test_a_server_that_died_is_started_again(make: Make) -> None:
    project = make()
    project.up()
    died = project.container()["State"]["Pid"]
    os.kill(died, signal.SIGKILL)
    wait_until(lambda: project.container()["RestartCount"] == 1, "it was not started again")
    wait_until(lambda: project.container()["State"]["Health"]["Status"] == "healthy", "it was not healthy again")
    assert "The Matrix" in search(project)
