"""What both Dockerfiles say, beside what the project says elsewhere."""

from __future__ import annotations

import re
import subprocess

import pytest
from places import ROOT

DOCKERFILES = [ROOT / "Dockerfile.scratch", ROOT / "Dockerfile.alpine"]


def project(name: str) -> str:
    command = ["bash", "-c", f'root=$PWD; . release/project.env; printf %s "${name}"']
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.fixture(params=DOCKERFILES, ids=lambda path: path.suffix[1:])
def text(request: pytest.FixtureRequest) -> str:
    return request.param.read_text()


def test_labels_are_those_of_the_project(text: str) -> None:
    labels = dict(re.findall(r'^(?:LABEL)? *([a-z.]+\.[a-z.]+)="(.*)"', text, re.MULTILINE))
    image = "org.opencontainers.image."
    assert labels == {
        f"{image}title": project("project_title"),
        f"{image}description": project("project_summary"),
        f"{image}url": project("project_url"),
        f"{image}source": project("project_url"),
        f"{image}documentation": project("project_url") + "#readme",
        f"{image}licenses": project("project_licence"),
        f"{image}version": "$VERSION",
        f"{image}revision": "$REVISION",
        f"{image}created": "$CREATED",
        "io.modelcontextprotocol.server.name": project("project_mcp_name"),
    }


def test_nothing_but_the_named_images_is_fetched(text: str) -> None:
    """No frontend by a syntax line, and nothing by ADD."""
    assert not re.search(r"^# *syntax *=|^ADD ", text, re.MULTILINE)
    bases = set(re.findall(r"^FROM (?:--platform=\S+ )?(\S+)", text, re.MULTILINE))
    assert bases <= {"scratch", "users", "alpine:3.22", "swift:" + _swift_version() + "-bookworm"}


def test_both_run_the_same_way() -> None:
    words = ("USER", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "ENV", "LABEL")
    said = [[line for line in path.read_text().splitlines() if line.startswith(words)] for path in DOCKERFILES]
    assert said[0] == said[1] and len(said[0]) == len(words)


def _swift_version() -> str:
    return (ROOT / ".swift-version").read_text().strip()
