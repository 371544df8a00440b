"""Makes an OCI image of a Dockerfile that copies files, with one small layer a platform.

The same files and settings give the same digests: files are sorted and dated, and nothing is said of the tools. Layers
are gzip, which every version of Docker takes, from zopfli, which makes them 3 % smaller than gzip does, and the same
everywhere.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import io
import json
import subprocess
import tarfile
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import dockerfile
from commands import compressed
from release import Platform, Release

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"

# More than 5 rounds make it 21 bytes smaller, and take three times as long.
ZOPFLI = ("zopfli", "-c", "--i5")


def layer(files: dict[str, dockerfile.File], epoch: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, file in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.type = tarfile.DIRTYPE if file.content is None else tarfile.REGTYPE
            entry.mode, entry.size, entry.mtime = file.mode, len(file.content or b""), epoch
            entry.uid, entry.gid = file.owner
            archive.addfile(entry, io.BytesIO(file.content or b""))
    return packed.getvalue()


def compress(tar: bytes, kept: Path) -> bytes:
    """Kept under the digest of what it was made of: each platform and version has its own."""

    def with_zopfli() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "tar").write_bytes(tar)
            return subprocess.run([*ZOPFLI, "tar"], cwd=folder, stdout=subprocess.PIPE, check=True).stdout

    digest = hashlib.sha256(" ".join(ZOPFLI).encode() + tar).hexdigest()
    return compressed(tar, kept / f"{digest}.gz", with_zopfli)


def encode(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


class Archive:
    """An OCI archive that is being written: an image layout in a tar file."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {"oci-layout": encode({"imageLayoutVersion": "1.0.0"})}

    def add(self, media_type: str, content: bytes) -> dict[str, Any]:
        digest = hashlib.sha256(content).hexdigest()
        self.files[f"blobs/sha256/{digest}"] = content
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

    def write(self, path: Path, epoch: int, more: dict[str, bytes]) -> None:
        unfinished = path.with_suffix(".new")
        with tarfile.open(unfinished, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            # Syft does not find what lies in folders that have no entry.
            for name in ("blobs", "blobs/sha256"):
                folder = tarfile.TarInfo(name)
                folder.type, folder.mtime, folder.mode = tarfile.DIRTYPE, epoch, 0o755
                archive.addfile(folder)
            for name, content in sorted({**self.files, **more}.items()):
                file = tarfile.TarInfo(name)
                file.size, file.mtime, file.mode = len(content), epoch, 0o644
                archive.addfile(file, io.BytesIO(content))
        unfinished.replace(path)


class Image:
    """One image for several platforms, and the archive of it."""

    def __init__(
        self,
        release: Release,
        programs: Path,
        platforms: list[Platform],
        *,
        name: str,
        kept: Path,
        time: datetime | None = None,
    ) -> None:
        """Packs it. `programs` is a folder that packages.programs has filled; `time` another one than the release's,
        and `kept` where what was compressed is kept."""
        self.name = name
        self._time = time or release.time
        self._archive = Archive()
        file = release.root / "Dockerfile.scratch"
        created = self._time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        arguments = {"VERSION": release.version, "REVISION": release.revision, "CREATED": created}
        contexts = {"": release.root, "programs": programs}
        stages = {}
        for platform in sorted(platforms, key=lambda platform: platform.image):
            words = platform_of(platform)
            target = {"TARGETARCH": words["architecture"], "TARGETVARIANT": words.get("variant", "")}
            stages[platform] = dockerfile.read(file, arguments | target, contexts)
        tars = [layer(stage.files, self._epoch) for stage in stages.values()]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            smalls = list(pool.map(lambda tar: compress(tar, kept / "layers"), tars))
        self.summary: list[str] = []
        history = [{"created": created, "created_by": file.name}]
        self._platforms = {}
        for (platform, stage), tar, small in zip(stages.items(), tars, smalls):
            config = {"config": stage.config, "created": created, "history": history}
            self._platforms[platform] = self._add(platform, config, tar, small)
        labels = next(iter(stages.values())).config["Labels"]
        index = {
            "schemaVersion": 2,
            "mediaType": INDEX,
            "manifests": list(self._platforms.values()),
            # Registries look for the description of an image with several platforms here.
            "annotations": {key: text for key, text in labels.items() if key.startswith("org.opencontainers.image.")},
        }
        self._index = self._archive.add(INDEX, encode(index))
        self.summary.append(f"  {name}: {self._index['digest']}")

    @property
    def _epoch(self) -> int:
        return int(self._time.timestamp())

    def _add(self, platform: Platform, config: dict[str, Any], tar: bytes, small: bytes) -> dict[str, Any]:
        """Adds one platform; returns its descriptor for the index."""
        words = platform_of(platform)
        rootfs = {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(tar).hexdigest()]}
        content = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self._archive.add(CONFIG, encode({**words, **config, "rootfs": rootfs})),
            "layers": [self._archive.add(LAYER, small)],
        }
        described = {**self._archive.add(MANIFEST, encode(content)), "platform": words}
        pulled = described["size"] + content["config"]["size"] + len(small)
        self.summary.append(f"  {platform.image}: {len(tar)} bytes, {pulled} to pull, {described['digest']}")
        return described

    def digests(self) -> str:
        """One line for the index, one for each platform."""
        lines = [f"{self._index['digest']}  {self.name}"]
        lines += [f"{each['digest']}  {self.name} {platform.image}" for platform, each in self._platforms.items()]
        return "".join(f"{line}\n" for line in lines)

    def write(self, path: Path) -> None:
        annotations = {
            "io.containerd.image.name": self.name,
            "org.opencontainers.image.ref.name": self.name.rpartition(":")[2],
        }
        manifests = [{**self._index, "annotations": annotations}]
        index = encode({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests})
        self._archive.write(path, self._epoch, {"index.json": index})


def platform_of(platform: Platform) -> dict[str, str]:
    return dict(zip(("os", "architecture", "variant"), platform.image.split("/")))
