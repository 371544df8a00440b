"""Other programs that packing runs: each with the same settings, whoever packs."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
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


def compressed(content: bytes, kept: Path | None, compress: Callable[[], bytes]) -> bytes:
    """What `compress` makes of it with gzip's format, which may take long: the result is kept in that file, and taken
    from there as long as it holds the same."""
    if kept and kept.exists() and holds(kept.read_bytes(), content):
        return kept.read_bytes()
    small = compress()
    if not holds(small, content):
        raise SystemExit("error: something else was compressed than what was to be")
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as unfinished:
            unfinished.write(small)
        Path(unfinished.name).replace(kept)
    return small


def holds(small: bytes, content: bytes) -> bool:
    try:
        return gzip.decompress(small) == content
    except (OSError, EOFError):
        return False


def tarball(release: Release, parent: Path, folder: str, result: Path, kept: Path | None = None) -> None:
    """Packs a folder, always into the same bits. A result that is called .tar is not compressed; another is kept in the
    folder `kept`."""
    packed = run(
        "tar", "--create", f"--directory={parent}", "--format=gnu", "--sort=name", "--owner=0", "--group=0",
        "--numeric-owner", "--mode=u=rwX,go=rX", f"--mtime=@{release.epoch}", folder,
    )  # fmt: skip
    if result.suffix != ".tar":
        packed = compressed(packed, kept and kept / result.name, partial(zipped, packed, 9))
    result.write_bytes(packed)


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
