"""The Swift SDK as it is downloaded: installed by SwiftPM, it builds a package for each platform."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from places import ROOT, VERSION
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
    archive = released(f"swift-{SWIFT}_embedded-linux-musl-@.artifactbundle.tar.gz")
    output_of("swift", "sdk", "install", "--swift-sdks-path", folder, archive)
    return folder


def test_it_holds_the_bundle_as_it_was_made(installed: Path) -> None:
    [bundle] = installed.glob("*.artifactbundle")
    assert bundle.name == f"swift-{SWIFT}_embedded-linux-musl-{VERSION}.artifactbundle"

    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}

    assert files(bundle) == files(BUNDLE) and len(files(bundle)) > 1000
    for name in sorted(files(BUNDLE)):
        assert (bundle / name).read_bytes() == (BUNDLE / name).read_bytes(), name


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


def test_it_has_at_most_30_mb(installed: Path) -> None:
    archive = released(f"swift-{SWIFT}_embedded-linux-musl-{VERSION}.artifactbundle.tar.gz")
    assert archive.stat().st_size <= 30_000_000


def test_its_sum_is_what_swift_sdk_install_wants() -> None:
    archive = released(f"swift-{SWIFT}_embedded-linux-musl-{VERSION}.artifactbundle.tar.gz")
    told = {
        name: content for content, name in (line.split() for line in released("SHA256SUMS").read_text().splitlines())
    }
    assert output_of("swift", "package", "compute-checksum", archive).strip() == told[archive.name]
