"""Conformance tests: a server over HTTP, against the server scenarios of the official MCP conformance suite; and what
it offers on standard input and output.

`Tests/run conform` builds our conformance server, starts it and runs everything; arguments go to pytest. Options:
`--url http://127.0.0.1:PORT/mcp` tests a server that runs already; `--server=PROGRAM` starts another one. What a server
must offer is in FIXTURES.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness.listening import Listening
from harness.messages import MODERN
from places import ROOT
from wire.http import Endpoint
from wire.legacy import Session
from wire.modern import Modern
from wire.scenarios import SCENARIOS
from wire.stdio import LEGACY, Client

LINES_SHOWN = 40
DEFAULT_SERVER = ROOT / ".build" / "debug" / "conformance-server"

Connection = Session | Modern


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance")
    group.addoption("--url", help="test the server at this URL instead of starting one")
    group.addoption("--server", type=Path, default=DEFAULT_SERVER, help="the program to start (%(default)s)")


def pytest_report_header(config: pytest.Config) -> list[str]:
    return [f"server: {config.option.url or config.option.server}; Python {sys.version.split()[0]}"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs for each revision of its scenario, and its name tells the scenario and the check."""
    marker = metafunc.definition.get_closest_marker("scenario")
    if marker:
        name, check, revisions = marker.args
        label = f"{name}:{check}" if check else name
        values = [pytest.param(revision, id=f"{revision}-{label}") for revision in revisions]
        metafunc.parametrize("revision", values)


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """No scenario may be without a test, and no test without a scenario, unless it is of ours."""
    found = set()
    for item in items:
        marker = item.get_closest_marker("scenario")
        if marker:
            found.add(marker.args[0])
        elif not item.get_closest_marker("beyond"):
            raise pytest.UsageError(f"{item.nodeid} names no scenario")
    whole = session.config.args_source is not pytest.Config.ArgsSource.ARGS
    if whole and (missing := set(SCENARIOS) - found):
        raise pytest.UsageError(f"no test for {', '.join(sorted(missing))}")


def _program(request: pytest.FixtureRequest) -> Path:
    program = request.config.option.server
    if not program.is_file():
        pytest.exit(f"{program} is missing: run Tests/run conform, or pass --url or --server", returncode=4)
    return program


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """What is started on standard input and output."""
    if request.config.option.url:
        pytest.skip("a server at a URL has no standard input")
    return str(_program(request).absolute())


@pytest.fixture
def legacy(program: str) -> Iterator[Client]:
    with Client(program, LEGACY) as client:
        yield client
        client.finish()


@pytest.fixture
def modern(program: str) -> Iterator[Client]:
    with Client(program, MODERN) as client:
        yield client
        client.finish()


@pytest.fixture(params=[LEGACY, MODERN])
def either(program: str, request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client of each era, on standard input and output."""
    with Client(program, request.param) as client:
        yield client
        client.finish()


@pytest.fixture(scope="session")
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is."""
    if request.config.option.url:
        yield request.config.option.url
        return
    program = _program(request)
    log = tmp_path_factory.mktemp("server") / "stderr"
    request.config.server_log = log
    server = Listening([str(program), "--port", "0"], log)
    try:
        yield server.url
        server.terminate()
    finally:
        server.kill()


@pytest.fixture
def endpoint(url: str, request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    endpoint = Endpoint(url)
    request.node.trace = endpoint.trace
    yield endpoint
    endpoint.close()


@pytest.fixture
def connect(endpoint: Endpoint, revision: str) -> Iterator[Callable[..., Connection]]:
    """Opens connections in the revision of the test: `connect()`, `connect(capabilities={})`."""
    opened: list[Connection] = []

    def begin(**options: Any) -> Connection:
        modern = revision == MODERN
        connection = Modern(endpoint, **options) if modern else Session(endpoint, revision, **options).open()
        opened.append(connection)
        return connection

    yield begin
    for connection in opened:
        connection.close()


@pytest.fixture
def connection(connect: Callable[..., Connection]) -> Connection:
    return connect()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    trace = getattr(item, "trace", [])
    if report.failed and trace:
        report.sections.append(("the wire", "\n".join(line[:400] for line in trace[-LINES_SHOWN:])))
    log = getattr(item.config, "server_log", None)
    if report.failed and log and log.exists():
        report.sections.append(("the server", "\n".join(log.read_text(errors="replace").splitlines()[-LINES_SHOWN:])))
    return report
