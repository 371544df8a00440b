"""Inputs of the SDK that a mirror has dropped: the same bytes from an archive of mirrors or kept files, or none."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest
from support.inputs import Sdk, drift, failed, notes
from support.mirror import AFTER, BEFORE
from support.namespaces import without_network


def keep(sdk: Sdk, form: str) -> Path:
    """What was fetched, in a folder or a tar file of the user's."""
    kept = sdk.builder.place / "kept"
    shutil.copytree(sdk.builder.work / "inputs" / "files", kept / "files")
    if form == "file":
        with tarfile.open(sdk.builder.place / "sources.tar", "w") as archive:
            archive.add(kept, "kept")
        shutil.rmtree(kept)
        return sdk.builder.place / "sources.tar"
    return kept


def change(path: Path) -> None:
    """One bit of it."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_strict_takes_exactly_what_is_locked_or_says_what_is_missing(locked: Sdk) -> None:
    drift(locked.mirror, dropped=True)
    result = locked.run(STRICT="1")
    assert failed(result, "library 1:1.9-1 cannot be had: library_1.9-1.dsc: http://127.0.0.1", "404", "SDK_INPUTS=")
    assert "DEBIAN_ARCHIVE=" in result.output and "make sdk-lock" in result.output
    assert locked.builder.key("inputs") is None
    # What a build without STRICT has taken is no excuse.
    locked.take()
    assert failed(locked.run(STRICT="1"), "library 1:1.9-1 cannot be had")


@pytest.mark.parametrize("delay", [0, 1])
def test_strict_gets_what_was_dropped_from_an_archive_of_mirrors(locked: Sdk, delay: int) -> None:
    """The archive may see a state of the mirror some hours after its date."""
    locked.take()
    before = locked.taken
    archive = locked.mirror.keep_state(BEFORE if delay == 0 else BEFORE.replace("0101T", "0102T"))
    drift(locked.mirror, dropped=True)
    locked.forget()
    result = locked.take(STRICT="1", DEBIAN_ARCHIVE=archive)
    assert notes(result) == []
    assert (locked.taken, locked.taken_lock) == (before, locked.lock_file.read_text())


@pytest.mark.parametrize("form", ["folder", "file"])
def test_strict_gets_what_was_dropped_from_kept_inputs_without_a_network(locked: Sdk, form: str) -> None:
    locked.take()
    before = locked.taken
    kept = keep(locked, form)
    locked.forget()
    result = locked.take(under=without_network(), STRICT="1", SDK_INPUTS=str(kept))
    assert notes(result) == []
    assert (locked.taken, locked.taken_lock) == (before, locked.lock_file.read_text())
    assert locked.take(STRICT="1", SDK_INPUTS="").steps == []


@pytest.mark.parametrize("strict", ["0", "1"])
def test_kept_inputs_with_other_bytes_are_refused(locked: Sdk, strict: str) -> None:
    locked.take()
    kept = keep(locked, "folder")
    change(kept / "files" / "tool" / "tool_2.0~rc1.tar.gz")
    locked.forget()
    result = locked.run(STRICT=strict, SDK_INPUTS=str(kept))
    said = f"tool_2.0~rc1.tar.gz in {kept} has other bytes than inputs.lock says"
    assert failed(result, said, "Do not use these kept inputs.")
    assert locked.builder.key("inputs") is None


@pytest.mark.parametrize("form", ["nothing", "no tar file"])
def test_kept_inputs_that_are_none_are_told(locked: Sdk, form: str) -> None:
    kept = locked.builder.place / "kept"
    if form == "no tar file":
        kept.write_text("nothing to unpack\n")
    result = locked.run(STRICT="1", SDK_INPUTS=str(kept))
    assert failed(result, str(kept), "SDK_INPUTS names a folder, or the sources of a release")


@pytest.mark.parametrize("where", ["mirror", "archive"])
@pytest.mark.parametrize("strict", ["0", "1"])
def test_other_bytes_under_a_locked_version_are_refused(locked: Sdk, where: str, strict: str) -> None:
    archive = locked.mirror.keep_state(BEFORE)
    file = "library-dev_1.9-1_armhf.deb"
    if where == "archive":
        if strict == "0":
            # Where the newer cannot be had either, the archive is asked too.
            locked.mirror.add("debian", "library", "1:1.10-1", "library-dev:amd64", "library-dev:armhf")
            locked.mirror.publish(AFTER)
            locked.mirror.drop("library", "1.10-1")
        locked.mirror.drop("library", "1.9-1")
        change(locked.mirror.root / "kept" / "debian" / BEFORE / "pool/main/l/library" / file)
    else:
        change(locked.mirror.pool("library") / file)
    result = locked.run(STRICT=strict, DEBIAN_ARCHIVE=archive)
    assert failed(result, f"{file} has other bytes than inputs.lock says", "Do not use this mirror.")
    assert locked.builder.key("inputs") is None
