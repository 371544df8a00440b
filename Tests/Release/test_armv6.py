"""ARMv6 is what a Raspberry Pi 1 or Zero has, whatever object file one looks at, and computes as ARMv7 does: its
run-time library for the compiler is the SDK's own, and ARMv7's is libgcc."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from places import RELEASED
from support.platforms import ARMV6, ARMV7, BUILT, Platform, is_archive, output_of, tool

pytestmark = pytest.mark.skipif(ARMV6 not in BUILT, reason="an option: SDK_PLATFORMS does not name armv6")

FOLDERS = (ARMV6.libraries, ARMV6.c_libraries, ARMV6.compiler_libraries)
FILES = sorted(
    file
    for folder in FOLDERS
    for file in (*folder.glob("*.a"), *folder.glob("*.o"))
    if file.suffix == ".o" or is_archive(file)
)
FOR_NEWER_PROCESSORS = {"__a_barrier_v7", "__a_cas_v7"}
"""musl calls these where the kernel says that the processor is one."""

FLAGS = {
    ARMV6: ("-marm", "-mcpu=arm1176jzf-s", "-mfloat-abi=hard", "-mfpu=vfp"),
    ARMV7: ("-mthumb", "-mfloat-abi=hard", "-mfpu=vfpv3-d16"),
}


def tags(file: Path, name: str) -> set[str]:
    return set(re.findall(rf"^  {name}: (.*)$", output_of("readelf", "--arch-specific", file), re.MULTILINE))


def functions_beyond_the_baseline(file: Path) -> set[str]:
    """The functions with instructions that an ARM1176 does not know."""
    found, function = set(), ""
    told = output_of(tool("llvm-objdump"), "--disassemble", "--no-show-raw-insn", *BASELINE, file)
    for line in told.splitlines():
        if heading := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = heading[1]
        elif "<unknown>" in line:
            found.add(function)
    return found


BASELINE = ("--triple=armv6kz-linux-musleabihf", "--mcpu=arm1176jzf-s", "--mattr=+vfp2,-neon,-d32,-hwdiv,-hwdiv-arm")


def compiled(place: Path, code: str, *options: str) -> Path:
    source, result = place / "code.c", place / "code.o"
    source.write_text(code)
    output_of(tool("clang"), f"--target={ARMV6.triple}", "-O2", *options, "-c", source, "-o", result)
    return result


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_object_is_for_a_newer_processor(file: Path) -> None:
    assert tags(file, "Tag_CPU_arch") <= {"v4T", "v5TE", "v6"}
    assert tags(file, "Tag_FP_arch") <= {"VFPv2", "No"}
    assert tags(file, "Tag_ABI_VFP_args") <= {"VFP registers", "compatible"}
    assert functions_beyond_the_baseline(file) <= FOR_NEWER_PROCESSORS


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("unsigned bad(void) { return 0x12345678; }", ("-march=armv7-a",)),
        ("void bad(void) { __sync_synchronize(); }", ("-march=armv7-a",)),
        ("int bad(int a, int b) { return a / b; }", ("-mcpu=cortex-a7",)),
        ("typedef int v __attribute__((vector_size(8))); v bad(v a, v b) { return a + b; }", ("-mfpu=neon",)),
    ],
    ids=["a constant of 16 bits", "a barrier", "division", "vectors"],
)
def test_a_newer_instruction_would_be_noticed(code: str, options: tuple[str, ...], place: Path) -> None:
    file = compiled(place, code, "-marm", "-mfloat-abi=hard", *options)
    assert functions_beyond_the_baseline(file) == {"bad"}


def test_the_arithmetic_is_that_of_libgcc(place: Path) -> None:
    def told(platform: Platform) -> list[str]:
        program = place / platform.name
        output_of(
            *(tool("clang"), f"--target={platform.triple}", f"--sysroot={platform.sdk / 'sysroot'}", "-fuse-ld=lld"),
            *(*FLAGS[platform], "-O2", "-fPIE", "-static-pie", "-ffp-contract=off", "-D_GNU_SOURCE"),
            *(Path(__file__).parent / "linux" / "arithmetic.c", "-o", program),
            *(f"-L{platform.libraries}", "-lswift-musl"),
        )
        return output_of(*platform.command(program)).splitlines()

    ours, libgcc = told(ARMV6), told(ARMV7)
    assert len(ours) == len(libgcc) > 60_000 and ours[-1] == "SIGFPE"
    assert [pair for pair in zip(ours, libgcc, strict=True) if pair[0] != pair[1]][:5] == []


def functions_that_lose_self(program: Path) -> list[str]:
    """Those that move r10 on, where Swift passes `self`, and have not saved it: their callers would go on with another
    address. LLVM's optimization of loads and stores makes such functions of Arm's own instructions, so the SDK leaves
    it out."""
    found, function, saved = [], "", False
    for line in output_of(tool("llvm-objdump"), "--disassemble", "--no-show-raw-insn", program).splitlines():
        if heading := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function, saved = heading[1], False
        elif re.search(r"\t(push|stmdb)\b.*\br10\b", line):
            saved = True
        elif re.search(r"\br10!|\[r10\], #", line) and not saved:
            found.append(function)
    return found


@pytest.mark.parametrize("arm", [ARMV6, ARMV7], ids=lambda arm: arm.name)
def test_no_function_of_the_release_loses_self(arm: Platform) -> None:
    if arm.name not in RELEASED:
        pytest.skip("the release has no program for it")
    assert functions_that_lose_self(arm.unstripped_program) == []


def test_a_function_that_loses_self_would_be_noticed(place: Path) -> None:
    code = "void bad(int *a) {{ __asm__ volatile({}\"stm r10!, {{r5, r6}}\" ::: \"memory\"); }}\n"
    options = ("-marm", "-mcpu=arm1176jzf-s", "-fomit-frame-pointer")
    assert functions_that_lose_self(compiled(place, code.format(""), *options)) == ["bad"]
    saving = code.format('"push {r10, lr}\\n"')
    assert functions_that_lose_self(compiled(place, saving, *options)) == []
