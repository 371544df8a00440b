"""Networks of a program's own: names, name servers and families of addresses as a test wants them, and no trace on the
machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from .binaries import Binary

# Takes port 53 of the loopback and answers nothing: a name server that the network does not lead to.
_SILENT_NAME_SERVER = """\
import ctypes, os, signal, socket
ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it ends with the program
taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
taken.bind(("127.0.0.1", 53))
os.write(1, b"taken\\n")
os.close(1)
signal.pause()
"""


@dataclass(frozen=True)
class Networked(Binary):
    """A binary that runs in a network of its own."""

    prefix: tuple[str, ...] = ()

    @property
    def command(self) -> list[str]:
        return [*self.prefix, *super().command]


def networked(
    binary: Binary,
    folder: Path,
    *,
    hosts: Mapping[str, tuple[str, ...]] | None = None,
    resolver: str | None = "nameserver 127.0.0.1\n",
    alone: bool = True,
    silent_name_server: bool = False,
) -> Binary:
    """The binary with these addresses of names, and this /etc/resolv.conf (None for none).

    `alone` leaves it the loopback and nothing else, without the servers of the test; otherwise it has the machine's
    network. `folder` is the test's own.
    """
    etc = folder / "etc"
    etc.mkdir()
    lines = [f"{address} {name}\n" for name, addresses in (hosts or {}).items() for address in addresses]
    (etc / "hosts").write_text("".join(["127.0.0.1 localhost\n", *lines]))
    (etc / "nsswitch.conf").write_text("hosts: files dns\n")
    if resolver is not None:
        (etc / "resolv.conf").write_text(resolver)
    script = ["set -e", f"mount --bind {etc} /etc"]
    if alone:
        script.append(f"{shutil.which('ip', path='/usr/sbin:/sbin:/usr/bin:/bin')} link set lo up")
    if silent_name_server:
        server = folder / "name-server.py"
        server.write_text(_SILENT_NAME_SERVER)
        ready = folder / "ready"
        os.mkfifo(ready)
        # The shell, and with it the program, goes on once the server has its port.
        script.append(f"{sys.executable} {server} </dev/null >{ready} 2>/dev/null &")
        script.append(f"read -r taken <{ready}")
    script.append('exec "$@"')
    return Networked(
        binary.platform, binary.path, binary.emulator,
        prefix=(*_unshare(alone), "/bin/sh", "-c", "\n".join(script), "sh"),
    )  # fmt: skip


@cache
def _unshare(alone: bool) -> tuple[str, ...]:
    """The command that makes the namespaces; skips the test where that is not allowed."""
    program = shutil.which("unshare")
    kinds = ("--mount", *(("--net",) if alone else ()))
    command = (str(program), *(() if os.geteuid() == 0 else ("--map-root-user",)), *kinds)
    attempt = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
    if program is None or subprocess.run(attempt, capture_output=True).returncode != 0:
        pytest.skip(f"NOT RUN: this machine does not allow `{' '.join(command)}`, or mounts in it")
    return command
