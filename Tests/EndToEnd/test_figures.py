"""Size, time to the first answer, memory. The size is asserted; the rest is reported, as it depends on the machine."""

import statistics
import time
from collections.abc import Callable

import pytest
from harness.binaries import Binary
from harness.expectations import BINARY_BYTES_MAX, LARGER_BINARIES, structured
from harness.process import Start

Record = Callable[[str, object], None]


@pytest.mark.release_only
def test_the_binary_is_small(binary: Binary, record_property: Record) -> None:
    size = binary.path.stat().st_size
    record_property("figure", f"{binary.platform}: {size / 1e6:.2f} MB")
    assert size <= LARGER_BINARIES.get(binary.platform, BINARY_BYTES_MAX)


def test_the_first_answer_is_timed(start: Start, binary: Binary, record_property: Record) -> None:
    times = []
    for _ in range(10):
        before = time.perf_counter()
        server = start(opened=False)
        server.open()
        times.append((time.perf_counter() - before) * 1000)
        memory = server.memory_kib()
        server.finish()
    how = "" if binary.is_native else " (by qemu)"
    record_property(
        "figure",
        f"{binary.platform}: first answer on stdio after {min(times):.1f} ms at best, "
        f"{statistics.median(times):.1f} ms as median of 10, start of the process included{how}",
    )
    if binary.is_native:
        record_property("figure", f"{binary.platform}: {memory} KiB resident after the first answer")


@pytest.mark.native_only("the memory of a process under qemu is qemu's")
@pytest.mark.release_only
def test_the_memory_after_many_calls_is_reported(start: Start, binary: Binary, record_property: Record) -> None:
    server = start()
    structured(server.call({"query": "the"}))
    first = server.memory_kib()
    for _ in range(500):
        structured(server.call({"query": "the"}))
    last = server.memory_kib()
    record_property("figure", f"{binary.platform}: {first} KiB resident after one call, {last} KiB after 501")
    assert last < first + 2048, "memory grows with the number of calls"
