"""The builder of the SDK: which steps it runs, and what is left when one is interrupted or fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.builder import ARTIFACT_BUNDLE, RUNTIME, READY, Builder
from support.namespaces import without_network


def test_a_second_run_does_nothing(seeded: Builder) -> None:
    for path in seeded.sdk.rglob("*"):
        os.utime(path)
    result = seeded.run()
    assert result.is_ready, result
    assert result.steps == []
    assert result.output.count("\n") == 1


def test_inputs_that_are_the_locked_ones_are_good_enough_when_strict(seeded: Builder) -> None:
    if (seeded.work / "inputs" / "drift").exists():
        pytest.skip("NOT RUN: the SDK here was made from newer inputs than the locked ones")
    assert seeded.run(STRICT="1").is_ready


def test_what_is_downloaded_is_enough_to_build_without_a_network(seeded: Builder) -> None:
    seeded.change_runtime()
    result = seeded.run(under=without_network())
    assert result.is_ready, result
    assert result.steps == [*RUNTIME, ARTIFACT_BUNDLE]


def test_a_changed_input_rebuilds_its_step_and_what_depends_on_it(seeded: Builder) -> None:
    before = {step.parent.name: step.stat().st_ino for step in seeded.work.glob("*/.key")}
    seeded.change_runtime()
    result = seeded.run()
    assert result.is_ready, result
    assert result.steps == [*RUNTIME, ARTIFACT_BUNDLE]
    after = {step.parent.name: step.stat().st_ino for step in seeded.work.glob("*/.key")}
    assert {step for step in before if before[step] != after[step]} == {
        *("runtime-x86_64", "runtime-aarch64", "runtime-armv7"),
        "bundle",
    }
    assert seeded.run().steps == []


def test_a_changed_script_of_a_step_rebuilds_that_step(seeded: Builder) -> None:
    with (seeded.sdk / "steps" / "bundle").open("a") as script:
        script.write("# changed\n")
    assert seeded.run().steps == [ARTIFACT_BUNDLE]


def test_a_failing_step_shows_its_name_the_end_of_its_log_and_the_log(seeded: Builder) -> None:
    before = seeded.key("runtime-x86_64")
    lines = "".join(f"line {number}\n" for number in range(100))
    (seeded.sdk / "c" / "arc4random.c").write_text(f"/*\n{lines}*/\n#error mistaken on purpose\n")
    with (seeded.sdk / "steps" / "runtime").open("r+") as script:
        text = script.read().replace("set -euo pipefail\n", "set -euo pipefail\nseq 1 100\n")
        script.seek(0)
        script.write(text)
    result = seeded.run()
    assert result.code != 0
    assert result.steps == [RUNTIME[0]]
    assert "mistaken on purpose" in result.output
    assert "    100\n" in result.output and "    50\n" not in result.output
    log = seeded.work / "log" / "runtime-x86_64.log"
    assert result.errors == [f'step "{RUNTIME[0]}" failed (whole log: {log})']
    assert "\n50\n" in log.read_text()
    assert seeded.key("runtime-x86_64") == before
    assert not (seeded.work / "runtime-x86_64.new").exists()
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
