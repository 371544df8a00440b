"""The Debian package for one platform. Made by hand, since what debhelper would do for one program is little more than
this, and every input stands here."""

from __future__ import annotations

import hashlib
from email.utils import format_datetime
from pathlib import Path

import system
from commands import run, zipped
from libraries import built_using
from release import Platform, Release
from system import DOC, File, Kind

FOLDER = Path(__file__).resolve().parent / "debian"
ZSH = "zsh/vendor-completions"

CONTROL = """\
Package: tmdb-mcp
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Static-Built-Using: {built_using}
Section: net
Priority: optional
Homepage: {url}
Description: Model Context Protocol server for The Movie Database
 Lets Claude, an IDE or any other client of the Model Context Protocol (MCP)
 look up movies, TV series and people on TMDB. It speaks every revision of
 the protocol, on standard input and output and over HTTP.
 .
 It needs a TMDB API key, which is free.
"""

CHANGELOG = """\
tmdb-mcp ({debian}) stable; urgency=medium

  * Release {version}; changelog.gz tells what changed.

 -- {maintainer}  {date}
"""


def version_of(release: Release) -> str:
    """In Debian a tilde sorts before the end: 1.0.0~rc.1 is older than 1.0.0."""
    return release.version.replace("-", "~", 1) + "-1"


def package_of(release: Release, platform: Platform) -> Path:
    return release.dist / f"tmdb-mcp_{release.version}_{platform.debian}.deb"


def package(release: Release, platform: Platform, share: Path, stage: Path) -> None:
    tree = stage / f"debian-{platform.debian}"
    version = version_of(release)
    changes = CHANGELOG.format(
        debian=version, version=release.version, maintainer=release.maintainer, date=format_datetime(release.time)
    )
    # Every Debian system has the common ones.
    common = f"{DOC}/licenses/common-licenses/"
    files = [file for file in system.files(release, platform, share, ZSH) if not file.name.startswith(common)]
    files += [
        File("usr/share/lintian/overrides/tmdb-mcp", (FOLDER / "lintian-overrides").read_bytes()),
        File(f"{DOC}/copyright", (FOLDER / "copyright").read_bytes()),
        File(f"{DOC}/changelog.gz", zipped((release.root / "CHANGELOG.md").read_bytes(), 9)),
        File(f"{DOC}/changelog.Debian.gz", zipped(changes.encode(), 9)),
    ]
    files.sort(key=lambda file: file.name)
    control = CONTROL.format(
        version=version,
        architecture=platform.debian,
        maintainer=release.maintainer,
        # Each file fills whole kilobytes, on whatever file system this runs.
        kilobytes=sum((len(file.content) + 1023) // 1024 for file in files),
        built_using=built_using(release.bundle),
        url=release.url,
    )
    sums = "".join(f"{hashlib.md5(file.content).hexdigest()}  {file.name}\n" for file in files)
    kept = "".join(f"/{file.name}\n" for file in files if file.kind is Kind.CONFIGURATION)
    scripts = {name: name for name in ("postinst", "prerm", "postrm")}
    if platform.debian == "armhf":
        scripts["preinst"] = "preinst.armhf"
    about = [
        File("DEBIAN/control", control.encode()),
        File("DEBIAN/md5sums", sums.encode()),
        File("DEBIAN/conffiles", kept.encode()),
        *(File(f"DEBIAN/{name}", (FOLDER / source).read_bytes(), 0o755) for name, source in scripts.items()),
    ]
    system.lay([*files, *about], tree, release.epoch)
    run(
        "dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "--build", tree, package_of(release, platform),
        SOURCE_DATE_EPOCH=str(release.epoch),
    )  # fmt: skip
