"""Makes all of a release but its programs, from the programs, the SDK and the sources alone: the result depends neither
on the time, nor on the place, nor on the machine.

    pack release                      all files of a release, and SHA256SUMS over them
    pack programs FOLDER [PLATFORM…]  what Dockerfile.scratch takes from the build context `programs`
    pack image ARCHIVE [PLATFORM…]    the image of Dockerfile.scratch as an OCI archive
    pack check LAYOUT [PLATFORM…]     proves what is said of an image in an OCI image layout

DIST names another place of the programs and of what is made than release/dist, SDK_WORK another one where the SDK was
made than .build/sdk.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

import apt
import debian
import kubernetes
import mcp
import npm
import pypi
import rpm
import sdk
import swarm
import texts
from check import Check, Layout
from commands import tarball
from image import Image
from packages import programs
from release import ALL, PLATFORMS, ROOT, Platform, Release
from sbom import sbom


def archive(release: Release, platform: Platform, share: Path, stage: Path) -> None:
    name = f"tmdb-mcp_{release.version}_linux_{platform.name}"
    shutil.copytree(share, stage / name, symlinks=True)
    shutil.copy2(release.program(platform), stage / name / "tmdb-mcp")
    tarball(release, stage, name, release.dist / f"{name}.tar.gz")


def sources(release: Release, stage: Path) -> None:
    """What the SDK was made from, which Debian's mirrors drop in time: a release can be built again from this, and who
    wants the source of a linked part, as its licence may promise, finds it here."""
    lock, inputs = release.bundle / "inputs.lock", release.sdk / "inputs"
    if not (inputs / "inputs.lock").exists() or not filecmp.cmp(inputs / "inputs.lock", lock, shallow=False):
        stop("the SDK's inputs are not those that its bundle was made from", "Make both anew: make sdk")
    name = f"tmdb-mcp_{release.version}_sources"
    shutil.copytree(inputs / "files", stage / name, symlinks=True)
    shutil.copy(lock, stage / name / lock.name)
    tarball(release, stage, name, release.dist / f"{name}.tar")


def images(release: Release, stage: Path, kept: Path) -> None:
    """The digests of the image, whatever is set for images of one's own."""
    programs(release, stage / "programs", list(PLATFORMS))
    name = f"{release.registry}/{release.title}:{release.version}"
    made = Image(release, stage / "programs", list(PLATFORMS), name=name, kept=kept)
    (release.dist / "IMAGES").write_text(made.digests())


def pack(release: Release, kept: Path) -> None:
    if not release.bundle.is_dir():
        stop(f"there is no Swift SDK in {release.bundle}", "Make it: make sdk")
    for platform in PLATFORMS:
        if not os.access(release.program(platform), os.X_OK):
            stop(f"there is no program for {platform.name} in {release.dist}", "Make it: make release")
    os.umask(0o022)
    # After a signal, parts that go on for a moment may still write there.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stage = Path(folder)
        stage.chmod(0o755)
        share = stage / "share"
        program = texts.Program(release, stage)
        texts.share(release, program, share)
        tools = json.loads(program.ask("tools"))["tools"]
        release.sbom.write_text(json.dumps(sbom(release, list(PLATFORMS)), indent=2) + "\n")
        # Each part writes files of its own, so that all processors have something to do.
        parts: list[Callable[[], None]] = [partial(images, release, stage, kept)]
        parts += [partial(sdk.pack, release, stage, part, kept) for part in sdk.parts(release)]
        for platform in PLATFORMS:
            parts.append(partial(archive, release, platform, share, stage))
            if platform.has_debian_package:
                parts.append(partial(debian.package, release, platform, share, stage))
            if platform.rpm:
                parts.append(partial(rpm.package, release, platform, share, stage))
            parts.append(partial(pypi.wheel, release, platform, share))
            if platform.node:
                parts.append(partial(npm.platform_package, release, platform, share, stage))
        parts.append(partial(mcp.bundle, release, tools))
        parts.append(partial(npm.server, release, stage))
        parts.append(partial(kubernetes.pack, release, stage))
        parts.append(partial(sources, release, stage))
        pool = ThreadPoolExecutor(os.cpu_count())
        try:
            for done in [pool.submit(part) for part in parts]:
                done.result()
            apt.repository(release, stage)
        except (Exception, SystemExit):
            pool.shutdown(cancel_futures=True)
            raise
    (release.dist / "server.json").write_text(json.dumps(mcp.server(release), indent=2) + "\n")
    (release.dist / "docker-catalogue.yaml").write_text(mcp.catalogue(release))
    texts.deployment(release)
    swarm.pack(release)
    write_sums(release.dist)


def write_sums(dist: Path) -> None:
    for name in ("SHA256SUMS", "SHA256SUMS.minisig"):
        (dist / name).unlink(missing_ok=True)
    files = sorted(path for path in dist.iterdir() if not path.name.startswith("."))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    unfinished = dist / ".SHA256SUMS"
    unfinished.write_text("".join(lines))
    unfinished.replace(dist / "SHA256SUMS")


def check(release: Release, folder: Path, name: str, platforms: list[Platform]) -> None:
    """Prints a line for each platform: what it is called, its digest, and words."""
    try:
        layout = Layout(folder)
    except (OSError, ValueError, KeyError):
        stop(f"{name} cannot be read", "Name an OCI archive, such as make oci writes.")
    for platform in platforms:
        found = Check(release, layout, name, platform)
        words = f"{found.unpacked} bytes, {found.pulled} to pull; the released program"
        print(platform.image, found.digest, words)


def stop(words: str, hint: str) -> None:
    raise SystemExit(f"error: {words}\n       {hint}")


def main() -> None:
    names = [name for platform in ALL for name in {platform.name, platform.context}]
    parser = argparse.ArgumentParser(prog="release/package/pack", description=__doc__.partition("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("release", help="all files of a release")
    for_docker = commands.add_parser("programs", help="the build context `programs` of Dockerfile.scratch")
    for_docker.add_argument("folder", type=Path)
    imaging = commands.add_parser("image", help="an OCI archive of Dockerfile.scratch")
    imaging.add_argument("archive", type=Path)
    imaging.add_argument("--programs", type=Path, help="a folder that `programs` has filled, instead of DIST")
    imaging.add_argument("--name", required=True)
    imaging.add_argument("--epoch", type=int, help="the date of all that is in it; by default that of the version")
    checking = commands.add_parser("check", help="prove what is said of an image")
    checking.add_argument("layout", type=Path)
    checking.add_argument("--name", required=True)
    for each in (for_docker, imaging, checking):
        each.add_argument("platforms", nargs="*", choices=[*names, []], default=[], metavar="PLATFORM")
    for each in (packing, imaging):
        where = ROOT / ".build" / "compressed"
        each.add_argument("--kept", type=Path, default=where, help="where what was compressed is kept")
    given = parser.parse_args()
    dist = Path(os.environ.get("DIST") or ROOT / "release" / "dist").absolute()
    release = Release.of(dist, Path(os.environ.get("SDK_WORK") or ROOT / ".build" / "sdk").absolute())
    if given.command == "release":
        pack(release, given.kept)
        return
    # Without a name: what the release was made for.
    made_for = [each for each in PLATFORMS if release.program(each).exists()] or list(PLATFORMS)
    platforms = [each for each in ALL if {each.name, each.context} & set(given.platforms)] or made_for
    if given.command == "programs":
        programs(release, given.folder, platforms)
        return
    if given.command == "check":
        check(release, given.layout, given.name, platforms)
        return
    with tempfile.TemporaryDirectory() as folder:
        if not given.programs:
            programs(release, Path(folder), platforms)
        time = None if given.epoch is None else datetime.fromtimestamp(given.epoch, timezone.utc)
        context = given.programs or Path(folder)
        made = Image(release, context, platforms, name=given.name, time=time, kept=given.kept)
        print("\n".join(made.summary), file=sys.stderr)
        made.write(given.archive)


if __name__ == "__main__":
    # Whatever signal ends it, nothing of it is left in the folder for temporary files, and no thread is waited for.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        main()
    except KeyboardInterrupt:
        os._exit(130)
