"""What shows in release.yml that its scans can fail."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from places import DIST, ROOT
from support.archive import Image

OLD = "7.74.0-1"


def canary(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "release" / "images" / "canary", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_copies_differ_in_curl_alone(tmp_path: Path) -> None:
    done = canary("make", tmp_path)
    assert done.returncode == 0, done.stderr
    [sbom] = DIST.glob("tmdb-mcp_*.cdx.json")
    ours, copy = (json.loads(path.read_text()) for path in (sbom, tmp_path / "canary.cdx.json"))
    [[before, after]] = [pair for pair in zip(ours["components"], copy["components"]) if pair[0] != pair[1]]
    assert (after["name"], after["version"]) == ("curl", OLD) and before["version"] != OLD
    assert after["purl"] == before["purl"].replace(before["version"].replace("+", "%2B"), OLD)
    assert {**ours, "components": 0} == {**copy, "components": 0}
    good, files = (Image(tmp_path / f"{name}.oci.tar").files for name in ("image", "canary"))
    assert [name for name in good.keys() | files if good.get(name) != files.get(name)] == ["var/lib/dpkg/status.d/curl"]
    assert f"Package: curl\nVersion: {OLD}\n".encode() in files["var/lib/dpkg/status.d/curl"].content
    assert b"Package: zlib\nVersion: 1:1" in files["var/lib/dpkg/status.d/zlib"].content


def report(path: Path, *artifacts: dict[str, Any]) -> Path:
    """As Grype writes it, in as far as it is looked at."""
    matches = [{"vulnerability": {"id": "CVE-2022-32207"}, "artifact": artifact} for artifact in artifacts]
    path.write_text(json.dumps({"matches": matches}))
    return path


def test_a_report_that_names_it_is_good(tmp_path: Path) -> None:
    done = canary("found", report(tmp_path / "a", {"name": "curl", "version": OLD}))
    assert done.returncode == 0 and f"1 vulnerabilities in curl {OLD}" in done.stderr


@pytest.mark.parametrize(
    "artifacts", [[], [{"name": "zlib", "version": OLD}], [{"name": "curl", "version": "8.14.1-2"}]]
)
def test_a_scan_that_found_nothing_is_an_error(tmp_path: Path, artifacts: list[dict[str, Any]]) -> None:
    good = report(tmp_path / "good", {"name": "curl", "version": OLD})
    done = canary("found", good, report(tmp_path / "bad", *artifacts))
    assert done.returncode != 0 and f"error: {tmp_path}/bad: the scan found no vulnerability" in done.stderr


@pytest.mark.parametrize("text", ["", "{}", "no JSON"])
def test_what_is_no_report_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "report").write_text(text)
    done = canary("found", tmp_path / "report")
    assert done.returncode != 0 and f"{tmp_path}/report" in done.stderr
