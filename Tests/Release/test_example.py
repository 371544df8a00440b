"""`swift sdk install` takes the bundle, and the example beside it builds and runs on every platform."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from places import ROOT
from support.platforms import (
    ARMV6,
    ARMV7,
    I386,
    BUILT,
    BUNDLE,
    Platform,
    arm_models_without_neon,
    output_of,
    tool,
    without_variables,
)

IMPORTS = """import CARoots
import CURL
import MbedTLS
import Synchronization
import YAML
import ZLib

func fromEveryModule() -> (UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<UInt8>?) {
    (zlibVersion(), yaml_get_version_string(), ca_roots_pem())
}
"""


@pytest.fixture(scope="module")
def installed(module_place: Path) -> Path:
    """The folder that the bundle is installed in; a home directory of its own keeps the user's out of it."""
    home, sdks = module_place / "home", module_place / "sdks"
    home.mkdir()
    output_of(
        *("swift", "sdk", "install", "--swift-sdks-path", sdks, BUNDLE),
        env=without_variables("XDG_CONFIG_HOME") | {"HOME": str(home)},
    )
    return sdks


def build(package: Path, sdks: Path, triple: str, *more: str) -> Path:
    options = ("--configuration", "release", "--swift-sdks-path", sdks, "--swift-sdk", triple, *more)
    output_of("swift", "build", "--package-path", package, *options)
    return package / ".build" / triple / "release" / "example"


def copy_of_the_example(package: Path) -> Path:
    return shutil.copytree(ROOT / "release" / "sdk" / "example", package, ignore=shutil.ignore_patterns(".build"))


@pytest.fixture(scope="module")
def programs(module_place: Path, installed: Path) -> dict[Platform, Path]:
    """The example on each platform, from a copy of the package that imports every module of the SDK besides."""
    package = copy_of_the_example(module_place / "example")
    (package / "Sources" / "example" / "Imports.swift").write_text(IMPORTS)
    return {
        platform: shutil.copy(build(package, installed, platform.triple), module_place / platform.name)
        for platform in BUILT
    }


def expected(platform: Platform) -> list[str]:
    """What the example prints. Python's floats are doubles too, printed with the fewest digits as Swift prints them."""
    mixed = -3 + 0.1 * 2 + 2.5 * 4 + float(1 << 40) * 8 + 1e-3 * 16
    return [
        f"Swift to C: {mixed!r}",
        f"C to Swift: {mixed!r}",
        f"text to Double: {0.1 + 0.2!r}",
        "hashing: 2 distinct of 3",
        "Unicode: ½ is 0.5",
        "objects: each ended once",
        "short strings: kept",
        "empty arrays: have spans",
        "CA roots: present",
        f"Int: {32 if platform in (ARMV7, ARMV6, I386) else 64} bits",
    ]


def test_the_installed_bundle_offers_every_platform(installed: Path) -> None:
    listed = output_of("swift", "sdk", "list", "--swift-sdks-path", installed).split()
    assert sorted(listed) == sorted(platform.identity for platform in BUILT)


def test_numbers_text_and_libraries_are_the_same_on_every_platform(
    built: Platform, programs: dict[Platform, Path]
) -> None:
    lines = output_of(*built.command(programs[built])).splitlines()
    libraries = [line for line in lines if line.startswith("libraries: ")]
    assert [line for line in lines if line not in libraries] == expected(built)
    assert [bool(re.fullmatch(r"libraries: libcurl/\S+ mbedTLS/\S+ zlib/\S+", line)) for line in libraries] == [True]


def test_the_storage_of_empty_arrays_is_aligned_for_all_elements(
    built: Platform, programs: dict[Platform, Path]
) -> None:
    """Not by chance: the program has the SDK's storage and none of the modules' own, which the linker calls weak."""
    symbols = [line.split() for line in output_of(tool("llvm-nm"), programs[built]).splitlines()]
    ((address, kind, _),) = (symbol for symbol in symbols if "EmptyArrayStorage" in symbol[-1])
    assert kind == "D"
    assert int(address, 16) % 16 == 0


ATOMIC = re.compile(r"\tlock\b|\tldrex\b|__aarch64_ldadd\w+|\tamoadd\.|\tlr\.")


def atomic_instructions(program: Path) -> list[str]:
    """In the counting of references."""
    disassembly = output_of(
        tool("llvm-objdump"), "--no-show-raw-insn", "--disassemble-symbols=swift_retain,swift_release", program
    )
    assert "<swift_retain>:" in disassembly and "<swift_release>:" in disassembly
    return ATOMIC.findall(disassembly)


def test_references_are_counted_without_atomic_instructions_for_those_who_ask(
    platform: Platform, installed: Path, programs: dict[Platform, Path], module_place: Path
) -> None:
    assert atomic_instructions(programs[platform])
    # The same objects, linked once more.
    one_thread = ("-Xlinker", "--undefined=swift_musl_one_thread")
    program = build(module_place / "example", installed, platform.triple, *one_thread)
    assert atomic_instructions(program) == []
    assert set(expected(platform)) <= set(output_of(*platform.command(program)).splitlines())


def test_the_program_counts_so(platform: Platform) -> None:
    """All of its Swift runs in the event loop's thread."""
    assert atomic_instructions(platform.unstripped_program) == []


def test_numbers_that_travel_in_other_registers_would_be_noticed(installed: Path, place: Path) -> None:
    package = copy_of_the_example(place / "example")
    file = package / "Sources" / "CExample" / "example.c"
    text = file.read_text().replace('#include "example.h"', "#include <stdint.h>")
    assert "\ndouble example_mix(" in text
    file.write_text(text.replace("\ndouble example_mix(", '\n__attribute__((pcs("aapcs"))) double example_mix('))
    lines = output_of(*ARMV7.command(build(package, installed, ARMV7.triple))).splitlines()
    right = expected(ARMV7)
    assert [line in lines for line in right[:2]] == [False, True], lines


@pytest.mark.parametrize("model", arm_models_without_neon() or [None])
def test_the_example_runs_without_neon(model: str | None, programs: dict[Platform, Path]) -> None:
    if model is None:
        pytest.skip("NOT RUN: qemu-arm-static offers no model with VFPv3-D16 and without NEON")
    lines = output_of("qemu-arm-static", "-cpu", model, programs[ARMV7]).splitlines()
    assert set(expected(ARMV7)) <= set(lines)


def test_the_example_is_a_static_program(platform: Platform, programs: dict[Platform, Path]) -> None:
    headers = output_of("readelf", "--wide", "--file-header", "--program-headers", "--dynamic", programs[platform])
    assert "DYN (" in headers and "INTERP" not in headers and "(NEEDED)" not in headers and "PIE" in headers


def test_a_program_that_uses_nothing_of_the_libraries_does_not_carry_them(
    platform: Platform, module_place: Path, installed: Path
) -> None:
    package = module_place / f"small-{platform.name}"
    (package / "Sources" / "example").mkdir(parents=True)
    (package / "Package.swift").write_text(
        "// swift-tools-version: 6.2\nimport PackageDescription\n"
        'let package = Package(name: "example", targets: [.executableTarget(name: "example")])\n'
    )
    (package / "Sources" / "example" / "main.swift").write_text('print("small")\n')
    program = build(package, installed, platform.triple)
    assert output_of(*platform.command(program)) == "small\n"
    assert os.path.getsize(program) < 100_000


def test_hashing_is_seeded_by_the_kernel(programs: dict[Platform, Path], platform: Platform) -> None:
    if shutil.which(platform.emulator[0]) is None:
        pytest.skip(f"NOT RUN: {platform.emulator[0]} is missing, which shows the calls of a program")
    traced = output_of("sh", "-c", 'exec "$@" 2>&1', "sh", *platform.emulator, "-strace", programs[platform])
    assert "getrandom(" in traced
