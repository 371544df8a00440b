"""Keys and tokens in files that change while the server runs."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from harness.binaries import Binary
from harness.listening import Listening, Serve
from harness.messages import MODERN, call, initialize, meta, request
from harness.process import Server, Start
from harness.wire import TYPES, Wire, metrics, modern_fields, text
from places import wait_until
from standin import API_KEY, OTHER_API_KEY, StandIn
from test_command_line import run

same_everywhere = pytest.mark.same_everywhere("a secret is text in a file")

OLD, NEW = "the-first-token-of-all", "the-second-token-of-all"
DISCOVER = request(1, "server/discover", {"_meta": meta()})


def ask(server: Listening, token: str, message: dict = DISCOVER) -> tuple[int, dict]:
    with Wire(server) as wire:
        fields = (f"Authorization: Bearer {token}", *modern_fields(message))
        wire.write(text("POST", "/mcp", *fields, body=json.dumps(message)))
        answer = wire.response()
    return answer.status, answer.json


def status(server: Listening, token: str) -> int:
    return ask(server, token)[0]


def messages(server: Listening | Server) -> list[str]:
    return [line["msg"] for line in server.log]


class Folder:
    """A folder with a key and a token, as somebody mounts it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.put(API_KEY, OLD)

    @property
    def variables(self) -> dict[str, str]:
        return {"TMDB_API_KEY_FILE": str(self.path / "key"), "SSE_TOKEN_FILE": str(self.path / "token")}

    def put(self, key: str, token: str) -> None:
        """Each file is replaced by another."""
        for name, value in (("key", key), ("token", token)):
            new = self.path / f".{name}"
            new.write_text(value + "\n")
            new.rename(self.path / name)


class Mount(Folder):
    """As Kubernetes mounts a Secret: the files are links into a folder that a link leads to, and that one is turned."""

    def __init__(self, path: Path) -> None:
        self.versions = 0
        super().__init__(path)
        for name in ("key", "token"):
            (path / name).symlink_to(f"..data/{name}")

    def put(self, key: str, token: str) -> None:
        self.versions += 1
        folder = self.path / f"..version-{self.versions}"
        folder.mkdir()
        (folder / "key").write_text(key)
        (folder / "token").write_text(token)
        link = self.path / "..data_tmp"
        link.symlink_to(folder.name)
        link.rename(self.path / "..data")
        old = self.path / f"..version-{self.versions - 1}"
        if old.exists():
            for file in old.iterdir():
                file.unlink()
            old.rmdir()


@pytest.fixture(params=[Folder, Mount], ids=["files", "kubernetes"])
def secrets(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    return request.param(tmp_path / "secrets")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "secrets")


def rotating(serve: Serve, folder: Folder, **variables: str) -> Listening:
    return serve(key=None, SSE_TOKEN="", TMDB_CACHE_SIZE="0", **folder.variables, **variables)


def has_kept_its_secrets(server: Listening) -> None:
    assert OLD not in server.stderr and NEW not in server.stderr


def test_a_key_and_a_token_are_changed_without_a_new_start(serve: Serve, tmdb: StandIn, secrets: Folder) -> None:
    server = rotating(serve, secrets)
    search = call("s", {"query": "matrix"}, MODERN)
    with Wire(server) as stream:
        with Wire(server) as wire:
            fields = (f"Authorization: Bearer {OLD}", *TYPES)
            wire.write(text("POST", "/mcp", *fields, body=json.dumps(initialize(1))))
            session = wire.response().fields["mcp-session-id"]
        stream.write(
            text(
                "GET", "/mcp", f"Authorization: Bearer {OLD}", "Accept: text/event-stream", f"Mcp-Session-Id: {session}"
            )
        )
        assert stream.begin().status == 200
        assert ask(server, OLD, search)[0] == 200
        assert status(server, NEW) == 401
        secrets.put(OTHER_API_KEY, NEW)
        assert status(server, NEW) == 200
        assert status(server, OLD) == 401
        assert ask(server, OLD, search)[0] == 401
        answer = ask(server, NEW, search)[1]
        assert not answer["result"].get("isError")
        assert [one.query["api_key"] for one in tmdb.requests] == [API_KEY, OTHER_API_KEY]
        assert metrics(server)["mcp_streams"] == 1
        with Wire(server) as wire:
            fields = (f"Authorization: Bearer {NEW}", *TYPES, f"Mcp-Session-Id: {session}")
            wire.write(text("POST", "/mcp", *fields, body=json.dumps(request(2, "ping"))))
            assert wire.response().json == {"jsonrpc": "2.0", "id": 2, "result": {}}
        server.process.terminate()
        assert list(stream.events()) == [], "the stream ended with the server, and as a whole"
    changes = [message for message in messages(server) if "has changed" in message]
    assert [message.partition(" has")[0] for message in changes] == ["the TMDB key", "the token for HTTP clients"]
    has_kept_its_secrets(server)


def test_an_old_token_is_refused_though_nobody_has_shown_the_new_one(serve: Serve, secrets: Folder) -> None:
    server = rotating(serve, secrets)
    assert status(server, OLD) == 200
    secrets.put(API_KEY, NEW)
    wait_until(lambda: status(server, OLD) == 401, "waited in vain for the old token to be refused")
    assert status(server, NEW) == 200
    assert [message for message in messages(server) if "TMDB key" in message] == []


def test_a_file_that_is_written_where_it_stands_is_taken_when_it_is_whole(serve: Serve, folder: Folder) -> None:
    server = rotating(serve, folder)
    with (folder.path / "token").open("w") as file:
        for part in (NEW[:10], NEW[10:]):
            assert status(server, OLD) == 200, "half of a token is none"
            assert status(server, NEW) == 401
            file.write(part)
            file.flush()
    wait_until(lambda: status(server, NEW) == 200, "waited in vain for the new token to be taken")
    assert status(server, OLD) == 401
    has_kept_its_secrets(server)


@same_everywhere
@pytest.mark.parametrize("damage", ["missing", "empty", "too short", "no text"])
def test_a_file_that_holds_no_token_changes_nothing_but_the_log(serve: Serve, folder: Folder, damage: str) -> None:
    server = rotating(serve, folder)
    token = folder.path / "token"
    if damage == "missing":
        token.unlink()
    else:
        token.write_bytes({"empty": b"", "too short": b"short", "no text": b"\0" * 40}[damage])

    def told() -> list[str]:
        assert status(server, OLD) == 200
        return [line["msg"] for line in server.log if line["level"] == "warn"]

    wait_until(lambda: bool(told()), "waited in vain for a warning")
    (line,) = told()
    assert str(token) in line and "stay in force" in line
    folder.put(API_KEY, NEW)
    wait_until(lambda: status(server, NEW) == 200, "waited in vain for the new token to be taken")
    assert status(server, OLD) == 401
    has_kept_its_secrets(server)


def test_the_signal_has_the_files_read_at_once_and_ends_nothing(serve: Serve, folder: Folder) -> None:
    server = rotating(serve, folder)
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "no secret in a file has changed" in server.stderr, "the signal's line is missing")
    (folder.path / "token").write_text(NEW)
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "the token for HTTP clients has changed" in server.stderr, "the signal's line is missing")
    assert (status(server, OLD), status(server, NEW)) == (401, 200)
    has_kept_its_secrets(server)


@same_everywhere
def test_the_token_that_the_server_made_itself_is_changed_by_the_command(
    serve: Serve, binary: Binary, tmp_path: Path
) -> None:
    server = serve(SSE_TOKEN="", HOME=str(tmp_path))
    old = run(binary, "token", "--show", HOME=str(tmp_path)).stdout.strip()
    assert status(server, old) == 200
    done = run(binary, "token", "--new", HOME=str(tmp_path))
    assert done.returncode == 0
    new = done.stdout.strip()
    assert status(server, new) == 200
    assert status(server, old) == 401
    assert old not in server.stderr and new not in server.stderr


@same_everywhere
def test_a_config_file_gives_its_secrets_anew_and_nothing_else(serve: Serve, tmdb: StandIn, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"

    def put(contents: str) -> None:
        new = tmp_path / "new"
        new.write_text(contents)
        new.chmod(0o600)
        new.rename(config)

    put(f"server: {{sse: {{token: {OLD}}}}}\n")
    server = serve("--config", str(config), key=None, SSE_TOKEN="", TMDB_CACHE_SIZE="0")
    search = call("s", {"query": "matrix"}, MODERN)
    assert ask(server, OLD, search)[1]["result"]["isError"], "there is no key yet"
    put(f"tmdb: {{api_key: {API_KEY}}}\nserver: {{sse: {{token: {OLD}, port: 1}}}}\nlogging: {{level: error}}\n")
    wait_until(lambda: not ask(server, OLD, search)[1]["result"].get("isError"), "the key is not taken")
    put("server: {sse: {token: short}}\n")
    wait_until(lambda: status(server, OLD) == 200 and "stay in force" in server.stderr, "waited in vain for a warning")
    put("not: [yaml\n")
    wait_until(
        lambda: status(server, OLD) == 200 and server.stderr.count("stay in force") == 2,
        "waited in vain for another warning",
    )
    put(f"server: {{sse: {{token: {NEW}}}}}\n")
    wait_until(lambda: status(server, NEW) == 200, "waited in vain for the new token to be taken")
    assert not ask(server, NEW, search)[1]["result"].get("isError"), "a key that is taken out stays in force"
    has_kept_its_secrets(server)


def test_a_server_on_standard_input_takes_a_new_key(start: Start, tmdb: StandIn, folder: Folder) -> None:
    server = start(key=None, TMDB_API_KEY_FILE=str(folder.path / "key"), TMDB_CACHE_SIZE="0")
    server.call({"query": "matrix"})
    folder.put(OTHER_API_KEY, OLD)

    def used() -> str:
        server.call({"query": "matrix"})
        return tmdb.requests[-1].query["api_key"]

    wait_until(lambda: used() == OTHER_API_KEY, "waited in vain for the new key to be used")
    (folder.path / "key").write_text(API_KEY)
    server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: server.stderr.count("the TMDB key has changed") == 2, "the signal's line is missing")
    assert used() == API_KEY


def has_ended(process: int) -> bool:
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def test_the_end_of_its_terminal_still_ends_the_server(binary: Binary, tmdb: StandIn, logs: Path) -> None:
    """Whoever closes the window of a server does not ask for anything to be read again."""
    if not binary.is_native:
        pytest.skip("the terminal is the emulator's")
    stderr = logs / "server.stderr"
    stderr.touch()
    process, terminal = os.forkpty()
    if process == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests may run under nohup
        settings = {"SERVER_MODE": "sse", "SERVER_SSE_PORT": "0", "SSE_TOKEN": OLD, "TMDB_BASE_URL": tmdb.url}
        os.dup2(os.open(stderr, os.O_WRONLY), 2)
        os.execve(binary.command[0], binary.command, settings)
    try:
        wait_until(lambda: "listening on" in stderr.read_text(), "waited in vain for the server")
        os.kill(process, signal.SIGHUP)
        wait_until(lambda: "no secret in a file has changed" in stderr.read_text(), "the signal's line is missing")
        os.close(terminal)
        wait_until(lambda: has_ended(process), "waited in vain for its end")
    finally:
        if not has_ended(process):
            os.kill(process, signal.SIGKILL)
        _, code = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(code) == 0
