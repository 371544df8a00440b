"""End-to-end tests: the release binaries, driven on standard input and output and over HTTP, with a TMDB of our own.

`Tests/run e2e` makes the virtual environments and runs everything; arguments go to pytest. In an environment of
one's own: `pytest` in this folder. Options: `--allow-missing`, `--platform amd64`, `--every-platform`, `--logs FOLDER`.
Environment: TMDB_MCP_BINARIES, the folder of the binaries; TMDB_RECORDINGS, a folder of answers that TMDB really gave.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from harness import binaries, sdk
from harness.listening import TOKEN, Listening, Serve
from harness.messages import LEGACY, NEWEST_LEGACY
from harness.process import Server, Start, environment
from harness.secrets import KEYS
from places import ROOT
from standin import API_KEY, Certificates, Recordings, StandIn

LOG_LINES_SHOWN = 12


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tmdb-mcp")
    group.addoption("--allow-missing", action="store_true", help="skip a platform whose binary or emulator is missing")
    group.addoption("--platform", action="append", choices=binaries.PLATFORMS, help="test only this one (repeatable)")
    group.addoption("--every-platform", action="store_true", help="run every test on each platform")
    group.addoption(
        "--host-build", action="store_true",
        help="the binary is a build for this machine: leave out what belongs to a release (size, memory, CA roots)")
    group.addoption("--logs", type=Path, help="folder for the logs of the servers (default: .build/end-to-end/...)")


def pytest_configure(config: pytest.Config) -> None:
    config.binaries = {}
    for name in config.option.platform or binaries.released():
        try:
            config.binaries[name] = binaries.find(name)
        except binaries.Missing as missing:
            if not config.option.allow_missing:
                raise pytest.UsageError(str(missing)) from None
            config.binaries[name] = str(missing)
    default = ROOT / ".build" / "end-to-end" / sdk.NAME
    config.logs = (config.option.logs or default).absolute()


def pytest_report_header(config: pytest.Config) -> list[str]:
    def first_line(*command: str) -> str:
        try:
            return subprocess.run(command, capture_output=True, text=True).stdout.partition("\n")[0]
        except OSError:
            return f"{command[0]} is missing"

    client = f"client: {sdk.NAME}, mcp {version('mcp')}"
    lines = [f"{client}; Python {sys.version.split()[0]}; {first_line('openssl', 'version')}"]
    for name, binary in config.binaries.items():
        if isinstance(binary, str):
            lines.append(f"{name}: SKIPPED, {binary}")
        else:
            how = f", by {first_line(binary.emulator[0], '--version')}" if binary.emulator else ""
            lines.append(f"{name}: {binary.path}, {first_line(*binary.command, '--version')}{how}")
    lines.append(f"logs: {config.logs}")
    return lines


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """For another client than the newest, the files that have tests with clients; it takes seconds to read them all."""
    is_read = sdk.IS_NEWEST or collection_path.suffix != ".py" or "pytest.mark.client" in collection_path.read_text()
    return None if is_read else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A host build has the system's libraries and perhaps a sanitizer: what is said of a release is not true of it."""
    if config.option.host_build:
        mark = pytest.mark.skip(reason="a property of a release, not of a host build")
        for item in items:
            if item.get_closest_marker("release_only") or "trusting" in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def _platforms(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    """All of them, unless the test says `same_everywhere`, or is one of a client of others that is not the newest: then
    this machine's alone. `--platform` and `--every-platform` ask for them elsewhere too."""
    option = metafunc.config.option
    native = tuple(name for name in metafunc.config.binaries if binaries.is_native(name))
    names = [mark.name for mark in metafunc.definition.iter_markers()]
    if "native_only" in names:
        return native
    if option.platform or option.every_platform or not native:
        return tuple(metafunc.config.binaries)
    nearest = next((name for name in names if name in ("same_everywhere", "every_platform")), "every_platform")
    if nearest == "same_everywhere" or ("client" in names and not sdk.IS_NEWEST):
        return native
    return tuple(metafunc.config.binaries)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "binary" in metafunc.fixturenames:
        all_of_them = metafunc.config.binaries
        metafunc.parametrize(
            "binary",
            [
                pytest.param(found, id=name, marks=pytest.mark.skip(reason=found) if isinstance(found, str) else ())
                for name, found in ((name, all_of_them[name]) for name in _platforms(metafunc))
            ],
        )


@pytest.fixture
def logs(request: pytest.FixtureRequest) -> Path:
    """A folder for the logs of this test; it is kept, and its end is shown when the test fails."""
    test = request.node.nodeid.removeprefix("EndToEnd/")
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", test).strip("-")
    # Two tests may differ in what is left out here alone, and run at the same time.
    folder = request.config.logs / f"{name[:170]}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    request.node.logs = folder
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    folder = getattr(item, "logs", None)
    if report.failed:
        item.has_failed = True
    if report.failed and folder:
        for log in sorted(folder.iterdir()):
            end = log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
            report.sections.append((f"{log}, the end", "\n".join(line[:300] for line in end) or "(empty)"))
    return report


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Figures that tests measured: reported, not asserted."""
    reports = terminalreporter.stats.get("passed", [])
    figures = sorted(value for report in reports for name, value in report.user_properties if name == "figure")
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)


@pytest.fixture(scope="session")
def tmdb_for_all() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def tmdb(tmdb_for_all: StandIn) -> Iterator[StandIn]:
    """The upstream, over plain HTTP."""
    tmdb_for_all.reset()
    yield tmdb_for_all
    tmdb_for_all.reset()


@pytest.fixture(scope="session", params=["ecdsa"])
def certificates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates") / request.param, request.param)


@pytest.fixture(scope="session")
def foreign_certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Of an authority that no test trusts."""
    return Certificates(tmp_path_factory.mktemp("foreign") / "ecdsa")


@pytest.fixture
def secure_tmdb(certificates: Certificates) -> Iterator[StandIn]:
    """The upstream over TLS, with a leaf of the test authority."""
    with StandIn(tls=certificates.good) as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def recordings() -> Path:
    """TMDB_RECORDINGS: `endpoints.json`, the examples of TMDB's reference, and `responses/`, answers that it gave. The
    repository may not hold them; what they show is tested on the stand-in's sample too."""
    if not (named := os.environ.get("TMDB_RECORDINGS")):
        pytest.skip("an option of maintainers: TMDB_RECORDINGS names no folder of TMDB's answers")
    return Path(named).absolute()


@pytest.fixture(scope="session")
def recordings_folder(recordings: Path) -> Path:
    return recordings / "responses"


@pytest.fixture
def recorded_tmdb(recordings_folder: Path) -> Iterator[StandIn]:
    with StandIn(recordings=Recordings(recordings_folder)) as stand_in:
        yield stand_in


@pytest.fixture
def start(binary: binaries.Binary, tmdb: StandIn, logs: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Starts servers. Each that still runs at the end of a test must then end well, and none may have told a secret."""
    running: list[Server] = []

    def begin(
        *,
        revision: str = NEWEST_LEGACY,
        opened: bool = True,
        upstream: StandIn | str | None = None,
        key: str | None = API_KEY,
        program: binaries.Binary = binary,
        arguments: tuple[str, ...] = (),
        secrets: tuple[str, ...] = (),
        streams: dict[str, int] | None = None,
        **variables: str,
    ) -> Server:
        url = upstream if isinstance(upstream, str) else (upstream or tmdb).url
        # Many look at what is logged; of itself the program logs less on stdio.
        variables = {"LOGGING_LEVEL": "info"} | variables
        server = Server(
            [*program.on_stdio, *arguments],
            environment(url, key, **variables),
            logs / f"server-{len(running) + 1}.log",
            revision=revision,
            secrets=(*KEYS, *secrets),
            **(streams or {}),
        )
        running.append(server)
        if opened and revision in LEGACY:
            server.open()
        return server

    try:
        yield begin
        for server in [] if getattr(request.node, "has_failed", False) else running:
            if server.process.poll() is None:
                server.finish()
            server.has_kept_its_secrets()
    finally:
        for server in running:
            server.kill()


@pytest.fixture
def serve(binary: binaries.Binary, tmdb: StandIn, logs: Path, request: pytest.FixtureRequest) -> Iterator[Serve]:
    """Starts servers on HTTP, on a free port of the loopback, with the token TOKEN. Each must end well and may tell no
    secret. `shell` is a script that ends by executing its arguments: "$0" "$@"."""
    running: list[Listening] = []

    def begin(
        *arguments: str,
        upstream: StandIn | None = None,
        shell: str | None = None,
        key: str | None = API_KEY,
        **variables: str,
    ) -> Listening:
        settings = {"SERVER_MODE": "sse", "SERVER_SSE_HOST": "127.0.0.1", "SERVER_SSE_PORT": "0", "SSE_TOKEN": TOKEN}
        # Who ends a server here has heard of it.
        settings |= {"DRAIN_TIME": "0"} | variables
        server = Listening(
            [*(["sh", "-c", shell] if shell else []), *binary.command, *arguments],
            logs / f"server-{len(running) + 1}.stderr",
            environment((upstream or tmdb).url, key, **{name: value for name, value in settings.items() if value}),
            secrets=(*KEYS, TOKEN),
        )
        running.append(server)
        return server

    try:
        yield begin
        for server in [] if getattr(request.node, "has_failed", False) else running:
            if server.process.poll() is None:
                server.terminate()
    finally:
        for server in running:
            server.kill()
