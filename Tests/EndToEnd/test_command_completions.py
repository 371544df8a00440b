"""Completions in the real shells, and the manual page in its real readers. Tests/run e2e installs them."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.process import DEADLINE
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("the same text from every program")

CASES = [
    ("ch", {"check"}),
    ("--server-mode ", {"stdio", "sse", "both", "auto"}),
    ("--tools=origi", {"original"}),
    ("--logging-level=d", {"debug"}),
    ("--tmdb-rate-l", {"--tmdb-rate-limit"}),
    ("call sea", {"search"}),
    ("call search ty", {"type="}),
    ("call search query=x type=mu", {"multi"}),
    ("call get_details media_type=", {"movie", "tv", "person", "company", "network", "keyword"}),
    ("call search include_adult=t", {"true"}),
    ("token --n", {"--new"}),
    ("config --tmdb-rate-l", {"--tmdb-rate-limit"}),
    ("completions ", {"bash", "zsh", "fish"}),
]


def shell(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing (apt-get install {name})"
    return found


@pytest.fixture
def folder(binary: Binary, tmp_path: Path) -> Path:
    """A folder for PATH in which the program has its name."""
    program = tmp_path / "bin" / "tmdb-mcp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {" ".join(binary.command)} "$@"\n')
    program.chmod(0o755)
    return program.parent


def surroundings(folder: Path) -> dict[str, str]:
    return {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "dumb"}


def output(command: list[str], folder: Path, script: str = "") -> str:
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, timeout=DEADLINE, env=surroundings(folder), cwd=folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_bash_completes(folder: Path, line: str, expected: set[str]) -> None:
    words = line.replace("=", " = ").split(" ")
    script = f"""
        set -u
        source <(tmdb-mcp completions bash)
        COMP_WORDS=(tmdb-mcp {" ".join(repr(word) for word in words)}) COMP_CWORD={len(words)}
        _tmdb_mcp
        printf '%s\\n' "${{COMPREPLY[@]}}"
        complete -p tmdb-mcp
    """
    *found, registered = output([shell("bash"), "--norc", "-s"], folder, script).splitlines()
    assert expected <= set(found) and len(found) <= max(len(expected), 3)
    assert registered == "complete -F _tmdb_mcp tmdb-mcp"


def test_bash_goes_into_folders_for_the_config_file(folder: Path) -> None:
    bash = shell("bash")
    (folder / "my settings").mkdir()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(bash, [bash, "--norc", "--noprofile", "-i"], surroundings(folder))
    try:
        os.write(terminal, b"source <(tmdb-mcp completions bash); PS1='rea''dy> '\n")
        read_until(terminal, lambda text: "ready> " in text)
        os.write(terminal, b"tmdb-mcp --config my\t")
        read_until(terminal, lambda text: "my\\ settings/" in text)
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def test_the_script_for_bash_has_no_faults(binary: Binary, folder: Path) -> None:
    script = run(binary, "completions", "bash").stdout
    assert output([shell("shellcheck"), "--shell=bash", "-"], folder, script) == ""


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_fish_completes(folder: Path, line: str, expected: set[str]) -> None:
    script = f"tmdb-mcp completions fish | source\ncomplete -C 'tmdb-mcp {line}'\n"
    found = [row.split("\t")[0].partition("=")[2] or row.split("\t")[0]
             for row in output([shell("fish"), "--no-config"], folder, script).splitlines()]  # fmt: skip
    assert set(found) == expected


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_zsh_completes(folder: Path, line: str, expected: set[str]) -> None:
    """Its completion needs a terminal with somebody at it."""
    zsh = shell("zsh")
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(zsh, [zsh, "-f", "-i"], surroundings(folder))
    try:
        os.write(terminal, b"autoload -U compinit; compinit -u -D; source <(tmdb-mcp completions zsh)\n")
        os.write(terminal, b"bindkey '^G' list-choices; setopt no_always_last_prompt; PS1='rea''dy> '\n")
        read_until(terminal, lambda text: text.count("ready> ") >= 1)
        os.write(terminal, f"tmdb-mcp {line}".encode() + (b"\t" if len(expected) == 1 else b"\x07"))
        # It rings the bell in the middle of a word that it completes.
        shown = read_until(terminal, lambda text: all(word in text.replace("\x07", "") for word in expected))
        assert "command not found" not in shown
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def read_until(terminal: int, enough) -> str:  # noqa: ANN001
    data = b""
    end = time.monotonic() + DEADLINE
    while not enough(text := data.decode(errors="replace")):
        assert select.select([terminal], [], [], max(0, end - time.monotonic()))[0], f"it shows {text!r}"
        data += os.read(terminal, 65536)
    return text


@pytest.mark.parametrize("operands", [(), ("tcsh",)])
def test_completions_need_a_shell_that_is_known(binary: Binary, operands: tuple[str, ...]) -> None:
    done = run(binary, "completions", *operands)
    assert (done.returncode, done.stdout) == (2, "")
    assert "bash, zsh, fish" in done.stderr


@pytest.mark.parametrize("reader", [("mandoc", "-Tlint"), ("groff", "-ww", "-man", "-Tutf8", "-z")])
def test_the_manual_page_has_no_faults(binary: Binary, folder: Path, reader: tuple[str, ...]) -> None:
    page = run(binary, "man").stdout
    assert output([shell(reader[0]), *reader[1:]], folder, page) == ""


def test_the_manual_page_tells_commands_and_settings(binary: Binary, folder: Path) -> None:
    text = output([shell("mandoc"), "-Tascii"], folder, run(binary, "man").stdout)
    plain = " ".join(re.sub(r".\x08", "", text).split())
    for words in ("tmdb-mcp healthcheck", "--tmdb-rate-limit REQUESTS, TMDB_RATE_LIMIT", "EXIT STATUS"):
        assert words in plain
