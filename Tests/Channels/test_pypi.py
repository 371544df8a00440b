"""The wheels: what pip and uv make of them, and what Python's index would take."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
import zipfile
from base64 import urlsafe_b64encode
from email.parser import Parser
from pathlib import Path

import pytest
from places import DIST, PIP, PLATFORM, PROGRAM, ROOT, VERSION, program, project, run
from support.names import PYTHON
from support.newcomer import TOOLS, Newcomer, json_of
from support.registry import Registry

SYSTEMS = {platform: ("manylinux2014", "manylinux_2_17", "musllinux_1_1") for platform in PYTHON} | {
    "riscv64": ("manylinux_2_31", "musllinux_1_2"),
    "armv6": ("linux",),
}
"""What the wheel of a platform is for. For ARMv6 there are none of PyPI's tags, and for RISC-V no older ones."""
BY_SYSTEM = [(platform, system) for platform in PYTHON for system in SYSTEMS[platform]]


def wheel(platform: str) -> Path:
    (found,) = DIST.glob(f"tmdb_mcp-*_{PYTHON[platform]}.whl")
    return found


@pytest.fixture(params=PYTHON)
def platform(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def contents(platform: str) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel(platform)) as archive:
        assert archive.testzip() is None
        script, *others = archive.infolist()
        assert script.external_attr >> 16 == 0o100755 and {one.external_attr >> 16 for one in others} == {0o100644}
        assert archive.read(script) == program(platform).read_bytes()
        return {one.filename: archive.read(one) for one in (script, *others)}


def only(contents: dict[str, bytes], name: str) -> str:
    (found,) = [content for path, content in contents.items() if path.endswith(f".dist-info/{name}")]
    return found.decode()


def test_nothing_is_in_it_but_the_program_and_what_is_said_of_it(contents: dict[str, bytes]) -> None:
    stem = f"tmdb_mcp-{VERSION}"
    assert [name for name in contents if not name.startswith(f"{stem}.dist-info/")] == [
        f"{stem}.data/scripts/tmdb-mcp",
    ]
    assert only(contents, "licenses/LICENSE") == (ROOT / "LICENSE").read_text()
    assert len([name for name in contents if "/licenses/" in name]) > 10
    assert only(contents, f"sboms/tmdb-mcp_{VERSION}.cdx.json") == (DIST / f"tmdb-mcp_{VERSION}.cdx.json").read_text()


def test_its_record_is_of_every_file(contents: dict[str, bytes]) -> None:
    rows = {name: (digest, size) for name, digest, size in csv.reader(io.StringIO(only(contents, "RECORD")))}
    assert set(rows) == set(contents)
    for name, content in contents.items():
        digest = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        expected = ("", "") if name.endswith("/RECORD") else (f"sha256={digest}", str(len(content)))
        assert rows[name] == expected, name


def test_it_says_what_it_is(platform: str, contents: dict[str, bytes]) -> None:
    metadata = Parser().parsestr(only(contents, "METADATA"))
    assert (metadata["Name"], metadata["Version"]) == (project("project_pypi"), VERSION)
    assert metadata["Summary"] == project("project_summary")
    stated = {f"tmdb_mcp-{VERSION}.dist-info/licenses/{name}" for name in metadata.get_all("License-File")}
    assert stated == {name for name in contents if "/licenses/" in name}
    readme = metadata.get_payload()
    assert not re.findall(r"@[a-z_]+@", readme)
    # Whoever owns the package says so by this name, or the MCP registry takes no server.json that names it.
    assert f"mcp-name: {project('project_mcp_name')} " in readme
    tags = re.findall("^Tag: (.*)", only(contents, "WHEEL"), re.M)
    assert sorted(tags) == sorted(f"py3-none-{system}_{PYTHON[platform]}" for system in SYSTEMS[platform])


def test_the_index_and_its_tools_take_it(platform: str) -> None:
    run(TOOLS / "twine", "check", "--strict", wheel(platform), env={"TERM": "dumb", "LC_ALL": "C.UTF-8"})
    told = run(TOOLS / "python", "-m", "auditwheel", "show", wheel(platform))
    words = " ".join(told.stdout.split())
    # Any older tag would do as well: it asks nothing of a system.
    (tag,) = re.findall(r'consistent with the following platform tag: "manylinux_2_(\d+)_', words)
    assert int(tag) <= (31 if platform == "riscv64" else 17) and "requires no external shared libraries" in words


@pytest.mark.parametrize(("platform", "system"), BY_SYSTEM)
def test_pip_finds_that_of_its_machine(newcomer: Newcomer, registry: Registry, platform: str, system: str) -> None:
    newcomer.run(
        PIP, "download", "--isolated", "--index-url", f"{registry.url}/simple", "--no-deps",
        "--only-binary", ":all:", "--platform", f"{system}_{PYTHON[platform]}", "--dest", newcomer.home / "got",
        "--disable-pip-version-check", project("project_pypi"),
    )  # fmt: skip
    (got,) = (newcomer.home / "got").iterdir()
    assert got.name == wheel(platform).name and got.read_bytes() == wheel(platform).read_bytes()


def test_pip_installs_the_program_and_takes_it_away(newcomer: Newcomer) -> None:
    place = newcomer.home / "venv"
    newcomer.run(sys.executable, "-m", "venv", "--without-pip", place)
    pip = [PIP, "--python", place / "bin" / "python", "--disable-pip-version-check"]
    newcomer.run(*pip, "install", "--isolated", "--no-index", wheel(PLATFORM))
    assert (place / "bin" / "tmdb-mcp").read_bytes() == PROGRAM.read_bytes()
    assert "The Matrix" in newcomer.asks(place / "bin" / "tmdb-mcp")
    newcomer.run(*pip, "uninstall", "--yes", "tmdb-mcp")
    assert not (place / "bin" / "tmdb-mcp").exists()


def test_uvx_runs_it_from_nothing(newcomer: Newcomer, registry: Registry) -> None:
    """As a client starts it that has been configured as the page of the package says."""
    with zipfile.ZipFile(wheel(PLATFORM)) as archive:
        metadata = archive.read(f"tmdb_mcp-{VERSION}.dist-info/METADATA").decode()
    (entry,) = json_of(metadata)["mcpServers"].values()
    assert [entry["command"], *entry["args"]] == ["uvx", "tmdb-mcp", "--server-mode", "stdio"]
    settings = {"UV_DEFAULT_INDEX": f"{registry.url}/simple", "UV_PYTHON": sys.executable}
    assert "The Matrix" in newcomer.asks(entry["command"], *entry["args"][:1], **settings)


def test_uv_runs_a_file_offline(newcomer: Newcomer) -> None:
    told = newcomer.run(
        "uvx", "--offline", "--no-config", "--from", wheel(PLATFORM), "tmdb-mcp", "--version", UV_PYTHON=sys.executable
    )
    assert told.stdout == f"tmdb-mcp {VERSION}\n"
