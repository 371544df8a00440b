"""The Debian package for one platform. Made by hand, since what debhelper would do for one program is little more than
this, and every input stands here."""

from __future__ import annotations

import hashlib
import shutil
from email.utils import format_datetime
from pathlib import Path

from commands import copy, run, zipped
from libraries import built_using
from release import Platform, Release

FOLDER = Path(__file__).resolve().parent / "debian"

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


def package(release: Release, platform: Platform, share: Path, stage: Path) -> None:
    tree = stage / f"debian-{platform.debian}"
    doc = tree / "usr" / "share" / "doc" / "tmdb-mcp"
    # In Debian a tilde sorts before the end: 1.0.0~rc.1 is older than 1.0.0.
    version = release.version.replace("-", "~", 1) + "-1"

    def write(name: str, content: bytes | str) -> None:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    copy(release.program(platform), tree / "usr/bin/tmdb-mcp", 0o755)
    write("usr/share/man/man1/tmdb-mcp.1.gz", zipped((share / "man/tmdb-mcp.1").read_bytes(), 9))
    for name, place in {
        "tmdb-mcp.bash": "bash-completion/completions/tmdb-mcp",
        "_tmdb-mcp": "zsh/vendor-completions/_tmdb-mcp",
        "tmdb-mcp.fish": "fish/vendor_completions.d/tmdb-mcp.fish",
    }.items():
        copy(share / "completions" / name, tree / "usr/share" / place)
    copy(FOLDER / "lintian-overrides", tree / "usr/share/lintian/overrides/tmdb-mcp")
    copy(FOLDER / "copyright", doc / "copyright")
    copy(release.deploy / "config.example.yaml", doc / "examples" / "config.yaml")
    copy(share / "README.md", doc / "README.md")
    # Every Debian system has the common ones.
    shutil.copytree(
        share / "licenses", doc / "licenses", symlinks=True, ignore=shutil.ignore_patterns("common-licenses")
    )
    for path in (doc / "licenses", *(doc / "licenses").rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    write(f"{doc}/changelog.gz", zipped((release.root / "CHANGELOG.md").read_bytes(), 9))
    changes = CHANGELOG.format(
        debian=version, version=release.version, maintainer=release.maintainer, date=format_datetime(release.time)
    )
    write(f"{doc}/changelog.Debian.gz", zipped(changes.encode(), 9))
    # The unit reads its settings there; with a key in it, it is nobody else's business.
    copy(release.deploy / ".env.example", tree / "etc/tmdb-mcp/environment", 0o600)
    unit = (release.deploy / "tmdb-mcp.service").read_text().replace("\nExecStart=", "\nExecStart=/usr/bin/")
    write("usr/lib/systemd/system/tmdb-mcp.service", unit)

    files = sorted((path for path in tree.rglob("*") if path.is_file()), key=lambda path: str(path.relative_to(tree)))
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files]
    # Each file fills whole kilobytes, on whatever file system this runs.
    kilobytes = sum((path.stat().st_size + 1023) // 1024 for path in files)
    write("DEBIAN/conffiles", "/etc/tmdb-mcp/environment\n")
    write("DEBIAN/md5sums", "".join(sums))
    control = CONTROL.format(
        version=version,
        architecture=platform.debian,
        maintainer=release.maintainer,
        kilobytes=kilobytes,
        built_using=built_using(release.bundle),
        url=release.url,
    )
    write("DEBIAN/control", control)
    for script in ("postinst", "prerm", "postrm"):
        copy(FOLDER / script, tree / "DEBIAN" / script, 0o755)
    if platform.debian == "armhf":
        copy(FOLDER / "preinst.armhf", tree / "DEBIAN/preinst", 0o755)
    result = release.dist / f"tmdb-mcp_{release.version}_{platform.debian}.deb"
    run(
        "dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "--build", tree, result,
        SOURCE_DATE_EPOCH=str(release.epoch),
    )  # fmt: skip
