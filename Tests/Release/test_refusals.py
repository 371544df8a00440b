"""`make release VERSION=…` says what keeps a version from being released, all of it at once, and makes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from places import DAY, VERSION
from support.checkout import Checkout

Change = Callable[[Checkout], None]


def refused(checkout: Checkout, *reasons: str, version: str = VERSION) -> bool:
    """Asserts that there are these refusals and no other; true for `assert`."""
    result = checkout.run("make", VERSION=version)
    assert result.code != 0, result
    assert result.errors == [f"{version} cannot be released:"], result
    told = [line.removeprefix("         - ") for line in result.output.splitlines() if line.startswith("         - ")]
    assert len(told) == len(reasons), result.output
    for reason, line in zip(reasons, told):
        assert reason in line, result.output
    assert not checkout.dist.exists() and not checkout.dist.with_name("dist.new").exists()
    return True


def test_a_file_that_is_not_committed(checkout: Checkout) -> None:
    (checkout.root / "forgotten.txt").write_text("new\n")
    assert refused(checkout, "some files are not committed: forgotten.txt")


def test_so_many_files_that_are_not_committed_that_a_pipe_does_not_hold_their_names(checkout: Checkout) -> None:
    for number in range(2000):
        (checkout.root / f"{number:04}-{'x' * 100}").touch()
    assert refused(checkout, f"some files are not committed: 0000-{'x' * 100} 0001-")


def test_a_change_that_is_not_committed(checkout: Checkout) -> None:
    checkout.edit("README.md", "^# tmdb-mcp", "# other")
    assert refused(checkout, "some files are not committed: README.md")


def test_no_checkout(checkout: Checkout) -> None:
    (checkout.root / ".git").rename(checkout.place / "git")
    assert refused(checkout, "this is no git checkout")


@pytest.mark.parametrize("annotated", [True, False])
def test_a_tag_that_names_another_commit(checkout: Checkout, annotated: bool) -> None:
    tagged = checkout.git("rev-parse", "HEAD")
    checkout.git("tag", *(("--annotate", "--message=it") if annotated else ()), f"v{VERSION}")
    checkout.edit("README.md", "^# tmdb-mcp", "# tmdb-mcp, later")
    checkout.commit()
    assert refused(checkout, f"the tag v{VERSION} is used: it names the commit {tagged[:12]}")


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("## 9.9.9 (2026-01-01)", f"CHANGELOG.md does not name {VERSION}"),
        (f"## {VERSION} (unreleased)", f"CHANGELOG.md calls {VERSION} unreleased"),
        (f"## {VERSION} (2001-01-01)", f'(2001-01-01)", and versionDate in Version.swift is {DAY}'),
        (f"## {VERSION}", f'CHANGELOG.md has "## {VERSION}", and versionDate'),
    ],
)
def test_a_changelog_without_the_version_and_its_day(checkout: Checkout, heading: str, reason: str) -> None:
    checkout.edit("CHANGELOG.md", "^## .*", heading)
    checkout.commit()
    assert refused(checkout, reason)


def test_another_version_than_the_program_tells(checkout: Checkout) -> None:
    checkout.edit("CHANGELOG.md", "^## .*", f"## 9.9.9 ({DAY})")
    checkout.commit()
    assert refused(checkout, f"the program calls itself {VERSION}", version="9.9.9")


@pytest.mark.parametrize("sums", ["", "{sum}  tmdb-mcp_0.0.1.cdx.json\n"])
def test_no_sums_of_the_version(checkout: Checkout, sums: str) -> None:
    (checkout.release / "SHA256SUMS").write_text(sums.format(sum="0" * 64))
    checkout.commit()
    assert refused(checkout, f"release/SHA256SUMS is not of {VERSION}")
    (checkout.release / "SHA256SUMS").unlink()
    checkout.commit()
    assert refused(checkout, f"release/SHA256SUMS is not of {VERSION}")


@pytest.mark.parametrize("version", ["v1.2.3", "1.2", "1.02.3", "1.2.3.4", "1.2.3-", "1.2.3+build", "1.2.3 ", "newest"])
def test_what_is_no_version(checkout: Checkout, version: str) -> None:
    result = checkout.run("make", VERSION=version)
    assert result.code != 0 and f"{version} is not a semantic version" in result.output


def test_another_toolchain(checkout: Checkout) -> None:
    (checkout.root / ".swift-version").write_text("6.3.99\n")
    checkout.commit()
    assert refused(checkout, "and .swift-version pins 6.3.99")


def test_everything_is_told_at_once_with_what_to_do(checkout: Checkout) -> None:
    checkout.git("tag", f"v{VERSION}")
    checkout.edit("CHANGELOG.md", "^## .*", f"## {VERSION} (unreleased)")
    (checkout.root / ".swift-version").write_text("6.3.99\n")
    checkout.commit()
    (checkout.root / "forgotten.txt").write_text("new\n")
    reasons = ("unreleased", "not committed", "is used", "pins 6.3.99")
    assert refused(checkout, *reasons)
    result = checkout.run("make", VERSION=VERSION)
    for hint in (
        f'"## {VERSION} ({DAY})"',
        "Commit or remove them",
        f"git checkout v{VERSION}",
        "Install Swift 6.3.99",
    ):
        assert hint in result.output


def test_without_a_version_nothing_of_it_is_asked(checkout: Checkout) -> None:
    checkout.edit("CHANGELOG.md", "^## .*", f"## {VERSION} (unreleased)")
    (checkout.root / "forgotten.txt").write_text("new\n")
    result = checkout.run("make")
    assert result.code == 0, result
    assert (checkout.dist / "SHA256SUMS").is_file()
