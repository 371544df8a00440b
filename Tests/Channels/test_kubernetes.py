"""The chart and the base for Kustomize: that Helm, kubectl and kubernetes.yaml agree, and what others say of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import DIST, ENVIRONMENTS, VERSION, run, unpack
from support.newcomer import TOOLS

FILE = DIST / "kubernetes.yaml"
CHART = DIST / f"tmdb-mcp_{VERSION}_helm.tgz"
BASE = DIST / f"tmdb-mcp_{VERSION}_kustomize.tar.gz"
HELM = os.environ.get("HELM") or shutil.which("helm")

helm_only = pytest.mark.skipif(not HELM, reason="NOT RUN: there is no helm on PATH, and HELM names none")

Objects = dict[tuple[str, str], dict[str, Any]]


def objects(text: str) -> Objects:
    """By kind and name."""
    found = [one for one in yaml.safe_load_all(text) if one]
    named = {(one["kind"], one["metadata"]["name"]): one for one in found}
    assert len(named) == len(found) > 3
    return named


def helm(*arguments: str | Path, ok: bool = True) -> subprocess.CompletedProcess[str]:
    return run(HELM, *arguments, ok=ok)


def template(*values: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
    sets = [word for value in values for word in ("--set", value)]
    return helm("template", "tmdb-mcp", CHART, "--namespace", "tmdb-mcp", *sets, ok=ok)


@pytest.fixture
def kustomize(tmp_path: Path) -> Path:
    unpack(BASE, tmp_path)
    return tmp_path / f"tmdb-mcp_{VERSION}_kustomize"


def built(folder: Path) -> Objects:
    return objects(run(TOOLS / "kubectl", "kustomize", folder).stdout)


@helm_only
def test_helm_makes_of_the_defaults_what_the_release_made_of_them() -> None:
    """The release is made without Helm, by a part of its language."""
    assert objects(template("namespace=true").stdout) == objects(FILE.read_text())


@helm_only
def test_helm_finds_nothing_to_better() -> None:
    assert "0 chart(s) failed" in helm("lint", "--strict", CHART).stdout


@helm_only
def test_values_reach_the_objects() -> None:
    made = objects(template(
        "replicas=3", "sse=false", "networkPolicy=false", "secret.existing=mine", "port=80", "image.tag=1.2.3",
        "settings.TMDB_LANGUAGE=de", "allowedHosts={tmdb.example,other.example}", "image.pullSecrets[0].name=pull",
        "nodeSelector.disk=fast", "tolerations[0].operator=Exists", "resources.limits.memory=256Mi",
    ).stdout)  # fmt: skip
    assert sorted(kind for kind, _ in made) == ["ConfigMap", "Deployment", "PodDisruptionBudget", "Service"]
    settings = made["ConfigMap", "tmdb-mcp"]["data"]
    assert (settings["TMDB_RATE_LIMIT"], settings["TMDB_LANGUAGE"]) == ("13", "de")
    hosts = settings["ALLOWED_HOSTS"].split(", ")
    assert hosts[-2:] == ["tmdb.example", "other.example"] and not [host for host in hosts if "sse" in host]
    assert made["Service", "tmdb-mcp"]["spec"]["ports"][0]["port"] == 80
    pods = made["Deployment", "tmdb-mcp"]["spec"]["template"]
    pod = pods["spec"]
    assert made["Deployment", "tmdb-mcp"]["spec"]["replicas"] == 3
    assert pods["metadata"]["annotations"].keys() == {"checksum/settings"}
    assert pod["volumes"][0]["secret"]["secretName"] == "mine"
    assert pod["imagePullSecrets"] == [{"name": "pull"}] and pod["nodeSelector"] == {"disk": "fast"}
    assert pod["tolerations"] == [{"operator": "Exists"}]
    assert pod["containers"][0]["image"].endswith(":1.2.3")
    assert pod["containers"][0]["resources"]["limits"] == {"cpu": "1", "memory": "256Mi"}


@helm_only
def test_two_of_it_in_one_namespace_are_apart() -> None:
    one = objects(template().stdout)
    other = objects(helm("template", "other", CHART, "--namespace", "tmdb-mcp").stdout)
    assert not one.keys() & other.keys()
    selectors = [each["Service", name]["spec"]["selector"] for each, name in ((one, "tmdb-mcp"), (other, "other"))]
    assert selectors[0] != selectors[1]


@helm_only
@pytest.mark.parametrize(
    "wrong", ["replicas=0", "replica=3", "port=http", "secret.token=short", "settings.lower=x", "rateLimit=1000"]
)
def test_a_wrong_value_is_refused(wrong: str) -> None:
    done = template(wrong, ok=False)
    assert done.returncode != 0 and wrong.partition("=")[0].split(".")[-1] in done.stderr


def test_the_values_have_the_defaults_of_the_schema() -> None:
    with tarfile.open(CHART) as archive:
        values = yaml.safe_load(archive.extractfile("tmdb-mcp/values.yaml"))
        schema = json.load(archive.extractfile("tmdb-mcp/values.schema.json"))
        chart = yaml.safe_load(archive.extractfile("tmdb-mcp/Chart.yaml"))
    assert (chart["version"], chart["appVersion"]) == (VERSION, VERSION)

    def defaults(part: dict[str, Any]) -> Any:
        if "default" in part:
            return part["default"]
        return {name: defaults(each) for name, each in part["properties"].items()}

    assert values == defaults(schema) and len(values) > 10


def test_the_base_is_kubernetes_yaml_without_the_secret(kustomize: Path) -> None:
    made = objects(FILE.read_text())
    del made["Secret", "tmdb-mcp"]
    assert built(kustomize / "base") == made


def test_the_example_takes_key_and_token_from_files(kustomize: Path) -> None:
    example = kustomize / "example"
    (example / "tmdb-api-key").write_text("the key\n")
    (example / "sse-token").write_text("the token\n")
    made = built(example)
    ((name, secret),) = [(name, each) for (kind, name), each in made.items() if kind == "Secret"]
    assert {key: b64decode(value) for key, value in secret["data"].items()} == {
        "tmdb-api-key": b"the key\n", "sse-token": b"the token\n",
    }  # fmt: skip
    # Other contents have another name, so that the pods are rolled out.
    assert name.startswith("tmdb-mcp-")
    pod = made["Deployment", "tmdb-mcp"]["spec"]["template"]["spec"]
    assert pod["volumes"][0]["secret"]["secretName"] == name


ACCEPTED = {
    "CKV_K8S_15": "a tag of a release never moves, so that it need not be pulled each time",
    "CKV_K8S_40": "no user is pinned, so that a cluster may choose; the image's is 65532",
    "CKV_K8S_43": "the tag of a release never moves, and whoever mirrors the image has another digest",
}


def test_checkov_finds_nothing_else(tmp_path: Path) -> None:
    command = [ENVIRONMENTS / "checkov" / "bin" / "checkov", "--skip-download", "--compact", "--output", "json"]
    clean = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = run(*command, "--file", FILE, ok=False, cwd=tmp_path, env=clean)
    found = json.loads(done.stdout)
    assert {one["check_id"] for one in found["results"]["failed_checks"]} == set(ACCEPTED), done.stdout
    assert found["summary"]["passed"] > 80
