"""What Python's package index gets: a wheel for each platform, with the program as the script, and no code."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import texts
from commands import zip_archive
from release import Platform, Release

METADATA = """\
Metadata-Version: 2.4
Name: {name}
Version: {version}
Summary: {summary}
Author: {author}
License-Expression: {licence}
{license_files}
Keywords: {keywords}
Classifier: Development Status :: 4 - Beta
Classifier: Environment :: Console
Classifier: Operating System :: POSIX :: Linux
Classifier: Topic :: Multimedia :: Video
Project-URL: Homepage, {url}
Project-URL: Changelog, {url}/blob/v{tag}/CHANGELOG.md
Project-URL: Issues, {url}/issues
Description-Content-Type: text/markdown

{readme}"""

WHEEL = """\
Wheel-Version: 1.0
Generator: {title} ({version})
Root-Is-Purelib: false
{tags}
"""


def version_of(release: Release) -> str:
    """As PEP 440 has it: 1.0.0-rc.1 is 1.0.0rc1."""
    number, _, rest = release.version.partition("-")
    if not rest:
        return number
    if not (found := re.fullmatch(r"(alpha|beta|rc)\.?(\d+)", rest)):
        raise SystemExit(
            f"error: PyPI has no version like {release.version}\n"
            "       Call it alpha.1, beta.1 or rc.1 after the hyphen."
        )
    return number + {"alpha": "a", "beta": "b", "rc": "rc"}[found[1]] + found[2]


def wheel_of(release: Release, platform: Platform) -> Path:
    systems = ".".join(f"{system}_{platform.python}" for system in platform.systems)
    return release.dist / f"{release.pypi.replace('-', '_')}-{version_of(release)}-py3-none-{systems}.whl"


def wheel(release: Release, platform: Platform, share: Path) -> None:
    version = version_of(release)
    stem = f"{release.pypi.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    licences = {"LICENSE": release.root / "LICENSE"}
    licences |= {str(path.relative_to(share / "licenses")): path for path in texts.licences(share)}
    metadata = METADATA.format(
        name=release.pypi,
        version=version,
        tag=release.version,
        summary=release.summary,
        author=release.author,
        licence=release.licence,
        license_files="\n".join(f"License-File: {name}" for name in licences),
        keywords=",".join(release.keywords.split()),
        url=release.url,
        readme=texts.registry_readme(release, "Python", "uvx", [], release.pypi),
    )
    tags = "\n".join(f"Tag: py3-none-{system}_{platform.python}" for system in platform.systems)
    files = [
        (f"{stem}.data/scripts/tmdb-mcp", release.program(platform).read_bytes(), 0o755),
        (f"{info}/METADATA", metadata.encode(), 0o644),
        (f"{info}/WHEEL", WHEEL.format(title=release.title, version=release.version, tags=tags).encode(), 0o644),
        *((f"{info}/licenses/{name}", path.read_bytes(), 0o644) for name, path in licences.items()),
        (f"{info}/sboms/{release.sbom.name}", release.sbom.read_bytes(), 0o644),
    ]
    record = "".join(f"{name},{digest(content)},{len(content)}\n" for name, content, _ in files)
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), 0o644))
    zip_archive(release, wheel_of(release, platform), files)


def digest(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
