"""A signed Debian mirror that a test makes and changes: two suites, small packages, and a server for them.

Every time in it is fixed, and its key does not expire: it is the same on every day.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import threading
from datetime import datetime
from pathlib import Path

from .platforms import output_of

BEFORE = "20260101T120000Z"
AFTER = "20260201T120000Z"
ARCHITECTURES = ("amd64", "arm64", "armhf", "i386", "riscv64")
SUITES = {"debian": "trixie", "debian-security": "trixie-security"}


def _spelled(time: str) -> str:
    """As in the Release file of a mirror."""
    return datetime.strptime(time, "%Y%m%dT%H%M%SZ").strftime("%a, %d %b %Y %H:%M:%S +0000")


class Key:
    """A key that signs, and the keyring that knows it."""

    def __init__(self, place: Path) -> None:
        # A socket's path has at most 108 bytes, and gpg has one in this folder.
        self._home = Path(output_of("mktemp", "--directory", "/tmp/gpg.XXXXXX").strip())
        self.keyring = place / f"{self._home.name}.gpg"
        self._gpg("--passphrase", "", "--quick-generate-key", "mirror@example.invalid", "ed25519", "sign", "never")
        self._gpg("--output", self.keyring, "--export")

    def _gpg(self, *arguments: object) -> None:
        # The key is made before anything is signed with it, whatever day it is.
        options = ("--batch", "--homedir", self._home, "--faked-system-time", "20250101T000000")
        output_of("gpg", *options, *arguments, stderr=None)

    def sign(self, text: Path, signed: Path) -> None:
        signed.unlink(missing_ok=True)
        self._gpg("--output", signed, "--clearsign", text)

    def __enter__(self) -> Key:
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["gpgconf", "--homedir", str(self._home), "--kill", "all"], check=True)
        # The agent removes its sockets while it ends, and `rm` takes a file that is gone already.
        subprocess.run(["rm", "--recursive", "--force", self._home], check=True)


class Mirror:
    """The folders debian and debian-security, as a mirror has them, and a server for them."""

    def __init__(self, place: Path, like: Mirror | None = None) -> None:
        self.root = place / "mirror"
        self._work = place / "packages"
        self._made = 0
        if like:
            shutil.copytree(like.root, self.root)
            self.key = like.key
        else:
            for archive in SUITES:
                (self.root / archive).mkdir(parents=True)
            self.key = Key(place)
        handler = functools.partial(_Handler, directory=str(self.root))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.asked: list[str] = []
        self._server.asked = self.asked
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Mirror:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def variables(self) -> dict[str, str]:
        """Those that let the SDK's builder use this mirror and nothing else."""
        return {
            "DEBIAN_MIRROR": f"{self.address}/debian",
            "DEBIAN_SECURITY_MIRROR": f"{self.address}/debian-security",
            "DEBIAN_KEYRING": str(self.key.keyring),
            "DEBIAN_ARCHIVE": "",
            "SDK_INPUTS": "",
            **{name: "127.0.0.1" for name in ("no_proxy", "NO_PROXY")},
        }

    def pool(self, source: str, archive: str = "debian") -> Path:
        within = "pool/updates/main" if archive == "debian-security" else "pool/main"
        return self.root / archive / within / source[0] / source

    def add(self, archive: str, source: str, version: str, *binaries: str, content: str = "") -> None:
        """Puts a source package into the pool, and packages of it, as package:architecture."""
        pool = self.pool(source, archive)
        pool.mkdir(parents=True, exist_ok=True)
        self._made += 1
        work = self._work / str(self._made)
        tree = work / f"{source}-{version}"
        (tree / "debian" / "source").mkdir(parents=True)
        (tree / "code.c").write_text(f"/* {source} {version} */\n")
        fields = "Architecture: any\nDescription: small\n of a test\n"
        (tree / "debian" / "control").write_text(
            f"Source: {source}\nSection: libs\nPriority: optional\nMaintainer: a test <test@example.invalid>\n"
            f"Standards-Version: 4.6.2\n\nPackage: {source}-dev\n{fields}"
        )
        (tree / "debian" / "changelog").write_text(
            f"{source} ({version}) trixie; urgency=low\n\n  * New.\n\n"
            f" -- a test <test@example.invalid>  {_spelled(BEFORE)}\n"
        )
        (tree / "debian" / "source" / "format").write_text("1.0\n")
        (tree / "debian" / "rules").write_text("#!/usr/bin/make -f\n")
        output_of("dpkg-source", "-sn", "--build", tree, cwd=pool)
        for binary in binaries:
            name, _, architecture = binary.partition(":")
            folder = work / f"{name}-{version}-{architecture}"
            (folder / "DEBIAN").mkdir(parents=True)
            (folder / "DEBIAN" / "control").write_text(
                f"Package: {name}\nSource: {source}\nVersion: {version}\nArchitecture: {architecture}\n"
                "Maintainer: a test <test@example.invalid>\nDescription: small\n of a test\n"
            )
            (folder / "content").write_text(content or f"{binary} {version}\n")
            bare = version.partition(":")[2] or version
            output_of("dpkg-deb", "--root-owner-group", "--build", folder, pool / f"{name}_{bare}_{architecture}.deb")

    def drop(self, source: str, version: str, archive: str = "debian") -> None:
        """Deletes the files of a version; an upstream's tar file would stay."""
        dropped = list(self.pool(source, archive).glob(f"*_{version}[_.]*"))
        assert dropped
        for path in dropped:
            path.unlink()

    def publish(self, time: str = BEFORE, until: str | None = None, **release: str) -> None:
        """Writes and signs the index of what is in the pools, which holds until a time or for ever."""
        for archive, suite in SUITES.items():
            root = self.root / archive
            dists = root / "dists" / suite
            shutil.rmtree(dists, ignore_errors=True)
            (root / "pool").mkdir(exist_ok=True)
            for architecture in ARCHITECTURES:
                listed = dists / "main" / f"binary-{architecture}" / "Packages"
                listed.parent.mkdir(parents=True)
                listed.write_text(output_of("apt-ftparchive", "--arch", architecture, "packages", "pool", cwd=root))
            sources = dists / "main" / "source" / "Sources"
            sources.parent.mkdir()
            sources.write_text(output_of("apt-ftparchive", "sources", "pool", cwd=root))
            facts = {
                "Suite": "stable",
                "Codename": suite,
                "Date": _spelled(time).replace("+0000", "UTC"),
                "Architectures": " ".join(ARCHITECTURES),
                "Components": "main",
            } | release
            settings = [f"APT::FTPArchive::Release::{name}={value}" for name, value in facts.items()]
            options = [word for setting in settings for word in ("-o", setting)]
            told = output_of("apt-ftparchive", *options, "release", dists)
            # apt-ftparchive counts from today.
            valid = f"Valid-Until: {_spelled(until)}\n".replace("+0000", "UTC") if until else ""
            (dists / "Release").write_text(valid + told)
            self.key.sign(dists / "Release", dists / "InRelease")

    def keep_state(self, time: str) -> str:
        """Keeps the pools as an archive of mirrors does, under a time; gives what DEBIAN_ARCHIVE says of it."""
        for archive in SUITES:
            shutil.copytree(self.root / archive / "pool", self.root / "kept" / archive / time / "pool")
        return f"{self.address}/kept/{{archive}}/{{time}}"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        super().do_GET()


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
