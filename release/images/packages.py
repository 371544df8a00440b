"""What a scanner looks for in an image: the release of Debian, and a record of each of its packages that is linked into
the program, as an image of Debian without dpkg has them. Taken from the SBOM.

    packages.py SBOM FOLDER PLATFORM…      a folder packages-linux-PLATFORM for each
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DEBIAN = {"amd64": "amd64", "arm64": "arm64", "armv7": "armhf"}


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


def files(sbom: dict, platform: str) -> dict[str, str]:
    [debian] = [one for one in sbom["components"] if one["type"] == "operating-system"]
    linked = [
        one
        for one in sbom["components"]
        if one.get("purl", "").startswith("pkg:deb/debian/") and one["scope"] == "required"
    ]
    title = sbom["metadata"]["component"]["name"]
    records = {f"status.d/{one['name']}": record(one, DEBIAN[platform]) for one in linked}
    return release_files(debian, title) | records


def main(sbom: Path, folder: Path, platforms: list[str]) -> None:
    content = json.loads(sbom.read_text())
    for platform in platforms:
        for name, text in files(content, platform).items():
            path = folder / f"packages-linux-{platform}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
