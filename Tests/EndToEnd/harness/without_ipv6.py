"""Runs a command whose kernel knows no IPv6: `without_ipv6.py COMMAND…`, on x86-64. A seccomp filter answers what a
kernel without the family answers, or one that has the family and no address."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_SOCKET, _AF_INET6, _EAFNOSUPPORT = 41, 10, 97


def command() -> list[str]:
    """The words to put before a command."""
    return [sys.executable, str(Path(__file__))]


def _program() -> bytes:
    """In BPF (linux/filter.h), on struct seccomp_data: the number, and the first argument 16 bytes into it."""
    steps = [
        (_LOAD, 0, 0, 0),
        (_EQUAL, 0, 3, _SOCKET),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 0, 1, _AF_INET6),
        (_RETURN, 0, 0, _ERRNO | _EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


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
    _install(_program())
    os.execv(sys.argv[1], sys.argv[1:])
