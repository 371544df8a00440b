"""For Kubernetes: a Helm chart, and what it makes of its own defaults: one file to apply, and a base for Kustomize.
The values, what they mean and their defaults are in values.schema.json, the objects in the chart's templates."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path
from typing import Any

import gotemplate
from commands import copy, tarball
from release import Release

HEAD = """\
# tmdb-mcp on Kubernetes 1.30 or newer:
#
#   1. Put your TMDB key and a token (`openssl rand -hex 32`) into the Secret below, or make it by other means and
#      delete it here. The pods refuse to start with the texts that are there now.
#   2. kubectl apply --filename kubernetes.yaml
#   3. Clients in the cluster ask http://tmdb-mcp.tmdb-mcp:8910/mcp with "Authorization: Bearer <the token>".
#
# Any replica serves any request: those of MCP 2026-07-28 stand alone, and the sessions of older revisions are known
# wherever the token is the same. Clients of HTTP+SSE ask http://tmdb-mcp-sse.tmdb-mcp:8910/mcp/sse.
"""

# In the order in which they are applied.
TEMPLATES = (
    "namespace", "secret", "configmap", "deployment", "service", "service-sse", "poddisruptionbudget", "networkpolicy",
)  # fmt: skip

CHART = """\
apiVersion: v2
type: application
name: {title}
version: {version}
appVersion: {version}
description: {summary}
home: {url}
sources: [{url}]
kubeVersion: ">=1.30.0-0"
keywords: [{keywords}]
maintainers:
  - name: {author}
    url: {url}
annotations:
  artifacthub.io/license: {licence}
"""

KUSTOMIZATION = """\
# What kubernetes.yaml makes, but for the Secret: ../example has a place for the key and the token.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
"""


def defaults(schema: dict[str, Any]) -> Any:
    if "default" in schema:
        return schema["default"]
    return {name: defaults(each) for name, each in schema["properties"].items()}


def values_yaml(schema: dict[str, Any], indent: str = "") -> str:
    """Each value with its default, below what it means."""
    lines = []
    for name, each in schema["properties"].items():
        said = textwrap.wrap(each.get("description", ""), 118 - len(indent))
        lines += [f"{indent}# {line}" for line in said]
        if "default" in each:
            value = json.dumps(each["default"])
            lines.append(f"{indent}{name}: {value}")
        else:
            lines += [f"{indent}{name}:", values_yaml(each, indent + "  ").rstrip("\n")]
    return "\n".join(lines) + "\n"


def manifests(release: Release, schema: dict[str, Any]) -> dict[str, str]:
    """What each template makes of the defaults, in a namespace of its own."""
    context = {
        "Values": defaults(schema) | {"namespace": True},
        "Release": {"Name": release.title, "Namespace": release.title},
        "Chart": {"AppVersion": release.version},
    }
    folder = release.deploy / "chart" / "templates"
    return {
        f"{name}.yaml": gotemplate.render((folder / f"{name}.yaml").read_text(), context).lstrip("\n")
        for name in TEMPLATES
    }


def pack(release: Release, stage: Path) -> None:
    chart = release.deploy / "chart"
    schema = json.loads((chart / "values.schema.json").read_text())
    made = manifests(release, schema)
    (release.dist / "kubernetes.yaml").write_text(HEAD + "---\n".join(made.values()))
    _chart(release, schema, stage / "helm" / release.title)
    _kustomize(release, made, stage / f"tmdb-mcp_{release.version}_kustomize")


def _chart(release: Release, schema: dict[str, Any], folder: Path) -> None:
    """A chart is a folder of its name, packed."""
    source = release.deploy / "chart"
    for path in sorted([source / "values.schema.json", *(source / "templates").iterdir()]):
        copy(path, folder / path.relative_to(source))
    copy(release.root / "LICENSE", folder / "LICENSE")
    (folder / "values.yaml").write_text(values_yaml(schema))
    described = CHART.format(
        title=release.title,
        version=release.version,
        summary=release.summary,
        url=release.url,
        keywords=", ".join(release.keywords.split()),
        author=release.author,
        licence=release.licence,
    )
    (folder / "Chart.yaml").write_text(described)
    tarball(release, folder.parent, folder.name, release.dist / f"tmdb-mcp_{release.version}_helm.tgz")


def _kustomize(release: Release, made: dict[str, str], folder: Path) -> None:
    base = {name: text for name, text in made.items() if name != "secret.yaml"}
    (folder / "base").mkdir(parents=True)
    for name, text in base.items():
        (folder / "base" / name).write_text(text)
    listed = "".join(f"  - {name}\n" for name in base)
    (folder / "base" / "kustomization.yaml").write_text(KUSTOMIZATION + listed)
    copy(release.deploy / "kustomize" / "example.yaml", folder / "example" / "kustomization.yaml")
    tarball(release, folder.parent, folder.name, release.dist / f"{folder.name}.tar.gz")
    shutil.rmtree(folder)
