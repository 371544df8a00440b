"""`make image-verify`: passes what `make images` pushed, and finds the one flaw of an otherwise good image."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Pushed
from places import unpack
from support.archive import File, Image
from support.docker import docker
from support.project import PLATFORMS, Checkout, Result, program_of

# Stands for the program: the version is all that is right about it.
STAND_IN = """
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int main(int count, char **words) {
    if (count > 1 && !strcmp(words[1], "--version")) return puts("tmdb-mcp 0") < 0;
    if (count > 1) return 0;
    %s
}
"""


def test_what_was_pushed_passes_on_every_platform(pushed: Pushed, tell) -> None:
    result = Checkout().make("image-verify", *pushed.settings)
    assert result.code == 0, result.output
    for platform in PLATFORMS:
        [line] = re.findall(rf"  {platform}: .*", result.output)
        tell(line.strip())
    assert f"verified: {pushed.name}" in result.output


@pytest.fixture(scope="module")
def good(session_place: Path) -> Path:
    """An archive of the image for one platform."""
    checkout = Checkout()
    result = checkout.make("oci", "TAG=good", "PLATFORMS=linux/amd64")
    assert result.code == 0, result.output
    return Path(shutil.move(checkout.archive("good"), session_place / "good.oci.tar"))


def verify(archive: Path, *more: str, by: Checkout | None = None) -> Result:
    return (by or Checkout()).make("image-verify", f"ARCHIVE={archive}", *(more or ("PLATFORMS=linux/amd64",)))


def test_an_archive_passes_without_docker(good: Path, tmp_path: Path) -> None:
    (tmp_path / "docker").write_text("#!/bin/sh\necho docker was called >&2\nexit 1\n")
    (tmp_path / "docker").chmod(0o755)
    surroundings = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    result = Checkout().make("image-verify", f"ARCHIVE={good}", "PLATFORMS=linux/amd64", environment=surroundings)
    assert result.code == 0 and "docker was called" not in result.output, result.output
    assert "the released program, not run" in result.output and f"verified: {good}" in result.output


def test_an_archive_that_was_taken_apart_and_put_together_passes(good: Path, tmp_path: Path) -> None:
    """So that what the tests below find is the flaw alone."""
    result = verify(Image(good).write(tmp_path / "same.tar"))
    assert result.code == 0, result.output


def test_an_image_layout_in_a_folder_passes(good: Path, tmp_path: Path) -> None:
    unpack(good, tmp_path / "layout")
    result = verify(tmp_path / "layout")
    assert result.code == 0 and f"verified: {tmp_path}/layout" in result.output, result.output


def add_a_shell(image: Image) -> None:
    image.files["bin"] = File(0o755)
    image.files["bin/sh"] = File(0o755, b"#!")


def make_set_user_id(image: Image) -> None:
    image.files["usr/local/bin/tmdb-mcp"].mode = 0o4755


def make_tmp_its_owners_alone(image: Image) -> None:
    image.files["tmp"].mode = 0o755


def give_the_home_to_another(image: Image) -> None:
    image.files["home/tmdb-mcp/.tmdb-mcp"].user = 0


def drop_a_record(image: Image) -> None:
    del image.files["var/lib/dpkg/status.d/curl"]


def add_a_record(image: Image) -> None:
    image.files["var/lib/dpkg/status.d/openssl"] = File(0o644, b"Package: openssl\n")


def tell_another_version(image: Image) -> None:
    file = image.files["var/lib/dpkg/status.d/curl"]
    file.content = file.content.replace(b"Version: ", b"Version: 9")


def tell_another_release(image: Image) -> None:
    file = image.files["etc/os-release"]
    file.content = file.content.replace(b"ID=debian", b"ID=scratch")


def change_a_byte_of_the_program(image: Image) -> None:
    file = image.files["usr/local/bin/tmdb-mcp"]
    file.content = file.content[:100_000] + bytes([file.content[100_000] ^ 1]) + file.content[100_001:]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (add_a_shell, "the list of its files"),
        (make_set_user_id, "the list of its files"),
        (make_tmp_its_owners_alone, "the list of its files"),
        (give_the_home_to_another, "the list of its files"),
        (drop_a_record, "the list of its files"),
        (add_a_record, "the list of its files"),
        (tell_another_version, "var/lib/dpkg/status.d/curl"),
        (tell_another_release, "etc/os-release"),
        (change_a_byte_of_the_program, "its program is not the released one"),
    ],
)
def test_a_flaw_of_the_files(good: Path, tmp_path: Path, change: Callable[[Image], None], error: str) -> None:
    image = Image(good)
    change(image)
    refused(verify(image.write(tmp_path / "flawed.tar")), error)


LABEL = "org.opencontainers.image"


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("User", "0", "its user"),
        ("ExposedPorts", {"80/tcp": {}}, "its port"),
        ("Env", ["TMDB_API_KEY=0123456789abcdef0123456789abcdef"], "its environment"),
        ("Healthcheck", {"Test": ["CMD", "/usr/local/bin/tmdb-mcp", "version"]}, "its health check"),
        ("StopSignal", "SIGKILL", "its stop signal"),
        ("Entrypoint", ["/usr/local/bin/tmdb-mcp", "check"], "its entry point"),
        ("Cmd", ["check"], "its command"),
        ("Labels", {f"{LABEL}.title": "another"}, "the label title"),
        ("Labels", {f"{LABEL}.licenses": "GPL"}, "the label licenses"),
        ("Labels", {f"{LABEL}.version": "9"}, "the label version"),
        ("Labels", {f"{LABEL}.revision": "latest"}, "the label revision"),
        ("Labels", {f"{LABEL}.created": "now"}, "the label created"),
        ("Labels", {"io.modelcontextprotocol.server.name": None}, "the label of the MCP registry"),
    ],
)
def test_a_flaw_of_the_settings(good: Path, tmp_path: Path, setting: str, value: object, error: str) -> None:
    image = Image(good)
    if setting == "Labels":
        value = {name: text for name, text in {**image.settings["Labels"], **value}.items() if text is not None}
    if setting == "Env":
        value = [*image.settings["Env"], *value]
    image.settings[setting] = value
    refused(verify(image.write(tmp_path / "flawed.tar")), error)


def test_a_history_that_tells_of_more(good: Path, tmp_path: Path) -> None:
    image = Image(good)
    image.config["history"].append({"created_by": "RUN secret"})
    refused(verify(image.write(tmp_path / "flawed.tar")), "its history")


def test_a_platform_that_is_missing(good: Path) -> None:
    result = verify(good, "PLATFORMS=linux/amd64,linux/arm64")
    assert result.errors[0].endswith("for linux/arm64: there is none"), result.output


class Spoilt:
    """A copy of the project with another program, and the image that it makes of it: good, but for the program."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout

    @property
    def program(self) -> Path:
        return self.checkout.root / "release" / "dist" / program_of("linux/amd64").name

    def compile(self, code: str) -> None:
        subprocess.run(
            ["clang", "-static", "-Os", "-s", "-x", "c", "-", "-o", self.program],
            input=STAND_IN % code, text=True, check=True, capture_output=True,
        )  # fmt: skip

    def archive(self) -> Path:
        made = self.checkout.make("oci", "TAG=spoilt", "PLATFORMS=linux/amd64")
        assert made.code == 0, made.output
        return self.checkout.archive("spoilt")

    def verify_in(self, registry: str) -> Result:
        """As what was pushed: only so it is run."""
        settings = (f"REGISTRY={registry}/flawed", f"TAG={uuid.uuid4().hex}", "PLATFORMS=linux/amd64")
        name = f"{registry}/flawed/tmdb-mcp:{settings[1].removeprefix('TAG=')}"
        source = f"oci-archive:{self.archive()}"
        command = ["skopeo", "copy", "--all", "--quiet", "--dest-tls-verify=false", source, f"docker://{name}"]
        subprocess.run(command, check=True)
        return self.checkout.make("image-verify", *settings)


@pytest.fixture
def spoilt(other: Checkout) -> Spoilt:
    return Spoilt(other)


def test_an_image_that_is_too_large_on_disk(spoilt: Spoilt) -> None:
    spoilt.program.write_bytes(spoilt.program.read_bytes() + bytes(200_000))
    refused(verify(spoilt.archive(), by=spoilt.checkout), "more than 2300000")


def test_an_image_that_is_too_large_to_pull(spoilt: Spoilt) -> None:
    spoilt.program.write_bytes(os.urandom(1_300_000))
    refused(verify(spoilt.archive(), by=spoilt.checkout), "have to be pulled, more than 1220000")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("return 3;", "its container is not healthy after 60 s: exited"),
        ("for (;;) pause();", "its exit status on SIGTERM"),
    ],
    ids=["ends", "cannot be ended"],
)
def test_a_program_that_does_not_serve(engine: str, registry: str, spoilt: Spoilt, code: str, error: str) -> None:
    spoilt.compile(code)
    refused(spoilt.verify_in(registry), error)
    nothing_is_left_of(registry)


def test_a_program_that_does_not_run(engine: str, registry: str, spoilt: Spoilt) -> None:
    spoilt.program.write_bytes(program_of("linux/amd64").read_bytes()[:1000])
    refused(spoilt.verify_in(registry), "does not run here")
    nothing_is_left_of(registry)


def test_an_image_that_is_not_there(engine: str, registry: str) -> None:
    result = Checkout().make("image-verify", f"REGISTRY={registry}/none", "TAG=none")
    assert result.code != 0 and result.errors == [f"{registry}/none/tmdb-mcp:none cannot be pulled"], result.output


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(bytes(10_000))
    for name in ("missing", "broken"):
        refused(verify(tmp_path / name), f"{tmp_path}/{name} cannot be read")


def refused(result: Result, error: str) -> None:
    assert result.code != 0, result.output
    assert len(result.errors) == 1 and error in result.errors[0], result.output


def nothing_is_left_of(registry: str) -> None:
    for command in (["ps", "--all", "--format", "{{.Image}}"], ["images", "--format", "{{.Repository}}"]):
        assert f"{registry}/flawed/" not in docker(*command), "something was left behind"
