"""The RPM for one platform, by rpmbuild, of the same files as Debian's package. It needs nothing but a shell: the
program is static, and the scripts leave systemd alone where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import system
from commands import run
from release import Platform, Release
from system import DOC, File, Kind

ZSH = "zsh/site-functions"

SPEC = """\
Name: tmdb-mcp
Version: {version}
Release: 1
Summary: Model Context Protocol server for The Movie Database
License: {licence}
URL: {url}
Vendor: {author}
AutoReqProv: no

%description
Lets Claude, an IDE or any other client of the Model Context Protocol (MCP) look up movies, TV series and people on
TMDB. It speaks every revision of the protocol, on standard input and output and over HTTP.

It needs a TMDB API key, which is free.

%install
cp --archive '{tree}/.' '%{{buildroot}}'

%post
if [ -d /run/systemd/system ]; then systemctl daemon-reload || :; fi

%preun
if [ "$1" = 0 ] && [ -d /run/systemd/system ]; then systemctl disable --now tmdb-mcp.service || :; fi

%postun
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || :
    if [ "$1" -ge 1 ]; then systemctl try-restart tmdb-mcp.service || :; fi
fi

%files
%defattr(-,root,root,0755)
{files}
"""

MARKS = {
    Kind.PLAIN: "",
    Kind.CONFIGURATION: "%config(noreplace) ",
    Kind.DOCUMENTATION: "%doc ",
    Kind.LICENCE: "%license ",
}

# Nothing of the machine, of the moment or of the one who packs; and what is packed stays as it is.
SETTINGS = {
    "_buildhost": "localhost",
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
    "__os_install_post": "%{nil}",
    "debug_package": "%{nil}",
    "_build_id_links": "none",
    "_binary_payload": "w6.xzdio",
}


def version_of(release: Release) -> str:
    """A tilde sorts before the end, as in Debian."""
    return release.version.replace("-", "~", 1)


def package_of(release: Release, platform: Platform) -> Path:
    """Called like the other files, without the tilde, for which GitHub would put something else."""
    return release.dist / f"tmdb-mcp_{release.version}_{platform.rpm}.rpm"


def package(release: Release, platform: Platform, share: Path, stage: Path) -> None:
    work = stage / f"rpm-{platform.rpm}"
    tree = work / "tree"
    files = system.files(release, platform, share, ZSH)
    changes = (release.root / "CHANGELOG.md").read_bytes()
    files.append(File(f"{DOC}/CHANGELOG.md", changes, kind=Kind.DOCUMENTATION))
    files.sort(key=lambda file: file.name)
    system.lay(files, tree, release.epoch)
    folders = sorted({folder for file in files for folder in Path(file.name).parents if folder.name == "tmdb-mcp"})
    # Whatever lies below the folder of documentation, rpm knows as such.
    listed = [f"%dir /{folder}" for folder in (*folders, Path(DOC, "examples"), Path(DOC, "licenses"))]
    listed += [f"%dir /{DOC}/licenses/common-licenses"]
    listed += [f"{MARKS[file.kind]}%attr({file.mode:04o},root,root) /{file.name}" for file in files]
    spec = SPEC.format(
        version=version_of(release),
        licence=release.licence,
        url=release.url,
        author=release.author,
        tree=tree,
        files="\n".join(listed),
    )
    (work / "tmdb-mcp.spec").write_text(spec)
    for folder in (path for path in tree.rglob("*") if path.is_dir()):
        os.utime(folder, (release.epoch, release.epoch))
    settings = SETTINGS | {"_topdir": str(work), "_dbpath": str(work / "db"), "_rpmdir": str(work / "made")}
    defined = [word for name, value in settings.items() for word in ("--define", f"{name} {value}")]
    run(
        "rpmbuild", "-bb", "--quiet", "--target", f"{platform.rpm}-linux", *defined, work / "tmdb-mcp.spec",
        SOURCE_DATE_EPOCH=str(release.epoch), HOME=str(work),
    )  # fmt: skip
    (made,) = (work / "made" / platform.rpm).iterdir()
    package_of(release, platform).write_bytes(made.read_bytes())
