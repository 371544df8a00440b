"""The lock of the SDK's inputs: what it records, and which versions it takes from a mirror that the tests make."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from places import ROOT
from support.inputs import Sdk, drift, failed, notes
from support.mirror import AFTER, BEFORE, Key


def test_the_lock_tells_what_is_needed_to_get_each_file_again(locked: Sdk) -> None:
    assert locked.versions == {
        "certificates:all": "20250101",
        "library:source": "1:1.9-1",
        "library-dev:amd64": "1:1.9-1",
        "library-dev:armhf": "1:1.9-1",
        "tool:source": "2.0~rc1",
    }
    for _, _, _, content, file, time, folder in locked.lines:
        assert time == BEFORE
        assert hashlib.sha256((locked.mirror.root / folder / file).read_bytes()).hexdigest() == content
    assert {line[4] for line in locked.lines if line[1] == "source"} == {
        *("library_1.9-1.dsc", "library_1.9-1.tar.gz"),
        *("tool_2.0~rc1.dsc", "tool_2.0~rc1.tar.gz"),
    }
    result = locked.take()
    assert notes(result) == [] and locked.taken_lock == locked.lock_file.read_text()
    assert {name.rpartition("/")[2] for name in locked.taken} == {line[4] for line in locked.lines}


def test_the_lock_of_the_repository_has_this_form() -> None:
    for line in (ROOT / "release" / "sdk" / "inputs.lock").read_text().splitlines():
        assert re.fullmatch(r"\S+ \S+ \S+ [0-9a-f]{64} [^ /]+ \d{8}T\d{6}Z debian(-security)?/pool/\S+[^/]", line)


def test_an_index_with_other_bytes_for_a_locked_version_is_refused(locked: Sdk) -> None:
    before = locked.lock_file.read_text()
    locked.mirror.drop("certificates", "20250101")
    locked.mirror.add("debian", "certificates", "20250101", "certificates:all", content="other\n")
    locked.mirror.publish(AFTER)
    result = locked.run("lock")
    said = "certificates_20250101_all.deb of the same version has other bytes than inputs.lock says"
    assert failed(result, said, "Do not use this mirror.")
    assert locked.lock_file.read_text() == before


def test_locking_takes_the_newest_by_debians_order(locked: Sdk) -> None:
    """1.10 is newer than 1.9, an epoch than none, and a release than its candidate."""
    drift(locked.mirror, dropped=False)
    locked.mirror.add("debian", "tool", "2.0")
    locked.mirror.add("debian", "certificates", "20250101+deb13u1", "certificates:all")
    locked.mirror.add("debian", "library", "9.0-1", "library-dev:amd64", "library-dev:armhf")
    locked.mirror.publish(AFTER)
    locked.lock()
    assert locked.versions["library:source"] == "1:1.10-1"
    assert locked.versions["tool:source"] == "2.0"
    assert locked.versions["certificates:all"] == "20250101+deb13u1"
    assert {line[5] for line in locked.lines} == {AFTER}


def test_security_updates_are_taken_and_the_newest_wins(locked: Sdk) -> None:
    mirror = locked.mirror
    mirror.add("debian-security", "library", "1:1.9-1+deb13u2", "library-dev:amd64", "library-dev:armhf")
    mirror.add("debian", "library", "1:1.9-1+deb13u1", "library-dev:amd64", "library-dev:armhf")
    mirror.add("debian-security", "tool", "2.0~rc1+deb13u1")
    mirror.add("debian", "tool", "2.1")
    mirror.publish(AFTER)
    result = locked.take()
    assert notes(result) == [
        "note: the mirror has moved on: library 1:1.9-1 -> 1:1.9-1+deb13u2; tool 2.0~rc1 -> 2.1"
        " (make sdk-lock records it)"
    ]
    locked.lock()
    assert locked.versions["library-dev:armhf"] == "1:1.9-1+deb13u2" and locked.versions["tool:source"] == "2.1"
    folders = {line[0]: line[6] for line in locked.lines}
    assert folders["library"] == "debian-security/pool/updates/main/l/library"
    assert folders["tool"] == "debian/pool/main/t/tool"
    locked.take(STRICT="1")
    assert locked.taken_lock == locked.lock_file.read_text()


def test_a_mirror_that_is_named_has_its_security_updates_beside_it(sdk: Sdk) -> None:
    sdk.mirror.add("debian-security", "tool", "2.1")
    sdk.mirror.publish()
    sdk.lock(DEBIAN_SECURITY_MIRROR="")
    assert sdk.versions["tool:source"] == "2.1"


def test_security_updates_that_cannot_be_read_are_told_and_locking_refuses(locked: Sdk) -> None:
    before = locked.lock_file.read_text()
    shutil.rmtree(locked.mirror.root / "debian-security" / "dists")
    result = locked.take()
    assert len(notes(result)) == 1
    assert notes(result)[0].startswith("note: newer inputs in trixie-security are not seen: ")
    result = locked.run("lock")
    said = f"cannot read Debian trixie-security from the mirror {locked.mirror.address}/debian-security: "
    assert failed(result, said, "DEBIAN_SECURITY_MIRROR (none does without)")
    assert locked.lock_file.read_text() == before
    assert locked.lock(DEBIAN_SECURITY_MIRROR="none")


def test_an_index_of_one_architecture_that_is_not_the_signed_one_keeps_no_other_input_back(locked: Sdk) -> None:
    """As in the middle of an update of a mirror."""
    mirror = locked.mirror
    mirror.add("debian-security", "library", "1:1.9-2", "library-dev:amd64", "library-dev:armhf")
    mirror.add("debian-security", "tool", "2.1")
    mirror.publish(AFTER)
    with (mirror.root / "debian-security/dists/trixie-security/main/binary-armhf/Packages").open("a") as index:
        index.write("\n")
    [note] = notes(locked.lock())
    assert note.startswith("note: newer inputs in trixie-security for armhf are not seen: Failed to fetch ")
    assert locked.versions["tool:source"] == "2.1"
    assert {version for name, version in locked.versions.items() if name.startswith("library")} == {"1:1.9-1"}


@pytest.mark.parametrize("suffix", ["dsc", "tar.gz"])
def test_locking_goes_on_where_the_index_names_a_file_that_is_missing(locked: Sdk, suffix: str) -> None:
    """With the newest version that can be had, and never an older one than the lock has."""
    mirror = locked.mirror
    mirror.add("debian", "tool", "3.0")
    mirror.add("debian", "certificates", "20260101", "certificates:all")
    mirror.publish(AFTER)
    (mirror.pool("tool") / f"tool_3.0.{suffix}").unlink()
    before = [line for line in locked.lines if line[0] == "tool"]
    result = locked.lock()
    [note] = notes(result)
    assert note.startswith(
        f"note: tool stays at 2.0~rc1: the mirror offers 3.0, of which the mirror lacks tool_3.0.{suffix}: "
    )
    assert "404" in note
    assert locked.versions["certificates:all"] == "20260101", "the others move on"
    assert [line for line in locked.lines if line[0] == "tool"] == before
    # The mirror comes to its senses.
    mirror.add("debian", "tool", "3.1")
    mirror.publish(AFTER)
    assert notes(locked.lock()) == [] and locked.versions["tool:source"] == "3.1"


def test_locking_takes_the_newest_that_can_be_had(locked: Sdk) -> None:
    locked.mirror.add("debian", "tool", "2.1")
    locked.mirror.add("debian", "tool", "3.0")
    locked.mirror.publish(AFTER)
    (locked.mirror.pool("tool") / "tool_3.0.dsc").unlink()
    [note] = notes(locked.lock())
    assert "tool stays at 2.1: the mirror offers 3.0" in note
    assert locked.versions["tool:source"] == "2.1"


def test_locking_never_goes_back(locked: Sdk) -> None:
    locked.mirror.add("debian", "tool", "3.0")
    locked.mirror.publish(AFTER)
    locked.lock()
    locked.mirror.drop("tool", "3.0")
    locked.mirror.publish(AFTER)
    locked.lock()
    assert locked.versions["tool:source"] == "3.0"


def test_an_input_that_cannot_be_locked_at_all_leaves_the_lock_as_it_is(sdk: Sdk) -> None:
    (sdk.mirror.pool("tool") / "tool_2.0~rc1.dsc").unlink()
    sdk.lock_file.write_text("as it was\n")
    result = sdk.run("lock")
    said = "tool cannot be locked: 2.0~rc1, of which the mirror lacks tool_2.0~rc1.dsc: "
    assert failed(result, said, "404", "inputs.lock is as it was.", "try again, or name another:")
    assert sdk.lock_file.read_text() == "as it was\n"


def test_what_has_to_be_of_one_version_is(locked: Sdk) -> None:
    """As in the middle of an update of a mirror: one platform has no newer package yet."""
    locked.mirror.add("debian", "library", "1:1.10-1", "library-dev:amd64")
    locked.mirror.publish(AFTER)
    assert notes(locked.take()) == []
    locked.lock()
    assert {version for name, version in locked.versions.items() if name.startswith("library")} == {"1:1.9-1"}


def test_locking_again_changes_nothing_where_nothing_is_newer(locked: Sdk) -> None:
    """Not even the times: a workflow looks whether the lock has changed."""
    before = locked.lock_file.read_text()
    locked.mirror.publish(AFTER)
    locked.lock()
    assert locked.lock_file.read_text() == before


def test_an_index_that_another_key_has_signed_is_refused(sdk: Sdk, place: Path) -> None:
    with Key(place) as other:
        result = sdk.run("lock", DEBIAN_KEYRING=str(other.keyring))
        assert failed(result, "cannot read Debian trixie-security from the mirror")
        assert "NO_PUBKEY" in result.output or "not signed" in result.output
    result = sdk.run("lock", DEBIAN_KEYRING="/nowhere")
    assert failed(result, "cannot read the keyring /nowhere", "DEBIAN_KEYRING")
    assert sdk.lock_file.read_text() == ""
