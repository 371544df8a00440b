"""The file `sources` of a release: what the SDK was made from, from which it can be made again."""

from __future__ import annotations

import hashlib
import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT, VERSION
from support.builder import Result
from support.checkout import Checkout, released
from support.mirror import Mirror
from support.platforms import BUNDLE, output_of

NAME = f"tmdb-mcp_{VERSION}_sources"
SOURCES = {
    "libc++-19-dev": "llvm-toolchain-19",
    "libgcc-14-dev": "gcc-14",
    "gcc-14-base": "gcc-14",
    "linux-libc-dev": "linux",
    "musl-dev": "musl",
}


def test_it_holds_every_input_with_its_sum() -> None:
    lock = (BUNDLE / "inputs.lock").read_bytes()
    with tarfile.open(released(f"{NAME}.tar")) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        content = {member.name.rpartition("/")[2]: archive.extractfile(member).read() for member in members}
    assert all(member.name.startswith(f"{NAME}/") for member in members)
    assert content.pop("inputs.lock") == lock
    told = {line.split()[4]: line.split()[3] for line in lock.decode().splitlines()}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in content.items()} == told


class Shipped:
    """A release that was made from a small mirror, after which the mirror has lost everything."""

    def __init__(self, checkout: Checkout, mirror: Mirror) -> None:
        self.checkout, self.variables = checkout, mirror.variables
        for source, binaries in self._wanted().items():
            mirror.add("debian", source, "1.0-1", *binaries)
        mirror.publish()
        (checkout.release / "sdk" / "inputs.lock").write_text("")
        self._build("lock")
        self._build("inputs")
        [bundle] = (checkout.sdk_work / "bundle").iterdir()
        shutil.copy(checkout.release / "sdk" / "inputs.lock", bundle)
        # The SDK's own first step, before the programs of the checkout.
        checkout.edit("release/build", "^(?=mkdir )", '"$root/release/sdk/build" inputs\n')
        checkout.commit()
        checkout.commit_sums(**self.variables)
        result = checkout.make(**self.variables)
        assert result.code == 0, result
        self.folder = checkout.place / "download"
        shutil.copytree(checkout.dist, self.folder)
        for name in ("inputs", "newest"):
            shutil.rmtree(checkout.sdk_work / name)
        shutil.rmtree(mirror.root / "debian")

    def _wanted(self) -> dict[str, list[str]]:
        """Each source package of the SDK, and the packages of it."""
        text = re.search(r"^inputs=\((.*?)^\)", (ROOT / "release/sdk/settings.sh").read_text(), re.M | re.S)[1]
        wanted: dict[str, list[str]] = {}
        for name, architecture in re.findall(r"([\w+-]+):(\w+)", text):
            binaries = wanted.setdefault(SOURCES.get(name, name), [])
            if architecture != "source":
                binaries.append(f"{name}:{architecture}")
        return wanted

    def _build(self, mode: str) -> None:
        program = self.checkout.release / "sdk" / "build"
        output_of(program, mode, env=self.checkout.environment(self.variables))

    def verify(self) -> Result:
        return self.checkout.run("verify-release", DIR=str(self.folder), UNSIGNED="1", **self.variables)

    def sum_again(self) -> None:
        """As the maker of the release would have done."""
        script = 'cd "$1" && rm SHA256SUMS && sha256sum -- * >"$2/sums" && mv "$2/sums" SHA256SUMS'
        output_of("bash", "-c", script, "bash", self.folder, self.checkout.place)


@pytest.fixture(scope="module")
def made(module_place: Path) -> Iterator[Shipped]:
    with Mirror(module_place) as mirror, mirror.key, Checkout(module_place) as checkout:
        yield Shipped(checkout, mirror)


@pytest.fixture
def shipped(made: Shipped) -> Iterator[Shipped]:
    """A fresh download, and nothing of the inputs on this machine."""
    kept = made.folder.with_name("kept")
    shutil.copytree(made.folder, kept)
    yield made
    shutil.rmtree(made.folder)
    kept.rename(made.folder)
    shutil.rmtree(made.checkout.sdk_work / "inputs", ignore_errors=True)


def test_a_release_can_be_built_again_after_debian_has_dropped_everything(shipped: Shipped) -> None:
    result = shipped.verify()
    assert result.code == 0, result
    assert result.steps[0] == "inputs from Debian trixie"
    assert "bits: the same in all files" in result.output.splitlines()[-1]


def test_without_it_what_is_missing_is_told(shipped: Shipped) -> None:
    (shipped.folder / f"{NAME}.tar").unlink()
    shipped.sum_again()
    result = shipped.verify()
    assert result.code != 0
    assert "error: ca-certificates 1.0-1 cannot be had" in result.output and "SDK_INPUTS=" in result.output


def test_one_with_other_bytes_is_refused(shipped: Shipped) -> None:
    """Even when its sum is told: the source's own lock decides."""
    path = shipped.folder / f"{NAME}.tar"
    with tarfile.open(path) as archive:
        member = archive.getmember(f"{NAME}/zlib/zlib_1.0-1.tar.gz")
    data = bytearray(path.read_bytes())
    data[member.offset_data + member.size // 2] ^= 1
    path.write_bytes(data)
    shipped.sum_again()
    result = shipped.verify()
    assert result.code != 0
    assert f"error: zlib_1.0-1.tar.gz in {path} has other bytes than inputs.lock says" in result.output
