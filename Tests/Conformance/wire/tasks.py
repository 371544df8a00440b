"""The form of a task (the extension io.modelcontextprotocol/tasks, Tasks and Task Status)."""

from __future__ import annotations

import re
from typing import Any

from harness.messages import META

EXTENSION = META + "tasks"

ENDED = ("completed", "failed", "cancelled")
"""The states that a task never leaves."""

# What the state of a task adds to it when it is asked for; the answer to the call adds nothing.
_ADDED = {"input_required": "inputRequests", "completed": "result", "failed": "error"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_REQUIRED = {"resultType", "taskId", "status", "createdAt", "lastUpdatedAt", "ttlMs"}
_OPTIONAL = {"statusMessage", "pollIntervalMs", "_meta"}


def check(task: dict[str, Any], kind: str = "task") -> None:
    """Asserts that it is one, with what its state adds and nothing else; `kind` is its `resultType`."""
    assert task["status"] in ("working", "input_required") + ENDED, task
    added = _ADDED.get(task["status"]) if kind == "complete" else None
    required = _REQUIRED | ({added} if added else set())
    assert required <= set(task) <= required | _OPTIONAL, task
    assert task["resultType"] == kind, task
    assert isinstance(task["taskId"], str) and task["taskId"], task
    assert _TIME.fullmatch(task["createdAt"]) and _TIME.fullmatch(task["lastUpdatedAt"]), task
    assert task["createdAt"] <= task["lastUpdatedAt"], task
    for name in ("ttlMs", "pollIntervalMs"):
        assert task.get(name) is None or (type(task[name]) is int and task[name] > 0), task
    if added:
        assert isinstance(task[added], dict), task
