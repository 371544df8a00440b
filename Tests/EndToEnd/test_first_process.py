"""The server as process 1 of a container: it becomes the parent of every process there that has lost its own."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.process import DEADLINE, environment
from standin import API_KEY, StandIn

NAMESPACE = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
# The inner shell ends at once; what it started has a parent no more.
LEAVES_AN_ORPHAN = 'sh -c "sleep 0.01 & echo \\$!"'


@pytest.mark.parametrize("mode", ["stdio", "sse", "both"])
def test_orphans_do_not_stay(binary: Binary, tmdb: StandIn, mode: str) -> None:
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    namespace = [*NAMESPACE, *user]
    if subprocess.run([*namespace, "true"], capture_output=True).returncode != 0:
        pytest.skip("this user may make no process namespace")
    variables = environment(tmdb.url, API_KEY, SERVER_MODE=mode, SSE_TOKEN="0123456789abcdef", SERVER_SSE_PORT="0")
    # One child has ended before the program begins.
    shell = 'true & while [ -d /proc/$! ] && ! grep -q "^State:.Z" /proc/$!/status; do :; done; exec "$@"'
    with subprocess.Popen(
        [*namespace, "sh", "-c", shell, "sh", *binary.command], env=variables | {"PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
            process.stdin.flush()
            # It serves once it has said where, or has answered.
            assert (process.stderr if mode == "sse" else process.stdout).readline()
            first = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
            inside = ["nsenter", "--target", str(first), "--pid", "--mount", "--root"]
            for _ in range(3):
                subprocess.run([*inside, "sh", "-c", LEAVES_AN_ORPHAN], check=True, capture_output=True)
            end = time.monotonic() + DEADLINE
            while left := children(first):
                assert time.monotonic() < end, f"children stay: {left}"
        finally:
            process.kill()


def children(process: int) -> list[str]:
    """What a process is the parent of, with the state of each."""
    numbers = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = []
    for number in numbers:
        try:
            found.append(Path(f"/proc/{number}/stat").read_text()[:60])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
