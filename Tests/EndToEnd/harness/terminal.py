"""A program whose standard output is a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time

from .process import DEADLINE


def run_on_terminal(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end. Line ends are as the program wrote them; standard error is a pipe."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, env=environment, close_fds=True
    )
    os.close(theirs)
    output = bytearray()
    end = time.monotonic() + DEADLINE
    try:
        while select.select([ours], [], [], max(0, end - time.monotonic()))[0]:
            try:
                data = os.read(ours, 65536)
            except OSError:  # The other side has been closed.
                break
            if not data:
                break
            output += data
        errors = process.communicate(timeout=DEADLINE)[1]
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    text = output.decode().replace("\r\n", "\n")
    return subprocess.CompletedProcess(command, process.returncode, text, errors.decode())
