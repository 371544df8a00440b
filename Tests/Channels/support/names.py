"""What each channel calls the platforms of the release; one that has no package of its own there is left out."""

from __future__ import annotations

from places import RELEASED


def _released(**names: str) -> dict[str, str]:
    return {platform: names[platform] for platform in RELEASED if platform in names}


DEBIAN = _released(amd64="amd64", arm64="arm64", armv7="armhf", riscv64="riscv64", i386="i386")
RPM = _released(amd64="x86_64", arm64="aarch64", armv7="armv7hl", riscv64="riscv64", i386="i686")
NODE = _released(amd64="x64", arm64="arm64", armv7="arm", riscv64="riscv64", i386="ia32")
PYTHON = _released(
    amd64="x86_64", arm64="aarch64", armv7="armv7l", armv6="armv6l", riscv64="riscv64", i386="i686"
)  # fmt: skip
BUNDLED = tuple(platform for platform in RELEASED if platform in ("amd64", "arm64", "armv7"))
"""Those of the MCP bundle: computers that have a desktop."""
