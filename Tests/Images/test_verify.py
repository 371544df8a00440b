"""`make image-verify`: passes what `make images` pushed, and finds the one flaw of an otherwise good image."""

from __future__ import annotations

import os
import re
import subprocess
import uuid
from pathlib import Path

import pytest
from conftest import Pushed
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


class Flawed:
    """An image with a flaw, made by a spoilt copy of the project, and verified by that or by this one."""

    def __init__(self, checkout: Checkout, registry: str) -> None:
        self.checkout = checkout
        self.registry = registry
        self._settings = (f"REGISTRY={registry}/flawed", f"TAG={uuid.uuid4().hex}", "PLATFORMS=linux/amd64")

    @property
    def program(self) -> Path:
        return self.checkout.root / "release" / "dist" / program_of("linux/amd64").name

    def edit(self, old: str, new: str) -> None:
        dockerfile = self.checkout.root / "Dockerfile.scratch"
        text = dockerfile.read_text()
        assert old in text
        # The last one: the stage that is kept.
        head, _, tail = text.rpartition(old)
        dockerfile.write_text(head + new + tail)

    def compile(self, code: str) -> None:
        subprocess.run(
            ["clang", "-static", "-Os", "-s", "-x", "c", "-", "-o", self.program],
            input=STAND_IN % code, text=True, check=True, capture_output=True,
        )  # fmt: skip

    def verify(self, by: Checkout | None = None, *more: str) -> Result:
        made = self.checkout.make("images", "PUSH=1", *self._settings)
        assert made.code == 0, made.output
        return (by or Checkout()).make("image-verify", *self._settings, *more)


@pytest.fixture
def flawed(engine: str, registry: str, other: Checkout) -> Flawed:
    return Flawed(other, registry)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("ENTRYPOINT", "COPY release/build /bin/sh\nENTRYPOINT", "the list of its files"),
        ("--chmod=755 tmdb", "--chmod=4755 tmdb", "the list of its files"),
        ("--chmod=1777", "--chmod=755", "the list of its files"),
        ("USER 65532:65532", "USER 0", "its user"),
        ("EXPOSE 8910", "EXPOSE 80", "its port"),
        ("ENV HOME", "ENV TMDB_API_KEY=0123456789abcdef0123456789abcdef HOME", "its environment"),
        ('"healthcheck"]', '"version"]', "its health check"),
        ("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGKILL", "its stop signal"),
        ('/bin/tmdb-mcp"]\nLABEL', '/bin/tmdb-mcp", "check"]\nLABEL', "its entry point"),
        ("ENTRYPOINT", 'CMD ["check"]\nENTRYPOINT', "its command"),
        ('licenses="MIT"', 'licenses="GPL"', "the label licenses"),
        ("io.modelcontextprotocol.server.name", "io.modelcontextprotocol.server", "the label of the MCP registry"),
        ('revision="$REVISION"', 'revision="latest"', "the label revision"),
    ],
    ids=lambda word: word.split("\n")[0][:30],
)
def test_a_flaw_of_the_image(flawed: Flawed, old: str, new: str, error: str) -> None:
    flawed.edit(old, new)
    _refused(flawed.verify(), error, flawed.registry)


def test_another_program(flawed: Flawed) -> None:
    with flawed.program.open("r+b") as file:
        file.seek(100_000)
        byte = file.read(1)[0]
        file.seek(100_000)
        file.write(bytes([byte ^ 1]))
    _refused(flawed.verify(), "its program is not the released one", flawed.registry)


def test_a_platform_that_is_missing(flawed: Flawed) -> None:
    result = flawed.verify(None, "PLATFORMS=linux/amd64,linux/arm64")
    assert result.errors[0].endswith("for linux/arm64: the registry has none"), result.output


@pytest.mark.parametrize(
    ("more", "error"),
    [(bytes(200_000), "more than 2000000"), (None, "have to be pulled, more than 1000000")],
    ids=["unpacked", "to pull"],
)
def test_an_image_that_is_too_large(flawed: Flawed, more: bytes | None, error: str) -> None:
    if more is None:
        flawed.program.write_bytes(os.urandom(1_000_000))
    else:
        flawed.program.write_bytes(flawed.program.read_bytes() + more)
    _refused(flawed.verify(flawed.checkout), error, flawed.registry)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("return 3;", "its container is not healthy after 60 s: exited"),
        ("for (;;) pause();", "its exit status on SIGTERM"),
    ],
    ids=["ends", "cannot be ended"],
)
def test_a_program_that_does_not_serve(flawed: Flawed, code: str, error: str) -> None:
    flawed.compile(code)
    _refused(flawed.verify(flawed.checkout), error, flawed.registry)


def test_a_program_that_does_not_run(flawed: Flawed) -> None:
    flawed.program.write_bytes(program_of("linux/amd64").read_bytes()[:1000])
    _refused(flawed.verify(flawed.checkout), "does not run here", flawed.registry)


def test_an_image_that_is_not_there(engine: str, registry: str) -> None:
    result = Checkout().make("image-verify", f"REGISTRY={registry}/none", "TAG=none")
    assert result.code != 0 and result.errors == [f"{registry}/none/tmdb-mcp:none cannot be pulled"], result.output


def _refused(result: Result, error: str, registry: str) -> None:
    assert result.code != 0, result.output
    assert len(result.errors) == 1 and error in result.errors[0], result.output
    for command in (["ps", "--all", "--format", "{{.Image}}"], ["images", "--format", "{{.Repository}}"]):
        assert f"{registry}/flawed/" not in docker(*command), "something was left behind"
