"""The servers that are measured, and how each is started."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TESTS = Path(__file__).resolve().parents[1]
TOKEN = "for-the-benchmark"


@dataclass
class Server:
    name: str
    version: str
    http: Callable[[int], list[str]]
    """The command that serves HTTP on a port."""
    path: str = "/mcp"
    token: str = ""
    stdio: list[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    size: int = 0
    """Bytes of the program, with the files that it needs where it has any."""
    call: dict[str, Any] | None = None
    """Params of a tools/call on sample data that never leaves the machine."""
    answer: str = ""
    """What the text of its answer must hold."""
    uncached: dict[str, str] = field(default_factory=dict)
    """What the environment has besides, to make each call ask upstream; calls then differ (see `##########`)."""
    proxy: Callable[[int], list[str]] | None = None
    """The command that passes requests on to the upstream, and its answers back as they are."""
    streams_max: int = 10_000
    fixed: bool = False
    """Answers everything with one same text: a limit, not an MCP server."""
    notes: list[str] = field(default_factory=list)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


UPSTREAM_BYTES = 19_000
"""Of the upstream's answer: TMDB's pages of search results have up to that many, most of which is overviews."""


def lengthened(answer: bytes) -> bytes:
    """The answer with overviews as long as it takes; what goes to clients has only their beginning."""
    page = json.loads(answer)
    rows = [row for row in page["results"] if row.get("overview")]
    while len(answer) < UPSTREAM_BYTES:
        for row in rows:
            row["overview"] += " Nobody has asked the lighthouse keeper."
        answer = json.dumps(page, separators=(",", ":"), ensure_ascii=False).encode()
    return answer


def start_upstream(core: int) -> tuple[subprocess.Popen[bytes], str]:
    """Starts an nginx that answers as the stand-in for TMDB answers one search, but faster, and with overviews as long
    as TMDB's; returns it and its URL."""
    stand_in, url = start_stand_in()
    try:
        with urllib.request.urlopen(f"{url}/search/multi?query=the&api_key=sample", timeout=30) as response:
            answer = response.read()
    finally:
        stand_in.terminate()
        stand_in.wait()
    nginx = _find_nginx()
    assert nginx, "nginx is missing"
    folder = _folder()
    (folder / "answer.json").write_bytes(lengthened(answer))
    port = free_port()
    command = _nginx_command(nginx, folder, port,
        f'root {folder}; try_files /answer.json =404; add_header Cache-Control "public, max-age=600";')
    process = subprocess.Popen(["taskset", "--cpu-list", str(core), *command], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, f"http://127.0.0.1:{port}/3"
        except OSError:
            assert process.poll() is None and time.monotonic() < end, "the upstream did not start"
            time.sleep(0.02)


def start_stand_in() -> tuple[subprocess.Popen[bytes], str]:
    process = subprocess.Popen(
        [sys.executable, str(TESTS / "StandIn"), "--any-key", "--exit-with", str(os.getpid())],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    line = process.stdout.readline().decode().split()
    assert line, "the stand-in for TMDB did not start"
    return process, line[-1]


def all_servers(program: Path, environments: Path, upstream: str, only: list[str] | None) -> Iterator[Server]:
    """Those of the names in `only`, or all: what is not asked for need not be installed."""
    makers = {
        "tmdb-mcp": lambda: ours(program, upstream),
        "mcp-grafana": lambda: _grafana(environments / "mcp-grafana"),
        "FastMCP": lambda: _fastmcp(environments / "fastmcp"),
        "nginx": lambda: _nginx(_find_nginx(), upstream),
    }
    for name, make in makers.items():
        if not only or name in only:
            yield make()


def ours(program: Path, upstream: str) -> Server:
    environment = {"TMDB_API_KEY": "sample", "TMDB_BASE_URL": upstream, "NO_PROXY": "127.0.0.1", "HOME": "/nonexistent"}
    shown = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout
    return Server(
        name="tmdb-mcp", version=shown.split()[-1], token=TOKEN, environment=environment | {"SSE_TOKEN": TOKEN},
        http=lambda port: [
            str(program), "--server-mode", "sse", "--sse-host", "127.0.0.1", "--sse-port", str(port)],
        stdio=[str(program)], size=program.stat().st_size,
        call={"name": "search", "arguments": {"query": "the"}}, answer="Matrix",
        uncached={"TMDB_CACHE_SIZE": "0", "TMDB_RATE_LIMIT": "1000000"},
        notes=["tools/call gives a page of 20 results, of which TMDB sends 19 KB; an nginx on the load's core stands "
               "for it"])


def _version_in(environment: Path, package: str) -> str:
    places = [str(place) for place in environment.glob("lib/python*/site-packages")]
    return next(found.version for found in distributions(path=places) if found.metadata["Name"] == package)


def _grafana(environment: Path) -> Server:
    program = next(environment.glob("lib/python*/site-packages/mcp_grafana/bin/mcp-grafana"))
    # The package's own launcher does this at its first start, but it would cost the measured start some milliseconds.
    program.chmod(0o755)
    return Server(
        name="mcp-grafana", version=_version_in(environment, "mcp-grafana"),
        http=lambda port: [
            str(program), "-t", "streamable-http", "-address", f"127.0.0.1:{port}", "-enabled-tools", "navigation"],
        stdio=[str(program), "-enabled-tools", "navigation"],
        environment={"GRAFANA_URL": "http://127.0.0.1:9", "HOME": "/nonexistent"}, size=program.stat().st_size,
        notes=["no tools/call: its tools ask a Grafana, which is not here"])


def _fastmcp(environment: Path) -> Server:
    python = str(environment / "bin" / "python")
    script = str(Path(__file__).with_name("fastmcp_server.py"))
    return Server(
        name="FastMCP", version=_version_in(environment, "fastmcp"), http=lambda port: [python, script, str(port)],
        stdio=[python, script, "stdio"], call={"name": "search", "arguments": {"query": "matrix"}}, answer="matrix",
        environment={"HOME": "/nonexistent", "FASTMCP_CHECK_FOR_UPDATES": "off"}, streams_max=1000,
        notes=["tools/call answers from memory, without an upstream"])


def _find_nginx() -> str | None:
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


def _folder() -> Path:
    """A folder that goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="tmdb-mcp-bench-"))
    # nginx may read it as another user.
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _nginx_command(nginx: str, folder: Path, port: int, location: str, more: str = "") -> list[str]:
    """The command that serves what a location says; `more` stands beside the server."""
    configuration = folder / f"{port}.conf"
    configuration.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; keepalive_requests 1000000000; open_file_cache max=10; {more}\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{ default_type application/json; {location} }} }} }}\n")
    return [nginx, "-p", str(folder), "-c", str(configuration)]


def _nginx(nginx: str, upstream: str) -> Server:
    folder = _folder()
    pool = f"upstream tmdb {{ server {urlsplit(upstream).netloc}; keepalive 64; keepalive_requests 1000000000; }}"
    passing = 'proxy_pass http://tmdb; proxy_http_version 1.1; proxy_set_header Connection "";'
    location = 'return 200 \'{"jsonrpc":"2.0","id":1,"result":{}}\';'
    shown = subprocess.run([nginx, "-v"], capture_output=True, text=True).stderr
    return Server(
        name="nginx", version=shown.strip().rpartition("/")[2], fixed=True,
        http=lambda port: _nginx_command(nginx, folder, port, location),
        proxy=lambda port: _nginx_command(nginx, folder, port, passing, pool),
        notes=["the limit: one fixed answer, whatever is asked; where upstream is asked, its answer as it is"])
