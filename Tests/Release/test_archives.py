"""The archive for each platform, and that packing gives the same bits wherever and by whomever it is done."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from datetime import datetime, timezone
from pathlib import Path

import pytest
from places import DAY, DIST, ROOT, VERSION
from support.builder import DEADLINE
from support.checkout import Checkout, released, sums
from support.platforms import AMD64, BUNDLE, PLATFORMS, Platform, output_of

ENTRIES = json.loads((ROOT / "release/package/libraries.json").read_text())
LIBRARIES = {entry["notice"] for entry in ENTRIES if entry.get("used", True)}


@pytest.fixture(scope="module")
def unpacked(platform: Platform, module_place: Path) -> Path:
    output_of("tar", "--extract", "--file", released(f"tmdb-mcp_@_linux_{platform.name}.tar.gz"), cwd=module_place)
    return module_place / f"tmdb-mcp_{VERSION}_linux_{platform.name}"


def test_the_sums_are_of_all_files_of_the_release() -> None:
    here = {path.name for path in DIST.iterdir()} - {"SHA256SUMS", "SHA256SUMS.minisig"}
    assert set(sums(DIST)) == here
    output_of("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=DIST)


def test_members_tell_nothing_of_who_packed_them(platform: Platform) -> None:
    moment = int(datetime.fromisoformat(DAY).replace(tzinfo=timezone.utc).timestamp())
    with tarfile.open(released(f"tmdb-mcp_@_linux_{platform.name}.tar.gz")) as archive:
        members = archive.getmembers()
    names = [member.name for member in members]
    assert names == sorted(names) and all(
        name.startswith(f"tmdb-mcp_{VERSION}_linux_{platform.name}") for name in names
    )
    for member in members:
        assert (member.uid, member.gid, member.uname, member.gname, member.mtime) == (0, 0, "", "", moment), member.name
        executable = member.isdir() or member.name.endswith("/tmdb-mcp")
        assert member.mode == (0o755 if executable else 0o644), member.name


def test_it_holds_the_program_and_what_belongs_to_it(platform: Platform, unpacked: Path) -> None:
    assert (unpacked / "tmdb-mcp").read_bytes() == platform.program.read_bytes()
    assert output_of(*platform.command(unpacked / "tmdb-mcp", "--version")) == f"tmdb-mcp {VERSION}\n"
    for name in ("LICENSE", "CHANGELOG.md"):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    for name in ("config.example.yaml", "tmdb-mcp.service", "clients/vscode-stdio.json"):
        assert (unpacked / name).read_bytes() == (ROOT / "release" / "deploy" / name).read_bytes()
    # What the unit's comments call so; a name that begins with a dot would be overlooked.
    assert (unpacked / "env.example").read_bytes() == (ROOT / "release" / "deploy" / ".env.example").read_bytes()
    clients = {path.name for path in (ROOT / "release" / "deploy" / "clients").iterdir()}
    assert {path.name for path in (unpacked / "clients").iterdir()} == clients
    assert {path.name for path in (unpacked / "completions").iterdir()} == {
        "tmdb-mcp.bash",
        "_tmdb-mcp",
        "tmdb-mcp.fish",
    }
    for shell, name in (("bash", "tmdb-mcp.bash"), ("zsh", "_tmdb-mcp"), ("fish", "tmdb-mcp.fish")):
        told = output_of(*platform.command(unpacked / "tmdb-mcp", "completions", shell))
        assert (unpacked / "completions" / name).read_text() == told
    assert (unpacked / "man" / "tmdb-mcp.1").read_text() == output_of(*platform.command(unpacked / "tmdb-mcp", "man"))


def test_the_links_of_its_readme_lead_to_the_files_of_this_version(unpacked: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^()\s#]+)", (unpacked / "README.md").read_text())]
    place = f"https://github.com/tmdb-mcp/tmdb-mcp/blob/v{VERSION}/"
    assert all(re.match("https?://", link) for link in links)
    here = [link.removeprefix(place) for link in links if link.startswith(place)]
    assert len(here) > 10 and all((ROOT / name).exists() for name in here)


def test_the_licence_of_everything_linked_is_there(unpacked: Path) -> None:
    assert LIBRARIES <= {path.name for path in (unpacked / "licenses").iterdir()}
    for path in (BUNDLE / "licenses").rglob("*"):
        if path.is_file():
            assert (unpacked / "licenses" / path.relative_to(BUNDLE / "licenses")).read_bytes() == path.read_bytes()


def test_the_manual_page_is_shown_without_a_warning(unpacked: Path) -> None:
    command = ["man", "--warnings", "--local-file", str(unpacked / "man" / "tmdb-mcp.1")]
    shown = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "TMDB_API_KEY" in shown.stdout and VERSION in shown.stdout


def effective(program: Path, place: Path, *arguments: str) -> dict[str, dict]:
    done = subprocess.run(
        [program, "config", *arguments],
        capture_output=True,
        text=True,
        env={"HOME": str(place)},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_example_configuration_has_every_key_with_its_default(place: Path) -> None:
    example = released("config.example.yaml")
    settings = effective(AMD64.program, place)
    as_it_is = effective(AMD64.program, place, "--config", str(example))
    keys = {name for name in settings if re.fullmatch("[a-z_.]+", name)}
    for name in keys:
        assert as_it_is[name]["value"] == settings[name]["value"], name
    # Without the signs that hide what has no default, every key is there.
    whole = place / "whole.yaml"
    text = re.sub(r"^( *)#([a-z_]+:)", r"\1\2", example.read_text(), flags=re.M)
    whole.write_text(text.replace("your-key", "a-key-of-the-user"))
    whole.chmod(0o600)
    for name, setting in effective(AMD64.program, place, "--config", str(whole)).items():
        if name in keys:
            assert str(whole) in setting["source"], f"{name} is not in config.example.yaml"


IMAGE = {"PLATFORMS": "linux/amd64", "TAG": "mine", "REGISTRY": "a.example", "SOURCE_DATE_EPOCH": "1"}
"""What is set for images of one's own."""


def test_packing_elsewhere_at_another_time_gives_the_same_bits(checkout: Checkout) -> None:
    """By a person with other settings, in another time zone, language and folder; files have other times and modes.

    The programs are small, as all of the checkout's: release/verify packs those of the release again."""
    checkout.platforms = PLATFORMS
    results = []
    for number, variables in enumerate(
        ({}, {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "TMDB_LANGUAGE": "de", "GZIP_OPT": "-1", **IMAGE})
    ):
        dist = checkout.place / f"dist-{number}"
        output_of(checkout.release / "build", env=checkout.environment({"DIST": str(dist)}))
        mask = ("0022", "0077")[number]
        pack = str(checkout.release / "package" / "pack")
        command = ["bash", "-c", f'umask {mask}; exec "$0" release', pack]
        environment = checkout.environment({"DIST": str(dist)} | variables)
        subprocess.run(command, env=environment, check=True, timeout=DEADLINE)
        results.append(sums(dist))
        moved = checkout.place / "moved" / "elsewhere"
        if number == 0:
            shutil.copytree(checkout.root, moved)
            for path in moved.rglob("*"):
                os.utime(path, (0, 0))
                path.chmod(path.stat().st_mode & 0o700)
            checkout.release = moved / "release"
    assert results[0] == results[1] and len(results[0]) >= 16
