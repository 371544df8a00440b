"""Dockerfile.scratch from source. It takes minutes and an image with Swift, so it runs only where SWIFT_IMAGE names
one that may stand for the real: Debian 12 with that toolchain, whose apt reaches a mirror."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from places import ROOT
from support.docker import MARK, docker
from support.project import Checkout, program_of


@pytest.mark.parametrize(
    ("platforms", "error", "way_out"),
    [
        (["mips"], "unknown platform among: mips", "amd64 arm64 armv7 armv6 riscv64 i386"),
        (["amd64", "arm"], "unknown platform among: amd64 arm", "amd64 arm64 armv7"),
        (["amd64"], "some of the programs are no release", "DIST=DIRECTORY release/build amd64"),
    ],
)
def test_a_part_of_the_programs_is_built_for_an_image_alone(platforms: list[str], error: str, way_out: str) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DIST"}
    command = [ROOT / "release" / "build", *platforms]
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings)
    assert done.returncode != 0 and f"error: {error}\n" in done.stderr and way_out in done.stderr


def build(checkout: Checkout, name: str) -> str:
    """Builds for amd64; returns what was printed."""
    base = "swift:" + (ROOT / ".swift-version").read_text().strip() + "-bookworm"
    done = subprocess.run(
        ["docker", "buildx", "build", "--progress", "plain", "--file", "Dockerfile.scratch", "--network", "host",
         "--platform", "linux/amd64", "--build-context", f"{base}=docker-image://{os.environ['SWIFT_IMAGE']}",
         "--load", "--tag", name, "."],
        cwd=checkout.root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stderr


@pytest.mark.skipif("SWIFT_IMAGE" not in os.environ, reason="NOT RUN: SWIFT_IMAGE names no image with Swift")
def test_an_image_from_source_holds_the_released_program_and_a_change_rebuilds_that_alone(
    engine: str, other: Checkout, tmp_path
) -> None:
    name = f"{MARK}/source"
    build(other, name)
    container = docker("create", name)
    docker("cp", f"{container}:/usr/local/bin/tmdb-mcp", tmp_path / "program")
    docker("rm", container)
    # Only of the same sources: release/dist must be no older than they are.
    assert (tmp_path / "program").read_bytes() == program_of("linux/amd64").read_bytes()

    with (other.root / "Sources" / "tmdb-mcp" / "Version.swift").open("a") as file:
        file.write("// A change.\n")
    printed = build(other, name)
    for step, cached in (("RUN release/sdk/build", True), ('RUN DIST=/ release/build "amd64"', False)):
        number = re.search(rf"^(#\d+) \[programs +\d+/\d+\] {re.escape(step)}", printed, re.MULTILINE)[1]
        assert (re.search(rf"^{number} CACHED$", printed, re.MULTILINE) is not None) is cached, step
    docker("image", "rm", "--force", name)
