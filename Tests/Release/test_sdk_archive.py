"""The Swift SDK as it is downloaded: installed by SwiftPM, it builds a package for each platform."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from places import ROOT
from support.checkout import released
from support.platforms import BUILT, BUNDLE, Platform, output_of

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "hello", targets: [.executableTarget(name: "hello")])
"""
SWIFT = (ROOT / ".swift-version").read_text().strip()


@pytest.fixture(scope="module")
def installed(module_place: Path) -> Path:
    """A folder of SDKs into which SwiftPM installed the archive."""
    folder = module_place / "sdks"
    folder.mkdir()
    for archive in archives():
        output_of("swift", "sdk", "install", "--swift-sdks-path", folder, archive)
    return folder


def archives() -> list[Path]:
    """One for the platforms that every release has, and one for each of the others."""
    parts = ("", *(f"_{platform.architecture}" for platform in BUILT[3:]))
    return [released(f"swift-{SWIFT}_embedded-linux-musl{part}-@.artifactbundle.tar.gz") for part in parts]


def test_they_hold_the_bundle_as_it_was_made(installed: Path) -> None:
    bundles = sorted(installed.glob("*.artifactbundle"))
    names = [archive.name.removesuffix(".tar.gz") for archive in archives()]
    assert [bundle.name for bundle in bundles] == sorted(names)

    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

    assert {name for bundle in bundles for name in files(bundle)} == files(BUNDLE) and len(files(BUNDLE)) > 1000
    for bundle in bundles:
        for name in sorted(files(bundle)):
            if name != Path("info.json"):  # each names its own platforms
                assert (bundle / name).read_bytes() == (BUNDLE / name).read_bytes(), name


def test_no_platform_is_in_two_of_them(installed: Path) -> None:
    found = [
        set(json.loads((bundle / "info.json").read_text())["artifacts"])
        for bundle in installed.glob("*.artifactbundle")
    ]
    assert sum(map(len, found)) == len(set().union(*found)) == len(BUILT)
    for bundle in installed.glob("*.artifactbundle"):
        there = {platform.identity for platform in BUILT if (bundle / platform.triple).exists()}
        libraries = {folder.name for folder in (bundle / "swift" / "musl").iterdir() if folder.is_dir()}
        modules = {path.stem for path in (bundle / "swift" / "embedded" / "Swift.swiftmodule").iterdir()}
        assert there == set(json.loads((bundle / "info.json").read_text())["artifacts"])
        assert libraries == {platform.architecture for platform in BUILT if platform.identity in there}
        assert modules == {platform.triple for platform in BUILT if platform.identity in there}


def test_swiftpm_lists_each_platform(installed: Path) -> None:
    listed = output_of("swift", "sdk", "list", "--swift-sdks-path", installed).split()
    assert set(listed) == {platform.identity for platform in BUILT}
    assert set(json.loads((BUNDLE / "info.json").read_text())["artifacts"]) == set(listed)


def test_it_builds_a_package(installed: Path, platform: Platform, place: Path) -> None:
    (place / "Sources" / "hello").mkdir(parents=True)
    (place / "Package.swift").write_text(MANIFEST)
    (place / "Sources" / "hello" / "main.swift").write_text('print("hello")\n')
    options = ("--configuration", "release", "--package-path", place, "--swift-sdks-path", installed)
    output_of("swift", "build", *options, "--swift-sdk", platform.triple)
    program = place / ".build" / platform.triple / "release" / "hello"
    assert output_of(*platform.command(program)) == "hello\n"


def test_each_has_at_most_30_mb() -> None:
    assert [archive.name for archive in archives() if archive.stat().st_size > 30_000_000] == []


def test_its_sum_is_what_swift_sdk_install_wants() -> None:
    archive = archives()[0]
    told = {
        name: content for content, name in (line.split() for line in released("SHA256SUMS").read_text().splitlines())
    }
    assert output_of("swift", "package", "compute-checksum", archive).strip() == told[archive.name]
