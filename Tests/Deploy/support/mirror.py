"""A release on the loopback, and machines that install from it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from places import DEPLOY, run

INSTALLER = DEPLOY / "install.sh"
PLATFORMS = ("amd64", "arm64", "armv7", "armv6", "riscv64", "i386")
SHELLS = {"dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}
TOOLS = (
    "awk", "cat", "chmod", "cp", "curl", "cut", "getconf", "grep", "mkdir", "mktemp", "mv", "od", "rm", "sha256sum",
    "tail", "uname",
)  # fmt: skip
"""What a machine has, unless a test says otherwise."""


class Mirror:
    """A folder of a release: for each platform a program that tells what it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for platform in PLATFORMS:
            self.program(platform).write_text(f"#!/bin/sh\necho tmdb-mcp 9.9.9 for {platform}\n")
        self.write_sums()
        handler = partial(_Quiet, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def program(self, platform: str) -> Path:
        return self.folder / f"tmdb-mcp-linux-{platform}"

    @property
    def sums(self) -> Path:
        return self.folder / "SHA256SUMS"

    def write_sums(self) -> None:
        programs = sorted(self.folder.glob("tmdb-mcp-linux-*"))
        self.sums.write_text("".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in programs))

    def sign(self, keys: Path) -> str:
        """Signs SHA256SUMS with a new key, and returns the public one."""
        keys.mkdir()
        run("minisign", "-G", "-W", "-p", keys / "public", "-s", keys / "secret")
        run("minisign", "-S", "-s", keys / "secret", "-m", self.sums, "-t", "tmdb-mcp 9.9.9")
        return (keys / "public").read_text().splitlines()[-1]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Machine:
    """A home, and a PATH with nothing but some tools. `shell` is what runs the installer."""

    def __init__(self, folder: Path, shell: str, mirror: Mirror) -> None:
        self.home = folder / "home with a blank"
        self.tools = folder / "tools"
        self.temporary = folder / "temporary"
        for place in (self.home, self.tools, self.temporary):
            place.mkdir()
        self.shell = [shutil.which(SHELLS[shell][0]), *SHELLS[shell][1:]]
        self.mirror = mirror
        self.variables: dict[str, str] = {}
        for tool in TOOLS:
            self.add(tool)
        self.fake("uname", 'case $1 in -s) echo Linux ;; *) echo x86_64 ;; esac')

    @property
    def program(self) -> Path:
        return self.home / ".local" / "bin" / "tmdb-mcp"

    def add(self, tool: str) -> None:
        (self.tools / tool).symlink_to(shutil.which(tool))

    def remove(self, tool: str) -> None:
        (self.tools / tool).unlink()

    def fake(self, tool: str, script: str) -> None:
        place = self.tools / tool
        place.unlink(missing_ok=True)
        place.write_text(f"#!/bin/sh\n{script}\n")
        place.chmod(0o755)

    def is_a(self, machine: str, bits: int = 64, system: str = "Linux") -> None:
        self.fake("uname", f"case $1 in -s) echo {system} ;; *) echo {machine} ;; esac")
        self.fake("getconf", f"echo {bits}")

    def install(self, *arguments: str, script: Path = INSTALLER, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.tools), "HOME": str(self.home), "TMPDIR": str(self.temporary), "BASE_URL": self.mirror.url,
        }  # fmt: skip
        environment |= self.variables | variables
        environment = {name: value for name, value in environment.items() if value}
        done = run(*self.shell, script, *arguments, ok=False, env=environment, cwd=self.home)
        assert os.listdir(self.temporary) == [], "something was left behind"
        return done

    def refuses(self, *words: str, arguments: tuple[str, ...] = (), **variables: str) -> None:
        """Asserts that it fails, says these words and installs nothing."""
        done = self.install(*arguments, **variables)
        assert done.returncode == 1, done.stderr
        for word in words:
            assert word in done.stderr
        assert list(self.home.rglob("*tmdb-mcp*")) == []
