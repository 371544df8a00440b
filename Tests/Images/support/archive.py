"""OCI archives whose image can be changed: where a flaw of an image is to be found, none has to be built."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class File:
    """A file or a folder of an image."""

    mode: int
    content: bytes | None = None
    user: int = 0


class Image:
    """The one image of an archive, taken apart."""

    def __init__(self, archive: Path) -> None:
        with tarfile.open(archive) as file:
            self._blobs = {member.name: file.extractfile(member).read() for member in file if member.isreg()}
        manifest = self._json("index.json")
        while "manifests" in manifest:
            [descriptor] = manifest["manifests"]
            manifest = self._named(descriptor)
        self.config = self._named(manifest["config"])
        self._platform = {name: self.config[name] for name in ("os", "architecture", "variant") if name in self.config}
        [layer] = manifest["layers"]
        self.files: dict[str, File] = {}
        with tarfile.open(fileobj=io.BytesIO(self._content(layer))) as tar:
            for member in tar:
                content = tar.extractfile(member)
                self.files[member.name] = File(member.mode, content.read() if content else None, member.uid)

    @property
    def settings(self) -> dict[str, Any]:
        return self.config["config"]

    def _content(self, descriptor: dict[str, Any]) -> bytes:
        return self._blobs["blobs/" + descriptor["digest"].replace(":", "/")]

    def _json(self, name: str) -> dict[str, Any]:
        return json.loads(self._blobs[name])

    def _named(self, descriptor: dict[str, Any]) -> dict[str, Any]:
        return json.loads(self._content(descriptor))

    def write(self, path: Path) -> Path:
        """An archive of the image as it is now."""
        blobs = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}

        def add(kind: str, content: bytes) -> dict[str, Any]:
            digest = hashlib.sha256(content).hexdigest()
            blobs[f"blobs/sha256/{digest}"] = content
            media_type = f"application/vnd.oci.image.{kind}"
            return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

        def add_json(kind: str, content: dict[str, Any]) -> dict[str, Any]:
            kind = f"{kind}.v1+json"
            return add(kind, json.dumps({"mediaType": f"application/vnd.oci.image.{kind}", **content}).encode())

        layer = io.BytesIO()
        with tarfile.open(fileobj=layer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, file in sorted(self.files.items()):
                member = tarfile.TarInfo(name)
                member.type = tarfile.DIRTYPE if file.content is None else tarfile.REGTYPE
                member.mode, member.uid, member.gid = file.mode, file.user, file.user
                member.size = len(file.content or b"")
                tar.addfile(member, io.BytesIO(file.content or b""))
        tar = layer.getvalue()
        self.config["rootfs"]["diff_ids"] = ["sha256:" + hashlib.sha256(tar).hexdigest()]
        layers = [add("layer.v1.tar+gzip", gzip.compress(tar))]
        config = add("config.v1+json", json.dumps(self.config).encode())
        manifest = add_json("manifest", {"schemaVersion": 2, "config": config, "layers": layers})
        index = add_json("index", {"schemaVersion": 2, "manifests": [{**manifest, "platform": self._platform}]})
        blobs["index.json"] = json.dumps({"schemaVersion": 2, "manifests": [index]}).encode()
        with tarfile.open(path, mode="w") as archive:
            for name in ("blobs", "blobs/sha256"):
                member = tarfile.TarInfo(name)
                member.type, member.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(member)
            for name, content in blobs.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return path
