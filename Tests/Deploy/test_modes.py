"""Whatever keeps a server running says its mode: left to `auto`, one that is started on pipes would serve no HTTP."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from places import DEPLOY, DIST


def texts(part: Any) -> list[str]:
    """All texts in a document, and its pairs of name and value."""
    if isinstance(part, dict):
        pair = [f"{part['name']}={part['value']}"] if {"name", "value"} <= part.keys() else []
        flat = [f"{name}={value}" for name, value in part.items() if isinstance(value, str)]
        return pair + flat + [text for each in part.values() for text in texts(each)]
    if isinstance(part, list):
        return [text for each in part for text in texts(each)]
    return [part] if isinstance(part, str) else []


@pytest.mark.parametrize("name", ["compose.yaml", "stack.yaml", "kubernetes.yaml"])
def test_containers_that_stay_serve_http(name: str) -> None:
    found = [text for one in yaml.safe_load_all((DIST / name).read_text()) for text in texts(one)]
    assert [text for text in found if text.startswith("SERVER_MODE=")] == ["SERVER_MODE=sse"]


def test_the_service_serves_http() -> None:
    (command,) = re.findall("^ExecStart=(.*)$", (DIST / "tmdb-mcp.service").read_text(), re.MULTILINE)
    assert command.endswith("tmdb-mcp --server-mode sse")


@pytest.mark.parametrize("path", sorted((DEPLOY / "clients").glob("*.json")), ids=lambda path: path.name)
def test_what_a_client_starts_serves_it_alone(path) -> None:
    found = texts(json.loads(path.read_text()))
    if "-http" not in path.name:
        assert found[found.index("--server-mode") + 1] == "stdio"
