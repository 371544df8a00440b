"""The RPMs, by Debian's rpm: what they say of themselves, and what they leave on a machine."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from places import DIST, PLATFORM, ROOT, VERSION, program, project, run
from standin import API_KEY, StandIn
from support.names import DEBIAN, RPM
from support.newcomer import chroot


def package(platform: str) -> Path:
    return DIST / f"tmdb-mcp_{VERSION}_{RPM[platform]}.rpm"


def query(platform: str, form: str) -> list[str]:
    return run("rpm", "--query", "--package", "--queryformat", form, package(platform)).stdout.splitlines()


@pytest.mark.parametrize("platform", RPM)
def test_it_is_whole_and_says_what_it_is(platform: str) -> None:
    assert run("rpm", "--checksig", package(platform)).stdout.strip().endswith("digests OK")
    told = query(platform, "%{NAME} %{VERSION} %{RELEASE} %{ARCH} %{OS}\n%{LICENSE}\n%{URL}\n%{BUILDHOST}\n")
    assert told == [
        f"tmdb-mcp {VERSION.replace('-', '~', 1)} 1 {RPM[platform]} linux", project("project_licence"),
        project("project_url"), "localhost",
    ]  # fmt: skip


@pytest.mark.parametrize("platform", RPM)
def test_it_needs_a_shell_and_nothing_else(platform: str) -> None:
    needs = set(run("rpm", "--query", "--package", "--requires", package(platform)).stdout.split("\n"))
    assert {need for need in needs if need and not need.startswith("rpmlib(")} == {"/bin/sh"}


@pytest.mark.parametrize("platform", RPM)
def test_it_has_the_files_of_debians_package_where_its_systems_look(platform: str) -> None:
    rows = [row.split(" ", 2) for row in query(platform, "[%{FILEMODES:octal} %{FILEDIGESTS} %{FILENAMES}\n]")]
    files = {name: (mode, digest) for mode, digest, name in rows if mode.startswith("10")}
    assert files["/usr/bin/tmdb-mcp"] == ("100755", hashlib.sha256(program(platform).read_bytes()).hexdigest())
    assert files["/etc/tmdb-mcp/environment"][0] == "100600"
    package = DIST / f"tmdb-mcp_{VERSION}_{DEBIAN[platform]}.deb"
    listed = run("dpkg-deb", "--contents", package).stdout.splitlines()
    theirs = {line.split()[5].removeprefix(".") for line in listed if line.startswith("-")}
    moved = {name.replace("/zsh/vendor-completions/", "/zsh/site-functions/") for name in theirs}
    assert "/usr/share/zsh/site-functions/_tmdb-mcp" in files and len(files) > 20
    own = re.compile("/usr/share/(lintian/|doc/tmdb-mcp/(copyright$|changelog))")
    assert {name for name in moved if not own.match(name)} <= set(files)
    more = set(files) - moved
    assert all(re.match("/usr/share/doc/tmdb-mcp/(CHANGELOG.md$|licenses/common-licenses/)", name) for name in more)


def install(debian: Path, platform: str) -> None:
    # Debian's rpm has to be told that one is sure, and knows nothing of dpkg's shell.
    shutil.copy(package(platform), debian / "tmdb-mcp.rpm")
    chroot(debian, "rpm", "--install", "--force-debian", "--nodeps", "/tmdb-mcp.rpm")


def test_it_installs_answers_and_leaves_nothing(debian: Path, tmdb: StandIn) -> None:
    install(debian, PLATFORM)
    assert chroot(debian, "rpm", "--verify", "--nodeps", "tmdb-mcp").stdout == ""
    variables = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb.url}
    assert "The Matrix" in chroot(debian, "tmdb-mcp", "call", "search", "query=matrix", **variables).stdout
    assert "TMDB_API_KEY" in chroot(debian, "man", "tmdb-mcp").stdout
    names = query(PLATFORM, "[%{FILENAMES}\n]")
    assert all((debian / name.lstrip("/")).exists() for name in names)
    chroot(debian, "rpm", "--erase", "tmdb-mcp")
    assert not [name for name in names if (debian / name.lstrip("/")).exists()]


def test_settings_of_the_service_stay(debian: Path) -> None:
    install(debian, PLATFORM)
    settings = debian / "etc/tmdb-mcp/environment"
    settings.write_text("TMDB_LANGUAGE=de\n")
    chroot(debian, "rpm", "--install", "--force-debian", "--nodeps", "--replacepkgs", "/tmdb-mcp.rpm")
    assert settings.read_text() == "TMDB_LANGUAGE=de\n"
    unit = (debian / "usr/lib/systemd/system/tmdb-mcp.service").read_text()
    expected = (ROOT / "release/deploy/tmdb-mcp.service").read_text()
    assert unit == expected.replace("\nExecStart=", "\nExecStart=/usr/bin/")
