"""Small packages that tests build with the SDK."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.platforms import BUNDLE, Platform, output_of

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "linux", targets: [.executableTarget(name: "linux")])
"""


def package_of(place: Path, *sources: Path) -> Path:
    """A package of these sources, whose one product is called linux."""
    (place / "Sources" / "linux").mkdir(parents=True)
    (place / "Package.swift").write_text(PACKAGE)
    for source in sources:
        shutil.copy(source, place / "Sources" / "linux")
    return place


def build(package: Path, platform: Platform, *options: str, configuration: str = "release") -> Path:
    """The program, built for the platform. A warning that is of no source would be of the SDK's own options."""
    place = ("--package-path", package, "--scratch-path", package / ".build" / platform.name)
    sdk = ("--swift-sdks-path", BUNDLE.parent, "--swift-sdk", platform.identity)
    told = output_of("swift", "build", *place, *sdk, "--configuration", configuration, *options)
    assert "<unknown>" not in told, told
    return package / ".build" / platform.name / platform.triple / configuration / "linux"
