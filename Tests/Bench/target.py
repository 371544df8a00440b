"""The server that endurance and torture drive: one that runs already, or tmdb-mcp started here."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from client import Client
from servers import free_port, ours

DEADLINE = 1800
"""Seconds that one run of the load generator may take."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--load", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--program", type=Path, help="tmdb-mcp, started for this; or give --url")
    parser.add_argument("--url", help="a server that runs already, such as http://127.0.0.1:8910/mcp")
    parser.add_argument("--token", default="", help="the server's token, with --url")
    parser.add_argument("--pid", type=int, help="the server's process, with --url: its memory is reported")


@dataclass
class Target:
    load: str
    client: Client
    pid: int | None

    def run(self, mode: str, *more: str) -> dict[str, Any]:
        """Runs the load generator, which checks every answer."""
        command = [self.load, mode, "--host", self.client.host, "--port", str(self.client.port),
                   "--path", self.client.path, "--token", self.client.token, *more]
        done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)
        if done.returncode != 0:
            raise SystemExit(f"error: {mode} {' '.join(more)}: {done.stderr.strip()[:1000]}")
        return json.loads(done.stdout)

    def memory_kib(self) -> int | None:
        if self.pid is None:
            return None
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Rss:"):
                return int(line.split()[1])
        return None


@contextmanager
def target(options: argparse.Namespace) -> Iterator[Target]:
    if options.url:
        parts = urlsplit(options.url)
        client = Client(parts.port or 80, parts.path or "/", options.token, parts.hostname or "127.0.0.1")
        yield Target(options.load, client, options.pid)
        return
    # Nothing here calls a tool that asks upstream: the discard port stands for it.
    server = ours(options.program, "http://127.0.0.1:9")
    port = free_port()
    process = subprocess.Popen(
        server.http(port), stdin=subprocess.DEVNULL, env=server.environment | _sanitizer_settings())
    try:
        client = Client(port, server.path, server.token)
        client.wait_until_it_listens(process)
        yield Target(options.load, client, process.pid)
        process.terminate()
        code = process.wait(30)
        assert code == 0, f"the server ended with {code} when asked to stop"
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _sanitizer_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in ("ASAN_OPTIONS", "LSAN_OPTIONS")}
