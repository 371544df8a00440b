"""A patch of ours is applied where the source lacks the fix, and only there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from places import ROOT

SOURCE = "".join(f"line {number}\n" for number in range(1, 12))
PATCH = """\
CVE-2026-1: line 6 was wrong.
--- a/file.c
+++ b/file.c
@@ -3,7 +3,7 @@
 line 3
 line 4
 line 5
-line 6
+line six
 line 7
 line 8
 line 9
"""


class Tree:
    """A source of version 3.6.6 as Debian has it, and the patch for it."""

    def __init__(self, place: Path) -> None:
        self.source, self._sdk = place / "out" / "source", place / "sdk"
        self.file = self.source / "file.c"
        (self.source / "debian" / "patches").mkdir(parents=True)
        (self._sdk / "patches").mkdir(parents=True)
        self.file.write_text(SOURCE)
        self.changes = self.source / "ChangeLog"
        self.changes.write_text("= 3.6.6\n   * CVE-2026-12 is another one.\n")
        (self.source / "debian" / "changelog").write_text("library (3.6.6-1) trixie\n")
        (self._sdk / "patches" / "library.patch").write_text(PATCH)

    def patch(self, version: str = "3.6.6") -> subprocess.CompletedProcess:
        script = (
            f". {ROOT}/release/lib/common.sh; . {ROOT}/release/sdk/lib/patches.sh; OUT=$1 sdk=$2 version=$3\n"
            "patch_unless_fixed library CVE-2026-1 3.6.8"
        )
        command = ["bash", "-euo", "pipefail", "-c", script, "-", self.source.parent, self._sdk, version]
        return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def tree(place: Path) -> Tree:
    return Tree(place)


@pytest.mark.parametrize("version", ["3.6.6", "3.6.7", "3.5.10"])
def test_a_source_without_the_fix_is_patched(tree: Tree, version: str) -> None:
    assert tree.patch(version).returncode == 0
    assert "line six\n" in tree.file.read_text()


@pytest.mark.parametrize("version", ["3.6.8", "3.6.10", "4.0.0"])
def test_a_version_with_the_fix_is_left_as_it_is(tree: Tree, version: str) -> None:
    done = tree.patch(version)
    assert (done.returncode, tree.file.read_text()) == (0, SOURCE)
    assert f"CVE-2026-1 is fixed in version {version}" in done.stderr


@pytest.mark.parametrize("where", ["ChangeLog", "debian/changelog", "debian/patches/fix.patch"])
def test_a_source_whose_history_names_the_fix_is_left_as_it_is(tree: Tree, where: str) -> None:
    (tree.source / where).write_text("  * Fix CVE-2026-1.\n")
    done = tree.patch()
    assert (done.returncode, tree.file.read_text()) == (0, SOURCE)
    assert "CVE-2026-1 is fixed in Debian's source" in done.stderr


def test_a_source_that_has_neither_the_fix_nor_a_place_for_the_patch_is_refused(tree: Tree) -> None:
    other = SOURCE.replace("line 5", "line five")
    tree.file.write_text(other)
    done = tree.patch()
    assert done.returncode != 0
    assert "error: version 3.6.6 lacks the fix of CVE-2026-1, and our patch does not apply to it" in done.stderr
    assert "release/sdk/patches/library.patch" in done.stderr
    assert tree.file.read_text() == other and not list(tree.source.rglob("*.rej"))


def test_a_source_of_no_version_is_refused(tree: Tree) -> None:
    done = tree.patch("")
    assert done.returncode != 0 and "cannot tell the version" in done.stderr
    assert tree.file.read_text() == SOURCE
