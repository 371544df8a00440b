"""IPv4 and IPv6: one address, `::`, for whichever of them a machine has. Each test has a network of its own."""

from __future__ import annotations

import json
import shlex
import shutil
import socket
import subprocess
import sys

import pytest
import refusing
from harness.binaries import Binary
from harness.listening import Listening, Serve
from harness.process import DEADLINE

ASK = """
import json, sys, urllib.request
statuses = {}
for host in sys.argv[2:]:
    try:
        with urllib.request.urlopen(f"http://{host}:{sys.argv[1]}/health", timeout=30) as answer:
            statuses[host] = answer.status
    except OSError as error:
        statuses[host] = type(getattr(error, "reason", error)).__name__
print(json.dumps(statuses))
"""
PORT = "8910"
HOSTS = ("127.0.0.1", "[::1]")

# What is done to a network that has a loopback of both families.
NETWORKS = {
    "both": "true",
    "both, and IPV6_V6ONLY by default": "echo 1 >/proc/sys/net/ipv6/bindv6only",
    "IPv4 alone": "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6",
    "IPv6 alone": "ip address delete 127.0.0.1/8 dev lo",
}
REACHED = {"IPv4 alone": ("127.0.0.1",), "IPv6 alone": ("[::1]",)}


@pytest.fixture
def island(serve: Serve, binary: Binary) -> object:
    """Starts servers in a network of their own."""
    if not binary.is_native:
        pytest.skip("the kernel's part is the same under an emulator")
    if shutil.which("ip") is None or subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: this user may make no network namespace, or there is no `ip`")

    def begin(change: str, host: str = "::", prefix: tuple[str, ...] = ()) -> Listening:
        inside = f'ip link set lo up && {change} && exec {shlex.join(prefix)} "$0" "$@"'
        shell = f'exec unshare --net sh -c {shlex.quote(inside)} "$0" "$@"'
        return serve(SERVER_SSE_HOST=host, SERVER_SSE_PORT=PORT, PATH="/usr/sbin:/usr/bin:/sbin:/bin", shell=shell)

    return begin


def inside(server: Listening, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in the server's network."""
    place = ["nsenter", "--net", "--target", str(server.process.pid)]
    return subprocess.run([*place, *command], capture_output=True, text=True, timeout=DEADLINE, env=variables)


def reached(server: Listening) -> tuple[str, ...]:
    done = inside(server, sys.executable, "-c", ASK, PORT, *HOSTS)
    assert done.returncode == 0, done.stderr
    return tuple(host for host, status in json.loads(done.stdout).items() if status == 200)


def check_health(server: Listening, binary: Binary, host: str) -> None:
    done = inside(server, *binary.command, "healthcheck", SERVER_SSE_HOST=host, SERVER_SSE_PORT=PORT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("network", NETWORKS)
def test_every_address_serves_what_the_machine_has(island: object, binary: Binary, network: str) -> None:
    server = island(NETWORKS[network])
    assert reached(server) == REACHED.get(network, HOSTS)
    check_health(server, binary, "::")


def test_a_kernel_without_ipv6_serves_ipv4_and_says_so_in_one_line(island: object, binary: Binary) -> None:
    server = island("true", prefix=tuple(refusing.command({}, family=socket.AF_INET6)))
    assert reached(server) == ("127.0.0.1",)
    (line,) = server.log
    assert line["level"] == "info"
    assert line["msg"].startswith("listening on http://0.0.0.0:8910/mcp: this machine has no IPv6 (")
    check_health(server, binary, "::")


def test_ipv4_alone_stays_ipv4_alone(island: object, binary: Binary) -> None:
    server = island("true", host="0.0.0.0")
    assert reached(server) == ("127.0.0.1",)
    check_health(server, binary, "0.0.0.0")
