"""Proves what is said of an image, on its OCI image layout: the released program and what scanners look for, small,
without rights."""

from __future__ import annotations

import gzip
import io
import json
import stat
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from packages import expected
from release import Platform, Release

# At most that much of an image, in bytes: on disk, and to pull. The instructions of some take more.
UNPACKED_MAX = defaultdict(lambda: 2_300_000, armv6=2_800_000, i386=2_800_000)
PULLED_MAX = defaultdict(lambda: 1_220_000, armv6=1_400_000, riscv64=1_250_000, i386=1_400_000)

FILES = """\
drwxr-xr-x 0/0 etc
-rw-r--r-- 0/0 etc/debian_version
-rw-r--r-- 0/0 etc/group
-rw-r--r-- 0/0 etc/os-release
-rw-r--r-- 0/0 etc/passwd
drwxr-xr-x 0/0 home
drwxr-xr-x 65532/65532 home/tmdb-mcp
drwxr-xr-x 65532/65532 home/tmdb-mcp/.tmdb-mcp
drwxrwxrwt 0/0 tmp
drwxr-xr-x 0/0 usr
drwxr-xr-x 0/0 usr/local
drwxr-xr-x 0/0 usr/local/bin
-rwxr-xr-x 0/0 usr/local/bin/tmdb-mcp
drwxr-xr-x 0/0 var
drwxr-xr-x 0/0 var/lib
drwxr-xr-x 0/0 var/lib/dpkg
drwxr-xr-x 0/0 var/lib/dpkg/status.d
"""
"""All files with their rights and owners, but for the records of the linked packages."""

PROGRAM = "usr/local/bin/tmdb-mcp"
KINDS = {tarfile.REGTYPE: stat.S_IFREG, tarfile.DIRTYPE: stat.S_IFDIR, tarfile.SYMTYPE: stat.S_IFLNK}


class Layout:
    """An image layout in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        [index] = json.loads((folder / "index.json").read_text())["manifests"]
        self._platforms = {
            "/".join(part for part in map(each["platform"].get, ("os", "architecture", "variant")) if part): each
            for each in json.loads(self.blob(index)).get("manifests", [])
        }

    def blob(self, descriptor: dict[str, Any]) -> bytes:
        return (self._folder / "blobs" / descriptor["digest"].replace(":", "/")).read_bytes()

    def __getitem__(self, platform: Platform) -> dict[str, Any] | None:
        """The descriptor of its manifest."""
        return self._platforms.get(platform.image)


class Check:
    """Of one platform of an image. The first flaw ends the program."""

    def __init__(self, release: Release, layout: Layout, name: str, platform: Platform) -> None:
        self._release, self._platform = release, platform
        self._about = f"{name} for {platform.image}"
        descriptor = layout[platform]
        if descriptor is None:
            self._fail("there is none")
        self.digest = descriptor["digest"]
        manifest = json.loads(layout.blob(descriptor))
        self._config = json.loads(layout.blob(manifest["config"]))
        layers = [gzip.decompress(layout.blob(layer)) for layer in manifest["layers"]]
        self._check_files(layers)
        self.unpacked = sum(map(len, layers))
        if self.unpacked > (limit := UNPACKED_MAX[platform.name]):
            self._fail(f"it has {self.unpacked} bytes, more than {limit}")
        parts = (descriptor, manifest["config"], *manifest["layers"])
        self.pulled = sum(part["size"] for part in parts)
        if self.pulled > (limit := PULLED_MAX[platform.name]):
            self._fail(f"{self.pulled} bytes have to be pulled, more than {limit}")
        self._check_settings()

    def _fail(self, words: str, *hints: str) -> None:
        raise SystemExit("".join([f"error: {self._about}: {words}", *(f"\n       {hint}" for hint in hints)]))

    def _same(self, what: str, expected: object, found: object) -> None:
        if expected != found:
            hints = (f"expected: {json.dumps(expected)}", f"found:    {json.dumps(found)}")
            self._fail(f"{what} is not as it should be", *hints)

    def _check_files(self, layers: list[bytes]) -> None:
        texts = {
            name.replace("status.d/", "var/lib/dpkg/status.d/"): text
            for name, text in expected(self._release, self._platform).items()
        }
        lines, contents = [], {}
        for content in layers:
            with tarfile.open(fileobj=io.BytesIO(content)) as layer:
                for file in layer:
                    rights = stat.filemode(KINDS.get(file.type, stat.S_IFCHR) | file.mode)
                    lines.append(f"{rights} {file.uid}/{file.gid} {file.name}")
                    contents[file.name] = layer.extractfile(file).read() if file.isreg() else None
        all_lines = [*FILES.splitlines(), *(f"-rw-r--r-- 0/0 {name}" for name in texts if name.startswith("var/"))]
        more, fewer = sorted(set(lines) - set(all_lines)), sorted(set(all_lines) - set(lines))
        if more or fewer or len(lines) != len(all_lines):
            hints = [*(f"missing: {line}" for line in fewer), *(f"found:   {line}" for line in more)]
            self._fail("the list of its files is not as it should be", *hints)
        if contents[PROGRAM] != self._release.program(self._platform).read_bytes():
            self._fail("its program is not the released one")
        for name, text in texts.items():
            self._same(name, text, contents[name].decode(errors="replace"))

    def _check_settings(self) -> None:
        release, config = self._release, self._config["config"]
        self._same("its user", "65532:65532", config.get("User"))
        self._same("its entry point", ["/usr/local/bin/tmdb-mcp"], config.get("Entrypoint"))
        self._same("its command", None, config.get("Cmd"))
        self._same("its port", ["8910/tcp"], list(config.get("ExposedPorts", {})))
        self._same("its stop signal", "SIGTERM", config.get("StopSignal"))
        health = ["CMD", "/usr/local/bin/tmdb-mcp", "healthcheck"]
        self._same("its health check", health, config.get("Healthcheck", {}).get("Test"))
        # No key, no token: these variables and no others.
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        self._same("its environment", [path, "HOME=/home/tmdb-mcp", "SERVER_SSE_HOST=::"], config.get("Env"))
        history = [each.get("created_by") for each in self._config["history"]]
        self._same("its history", ["Dockerfile.scratch"], history)
        labels = dict(config.get("Labels", {}))
        name = labels.pop("io.modelcontextprotocol.server.name", None)
        self._same("the label of the MCP registry", release.mcp_name, name)
        for label, text in {
            "title": release.title,
            "description": release.summary,
            "source": release.url,
            "url": release.url,
            "documentation": f"{release.url}#readme",
            "licenses": release.licence,
            "version": release.version,
            "revision": release.revision,
            "created": self._config["created"],
        }.items():
            self._same(f"the label {label}", text, labels.get(f"org.opencontainers.image.{label}"))
