"""The builder of the SDK: which steps it runs, and what is left when one is interrupted or fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.builder import ARTIFACT_BUNDLE, OVERLAYS, READY, Builder
from support.namespaces import without_network
from support.platforms import BUILT


@pytest.mark.parametrize("drift", ["", "curl 8.14.1-2 -> 8.14.1-3\nzlib 1:1.3 -> 1:1.4\n"], ids=["as locked", "newer"])
def test_a_second_run_does_nothing(seeded: Builder, drift: str) -> None:
    """Whatever the mirror had when the inputs were fetched, which is told for as long as it is so."""
    with_drift(seeded, drift)
    for path in seeded.sdk.rglob("*"):
        os.utime(path)
    result = seeded.run(under=without_network())
    assert result.is_ready, result
    assert result.steps == []
    told = result.output.splitlines()[:-1]
    newer = "curl 8.14.1-2 -> 8.14.1-3; zlib 1:1.3 -> 1:1.4"
    assert told == ([f"note: the mirror has moved on: {newer} (make sdk-lock records it)"] if drift else [])


def with_drift(seeded: Builder, drift: str) -> None:
    """Notes what the mirror had that was newer, in place of what there was. The files are links to those of the SDK."""
    inputs = seeded.work / "inputs"
    for name in ("drift", "notes"):
        (inputs / name).unlink(missing_ok=True)
    if drift:
        (inputs / "drift").write_text(drift)


def test_inputs_that_are_the_locked_ones_are_good_enough_when_strict(seeded: Builder) -> None:
    lock = seeded.work / "inputs" / "inputs.lock"
    # What was taken may be newer than the lock. Then this is the lock of those.
    lock.unlink()
    lock.write_bytes((seeded.sdk / "inputs.lock").read_bytes())
    result = seeded.run("inputs", under=without_network(), STRICT="1")
    assert (result.code, result.steps) == (0, []), result


def test_what_is_downloaded_is_enough_to_build_without_a_network(seeded: Builder) -> None:
    seeded.change_overlays()
    result = seeded.run(under=without_network())
    assert result.is_ready, result
    assert result.steps == [*OVERLAYS, ARTIFACT_BUNDLE]


def test_a_changed_input_rebuilds_its_step_and_what_depends_on_it(seeded: Builder) -> None:
    before = {step.parent.name: step.stat().st_ino for step in seeded.work.glob("*/.key")}
    seeded.change_overlays()
    result = seeded.run()
    assert result.is_ready, result
    assert result.steps == [*OVERLAYS, ARTIFACT_BUNDLE]
    after = {step.parent.name: step.stat().st_ino for step in seeded.work.glob("*/.key")}
    assert {step for step in before if before[step] != after[step]} == {
        *(f"overlays-{platform.architecture}" for platform in BUILT),
        "bundle",
    }
    assert seeded.run().steps == []


def test_a_changed_script_of_a_step_rebuilds_that_step(seeded: Builder) -> None:
    with (seeded.sdk / "steps" / "bundle").open("a") as script:
        script.write("# changed\n")
    assert seeded.run().steps == [ARTIFACT_BUNDLE]


def test_a_failing_step_shows_its_name_the_end_of_its_log_and_the_log(seeded: Builder) -> None:
    before = seeded.key("overlays-x86_64")
    lines = "".join(f"line {number}\n" for number in range(100))
    source = seeded.sdk / "overlays" / "EmbeddedLinux" / "CommandLine.swift"
    source.write_text(f'/*\n{lines}*/\n#error("mistaken on purpose")\n')
    with (seeded.sdk / "steps" / "overlays").open("r+") as script:
        text = script.read().replace("set -euo pipefail\n", "set -euo pipefail\nseq 1 100\n")
        script.seek(0)
        script.write(text)
    result = seeded.run()
    assert result.code != 0
    assert result.steps == [OVERLAYS[0]]
    assert "mistaken on purpose" in result.output
    assert "    100\n" in result.output and "    50\n" not in result.output
    log = seeded.work / "log" / "overlays-x86_64.log"
    assert result.errors == [f'step "{OVERLAYS[0]}" failed (whole log: {log})']
    assert "\n50\n" in log.read_text()
    assert seeded.key("overlays-x86_64") == before
    assert not (seeded.work / "overlays-x86_64.new").exists()
    assert READY not in result.output


def test_an_unknown_mode_is_refused_before_anything_is_done(builder: Builder) -> None:
    result = builder.run("everything")
    assert result.code != 0
    assert result.errors == ["unknown mode: everything"]
    assert "release/sdk/build [inputs | lock]" in result.output
    assert list(builder.work.iterdir()) == []


def test_a_working_directory_that_cannot_be_made_is_told(builder: Builder, place: Path) -> None:
    (place / "file").touch()
    result = builder.run(SDK_WORK=str(place / "file" / "work"))
    assert result.code != 0
    assert result.errors == [f"cannot write to {place / 'file' / 'work'}"]
    assert "set SDK_WORK to another directory" in result.output
