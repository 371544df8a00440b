"""Docker and containers, as a user sees them."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from harness.messages import initialize

DEADLINE = 60
"""Seconds in which a container must have got to where a test waits for it."""

MARK = f"tmdb-mcp-image-tests-{os.getpid()}"
"""The label of this run's containers, and the first part of its images' names."""


def docker(*arguments: object, code: int = 0, **options: Any) -> str:
    """What a docker command prints; it must end with that status."""
    done = subprocess.run(["docker", *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout.strip()


class Container:
    """A container in the background, gone at the end of the `with`."""

    def __init__(self, image: str, *arguments: str, options: tuple[str, ...] = ()) -> None:
        self.started = time.monotonic()
        self.name = f"{MARK}-{uuid.uuid4().hex[:12]}"
        published = ("--publish", "127.0.0.1::8910")
        docker("run", "--detach", "--name", self.name, "--label", MARK, *published, *options, image, *arguments)

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *_: object) -> None:
        docker("rm", "--force", "--volumes", self.name)

    def inspect(self) -> dict[str, Any]:
        return json.loads(docker("inspect", self.name))[0]

    @property
    def logs(self) -> str:
        done = subprocess.run(["docker", "logs", self.name], capture_output=True, text=True)
        return done.stdout + done.stderr

    @property
    def url(self) -> str:
        return "http://" + docker("port", self.name, "8910/tcp").splitlines()[0]

    def wait_until_healthy(self) -> float:
        """Seconds since it was asked for."""
        deadline = time.monotonic() + DEADLINE
        while (state := self.inspect()["State"])["Health"]["Status"] != "healthy":
            assert state["Running"] and time.monotonic() < deadline, f"{state}\n{self.logs}"
            time.sleep(0.01)
        return time.monotonic() - self.started

    def execute(self, *command: str, code: int = 0) -> str:
        return docker("exec", self.name, *command, code=code)

    def stop(self) -> tuple[int, float]:
        """The exit status on SIGTERM, and the seconds that it took."""
        began = time.monotonic()
        docker("stop", "--time", DEADLINE, self.name)
        return self.inspect()["State"]["ExitCode"], time.monotonic() - began


def ask(url: str, token: str, message: dict[str, Any], host: str | None = None) -> tuple[int, str]:
    """Posts a message to the server; its status and body."""
    headers = {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream", **({"Host": host} if host else {}),
    }  # fmt: skip
    request = urllib.request.Request(url, json.dumps(message).encode(), headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


INITIALIZE = initialize(1)
