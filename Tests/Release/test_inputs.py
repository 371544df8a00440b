"""The inputs of the SDK when a mirror moves on or does not answer, and what is read of the system's own apt."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support.inputs import Sdk, drift, failed, notes
from support.mirror import AFTER, BEFORE
from support.namespaces import with_mounts


def test_a_mirror_that_has_moved_on_is_told_in_one_line(locked: Sdk) -> None:
    drift(locked.mirror, dropped=False)
    result = locked.take()
    said = "note: the mirror has moved on: library 1:1.9-1 -> 1:1.10-1 (make sdk-lock records it)"
    assert notes(result) == [said]
    assert locked.taken_lock == locked.lock_file.read_text(), "what is locked is there still"
    again = locked.take()
    assert again.steps == [] and notes(again) == [said], "it is told for as long as it is so"


def test_what_the_mirror_has_dropped_is_replaced_by_the_newer_and_told_in_one_line(locked: Sdk) -> None:
    drift(locked.mirror, dropped=True)
    result = locked.take()
    assert notes(result) == [
        "note: the mirror has moved on: library 1:1.9-1 -> 1:1.10-1, taken (make sdk-lock records it)"
    ]
    assert "library-dev armhf 1:1.10-1 " in locked.taken_lock and "1:1.9-1" not in locked.taken_lock


def test_a_mirror_without_an_index_is_no_matter_where_the_locked_files_are(locked: Sdk) -> None:
    shutil.rmtree(locked.mirror.root / "debian" / "dists")
    result = locked.take()
    assert len(notes(result)) == 1 and "newer inputs in trixie are not seen: " in notes(result)[0]
    assert locked.taken_lock == locked.lock_file.read_text()
    assert failed(locked.run("lock"), "cannot read Debian trixie from the mirror")


def test_the_mirrors_are_those_of_the_systems_sources(locked: Sdk) -> None:
    codename = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(), re.M)[1]
    lists = locked.builder.place / "sources"
    lists.mkdir()
    for archive, suite in (("debian", codename), ("debian-security", f"{codename}-security")):
        text = f"Types: deb\nURIs: {locked.mirror.address}/{archive}\nSuites: {suite}\nComponents: main\n"
        (lists / f"{archive}.sources").write_text(text)
    under = with_mounts(f"mount --bind {lists} /etc/apt/sources.list.d", "mount -t tmpfs none /var/lib/apt/lists")
    result = locked.take(under=under, DEBIAN_MIRROR="", DEBIAN_SECURITY_MIRROR="")
    assert notes(result) == []
    assert {"/debian/dists/trixie/InRelease", "/debian-security/dists/trixie-security/InRelease"} <= set(
        locked.mirror.asked
    )


def test_the_systems_own_apt_is_only_read(sdk: Sdk) -> None:
    """It cannot be written: what another process does with apt meanwhile is no matter."""
    places = ("/etc/apt", "/var/lib/apt", "/var/lib/dpkg", "/var/cache/apt", "/var/log/apt")
    here = [name for name in places if Path(name).exists()]
    mounts = [f"mount --bind {name} {name} && mount -o remount,bind,ro {name}" for name in here]
    under = with_mounts(*mounts)
    refused = with_mounts(*mounts, "! touch /var/lib/apt/lists/probe 2>/dev/null")
    result = sdk.builder.run("lock", under=refused, **sdk.mirror.variables)
    assert result.code == 0, result
    result = sdk.run("inputs", under=under)
    assert result.code == 0, result


@pytest.mark.parametrize(
    ("times", "said"), [((BEFORE, AFTER), "is expired"), (("21000101T000000Z",), "is not valid yet")]
)
def test_an_index_of_another_time_is_not_read_and_locking_asks_for_the_clock(
    locked: Sdk, times: tuple[str, ...], said: str
) -> None:
    """As on a machine whose clock is wrong; the locked inputs are taken all the same."""
    before = locked.lock_file.read_text()
    # This system's own settings may have turned these checks off.
    settings = locked.builder.place / "apt.conf"
    settings.write_text('Dir::Etc::parts "/dev/null";\n')
    locked.mirror.publish(*times)
    result = locked.take(APT_CONFIG=str(settings))
    assert len(notes(result)) == 2 and all(said in line for line in notes(result))
    assert locked.taken_lock == before
    result = locked.run("lock", APT_CONFIG=str(settings))
    assert failed(result, said, "Is it 2", "set this machine's clock")
    assert locked.lock_file.read_text() == before
