"""The builder of the SDK on machines that cannot do it: one clear error, the way out, and no result."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from shlex import quote

import pytest
from places import ROOT
from support.builder import DEADLINE, READY, Builder, Result
from support.namespaces import with_mounts
from support.platforms import SDK_WORK, output_of


def fails_clearly(result: Result, error: str, way_out: str) -> bool:
    """Asserts that there is one error, and what it says; true for `assert`."""
    assert result.code != 0
    assert len(result.errors) == 1 and error in result.errors[0], result
    assert way_out in result.output.partition(result.errors[0])[2], result
    assert READY not in result.output
    return True


def path_without_swift(place: Path) -> str:
    """PATH with every folder that holds swiftc replaced by one of links to all else."""
    folders = []
    for number, folder in enumerate(os.environ["PATH"].split(":")):
        if (Path(folder) / "swiftc").exists():
            shadow = place / f"path-{number}"
            shadow.mkdir()
            for program in Path(folder).iterdir():
                if not program.name.startswith("swift"):
                    (shadow / program.name).symlink_to(program)
            folder = str(shadow)
        folders.append(folder)
    return ":".join(folders)


def path_with_swift(place: Path, script: str) -> str:
    folder = place / "another-toolchain"
    folder.mkdir()
    (folder / "swiftc").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "swiftc").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_no_toolchain(builder: Builder, place: Path) -> None:
    result = builder.run(PATH=path_without_swift(place))
    assert fails_clearly(result, "swiftc is not on PATH", "Install Swift 6.3 from swift.org")
    assert not list(builder.work.glob("*/.key"))


@pytest.mark.parametrize("version", ["6.2.4", "6.4", "6.30", "7.0", "6.3-dev"])
def test_a_toolchain_of_another_release(builder: Builder, place: Path, version: str) -> None:
    told = '{\n  "compilerVersion": "Swift version %s (swift-RELEASE)",\n  "paths": {}\n}' % version
    result = builder.run(PATH=path_with_swift(place, f"echo {quote(told)}"))
    assert fails_clearly(result, f"the toolchain is Swift {version}; the SDK needs 6.3", "Install Swift 6.3")


def test_a_toolchain_that_does_not_run(builder: Builder, place: Path) -> None:
    result = builder.run(PATH=path_with_swift(place, "exit 127"))
    assert fails_clearly(result, "swiftc does not run", "Install Swift 6.3")


def test_a_toolchain_without_the_embedded_modules(builder: Builder, place: Path) -> None:
    """Such as some distributions package: the right compiler and not all of its parts."""
    resources = place / "usr" / "lib" / "swift"
    resources.mkdir(parents=True)
    told = f'{{\n  "compilerVersion": "Swift version 6.3.1 (x)",\n  "runtimeResourcePath": "{resources}"\n}}'
    result = builder.run(PATH=path_with_swift(place, f"echo {quote(told)}"))
    assert fails_clearly(result, f"the toolchain in {place / 'usr'} has no bin/clang", "Install Swift 6.3")


@pytest.mark.parametrize("words", ["ID=fedora\n", "ID=ubuntu\nID_LIKE=debian\n", ""])
def test_a_system_that_is_not_debian(builder: Builder, place: Path, words: str) -> None:
    (place / "os-release").write_text(words)
    under = with_mounts(f"mount --bind {quote(str(place / 'os-release'))} /etc/os-release")
    result = builder.run(under=under)
    assert fails_clearly(result, "this system is not Debian", "Run it on Debian 12")


def test_too_little_space_is_told_before_anything_is_done(builder: Builder) -> None:
    under = with_mounts(f"mount -t tmpfs -o size=50m none {quote(str(builder.work))}")
    result = builder.run(under=under)
    assert fails_clearly(result, f"the SDK needs 1000 MB of disk and {builder.work} has 50 MB", "set SDK_WORK")
    assert result.steps == []


@pytest.mark.parametrize("room", ["7", "17", "log"])
def test_a_disk_that_fills_up_in_the_middle_of_a_step(builder: Builder, room: str) -> None:
    """A step of a build that has begun before, as the presence of a bundle tells, runs out of space."""
    work = quote(str(builder.work))
    inputs = int(output_of("du", "--summarize", "--block-size=1M", SDK_WORK / "inputs").split()[0])
    size = f"{inputs + (150 if room == 'log' else int(room))}m"
    # What is left of it is filled: there is no room for the log either.
    fill = f"dd if=/dev/zero of={work}/filler bs=4k 2>/dev/null || true" if room == "log" else "true"
    under = with_mounts(
        f"mount -t tmpfs -o size={size} none {work}",
        f"cp -a {quote(str(SDK_WORK))}/inputs {work}/",
        f"mkdir {work}/bundle {work}/log",
        fill,
        f"trap 'ls -A {work} >{quote(str(builder.place))}/left' EXIT",
        '"$@"; exit',
    )
    result = builder.run(under=under)
    left = (builder.place / "left").read_text().split()
    assert fails_clearly(result, "the disk is full (whole log: ", "Free some space, or set SDK_WORK")
    assert result.steps == ["source of curl"]
    assert "source-curl" not in left and "source-curl.new" not in left


def test_a_path_with_whitespace_is_told_before_anything_is_done(place: Path) -> None:
    (place / "my projects").mkdir()
    with Builder(place / "my projects") as builder:
        result = builder.run()
    assert fails_clearly(result, "the SDK cannot be made where a path has whitespace", "SDK_WORK")
    assert result.steps == []


def test_a_package_that_is_there_for_two_architectures_is_there(place: Path) -> None:
    stanza = "Package: one\nStatus: install ok installed\nVersion: 1\nMulti-Arch: same\nMaintainer: a\nDescription: b\n"
    (place / "status").write_text("".join(f"{stanza}Architecture: {name}\n\n" for name in ("amd64", "arm64")))
    script = '. "$0"; install_packages() { echo "missing: $*"; }; require_packages one two'
    told = output_of("bash", "-c", script, ROOT / "release" / "lib" / "common.sh", env={"DPKG_ADMINDIR": str(place)})
    assert told == "missing: two\n"


def test_a_program_that_tests_call_comes_from_one_package() -> None:
    """Two packages of one program keep each other out, and then apt installs neither on a bare machine."""
    script = 'set -u; root=. tests=.; . "$0"; programs_of "${!programs[@]}"'
    lines = output_of("bash", "-c", script, ROOT / "Tests" / "lib" / "suites.sh").split()
    packages: dict[str, set[str]] = {}
    for line in lines:
        package, _, program = line.partition(":")
        packages.setdefault(program, set()).add(package)
    assert len(packages) > 20
    assert {program: names for program, names in packages.items() if len(names) > 1} == {}


BUSY = """#!/bin/sh
echo "$*" >>"$PLACE/asked"
[ -e "$PLACE/free" ] && exit 0
touch "$PLACE/free"
echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)" >&2
exit 100
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: only root installs packages")
def test_another_apt_is_waited_for(place: Path) -> None:
    (place / "apt-get").write_text(BUSY)
    (place / "apt-get").chmod(0o755)
    script = '. "$0"; install_packages one two; echo done'
    variables = {"PATH": f"{place}:{os.environ['PATH']}", "PLACE": str(place)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script, ROOT / "release" / "lib" / "common.sh"],
        env=variables, capture_output=True, text=True, timeout=DEADLINE)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
    assert done.stderr.splitlines() == [
        "apt: reading the lists of packages", "  another apt runs: waiting for it to end", "apt: installing one two"]
    asked = [line.split()[2] for line in (place / "asked").read_text().splitlines()]
    assert asked == ["update", "update", "install"]


def test_no_network(builder: Builder, nobody: str) -> None:
    result = builder.run(DEBIAN_MIRROR=f"{nobody}/debian")
    assert fails_clearly(result, 'step "inputs from Debian trixie" failed', "run this again")
    assert "cannot read Debian trixie from the mirror" in result.output
    assert "Is there a network?" in result.output
    assert not list(builder.work.glob("*/.key"))


def test_a_command_that_is_missing_is_named_with_its_package(builder: Builder, place: Path) -> None:
    """Nobody but root can install it; the one who may not is told how."""
    folder = place / "bin"
    folder.mkdir()
    swift = Path(shutil.which("swiftc")).parent
    if (swift / "cmake").exists():
        pytest.skip("NOT RUN: cmake lies beside swiftc")
    tools = "bash cat cut dirname find mkdir rm sed sha256sum sort env apt-get dpkg dpkg-source make xz"
    for name in tools.split():
        (folder / name).symlink_to(shutil.which(name) or pytest.skip(f"NOT RUN: {name} is missing"))
    (folder / "id").write_text("#!/bin/sh\necho 1000\n")
    (folder / "id").chmod(0o755)
    result = builder.run(PATH=f"{folder}:{swift}", under=("/usr/bin/env",))
    assert fails_clearly(result, "these Debian packages are missing: cmake ninja-build", "sudo apt-get install")


def test_another_toolchain_of_the_same_version_is_another(place: Path) -> None:
    """What it says of itself is the same; a file that the SDK takes over is not."""
    toolchain = place / "usr"
    files = ["bin/clang", "bin/ld.lld", "bin/llvm-ar", "bin/llvm-objcopy", "bin/swift-frontend"]
    folders = ("embedded/Swift.swiftmodule", "shims", "apinotes", "clang/include")
    files += [f"lib/swift/{folder}/file" for folder in folders]
    for file in files:
        (toolchain / file).parent.mkdir(parents=True, exist_ok=True)
        (toolchain / file).write_text("one")
        os.utime(toolchain / file, (1, 1))
    told = f'{{\n  "compilerVersion": "Swift version 6.3.1 (x)",\n  "runtimeResourcePath": "{toolchain}/lib/swift"\n}}'
    path = path_with_swift(place, f"echo {quote(told)}")
    sdk = ROOT / "release" / "sdk"
    script = f"set -euo pipefail; sdk={sdk}; . {sdk.parent}/lib/common.sh; . {sdk}/settings.sh; . {sdk}/lib/checks.sh"

    def key() -> str:
        return output_of("bash", "-c", f'{script}; find_toolchain; echo "$toolchain_key"', env={"PATH": path})

    first = key()
    assert key() == first
    for file in files:
        (toolchain / file).write_text("another")
        assert key() != first, file
        (toolchain / file).write_text("one")
        os.utime(toolchain / file, (1, 1))
    assert key() == first


def test_a_platform_that_there_is_not(builder: Builder) -> None:
    result = builder.run(SDK_PLATFORMS="amd64 sparc")
    assert fails_clearly(result, "no such platform: sparc", "amd64 arm64 armv7 armv6 riscv64 i386")
