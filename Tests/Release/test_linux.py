"""A program for the SDK is a program for Linux: conditions, the C library, arguments, input, numbers, and traps."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from places import ROOT
from support.packages import PACKAGE, build, package_of
from support.platforms import AMD64, BUNDLE, RISCV64, Platform, archive_of, output_of, tool

SOURCES = Path(__file__).parent / "linux"


@pytest.fixture(scope="module")
def package(module_place: Path) -> Path:
    return package_of(module_place / "linux", SOURCES / "Linux.swift")


@pytest.fixture(scope="module")
def program(built: Platform, package: Path) -> list[str]:
    return built.command(build(package, built))


def run(program: list[str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*program, *arguments], input=given, capture_output=True, text=True)


EXPECTED = """\
arguments: 3 one,two words
line: first
line: last
open: -1 true No such file or directory
stat: 0 directory true
entries: true
fcntl: true
ioctl: -1 true
mathematics: 0.479425538604203 1.4142135 2.0 1.5 (0.75, 2) (1.5, 2.0)
of Float: 8.0 3 2.0 0.0 (-0.5, -148) (-0.0, -inf)
copies that differ: 0
printf: -7  2.50 text 1099511627776 0.1
snprintf: 9 005-6-0.1
pthread: 1
Float16: 1.5
environment: true
"""


def test_the_c_library_arguments_and_input_are_there(built: Platform, program: list[str]) -> None:
    result = run(program, "one", "two words", given="first\nlast")
    assert result.returncode == 0, result
    lines = [line for line in result.stdout.splitlines(keepends=True) if not line.startswith("Float80")]
    assert "".join(lines) == EXPECTED
    assert result.stderr == "to stderr\nfprintf: ff 1.500000\n"
    wide = [line for line in result.stdout.splitlines() if line.startswith("Float80")]
    assert wide == (["Float80: 0.1 0.47942553860420300028"] if built is AMD64 else [])


def offset_told(result: subprocess.CompletedProcess[str], program: str) -> str:
    said = r"Fatal error: trapped\. Why and where, by its symbols: llvm-symbolizer --obj=(\S+) (0x[0-9a-f]+)\n"
    found = re.search(said, result.stderr)
    assert found and found[1] == program, result
    return found[2]


def test_a_trap_says_where_and_keeps_what_was_printed(built: Platform, program: list[str]) -> None:
    result = run(program, "trap")
    assert abs(result.returncode) % 128 in (signal.SIGILL, signal.SIGTRAP), result
    assert result.stdout.endswith("before\n")
    offset = offset_told(result, program[-1])
    told = output_of(tool("llvm-symbolizer"), f"--obj={program[-1]}", offset)
    assert "Swift runtime failure: Index out of range" in told and "Linux.swift" in told


def test_a_debug_build_says_why_on_standard_error(package: Path) -> None:
    program = AMD64.command(build(package, AMD64, configuration="debug"))
    result = run(program, "trap")
    assert "Fatal error: Index out of range\n" in result.stderr and "Fatal" not in result.stdout
    assert offset_told(result, program[-1])
    result = run(program, "fatal")
    assert re.search(r"Linux\.swift:\d+: Fatal error: on purpose\n", result.stderr), result


def test_a_signal_that_somebody_sends_is_no_trap(package: Path) -> None:
    result = run(AMD64.command(build(package, AMD64)), "signal")
    assert (result.returncode, result.stderr) == (-signal.SIGILL, "to stderr\nfprintf: ff 1.500000\n")


HELLO = 'print("Hello")\n'
QUIET = '@_cdecl("swift_musl_trap") public func noMessages() {}\n'


def stripped_size(program: Path) -> int:
    stripped = program.with_suffix(".stripped")
    output_of(tool("llvm-objcopy"), "--strip-all", program, stripped)
    return stripped.stat().st_size


def test_hello_is_small_and_the_message_takes_at_most_2_kb(built: Platform, place: Path) -> None:
    package = package_of(place / "hello")
    (package / "Sources" / "linux" / "main.swift").write_text(HELLO)
    program = build(package, built)
    size = stripped_size(program)
    assert output_of(*built.command(program)) == "Hello\n"
    assert size <= 10_000
    assert "BuildID" in output_of("file", program)
    (package / "Sources" / "linux" / "Quiet.swift").write_text(QUIET)
    without = stripped_size(build(package, built))
    assert without < size <= without + 2048


def test_two_functions_have_two_addresses_unless_somebody_asks_otherwise(place: Path) -> None:
    package = package_of(place / "two")
    (package / "Sources" / "linux" / "main.swift").write_text(
        "@_cdecl(\"one\") public func one() {}\n@_cdecl(\"two\") public func two() {}\n"
        "for function: @convention(c) () -> Void in [one, two] { print(unsafeBitCast(function, to: Int.self)) }\n"
    )

    def addresses(*options: str) -> set[str]:
        # Compared here: the compiler would know that they differ.
        return set(output_of(build(package, AMD64, *options)).split())

    assert len(addresses()) == 2
    assert len(addresses("-Xlinker", "--icf=all")) == 1


# The standard library.

FOR_EXISTENTIALS = {
    "_swift_class_getSuperclass",
    "_swift_getSwiftClassInstanceExtents",
    "swift_conformsToProtocol",
    "swift_isClassType",
}
"""What functions need that ask a type at run time, which programs in Embedded Swift cannot call."""

FOR_THE_LINKER = {"_GLOBAL_OFFSET_TABLE_"}

FOR_LITERALS = {"swift_intToFloat32", "swift_intToFloat64"}
"""The compiler computes them."""


def symbols(kind: str, *files: Path) -> set[str]:
    told = output_of(tool("llvm-nm"), f"--{kind}-only", "--format=just-symbols", *files)
    return {line for line in told.splitlines() if line and not line.endswith(":")}


MODULES = (
    *("Swift", "_Concurrency", "Synchronization", "_Builtin_float", "_Volatile"),
    *("EmbeddedLinux", "Musl", "SynchronizationMutex"),
)


@pytest.mark.parametrize("module", MODULES)
def test_the_sdk_has_every_symbol_that_the_standard_library_calls(
    built: Platform, module: str, place: Path
) -> None:
    """Whether a program in this suite calls it or not: all of the module is compiled."""
    if module == "_Concurrency" and built is RISCV64:
        pytest.skip("has none")
    # What the toolchain's _Concurrency was compiled with; it is not a part of the toolchain.
    (place / "module.modulemap").write_text("module SwiftConcurrencyInternalShims {}\n")
    whole = place / "whole.sib"
    shutil.copy(BUNDLE / "swift" / "embedded" / f"{module}.swiftmodule" / f"{built.triple}.swiftmodule", whole)
    compiled = place / "whole.o"
    output_of(
        *(tool("swift-frontend"), "-c", whole, "-module-name", module, "-target", built.triple),
        *("-resource-dir", BUNDLE / "swift", "-sdk", built.sdk / "sysroot", "-I", place),
        *("-module-cache-path", place / "cache"),
        *("-enable-experimental-feature", "Embedded", "-wmo", "-o", compiled),
        *(("-parse-stdlib",) if module in ("Swift", "_Concurrency") else ()),
        # This one stumbles over functions that have been optimized before.
        *("-Xllvm", "-sil-disable-pass=lifetime-dependence-diagnostics"),
    )
    # Names of Swift's own stand for what programs compile for themselves.
    called = {name for name in symbols("undefined", compiled) if not name.startswith("$")}
    wanted = called - FOR_EXISTENTIALS - FOR_LITERALS - FOR_THE_LINKER
    linked = [archive_of(built, name) for name in ("swift-musl", "swiftUnicodeDataTables", "c")]
    linked.append(built.compiler_libraries / "libgcc.a")
    assert wanted - symbols("defined", *linked) == set()
    if module == "Swift":
        assert {"putchar", "_swift_stdlib_strtod_clocale", "swift_stdlib_readLine_stdin"} <= wanted


# Beside others.


@pytest.mark.parametrize("configuration", ["debug", "release"])
def test_a_library_of_the_host_is_not_taken_for_the_sdks(place: Path, configuration: str) -> None:
    """pkg-config tells of the host's, which needs another C library: the program would end at its start."""
    package = package_of(place / "zlib")
    (package / "Package.swift").write_text(
        PACKAGE.replace(
            '.executableTarget(name: "linux")',
            '.executableTarget(name: "linux", dependencies: ["CZ"]), .systemLibrary(name: "CZ", pkgConfig: "host-z")',
        )
    )
    (package / "Sources" / "CZ").mkdir()
    (package / "Sources" / "CZ" / "module.modulemap").write_text('module CZ { header "cz.h" link "z" export * }\n')
    (package / "Sources" / "CZ" / "cz.h").write_text("#include <zlib.h>\n")
    (package / "Sources" / "linux" / "main.swift").write_text("import CZ\nprint(String(cString: zlibVersion()))\n")
    host = place / "host"
    host.mkdir()
    (host / "host.c").write_text('const char *zlibVersion(void) { return "of the host"; }\n')
    output_of(tool("clang"), "-c", host / "host.c", "-o", host / "host.o")
    output_of(tool("llvm-ar"), "rc", host / "libz.a", host / "host.o")
    (host / "host-z.pc").write_text(f"Name: z\nDescription: z\nVersion: 1\nLibs: -L{host} -lz\n")
    options = ("--pkg-config-path", host)
    assert output_of(build(package, AMD64, *options, configuration=configuration)).startswith("1.")


def test_a_package_that_knows_glibc_alone_is_given_musl(place: Path) -> None:
    package = package_of(place / "glibc")
    (package / "Sources" / "linux" / "main.swift").write_text(
        "#if os(Linux)\nimport Glibc\n#endif\nerrno = ENOENT\nprint(String(cString: strerror(errno)))\n"
    )
    program = build(package, AMD64, "-Xswiftc", "-module-alias", "-Xswiftc", "Glibc=Musl")
    assert output_of(program) == "No such file or directory\n"


BENCHMARKS = {
    "binary-trees": """\
stretch tree of depth 9\t check: 1023
256\t trees of depth 4\t check: 7936
64\t trees of depth 6\t check: 8128
16\t trees of depth 8\t check: 8176
long lived tree of depth 8\t check: 511
""",
    "fannkuch": "228\nPfannkuchen(7) = 16\n",
    "n-body": "-0.165983647\n-0.165995995\n",
    "spectral-norm": "1.274219991\n",
}
MANDELBROT = "54e0a14da37569cba6fa618c771c2704f6711783326b2b42197fc533c8f1337b"


def test_programs_of_the_benchmarks_game(built: Platform, place: Path) -> None:
    """What they print was computed by other programs."""
    program = built.command(build(package_of(place / "benchmarks", SOURCES / "Benchmarks.swift"), built))
    assert {name: output_of(*program, name) for name in BENCHMARKS} == BENCHMARKS
    picture = subprocess.run([*program, "mandelbrot"], capture_output=True, check=True).stdout
    assert hashlib.sha256(picture).hexdigest() == MANDELBROT


def test_the_option_of_other_static_sdks_is_taken(package: Path) -> None:
    assert build(package, AMD64, "--static-swift-stdlib").exists()


def test_the_example_is_the_bundles() -> None:
    example = ROOT / "release" / "sdk" / "example"
    for path in [*example.rglob("*.swift"), *example.rglob("*.c"), *example.rglob("*.h")]:
        if ".build" not in path.parts:
            assert (BUNDLE / "example" / path.relative_to(example)).read_bytes() == path.read_bytes()
