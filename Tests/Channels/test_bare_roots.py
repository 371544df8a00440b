"""From a download to the first answer on a root with nothing in it but what the channel itself asks for, for each
platform: no library, no certificate, no /proc, no shell where none is needed. Others run under an emulator."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import DIST, EMULATORS, PLATFORM, RELEASED, ROOT, VERSION, run, unpack
from standin import API_KEY, StandIn
from support.names import BUNDLED, DEBIAN, NODE, PYTHON, RPM
from support.newcomer import chroot
from support.registry import Registry
from support.steps import QUESTION

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="NOT RUN: another root takes root")


@dataclass(frozen=True)
class Bare:
    """An empty root of a machine with this processor."""

    root: Path
    platform: str
    tmdb: str

    def asks(self, program: str, *words: str) -> str:
        settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": self.tmdb}
        emulator: tuple[str, ...] = ()
        if self.platform != PLATFORM:
            name, *options = EMULATORS[self.platform]
            shutil.copy(f"/usr/bin/{name}", self.root / "emulator")
            emulator = ("/emulator", *options)
        return chroot(self.root, *emulator, program, *(words or QUESTION), **settings).stdout

    def holds(self) -> set[str]:
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}


def archive(bare: Bare) -> str:
    unpack(DIST / f"tmdb-mcp_{VERSION}_linux_{bare.platform}.tar.gz", bare.root)
    return f"/tmdb-mcp_{VERSION}_linux_{bare.platform}/tmdb-mcp"


def wheel(bare: Bare) -> str:
    (path,) = DIST.glob(f"*_{PYTHON[bare.platform]}.whl")
    return unzipped(path, bare.root, ".data/scripts/tmdb-mcp")


def npm(bare: Bare) -> str:
    unpack(DIST / f"tmdb-mcp_{VERSION}_npm_linux-{NODE[bare.platform]}.tgz", bare.root)
    return "/package/bin/tmdb-mcp"


def bundle(bare: Bare) -> str:
    return unzipped(DIST / f"tmdb-mcp_{VERSION}_linux.mcpb", bare.root, f"server/tmdb-mcp-linux-{bare.platform}")


def deb(bare: Bare) -> str:
    run("dpkg-deb", "--extract", DIST / f"tmdb-mcp_{VERSION}_{DEBIAN[bare.platform]}.deb", bare.root)
    return "/usr/bin/tmdb-mcp"


def rpm(bare: Bare) -> str:
    with (DIST / f"tmdb-mcp_{VERSION}_{RPM[bare.platform]}.rpm").open("rb") as package:
        done = subprocess.run(["rpm2archive", "-"], stdin=package, capture_output=True, check=True)
    packed = bare.root / "rpm.tgz"
    packed.write_bytes(done.stdout)
    unpack(packed, bare.root)
    packed.unlink()
    return "/usr/bin/tmdb-mcp"


def unzipped(path: Path, root: Path, end: str) -> str:
    """Unpacks it with the modes that it has, which Python's own does not."""
    with zipfile.ZipFile(path) as packed:
        for member in packed.infolist():
            Path(packed.extract(member, root)).chmod(member.external_attr >> 16 & 0o777)
        (name,) = [name for name in packed.namelist() if name.endswith(end)]
    return f"/{name}"


UNPACK: dict[Callable[[Bare], str], Iterable[str]] = {
    archive: RELEASED, wheel: PYTHON, npm: NODE, bundle: BUNDLED, deb: DEBIAN, rpm: RPM,
}  # fmt: skip
"""How to get at the program, and for which platforms there is one."""


@pytest.mark.parametrize(
    ("platform", "unpack_it"), [(platform, way) for way, platforms in UNPACK.items() for platform in platforms]
)
def test_its_program_answers_where_there_is_nothing_else(
    platform: str, unpack_it: Callable[[Bare], str], tmp_path: Path, tmdb: StandIn
) -> None:
    bare = Bare(tmp_path / "root", platform, tmdb.url)
    bare.root.mkdir()
    program = unpack_it(bare)
    assert not [name for name in bare.holds() if name.split("/")[0] in ("bin", "lib", "dev", "proc")]
    assert "The Matrix" in bare.asks(program)


@pytest.fixture
def busybox(tmp_path: Path, tmdb: StandIn) -> Bare:
    """A root with busybox, as the smallest systems have it, and nothing else."""
    folder = tmp_path / "root"
    for name in ("bin", "dev", "root", "tmp"):
        (folder / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox"), folder / "bin/busybox")
    (folder / "dev/null").touch()
    chroot(folder, "/bin/busybox", "--install", "-s", "/bin")
    return Bare(folder, PLATFORM, tmdb.url)


def test_install_sh_needs_no_more_than_busybox(busybox: Bare) -> None:
    shutil.copy(DIST / "install.sh", busybox.root / "root/install.sh")
    with Registry(DIST) as registry:
        chroot(busybox.root, "/bin/sh", "/root/install.sh", BASE_URL=f"{registry.url}/files")
    assert "The Matrix" in busybox.asks("/root/.local/bin/tmdb-mcp")


def test_a_bundle_starts_by_a_shell_and_uname(busybox: Bare) -> None:
    bundle(busybox)
    for path in (busybox.root / "bin").iterdir():
        if path.name not in ("busybox", "sh", "uname"):
            path.unlink()
    settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": busybox.tmdb}
    assert "The Matrix" in chroot(busybox.root, "/server/tmdb-mcp", *QUESTION, **settings).stdout


def smallest(codename: str, platform: str, place: Path) -> Path:
    """The root of the smallest Debian, for this machine or emulated."""
    words = (codename, DEBIAN[platform]) if codename else ()
    made = run(ROOT / "Tests/lib/minbase", *words, ok=False, timeout=1800)
    if made.returncode:
        pytest.skip(f"NOT RUN: no minimal Debian for {platform}: {made.stderr}")
    root = place / "debian"
    root.mkdir()
    run("tar", "--extract", "--file", made.stdout.strip(), "--directory", root)
    return root


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One like this machine's; with --every-platform the newest for each. ARMv6 has no Debian."""
    if "debian_of" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-platform")
        values = [("trixie", platform) for platform in DEBIAN] if every else [("", PLATFORM)]
        metafunc.parametrize("debian_of", values, ids=lambda value: value[1])


def test_the_debian_package_installs_into_the_smallest_debian(
    debian_of: tuple[str, str], tmp_path: Path, tmdb: StandIn
) -> None:
    root = smallest(*debian_of, tmp_path)
    try:
        shutil.copy(DIST / f"tmdb-mcp_{VERSION}_{DEBIAN[debian_of[1]]}.deb", root / "root/tmdb-mcp.deb")
        assert not (root / "usr/bin/curl").exists() and not (root / "etc/ssl/certs").exists()
        said = chroot(root, "dpkg", "--install", "/root/tmdb-mcp.deb").stdout
        assert "systemctl enable --now tmdb-mcp" in said
        settings = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb.url}
        assert "The Matrix" in chroot(root, "tmdb-mcp", *QUESTION, **settings).stdout
        chroot(root, "dpkg", "--purge", "tmdb-mcp")
        assert not (root / "usr/bin/tmdb-mcp").exists() and not (root / "etc/tmdb-mcp").exists()
    finally:
        shutil.rmtree(root)
