"""The SDK and the server on other systems than this machine's: bare roots of Debian and Ubuntu that hold what Swift's
own page asks for, with the toolchain of this machine. Each takes minutes, so `Tests/run platforms` runs them, with
--every-platform."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness.messages import initialize
from places import DIST, PLATFORM, ROOT, VERSION, run
from support.namespaces import with_mounts
from support.platforms import ALL, output_of, swift_version, toolchain

SYSTEMS = ("bookworm", "trixie", "noble")
"""Debian 12 and 13, and Ubuntu 24.04."""
PACKAGES = (
    "binutils", "ca-certificates", "g++", "git", "libc6-dev", "libcurl4-openssl-dev", "libedit2", "libncurses-dev",
    "libpython3-dev", "libsqlite3-0", "libxml2", "make", "pkg-config", "tzdata", "zlib1g-dev",
)  # fmt: skip

SDK = """set -e
swift sdk install /srv/{archive}
mkdir hello && cd hello && swift package init --quiet --type executable
swift build --quiet --configuration release --swift-sdk {identity}
.build/release/hello
cp -r ~/.swiftpm/swift-sdks/*.artifactbundle/example ~/example && cd ~/example
swift build --quiet --configuration release --swift-sdk {identity}
.build/release/example
"""


@dataclass(frozen=True)
class System:
    """A root of another system, which is in memory, and gone with the command."""

    archive: str

    def sh(self, script: str, *mounts: str, **options: object) -> str:
        new = "/mnt/system"
        made = with_mounts(
            "mount -t tmpfs none /mnt",
            f"mkdir {new}",
            f"tar --extract --file '{self.archive}' --directory {new}",
            f"mkdir -p {new}/opt/swift/usr && mount --bind '{toolchain()}' {new}/opt/swift/usr",
            f"cp --dereference /etc/resolv.conf /etc/hosts {new}/etc",
            f"mount -t proc none {new}/proc && mount --rbind /dev {new}/dev",
            *(mount.format(new) for mount in mounts),
        )
        variables = (
            "HOME=/root", "LC_ALL=C.UTF-8", "PATH=/opt/swift/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin", "SERVER_SSE_PORT=0"
        )  # fmt: skip
        inside = ("chroot", new, "env", "-i", *variables, "sh", "-c", "cd ~ && " + script)
        return output_of(*made, *inside, **options)


@pytest.fixture(scope="module", params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> System:
    if not request.config.getoption("--every-platform"):
        pytest.skip("other systems are tested with --every-platform")
    words = (request.param, run("dpkg", "--print-architecture").stdout.strip(), *PACKAGES)
    made = run(ROOT / "Tests/lib/minbase", *words, ok=False, timeout=1800)
    if made.returncode:
        pytest.skip(f"NOT RUN: no root of {request.param}: {made.stderr.strip()}")
    return System(made.stdout.strip())


def test_the_archive_installs_and_builds_hello_and_the_example(system: System) -> None:
    archive = f"swift-{swift_version()}_embedded-linux-musl-{VERSION}.artifactbundle.tar.gz"
    (here,) = [platform for platform in ALL if platform.name == PLATFORM]
    script = SDK.format(archive=archive, identity=here.identity)
    told = system.sh(script, f"cp '{DIST / archive}' {{}}/srv").splitlines()
    assert "Hello, world!" in told and "hashing: 2 distinct of 3" in told and "CA roots: present" in told, told


def test_make_run_answers(system: System, place: Path) -> None:
    """From the sources alone; it installs what it needs beside the toolchain."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    message = json.dumps(initialize(1))
    script = f"cp -r /srv/sources . && cd sources && printf '%s\\n' '{message}' | make run"
    told = system.sh(script, f"mkdir {{0}}/srv/sources && mount --bind '{place}' {{0}}/srv/sources")
    assert json.loads(told.splitlines()[0])["result"]["serverInfo"]["name"] == "tmdb-mcp"
