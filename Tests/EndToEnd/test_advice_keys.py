"""A key with what was copied along is refused at the start, with what to leave out; one of an odd form is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.expectations import says
from harness.networks import networked
from harness.process import environment
from standin import ACCESS_TOKEN, API_KEY
from test_command_line import run

pytestmark = pytest.mark.same_everywhere("what is said of a key is text")

WRAPPED = {
    "Bearer": (f"Bearer {ACCESS_TOKEN}", "without the word Bearer"),
    "quotes": (f'"{API_KEY}"', "quotation marks"),
    "single quotes": (f"'{ACCESS_TOKEN}'", "quotation marks"),
    "api_key=": (f"api_key={API_KEY}", "behind api_key="),
    "a URL": (f"https://api.themoviedb.org/3/movie/550?api_key={API_KEY}", "behind api_key="),
    "a variable of a client": ("${input:tmdb_key}", "should have replaced"),
}


@pytest.mark.parametrize("command", [(), ("check",)], ids=["serve", "check"])
@pytest.mark.parametrize("kind", WRAPPED)
def test_a_key_with_more_than_the_key_is_refused_at_the_start(
    binary: Binary, tmp_path: Path, kind: str, command: tuple[str, ...]
) -> None:
    text, words = WRAPPED[kind]
    file = tmp_path / "key"
    file.write_text(text + "\r\n")
    for variables in ({"TMDB_API_KEY": text}, {"TMDB_API_KEY_FILE": str(file)}):
        done = run(binary, *command, SERVER_MODE="stdio", **variables)
        assert done.returncode == 2, done.stderr
        assert says(done.stderr, (next(iter(variables)), words))
        assert API_KEY not in done.stderr and ACCESS_TOKEN not in done.stderr


@pytest.mark.every_platform
def test_a_key_of_an_odd_form_is_warned_of_where_tmdb_is_asked(binary: Binary, tmp_path: Path) -> None:
    inside = networked(binary, tmp_path, resolver="nameserver 127.0.0.1\n", hosts={"api.themoviedb.org": ("0.0.0.0",)})
    for key, is_odd in (("an-odd-key", True), (API_KEY, False), (ACCESS_TOKEN, False)):
        done = run(inside, "check", **environment(None, key, SERVER_MODE="stdio"))
        assert ("has the form of no key of TMDB's" in done.stdout) is is_odd
        assert key not in done.stdout
