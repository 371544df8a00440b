"""`make release`: what a release consists of, who signed it, and that it can be stopped at any time."""

from __future__ import annotations

import hashlib
import re
import signal
import subprocess
import tarfile
from pathlib import Path

import pytest
from places import RELEASED, VERSION
from support.builder import Result, all_end
from support.checkout import Checkout, Keys, sums
from support.platforms import BUILT, PLATFORMS, output_of

PASSWORD = "a password that nobody may see"
# Where to stop: while programs are made, while the rest is packed, and with everything but the sums.
PLACES = [
    ("release/build", "for program"),
    ("release/package/__main__.py", "    tarball(release, stage, name, release.dist"),
    ("release/package/__main__.py", "    unfinished.replace("),
]


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def signed(folder: Path, keys: Keys) -> bool:
    file = folder / "SHA256SUMS"
    command = ["minisign", "-V", "-Q", "-p", str(keys.public), "-m", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0 or done.stdout == f"tmdb-mcp {VERSION}\n"
    return done.returncode == 0


def test_a_release_is_of_the_commit_and_says_what_it_is(checkout: Checkout) -> None:
    # What git ignores must not get into a release, and would here: all of the folder is taken.
    checkout.edit(".gitignore", r"\A", "*.local\n")
    checkout.platforms = PLATFORMS
    checkout.commit()
    commit = checkout.commit_sums()
    (checkout.root / "release" / "deploy" / "clients" / "secret.local").write_text("secret\n")
    result = checkout.make()
    assert result.code == 0, result
    names = contents(checkout.dist)
    assert sums(checkout.dist) == {name: content for name, content in names.items() if name != "SHA256SUMS"}
    platforms = RELEASED

    def named(*names: str | None) -> list[str]:
        """For those of the platforms for which there is such a package."""
        all_of_them = zip(("amd64", "arm64", "armv7", "armv6", "riscv64", "i386"), names, strict=True)
        return [name for platform, name in all_of_them if platform in platforms and name]

    expected = {f"tmdb-mcp-linux-{name}" for name in platforms}
    expected |= {f"tmdb-mcp_{VERSION}_linux_{name}.tar.gz" for name in platforms}
    debian = named("amd64", "arm64", "armhf", None, "riscv64", "i386")
    expected |= {f"tmdb-mcp_{VERSION}_{name}.deb" for name in debian}
    expected |= {f"tmdb-mcp_{VERSION}.cdx.json", "server.json", "config.example.yaml", "SHA256SUMS", "IMAGES"}
    expected |= {f"tmdb-mcp_{VERSION}_sources.tar"}
    node = named("linux-x64", "linux-arm64", "linux-arm", None, "linux-riscv64", "linux-ia32")
    expected |= {f"tmdb-mcp_{VERSION}_npm_{name}.tgz" for name in ("server", *node)}
    rpm = named("x86_64", "aarch64", "armv7hl", None, "riscv64", "i686")
    expected |= {f"tmdb-mcp_{VERSION}_{name}.rpm" for name in rpm}
    expected |= {f"tmdb-mcp_{VERSION}_{name}" for name in ("apt.tar", "helm.tgz", "kustomize.tar.gz", "linux.mcpb")}
    expected |= {"kubernetes.yaml", "stack.yaml", "docker-catalogue.yaml"}
    wheels = {name for name in names if name.endswith(".whl")}
    assert len(wheels) == len(platforms)
    expected |= wheels
    swift = (checkout.root / ".swift-version").read_text().strip()
    parts = ("", *(f"_{platform.architecture}" for platform in BUILT[3:]))
    expected |= {f"swift-{swift}_embedded-linux-musl{part}-{VERSION}.artifactbundle.tar.gz" for part in parts}
    assert expected <= set(names)
    # What is beyond that, people take from release/deploy as it is.
    for name in set(names) - expected:
        source = checkout.release / "deploy" / {"env.example": ".env.example"}.get(name, name)
        assert (checkout.dist / name).read_bytes() == source.read_bytes()
    for name, content in sums(checkout.dist).items():
        assert re.search(
            rf"^  {re.escape(name)} +{(checkout.dist / name).stat().st_size}  {content}$", result.output, re.M
        )
    # Of the commit, not of what lies around it.
    with tarfile.open(checkout.dist / f"tmdb-mcp_{VERSION}_linux_amd64.tar.gz") as archive:
        assert not [name for name in archive.getnames() if "local" in name]
    digests = (checkout.dist / "IMAGES").read_text()
    assert re.fullmatch(r"(sha256:[0-9a-f]{64}  \S+:\S+( linux/\S+)?\n)+", digests)
    assert digests.count("\n") == 1 + len(platforms)
    assert "UNSIGNED" in result.output
    assert f"git tag v{VERSION} && git push origin v{VERSION}" in result.output
    assert checkout.git("rev-parse", "HEAD") == commit and checkout.git("status", "--porcelain") == ""
    assert not (checkout.root / ".build" / "export").exists()


def test_a_release_can_be_made_on_its_tag(checkout: Checkout) -> None:
    checkout.git("tag", "--annotate", "--message=it", f"v{VERSION}")
    result = checkout.make()
    assert result.code == 0, result
    assert "git tag" not in result.output


def test_the_sums_are_committed_and_made_again(checkout: Checkout) -> None:
    """They are those of the commit before them: nothing in a release tells of its commit."""
    # So that they change, and are made without what is not committed.
    checkout.edit("release/deploy/compose.yaml", r"\A", "# Another.\n")
    before = checkout.commit()
    (checkout.release / "SHA256SUMS").write_text("of another version\n")
    result = checkout.run("make", "sums")
    assert result.code == 0, result
    assert "written: release/SHA256SUMS and release/IMAGES" in result.output
    for name in ("SHA256SUMS", "IMAGES"):
        assert (checkout.release / name).read_bytes() == (checkout.dist / name).read_bytes()
    changed = checkout.git("status", "--porcelain").split()
    assert "release/SHA256SUMS" in changed and checkout.git("rev-parse", "HEAD") == before
    checkout.commit()
    result = checkout.make()
    assert result.code == 0, result


def test_a_release_that_is_not_what_its_sums_say_is_refused(checkout: Checkout) -> None:
    assert checkout.make().code == 0
    before = contents(checkout.dist)
    checkout.edit("release/deploy/compose.yaml", r"\A", "# Another.\n")
    checkout.commit()
    result = checkout.make()
    assert result.code != 0
    assert result.errors == ["what was built is not what release/SHA256SUMS says:"], result
    assert "       compose.yaml\n" in result.output and "commit them: make sums" in result.output
    assert contents(checkout.dist) == before


def test_an_archive_that_was_kept_and_spoilt_is_made_anew(checkout: Checkout) -> None:
    """The second release would not be what its sums say."""
    assert checkout.make().code == 0
    [kept] = (checkout.root / ".build" / "compressed").glob("*.artifactbundle.tar.gz")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert checkout.make().code == 0


def test_sums_are_made_of_a_commit(checkout: Checkout) -> None:
    (checkout.root / "forgotten.txt").write_text("new\n")
    result = checkout.run("make", "sums")
    assert result.code != 0 and "some files are not committed: forgotten.txt" in result.output, result
    assert result.errors == [f"the sums of {VERSION} cannot be made:"]


@pytest.mark.parametrize(
    ("form", "password"),
    [("file", PASSWORD), ("text", PASSWORD), ("text without its comment", ""), ("line with its end", "")],
    ids=["a file and its password", "text and its password", "a line without a password", "a line and its end"],
)
def test_a_key_signs(checkout: Checkout, form: str, password: str) -> None:
    keys = Keys(checkout.place, password)
    (checkout.release / "minisign.pub").write_text(keys.public.read_text())
    checkout.commit()
    checkout.commit_sums()
    text = keys.secret.read_text()
    variables = {
        "file": {"MINISIGN_SECRET_KEY_FILE": str(keys.secret)},
        "text": {"MINISIGN_SECRET_KEY": text},
        "text without its comment": {"MINISIGN_SECRET_KEY": text.splitlines()[1]},
        "line with its end": {"MINISIGN_SECRET_KEY": text.splitlines()[1] + "\r\n"},
    }[form]
    if password:
        variables["MINISIGN_PASSWORD"] = password
    result = checkout.make(**variables)
    assert result.code == 0, result
    assert result.output.splitlines()[-2] == "signed: SHA256SUMS.minisig" and "UNSIGNED" not in result.output
    assert signed(checkout.dist, keys)
    assert f"\npublic_key={keys.public.read_text().split()[-1]}\n" in (checkout.dist / "install.sh").read_text()
    with (checkout.dist / "SHA256SUMS").open("a") as file:
        file.write(" ")
    assert not signed(checkout.dist, keys)
    told_nothing_secret(result, text)


def told_nothing_secret(result: Result, text: str) -> None:
    assert PASSWORD not in result.output and text.splitlines()[1] not in result.output


def test_a_release_that_was_made_elsewhere_is_signed_when_its_sums_are_committed(checkout: Checkout) -> None:
    keys = Keys(checkout.place)
    (checkout.release / "minisign.pub").write_text(keys.public.read_text())
    checkout.commit()
    checkout.commit_sums()
    assert checkout.make().code == 0
    assert checkout.run("sign").errors == ["there is no key to sign with"]
    result = checkout.run("sign", MINISIGN_SECRET_KEY_FILE=str(keys.secret))
    assert result.code == 0 and signed(checkout.dist, keys), result
    (checkout.dist / "SHA256SUMS.minisig").unlink()
    with (checkout.dist / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  more\n")
    result = checkout.run("sign", MINISIGN_SECRET_KEY_FILE=str(keys.secret))
    assert result.errors == [f"what is in {checkout.dist} is not what release/SHA256SUMS says"], result
    assert not (checkout.dist / "SHA256SUMS.minisig").exists()


def test_the_notes_of_a_release_are_its_part_of_the_changelog(checkout: Checkout) -> None:
    checkout.edit("CHANGELOG.md", "^## ", "## 9.9.9 (2030-01-01)\n\n- Newer.\n\n## ")
    told = output_of("make", "--silent", "--directory", checkout.root, "notes")
    assert told.strip() == "- Newer."


def test_a_password_that_the_key_does_not_need(checkout: Checkout) -> None:
    # It is longer than a pipe holds, and minisign ends without having read it.
    keys = Keys(checkout.place)
    (checkout.release / "minisign.pub").write_text(keys.public.read_text())
    checkout.commit()
    checkout.commit_sums()
    result = checkout.make(MINISIGN_SECRET_KEY_FILE=str(keys.secret), MINISIGN_PASSWORD=100_000 * "x")
    assert result.code == 0, result
    assert signed(checkout.dist, keys)


def test_what_is_run_meanwhile_does_not_see_the_secrets(checkout: Checkout) -> None:
    keys = Keys(checkout.place, PASSWORD)
    with (checkout.release / "build").open("a") as file:
        file.write("env >&2; ps -A -ww -o args >&2\n")
    # What the checks of the release run does not see them either.
    checkout.edit("release/lib/refusals.sh", "^    refuse_version", "    env >&2\n    refuse_version")
    checkout.commit()
    text = keys.secret.read_text()
    result = checkout.make(MINISIGN_SECRET_KEY=text, MINISIGN_PASSWORD=PASSWORD)
    assert result.code == 0, result
    assert "SDK_WORK=" in result.output and "release/make" in result.output
    told_nothing_secret(result, text)


@pytest.mark.parametrize("fault", ["wrong password", "no key", "no file", "key of another", "two keys"])
def test_a_key_that_is_no_good_is_told_before_the_work(checkout: Checkout, fault: str) -> None:
    keys = Keys(checkout.place, PASSWORD)
    (checkout.release / "minisign.pub").write_text(keys.public.read_text())
    checkout.commit()
    good = {"MINISIGN_SECRET_KEY_FILE": str(keys.secret), "MINISIGN_PASSWORD": PASSWORD}
    (checkout.place / "other").mkdir()
    other = Keys(checkout.place / "other")
    changes, error = {
        "wrong password": ({"MINISIGN_PASSWORD": "wrong"}, "minisign cannot sign with this key: Wrong password"),
        "no key": (
            {"MINISIGN_SECRET_KEY_FILE": "", "MINISIGN_SECRET_KEY": "RWRT"},
            "minisign cannot sign with this key",
        ),
        "no file": ({"MINISIGN_SECRET_KEY_FILE": "/nowhere"}, "the secret key cannot be read: /nowhere"),
        "key of another": ({"MINISIGN_SECRET_KEY_FILE": str(other.secret)}, "does not belong to the public key"),
        "two keys": ({"MINISIGN_SECRET_KEY": "RWRT"}, "are both set"),
    }[fault]
    result = checkout.make(**(good | changes))
    assert result.code != 0 and len(result.errors) == 1 and error in result.errors[0], result
    assert not checkout.dist.exists() and "packing" not in result.output
    told_nothing_secret(result, keys.secret.read_text())


@pytest.mark.parametrize(
    ("number", "where"),
    [(signal.SIGKILL, 0), (signal.SIGKILL, 1), (signal.SIGKILL, 2), (signal.SIGINT, 1), (signal.SIGTERM, 0)],
    ids=["KILL programs", "KILL packing", "KILL sums", "INT packing", "TERM programs"],
)
def test_it_can_be_stopped_anywhere_and_run_again(checkout: Checkout, number: int, where: int) -> None:
    checkout.dist.mkdir()
    (checkout.dist / "tmdb-mcp-linux-amd64").write_text("the earlier release\n")
    before = contents(checkout.dist)
    checkout.stop_in(*PLACES[where])
    checkout.commit()
    running = checkout.start_until("make", VERSION=VERSION)
    handles = running.handles()
    running.signal_all(number)
    assert all_end(handles)
    result = running.finish()
    assert result.code != 0
    if number != signal.SIGKILL:
        assert f"The release in {checkout.dist} is as it was" in result.output
    assert contents(checkout.dist) == before
    result = checkout.make()
    assert result.code == 0, result
    assert set(contents(checkout.dist)) == {*sums(checkout.dist), "SHA256SUMS"}
    left = {path.name for path in checkout.release.iterdir()} & {"dist.new", "dist.old"}
    assert not left and not (checkout.root / ".build" / "export").exists()


def test_the_earlier_release_comes_back_when_the_last_step_was_cut_in_two(checkout: Checkout) -> None:
    """Between the two renames the release has another name."""
    assert checkout.make().code == 0
    before = contents(checkout.dist)
    checkout.dist.rename(checkout.release / "dist.old")
    assert checkout.make(VERSION="9.9.9").code != 0
    assert contents(checkout.dist) == before


@pytest.mark.parametrize("name", ["documents", "documents.old", "documents.new"])
def test_a_folder_of_the_user_is_not_deleted(checkout: Checkout, name: str) -> None:
    kept = checkout.place / name
    kept.mkdir()
    (kept / "thesis.txt").write_text("years\n")
    result = checkout.make(DIST=str(checkout.place / "documents"))
    assert result.code != 0
    assert result.errors == [f"{kept} holds something else than a release, which would be lost"], result
    assert [path.name for path in kept.iterdir()] == ["thesis.txt"]


def test_two_at_once_are_refused(checkout: Checkout) -> None:
    checkout.stop_in(*PLACES[0])
    checkout.commit()
    checkout.start_until("make", VERSION=VERSION)
    result = checkout.make()
    assert result.code != 0 and result.errors == ["another release is being made here"]


def test_a_failure_leaves_the_earlier_release(checkout: Checkout) -> None:
    assert checkout.make().code == 0
    before = contents(checkout.dist)
    checkout.edit("release/package/__main__.py", "^    write_sums", "    raise SystemExit(1)\n    write_sums")
    assert checkout.run("make").code != 0
    assert contents(checkout.dist) == before
    (checkout.release / "build").write_text("#!/bin/sh\nexit 1\n")
    result = checkout.run("make")
    assert result.code != 0 and "there is no new release" in result.errors
    assert contents(checkout.dist) == before
