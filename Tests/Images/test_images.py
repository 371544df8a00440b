"""`make images`, `make image` and `make oci`: what they make, how long it takes, and that it is the same everywhere."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Pushed
from places import unpack
from support.docker import MARK, docker
from support.project import DIST, PLATFORMS, Checkout


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


def test_one_call_pushes_all_platforms(pushed: Pushed, tell) -> None:
    tell(f"make images PUSH=1: {pushed.seconds:.1f} s")
    assert sorted(digests_of(index_in(pushed.name))) == sorted(PLATFORMS)


def test_the_release_tells_the_digests_of_its_images(pushed: Pushed) -> None:
    told = (DIST / "IMAGES").read_text().splitlines()
    index = output_of("skopeo", "inspect", "--tls-verify=false", "--raw", f"docker://{pushed.name}")
    digests = {"": "sha256:" + hashlib.sha256(index.encode()).hexdigest(), **digests_of(json.loads(index))}
    assert [line.split()[0] for line in told] == [digests[platform] for platform in ("", *sorted(PLATFORMS))]
    assert [line.split()[2:] for line in told] == [[], *([platform] for platform in sorted(PLATFORMS))]
    assert all(line.split()[1].startswith("ghcr.io/tmdb-mcp/tmdb-mcp:") for line in told)


def look_into(layout: Path) -> tuple[dict[str, Any], dict[str, tuple[object, ...]]]:
    """The settings and the files of the one image in a layout."""

    def blob(descriptor: dict[str, Any]) -> bytes:
        return (layout / "blobs" / descriptor["digest"].replace(":", "/")).read_bytes()

    found = json.loads((layout / "index.json").read_bytes())
    while "manifests" in found:
        found = json.loads(blob(found["manifests"][0]))
    files = {}
    for layer in found["layers"]:
        with tarfile.open(fileobj=io.BytesIO(blob(layer))) as archive:
            for member in archive:
                content = archive.extractfile(member)
                facts = (member.type, member.mode, member.uid, member.gid, content.read() if content else None)
                files[member.name.rstrip("/")] = facts
    return json.loads(blob(found["config"]))["config"], files


def test_docker_makes_the_same_of_the_dockerfile(engine: str, tmp_path: Path) -> None:
    """What reads Dockerfile.scratch here, and Docker itself, agree in every setting and every file."""
    checkout = Checkout()
    assert checkout.make("oci", "TAG=read", "PLATFORMS=linux/arm/v7").code == 0
    ours = tmp_path / "ours"
    unpack(checkout.archive("read"), ours)
    checkout.archive("read").unlink()
    output_of(checkout.root / "release" / "package" / "pack", "programs", tmp_path / "programs", "armv7")
    labels = look_into(ours)[0]["Labels"]
    told = {name: labels[f"org.opencontainers.image.{name}"] for name in ("version", "revision", "created")}
    arguments = [f"{name.upper()}={value}" for name, value in told.items()]
    docker(
        "buildx", "build", "--quiet", "--platform", "linux/arm/v7", "--file", checkout.root / "Dockerfile.scratch",
        *(word for argument in arguments for word in ("--build-arg", argument)), "--provenance=false",
        "--build-context", f"programs={tmp_path}/programs", "--output", f"type=oci,tar=false,dest={tmp_path}/docker",
        checkout.root,
    )  # fmt: skip
    assert look_into(tmp_path / "docker") == look_into(ours)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("USER 65532", "RUN true\nUSER 65532", "RUN is not known here"),
        ("USER 65532", "VOLUME /data\nUSER 65532", "VOLUME is not known here"),
        ("--chown=0:0 --chmod=755", "--link --chown=0:0 --chmod=755", "COPY --link is not known here"),
        ("--chown=0:0 --chmod=755", "--chown=0:0", "is copied without --chmod"),
        ("FROM scratch", "FROM alpine:3.22", "ends with an image that has another below it"),
    ],
)
def test_what_is_not_understood_is_an_error(other: Checkout, old: str, new: str, error: str) -> None:
    dockerfile = other.root / "Dockerfile.scratch"
    text = dockerfile.read_text()
    assert old in text
    dockerfile.write_text(text.replace(old, new))
    result = other.make("oci", "TAG=a", "PLATFORMS=linux/amd64")
    assert result.code != 0 and error in result.output, result.output
    assert not other.archive("a").exists()


def test_zopfli_gives_what_it_gave_on_debian_12_and_13(tmp_path: Path) -> None:
    """The same bytes on each release, and on each processor: the digests of the images depend on it."""
    content = b"".join(hashlib.sha256(number.to_bytes(2)).hexdigest().encode()[: number % 61] for number in range(4000))
    (tmp_path / "tar").write_bytes(content)
    made = subprocess.run(["zopfli", "-c", "--i5", "tar"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert hashlib.sha256(made).hexdigest() == "2f5567f712f3dabf55d57f3735f92bfa510cfdd3ec6e102b75e47eeff9e89adb"


def test_a_layer_that_was_kept_and_spoilt_is_made_anew(other: Checkout) -> None:
    assert other.make("oci", "TAG=a", "PLATFORMS=linux/arm/v7").code == 0
    layers = other.root / ".build" / "compressed" / "layers"
    [kept] = {path for path in layers.iterdir() if holds(other.archive("a"), path)}
    kept.write_bytes(kept.read_bytes()[:-1])
    assert other.make("oci", "TAG=b", "PLATFORMS=linux/arm/v7").code == 0
    assert index_of(other.archive("b")) == index_of(other.archive("a"))


def holds(archive: Path, blob: Path) -> bool:
    with tarfile.open(archive) as file:
        return f"blobs/sha256/{hashlib.sha256(blob.read_bytes()).hexdigest()}" in file.getnames()


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


def test_another_day_gives_other_digests(pushed: Pushed, other: Checkout) -> None:
    """So that the test below can fail."""
    result = other.make("oci", "TAG=later", "PLATFORMS=linux/arm/v7", environment={"SOURCE_DATE_EPOCH": "1000000000"})
    assert result.code == 0, result.output
    later = digests_of(index_of(other.archive("later")))
    assert not set(later.values()) & set(digests_of(index_in(pushed.name)).values())


def test_elsewhere_and_without_docker_an_archive_with_the_same_digests_is_made_and_runs(
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
    assert index_of(archive) == index_in(pushed.name)

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
    result = other.make("images", f"REGISTRY={registry}", "TAG=now", f"PLATFORMS={','.join(PLATFORMS)}")
    assert result.code == 0, result.output
    name = f"{registry}/tmdb-mcp:now"
    try:
        for platform in PLATFORMS:
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
