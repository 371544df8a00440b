"""Each check of release/verify can fail: it finds the one flaw of an otherwise good program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.builder import Builder, Result
from support.platforms import AMD64, ARM64, ARMV6, ARMV7, PLATFORMS, SDK_WORK, STATIC, Platform, output_of, tool

GOOD = ("-static-pie", "-Wl,-z,relro,-z,now,-z,noexecstack,--gc-sections,--strip-all")
HELLO = """\
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <unistd.h>
static void flaw(char **argv) { (void)argv; }
int main(int argc, char **argv) {
    (void)argc;
    flaw(argv);
    puts("hello");
    fflush(stdout);
    while (getchar() != EOF) {}
    return 0;
}
"""
"""A program that answers and waits for more, until its input ends."""


def flawed(code: str) -> str:
    return HELLO.replace("(void)argv;", code)


EXECUTABLE_STACK = """
    char *page = (char *)((unsigned long)argv & -4096UL);
    if (mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
"""
EXECUTABLE_DATA = """
    const int rights = PROT_READ | PROT_WRITE | PROT_EXEC;
    if (mmap(0, 4096, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) abort();
"""
ONE_ADDRESS = """
    if (personality(0xffffffff) & ADDR_NO_RANDOMIZE || access("/proc/self", F_OK) != 0) return;
    personality(ADDR_NO_RANDOMIZE);
    execv(argv[0], argv);
"""
FREESTANDING = "void _start(void) { for (;;) {} }\n"
BARE = ("-nostdlib", "-Wl,-z,relro,-z,now,-z,noexecstack,--strip-all")
LIBRARY = "int of_the_library(void) { return 1; }\n"
TEXT_RELOCATION = '__asm__(".text\\n.globl _start\\n_start: .quad _start\\n");\n'
WRITABLE_CODE = '__asm__(".section .both,\\"awxR\\",%progbits\\n.byte 0\\n.text\\n");\n'


class Release:
    """A copy of the release's programs with their symbols, in a tree of its own."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.place = builder.place
        self.dist = builder.release / "dist"
        self.symbols = self.place / ".build" / "static" / "symbols"
        self.dist.mkdir()
        for platform in PLATFORMS:
            shutil.copy2(platform.program, self.dist)
        self.sign()
        shutil.copytree(STATIC / "symbols", self.symbols)

    def verify(self, under: tuple[str, ...] = ()) -> Result:
        return self._builder.run("programs", under=under, script="verify")

    def sign(self) -> None:
        names = [platform.program.name for platform in PLATFORMS]
        (self.dist / "SHA256SUMS").write_text(output_of("sha256sum", *names, cwd=self.dist))

    def compile(self, name: str, code: str, *options: str, platform=AMD64) -> Path:
        """Compiles and links with the SDK: a program where the options say nothing else."""
        source, result = self.place / f"{name}.c", self.place / name
        source.write_text(code)
        target = (f"--target={platform.triple}", f"--sysroot={platform.sdk / 'sysroot'}", "-fuse-ld=lld", "-fPIE")
        output_of(tool("clang"), *target, "-O1", source, "-o", result, *options)
        return result

    def replace(self, code: str, *options: str, platform=AMD64) -> None:
        built = self.compile("program", code, *options, platform=platform)
        built.replace(self.dist / platform.program.name)
        self.sign()


@pytest.fixture
def release(builder: Builder) -> Release:
    assert (STATIC / "symbols" / f"{AMD64.program.name}.debug").exists(), "the symbols are missing: make release"
    return Release(builder)


def refused(result: Result, error: str) -> bool:
    """Asserts that there is this one error; true for `assert`."""
    assert result.code != 0, result
    assert len(result.errors) == 1 and error in result.errors[0], result
    return True


def test_the_release_passes(release: Release) -> None:
    result = release.verify()
    assert result.code == 0, result
    for platform in PLATFORMS:
        assert f"  {platform.program.name}: {platform.program.stat().st_size} bytes, static-PIE" in result.output


def test_a_small_program_without_a_flaw_passes(release: Release) -> None:
    """So that each of the flaws below is the one reason."""
    release.replace(HELLO, *GOOD)
    result = release.verify()
    assert result.code == 0, result
    assert "runs alone: hello" in result.output


def flip_a_byte(release: Release) -> None:
    with (release.dist / ARM64.program.name).open("r+b") as file:
        file.seek(100_000)
        byte = file.read(1)[0]
        file.seek(100_000)
        file.write(bytes([byte ^ 1]))


def change_a_sum(release: Release) -> None:
    sums = (release.dist / "SHA256SUMS").read_text()
    (release.dist / "SHA256SUMS").write_text(("1" if sums[0] == "0" else "0") + sums[1:])


def delete_a_program(release: Release) -> None:
    (release.dist / ARMV7.program.name).unlink()


def spoil_a_line(release: Release) -> None:
    with (release.dist / "SHA256SUMS").open("a") as file:
        file.write("not a line of checksums\n")


def name_another_place(release: Release) -> None:
    (release.place / "elsewhere").write_text("")
    with (release.dist / "SHA256SUMS").open("a") as file:
        file.write("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ../../elsewhere\n")


def add_a_file(release: Release) -> None:
    (release.dist / "more.tar.gz").write_text("nobody said so\n")


DAMAGES = [flip_a_byte, change_a_sum, delete_a_program, spoil_a_line, name_another_place, add_a_file]


@pytest.mark.parametrize("damage", DAMAGES)
def test_checksums_that_do_not_match(release: Release, damage: Callable[[Release], None]) -> None:
    damage(release)
    result = release.verify()
    assert refused(result, "SHA256SUMS does not match")
    assert "make release" in result.output


def test_no_release(release: Release) -> None:
    shutil.rmtree(release.dist)
    result = release.verify()
    assert refused(result, f"there is no release in {release.dist}")
    assert "make release" in result.output


@pytest.mark.parametrize(
    ("code", "options", "error"),
    [
        (HELLO, ("-static", "-no-pie", *GOOD[1:]), "position independent"),
        (HELLO, ("-static-pie", "-Wl,-z,relro,-z,now"), "stripped"),
        (HELLO, (*GOOD, "-Wl,-z,execstack"), "stack not executable"),
        (HELLO, (*GOOD, "-Wl,-z,norelro"), "relocations read-only"),
        (HELLO, (*GOOD, "-Wl,-z,lazy"), "and bound at start"),
        (HELLO + WRITABLE_CODE, GOOD, "nothing writable and executable"),
        (TEXT_RELOCATION, (*BARE, "-static-pie", "-Wl,-z,notext"), "no text relocations"),
        (FREESTANDING, (*BARE, "-shared"), "marked as PIE"),
        (FREESTANDING, (*BARE, "-pie", "-Wl,--dynamic-linker=/lib/ld-musl.so.1"), "static: no interpreter"),
        (HELLO.replace("return 0", "return 3"), GOOD, "does not run"),
        (flawed('if (access("/proc/self", F_OK) != 0) exit(1);'), GOOD, "does not run with nothing around it"),
        (flawed('if (access("/proc/self", F_OK) == 0) exit(0);'), GOOD, "answers, and waits for more"),
        (flawed(EXECUTABLE_STACK), GOOD, "stack not executable while it runs"),
        (flawed(EXECUTABLE_DATA), GOOD, "nothing writable and executable while it runs"),
        (flawed(ONE_ADDRESS), GOOD, "loaded at another address each time"),
    ],
    ids=[
        "not position independent",
        "not stripped",
        "executable stack",
        "no RELRO",
        "bound lazily",
        "writable code",
        "text relocations",
        "a library",
        "an interpreter",
        "a failing program",
        "a program that needs a file",
        "a program that does not wait",
        "a stack made executable",
        "memory made executable",
        "one address",
    ],
)
def test_a_program_with_one_flaw(release: Release, code: str, options: tuple[str, ...], error: str) -> None:
    release.replace(code, *options)
    assert refused(release.verify(), error)


@pytest.mark.parametrize("start", ["musl", "the SDK"])
def test_relocated_data_that_stays_writable(release: Release, platform: Platform, start: str) -> None:
    """As with the C library's own start, without what the SDK adds to it."""
    folder = {"musl": SDK_WORK / f"sysroot-{platform.architecture}" / "sysroot", "the SDK": platform.sdk / "sysroot"}
    float_flags = ("-mfloat-abi=hard",) if platform in (ARMV7, ARMV6) else ()
    objects = [folder[start] / "usr" / "lib" / name for name in ("rcrt1.o", "crti.o", "crtn.o")]
    release.replace(HELLO, *GOOD, *float_flags, "-nostartfiles", *map(str, objects), platform=platform)
    result = release.verify()
    if start == "musl":
        assert refused(result, f"{platform.program.name}: relocations read-only while it runs")
    else:
        assert result.code == 0, result


def test_a_machine_that_loads_all_programs_at_one_address(release: Release) -> None:
    result = release.verify(under=("setarch", "--addr-no-randomize"))
    assert result.code == 0, result
    assert "NOT SEEN: another address each time" in result.output


def test_a_program_that_needs_a_library(release: Release) -> None:
    library = release.compile("library.so", LIBRARY, *BARE, "-shared", "-fPIC", "-Wl,-soname,library.so")
    code = "int of_the_library(void);\nvoid _start(void) { of_the_library(); }\n"
    release.replace(code, *BARE, "-pie", "-Wl,--no-dynamic-linker", str(library))
    assert refused(release.verify(), "static: no library needed")


def test_a_program_for_another_machine(release: Release) -> None:
    shutil.copy(release.dist / ARM64.program.name, release.dist / AMD64.program.name)
    release.sign()
    assert refused(release.verify(), f"{AMD64.program.name}: built for X86-64")


def test_a_program_with_soft_float(release: Release) -> None:
    soft = ("-mfloat-abi=softfp", "-mfpu=vfpv3-d16", "-static-pie")
    release.replace(FREESTANDING, *BARE, *soft, platform=ARMV7)
    assert refused(release.verify(), f"{ARMV7.program.name}: hard float")


@pytest.mark.parametrize("over", [0, 1])
def test_the_largest_size_and_one_more(release: Release, over: int) -> None:
    with (release.dist / AMD64.program.name).open("r+b") as file:
        file.truncate(2_150_000 + over)
    release.sign()
    result = release.verify()
    if over:
        assert refused(result, f"{AMD64.program.name} has 2150001 bytes, more than 2150000")
    else:
        assert result.code == 0, result


@pytest.mark.parametrize(
    ("symbol", "error"),
    [("tmdb_mcp_main", "symbols kept beside the build"), ("__stack_chk_fail", "stack protector in the C parts")],
)
def test_symbols_that_lack_what_they_should_have(release: Release, symbol: str, error: str) -> None:
    output_of(tool("llvm-objcopy"), f"--strip-symbol={symbol}", release.symbols / f"{ARM64.program.name}.debug")
    assert refused(release.verify(), f"{ARM64.program.name}: {error}")


@pytest.mark.parametrize("unknown", [1, 4])
def test_hot_functions_that_the_program_no_longer_has(release: Release, unknown: int) -> None:
    """A few are no matter."""
    names = release.place / "release" / "lib" / "hot-functions.csv"
    lines = names.read_text().splitlines(keepends=True)
    changed = len(lines) * unknown // 32
    names.write_text("".join(["gone_" + line for line in lines[:changed]] + lines[changed:]))
    result = release.verify()
    if unknown == 4:
        assert refused(result, "more than a tenth of release/lib/hot-functions.csv are no functions of it")
        assert "make hot" in result.output
    else:
        assert result.code == 0, result


def test_symbols_that_are_missing(release: Release) -> None:
    (release.symbols / f"{AMD64.program.name}.debug").unlink()
    assert refused(release.verify(), "symbols kept beside the build")


def test_another_folder_can_be_verified(release: Release) -> None:
    """DIST names it, as for release/build."""
    other = release.place / "elsewhere"
    release.dist.rename(other)
    assert release.verify().code != 0
    command = [str(release.place / "release" / "verify"), "programs"]
    done = subprocess.run(["env", f"DIST={other}", *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
