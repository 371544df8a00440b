"""Other programs that packing runs: each with the same settings, whoever packs."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

from release import Release

LANGUAGE = {"LC_ALL": "C", "TZ": "UTC"}


def run(*command: str | Path, stdin: bytes = b"", **variables: str) -> bytes:
    """What a command writes. Of the environment it sees these variables, and where programs are."""
    environment = {"PATH": os.environ["PATH"], **LANGUAGE, **variables}
    done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"error: {command[0]} failed with status {done.returncode}")
    return done.stdout


def zipped(content: bytes, level: int) -> bytes:
    return run("gzip", "--no-name", f"-{level}", stdin=content)


def tarball(release: Release, parent: Path, folder: str, result: Path) -> None:
    """Packs a folder, always into the same bits. A result that is called .tar is not compressed."""
    packed = run(
        "tar", "--create", f"--directory={parent}", "--format=gnu", "--sort=name", "--owner=0", "--group=0",
        "--numeric-owner", "--mode=u=rwX,go=rX", f"--mtime=@{release.epoch}", folder,
    )  # fmt: skip
    result.write_bytes(packed if result.suffix == ".tar" else zipped(packed, 9))


def zip_archive(release: Release, result: Path, files: list[tuple[str, bytes, int]]) -> None:
    """Packs names, contents and modes, in this order and always into the same bits."""
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content, mode in files:
            entry = zipfile.ZipInfo(name, release.time.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, so that the mode counts: a program must stay executable
            entry.external_attr = (stat.S_IFREG | mode) << 16
            made.writestr(entry, content)


def copy(source: Path, target: Path, mode: int = 0o644) -> None:
    """Whatever mode it has in this checkout."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)
