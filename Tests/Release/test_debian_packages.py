"""The Debian packages: well formed, installed into a Debian of its own, run, and purged without a trace."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from overlay import Refused, index_manuals, overlay
from places import ROOT, VERSION
from support.checkout import released
from support.platforms import AMD64, ARM64, ARMV7, BUNDLE, I386, RISCV64, Platform, output_of

ARCHITECTURES = {AMD64: "amd64", ARM64: "arm64", ARMV7: "armhf", RISCV64: "riscv64", I386: "i386"}
ENTRIES = json.loads((ROOT / "release" / "package" / "libraries.json").read_text())
LIBRARIES = [entry for entry in ENTRIES if entry.get("used", True)]


@pytest.fixture(scope="module")
def package(platform: Platform) -> Path:
    if platform not in ARCHITECTURES:
        pytest.skip("Debian has no architecture for ARMv6 with hard float")
    return released(f"tmdb-mcp_@_{ARCHITECTURES[platform]}.deb")


@pytest.fixture(scope="module")
def files(package: Path, module_place: Path) -> Path:
    folder = module_place / package.stem
    if not folder.exists():
        output_of("dpkg-deb", "--extract", package, folder)
    return folder


def field(package: Path, name: str) -> str:
    return output_of("dpkg-deb", "--field", package, name).strip()


def test_lintian_finds_nothing(package: Path) -> None:
    command = ["lintian", "--no-cfg", "--allow-root", "--fail-on", "error,warning", package]
    assert output_of(*command).strip() == ""


def test_the_control_file(package: Path, platform: Platform) -> None:
    assert field(package, "Package") == "tmdb-mcp"
    assert field(package, "Version") == f"{VERSION.replace('-', '~')}-1"
    assert field(package, "Architecture") == ARCHITECTURES[platform]
    assert field(package, "Depends") == ""


def test_what_is_linked_is_named_with_debians_versions(package: Path) -> None:
    named = dict(re.findall(r"(\S+) \(= (\S+)\)", field(package, "Static-Built-Using")))
    locked = {line.split()[0]: line.split()[2] for line in (BUNDLE / "inputs.lock").read_text().splitlines()}
    linked = [entry for entry in LIBRARIES if entry["inputs"] and not entry.get("headers")]
    assert named == {entry["source"]: locked[entry["inputs"][0]] for entry in linked}
    assert len(named) >= 7


def test_everything_is_where_debian_looks_for_it(files: Path, platform: Platform) -> None:
    assert (files / "usr/bin/tmdb-mcp").read_bytes() == platform.program.read_bytes()
    share = files / "usr" / "share"
    for name in (
        "man/man1/tmdb-mcp.1.gz",
        "bash-completion/completions/tmdb-mcp",
        "zsh/vendor-completions/_tmdb-mcp",
        "fish/vendor_completions.d/tmdb-mcp.fish",
        "doc/tmdb-mcp/changelog.gz",
        "doc/tmdb-mcp/examples/config.yaml",
    ):
        assert (share / name).stat().st_size > 100, name
    assert (files / "usr/lib/systemd/system/tmdb-mcp.service").exists()


def test_the_copyright_file_names_every_library_and_its_licence(files: Path) -> None:
    text = (files / "usr/share/doc/tmdb-mcp/copyright").read_text()
    paragraphs = text.split("\n\n")
    assert paragraphs[0].startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    stated = {re.search("^Files: (.*)", one)[1]: one for one in paragraphs if one.startswith("Files: ")}
    assert set(stated) == {"*"} | {f"{entry['name']}/*" for entry in LIBRARIES}
    licences = dict(re.findall(r"^License: (.*)\n((?: .*\n?)+)", text, re.M))
    for name, paragraph in stated.items():
        used = re.search("^License: (.*)", paragraph, re.M)[1]
        assert len(licences[used]) > 50, f"{name}: {used} has no text"
        assert re.search(r"^Copyright: \S", paragraph, re.M)
        place = re.search(r"/usr/share/doc/tmdb-mcp/licenses/\S+", paragraph)
        assert name == "*" or (files / place[0].lstrip("/")).stat().st_size > 1000
    for common in re.findall(r"/usr/share/common-licenses/\S+", text):
        assert Path(common).is_file()


def words(text: str) -> str:
    """Without the form of a field, and without the quotes that copies of a licence differ in."""
    return " " + " ".join(re.findall(r"[\w@<>.-]+", re.sub(r"^ \.$", "", text, flags=re.M).replace("``", "")))


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda entry: entry["name"])
def test_the_copyright_file_says_what_the_sources_of_a_library_say(library: dict) -> None:
    """It is written by hand, and the libraries change: whose they are, and each licence's text."""
    text = (ROOT / "release" / "package" / "debian" / "copyright").read_text()
    theirs = (BUNDLE / "licenses" / library["notice"]).read_text()
    [ours] = [part for part in text.split("\n\n") if part.startswith(f"Files: {library['name']}/*\n")]
    holders, licence = re.search(r"^Copyright: (.*(?:\n .*)*)\nLicense: (.*)", ours, re.M).groups()
    # Where Debian's file has the same form, the field must be all of theirs; else it has no such field.
    if theirs.startswith("Format:"):
        assert any(words(holders) + end in words(theirs) for end in (" License", " Comment"))
    body = re.search(rf"^License: {re.escape(licence)}\n((?: .*\n?)+)", text, re.M)[1]
    reference = re.compile(r"^ The licence's text: (\S+)\n?( \.\n)?", re.M)
    rest = words(reference.sub("", body))
    assert reference.search(body) or rest.strip()
    assert rest.strip() == "" or rest in words(theirs)


# A Debian in which packages are installed as they are on a person's machine.


@pytest.fixture
def debian() -> Iterator[Path]:
    """This machine's own Debian, in which whatever is written lies in a layer above it, and is gone after the test."""
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: installing a package into a root of its own takes root")
    try:
        with overlay() as root:
            yield root
    except Refused as reason:
        pytest.skip(f"NOT RUN: this machine allows no overlay: {reason}")


def chroot(root: Path, *command: str) -> str:
    clean = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    return output_of("chroot", root, *command, env=clean, stdin=subprocess.DEVNULL)


def snapshot(root: Path) -> dict[str, str]:
    """Every file that is not as on the machine; without the records of dpkg and of the manual, which grow."""
    records = re.compile(r"^/(var/lib/dpkg|var/cache/man|var/cache/ldconfig|var/log|proc|sys|dev)(/|$)|^/tmdb-mcp.deb$")
    written = root.with_name("upper")
    found = {}
    for path in written.rglob("*"):
        name = f"/{path.relative_to(written)}"
        if not records.search(name) and state(path) != state(Path(name)):
            found[name] = state(path)
    return found


def state(path: Path) -> str:
    if not path.exists() and not path.is_symlink():
        return "nothing"
    facts = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
    return f"{facts.st_mode:o} {facts.st_uid} {facts.st_gid} {content}"


def test_it_installs_runs_and_leaves_nothing(debian: Path, package: Path, platform: Platform) -> None:
    before = snapshot(debian)
    shutil.copy(package, debian / "tmdb-mcp.deb")
    foreign = ARCHITECTURES[platform] != chroot(debian, "dpkg", "--print-architecture").strip()
    if foreign:
        chroot(debian, "dpkg", "--add-architecture", ARCHITECTURES[platform])
    # The manual is the same in each package.
    index_manuals(debian, wanted=not foreign)
    told = chroot(debian, "dpkg", "--install", "/tmdb-mcp.deb")
    assert "sudo systemctl enable --now tmdb-mcp\n" in told and "sudo tmdb-mcp token --show" in told
    key = debian / "etc/tmdb-mcp/tmdb-api-key"
    assert (key.read_bytes(), key.stat().st_mode & 0o777) == (b"", 0o600)
    index_manuals(debian, wanted=False)
    told = output_of(*platform.command(debian / "usr/bin/tmdb-mcp", "--version"))
    assert told == f"tmdb-mcp {VERSION}\n"
    if not foreign:
        assert chroot(debian, "tmdb-mcp", "--version") == told
        assert chroot(debian, "whatis", "tmdb-mcp").startswith("tmdb-mcp (1)")
    assert "TMDB_API_KEY" in chroot(debian, "man", "tmdb-mcp")
    assert chroot(debian, "dpkg", "--verify", "tmdb-mcp") == ""
    assert not list((debian / "etc/systemd/system").rglob("tmdb-mcp.service")), (
        "whoever has it opens a port knows it"
    )
    # What the service keeps while it runs.
    (debian / "var/lib/private/tmdb-mcp").mkdir(parents=True)
    (debian / "var/lib/private/tmdb-mcp/config.yaml").write_text("token\n")
    key.write_text("key\n")
    # What it says to begin with is no news to who updates it, and the key stays.
    assert "enable --now" not in chroot(debian, "dpkg", "--install", "/tmdb-mcp.deb")
    assert key.read_text() == "key\n"
    chroot(debian, "dpkg", "--remove", "tmdb-mcp")
    chroot(debian, "dpkg", "--purge", "tmdb-mcp")
    after = snapshot(debian)
    left = {name for name in before | after if before.get(name) != after.get(name)} - {"/var/lib/private"}
    assert left == set()
    if foreign:
        chroot(debian, "dpkg", "--remove-architecture", ARCHITECTURES[platform])


def test_a_processor_without_armv7_is_refused(debian: Path) -> None:
    """A stand-in for uname tells what each processor does; dpkg finds it first."""
    package = released("tmdb-mcp_@_armhf.deb")
    shutil.copy(package, debian / "tmdb-mcp.deb")
    chroot(debian, "dpkg", "--add-architecture", "armhf")
    uname = debian / "usr/local/bin/uname"
    environment = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
    for machine, refused in (("armv5tel", True), ("armv6l", True), ("armv7l", False), ("aarch64", False)):
        uname.write_text(f"#!/bin/sh\necho {machine}\n")
        uname.chmod(0o755)
        command = ["chroot", debian, "dpkg", "--install", "/tmdb-mcp.deb"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
        assert (done.returncode != 0) is refused, (machine, done.stderr)
        assert (f"this processor is too old: {machine}; ARMv7 is the least" in done.stderr) is refused
        assert (debian / "usr/bin/tmdb-mcp").exists() is not refused
    uname.unlink()
    chroot(debian, "dpkg", "--purge", "tmdb-mcp")
    chroot(debian, "dpkg", "--remove-architecture", "armhf")


def test_settings_of_the_service_are_kept_and_nobody_elses(debian: Path) -> None:
    shutil.copy(released("tmdb-mcp_@_amd64.deb"), debian / "tmdb-mcp.deb")
    chroot(debian, "dpkg", "--install", "/tmdb-mcp.deb")
    settings = debian / "etc" / "tmdb-mcp" / "environment"
    assert settings.stat().st_mode & 0o777 == 0o600
    settings.write_text("TMDB_API_KEY=mine\n")
    chroot(debian, "dpkg", "--install", "/tmdb-mcp.deb")
    chroot(debian, "dpkg", "--remove", "tmdb-mcp")
    assert settings.read_text() == "TMDB_API_KEY=mine\n"
    chroot(debian, "dpkg", "--purge", "tmdb-mcp")
    assert not settings.parent.exists()
