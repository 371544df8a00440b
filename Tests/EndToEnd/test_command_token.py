"""`tmdb-mcp token` and `tmdb-mcp config`: what is set, and secrets only for those who ask for them."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import TOKEN
from harness.process import DEADLINE
from harness.terminal import run_on_terminal
from standin import API_KEY
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("settings as text, in files")

MADE = re.compile(r"\A[0-9a-f]{64}\n\Z")


@pytest.mark.every_platform
def test_a_token_is_made_kept_and_shown_once(binary: Binary, tmp_path: Path) -> None:
    config = tmp_path / ".tmdb-mcp" / "config.yaml"
    made = run(binary, "token", HOME=str(tmp_path))
    assert made.returncode == 0 and MADE.match(made.stdout)
    assert str(config) in made.stderr and made.stdout.strip() not in made.stderr
    assert made.stdout.strip() in config.read_text()
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    again = run(binary, "token", HOME=str(tmp_path))
    assert (again.returncode, again.stdout, again.stderr) == (0, f"{config}:3: server.sse.token\n", "")
    assert run(binary, "token", "--show", HOME=str(tmp_path)).stdout == made.stdout


def test_a_new_token_takes_the_place_of_the_old_and_the_rest_stays(binary: Binary, tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text(f"# mine\ntmdb:\n  api_key: {API_KEY}\nserver:\n  sse:\n    token: {TOKEN} # old\n    port: 1\n")
    config.chmod(0o600)
    made = run(binary, "token", "--new", "--config", str(config))
    assert made.returncode == 0 and MADE.match(made.stdout)
    new = made.stdout.strip()
    assert config.read_text() == (
        f'# mine\ntmdb:\n  api_key: {API_KEY}\nserver:\n  sse:\n    token: "{new}" # old\n    port: 1\n'
    )
    assert run(binary, "token", "--new", "--config", str(config)).stdout != made.stdout


@pytest.mark.parametrize("flag", [(), ("--show",), ("--new",)])
def test_a_token_from_elsewhere_is_told_of_and_not_changed(
    binary: Binary, tmp_path: Path, flag: tuple[str, ...]
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    for variables, place in (
        ({"SSE_TOKEN": TOKEN}, "SSE_TOKEN"),
        ({"SSE_TOKEN_FILE": str(file)}, "the content of the file in SSE_TOKEN_FILE"),
    ):
        done = run(binary, "token", *flag, HOME=str(tmp_path), **variables)
        if flag == ("--new",):
            assert (done.returncode, done.stdout) == (1, "")
            assert place in done.stderr and TOKEN not in done.stderr
        else:
            assert (done.returncode, done.stdout) == (0, (TOKEN if flag else place) + "\n")
    assert not (tmp_path / ".tmdb-mcp").exists()


def test_where_it_cannot_be_kept_none_is_made(binary: Binary, tmp_path: Path) -> None:
    (tmp_path / ".tmdb-mcp").write_text("in the way of the folder")
    for variables in ({"HOME": str(tmp_path)}, {}):
        done = run(binary, "token", **variables)
        assert (done.returncode, done.stdout) == (1, "")
        assert "cannot keep" in done.stderr


@pytest.mark.parametrize("name", ["https_proxy", "ALL_PROXY", "all_proxy"])
def test_config_tells_the_proxy_by_each_of_its_names(binary: Binary, name: str) -> None:
    done = run(binary, "config", **{name: "http://proxy.example:3128"})
    assert json.loads(done.stdout)["HTTPS_PROXY"] == {"value": "http://proxy.example:3128", "source": name}


def test_config_tells_values_and_sources_as_json(binary: Binary, tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text(f"tmdb:\n  api_key: {API_KEY}\n  language: de\nserver:\n  sse:\n    allowed_hosts: [a, 'b:1']\n")
    config.chmod(0o600)
    done = run(
        binary, "config", "--config", str(config), "--sse-port=1", TMDB_RATE_LIMIT="7", SSE_TOKEN=TOKEN,
        HTTPS_PROXY="http://user:open-sesame@proxy.example:3128",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for secret in (API_KEY, TOKEN, "open-sesame"):
        assert secret not in done.stdout
    found = json.loads(done.stdout)
    assert found["tmdb.api_key"] == {"value": "(hidden)", "source": f"{config}:2: tmdb.api_key"}
    assert found["server.sse.token"] == {"value": "(hidden)", "source": "SSE_TOKEN"}
    assert found["HTTPS_PROXY"] == {"value": "(hidden)", "source": "HTTPS_PROXY"}
    assert found["server.sse.port"] == {"value": 1, "source": "--sse-port"}
    assert found["tmdb.rate_limit"] == {"value": 7, "source": "TMDB_RATE_LIMIT"}
    assert found["tmdb.language"] == {"value": "de", "source": f"{config}:3: tmdb.language"}
    assert found["server.sse.allowed_hosts"]["value"] == ["a", "b:1"]
    assert found["tmdb.cache_size"] == {"value": 16, "source": "the default"}
    assert found["SSL_CERT_FILE"] == {"value": None, "source": None}


def test_config_on_a_terminal_is_aligned_text(binary: Binary) -> None:
    done = run_on_terminal([*binary.command, "config"], {"TMDB_API_KEY": API_KEY, "SERVER_MODE": "stdio"})
    assert (done.returncode, done.stderr) == (0, "")
    assert API_KEY not in done.stdout
    rows = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert rows["server.mode"].split(maxsplit=2)[1:] == ["stdio", "SERVER_MODE"]
    assert rows["tmdb.timeout"].split(maxsplit=2)[1:] == ["20", "the default"]
    assert rows["server.mode"].index("SERVER_MODE") == rows["tmdb.timeout"].index("the default")


SERVICE = """
mount -t tmpfs tmpfs /etc && mount -t tmpfs tmpfs /var/lib && umask 077 && mkdir /etc/tmdb-mcp
mkdir -p /var/lib/tmdb-mcp/.tmdb-mcp
printf '# A comment\\n\\nTMDB_TIMEOUT=7\\nSERVER_SSE_PORT="8999"\\n' >/etc/tmdb-mcp/environment
echo "$KEY" >/etc/tmdb-mcp/tmdb-api-key
printf 'server:\\n  sse:\\n    token: %s\\n' "$TOKEN" >/var/lib/tmdb-mcp/.tmdb-mcp/config.yaml
unset KEY TOKEN
exec "$0" "$@"
"""


def in_service(binary: Binary, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command on a machine with the service, without its surroundings, as root does."""
    command = ["unshare", "--mount", "sh", "-c", SERVICE, *binary.command, *arguments]
    settings = {"PATH": os.environ["PATH"], "KEY": API_KEY, "TOKEN": TOKEN, "HOME": "/nowhere"} | variables
    return subprocess.run(command, env=settings, capture_output=True, text=True, timeout=DEADLINE)


@pytest.mark.native_only("the namespace hides the emulator's files")
@pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: only root may read the service's files")
def test_who_looks_after_the_service_is_told_of_its_settings(binary: Binary) -> None:
    done = in_service(binary, "token", "--show")
    assert (done.returncode, done.stdout) == (0, f"{TOKEN}\n")
    assert "of the service: /etc/tmdb-mcp/environment" in done.stderr
    told = json.loads(in_service(binary, "config").stdout)
    assert (told["tmdb.timeout"]["value"], told["server.sse.port"]["value"]) == (7, 8999)
    assert (told["server.mode"]["value"], told["tmdb.api_key"]["value"]) == ("sse", "(hidden)")
    checked = in_service(binary, "check", TMDB_BASE_URL="http://127.0.0.1:1/3")
    assert "key        skipped" in checked.stdout and "127.0.0.1:8999" in checked.stdout
    # Settings of one's own go before them.
    own = in_service(binary, "token", "--show", SSE_TOKEN="0123456789abcdef")
    assert (own.stdout, own.stderr) == ("0123456789abcdef\n", "")
