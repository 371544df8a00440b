"""install.sh, as machines of many kinds run it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.mirror import INSTALLER, SHELLS, Machine, Mirror
from places import PROGRAM, project, run


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    opened = Mirror(tmp_path / "mirror")
    yield opened
    opened.close()


@pytest.fixture(params=SHELLS)
def machine(request: pytest.FixtureRequest, tmp_path: Path, mirror: Mirror) -> Machine:
    return Machine(tmp_path, request.param, mirror)


# The shell of busybox has most tools inside, and does not look for others.
own_tools = pytest.mark.parametrize("machine", ["dash", "bash"], indirect=True)


def test_it_is_a_script_for_any_shell() -> None:
    run("shellcheck", "--norc", "--shell=sh", INSTALLER)
    assert os.access(INSTALLER, os.X_OK)
    assert f"project={project('project_url')}\n" in INSTALLER.read_text()


@own_tools
@pytest.mark.parametrize(
    ("processor", "bits", "platform"),
    [
        ("x86_64", 64, "amd64"),
        ("amd64", 64, "amd64"),
        ("aarch64", 64, "arm64"),
        ("arm64", 64, "arm64"),
        ("aarch64", 32, "armv7"),
        ("armv7l", 32, "armv7"),
        ("armv8l", 32, "armv7"),
        ("armv6l", 32, "armv6"),
        ("riscv64", 64, "riscv64"),
        ("i686", 32, "i386"),
        ("x86_64", 32, "i386"),
    ],
)
def test_each_machine_gets_its_program(machine: Machine, processor: str, bits: int, platform: str) -> None:
    machine.is_a(processor, bits)
    done = machine.install()
    assert done.returncode == 0, done.stderr
    assert machine.program.read_bytes() == machine.mirror.program(platform).read_bytes()
    assert os.access(machine.program, os.X_OK)
    assert f"tmdb-mcp 9.9.9 for {platform}" in done.stderr and str(machine.program) in done.stderr
    assert "not on PATH" in done.stderr
    assert done.stdout == ""


@own_tools
@pytest.mark.parametrize(
    ("processor", "system", "word"),
    [
        ("armv5tel", "Linux", "too old"),
        ("ppc64le", "Linux", "ppc64le"),
        ("riscv32", "Linux", "riscv32"),
        ("arm64", "Darwin", "Docker"),
    ],
)
def test_other_machines_are_told_why_not(machine: Machine, processor: str, system: str, word: str) -> None:
    machine.is_a(processor, system=system)
    machine.refuses(word)


@own_tools
def test_without_getconf_it_looks_at_the_shell(machine: Machine) -> None:
    machine.is_a("aarch64")
    machine.remove("getconf")
    assert machine.install().returncode == 0
    assert "arm64" in machine.program.read_text()


def test_the_released_program_is_installed_and_runs(machine: Machine) -> None:
    machine.mirror.program("amd64").write_bytes(PROGRAM.read_bytes())
    machine.mirror.write_sums()
    assert "Installed tmdb-mcp" in machine.install().stderr
    assert run(machine.program, "version").returncode == 0


def test_it_installs_again_over_a_program_that_runs(machine: Machine) -> None:
    """A file that is being executed can be replaced, but not written to."""
    machine.mirror.program("amd64").write_bytes(PROGRAM.read_bytes())
    machine.mirror.write_sums()
    machine.install()
    with subprocess.Popen([machine.program, "--server-mode", "stdio"], stdin=subprocess.PIPE, env={}) as running:
        assert machine.install().returncode == 0
        running.stdin.close()
    assert running.returncode == 0
    assert os.listdir(machine.program.parent) == ["tmdb-mcp"]


@own_tools
def test_wget_does_where_there_is_no_curl(machine: Machine) -> None:
    machine.remove("curl")
    machine.add("wget")
    assert machine.install().returncode == 0
    assert machine.program.exists()


@own_tools
def test_without_either_it_says_what_to_install(machine: Machine) -> None:
    machine.remove("curl")
    machine.refuses("neither curl nor wget is installed")


@own_tools
@pytest.mark.parametrize("tool", ["shasum", "openssl"])
def test_other_tools_can_check(machine: Machine, tool: str) -> None:
    machine.remove("sha256sum")
    machine.add(tool)
    if tool == "shasum":
        machine.add("perl")
    assert machine.install().returncode == 0


@own_tools
def test_nothing_is_installed_that_cannot_be_checked(machine: Machine) -> None:
    machine.remove("sha256sum")
    machine.refuses("sha256sum, shasum or openssl")


def test_a_wrong_checksum_is_refused(machine: Machine) -> None:
    with machine.mirror.program("amd64").open("a") as program:
        program.write("echo and more\n")
    machine.refuses("the checksum of tmdb-mcp-linux-amd64 is wrong", "Nothing was installed")


def test_a_program_that_was_cut_off_is_refused(machine: Machine) -> None:
    program = machine.mirror.program("amd64")
    program.write_bytes(program.read_bytes()[:-1])
    machine.refuses("the checksum of tmdb-mcp-linux-amd64 is wrong")


@pytest.mark.parametrize("line", ["", "zz  {name}\n", "  {name}\n", 2 * ("0" * 64 + "  {name}\n")])
def test_sums_that_say_nothing_of_the_program_are_refused(machine: Machine, line: str) -> None:
    kept = [each for each in machine.mirror.sums.read_text().splitlines(keepends=True) if "amd64" not in each]
    machine.mirror.sums.write_text("".join(kept) + line.format(name="tmdb-mcp-linux-amd64"))
    machine.refuses("SHA256SUMS", "Nothing was installed")


def test_the_sum_of_another_file_does_not_count(machine: Machine) -> None:
    sums = machine.mirror.sums
    sums.write_text(sums.read_text().replace("tmdb-mcp-linux-amd64", "tmdb-mcp-linux-amd64.sig"))
    machine.refuses("SHA256SUMS does not name tmdb-mcp-linux-amd64")


@pytest.mark.parametrize("missing", ["SHA256SUMS", "tmdb-mcp-linux-amd64"])
def test_a_file_that_is_not_there_is_named(machine: Machine, missing: str) -> None:
    (machine.mirror.folder / missing).unlink()
    machine.refuses(f"cannot download {machine.mirror.url}/{missing}")


def test_an_earlier_program_stays_when_the_new_one_is_refused(machine: Machine) -> None:
    machine.install()
    before = machine.program.read_bytes()
    machine.mirror.program("amd64").write_text("#!/bin/sh\necho changed\n")
    assert machine.install().returncode == 1
    assert machine.program.read_bytes() == before


def test_the_signature_is_verified(machine: Machine, tmp_path: Path) -> None:
    machine.add("minisign")
    key = machine.mirror.sign(tmp_path / "keys")
    done = machine.install(MINISIGN_PUBLIC_KEY=f"untrusted comment: a key\n{key}")
    assert done.returncode == 0 and "The signature is right: tmdb-mcp 9.9.9." in done.stderr


@pytest.mark.parametrize("end", ["\n", "\n\n", " \n"])
def test_a_line_end_behind_the_key_does_not_take_it_away(machine: Machine, tmp_path: Path, end: str) -> None:
    machine.add("minisign")
    key = machine.mirror.sign(tmp_path / "keys")
    machine.mirror.sums.write_text(machine.mirror.sums.read_text() + "\n")
    machine.refuses("the signature of SHA256SUMS is wrong", MINISIGN_PUBLIC_KEY=f"untrusted comment: a key\n{key}{end}")


def test_a_key_can_stand_in_the_script(machine: Machine, tmp_path: Path) -> None:
    machine.add("minisign")
    copy = tmp_path / "install.sh"
    key = machine.mirror.sign(tmp_path / "keys")
    copy.write_text(INSTALLER.read_text().replace("\npublic_key=\n", f"\npublic_key={key}\n"))
    assert "The signature is right: tmdb-mcp 9.9.9." in machine.install(script=copy).stderr
    machine.mirror.write_sums()
    machine.mirror.sums.write_text(machine.mirror.sums.read_text() + "\n")
    assert "the signature of SHA256SUMS is wrong" in machine.install(script=copy).stderr


def test_a_wrong_signature_is_refused(machine: Machine, tmp_path: Path) -> None:
    """The checksums are right, but others than the signed ones."""
    machine.add("minisign")
    key = machine.mirror.sign(tmp_path / "keys")
    machine.mirror.program("amd64").write_text("#!/bin/sh\necho changed\n")
    machine.mirror.write_sums()
    machine.refuses("the signature of SHA256SUMS is wrong", MINISIGN_PUBLIC_KEY=key)


def test_the_signature_of_another_key_is_refused(machine: Machine, tmp_path: Path) -> None:
    machine.add("minisign")
    ours = machine.mirror.sign(tmp_path / "keys")
    machine.mirror.sign(tmp_path / "others")
    machine.refuses("the signature of SHA256SUMS is wrong", MINISIGN_PUBLIC_KEY=ours)


def test_an_older_release_in_place_of_the_one_asked_for_is_refused(machine: Machine, tmp_path: Path) -> None:
    machine.add("minisign")
    key = machine.mirror.sign(tmp_path / "keys")
    machine.refuses('"tmdb-mcp 9.9.9", not version 10.0.0', MINISIGN_PUBLIC_KEY=key, VERSION="v10.0.0")
    assert machine.install(MINISIGN_PUBLIC_KEY=key, VERSION="v9.9.9").returncode == 0


def test_a_signature_that_was_taken_away_is_refused(machine: Machine, tmp_path: Path) -> None:
    machine.add("minisign")
    key = machine.mirror.sign(tmp_path / "keys")
    (machine.mirror.folder / "SHA256SUMS.minisig").unlink()
    machine.refuses("has no signature", MINISIGN_PUBLIC_KEY=key)


@pytest.mark.parametrize("has_key", [False, True])
def test_it_says_when_the_signature_is_not_verified(machine: Machine, tmp_path: Path, has_key: bool) -> None:
    key = machine.mirror.sign(tmp_path / "keys")
    done = machine.install(MINISIGN_PUBLIC_KEY=key if has_key else "")
    assert done.returncode == 0 and "The signature is not verified" in done.stderr


def test_another_place_may_have_whitespace_in_its_name(machine: Machine) -> None:
    for arguments, variables, place in (
        (("--dir", "my own programs"), {}, machine.home / "my own programs"),
        ((f"--dir={machine.home}/b c",), {}, machine.home / "b c"),
        ((), {"PREFIX": f"{machine.home}/pre fix"}, machine.home / "pre fix" / "bin"),
    ):
        assert machine.install(*arguments, **variables).returncode == 0
        assert (place / "tmdb-mcp").exists()


def test_it_is_quiet_about_path_when_the_place_is_on_it(machine: Machine) -> None:
    done = machine.install(PATH=f"{machine.tools}:{machine.program.parent}")
    assert done.returncode == 0 and "PATH" not in done.stderr


def test_a_place_that_cannot_be_made_is_told(machine: Machine) -> None:
    (machine.home / "file").touch()
    machine.refuses("cannot write to", "--dir", arguments=("--dir", str(machine.home / "file" / "bin")))
    machine.refuses("cannot write to", arguments=("--dir", "/proc/self"))


@pytest.mark.parametrize(
    "url", ["http://example.invalid", "ftp://127.0.0.1/", "http://127.0.0.1.example.invalid/", "file:///etc"]
)
def test_other_addresses_than_https_are_refused(machine: Machine, url: str) -> None:
    machine.refuses("https://", BASE_URL=url)


@own_tools
def test_the_address_of_a_version_is_that_of_its_release(machine: Machine) -> None:
    """A curl of our own tells what is asked for, and that a redirection may not lead to plain HTTP."""
    machine.fake("curl", 'for last; do :; done; echo "$*" >&2; echo "$last" >&2; exit 22')
    for version, path in (("1.2.3", "download/v1.2.3"), ("v1.2.3", "download/v1.2.3"), ("", "latest/download")):
        done = machine.install(BASE_URL="", VERSION=version)
        assert f"\n{project('project_url')}/releases/{path}/SHA256SUMS\n" in done.stderr
        assert "--proto =https --proto-redir =https" in done.stderr
        assert "--speed-limit 1 --speed-time 30" in done.stderr, "it would wait for ever where nothing comes"
    machine.refuses("is not a version", BASE_URL="", VERSION="../../x")


def test_uninstall_deletes_the_program_alone(machine: Machine) -> None:
    machine.install()
    settings = machine.home / ".tmdb-mcp" / "config.yaml"
    settings.parent.mkdir()
    settings.write_text("tools: all\n")
    assert machine.install("--uninstall").returncode == 0
    assert not machine.program.exists() and settings.exists()
    assert machine.install("--uninstall").returncode == 1


def test_help_and_mistakes(machine: Machine) -> None:
    done = machine.install("--help")
    assert done.returncode == 0 and all(word in done.stdout for word in ("--dir", "--uninstall", "VERSION", "BASE_URL"))
    machine.refuses("unknown argument: --force", arguments=("--force",))
    machine.refuses("--dir needs a directory", arguments=("--dir",))


def test_a_copy_that_was_cut_off_does_nothing(machine: Machine, tmp_path: Path) -> None:
    """At the end of any line, and in the middle of any."""
    text = INSTALLER.read_text().rstrip("\n")
    copy = tmp_path / "cut.sh"
    marks = [place for place, sign in enumerate(text) if sign == "\n"]
    middles = [(first + second) // 2 for first, second in zip([0, *marks], [*marks, len(text)], strict=True)]
    for cut in sorted({*marks, *middles}):
        copy.write_text(text[:cut])
        machine.install(script=copy)
        assert os.listdir(machine.home) == [], text[:cut].splitlines()[-1]
