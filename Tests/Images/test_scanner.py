"""What a scanner sees, by a real one: Syft, by which Grype sees too. It knows no vulnerabilities and asks nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from places import DIST, ROOT
from support.archive import Image
from support.project import Checkout

SYFT = ROOT / ".build" / "venv" / "scanner" / "bin" / "syft"


def linked() -> set[tuple[str, str]]:
    """Name and version of each Debian package in the program, as its own Debian package has them."""
    [package] = DIST.glob("tmdb-mcp_*_amd64.deb")
    told = subprocess.run(
        ["dpkg-deb", "--field", package, "Static-Built-Using"], check=True, capture_output=True, text=True
    ).stdout
    return set(re.findall(r"(\S+) \(= (\S+)\)", told))


def release_of_debian() -> str:
    return re.search(r"^suite_release=(\d+)$", (ROOT / "release/sdk/settings.sh").read_text(), re.M)[1]


def look(command: str, source: object) -> dict[str, Any]:
    done = subprocess.run(
        [SYFT, command, str(source), "--output", "syft-json"], capture_output=True, text=True, timeout=300,
        env={**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def debian_packages(found: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["name"], each["version"]) for each in found["artifacts"] if each["type"] == "deb"}


@pytest.fixture(scope="module")
def archive(session_place: Path) -> Path:
    checkout = Checkout()
    result = checkout.make("oci", "TAG=scanned", "PLATFORMS=linux/amd64")
    assert result.code == 0, result.output
    return alone(Path(shutil.move(checkout.archive("scanned"), session_place / "scanned.oci.tar")))


def alone(archive: Path) -> Path:
    """The image without the index of platforms above it, which Syft takes from a registry but not from an archive."""
    to = archive.with_name(f"alone-{archive.name}")
    subprocess.run(["skopeo", "copy", "--quiet", f"oci-archive:{archive}", f"oci-archive:{to}"], check=True)
    return to


def test_the_image_tells_its_release_and_all_that_is_linked(archive: Path) -> None:
    found = look("scan", f"oci-archive:{archive}")
    assert (found["distro"]["id"], found["distro"]["versionID"]) == ("debian", release_of_debian())
    assert len(linked()) == 7 and debian_packages(found) == linked()


def test_what_is_not_told_is_not_seen(archive: Path, tmp_path: Path) -> None:
    """So the test above can fail."""
    image = Image(archive)
    del image.files["var/lib/dpkg/status.d/curl"]
    found = debian_packages(look("scan", f"oci-archive:{alone(image.write(tmp_path / 'less.tar'))}"))
    assert {name for name, _ in linked() - found} == {"curl"}


def test_the_sbom_tells_the_same_and_of_swift() -> None:
    [sbom] = DIST.glob("tmdb-mcp_*.cdx.json")
    found = look("convert", sbom)
    assert (found["distro"]["id"], found["distro"]["versionID"]) == ("debian", release_of_debian())
    assert {each for each in debian_packages(found) if each[0] != "linux-libc-dev"} == linked()
    [swift] = [each for each in found["artifacts"] if each["name"] == "swift"]
    version = (ROOT / ".swift-version").read_text().strip()
    assert [cpe["cpe"] for cpe in swift["cpes"]] == [f"cpe:2.3:a:apple:swift:{version}:*:*:*:*:*:*:*"]
