"""The systemd unit: systemd itself judges it, and the program is watched doing what the unit allows."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness import sdk
from harness.expectations import structured, titles
from harness.listening import Listening
from harness.messages import MODERN
from standin import API_KEY, StandIn
from support import unit
from support.docker import Network, docker
from places import PROGRAM, run, wait_until

EXPOSURE_MAX = 1.5
TOKEN_PLACE = Path(".tmdb-mcp/config.yaml")


@pytest.fixture(scope="module")
def directives() -> dict[str, list[str]]:
    return unit.directives()


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """What systemd makes for the service: the folder of states, which %S stands for, and that of its credentials."""
    found = {"%S": tmp_path / "state", "CREDENTIALS_DIRECTORY": tmp_path / "credentials"}
    for place in found.values():
        place.mkdir()
    (found["%S"] / "tmdb-mcp").mkdir(mode=0o700)
    (found["CREDENTIALS_DIRECTORY"] / "tmdb-api-key").write_text(f"{API_KEY}\n")
    return found


@pytest.fixture
def traced(
    directives: dict[str, list[str]], places: dict[str, Path], tmp_path: Path, tmdb: StandIn
) -> Iterator[Listening]:
    """The program as the unit starts it, under strace, whose report is in the file `trace`."""
    variables = " ".join(directives["Environment"]).replace("%S", str(places["%S"]))
    settings = dict(pair.split("=", 1) for pair in shlex.split(variables))
    settings["CREDENTIALS_DIRECTORY"] = str(places["CREDENTIALS_DIRECTORY"])
    settings |= {"TMDB_BASE_URL": f"http://localhost:{urlsplit(tmdb.url).port}/3", "SERVER_SSE_PORT": "0"}
    (start,) = directives["ExecStart"]
    program, *arguments = shlex.split(start)
    assert program == "tmdb-mcp"
    # Daemonized, strace leaves its place as our child, and so our signals, to the program.
    command = ["strace", "--daemonize", "--follow-forks", "--output", str(tmp_path / "trace"), str(PROGRAM), *arguments]
    server = Listening(command, tmp_path / "log", settings)
    yield server
    server.kill()


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    """With the program's whole path, since it need not be installed here."""
    copy = tmp_path / unit.FILE.name
    text, count = re.subn(r"^ExecStart=tmdb-mcp\b", f"ExecStart={PROGRAM}", unit.FILE.read_text(), flags=re.M)
    assert count == 1
    copy.write_text(text)
    done = run("systemd-analyze", "verify", "--man=no", copy)
    assert done.stdout + done.stderr == ""


def test_it_asks_of_systemd_what_version_247_has() -> None:
    """A later specifier would be passed over there, with the whole line that holds it."""
    text = unit.FILE.read_text()
    assert "systemd 247 or newer" in text
    assert set(re.findall(r"%(.)", text)) <= set("bCEfgGhHiIjJlLmnNpPsStTuUvV")


def test_systemd_calls_it_well_protected() -> None:
    threshold = f"--threshold={round(EXPOSURE_MAX * 10)}"
    run("systemd-analyze", "security", "--offline=true", "--no-pager", threshold, unit.FILE)


def test_the_unit_allows_all_that_the_program_does(
    traced: Listening, directives: dict[str, list[str]], places: dict[str, Path], tmp_path: Path
) -> None:
    kept = places["%S"] / "tmdb-mcp" / TOKEN_PLACE
    token = re.search(r'token: *"?(\w+)', kept.read_text())[1]
    assert kept.stat().st_mode & 0o777 == 0o600

    async def use(client: sdk.Session) -> None:
        assert "The Matrix" in titles(structured(await client.search(query="the matrix")))
        assert (await client.read("tmdb://movie/603"))["title"] == "The Matrix"

    for place in (traced.url, traced.at("/mcp/sse")):
        is_old = place.endswith("/sse")
        sdk.run(sdk.HTTP(place, token, is_old=is_old), "legacy" if is_old else MODERN, use)
    run(PROGRAM, "healthcheck", env={"SERVER_SSE_PORT": str(urlsplit(traced.url).port), "SERVER_MODE": "sse"})
    traced.terminate()

    trace = tmp_path / "trace"
    # strace pads the number of a process.
    end = re.compile(rf"^{traced.process.pid} +\+\+\+ exited", re.MULTILINE)
    wait_until(lambda: end.search(trace.read_text()), "strace did not end")
    lines = trace.read_text().splitlines()
    lines = lines[next(number for number, line in enumerate(lines) if "execve(" in line) + 1 :]
    lines += _lines_of_a_name_that_is_looked_up(tmp_path)
    calls = {match[1] for line in lines if (match := re.match(r"(?:\d+ +)?(\w+)\(", line))}
    assert len(calls) > 20 and "clone" in calls, "too little was seen, or the resolver was not"
    assert calls - unit.allowed_system_calls() == set()

    seen = "\n".join(lines)
    assert "PROT_EXEC" not in seen, "MemoryDenyWriteExecute= would matter"
    (families,) = directives["RestrictAddressFamilies"]
    assert set(re.findall(r"socket\((AF_\w+)", seen)) <= set(families.split())
    written = set(re.findall(r'(?:open|openat|rename|mkdir)\((?:AT_FDCWD, )?"([^"]+)"[^\n]*(?:O_CREAT|O_WRONLY)', seen))
    assert written and all(Path(path).is_relative_to(places["%S"]) for path in written)
    assert not re.findall(r'open(?:at)?\([^\n]*"/(?:sys|proc/(?!self))', seen), "ProcSubset=pid would matter"


def _lines_of_a_name_that_is_looked_up(folder: Path) -> list[str]:
    """What strace sees of the resolver, which has a thread of its own; localhost needs none."""
    trace = folder / "resolver"
    settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": "http://tmdb.invalid/3", "TMDB_TIMEOUT": "1"}
    command = ("strace", "--follow-forks", "--output", trace, PROGRAM, "call", "search", "query=matrix")
    assert run(*command, env=settings, ok=False).returncode == 1
    return trace.read_text().splitlines()[1:]


def test_the_places_that_the_unit_tells_of_are_its_own(directives: dict[str, list[str]]) -> None:
    comment = unit.FILE.read_text()
    (state,) = directives["StateDirectory"]
    assert f"/var/lib/{state}/{TOKEN_PLACE}" in comment
    name, _, key = directives["LoadCredential"][0].partition(":")
    assert name == "tmdb-api-key", "the program looks for a credential of this name"
    assert comment.count(key) >= 2
    # What is missing is told by a server that runs: it says so in its log and at /ready.
    assert not [name for name in directives if name.startswith(("Condition", "Assert"))]


@pytest.mark.docker
def test_the_program_serves_under_the_filter_of_system_calls(image: str, network: Network, tmp_path: Path) -> None:
    """Docker puts the unit's filter on, with death for what the unit would refuse; TMDB has a name to be looked up."""
    calls = [{"names": sorted(unit.allowed_system_calls()), "action": "SCMP_ACT_ALLOW"}]
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps({"defaultAction": "SCMP_ACT_KILL_PROCESS", "syscalls": calls}))
    with StandIn(host="0.0.0.0") as tmdb:
        options = [
            "--network", network.name, "--add-host", f"tmdb:{network.gateway}", "--read-only", "--cap-drop", "ALL",
            "--security-opt", "no-new-privileges", "--security-opt", f"seccomp={profile}",
            "--env", f"TMDB_API_KEY={API_KEY}", "--env", f"TMDB_BASE_URL=http://tmdb:{tmdb.port}/3",
        ]  # fmt: skip
        done = docker("run", "--rm", *options, image, "call", "search", "query=the matrix")
    assert "The Matrix" in done.stdout
