"""Flags, and environment variables that are wrong."""

import subprocess

import pytest
from harness.binaries import Binary
from harness.expectations import COMMAND_LINE, HELP, says
from harness.process import DEADLINE, environment
from standin import API_KEY

pytestmark = pytest.mark.same_everywhere("the same text from every program")


def run(binary: Binary, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*binary.command, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
        env=environment,
    )


def test_help_tells_what_the_program_is_and_each_setting(binary: Binary) -> None:
    done = run(binary, "--help", TMDB_API_KEY=API_KEY)
    assert (done.returncode, done.stderr) == (0, "")
    assert says(done.stdout, ("tmdb-mcp", "--version", "--help", *HELP))
    assert API_KEY not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.every_platform
def test_version_is_one_line(binary: Binary) -> None:
    done = run(binary, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert says(done.stdout, (r"\Atmdb-mcp \d+\.\d+\.\d+\S*\n\Z",))


@pytest.mark.every_platform
@pytest.mark.parametrize("command", ["--help", "--version", "man", "completions bash", "config", "tools"])
def test_output_that_is_not_taken_is_a_failure(binary: Binary, command: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*binary.command, *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=DEADLINE,
            env=environment(None, None),
        )
    assert done.returncode == 1
    assert done.stderr == "tmdb-mcp: cannot write to standard output: No space left on device\n"


@pytest.mark.parametrize("flag", ["--made-up", "-x", "extra", "--help=1", "--", "", "--sse-port"])
def test_an_unknown_argument_is_refused_with_a_hint(binary: Binary, flag: str) -> None:
    done = run(binary, flag)
    assert (done.returncode, done.stdout) == (2, "")
    assert says(done.stderr, COMMAND_LINE["flag"])
    if flag.strip("-"):
        assert flag.partition("=")[0] in done.stderr


@pytest.mark.every_platform
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TMDB_BASE_URL", "ftp://example.com/3"),
        ("TMDB_BASE_URL", "api.themoviedb.org/3"),
        ("TMDB_BASE_URL", "https://"),
        ("TMDB_BASE_URL", "https://example.com/3?api_key=1"),
        ("TMDB_TIMEOUT", "abc"),
        ("TMDB_TIMEOUT", "0"),
        ("TMDB_TIMEOUT", "-1"),
        ("TMDB_TIMEOUT", "1e9999"),
        ("TMDB_TIMEOUT", "99999999999999999999"),
    ],
)
def test_a_variable_that_is_wrong_is_named_with_what_is_allowed(binary: Binary, name: str, value: str) -> None:
    done = run(binary, TMDB_API_KEY=API_KEY, **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert says(done.stderr, (name, *COMMAND_LINE[name]))
    assert API_KEY not in done.stderr


@pytest.mark.parametrize("url", ["ftp://user:open-sesame@example.com/3", "https://user:open-sesame@example.com/3"])
def test_a_password_in_a_url_is_not_shown(binary: Binary, url: str) -> None:
    assert "open-sesame" not in run(binary, TMDB_BASE_URL=url).stderr
