"""release/build on a package of one line: what it makes, and that a failure leaves the earlier release as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.builder import Builder
from support.platforms import ARMV7, PLATFORMS, output_of

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "tmdb-mcp", targets: [.executableTarget(name: "tmdb-mcp")])
"""
NAMES = {platform.program.name for platform in PLATFORMS}


def write_program(builder: Builder, code: str) -> None:
    sources = builder.place / "Sources" / "tmdb-mcp"
    sources.mkdir(parents=True, exist_ok=True)
    (builder.place / "Package.swift").write_text(MANIFEST)
    (sources / "main.swift").write_text(code)


@pytest.fixture(scope="module")
def released(module_place: Path) -> Iterator[Builder]:
    """A tree with a release of the small program. No test changes that release."""
    with Builder(module_place) as builder:
        builder.seed()
        write_program(builder, 'print("first")\n')
        result = builder.run(script="build")
        assert result.code == 0, result
        yield builder


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_release_is_three_programs_and_their_checksums(released: Builder) -> None:
    dist = released.release / "dist"
    assert set(contents(dist)) == NAMES | {"SHA256SUMS"}
    checked = output_of("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=dist).splitlines()
    assert checked == [f"{name}: OK" for name in (platform.program.name for platform in PLATFORMS)]
    for platform in PLATFORMS:
        assert output_of(*platform.command(dist / platform.program.name)) == "first\n"
    symbols = released.place / ".build" / "static" / "symbols"
    assert set(contents(symbols)) == {f"{name}.debug" for name in NAMES}
    for path in symbols.iterdir():
        assert ".symtab" in output_of("readelf", "--wide", "--section-headers", path)


@pytest.mark.parametrize("condition", ["true", "arch(arm)"], ids=["every platform", "one platform"])
def test_a_compile_error_is_shown_and_leaves_the_earlier_release(released: Builder, condition: str) -> None:
    folders = (released.release / "dist", released.place / ".build" / "static" / "symbols")
    before = [contents(folder) for folder in folders]
    write_program(released, f'#if {condition}\n#error("mistaken on purpose")\n#endif\nprint("second")\n')
    result = released.run(script="build")
    assert result.code != 0
    assert "error: mistaken on purpose" in result.output
    log = released.place / ".build" / "static" / "log" / f"{ARMV7.architecture}.log"
    assert f"the build for armv7 failed (whole log: {log})" in result.errors
    assert "mistaken on purpose" in log.read_text()
    assert result.errors[-1] == f"no release was made; what is in {folders[0]} is as it was"
    assert [contents(folder) for folder in folders] == before


def test_a_build_for_this_machine_leaves_what_the_release_keeps(released: Builder) -> None:
    """SwiftPM replaces .build/release, whatever it is, by a link of its own."""
    symbols = released.place / ".build" / "static" / "symbols"
    before = contents(symbols)
    write_program(released, 'print("of this machine")\n')
    output_of("swift", "build", "--package-path", released.place, "--configuration", "release")
    assert contents(symbols) == before


def test_another_folder_can_be_written(released: Builder) -> None:
    before = contents(released.release / "dist")
    write_program(released, 'print("second")\n')
    other = released.place / "elsewhere"
    result = released.run(script="build", DIST=str(other))
    assert result.code == 0, result
    assert set(contents(other)) == NAMES | {"SHA256SUMS"}
    assert contents(released.release / "dist") == before
