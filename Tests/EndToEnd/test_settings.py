"""Settings from flags, variables and the config file: which holds, and what is said of a mistake."""

from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import failure
from harness.messages import request
from harness.process import Start
from standin import API_KEY, StandIn
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("settings as text, in files")


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_the_key_comes_from_the_file_at_the_default_place(start: Start, tmp_path: Path) -> None:
    write(tmp_path / ".tmdb-mcp" / "config.yaml", f"tmdb:\n  api_key: {API_KEY}\nserver:\n  mode: stdio\n")
    server = start(key=None, HOME=str(tmp_path))
    assert not server.call({"query": "matrix"}).get("isError")
    assert [line["msg"] for line in server.log] == ["request"]


@pytest.mark.every_platform
def test_a_flag_comes_before_a_variable_before_the_file(start: Start, tmdb: StandIn, tmp_path: Path) -> None:
    config = write(tmp_path / "c.yaml", "tmdb:\n  base_url: http://127.0.0.1:1\n")
    nowhere = "http://127.0.0.1:2"
    by_variable = start(arguments=("--config", str(config)))
    assert not by_variable.call({"query": "matrix"}).get("isError")
    by_flag = start(upstream=nowhere, arguments=("--config", str(config), f"--tmdb-base-url={tmdb.url}"))
    assert not by_flag.call({"query": "matrix"}).get("isError")
    by_file = start(TMDB_BASE_URL="", TMDB_TIMEOUT="1", arguments=("--config", str(config)))
    assert "refused the connection to port 1:" in failure(by_file.call({"query": "matrix"}))


def test_the_key_comes_from_the_file_that_a_variable_names(start: Start, tmp_path: Path) -> None:
    server = start(key=None, TMDB_API_KEY_FILE=str(write(tmp_path / "key", API_KEY + "\n")))
    assert not server.call({"query": "matrix"}).get("isError")


@pytest.mark.native_only("under qemu the command line is the emulator's, which the program cannot reach")
@pytest.mark.parametrize("form", [("--tmdb-api-key", API_KEY), (f"--tmdb-api-key={API_KEY}",)])
def test_a_key_on_the_command_line_is_hidden_from_other_processes(start: Start, binary: Binary, form: tuple) -> None:
    token = "open-sesame-open-sesame"
    server = start(key=None, arguments=(*form, "--sse-token", token, "--server-mode=stdio"), secrets=(token,))
    shown = Path(f"/proc/{server.process.pid}/cmdline").read_bytes().split(b"\0")
    hidden = b"*" * len(API_KEY)
    expected = [b"--tmdb-api-key", hidden] if len(form) == 2 else [b"--tmdb-api-key=" + hidden]
    expected += [b"--sse-token", b"*" * len(token), b"--server-mode=stdio"]
    assert shown[: -1][-len(expected) :] == expected
    assert not server.call({"query": "matrix"}).get("isError")


@pytest.mark.parametrize("mode", ["stdio", "both"])
def test_standard_input_is_served_in_these_modes(start: Start, mode: str) -> None:
    assert start(SERVER_MODE=mode).is_alive()


@pytest.mark.every_platform
def test_every_mistake_is_told_at_once_with_its_place(binary: Binary, tmp_path: Path) -> None:
    config = write(tmp_path / "c.yaml", "server:\n  mode: http\n  sse:\n    prot: 1\n")
    done = run(binary, f"--config={config}", "--sse-prot=1", PORT="x", SSE_TOKEN="open-sesame", TMDB_TIMEOUT="0")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[:3] == [
        'tmdb-mcp: unknown argument "--sse-prot"; did you mean --sse-port?',
        f"tmdb-mcp: {config}:4: server.sse.prot is unknown; did you mean server.sse.port?",
        f'tmdb-mcp: {config}:2: server.mode must be stdio, sse, both or auto, not "http"',
    ]
    assert [line.split()[1] for line in lines[3:-1]] == ["TMDB_TIMEOUT", "PORT", "SSE_TOKEN"]
    assert "--help" in lines[-1]
    assert "open-sesame" not in done.stderr


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("server:\n\tmode: stdio\n", "2: not YAML: found character that cannot start any token"),
        ("server:\n  mode: stdio\n  mode: sse\n", '3: the key "mode" stands here again, first in line 2'),
        ("a: &a [1]\nb: *a\n", "2: an alias (*name) is refused"),
        ("#" * 65537, "File too large"),
    ],
)
def test_a_file_that_cannot_be_read_ends_the_program(binary: Binary, tmp_path: Path, text: str, line: str) -> None:
    config = write(tmp_path / ".tmdb-mcp" / "config.yaml", text)
    done = run(binary, HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert str(config) in done.stderr and line in done.stderr


def test_a_named_file_must_be_there(binary: Binary, tmp_path: Path) -> None:
    done = run(binary, TMDB_MCP_CONFIG=str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"TMDB_MCP_CONFIG: cannot read {tmp_path}/none: No such file or directory" in done.stderr


def test_a_file_with_a_secret_that_others_may_read_is_warned_of(start: Start, tmp_path: Path) -> None:
    config = write(tmp_path / "c.yaml", f"tmdb:\n  api_key: {API_KEY}\n", 0o644)
    server = start(key=None, arguments=("--config", str(config)))
    assert server.is_alive()
    (line,) = server.log
    assert line["level"] == "warn"
    assert line["msg"] == f"{config} holds a secret, and others may read it: chmod 600 {config}"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--tmdb-language", "german"), '--tmdb-language must be a language such as de or pt-BR: '),
        (("--tmdb-language", "jp"), 'Japanese is ja, Korean ko, Chinese zh, Czech cs, Danish da, Greek el, not "jp"'),
        (("--tmdb-rate-limit", "0"), "--tmdb-rate-limit must be a whole number of requests a second from 1 to 1000000"),
        (("--tmdb-cache-size=2000",), "--tmdb-cache-size must be a whole number of megabytes from 0 to 1024"),
        (("--logging-level", "loud"), "--logging-level must be auto, debug, info, warn or error, not \"loud\""),
        (("--logging-format", "xml"), "--logging-format must be auto, json or text, not \"xml\""),
        (("--tools", "serch,nothing-like-it"), '--tools: there is no tool or set "serch"; did you mean search?'),
    ],
)
def test_a_wrong_value_ends_the_program_and_every_command(
    binary: Binary, arguments: tuple[str, ...], told: str
) -> None:
    for command in ((), ("config",), ("check",), ("tools",), ("call", "search", "query=x"), ("token",)):
        done = run(binary, *command, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr


def test_a_list_of_tools_that_leaves_one_out_hides_it_and_refuses_its_calls(start: Start) -> None:
    server = start(TMDB_MCP_TOOLS="search")
    assert [tool["name"] for tool in server.result_of(request("l", "tools/list"))["tools"]] == ["search"]
