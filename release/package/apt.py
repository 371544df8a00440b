"""The apt repository of the Debian packages, as a tar file of its folder. It is not signed: release/apt does that, with
a key that is not where things are built."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

import debian
from commands import copy, run, tarball, zipped
from release import PLATFORMS, Platform, Release

SUITE = "stable"

RELEASE = """\
Origin: {title}
Label: {title}
Suite: {suite}
Codename: {suite}
Version: {version}
Date: {date}
Architectures: {architectures}
Components: main
Acquire-By-Hash: yes
Description: {summary}
SHA256:
{sums}"""


def repository(release: Release, stage: Path) -> None:
    """The packages must be there."""
    root = stage / f"tmdb-mcp_{release.version}_apt"
    suite = root / "dists" / SUITE
    indices = {}
    platforms = [platform for platform in PLATFORMS if platform.has_debian_package]
    for platform in platforms:
        index = stanza(release, platform, root)
        for name, content in (
            ("Packages", index),
            ("Packages.gz", zipped(index, 9)),
            ("Packages.xz", lzma.compress(index, check=lzma.CHECK_CRC64, preset=6)),
        ):
            indices[f"main/binary-{platform.debian}/{name}"] = content
    for name, content in indices.items():
        # By its sum too, so that who asks while a newer one is put there gets what they were told of.
        by_hash = (suite / name).parent / "by-hash" / "SHA256" / hashlib.sha256(content).hexdigest()
        for path in (suite / name, by_hash):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    sums = [f" {hashlib.sha256(content).hexdigest()} {len(content)} {name}" for name, content in indices.items()]
    text = RELEASE.format(
        title=release.title,
        suite=SUITE,
        version=release.version,
        date=release.time.strftime("%a, %d %b %Y %H:%M:%S UTC"),
        architectures=" ".join(platform.debian for platform in platforms),
        summary=release.summary,
        sums="\n".join(sums) + "\n",
    )
    (suite / "Release").write_text(text)
    tarball(release, stage, root.name, release.dist / f"{root.name}.tar")


def stanza(release: Release, platform: Platform, root: Path) -> bytes:
    """What the index says of a package, which is put into the pool."""
    package = debian.package_of(release, platform)
    place = Path("pool", "main", "t", "tmdb-mcp", package.name)
    copy(package, root / place)
    content = package.read_bytes()
    control = run("dpkg-deb", "--field", package).decode()
    more = {"Filename": str(place), "Size": str(len(content)), "SHA256": hashlib.sha256(content).hexdigest()}
    return (control + "".join(f"{name}: {value}\n" for name, value in more.items())).encode()
