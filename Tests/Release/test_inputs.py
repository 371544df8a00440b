"""The inputs of the SDK and their lock, with a Debian mirror. Nothing of the system's own apt may change."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.builder import Builder
from support.platforms import ROOT, output_of

LOCK = ROOT / "release" / "sdk" / "inputs.lock"
APT = ("/etc/apt", "/var/lib/apt/lists", "/var/lib/dpkg/status")


def state_of_apt() -> dict[str, str]:
    """Every file of the system's package manager, with a hash of it, or its size and time where it is large."""
    state = {}
    for top in map(Path, APT):
        for path in [top, *top.rglob("*")]:
            if path.is_file():
                facts = path.stat()
                small = facts.st_size < 1_000_000 and os.access(path, os.R_OK)
                time = f"{facts.st_size} {facts.st_mtime_ns}"
                state[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest() if small else time
    return state


@pytest.fixture(scope="module", autouse=True)
def untouched_system() -> Iterator[None]:
    before = state_of_apt()
    yield
    after = state_of_apt()
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()


@pytest.fixture(scope="module", autouse=True)
def mirror(module_place: Path) -> None:
    """Skips these tests where no Debian mirror answers."""
    address = os.environ.get("DEBIAN_MIRROR")
    if not address:
        offered = output_of("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages").split()
        address = next((uri for uri in offered if re.search(r"/debian/?$", uri)), None)
    suite = re.search(r"^suite=(\w+)", (ROOT / "release" / "sdk" / "settings.sh").read_text(), re.MULTILINE)[1]
    asked = f"{(address or '').rstrip('/')}/dists/{suite}/InRelease"
    probe = ["/usr/lib/apt/apt-helper", "-o", "Acquire::Retries=0", "download-file", asked, module_place / "InRelease"]
    if address is None or subprocess.run(probe, capture_output=True, timeout=60).returncode != 0:
        pytest.skip(f"NOT RUN: no Debian mirror answers here ({asked})")


def lock_lines(path: Path) -> list[list[str]]:
    return [line.split() for line in path.read_text().splitlines()]


def edit_lock(builder: Builder, name: str, architecture: str, field: int, value: str) -> None:
    """Puts another value into one field of the lines of one input."""
    lines = lock_lines(builder.sdk / "inputs.lock")
    changed = [line for line in lines if line[:2] == [name, architecture]]
    assert changed
    for line in changed:
        line[field] = value
    (builder.sdk / "inputs.lock").write_text("".join(" ".join(line) + "\n" for line in lines))


def only_small_inputs(builder: Builder) -> None:
    """Leaves out what takes long to download."""
    settings = (builder.sdk / "settings.sh").read_text()
    settings = re.sub(r"^binary_inputs=\(.*?^\)", "binary_inputs=(musl-dev:amd64)", settings, flags=re.M | re.S)
    settings = re.sub(r"^source_inputs=.*", "source_inputs=(libyaml)", settings, flags=re.M)
    (builder.sdk / "settings.sh").write_text(settings)


def test_a_mirror_that_has_moved_on_is_told_in_one_line_and_is_an_error_when_strict(builder: Builder) -> None:
    only_small_inputs(builder)
    edit_lock(builder, "musl-dev", "amd64", 2, "1.2.5-0")
    first = builder.run("inputs")
    assert first.code == 0, first
    notes = [line for line in first.output.splitlines() if "the mirror has moved on" in line]
    assert len(notes) == 1 and re.search(r"musl-dev \(amd64\) 1\.2\.5-0 -> \S+ ", notes[0]), first
    assert "make sdk-lock" in notes[0]
    recorded = [line for line in lock_lines(builder.work / "inputs" / "inputs.lock") if line[0] == "musl-dev"]
    assert len(recorded) == 1 and recorded[0][2] != "1.2.5-0"

    again = builder.run("inputs")
    assert (again.code, again.steps) == (0, [])
    assert "the mirror has moved on" in again.output, "it is told for as long as it is so"
    strict = builder.run("inputs", STRICT="1")
    assert strict.code != 0 and strict.steps == []
    assert len(strict.errors) == 1 and "inputs differ from inputs.lock: musl-dev (amd64)" in strict.errors[0]
    assert "make sdk-lock" in strict.output


def test_other_bytes_under_a_locked_version_are_refused(builder: Builder) -> None:
    only_small_inputs(builder)
    version = next(line[2] for line in lock_lines(LOCK) if line[:2] == ["musl-dev", "amd64"])
    edit_lock(builder, "musl-dev", "amd64", 3, "0" * 64)
    result = builder.run("inputs")
    if "the mirror has moved on" in result.output:
        pytest.skip(f"NOT RUN: the mirror has no musl-dev {version} any more, make sdk-lock records the newer one")
    assert result.code != 0
    assert f"musl-dev_{version}_amd64.deb of the same version has other bytes than inputs.lock says" in result.output
    assert "Do not use this mirror." in result.output
    assert builder.key("inputs") is None


def test_locking_writes_what_is_committed_but_for_newer_versions(builder: Builder) -> None:
    """And it records every file that it downloads."""
    (builder.sdk / "inputs.lock").write_text("")
    result = builder.run("lock")
    assert result.code == 0, result
    assert "wrote release/sdk/inputs.lock" in result.output
    written, committed = lock_lines(builder.sdk / "inputs.lock"), lock_lines(LOCK)

    def inputs(lines: list[list[str]]) -> list[tuple[str, str]]:
        return list(dict.fromkeys((line[0], line[1]) for line in lines))

    assert inputs(written) == inputs(committed)
    for line in written:
        assert len(line) == 5 and re.fullmatch("[0-9a-f]{64}", line[3])
    same_version = {tuple(line[:3]) for line in written} & {tuple(line[:3]) for line in committed}
    assert [line for line in written if tuple(line[:3]) in same_version] == [
        line for line in committed if tuple(line[:3]) in same_version
    ]
    files = {path.name: path for path in (builder.work / "inputs" / "files").rglob("*") if path.is_file()}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == {
        line[4]: line[3] for line in written
    }
