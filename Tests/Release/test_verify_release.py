"""`make verify-release`: what it takes, and each thing that it finds wrong. The releases are signed for the tests."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import VERSION
from support.builder import Result
from support.checkout import Checkout, Keys
from support.platforms import PLATFORMS, output_of

PROGRAM = PLATFORMS[0].program.name


class Download:
    """A signed release of a tagged commit, and the checkout to verify it with."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout = checkout
        self.keys = Keys(checkout.place)
        (checkout.release / "minisign.pub").write_text(self.keys.public.read_text())
        checkout.commit()
        self.commit = checkout.commit_sums()
        checkout.git("tag", f"v{VERSION}")
        result = checkout.make(MINISIGN_SECRET_KEY_FILE=str(self.keys.secret))
        assert result.code == 0, result
        self.folder = checkout.place / "download"

    def verify(self, **variables: str) -> Result:
        return self.checkout.run("verify-release", **({"DIR": str(self.folder)} | variables))

    def sign(self, keys: Keys) -> None:
        """Signs what is there anew, as the owner of these keys would."""
        script = 'cd "$1" && rm -f SHA256SUMS* && sha256sum -- * >"$2/sums" && mv "$2/sums" SHA256SUMS'
        output_of("bash", "-c", script, "bash", self.folder, self.checkout.place)
        output_of("minisign", "-S", "-s", keys.secret, "-m", self.folder / "SHA256SUMS", "-t", "tmdb-mcp")


@pytest.fixture(scope="module")
def made(module_place: Path) -> Iterator[Download]:
    with Checkout(module_place) as checkout:
        yield Download(checkout)


@pytest.fixture
def download(made: Download) -> Iterator[Download]:
    """A fresh download. No test changes the checkout."""
    shutil.copytree(made.checkout.dist, made.folder)
    yield made
    shutil.rmtree(made.folder)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def refused(result: Result, error: str) -> bool:
    """Asserts that there is this one error; true for `assert`."""
    assert result.code != 0, result
    assert len(result.errors) == 1 and error in result.errors[0], result
    assert "bits: the same" not in result.output
    return True


def test_a_good_release(download: Download) -> None:
    result = download.verify()
    assert result.code == 0, result
    assert f"signature: good (tmdb-mcp {VERSION}), by {download.checkout.release}/minisign.pub" in result.output
    assert f"source: the tag v{VERSION} ({download.commit[:12]}) holds the same sums" in result.output
    assert f"building the tag v{VERSION} ({download.commit[:12]})" in result.output
    assert result.output.splitlines()[-1] == f"bits: the same in all files, built from {download.commit[:12]}"


def test_without_building(download: Download) -> None:
    result = download.verify(FAST="1")
    assert result.code == 0, result
    assert result.output.splitlines()[-1] == "bits: NOT built again, as you asked"


def test_another_toolchain_is_told_before_the_release_is_blamed(download: Download, tmp_path: Path) -> None:
    script = f"#!/bin/sh\n{shutil.which('swiftc')} \"$@\" | sed 's/Swift version [^ ]* /Swift version 6.3.99 /'\n"
    (tmp_path / "swiftc").write_text(script)
    (tmp_path / "swiftc").chmod(0o755)
    result = download.verify(PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert refused(result, "it cannot be built again here")
    assert "the toolchain is Swift 6.3.99, and .swift-version pins" in result.output


@pytest.mark.parametrize("form", ["text", "file's text", "text with its end", "file"])
def test_the_key_can_be_given(download: Download, form: str) -> None:
    text = download.keys.public.read_text()
    line = text.splitlines()[1]
    variables = {
        "text": {"MINISIGN_PUBLIC_KEY": line},
        "file's text": {"MINISIGN_PUBLIC_KEY": text.strip()},
        "text with its end": {"MINISIGN_PUBLIC_KEY": text},
        "file": {"MINISIGN_PUBLIC_KEY_FILE": str(download.keys.public)},
    }[form]
    result = download.verify(FAST="1", **variables)
    assert (
        result.code == 0 and f"by {download.keys.public if form == 'file' else 'MINISIGN_PUBLIC_KEY'}" in result.output
    )


def test_no_public_key(download: Download) -> None:
    result = download.verify(MINISIGN_PUBLIC_KEY_FILE="/nowhere")
    assert refused(result, "there is no public key to check the signature with: /nowhere")


def test_another_key(download: Download) -> None:
    (download.checkout.place / "other").mkdir(exist_ok=True)
    download.sign(Keys(download.checkout.place / "other"))
    assert refused(download.verify(), "the signature is WRONG")


@pytest.mark.parametrize("name", ["SHA256SUMS", "SHA256SUMS.minisig"])
def test_a_changed_byte_of_what_is_signed(download: Download, name: str) -> None:
    flip(download.folder / name)
    assert refused(download.verify(), "the signature is WRONG")


def test_no_signature(download: Download) -> None:
    (download.folder / "SHA256SUMS.minisig").unlink()
    assert refused(download.verify(), "the release is UNSIGNED")
    result = download.verify(UNSIGNED="1", FAST="1")
    assert result.code == 0 and "signature: NONE" in result.output


def delete(folder: Path) -> None:
    (folder / PROGRAM).unlink()


def add(folder: Path) -> None:
    (folder / "more").write_text("nobody said so\n")


def add_hidden(folder: Path) -> None:
    (folder / ".more").write_text("nobody said so\n")


@pytest.mark.parametrize("damage", [lambda folder: flip(folder / PROGRAM), delete, add, add_hidden])
def test_files_that_are_not_those_of_the_sums(download: Download, damage: Callable[[Path], None]) -> None:
    damage(download.folder)
    assert refused(download.verify(), "SHA256SUMS does not match")


def test_other_bits_than_the_source_gives(download: Download) -> None:
    """As when a maintainer's machine was broken into: all is signed as it should be."""
    flip(download.folder / PROGRAM)
    download.sign(download.keys)
    result = download.verify(FAST="1")
    assert refused(result, f"not the same bits as release/SHA256SUMS of the tag v{VERSION} says")
    assert result.output.splitlines()[-1].strip() == PROGRAM


def test_other_bits_than_the_source_gives_with_the_sums_of_them(download: Download) -> None:
    """As when the repository was broken into as well."""
    flip(download.folder / PROGRAM)
    download.sign(download.keys)
    git = download.checkout.git
    shutil.copy(download.folder / "SHA256SUMS", download.checkout.release)
    download.checkout.commit()
    git("tag", "--force", f"v{VERSION}")
    result = download.verify()
    git("reset", "--quiet", "--hard", download.commit)
    git("tag", "--force", f"v{VERSION}")
    assert refused(result, "not the same bits in two builds")
    assert result.output.splitlines()[-1].strip() == PROGRAM


def test_other_images_than_the_source_gives(download: Download) -> None:
    images = download.folder / "IMAGES"
    images.write_text(images.read_text().replace("sha256:", "sha256:0", 1)[:-1])
    download.sign(download.keys)
    result = download.verify()
    assert refused(result, "not the same bits")
    assert result.output.splitlines()[-1].strip() == "IMAGES"


def test_a_release_before_what_is_checked_out(download: Download) -> None:
    download.checkout.git("commit", "--quiet", "--allow-empty", "--message", "later")
    result = download.verify()
    download.checkout.git("reset", "--quiet", "--soft", download.commit)
    assert result.code == 0, result


def test_no_release_and_no_word_of_which(download: Download, nobody: str) -> None:
    assert refused(download.verify(DIR="/nowhere"), "there is no release in /nowhere")
    assert refused(download.verify(DIR=""), "which release?")
    assert refused(download.verify(FROM=nobody), "which release?")
    assert refused(download.verify(DIR="", FROM=nobody), f"there is no release at {nobody}")


@pytest.fixture
def served(download: Download) -> Iterator[str]:
    """The URL of a server that has the download."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(download.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_from_a_server(download: Download, served: str) -> None:
    result = download.verify(DIR="", FROM=served, FAST="1")
    assert result.code == 0, result
    assert "signature: good" in result.output and "checksums: all " in result.output
    (download.folder / PROGRAM).unlink()
    assert refused(download.verify(DIR="", FROM=served), f"{PROGRAM} cannot be downloaded")


def test_a_server_cannot_have_a_file_written_elsewhere(download: Download, served: str) -> None:
    (download.folder / "SHA256SUMS.minisig").unlink()
    with (download.folder / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  ../outside\n")
    (download.folder.parent / "outside").write_text("not to be read\n")
    result = download.verify(DIR="", FROM=served, UNSIGNED="1")
    assert refused(result, "it has a line that names no file")
