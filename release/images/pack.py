#!/usr/bin/env python3
"""Packs what buildx or buildah built: an OCI archive with one small layer a platform.

    pack.py LAYOUT ARCHIVE --dockerfile FILE --name NAME --epoch SECONDS

The same files and settings give the same digests, whichever tool of whichever version built them: files are sorted and
dated, the layers of a platform become one, and what tools say of themselves is left out. Layers are gzip, which every
version of Docker takes, from libdeflate-gzip, which makes them 5 % smaller than buildx does.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import hashlib
import io
import json
import re
import subprocess
import tarfile
from pathlib import Path
from typing import Any

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"

# What of a configuration says how to run a container.
KEPT = ("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "WorkingDir", "Labels", "StopSignal", "Healthcheck")
UNITS = {"ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000}


class Layout:
    """An OCI image layout: a folder of blobs, each under its digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def blob(self, descriptor: dict[str, Any]) -> bytes:
        algorithm, _, digest = descriptor["digest"].partition(":")
        return (self.folder / "blobs" / algorithm / digest).read_bytes()

    def manifests(self) -> list[dict[str, Any]]:
        """One a platform, in an order of their own; indexes within the index are looked into."""
        found, waiting = [], json.loads((self.folder / "index.json").read_bytes())["manifests"]
        while waiting:
            descriptor = waiting.pop()
            content = json.loads(self.blob(descriptor))
            if "manifests" in content:
                waiting += content["manifests"]
            else:
                found.append((content, json.loads(self.blob(content["config"]))))
        return [manifest for manifest, config in sorted(found, key=lambda each: each[1]["architecture"])]


def nanoseconds(time: str) -> int:
    return sum(int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)(ms|s|m)", time))


def health_check(dockerfile: Path) -> dict[str, Any]:
    """What buildah leaves out, since OCI has no word for it; Docker looks for it all the same."""
    text = dockerfile.read_text().replace("\\\n", "")
    [(options, command)] = re.findall(r"^HEALTHCHECK (.*) CMD (\[.*\])$", text, re.MULTILINE)
    check: dict[str, Any] = {"Test": ["CMD", *json.loads(command)]}
    for name, time in re.findall(r"--(\S+)=(\S+)", options):
        check["".join(word.capitalize() for word in name.split("-"))] = nanoseconds(time)
    return check


def layer(layout: Layout, manifest: dict[str, Any], epoch: int) -> bytes:
    """All layers of a platform as one tar archive."""
    files: dict[str, tuple[tarfile.TarInfo, bytes]] = {}
    for descriptor in manifest["layers"]:
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(layout.blob(descriptor)))) as archive:
            for member in archive:
                if not (member.isdir() or member.isreg()) or Path(member.name).name.startswith(".wh."):
                    raise SystemExit(f"error: the image holds {member.name}, which is neither file nor folder")
                content = archive.extractfile(member)
                files[member.name.rstrip("/")] = member, content.read() if content else b""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (member, content) in sorted(files.items()):
            clean = tarfile.TarInfo(name)
            clean.type, clean.mode, clean.size, clean.mtime = member.type, member.mode, len(content), epoch
            clean.uid, clean.gid = member.uid, member.gid
            archive.addfile(clean, io.BytesIO(content))
    return packed.getvalue()


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
            for name, content in sorted(self.files.items()):
                file = tarfile.TarInfo(name)
                file.size, file.mtime, file.mode = len(content), epoch, 0o644
                archive.addfile(file, io.BytesIO(content))
        unfinished.replace(path)


def pack(
    layout: Layout, manifest: dict[str, Any], archive: Archive, dockerfile: Path, epoch: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Adds one platform; returns its descriptor for the index, and its labels."""
    built = json.loads(layout.blob(manifest["config"]))
    created = datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    settings = {name: built["config"][name] for name in KEPT if built["config"].get(name)}
    settings.setdefault("WorkingDir", "/")
    settings.setdefault("Healthcheck", health_check(dockerfile))
    platform = {name: built[name] for name in ("architecture", "os", "variant") if built.get(name)}
    tar = layer(layout, manifest, epoch)
    config = {
        **platform,
        "config": settings,
        "created": created,
        "history": [{"created": created, "created_by": dockerfile.name}],
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(tar).hexdigest()]},
    }
    small = subprocess.run(["libdeflate-gzip", "-12"], input=tar, stdout=subprocess.PIPE, check=True).stdout
    content = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": archive.add(CONFIG, encode(config)),
        "layers": [archive.add(LAYER, small)],
    }
    described = {**archive.add(MANIFEST, encode(content)), "platform": platform}
    name = "/".join(platform[word] for word in ("os", "architecture", "variant") if word in platform)
    pulled = described["size"] + content["config"]["size"] + len(small)
    print(f"  {name}: {len(tar)} bytes, {pulled} to pull, {described['digest']}")
    return described, settings.get("Labels", {})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("layout", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--dockerfile", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--epoch", type=int, required=True)
    given = parser.parse_args()
    layout, archive = Layout(given.layout), Archive()
    packed = [pack(layout, each, archive, given.dockerfile, given.epoch) for each in layout.manifests()]
    labels = packed[0][1]
    index = {
        "schemaVersion": 2,
        "mediaType": INDEX,
        "manifests": [described for described, _ in packed],
        # Registries look for the description of an image with several platforms here.
        "annotations": {name: text for name, text in labels.items() if name.startswith("org.opencontainers.image.")},
    }
    described = archive.add(INDEX, encode(index))
    tag = given.name.rpartition(":")[2]
    described["annotations"] = {"io.containerd.image.name": given.name, "org.opencontainers.image.ref.name": tag}
    archive.files["index.json"] = encode({"schemaVersion": 2, "mediaType": INDEX, "manifests": [described]})
    archive.write(given.archive, given.epoch)
    print(f"  {given.name}: {described['digest']}")


if __name__ == "__main__":
    main()
