"""`make images`, `make image` and `make oci`: what they make, how long it takes, and that it is the same everywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from conftest import Pushed
from support.docker import MARK, docker
from support.project import PLATFORMS, Checkout

REVISION = "org.opencontainers.image.revision"


def output_of(*command: object) -> str:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


def index_in(registry_name: str) -> dict[str, Any]:
    return json.loads(output_of("skopeo", "inspect", "--tls-verify=false", "--raw", f"docker://{registry_name}"))


def platform_of(descriptor: dict[str, Any]) -> str:
    platform = descriptor["platform"]
    return "/".join(platform[word] for word in ("os", "architecture", "variant") if word in platform)


def digests_of(index: dict[str, Any]) -> dict[str, str]:
    return {platform_of(each): each["digest"] for each in index["manifests"]}


def index_of(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as file:
        [top] = json.load(file.extractfile("index.json"))["manifests"]
        return json.load(file.extractfile("blobs/" + top["digest"].replace(":", "/")))


def test_one_call_pushes_all_platforms_in_30_seconds(pushed: Pushed, tell) -> None:
    tell(f"make images PUSH=1: {pushed.seconds:.1f} s")
    assert pushed.seconds <= 30
    assert sorted(digests_of(index_in(pushed.name))) == sorted(PLATFORMS)
    assert "swift" not in (Checkout().root / ".build" / "images" / "images.log").read_text(), "it was built from source"


def test_registries_find_a_description_of_all_platforms(pushed: Pushed) -> None:
    told = index_in(pushed.name)["annotations"]
    assert told["org.opencontainers.image.licenses"] == "MIT" and told["org.opencontainers.image.description"]


def disturb(checkout: Checkout) -> None:
    """Other rights, dates and owners, as another umask, another clone and another user leave them."""
    subprocess.run(["git", "config", "core.fileMode", "false"], cwd=checkout.root, check=True)
    for part in ("images", "dist"):
        for folder, _, files in os.walk(checkout.root / "release" / part):
            for path in (Path(folder), *(Path(folder) / file for file in files)):
                path.chmod(path.stat().st_mode | 0o020)
                os.utime(path, (1, 1))
                if os.geteuid() == 0:
                    os.chown(path, 12345, 12345)


def test_the_same_files_elsewhere_give_the_same_digests(pushed: Pushed, registry: str, other: Checkout) -> None:
    disturb(other)
    name = f"{registry}/other/tmdb-mcp:made"
    result = other.make("images", "PUSH=1", f"REGISTRY={registry}/other", "TAG=made")
    assert result.code == 0, result.output
    assert digests_of(index_in(name)) == digests_of(index_in(pushed.name))
    assert index_in(name) == index_in(pushed.name)


def test_another_day_gives_other_digests(pushed: Pushed, other: Checkout) -> None:
    """So that the test above can fail."""
    result = other.make("oci", "TAG=later", environment={"SOURCE_DATE_EPOCH": "1000000000"})
    assert result.code == 0, result.output
    later = digests_of(index_of(other.archive("later")))
    assert not set(later.values()) & set(digests_of(index_in(pushed.name)).values())


def test_without_docker_an_archive_with_the_same_digests_is_made_and_runs(
    pushed: Pushed, registry: str, other: Checkout, tmp_path: Path
) -> None:
    disturb(other)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text("#!/bin/sh\necho docker was called >&2\nexit 1\n")
    (tmp_path / "bin" / "docker").chmod(0o755)
    nowhere = {"DOCKER_HOST": "unix:///nonexistent", "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}
    result = other.make("oci", "TAG=made", environment=nowhere)
    assert result.code == 0 and "docker was called" not in result.output, result.output
    archive = other.archive("made")
    assert digests_of(index_of(archive)) == digests_of(index_in(pushed.name))

    copied = f"{registry}/archive/tmdb-mcp:made"
    output_of("skopeo", "copy", "--all", "--dest-tls-verify=false", f"oci-archive:{archive}", f"docker://{copied}")
    try:
        assert docker("run", "--rm", "--pull", "always", copied, "--version").startswith("tmdb-mcp ")
    finally:
        docker("image", "rm", "--force", copied)


def test_the_archive_is_an_image_layout_whose_blobs_are_what_their_names_say(other: Checkout) -> None:
    assert other.make("oci", "TAG=a", "PLATFORMS=linux/arm/v7").code == 0
    with tarfile.open(other.archive("a")) as file:
        assert json.load(file.extractfile("oci-layout")) == {"imageLayoutVersion": "1.0.0"}
        blobs = [name for name in file.getnames() if name.startswith("blobs/sha256/")]
        assert len(blobs) == 4, "index, manifest, configuration, layer"
        for name in blobs:
            assert hashlib.sha256(file.extractfile(name).read()).hexdigest() == name.rpartition("/")[2]
    told = json.loads(output_of("skopeo", "inspect", "--override-arch=arm", f"oci-archive:{other.archive('a')}"))
    assert told["Architecture"] == "arm" and told["Labels"]["org.opencontainers.image.title"] == "tmdb-mcp"
    assert digests_of(index_of(other.archive("a"))).keys() == {"linux/arm/v7"}


def test_without_push_the_platforms_are_loaded(engine: str, other: Checkout) -> None:
    registry = f"{MARK}.example/loaded"
    result = other.make("images", f"REGISTRY={registry}", "TAG=now", "PLATFORMS=linux/amd64,linux/arm64")
    assert result.code == 0, result.output
    name = f"{registry}/tmdb-mcp:now"
    try:
        for platform in ("linux/amd64", "linux/arm64"):
            told = docker("run", "--rm", "--pull", "never", "--platform", platform, name, "--version")
            assert told.startswith("tmdb-mcp ")
    finally:
        docker("image", "rm", "--force", name)


def test_image_is_for_this_machine(engine: str, other: Checkout) -> None:
    name = f"{MARK}.example/one/tmdb-mcp:now"
    result = other.make("image", f"REGISTRY={MARK}.example/one", "TAG=now")
    assert result.code == 0 and f"docker run --rm -p 127.0.0.1:8910:8910 -e TMDB_API_KEY {name}" in result.output
    try:
        assert docker("run", "--rm", "--pull", "never", name, "--version").startswith("tmdb-mcp ")
        assert len(index_of(other.archive("now"))["manifests"]) == 1
    finally:
        docker("image", "rm", "--force", name)
