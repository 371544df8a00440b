"""What is packed: the version, its day, where things are, and what the project is called."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Platform:
    """What a platform is called: by a release, by Debian, by images, by RPM, by Python and by Node.js."""

    name: str
    debian: str
    image: str
    rpm: str
    python: str
    node: str


PLATFORMS = (
    Platform("amd64", "amd64", "linux/amd64", "x86_64", "x86_64", "x64"),
    Platform("arm64", "arm64", "linux/arm64", "aarch64", "aarch64", "arm64"),
    Platform("armv7", "armhf", "linux/arm/v7", "armv7hl", "armv7l", "arm"),
)


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
