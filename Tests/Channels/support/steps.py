"""What a newcomer does for each channel, from nothing to the first answer. All of it comes from the release, as a
server on the loopback sends it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from places import DIST, PIP, PLATFORM, VERSION
from standin import API_KEY

from .names import DEBIAN, RPM
from .newcomer import Newcomer, chroot
from .registry import Registry

QUESTION = ("call", "search", "query=matrix")


@dataclass(frozen=True)
class World:
    """`debian` is the root of a machine with the tools of its system, and nothing of ours but the file that names the
    apt repository."""

    newcomer: Newcomer
    registry: Registry
    debian: Path

    def inside(self, *command: str, **variables: str) -> str:
        settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": self.newcomer.tmdb}
        return chroot(self.debian, *command, **settings | variables).stdout

    def fetch(self, name: str) -> None:
        self.inside("curl", "--fail", "--silent", "--output", f"/root/{name}", f"{self.registry.url}/files/{name}")


def uvx(world: World) -> str:
    settings = {"UV_DEFAULT_INDEX": f"{world.registry.url}/simple", "UV_PYTHON": sys.executable}
    return world.newcomer.run("uvx", "tmdb-mcp", *QUESTION, **settings).stdout


def pip(world: World) -> str:
    place = world.newcomer.home / "venv"
    world.newcomer.run(sys.executable, "-m", "venv", "--without-pip", place)
    pip = (PIP, "--python", place / "bin" / "python", "--disable-pip-version-check")
    world.newcomer.run(*pip, "install", "--isolated", "--index-url", f"{world.registry.url}/simple", "tmdb-mcp")
    return world.newcomer.run(place / "bin" / "tmdb-mcp", *QUESTION).stdout


def npx(world: World) -> str:
    settings = {"npm_config_registry": world.registry.url, "npm_config_update_notifier": "false"}
    return world.newcomer.run("npx", "--yes", "@tmdb-mcp/server", *QUESTION, **settings).stdout


def apt(world: World) -> str:
    options = ("-o", "APT::Sandbox::User=root", "-o", "Acquire::http::Proxy=false")
    world.inside("apt-get", *options, "update")
    world.inside("apt-get", *options, "install", "--yes", "tmdb-mcp")
    return world.inside("tmdb-mcp", *QUESTION)


def deb(world: World) -> str:
    name = f"tmdb-mcp_{VERSION}_{DEBIAN[PLATFORM]}.deb"
    world.fetch(name)
    world.inside("dpkg", "--install", f"/root/{name}")
    return world.inside("tmdb-mcp", *QUESTION)


def rpm(world: World) -> str:
    name = f"tmdb-mcp_{VERSION}_{RPM[PLATFORM]}.rpm"
    world.fetch(name)
    world.inside("rpm", "--install", "--force-debian", "--nodeps", f"/root/{name}")
    return world.inside("tmdb-mcp", *QUESTION)


def install_sh(world: World) -> str:
    world.fetch("install.sh")
    world.inside("sh", "/root/install.sh", BASE_URL=f"{world.registry.url}/files")
    return world.inside("/root/.local/bin/tmdb-mcp", *QUESTION)


def archive(world: World) -> str:
    name = f"tmdb-mcp_{VERSION}_linux_{PLATFORM}"
    world.fetch(f"{name}.tar.gz")
    world.inside("tar", "--extract", "--directory=/root", f"--file=/root/{name}.tar.gz")
    return world.inside(f"/root/{name}/tmdb-mcp", *QUESTION)


def bundle(world: World) -> str:
    name = f"tmdb-mcp_{VERSION}_linux.mcpb"
    world.fetch(name)
    unpacked = world.debian / "root" / "bundle"
    shutil.unpack_archive(world.debian / "root" / name, unpacked, "zip")
    subprocess.run(["chmod", "-R", "+x", unpacked / "server"], check=True)
    return world.inside("/root/bundle/server/tmdb-mcp", *QUESTION)


@dataclass(frozen=True)
class Engine:
    """A Docker engine as a person has it, with nothing pulled. `image` is what a registry calls the release's.
    Containers in `network` reach the stand-in for TMDB at `tmdb`."""

    newcomer: Newcomer
    registry: Registry
    image: str
    network: str
    tmdb: str

    @property
    def variables(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name.startswith("DOCKER")}
        return own | {"TMDB_BASE_URL": self.tmdb, "PATH": os.environ["PATH"]}

    def run(self, *command: str, **variables: str) -> str:
        return self.newcomer.run("docker", *command, **self.variables | variables).stdout


def docker(engine: Engine) -> str:
    passed = ("--env", "TMDB_API_KEY", "--env", "TMDB_BASE_URL", "--network", engine.network)
    command = ("docker", "run", "--rm", "--interactive", *passed, engine.image)
    return " ".join(engine.newcomer.asks(*command, **engine.variables))


def compose(engine: Engine) -> str:
    folder = engine.newcomer.home
    shutil.copy(DIST / "compose.yaml", folder)
    # Where the tests differ: the stand-in, and a free port.
    (folder / ".env").write_text(f"TMDB_BASE_URL={engine.tmdb}\nSERVER_SSE_PORT=0\n")
    networks = {"networks": {"default": {"name": engine.network, "external": True}}}
    (folder / "compose.override.yaml").write_text(json.dumps(networks))
    settings = {"TMDB_MCP_IMAGE": engine.image, "SSE_TOKEN": "a-token-of-a-test"}
    try:
        engine.run("compose", "up", "--detach", "--wait", **settings)
        return engine.run("compose", "exec", "-T", "tmdb-mcp", "tmdb-mcp", *QUESTION, **settings)
    finally:
        engine.run("compose", "down", "--volumes", **settings)


ENGINES: dict[str, Callable[[Engine], str]] = {"Docker": docker, "Docker Compose": compose}

STEPS: dict[str, Callable[[World], str]] = {
    "uvx": uvx, "pip": pip, "npx": npx, "apt": apt, "Debian package": deb, "RPM": rpm, "install.sh": install_sh,
    "archive": archive, "MCP bundle": bundle,
}  # fmt: skip
