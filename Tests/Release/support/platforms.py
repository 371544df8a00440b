"""The platforms of the release, where what was built for each is, and how this machine runs it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import places
from places import EMULATORS, RELEASED, ROOT

SDK_WORK = ROOT / ".build" / "sdk"
BUNDLE = SDK_WORK / "bundle" / "embedded-linux-musl.artifactbundle"
STATIC = ROOT / ".build" / "static"


@dataclass(frozen=True)
class Platform:
    """One platform: its name in a release, in the SDK's steps, and in each tool."""

    name: str
    architecture: str
    triple: str
    emulator: tuple[str, ...]
    machines: tuple[str, ...]

    @property
    def sdk(self) -> Path:
        return BUNDLE / self.triple

    @property
    def libraries(self) -> Path:
        """Where the libraries are that a program may use."""
        return BUNDLE / "swift" / "musl" / self.architecture

    @property
    def c_libraries(self) -> Path:
        return self.sdk / "sysroot" / "usr" / "lib"

    @property
    def compiler_libraries(self) -> Path:
        return self.c_libraries / "gcc" / self.triple / "14"

    @property
    def identity(self) -> str:
        """What `swift sdk list` calls it."""
        return f"swift-{swift_version()}_embedded-linux-musl_{self.architecture}"

    @property
    def program(self) -> Path:
        """The program as it was released."""
        return places.program(self.name)

    @property
    def unstripped_program(self) -> Path:
        return STATIC / self.architecture / self.triple / "release" / "tmdb-mcp"

    def command(self, *program: object) -> list[str]:
        """The command that runs a program of this platform on this machine."""
        runner = () if platform.machine() in self.machines else self.emulator
        return [*runner, *map(str, program)]


AMD64 = Platform("amd64", "x86_64", "x86_64-embedded-linux-musl", EMULATORS["amd64"], ("x86_64",))
ARM64 = Platform("arm64", "aarch64", "aarch64-embedded-linux-musl", EMULATORS["arm64"], ("aarch64",))
ARMV7 = Platform("armv7", "armv7", "armv7-embedded-linux-musleabihf", EMULATORS["armv7"], ("armv7l",))
ARMV6 = Platform("armv6", "armv6", "armv6-embedded-linux-musleabihf", EMULATORS["armv6"], ("armv6l", "armv7l"))
RISCV64 = Platform("riscv64", "riscv64", "riscv64-embedded-linux-musl", EMULATORS["riscv64"], ("riscv64",))
I386 = Platform("i386", "i686", "i686-embedded-linux-musl", EMULATORS["i386"], ("i686", "x86_64"))
ALL = (AMD64, ARM64, ARMV7, ARMV6, RISCV64, I386)
PLATFORMS = tuple(platform for platform in ALL if platform.name in RELEASED)
"""Those of the release."""
BUILT = tuple(platform for platform in ALL if platform.sdk.is_dir())
"""Those of the SDK that was built: `SDK_PLATFORMS` may have named more."""


@cache
def swift_version() -> str:
    told = subprocess.run(["swiftc", "-print-target-info"], capture_output=True, text=True, check=True).stdout
    return json.loads(told)["compilerVersion"].split()[2]


@cache
def toolchain() -> Path:
    """The directory of the Swift toolchain that holds bin/."""
    told = subprocess.run(["swiftc", "-print-target-info"], capture_output=True, text=True, check=True).stdout
    return Path(json.loads(told)["paths"]["runtimeResourcePath"]).resolve().parents[1]


def tool(name: str) -> str:
    return str(toolchain() / "bin" / name)


def is_archive(library: Path) -> bool:
    """And not a text that tells the linker which libraries it stands for."""
    return library.read_bytes().startswith(b"!<arch>\n")


def archive_of(platform: Platform, name: str) -> Path:
    """The archive that `-l` and this name lead the linker to."""
    (found,) = (
        folder / file
        for folder in (platform.libraries, platform.c_libraries)
        for file in (f"lib{name}.a", f"lib{name}-alone.a")
        if (folder / file).is_file() and is_archive(folder / file)
    )
    return found


def output_of(*command: object, **options: object) -> str:
    """What a command prints on its standard output; it must succeed."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, errors="replace", **options)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@cache
def arm_models_without_neon() -> tuple[str, ...]:
    """Models of the emulator with the floating point of ARMv7 and 16 registers, and no NEON."""
    if shutil.which("qemu-arm-static") is None:
        return ()
    # It prints the list and exits with 1.
    offered = subprocess.run(["qemu-arm-static", "-cpu", "help"], capture_output=True, text=True).stdout.split()
    return tuple(name for name in ("cortex-r5f",) if name in offered)


def without_variables(*names: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in names}
