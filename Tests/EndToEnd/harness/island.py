"""A network of its own, with a name server and a TMDB, in which commands run.

Run as a program, by `Island.run`, inside of the namespaces: it takes the scene as JSON, tells what happened as JSON.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pytest
from standin import StandIn

from .nameserver import NameServer, Rule

PATIENCE = 60.0
_FOLDER = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Outcome:
    """How a command ended. `asked` holds the questions about its name that the name server got."""

    status: int
    stdout: str
    stderr: str
    asked: list[str]


def run(
    command: list[str],
    environment: dict[str, str],
    rules: list[Rule],
    names: list[str],
    resolv_conf: str = "nameserver 127.0.0.1\n",
    ipv6: bool = True,
) -> dict[str, Outcome]:
    """Runs the command once for each name, all at once. That name, which DNS alone may know, is its TMDB's."""
    scene = {
        "command": command, "environment": environment, "rules": [asdict(rule) for rule in rules], "names": names,
        "resolv_conf": resolv_conf, "ipv6": ipv6,
    }  # fmt: skip
    path = os.pathsep.join([str(_FOLDER), str(_FOLDER.parent / "StandIn")])
    done = subprocess.run(
        [*_namespaces(), sys.executable, "-m", "harness.island"], input=json.dumps(scene), capture_output=True,
        text=True, timeout=2 * PATIENCE, cwd=_FOLDER, env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: Outcome(**outcome) for name, outcome in json.loads(done.stdout).items()}


@cache
def _namespaces() -> tuple[str, ...]:
    """The command that makes them; skips the test where that is not allowed."""
    user = () if os.geteuid() == 0 else ("--map-root-user",)
    command = ("unshare", *user, "--net", "--mount", "--pid", "--fork", "--kill-child")
    trial = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(trial, capture_output=True).returncode:
        pytest.skip(f"NOT RUN: this machine does not allow `{' '.join(command)}` and mounts in it")
    return command


def _serve(scene: dict) -> dict[str, dict]:
    _start_loopback()
    if not scene["ipv6"]:
        Path("/proc/sys/net/ipv6/conf/all/disable_ipv6").write_text("1")
    # Nothing of the system's own settings: the program has all that it needs in itself.
    subprocess.run(["mount", "-t", "tmpfs", "none", "/etc"], check=True)
    Path("/etc/resolv.conf").write_text(scene["resolv_conf"])
    Path("/etc/hosts").write_text("127.0.0.1 localhost\n")
    server = NameServer([Rule(**rule) for rule in scene["rules"]])
    server.start()
    with contextlib.ExitStack() as stack:
        tmdb = stack.enter_context(StandIn())
        if scene["ipv6"]:
            stack.enter_context(StandIn(host="::1", port=tmdb.port))

        def ask(name: str) -> subprocess.CompletedProcess[str]:
            url = tmdb.url.replace("127.0.0.1", name)
            return subprocess.run(
                scene["command"], env=scene["environment"] | {"TMDB_BASE_URL": url}, capture_output=True, text=True,
                timeout=PATIENCE, stdin=subprocess.DEVNULL,
            )  # fmt: skip

        names = scene["names"]
        with ThreadPoolExecutor(len(names)) as pool:
            done = dict(zip(names, pool.map(ask, names), strict=True))
    return {
        name: {
            "status": result.returncode, "stdout": result.stdout, "stderr": result.stderr,
            "asked": [question for question in server.asked if question.startswith(name)],
        }
        for name, result in done.items()
    }  # fmt: skip


def _start_loopback() -> None:
    """As `ip link set lo up` (netdevice(7))."""
    up, set_flags = 0x1, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", up))


if __name__ == "__main__":
    print(json.dumps(_serve(json.load(sys.stdin))))
    sys.stdout.flush()
    os._exit(0)  # servers that still wait are not waited for
