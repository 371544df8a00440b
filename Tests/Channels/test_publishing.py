"""The workflow of a release, which only its tag can run: what is uploaded is there, after what it needs, by a job that
may do nothing else."""

from __future__ import annotations

import fnmatch
import re
from typing import Any

import pytest
import yaml
from places import DIST, ROOT, project

TEXT = (ROOT / ".github/workflows/release.yml").read_text()
JOBS: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["jobs"]

CHANNELS = {
    "pypi": {"contents": "read", "id-token": "write"},
    "npm": {"contents": "read", "id-token": "write"},
    "chart": {"packages": "write"},
    "apt": {"contents": "read"},
    "pages": {"id-token": "write", "pages": "write"},
}
"""What each may do."""


def before(job: str) -> set[str]:
    """All that has to be done first."""
    needs = JOBS[job].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*(before(one) for one in direct))


def commands(job: str) -> str:
    return "\n".join(step["run"] for step in JOBS[job]["steps"] if "run" in step)


def test_it_runs_for_a_tag_alone_and_may_do_nothing_by_itself() -> None:
    workflow = yaml.safe_load(TEXT)
    # YAML has `on` as a truth.
    assert workflow[True] == {"push": {"tags": ["v[0-9]*"]}} and workflow["permissions"] == {}


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_comes_after_the_proof_and_may_do_what_it_takes(channel: str) -> None:
    assert JOBS[channel]["permissions"] == CHANNELS[channel]
    assert {"build", "sign", "scan", "publish"} <= before(channel)
    assert "make verify" in commands("build").splitlines()


def test_the_latest_comes_last() -> None:
    assert before("latest") == set(JOBS) - {"latest"}
    assert "--latest=false" in commands("publish") and "release edit" in commands("latest")
    assert not [name for name in JOBS if name != "latest" and ":latest" in commands(name)]


def test_secrets_are_seen_by_the_two_that_sign() -> None:
    seen = {name: set(re.findall(r"secrets\.(\w+)", yaml.dump(job))) for name, job in JOBS.items()}
    assert {name: secrets for name, secrets in seen.items() if secrets} == {
        "sign": {"MINISIGN_SECRET_KEY", "MINISIGN_PASSWORD"}, "apt": {"APT_SECRET_KEY", "APT_PASSPHRASE"},
    }  # fmt: skip
    assert JOBS["sign"]["environment"] == JOBS["apt"]["environment"] == "release"


@pytest.mark.parametrize(("channel", "count"), {"pypi": 3, "npm": 4, "chart": 1, "publish": 12}.items())
def test_the_files_that_it_names_are_in_the_release(channel: str, count: int) -> None:
    made = [path.name for path in DIST.iterdir()]
    named = re.findall(r"\bdist/(tmdb[\w.*-]*\*[\w.*-]*)", yaml.dump(JOBS[channel], width=1000))
    found = {pattern: fnmatch.filter(made, pattern) for pattern in named}
    assert named and all(found.values()), found
    assert len(set().union(*found.values())) >= count


def test_the_pages_are_where_the_project_says_that_apt_finds_them() -> None:
    owner, name = project("project_url").split("/")[-2:]
    folder = project("project_apt").removeprefix(f"https://{owner}.github.io/{name}/")
    assert folder and f"TO=.build/pages/{folder} " in commands("apt")
    (upload,) = [step for step in JOBS["apt"]["steps"] if "upload-pages" in step.get("uses", "")]
    assert upload["with"]["path"] == ".build/pages"


def test_the_chart_is_where_the_page_says() -> None:
    pages = (ROOT / "docs/deployment.md").read_text()
    assert f"oci://{project('project_registry')}/charts/tmdb-mcp" in pages
    assert '"oci://$REGISTRY/charts"' in commands("chart")
