"""What the SDK promises of every program made with it, by effect: each attempt at what must not go ends the program."""

from __future__ import annotations

import errno
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from platform import machine

import pytest
import refusing
from support.platforms import ARM64, BUNDLE, PLATFORMS, Platform, output_of

PACKAGE = """\
// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "attempt", targets: [.executableTarget(name: "attempt")])
"""

ATTEMPT = r"""
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int one, two;
static int *const relocated[] = {&one, &two};

// Called by way of these, so that the compiler knows nothing of what happens.
static void spoil(volatile unsigned char *bytes) { for (int i = 0; i < 16; i++) bytes[i] ^= 0xff; }
static void (*volatile spoil_behind)(volatile unsigned char *) = spoil;
static int function(void) { return 42; }
static int (*volatile some_function)(void) = function;

__attribute__((noinline)) static void overflow(void) {
    unsigned char buffer[64];
    memset(buffer, 0, sizeof buffer);
    spoil_behind(buffer + sizeof buffer);
}

// The same with nobody on guard; what it spoils is put right again.
__attribute__((noinline, no_stack_protector)) static void overflow_unguarded(void) {
    unsigned char buffer[64];
    memset(buffer, 0, sizeof buffer);
    spoil_behind(buffer + sizeof buffer);
    spoil_behind(buffer + sizeof buffer);
}

static void execute_stack(void) {
#if defined(__x86_64__) || defined(__i386__)
    unsigned char code[] = {0xc3};
    uintptr_t start = (uintptr_t)code;
#elif defined(__aarch64__)
    uint32_t code[] = {0xd65f03c0};
    uintptr_t start = (uintptr_t)code;
#elif defined(__riscv)
    uint16_t code[] = {0x8082, 0x8082};
    uintptr_t start = (uintptr_t)code;
#else
    uint16_t code[] = {0x4770, 0x4770};
    uintptr_t start = (uintptr_t)code | 1;
#endif
    __builtin___clear_cache((char *)code, (char *)code + sizeof code);
    void (*volatile run)(void) = (void (*)(void))start;
    run();
}

static void *(*volatile take)(size_t) = malloc;
static void (*volatile give_back)(void *) = free;

// Many sizes, held for many times: each piece is to hold what was put there until it is given back.
static void *take_and_give_back(void *unused) {
    enum { places = 512 };
    unsigned char *held[places] = {0};
    size_t sizes[places];
    uint32_t random = (uint32_t)(uintptr_t)&random | 1;
    for (int turn = 0; turn < 200000; turn++) {
        random ^= random << 13, random ^= random >> 17, random ^= random << 5;
        int place = random % places;
        for (size_t i = 0; held[place] && i < sizes[place]; i++)
            if (held[place][i] != (unsigned char)place) abort();
        give_back(held[place]);
        sizes[place] = (random >> 16) % (turn % 64 ? 300 : 5000);
        held[place] = take(sizes[place]);
        memset(held[place], place, sizes[place]);
    }
    for (int place = 0; place < places; place++) give_back(held[place]);
    return unused;
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "relocated")) *(int *volatile *)(uintptr_t)&relocated[argc - 2] = 0;
    if (!strcmp(what, "code")) *(volatile char *)((uintptr_t)some_function & ~(uintptr_t)1) = 0;
    if (!strcmp(what, "stack")) execute_stack();
    if (!strcmp(what, "overflow")) overflow();
    if (!strcmp(what, "unguarded overflow")) overflow_unguarded();
    unsigned char *piece = take(24);
    if (!strcmp(what, "beyond a piece")) spoil_behind(piece + malloc_usable_size(piece));
    give_back(piece);
    if (!strcmp(what, "given back twice")) give_back(piece);
    if (!strcmp(what, "pieces")) {
        take_and_give_back(NULL);
        pthread_t other;
        if (pthread_create(&other, NULL, take_and_give_back, NULL)) abort();
        take_and_give_back(NULL);
        pthread_join(other, NULL);
        take_and_give_back(NULL);
    }
    puts("went on");
    return 0;
}
"""

NATIVE = next(each for each in PLATFORMS if machine() in each.machines)


@pytest.fixture(scope="module")
def programs(module_place: Path) -> Callable[[Platform], Path]:
    """The program for a platform, built when it is first asked for, as any package is."""
    sources = module_place / "Sources" / "attempt"
    sources.mkdir(parents=True)
    (module_place / "Package.swift").write_text(PACKAGE)
    (sources / "main.c").write_text(ATTEMPT)

    def build(platform: Platform) -> Path:
        built = module_place / ".build" / platform.triple / "release" / "attempt"
        if not built.exists():
            where = ("--package-path", module_place, "--swift-sdks-path", BUNDLE.parent, "--swift-sdk", platform.triple)
            output_of("swift", "build", "--configuration", "release", *where)
        return built

    return build


def run(platform: Platform, program: Path, *what: str, emulator: tuple[str, ...] = ()) -> tuple[int, str]:
    command = [*emulator, str(program)] if emulator else platform.command(program)
    done = subprocess.run([*command, *what], capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    "what", ["relocated", "code", "stack", "overflow", "beyond a piece", "given back twice"])
def test_what_must_not_go_ends_the_program(
    platform: Platform, programs: Callable[[Platform], Path], what: str
) -> None:
    code, output = run(platform, programs(platform), what)
    assert code in (-signal.SIGSEGV, -signal.SIGILL) and output == ""


@pytest.mark.parametrize("what", ["", "unguarded overflow", "pieces"])
def test_what_may_go_does_not(platform: Platform, programs: Callable[[Platform], Path], what: str) -> None:
    """The second is the overflow that the stack protector ends above; the last takes memory in two threads."""
    assert run(platform, programs(platform), what) == (0, "went on\n")


def test_relocated_data_is_protected_on_large_pages(programs: Callable[[Platform], Path]) -> None:
    """Some kernels for Arm have pages of 64 kB."""
    emulator = (*ARM64.emulator, "-p", "65536")
    assert run(ARM64, programs(ARM64), emulator=emulator) == (0, "went on\n")
    assert run(ARM64, programs(ARM64), "relocated", emulator=emulator) == (-signal.SIGSEGV, "")


def test_a_kernel_that_refuses_to_protect_is_told(programs: Callable[[Platform], Path]) -> None:
    prefix = refusing.command({"mprotect": errno.EPERM})
    done = subprocess.run([*prefix, str(programs(NATIVE))], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr == "cannot make relocated data read-only: the kernel refuses mprotect\n"


def test_a_kernel_that_cannot_protect_is_no_reason_to_stop(programs: Callable[[Platform], Path]) -> None:
    """As one for a machine without a memory management unit."""
    prefix = refusing.command({"mprotect": errno.ENOSYS})
    done = subprocess.run([*prefix, str(programs(NATIVE))], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "went on\n")
