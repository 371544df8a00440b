"""The token of HTTP: made, kept, shared, shown only where it cannot be kept."""

import json
import re
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN, Listening, Serve
from harness.messages import meta, request
from harness.process import environment
from harness.wire import DEADLINE, Wire, modern_fields, text
from standin import API_KEY, StandIn

same_everywhere = pytest.mark.same_everywhere("a token is text in a file")
DISCOVER = request(1, "server/discover", {"_meta": meta()})
MADE = re.compile(r"[0-9a-f]{64}")


def served(server: Listening, token: str) -> int:
    with Wire(server) as wire:
        fields = (f"Authorization: Bearer {token}", *modern_fields(DISCOVER))
        wire.write(text("POST", "/mcp", *fields, body=json.dumps(DISCOVER)))
        return wire.response().status


def token_in(config: Path) -> str:
    return MADE.search(config.read_text())[0]


def test_a_token_is_made_kept_and_used_again(serve: Serve, binary: Binary, tmp_path: Path) -> None:
    config = tmp_path / ".tmdb-mcp" / "config.yaml"
    first = serve(SSE_TOKEN="", HOME=str(tmp_path))
    token = token_in(config)
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert str(config) in first.stderr
    assert served(first, token) == 200
    assert served(first, TOKEN) == served(first, "") == 401
    second = serve(SSE_TOKEN="", HOME=str(tmp_path))
    assert token_in(config) == token
    assert served(second, token) == 200
    for server in (first, second):
        assert not MADE.search(server.stderr)
        assert token not in Path(f"/proc/{server.process.pid}/cmdline").read_text()


@same_everywhere
def test_servers_that_start_at_once_share_a_token(serve: Serve, tmp_path: Path) -> None:
    found: list[Listening] = []
    threads = [threading.Thread(target=lambda: found.append(serve(SSE_TOKEN="", HOME=str(tmp_path)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    token = token_in(tmp_path / ".tmdb-mcp" / "config.yaml")
    assert [served(server, token) for server in found] == [200] * 4


@same_everywhere
def test_a_token_that_cannot_be_kept_is_shown_once(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / ".tmdb-mcp").write_text("in the way of the folder")
    server = serve(SSE_TOKEN="", HOME=str(tmp_path))
    shown = MADE.findall(server.stderr)
    assert len(shown) == 1
    assert served(server, shown[0]) == 200
    again = serve(SSE_TOKEN="", HOME=str(tmp_path))
    assert MADE.findall(again.stderr) != shown


@same_everywhere
@pytest.mark.parametrize("mode", ["sse", "both"])
def test_where_nothing_can_be_written_the_way_out_is_told(serve: Serve, tmp_path: Path, mode: str) -> None:
    """As in a container with a read-only root and without a volume."""
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("NOT RUN: this user may make no mount namespace")
    mount = f'mount -t tmpfs -o ro tmpfs {tmp_path} && exec "$0" "$@"'
    shell = f"""exec unshare --mount sh -c '{mount}' "$0" "$@" """
    server = serve(SSE_TOKEN="", SERVER_MODE=mode, HOME=str(tmp_path), shell=shell)
    (shown,) = MADE.findall(server.stderr)
    for words in ("cannot keep", str(tmp_path), "Read-only file system", "SSE_TOKEN", "SSE_TOKEN_FILE"):
        assert words in server.stderr
    assert served(server, shown) == 200


@same_everywhere
def test_without_a_home_the_token_is_shown_too(serve: Serve) -> None:
    server = serve(SSE_TOKEN="")
    assert served(server, MADE.search(server.stderr)[0]) == 200


@same_everywhere
def test_a_token_of_sixteen_characters_is_the_shortest(serve: Serve, binary: Binary, tmdb: StandIn) -> None:
    token = "0123456789abcdef"
    assert served(serve(SSE_TOKEN=token), token) == 200
    variables = environment(tmdb.url, API_KEY, SERVER_MODE="sse", SERVER_SSE_PORT="0", SSE_TOKEN=token[:-1])
    refused = subprocess.run(binary.command, env=variables, capture_output=True, timeout=DEADLINE, text=True)
    assert refused.returncode == 2
    assert "SSE_TOKEN" in refused.stderr and token[:-1] not in refused.stderr


@pytest.mark.native_only("under qemu the command line is the emulator's, which the program cannot reach")
def test_a_token_on_the_command_line_is_hidden_from_other_processes(serve: Serve, binary: Binary) -> None:
    server = serve("--sse-token", TOKEN, SSE_TOKEN="")
    assert served(server, TOKEN) == 200
    assert TOKEN.encode() not in Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
