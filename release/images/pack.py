"""Makes an OCI archive of a Dockerfile that copies files, with one small layer a platform.

    pack.py ARCHIVE --dockerfile FILE --programs FOLDER --name NAME --epoch SECONDS [--argument NAME=VALUE…] PLATFORM…

Without an archive, "-", it only tells the digests: one line for the index, one for each platform. The same files and
settings give the same digests: files are sorted and dated, and nothing is said of the tools. Layers are gzip, which
every version of Docker takes, from zopfli, which makes them 3 % smaller than gzip does, and the same everywhere.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import datetime
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import dockerfile

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
    """Takes seconds, so what was made before is kept under the digest of what it was made of."""
    place = kept / f"{hashlib.sha256(' '.join(ZOPFLI).encode() + tar).hexdigest()}.gz"
    if place.exists() and is_gzip_of(place.read_bytes(), tar):
        return place.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tar").write_bytes(tar)
        small = subprocess.run([*ZOPFLI, "tar"], cwd=folder, stdout=subprocess.PIPE, check=True).stdout
    if not is_gzip_of(small, tar):
        raise SystemExit("error: zopfli made something else of a layer")
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept, delete=False) as unfinished:
        unfinished.write(small)
    Path(unfinished.name).replace(place)
    return small


def is_gzip_of(small: bytes, content: bytes) -> bool:
    try:
        return gzip.decompress(small) == content
    except (OSError, EOFError):
        return False


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

    def write(self, path: Path, epoch: int) -> None:
        unfinished = path.with_suffix(".new")
        with tarfile.open(unfinished, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            # Syft does not find what lies in folders that have no entry.
            for name in ("blobs", "blobs/sha256"):
                folder = tarfile.TarInfo(name)
                folder.type, folder.mtime, folder.mode = tarfile.DIRTYPE, epoch, 0o755
                archive.addfile(folder)
            for name, content in sorted(self.files.items()):
                file = tarfile.TarInfo(name)
                file.size, file.mtime, file.mode = len(content), epoch, 0o644
                archive.addfile(file, io.BytesIO(content))
        unfinished.replace(path)


def platform_of(name: str) -> dict[str, str]:
    return dict(zip(("os", "architecture", "variant"), name.split("/")))


def pack(stage: dockerfile.Stage, name: str, created_by: str, small: bytes, tar: bytes, epoch: int, archive: Archive):
    """Adds one platform; returns its descriptor for the index."""
    created = datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    config = {
        **platform_of(name),
        "config": stage.config,
        "created": created,
        "history": [{"created": created, "created_by": created_by}],
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(tar).hexdigest()]},
    }
    content = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": archive.add(CONFIG, encode(config)),
        "layers": [archive.add(LAYER, small)],
    }
    described = {**archive.add(MANIFEST, encode(content)), "platform": platform_of(name)}
    pulled = described["size"] + content["config"]["size"] + len(small)
    print(f"  {name}: {len(tar)} bytes, {pulled} to pull, {described['digest']}", file=sys.stderr)
    return described


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("archive")
    parser.add_argument("platforms", nargs="+")
    parser.add_argument("--dockerfile", type=Path, required=True)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--epoch", type=int, required=True)
    parser.add_argument("--argument", action="append", default=[])
    given = parser.parse_args()
    root = given.dockerfile.parent
    stages = {}
    for name in sorted(given.platforms):
        platform = platform_of(name)
        arguments = dict(pair.split("=", 1) for pair in given.argument)
        arguments |= {"TARGETARCH": platform["architecture"], "TARGETVARIANT": platform.get("variant", "")}
        stages[name] = dockerfile.read(given.dockerfile, arguments, {"": root, "programs": given.programs})
    tars = [layer(stage.files, given.epoch) for stage in stages.values()]
    kept = Path(os.environ.get("KEPT_LAYERS") or root / ".build" / "images" / "layers")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        smalls = list(pool.map(lambda tar: compress(tar, kept), tars))
    archive = Archive()
    packed = [
        pack(stage, name, given.dockerfile.name, small, tar, given.epoch, archive)
        for (name, stage), tar, small in zip(stages.items(), tars, smalls)
    ]
    labels = next(iter(stages.values())).config["Labels"]
    index = {
        "schemaVersion": 2,
        "mediaType": INDEX,
        "manifests": packed,
        # Registries look for the description of an image with several platforms here.
        "annotations": {name: text for name, text in labels.items() if name.startswith("org.opencontainers.image.")},
    }
    described = archive.add(INDEX, encode(index))
    print(f"  {given.name}: {described['digest']}", file=sys.stderr)
    if given.archive == "-":
        print(f"{described['digest']}  {given.name}")
        for name, each in zip(stages, packed):
            print(f"{each['digest']}  {given.name} {name}")
        return
    tag = given.name.rpartition(":")[2]
    described["annotations"] = {"io.containerd.image.name": given.name, "org.opencontainers.image.ref.name": tag}
    archive.files["index.json"] = encode({"schemaVersion": 2, "mediaType": INDEX, "manifests": [described]})
    archive.write(Path(given.archive), given.epoch)


if __name__ == "__main__":
    main()
