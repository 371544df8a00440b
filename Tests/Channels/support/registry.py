"""Registries on the loopback: what Python's index, npm's registry, a plain web server and a registry of images serve of
a folder of files, as their clients ask for it."""

from __future__ import annotations

import base64
import hashlib
import json
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote


class Registry:
    """`sent` counts the bytes of all answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sent = 0
        self._npm = [package for path in sorted(folder.glob("*_npm_*.tgz")) for package in [_package(path)]]
        registry = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Docker tries TLS first, and goes on without it where the answer is HTTP's.
            default_request_version = "HTTP/1.1"

            def do_GET(self) -> None:
                found = registry.answer(unquote(self.path.partition("?")[0]))
                content, kind = found or (b"not here\n", "text/plain")
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)
                    registry.sent += len(content)

            do_HEAD = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Registry:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, path: str) -> tuple[bytes, str] | None:
        """What is at a path, and its type."""
        if path == "/simple/tmdb-mcp/":
            wheels = sorted(self.folder.glob("*.whl"))
            links = [
                f'<a href="/files/{one.name}#sha256={_sum(one.read_bytes())}" '
                f'data-core-metadata="sha256={_sum(_metadata(one))}">{one.name}</a>'
                for one in wheels
            ]
            return "<!DOCTYPE html>\n".encode() + "\n".join(links).encode(), "text/html"
        if path.endswith(".whl.metadata"):
            wheel = self.folder / path.removeprefix("/files/").removesuffix(".metadata")
            return (_metadata(wheel), "text/plain") if wheel in self.folder.iterdir() else None
        if path.startswith("/v2/"):
            return self._of_images(path)
        if path.startswith("/files/"):
            file = (self.folder / path.removeprefix("/files/")).resolve()
            inside = file.is_relative_to(self.folder.resolve()) and file.is_file()
            return (file.read_bytes(), "application/octet-stream") if inside else None
        if packages := [one for one in self._npm if f"/{one['name']}" == path]:
            return json.dumps(self._packument(packages[0])).encode(), "application/json"
        return None

    def _of_images(self, path: str) -> tuple[bytes, str] | None:
        """By its tag or its digest, of the OCI image layout in the folder."""
        if path == "/v2/":
            return b"{}", "application/json"
        (index,) = json.loads((self.folder / "index.json").read_text())["manifests"]
        digest = path.rpartition("/")[2] if "sha256:" in path else index["digest"]
        blob = self.folder / "blobs" / digest.replace(":", "/")
        if not blob.is_file():
            return None
        content = blob.read_bytes()
        described = "/manifests/" in path
        return content, json.loads(content)["mediaType"] if described else "application/octet-stream"

    def _packument(self, package: dict[str, Any]) -> dict[str, Any]:
        file = self.folder / package["file"]
        integrity = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
        dist = {"tarball": f"{self.url}/files/{file.name}", "integrity": f"sha512-{integrity}"}
        version = package["version"]
        return {
            "name": package["name"], "dist-tags": {"latest": version}, "versions": {version: package | {"dist": dist}},
        }  # fmt: skip


def _package(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile("package/package.json")) | {"file": path.name}


def _metadata(wheel: Path) -> bytes:
    """What the index serves beside a wheel, so that nobody fetches all of it to look into it."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return archive.read(name)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
