"""Copies of an Arm program that make another system call than they mean to: as on a kernel whose vendor has given the
number to a call of its own.

qemu translates the calls of a program for Arm, and a filter sees those that qemu makes. But the program loads a number
into a register by one instruction, which holds it, shortly before it calls.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .binaries import Binary

# As the kernel numbers them, in arch/arm/tools/syscall.tbl and include/uapi/asm-generic/unistd.h.
NUMBERS = {
    "armv7": {"getpid": 20, "sync": 36, "timerfd_create": 350, "statx": 397, "clock_gettime64": 403},
    "arm64": {"clock_gettime": 113, "timerfd_create": 85},
}
MISSING = 600
"""No kernel and no emulator has it: ENOSYS."""

_CALL = {"armv7": b"\x00\xdf", "arm64": b"\x01\x00\x00\xd4"}  # SVC 0
_BYTES_BEFORE_CALL = 48


def renumbered(binary: Binary, copy: Path, call: str, to: str | int) -> Binary:
    """A copy of the program that makes the call `to` in the place of `call`."""
    numbers = NUMBERS[binary.platform]
    old, new = numbers[call], to if isinstance(to, int) else numbers[to]
    encode, registers = (_movw, 15) if binary.platform == "armv7" else (_movz, 31)
    program = bytearray(binary.path.read_bytes())
    found = 0
    for register in range(registers):
        load = encode(register, old)
        place = program.find(load)
        while place >= 0:
            if _CALL[binary.platform] in program[place : place + _BYTES_BEFORE_CALL]:
                program[place : place + 4] = encode(register, new)
                found += 1
            place = program.find(load, place + 1)
    assert found, f"the program makes no call of number {old} ({call})"
    copy.write_bytes(program)
    copy.chmod(0o755)
    return replace(binary, path=copy)


def _movw(register: int, value: int) -> bytes:
    """MOVW, encoding T3 of the Arm ARM: two halfwords, the value in four pieces."""
    first = 0xF240 | (value >> 11 & 1) << 10 | value >> 12
    second = (value >> 8 & 7) << 12 | register << 8 | value & 0xFF
    return first.to_bytes(2, "little") + second.to_bytes(2, "little")


def _movz(register: int, value: int) -> bytes:
    """MOVZ of a 64-bit register, with no shift."""
    return (0xD2800000 | value << 5 | register).to_bytes(4, "little")
