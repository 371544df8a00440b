"""What a user may set: shown by `make help`, checked before anything is run."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from support.project import PLATFORMS, Checkout, program_of

NAMES = ("REGISTRY", "TAG", "PLATFORMS", "PUSH", "VARIANT", "ARCHIVE")


def test_help_shows_what_may_be_set() -> None:
    told = Checkout().make("help").output
    for verb in ("image", "images", "image-verify", "image-test", "oci"):
        assert f"  make {verb} " in told
    for name in NAMES:
        assert f"    {name}=" in told
    for platform in PLATFORMS:
        assert platform in told


@pytest.mark.parametrize("verb", ["images", "image-verify", "oci"])
@pytest.mark.parametrize(
    ("settings", "error", "way_out"),
    [
        (["PLATFORMS=linux/mips"], "PLATFORMS names linux/mips", "linux/arm/v7,linux/arm/v6,linux/riscv64,linux/386"),
        (["PLATFORMS=linux/amd64,linux/arm"], "PLATFORMS names linux/arm,", "linux/arm/v7"),
        (["PLATFORMS=,"], "PLATFORMS names nothing", "linux/amd64"),
        (["TAG=a b"], "TAG=a b is not a tag", "letters, digits"),
        (["TAG=-a"], "TAG=-a is not a tag", "letters, digits"),
        (["TAG=$$(touch spoilt)"], "is not a tag", "letters, digits"),
        ([f"TAG={'a' * 129}"], "is not a tag", "at most 128"),
        (["REGISTRY=https://ghcr.io/you"], "REGISTRY=https://ghcr.io/you has a scheme", "REGISTRY=ghcr.io/you"),
        (["REGISTRY=Ghcr.io/You"], "is not a registry", "small letters"),
        (["REGISTRY=ghcr.io/you/"], "is not a registry", "HOST/PATH"),
        (["REGISTRY=a b"], "is not a registry", "HOST/PATH"),
        (["PUSH=yes", "REGISTRY=a.example"], "PUSH=yes is not known", "PUSH=1"),
        (["VARIANT=debian"], "VARIANT=debian is not known", "VARIANT=alpine"),
    ],
)
def test_a_wrong_value_gets_a_clear_error(
    verb: str, settings: list[str], error: str, way_out: str, tmp_path: Path
) -> None:
    if verb == "image-verify" and settings[0].startswith(("PUSH", "VARIANT")):
        error, way_out = "make image-verify does not push" if "PUSH" in settings[0] else "Dockerfile.scratch alone", ""
    _refused(verb, settings, error, way_out, tmp_path)


@pytest.mark.parametrize(
    ("verb", "settings", "error", "way_out"),
    [
        ("images", ["PUSH=1"], "PUSH=1 needs REGISTRY", "REGISTRY=ghcr.io/you"),
        ("image", ["PUSH=1", "REGISTRY=a.example"], "make image does not push", "make images PUSH=1"),
        ("image", ["PLATFORMS=linux/amd64"], "make image is for this machine", "make images PLATFORMS=linux/amd64"),
        ("image-verify", ["PUSH=1", "REGISTRY=a.example"], "make image-verify does not push", "make images PUSH=1"),
        ("image-test", ["PUSH=1", "REGISTRY=a.example"], "make image-test does not push", "make images PUSH=1"),
        ("image-test", ["PLATFORMS=linux/amd64"], "make image-test is for this machine", "PLATFORMS"),
        ("image-verify", ["VARIANT=alpine"], "Dockerfile.scratch alone", ""),
        ("oci", ["PUSH=1", "REGISTRY=a.example"], "make oci does not push", "skopeo copy --all"),
        ("oci", ["VARIANT=alpine"], "make oci fetches no image", "make images VARIANT=alpine"),
    ],
)
def test_what_a_verb_does_not_do_is_said(
    verb: str, settings: list[str], error: str, way_out: str, tmp_path: Path
) -> None:
    _refused(verb, settings, error, way_out, tmp_path)


def _refused(verb: str, settings: list[str], error: str, way_out: str, place: Path) -> None:
    """There is one error, with a way out, and no tool was called before it."""
    for tool in ("docker", "buildah", "skopeo"):
        (place / tool).write_text(f"#!/bin/sh\necho called {tool}\nexit 1\n")
        (place / tool).chmod(0o755)
    result = Checkout().make(verb, *settings, environment={"PATH": f"{place}:{os.environ['PATH']}"})
    assert result.code != 0
    assert len(result.errors) == 1 and error in result.errors[0], result.output
    assert way_out in result.output.partition(result.errors[0])[2], result.output
    assert "called" not in result.output and not (Checkout().root / "spoilt").exists()


@pytest.mark.parametrize("verb", ["images", "oci"])
def test_without_a_program_nothing_is_made(verb: str, other: Checkout) -> None:
    missing = other.root / "release" / "dist" / program_of("linux/arm64").name
    missing.unlink()
    result = other.make(verb)
    assert result.code != 0 and result.errors == [f"there is no {missing}"] and "make release" in result.output
    assert not list(other.root.glob(".build/images/*.tar"))


def test_a_wrong_date_is_refused() -> None:
    result = Checkout().make("oci", environment={"SOURCE_DATE_EPOCH": "today"})
    assert result.errors == ["SOURCE_DATE_EPOCH=today is not a number of seconds"]


FAKE_DOCKER = """#!/usr/bin/env bash
case "$1 $2" in
    "info --format") echo '[["driver-type","io.containerd.snapshotter.v1"]]' ;;
    "load --input") echo "no space left on device" >&2; exit 1 ;;
esac
"""


def test_an_image_that_cannot_be_loaded_is_an_error(other: Checkout, tmp_path: Path) -> None:
    (tmp_path / "docker").write_text(FAKE_DOCKER)
    (tmp_path / "docker").chmod(0o755)
    result = other.make("images", "TAG=loaded", environment={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert result.code != 0, result.output
    assert len(result.errors) == 1 and "could not be loaded into Docker" in result.errors[0], result.output
    assert "no space left on device" in result.output


def test_without_an_engine_the_way_out_is_named(tmp_path: Path) -> None:
    result = Checkout().make("images", environment={"DOCKER_HOST": f"unix://{tmp_path}/none"})
    assert result.code != 0 and len(result.errors) == 1, result.output
    assert re.search("no Docker engine answers|no docker on PATH", result.errors[0])
    assert "make oci" in result.output
