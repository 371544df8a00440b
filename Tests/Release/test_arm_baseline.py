"""ARMv7 is hard float with 16 registers and without NEON, whatever object file of whatever origin one looks at."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.platforms import ARMV7, arm_models_without_neon, archive_of, is_archive, output_of, tool

COMPILED_HERE = ("curl", "mbedtls", "mbedx509", "mbedcrypto", "z", "yaml", "swift-musl")
ARCHIVES = sorted(
    archive
    for folder in (ARMV7.libraries, ARMV7.c_libraries, ARMV7.compiler_libraries)
    for archive in folder.glob("*.a")
    if is_archive(archive)
)
START_FILES = sorted([*ARMV7.c_libraries.glob("*.o"), *ARMV7.compiler_libraries.glob("*.o")])

# libgcc's unwinder saves these registers only for an exception that says that it has them.
GUARDED = {"__gnu_Unwind_Save_VFP_D_16_to_31", "__gnu_Unwind_Restore_VFP_D_16_to_31"}


def conventions(file: Path) -> Iterator[tuple[str, str | None]]:
    """Each object of a file, and its `Tag_ABI_VFP_args`."""
    told = output_of("readelf", "--arch-specific", file)
    for member in told.split("\nFile: ") if file.suffix == ".a" else [told]:
        if member.strip():
            found = re.search(r"Tag_ABI_VFP_args: (.*)", member)
            yield member.partition("\n")[0], found and found[1]


def functions_beyond_the_baseline(file: Path) -> set[str]:
    """The functions with instructions that a processor with VFPv3-D16 and no more does not know."""
    found, function = set(), ""
    disassembly = output_of(tool("llvm-objdump"), "--disassemble", "--no-show-raw-insn", "--mattr=-neon,-d32", file)
    for line in disassembly.splitlines():
        if heading := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = heading[1]
        elif "<unknown>" in line:
            found.add(function)
    return found


def compile_for_armv7(place: Path, code: str, *options: str) -> Path:
    source, result = place / "code.c", place / "code.o"
    source.write_text(code)
    output_of(tool("clang"), f"--target={ARMV7.triple}", "-O2", *options, "-c", source, "-o", result)
    return result


@pytest.mark.parametrize("file", [*ARCHIVES, *START_FILES], ids=lambda file: file.name)
def test_no_object_passes_numbers_in_another_way(file: Path) -> None:
    for name, convention in conventions(file):
        # Without the tag: assembly, or code that passes no floating-point values.
        assert convention in (None, "VFP registers", "compatible"), name


@pytest.mark.parametrize("name", COMPILED_HERE)
def test_what_the_sdk_compiles_is_hard_float(name: str) -> None:
    objects = list(conventions(archive_of(ARMV7, name)))
    assert objects
    for member, convention in objects:
        assert convention == "VFP registers", member


def test_what_the_release_compiles_is_hard_float() -> None:
    objects = list(ARMV7.unstripped_program.parent.glob("*.build/*.o"))
    assert objects, f"no object files in {ARMV7.unstripped_program.parent}: make release"
    for file in objects:
        assert [convention for _, convention in conventions(file)] == ["VFP registers"], file


def test_the_soft_float_function_of_the_toolchain_is_reached_through_its_hard_float_caller_only() -> None:
    def symbols(library: str) -> str:
        return output_of(tool("llvm-nm"), "--format=posix", ARMV7.libraries / f"lib{library}.a")

    assert re.search(r"^soft_float_getNumericValue T", symbols("swiftUnicodeDataTables"), re.MULTILINE)
    assert not re.search(r"^_swift_stdlib_getNumericValue ", symbols("swiftUnicodeDataTables"), re.MULTILINE)
    assert re.search(r"^_swift_stdlib_getNumericValue T", symbols("swift-musl"), re.MULTILINE)


@pytest.mark.parametrize("file", [*ARCHIVES, *START_FILES], ids=lambda file: file.name)
def test_no_object_needs_neon_or_more_than_16_registers(file: Path) -> None:
    assert functions_beyond_the_baseline(file) <= GUARDED


def test_the_release_needs_no_neon(place: Path) -> None:
    program = ARMV7.unstripped_program
    assert program.exists(), f"{program} is missing: make release"
    code = [place / "unstripped", place / "released"]
    for file, whole in zip(code, (program, ARMV7.program), strict=True):
        output_of(tool("llvm-objcopy"), "--dump-section", f".text={file}", whole, "/dev/null")
    assert code[0].read_bytes() == code[1].read_bytes(), "this is not what was released"
    assert functions_beyond_the_baseline(program) <= GUARDED


@pytest.mark.parametrize(
    "code",
    [
        "typedef int v __attribute__((vector_size(8))); v bad(v a, v b) { return a + b; }",
        "typedef float v __attribute__((vector_size(16))); v bad(v a, v b) { return a * b; }",
        'void bad(void) { __asm__("vldmia r0, {d16-d31}"); }',
    ],
    ids=["integers in d0", "floats in q0", "d16 to d31"],
)
def test_neon_would_be_noticed(code: str, place: Path) -> None:
    assert functions_beyond_the_baseline(compile_for_armv7(place, code, "-mfpu=neon")) == {"bad"}


def test_soft_float_would_be_noticed(place: Path) -> None:
    code = "double twice(double a) { return a * 2; }"
    [(_, hard)] = conventions(compile_for_armv7(place, code, "-mfloat-abi=hard", "-mfpu=vfpv3-d16"))
    [(_, soft)] = conventions(compile_for_armv7(place, code, "-mfloat-abi=softfp", "-mfpu=vfpv3-d16"))
    assert (hard, soft) == ("VFP registers", None)


@pytest.mark.parametrize("model", arm_models_without_neon() or [None])
def test_the_release_runs_on_a_processor_without_neon(model: str | None, place: Path) -> None:
    if model is None:
        pytest.skip("NOT RUN: qemu-arm-static offers no model with VFPv3-D16 and without NEON")
    emulator = ["qemu-arm-static", "-cpu", model]
    assert "tmdb-mcp" in output_of(*emulator, ARMV7.program, "--version")

    # The model would refuse NEON: this program must not run on it, and must run on the common one.
    code = 'void _start(void) { __asm__("vadd.i32 q0, q0, q0; mov r0, #0; mov r7, #1; svc #0"); }'
    linked = place / "neon"
    built = compile_for_armv7(place, code, "-mfpu=neon", "-marm")
    output_of(tool("ld.lld"), built, "-o", linked)
    assert subprocess.run(ARMV7.command(linked)).returncode == 0
    assert subprocess.run([*emulator, linked], stderr=subprocess.DEVNULL).returncode != 0
