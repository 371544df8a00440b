""".env.example names each variable of the program, with its default, and the program takes all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import PROGRAM, DEPLOY, run

LINES = (DEPLOY / ".env.example").read_text().splitlines()
OF_COMPOSE = {"TMDB_MCP_IMAGE", "PUBLISH_ADDRESS"}
"""What compose.yaml reads and the program does not know."""

EXAMPLES = {
    "TMDB_API_KEY": "your-key",
    "OMDB_API_KEY": "your-omdb-key",
    "OMDB_API_KEY_FILE": "./secrets/omdb-api-key",
    "TMDB_SESSION": "your-session",
    "TMDB_SESSION_FILE": "./secrets/tmdb-session",
    "TMDB_REGION": "DE",
    "TMDB_API_KEY_FILE": "./secrets/tmdb-api-key",
    "SSE_TOKEN_FILE": "./secrets/sse-token",
    "HTTPS_PROXY": "http://proxy.example:3128",
}
"""Variables without a default, whose lines show something else."""


def listed() -> dict[str, str]:
    """The variables of the example and their values."""
    matches = [re.fullmatch(r"#([A-Z_]+)=(.*)", line) for line in LINES]
    names = [match[1] for match in matches if match]
    assert len(names) == len(set(names)), "a variable is there twice"
    return {match[1]: match[2] for match in matches if match}


def known() -> dict[str, str]:
    """The variables that `tmdb-mcp --help` tells of, with their defaults."""
    found = {}
    for paragraph in re.split(r"\n\n", run(PROGRAM, "--help").stdout):
        head, _, rest = paragraph.strip().partition("\n")
        if re.match(r"(--[a-z-]+ [A-Z]+, )?[A-Z_]+\b", head) and rest:
            default = re.search(r"\(default: (.*)\)", rest)
            for name in re.findall(r"(?:^|, )([A-Z][A-Z_]+)(?=,|$)", head):
                found[name] = default[1] if default else ""
    return found


def test_it_lists_what_the_program_knows_and_nothing_else() -> None:
    assert len(known()) > 20
    assert listed().keys() - OF_COMPOSE == known().keys()


def test_each_line_shows_the_default() -> None:
    shown = {name: value for name, value in listed().items() if name not in OF_COMPOSE}
    assert shown == known() | EXAMPLES


def test_each_variable_is_explained() -> None:
    """Above each block of variables is a comment; only names for one thing share it."""
    for number, line in enumerate(LINES):
        if re.match(r"#[A-Z_]+=", line):
            assert LINES[number - 1].startswith("#"), line


@pytest.mark.parametrize("uncommented", [False, True], ids=["as it comes", "all lines in effect"])
def test_the_program_takes_it(tmp_path: Path, uncommented: bool) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "sse-token").write_text("a-token-for-the-tests\n")
    values = listed() if uncommented else {}
    values |= {"TMDB_API_KEY_FILE": "", "OMDB_API_KEY_FILE": "", "TMDB_SESSION_FILE": ""}  # one of the two
    values |= {"TMDB_API_KEY": "a-key-of-the-user"}  # and not its example
    done = run(PROGRAM, "config", env={"HOME": str(tmp_path)} | values, cwd=tmp_path)
    assert '"tmdb.language":{"value":"en-US"' in done.stdout
