"""What is packed: the version, its day, where things are, and what the project is called."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Platform:
    """What a platform is called: by a release, by Debian, by images, by RPM, by Python and by Node.js. Where RPM or
    Node.js has no name that is this platform's alone, there is no package for it."""

    name: str
    debian: str
    image: str
    rpm: str | None
    python: str
    node: str | None
    systems: tuple[str, ...] = ("manylinux2014", "manylinux_2_17", "musllinux_1_1")
    """What Python calls the systems that the program runs on: with glibc, with musl, or with neither."""
    has_debian_package: bool = True
    """Debian's armhf is ARMv7, and has one package of a name."""

    @property
    def context(self) -> str:
        """What Docker calls it in one word, as in the names that Dockerfile.scratch makes of TARGETARCH."""
        return self.image.removeprefix("linux/").replace("/", "")


RISCV_SYSTEMS = ("manylinux_2_31", "musllinux_1_2")
"""Older ones have no RISC-V."""

ALL = (
    Platform("amd64", "amd64", "linux/amd64", "x86_64", "x86_64", "x64"),
    Platform("arm64", "arm64", "linux/arm64", "aarch64", "aarch64", "arm64"),
    Platform("armv7", "armhf", "linux/arm/v7", "armv7hl", "armv7l", "arm"),
    Platform("armv6", "armhf", "linux/arm/v6", None, "armv6l", None, ("linux",), has_debian_package=False),
    Platform("riscv64", "riscv64", "linux/riscv64", "riscv64", "riscv64", "riscv64", RISCV_SYSTEMS),
    Platform("i386", "i386", "linux/386", "i686", "i686", "ia32"),
)
DESKTOP = ALL[:3]
"""Those that programs with windows are made for, such as clients that open MCP bundles."""

_named = os.environ.get("SDK_PLATFORMS")
PLATFORMS = tuple(platform for platform in ALL if not _named or platform.name in _named.split())
"""Those of this release: all, unless SDK_PLATFORMS names some."""


@dataclass(frozen=True)
class Release:
    """One release. Whatever makes a file of it is a function of this and of the files that it names."""

    version: str
    time: datetime
    """The first moment of its day, which every file of it is dated."""

    root: Path
    dist: Path
    sdk: Path
    """Where the SDK was made."""

    url: str
    registry: str
    mcp_name: str
    title: str
    summary: str
    maintainer: str
    licence: str
    platforms: str
    keywords: str
    apt: str
    pypi: str
    npm: str
    swift: str
    suite: str
    """Debian's release by its codename, of which the linked libraries are; and by its number."""
    suite_release: str

    @classmethod
    def of(cls, dist: Path, sdk: Path, root: Path = ROOT) -> Release:
        """The release of these sources."""
        swift = (root / "Sources" / "tmdb-mcp" / "Version.swift").read_text()
        settings = (root / "release" / "sdk" / "settings.sh").read_text()
        words = shlex.split((root / "release" / "project.env").read_text(), comments=True)
        names = dict(word.removeprefix("project_").split("=", 1) for word in words)
        day = datetime.fromisoformat(_first(r'^let versionDate = "(.*)"$', swift))
        return cls(
            version=_first(r'^let version = "(.*)"$', swift),
            time=day.replace(tzinfo=timezone.utc),
            root=root,
            dist=dist,
            sdk=sdk,
            swift=(root / ".swift-version").read_text().strip(),
            suite=_first(r"^suite=(\w+)$", settings),
            suite_release=_first(r"^suite_release=(\d+)$", settings),
            **names,
        )

    @property
    def epoch(self) -> int:
        return int(self.time.timestamp())

    @property
    def author(self) -> str:
        return self.maintainer.partition(" <")[0]

    @property
    def bundle(self) -> Path:
        """The SDK's artifact bundle."""
        return self.sdk / "bundle" / "embedded-linux-musl.artifactbundle"

    @property
    def revision(self) -> str:
        """What images tell of their source: the tag of the version, and not the commit, which is not known yet when the
        digests are committed."""
        return f"v{self.version}"

    @property
    def deploy(self) -> Path:
        return self.root / "release" / "deploy"

    @property
    def sbom(self) -> Path:
        return self.dist / f"tmdb-mcp_{self.version}.cdx.json"

    def program(self, platform: Platform) -> Path:
        return self.dist / f"tmdb-mcp-linux-{platform.name}"


def _first(pattern: str, text: str) -> str:
    if not (found := re.search(pattern, text, re.MULTILINE)):
        raise SystemExit(f"error: nothing in the sources is {pattern}")
    return found[1]
