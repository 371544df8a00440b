"""`make run` without a key: the server of this machine over the stand-in, with nothing left behind."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.messages import call, initialize
from places import ROOT
from support.builder import DEADLINE, ENDING, all_end, living_of
from support.platforms import without_variables

INITIALIZE = initialize(1)
SEARCH = call(2, {"query": "matrix"})


# The first answer comes when the program has been compiled.
BUILD_DEADLINE = 1200.0


class Session:
    """`release/run` on pipes, in a session of its own."""

    def __init__(self, place: Path, **settings: str) -> None:
        self.temporary = place / "temporary"
        self.temporary.mkdir()
        self._log = place / "stderr"
        # A port of its own and a home where the token can be kept.
        variables = without_variables("TMDB_API_KEY", "TMDB_API_KEY_FILE", "TMDB_BASE_URL") | {
            "TMPDIR": str(self.temporary),
            "HOME": str(place),
            "SERVER_SSE_PORT": "0",
        }
        variables |= settings
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                ["env", "--default-signal=INT,TERM,HUP", str(ROOT / "release" / "run")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=variables,
                start_new_session=True,
                bufsize=0,
            )

    @property
    def stderr(self) -> str:
        return self._log.read_text(errors="replace")

    def ask(self, message: dict[str, object]) -> dict[str, object]:
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        line = bytearray()
        while not line.endswith(b"\n"):
            assert select.select([self.process.stdout], [], [], BUILD_DEADLINE)[0], f"no answer\n{self.stderr}"
            read = self.process.stdout.read(65536)
            assert read, f"it has ended\n{self.stderr}"
            line += read
        return json.loads(line)

    def others(self) -> list[int]:
        """Handles of the processes of the session besides the first."""
        ours = self.process.pid
        return [os.pidfd_open(process) for process in living_of(ours) if process != ours]

    def left_behind(self) -> list[Path]:
        """What was made in the folder for temporary files and not deleted."""
        return list(self.temporary.iterdir())

    def end(self) -> None:
        for process in living_of(self.process.pid):
            os.kill(process, signal.SIGKILL)
        self.process.wait(ENDING)
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def session(place: Path) -> Iterator[Session]:
    made = Session(place)
    yield made
    made.end()


def test_it_says_that_the_data_is_a_sample_and_how_to_get_a_key(session: Session) -> None:
    answer = session.ask(INITIALIZE)
    assert answer["result"]["serverInfo"]["name"] == "tmdb-mcp"
    assert "TMDB_API_KEY is not set: serving sample data" in session.stderr
    assert "https://www.themoviedb.org/settings/api" in session.stderr
    assert "TMDB_API_KEY=... make run" in session.stderr


def test_a_key_in_a_file_is_a_key(place: Path) -> None:
    (place / "key").write_text(f"{'0123456789abcdef' * 2}\n")
    session = Session(place, TMDB_API_KEY_FILE=str(place / "key"))
    try:
        assert session.ask(INITIALIZE)["result"]["serverInfo"]["name"] == "tmdb-mcp"
        assert "sample" not in session.stderr
    finally:
        session.end()


def test_the_question_that_it_asks_is_answered(session: Session) -> None:
    session.ask(INITIALIZE)
    (answer,) = [json.loads(line) for line in session.stderr.splitlines() if line.startswith('{"media_type"')]
    assert "Hulu" in answer["stream"]


def offered(session: Session, start: str) -> str:
    """A command that it offers, its lines joined."""
    text = session.stderr.replace("\\\n", " ")
    (command,) = re.findall(rf"^    ({start}.*)$", text, re.MULTILINE)
    return command


def test_the_commands_that_it_offers_work(session: Session) -> None:
    session.ask(INITIALIZE)
    done = subprocess.run(
        ["bash", "-c", offered(session, "curl")], capture_output=True, text=True, timeout=DEADLINE, check=True)
    assert json.loads(done.stdout)["result"]["structuredContent"]["results"]
    over_http = shlex.split(offered(session, "claude mcp add tmdb --transport http"))
    request = urllib.request.Request(over_http[6], b"{}", {"Content-Type": "application/json"})
    name, _, value = over_http[8].partition(": ")
    request.add_header(name, value)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=DEADLINE)
    # The token is good, the message is none.
    with refused.value as answer:
        assert answer.status == 400
    by_itself = shlex.split(offered(session, "claude mcp add tmdb --env"))
    program = Path(by_itself[by_itself.index("--") + 1])
    assert program.is_absolute() and os.access(program, os.X_OK)


def test_it_leaves_the_home_as_it_is(session: Session, place: Path) -> None:
    session.ask(INITIALIZE)
    session.process.terminate()
    assert session.process.wait(ENDING) == 0, session.stderr
    assert not (place / ".tmdb-mcp").exists()


def test_it_serves_http_too_and_ends_with_the_client_on_its_input(session: Session) -> None:
    session.ask(INITIALIZE)
    address = re.search(r"listening on (http://[^/]+)/mcp", session.stderr)
    assert address, session.stderr
    with urllib.request.urlopen(f"{address[1]}/health", timeout=DEADLINE) as answer:
        assert json.load(answer) == {"status": "ok"}
    session.process.stdin.close()
    assert session.process.wait(ENDING) == 0, session.stderr


def test_it_answers_from_the_sample_and_leaves_nothing_when_it_is_told_to_stop(session: Session) -> None:
    session.ask(INITIALIZE)
    result = session.ask(SEARCH)["result"]
    assert not result.get("isError")
    assert result["structuredContent"]["results"], result
    others = session.others()
    assert others, "no stand-in runs beside it"
    session.process.terminate()
    assert session.process.wait(ENDING) == 0, session.stderr
    assert all_end(others)
    assert session.left_behind() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_to_it_alone_ends_the_server_and_the_stand_in(session: Session, number: int) -> None:
    session.ask(INITIALIZE)
    others = session.others()
    assert others
    os.kill(session.process.pid, number)
    session.process.wait(ENDING)
    assert all_end(others)
    assert living_of(session.process.pid) == []
    assert session.left_behind() == []
