"""Runs a command under a seccomp filter that refuses system calls: `refusing.py FILTER COMMAND…`.

FILTER is JSON: {"newest": the last number that there is, or null; "calls": {name: errno}; "family": an address family
that the kernel does not know, or null}.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import struct
import sys
from pathlib import Path

# As the kernel numbers them, in arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h; on Arm
# only those that are refused there.
_X86_64 = {
    "open": 2, "close": 3, "stat": 4, "fstat": 5, "poll": 7, "mprotect": 10, "munmap": 11, "rt_sigaction": 13,
    "rt_sigprocmask": 14, "ioctl": 16, "readv": 19, "mremap": 25, "madvise": 28, "getpid": 39, "socket": 41,
    "connect": 42, "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47, "shutdown": 48, "bind": 49,
    "listen": 50, "getsockname": 51, "getpeername": 52, "setsockopt": 54, "getsockopt": 55, "clone": 56, "wait4": 61,
    "fcntl": 72, "flock": 73, "fsync": 74, "rename": 82, "mkdir": 83, "readlink": 89, "gettimeofday": 96,
    "futex": 202, "getdents64": 217, "set_tid_address": 218, "clock_gettime": 228, "epoll_ctl": 233,
    "set_robust_list": 273, "epoll_pwait": 281, "accept4": 288, "signalfd4": 289, "eventfd2": 290,
    "epoll_create1": 291, "prlimit64": 302, "getrandom": 318, "membarrier": 324, "statx": 332,
}  # fmt: skip
_AARCH64 = {"mprotect": 226, "socket": 198}
# The machine as linux/audit.h has it.
MACHINE, NUMBERS = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}[platform.machine()]

NEWEST_OF_LINUX_2_6_39 = 306
"""syncfs."""

_LOAD, _EQUAL, _ABOVE, _RETURN = 0x20, 0x15, 0x25, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
# Where struct seccomp_data (linux/seccomp.h) has the number, the machine and the first argument.
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16


def command(calls: dict[str, int], newest: int | None = None, family: int | None = None) -> list[str]:
    """What to put before a command's arguments."""
    return [sys.executable, str(Path(__file__)), json.dumps({"newest": newest, "calls": calls, "family": family})]


def _program(calls: dict[str, int], newest: int | None, family: int | None) -> bytes:
    """The filter, in BPF (linux/filter.h)."""
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, MACHINE), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    for name, error in calls.items():
        steps += [(_EQUAL, 0, 1, NUMBERS[name]), (_RETURN, 0, 0, _ERRNO | error)]
    if newest is not None:
        steps += [(_ABOVE, 0, 1, newest), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    if family is not None:
        unknown = (_RETURN, 0, 0, _ERRNO | errno.EAFNOSUPPORT)
        steps += [(_EQUAL, 0, 3, NUMBERS["socket"]), (_LOAD, 0, 0, _ARGUMENT), (_EQUAL, 0, 1, family), unknown]
    return b"".join(struct.pack("=HBBI", *step) for step in (*steps, (_RETURN, 0, 0, _ALLOW)))


def _install(program: bytes) -> None:
    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    library = ctypes.CDLL(None, use_errno=True)
    described = Program(len(program) // 8, program)
    for arguments in ((no_new_privileges, 1, 0, 0, 0), (set_seccomp, filter_mode, ctypes.byref(described), 0, 0)):
        if library.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    wanted = json.loads(sys.argv[1])
    _install(_program(**wanted))
    os.execv(sys.argv[2], sys.argv[2:])
