"""Concurrency in programs for the SDK: tasks, actors, streams, sleep; and locks."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.packages import build, package_of
from support.platforms import AMD64, BUNDLE, I386, RISCV64, Platform, output_of, tool

SOURCES = Path(__file__).parent / "tasks"

EXPECTED = """\
gone: 0
value: 0
checked: 3
at once: 4
gone: 1
gone: 2
gone: 3
group: 6
cancelled group: true true false 15 true
gone: 4
discarding: 1
discarding: 2
actor: 22
before
after: 12
gone: 10
account closed with 12
sequence: 4
sequence: 0
reduced: 6
stream: 2
stream: 3
stream: finished
stream: cancelled
handler
cancelled: true
slept: 1
slept: 2
slept: 3
woken: true
fibonacci: 144 depth: 5000
of many: 1000 alive: 0
account closed with 1000
priority: true
raised: true true
end
"""


def build_and_run(place: Path, built: Platform, source: str, configuration: str = "release") -> str:
    package = package_of(place / "package", SOURCES / source)
    return output_of(*built.command(build(package, built, configuration=configuration)))


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_tasks_run(built: Platform, place: Path, configuration: str) -> None:
    if built is RISCV64:
        pytest.skip("has none: see below")
    if built is I386 and configuration == "debug":
        pytest.skip("the compiler ends at Task.sleep, which throws by type")
    assert build_and_run(place, built, "Tasks.swift", configuration) == EXPECTED


def test_other_threads_resume_tasks(built: Platform, place: Path) -> None:
    if built is RISCV64:
        pytest.skip("has none: see below")
    assert build_and_run(place, built, "Resumed.swift") == "100\n"


def test_async_is_refused_in_words_where_the_compiler_cannot(built: Platform, place: Path) -> None:
    if built is not RISCV64:
        pytest.skip("tasks run")
    package = package_of(place / "async", SOURCES / "Resumed.swift")
    command = ("swift", "build", "--package-path", package, "--swift-sdks-path", BUNDLE.parent)
    result = subprocess.run([*command, "--swift-sdk", built.identity], capture_output=True, text=True)
    assert result.returncode == 1
    assert "'_Concurrency' module not imported, required for async" in result.stdout + result.stderr


def test_an_executor_of_the_programs_own_is_refused_in_words(place: Path) -> None:
    package = package_of(place / "executor", SOURCES / "Executor.swift")
    result = subprocess.run([build(package, AMD64)], capture_output=True, text=True)
    assert result.returncode < 0
    assert "Fatal error: Embedded Swift has no executors of a program's own\n" in result.stderr


def test_a_program_with_tasks_is_small(place: Path) -> None:
    package = package_of(place / "small")
    (package / "Sources" / "linux" / "Main.swift").write_text(
        '@main struct Main { static func main() async { print(await Task { "Hello" }.value) } }\n'
    )
    program = build(package, AMD64)
    stripped = program.with_suffix(".stripped")
    output_of(tool("llvm-objcopy"), "--strip-all", program, stripped)
    assert output_of(program) == "Hello\n"
    assert stripped.stat().st_size <= 26_000


def test_mutex_and_atomic_are_there(built: Platform, place: Path) -> None:
    assert build_and_run(place, built, "Threads.swift") == (
        "counted: 8000 8000\nnames: 2\nheld: true\nfree: true\ngone: 1\nend\ngone: 2\n"
    )
