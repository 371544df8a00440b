"""What a scanner looks for in an image: the release of Debian, and a record of each of its packages that is linked into
the program, as an image of Debian without dpkg has them. Taken from the SBOM."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from release import Platform, Release
from sbom import sbom


def release_files(debian: dict, title: str) -> dict[str, str]:
    number = debian["version"]
    [codename] = [each["value"] for each in debian["properties"] if each["name"] == "debian:codename"]
    fields = {
        "PRETTY_NAME": f'"{title}, with libraries of Debian {number} ({codename})"',
        "NAME": '"Debian GNU/Linux"',
        "ID": "debian",
        "VERSION_ID": f'"{number}"',
        "VERSION_CODENAME": codename,
    }
    return {
        "etc/os-release": "".join(f"{name}={value}\n" for name, value in fields.items()),
        "etc/debian_version": f"{number}\n",
    }


def record(component: dict, architecture: str) -> str:
    """As dpkg writes it. Scanners know the package by Debian's source name, which the SBOM has."""
    fields = {
        "Package": component["name"],
        "Version": component["version"],
        "Architecture": architecture,
        "Maintainer": component["supplier"]["name"],
        "Description": "Linked into tmdb-mcp",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def files(bill: dict, platform: Platform) -> dict[str, str]:
    [debian] = [one for one in bill["components"] if one["type"] == "operating-system"]
    linked = [
        one
        for one in bill["components"]
        if one.get("purl", "").startswith("pkg:deb/debian/") and one["scope"] == "required"
    ]
    title = bill["metadata"]["component"]["name"]
    records = {f"status.d/{one['name']}": record(one, platform.debian) for one in linked}
    return release_files(debian, title) | records


def expected(release: Release, platform: Platform) -> dict[str, str]:
    """Those of the release's SBOM, or where it has none, of one that is made of the SDK."""
    return files(json.loads(release.sbom.read_text()) if release.sbom.exists() else sbom(release, [platform]), platform)


def programs(release: Release, folder: Path, platforms: list[Platform]) -> None:
    """Puts into a folder what Dockerfile.scratch takes from the context `programs`: the programs, and for each platform
    a folder packages-linux-PLATFORM."""
    for platform in platforms:
        program = release.program(platform)
        if not program.exists() or not program.stat().st_size:
            raise SystemExit(f"error: there is no {program}\n       Make the programs: make release")
    for platform in platforms:
        program, place = release.program(platform), folder / f"tmdb-mcp-linux-{platform.context}"
        place.parent.mkdir(parents=True, exist_ok=True)
        if not (place.exists() and place.samefile(program)):
            place.unlink(missing_ok=True)
            shutil.copy2(program, place)
        for name, text in expected(release, platform).items():
            path = folder / f"packages-linux-{platform.context}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
