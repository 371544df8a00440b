"""Images for the tests, and Compose projects in folders of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from places import DEPLOY, ROOT, run

BUILD_DEADLINE = 600.0

REGISTRY = "deploy-tests.example"
"""What the names of images begin with; nothing is pulled from there."""


def docker(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return run("docker", *arguments, **options)


def docker_environment() -> dict[str, str]:
    """What the docker command itself needs of the environment."""
    return {name: value for name, value in os.environ.items() if name.startswith("DOCKER") or name == "PATH"}


def unique(name: str) -> str:
    """A name that no other run of these tests has."""
    return f"tmdb-mcp-deploy-{name}-{uuid.uuid4().hex[:8]}"


@dataclass(frozen=True)
class Network:
    """A network of the tests' own. Containers in it reach this machine at the gateway."""

    name: str
    gateway: str


@contextmanager
def network() -> Iterator[Network]:
    name = unique("network")
    docker("network", "create", name)
    try:
        (made,) = json.loads(docker("network", "inspect", name).stdout)
        yield Network(name, made["IPAM"]["Config"][0]["Gateway"])
    finally:
        docker("network", "rm", name)


@contextmanager
def image() -> Iterator[str]:
    """The image that `make image` makes of the released program."""
    tag = unique("image")
    run("make", "--directory", ROOT, "image", f"REGISTRY={REGISTRY}", f"TAG={tag}", timeout=BUILD_DEADLINE)
    try:
        yield f"{REGISTRY}/tmdb-mcp:{tag}"
    finally:
        docker("image", "rm", "--force", f"{REGISTRY}/tmdb-mcp:{tag}")
        (ROOT / ".build" / "images" / f"tmdb-mcp-{tag}.oci.tar").unlink()


def import_python(tag: str, folder: Path) -> None:
    """An image with this machine's Python and the libraries that it is linked with."""
    version = f"python{sysconfig.get_python_version()}"
    home = Path(sys.base_prefix)
    program = (home / "bin" / version).resolve()
    library = Path(sysconfig.get_path("stdlib", vars={"installed_base": str(home), "base": str(home)}))
    linked = set()
    for part in (program, *library.glob("lib-dynload/*.so")):
        words = run("ldd", part, ok=False).stdout.split()
        linked |= {word for word in words if word.startswith("/") and Path(word).is_file()}
    archive = folder / "python.tar"
    with tarfile.open(archive, "w") as tar:
        tar.add(program, program)
        tar.add(library, library, filter=_without_tests)
        for path in sorted(linked):
            tar.add(os.path.realpath(path), path)
        link = tarfile.TarInfo("usr/bin/python3")
        link.type, link.linkname = tarfile.SYMTYPE, str(program)
        tar.addfile(link)
    # A tag of the tests' own stands for an image that they cannot pull.
    docker("import", "--change", "ENV PATH=/usr/bin", archive, tag, timeout=BUILD_DEADLINE)
    archive.unlink()


def _without_tests(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    left_out = {"test", "tests", "site-packages", "dist-packages", "idlelib", "tkinter", "__pycache__", "ensurepip"}
    parts = set(Path(member.name).parts)
    return None if parts & left_out or Path(member.name).suffix == ".a" else member


class Compose:
    """A folder with files of release/deploy, as a user has them, and the project that Compose makes of it. `shell` is
    what Compose sees of the user's environment."""

    def __init__(self, folder: Path, image: str, *files: str, **settings: str) -> None:
        self.folder = folder
        self.name = unique("project")
        for file in files or ("compose.yaml",):
            shutil.copy(DEPLOY / file, folder)
        self.shell = docker_environment() | {"HOME": str(folder), "TMDB_MCP_IMAGE": image}
        (self.folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))

    def __call__(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        options = {"cwd": self.folder, "env": self.shell} | options
        return docker("compose", "--project-name", self.name, *arguments, **options)

    def up(self, **options: Any) -> subprocess.CompletedProcess[str]:
        return self("up", "--detach", "--wait", "--wait-timeout", "60", **options)

    def configuration(self) -> dict[str, Any]:
        return json.loads(self("config", "--format", "json").stdout)

    def container(self, service: str = "tmdb-mcp") -> dict[str, Any]:
        """What `docker inspect` tells."""
        (found,) = json.loads(docker("inspect", self("ps", "--all", "--quiet", service).stdout.strip()).stdout)
        return found

    @property
    def published(self) -> list[dict[str, str]]:
        """Where the engine takes connections for the server: HostIp and HostPort of each place."""
        return self.container()["NetworkSettings"]["Ports"]["8910/tcp"]

    @property
    def url(self) -> str:
        return f"http://{self('port', 'tmdb-mcp', '8910').stdout.strip()}/mcp"

    @property
    def logs(self) -> str:
        done = self("logs", "--no-color", "--no-log-prefix", ok=False)
        return done.stdout + done.stderr

    def down(self) -> None:
        self("down", "--volumes", "--remove-orphans", "--timeout", "20", ok=False)
