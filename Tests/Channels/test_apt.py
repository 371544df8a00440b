"""The apt repository, signed with a key of the test's own, as apt takes it from a folder and over HTTP."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import DIST, ROOT, VERSION, project
from standin import API_KEY, StandIn
from support.newcomer import chroot
from support.registry import Registry
from support.signed import PASSPHRASE, Key, add, sign

@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return Key(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, key: Key) -> Path:
    folder = tmp_path_factory.mktemp("apt") / "made"
    done = sign(folder, APT_SECRET_KEY_FILE=key.secret, APT_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(made, tmp_path / "apt")
    return tmp_path / "apt"


@pytest.fixture
def server(repository: Path) -> Iterator[str]:
    with Registry(repository) as served:
        yield f"{served.url}/files"


def apt(debian: Path, *arguments: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
    # A source that fails is an error, and not only a warning.
    options = (
        "APT::Update::Error-Mode=any", "APT::Sandbox::User=root", "Acquire::Retries=0", "Acquire::Languages=none",
        "Acquire::http::Proxy=false",
    )  # fmt: skip
    words = [word for option in options for word in ("-o", option)]
    return chroot(debian, "apt-get", *words, *arguments, ok=ok)


def test_its_indices_are_of_the_released_packages(made: Path) -> None:
    suite = made / "dists/stable"
    sums = re.findall(r"^ ([0-9a-f]{64}) (\d+) (\S+)$", (suite / "Release").read_text(), re.M)
    assert len(sums) == 9
    for digest, size, name in sums:
        content = (suite / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), str(len(content))) == (digest, size)
        assert ((suite / name).parent / "by-hash/SHA256" / digest).read_bytes() == content
    for platform in ("amd64", "arm64", "armhf"):
        index = (suite / f"main/binary-{platform}/Packages").read_text()
        fields = dict(re.findall(r"^(\w[\w-]*): (.*)", index, re.M))
        package = made / fields["Filename"]
        assert package.read_bytes() == (DIST / f"tmdb-mcp_{VERSION}_{platform}.deb").read_bytes()
        assert fields["SHA256"] == hashlib.sha256(package.read_bytes()).hexdigest()
        assert int(fields["Size"]) == package.stat().st_size


def test_a_release_holds_it_unsigned() -> None:
    """Whatever is signed has other bits each time."""
    with tarfile.open(DIST / f"tmdb-mcp_{VERSION}_apt.tar") as archive:
        names = archive.getnames()
    assert not [name for name in names if "InRelease" in name or name.endswith(".gpg")] and len(names) > 20


@pytest.mark.parametrize("where", ["folder", "http"])
def test_apt_installs_from_it(debian: Path, repository: Path, server: str, tmdb: StandIn, where: str) -> None:
    if where == "folder":
        shutil.copytree(repository, debian / "repository")
    add(debian, repository, "file:/repository" if where == "folder" else server)
    apt(debian, "update")
    apt(debian, "install", "--yes", "tmdb-mcp")
    variables = {"TMDB_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb.url}
    assert "The Matrix" in chroot(debian, "tmdb-mcp", "call", "search", "query=matrix", **variables).stdout
    told = chroot(debian, "apt-cache", "policy", "tmdb-mcp").stdout
    assert f"Installed: {VERSION.replace('-', '~', 1)}-1" in told and "stable/main" in told


def test_an_index_is_found_by_its_sum_while_a_newer_one_is_put_there(
    debian: Path, repository: Path, server: str
) -> None:
    for index in (repository / "dists/stable/main").glob("*/Packages*"):
        index.write_text("of the next release\n")
    add(debian, repository, server)
    apt(debian, "update")
    assert f"Version: {VERSION.replace('-', '~', 1)}-1" in chroot(debian, "apt-cache", "show", "tmdb-mcp").stdout


def test_what_was_changed_or_signed_by_another_is_refused(
    debian: Path, repository: Path, server: str, tmp_path: Path
) -> None:
    add(debian, repository, server)
    signed = repository / "dists/stable/InRelease"
    text = signed.read_text()
    signed.write_text(text.replace("Suite: stable", "Suite: stolen"))
    assert apt(debian, "update", ok=False).returncode != 0
    signed.write_text(text)
    for package in (repository / "pool").rglob("*.deb"):
        package.write_bytes(package.read_bytes()[:-1] + b"?")
    apt(debian, "update")
    assert "Hash Sum mismatch" in apt(debian, "install", "--yes", "tmdb-mcp", ok=False).stderr
    other = Key(tmp_path)
    done = sign(repository, APT_SECRET_KEY_FILE=other.secret, APT_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert "NO_PUBKEY" in apt(debian, "update", ok=False).stderr


def test_what_it_lacks_is_said_and_nothing_is_lost(key: Key, tmp_path: Path) -> None:
    for variables, words in (
        ({}, "there is no key to sign with"),
        ({"APT_SECRET_KEY_FILE": "/nowhere"}, "the secret key cannot be read: /nowhere"),
        ({"APT_SECRET_KEY_FILE": key.public, "APT_PASSPHRASE": PASSPHRASE}, "gpg cannot use this key"),
        ({"APT_SECRET_KEY_FILE": key.secret, "APT_PASSPHRASE": "another"}, "gpg cannot use this key"),
    ):
        done = sign(tmp_path / "new", **variables)
        assert done.returncode == 1 and words in done.stderr and not (tmp_path / "new").exists(), done.stderr
        assert PASSPHRASE not in done.stderr
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter").write_text("dear")
    done = sign(mine, APT_SECRET_KEY_FILE=key.secret, APT_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 1 and "which would be lost" in done.stderr and (mine / "letter").exists()


def test_the_secret_key_stays_out_of_it(made: Path) -> None:
    assert not [path for path in made.rglob("*") if path.is_file() and b"PRIVATE KEY" in path.read_bytes()]
    assert b"PUBLIC KEY" in (made / "tmdb-mcp.asc").read_bytes()


def test_the_page_names_the_place_and_the_file(made: Path) -> None:
    page = (ROOT / "docs/install.md").read_text()
    assert f" {project('project_apt')}/tmdb-mcp.sources " in page and (made / "tmdb-mcp.sources").exists()
    assert f"URIs: {project('project_apt')}\n" in (made / "tmdb-mcp.sources").read_text()
