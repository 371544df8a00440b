"""The builder of the SDK interrupted, killed, and started twice."""

from __future__ import annotations

import signal

from support.builder import ARTIFACT_BUNDLE, OVERLAYS, Builder, Gate, all_end


def test_an_interrupted_step_is_not_done_and_the_next_run_goes_on_with_it(seeded: Builder) -> None:
    seeded.change_overlays()
    before = seeded.key("overlays-x86_64")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        gate = Gate(seeded.sdk / "steps" / "overlays", seeded.work)
        running = seeded.start()
        gate.wait_until_reached()
        processes = running.handles()
        running.signal_all(number)
        result = running.finish()
        assert result.code != 0, number
        if number != signal.SIGKILL:
            assert result.errors == ["interrupted"], result
            assert "run this again" in result.output
        assert seeded.key("overlays-x86_64") == before
        assert all_end(processes)
        gate.remove()

    again = seeded.run()
    assert again.is_ready, again
    assert again.steps == [*OVERLAYS, ARTIFACT_BUNDLE]
    assert seeded.key("overlays-x86_64") != before
    assert not list(seeded.work.rglob("partial"))


def test_a_second_build_is_refused_while_one_runs(seeded: Builder) -> None:
    seeded.change_overlays()
    gate = Gate(seeded.sdk / "steps" / "overlays", seeded.work)
    running = seeded.start()
    gate.wait_until_reached()
    refused = seeded.run()
    assert refused.code != 0
    assert refused.errors == [f"another build of the SDK is running in {seeded.work}"], refused
    assert "run this again" in refused.output
    gate.let_through()
    gate.remove()
    assert running.finish().is_ready


def test_a_step_that_outlives_its_builder_keeps_others_away(seeded: Builder) -> None:
    seeded.change_overlays()
    gate = Gate(seeded.sdk / "steps" / "overlays", seeded.work)
    running = seeded.start()
    gate.wait_until_reached()
    running.process.kill()
    running.finish()
    orphans = running.handles()
    assert orphans
    assert seeded.run().errors == [f"another build of the SDK is running in {seeded.work}"]

    gate.let_through()
    assert all_end(orphans)
    gate.remove()
    again = seeded.run()
    assert again.is_ready, again
    assert again.steps == [*OVERLAYS, ARTIFACT_BUNDLE]
    assert not list(seeded.work.rglob("partial"))
