"""Commands run in namespaces of their own: with another file system or no network, and no trace on the system."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest


@cache
def _unshare(kind: str) -> tuple[str, ...]:
    """The command that makes the namespace; skips the test where that is not allowed."""
    command = ("unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), kind)
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip(f"NOT RUN: this machine does not allow `{' '.join(command)}`")
    return command


def without_network() -> tuple[str, ...]:
    return _unshare("--net")


def with_mounts(*mounts: str) -> tuple[str, ...]:
    """After these commands, which may mount, in a namespace of the command alone."""
    command = _unshare("--mount")
    script = "\n".join(["set -e", *mounts, 'exec "$@"'])
    if subprocess.run([*command, "bash", "-c", "mount -t tmpfs none /mnt"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("NOT RUN: this machine does not allow mounts in a namespace")
    return (*command, "bash", "-c", script, "bash")
