"""`tmdb-mcp healthcheck`: right in every mode of the server."""

from __future__ import annotations

import http.server
import os
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN, Serve
from harness.process import DEADLINE, Start, environment
from standin import API_KEY, StandIn
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("settings and answers are text")


def port_of(url: str) -> str:
    return str(urlsplit(url).port)


@pytest.fixture
def own(binary: Binary, tmp_path: Path) -> Binary:
    """The program under a name that no other process on this machine has."""
    if not binary.is_native:
        pytest.skip("under an emulator that is called by path a copy is the same")
    copy = tmp_path / f"tmdb-mcp-{os.getpid()}"
    shutil.copy(binary.path, copy)
    return Binary(binary.platform, copy)


@pytest.mark.every_platform
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "127.0.0.2", "::1", "::"])
def test_a_server_on_http_is_well_at_each_address_and_through_no_proxy(
    binary: Binary, serve: Serve, host: str
) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("NOT RUN: this machine has no IPv6")
    server = serve(SERVER_SSE_HOST=host)
    proxy = "http://127.0.0.1:1"
    variables = {"SERVER_MODE": "sse", "SERVER_SSE_HOST": host, "SERVER_SSE_PORT": port_of(server.url)}
    done = run(binary, "healthcheck", **variables, http_proxy=proxy, HTTPS_PROXY=proxy, ALL_PROXY=proxy)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "serving"), [("::", "127.0.0.1"), ("0.0.0.0", "::1"), ("localhost", "::1"), ("localhost", "127.0.0.1")]
)
def test_a_server_that_answers_on_one_family_is_well(binary: Binary, serve: Serve, asked: str, serving: str) -> None:
    server = serve(SERVER_SSE_HOST=serving)
    done = run(binary, "healthcheck", SERVER_SSE_HOST=asked, SERVER_SSE_PORT=port_of(server.url))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("silent", ["127.0.0.1", "::1"])
def test_another_program_on_the_other_family_does_not_matter(binary: Binary, serve: Serve, silent: str) -> None:
    server = serve(SERVER_SSE_HOST="::1" if silent == "127.0.0.1" else "127.0.0.1")
    family = socket.AF_INET6 if ":" in silent else socket.AF_INET
    with socket.create_server((silent, int(port_of(server.url))), family=family):
        for asked in ("::", "0.0.0.0"):
            done = run(binary, "healthcheck", SERVER_SSE_HOST=asked, SERVER_SSE_PORT=port_of(server.url))
            assert (done.returncode, done.stderr) == (0, "")


def test_an_address_is_asked_alone(binary: Binary, serve: Serve) -> None:
    server = serve(SERVER_SSE_HOST="127.0.0.1")
    assert run(binary, "healthcheck", SERVER_SSE_HOST="::1", SERVER_SSE_PORT=port_of(server.url)).returncode == 1


def test_flags_of_settings_are_taken(binary: Binary, serve: Serve) -> None:
    assert run(binary, "healthcheck", "--sse-port", port_of(serve().url)).returncode == 0


def test_where_nobody_listens_it_is_not_well(binary: Binary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = str(closed.getsockname()[1])
    done = run(binary, "healthcheck", SERVER_SSE_PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tmdb-mcp: not well: ") and done.stderr.count("\n") == 1


def test_a_server_that_does_not_answer_or_is_another_is_not_well(binary: Binary, tmdb: StandIn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = run(binary, "healthcheck", SERVER_SSE_PORT=str(silent.getsockname()[1]))
        assert done.returncode == 1 and "time" in done.stderr
    done = run(binary, "healthcheck", SERVER_SSE_PORT=str(tmdb.port))
    assert done.returncode == 1 and "another program" in done.stderr


def test_another_program_that_says_that_it_is_well_is_not_this_one(binary: Binary) -> None:
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status":"ok"}')

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.handle_request, daemon=True).start()
        done = run(binary, "healthcheck", SERVER_SSE_PORT=str(other.server_port))
    assert done.returncode == 1 and "another program" in done.stderr


def test_any_free_port_cannot_be_asked(binary: Binary) -> None:
    done = run(binary, "healthcheck", SERVER_SSE_PORT="0")
    assert done.returncode == 1 and "SERVER_SSE_PORT" in done.stderr


def test_a_mistake_in_the_settings_is_not_well_with_one(binary: Binary) -> None:
    """2 has no meaning for Docker."""
    done = run(binary, "healthcheck", SERVER_SSE_PORT="x")
    assert done.returncode == 1 and "SERVER_SSE_PORT must be" in done.stderr


@pytest.mark.every_platform
def test_on_standard_input_it_looks_for_the_process(own: Binary, start: Start) -> None:
    assert run(own, "healthcheck", SERVER_MODE="stdio").returncode == 1
    server = start(program=own)
    assert run(own, "healthcheck", SERVER_MODE="stdio").returncode == 0
    server.finish()
    done = run(own, "healthcheck", SERVER_MODE="stdio")
    assert done.returncode == 1 and "/proc" in done.stderr


@pytest.mark.every_platform
def test_a_server_that_has_ended_and_that_nobody_waited_for_is_not_well(own: Binary, tmdb: StandIn) -> None:
    with subprocess.Popen(
        [*own.command, "--server-mode", "stdio"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env=environment(tmdb.url, API_KEY),
    ) as process:  # fmt: skip
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert run(own, "healthcheck", SERVER_MODE="stdio").returncode == 1


def test_other_commands_of_the_program_are_no_server(own: Binary, tmdb: StandIn) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{silent.getsockname()[1]}/3"
    with silent, subprocess.Popen(
        [*own.command, "call", "search", "query=x"], env=environment(url, API_KEY), stdout=subprocess.DEVNULL
    ) as process:
        connection, _ = silent.accept()
        assert run(own, "healthcheck", SERVER_MODE="stdio").returncode == 1
        process.send_signal(signal.SIGINT)
        process.wait(DEADLINE)
        connection.close()


@pytest.mark.parametrize("init", [(), ("sh", "-c", '"$@"; true', "sh")], ids=["the server itself", "an init"])
@pytest.mark.parametrize("mode", ["stdio", "sse", "both"])
def test_in_a_container_it_takes_the_flags_of_the_server(
    own: Binary, tmdb: StandIn, mode: str, init: tuple[str, ...]
) -> None:
    """As `docker exec` runs it: beside process 1, with the same environment, and without the server's flags."""
    namespace = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if subprocess.run([*namespace, "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: this user may make no process namespace")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    flags = ["--server-mode", mode, "--sse-port", port, "--sse-token", TOKEN]
    variables = environment(tmdb.url, API_KEY) | {"PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [*namespace, *init, *own.command, *flags], env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
            process.stdin.flush()
            # It serves once it has said where, or has answered.
            (process.stdout if mode == "stdio" else process.stderr).readline()
            first = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
            # The root of a mount namespace is another one where the tests run in a chroot.
            inside = ["nsenter", "--target", str(first), "--pid", "--mount", "--root"]
            done = subprocess.run(
                [*inside, *own.command, "healthcheck"], env=variables, capture_output=True, timeout=DEADLINE, text=True
            )
            assert (done.returncode, done.stderr) == (0, "")
            assert TOKEN not in done.stdout
        finally:
            process.kill()
            for stream in (process.stdin, process.stdout, process.stderr):
                stream.close()
