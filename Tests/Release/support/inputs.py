"""The SDK's builder with three small groups of inputs, and a mirror that has them."""

from __future__ import annotations

import re
import shutil

from .builder import Builder, Result
from .mirror import AFTER, Mirror, files_of

GROUPS = """inputs=(
    "certificates:all"
    "library:source library-dev:amd64 library-dev:armhf"
    "tool:source"
)"""


class Sdk:
    """The builder of the SDK with three small groups of inputs."""

    def __init__(self, builder: Builder, mirror: Mirror) -> None:
        self.builder, self.mirror = builder, mirror
        settings = builder.sdk / "settings.sh"
        text, count = re.subn(r"^inputs=\(.*?^\)", GROUPS, settings.read_text(), flags=re.M | re.S)
        assert count == 1
        settings.write_text(text)
        self.lock_file = builder.sdk / "inputs.lock"
        self.lock_file.write_text("")

    def run(self, mode: str = "inputs", under: tuple[str, ...] = (), **variables: str) -> Result:
        return self.builder.run(mode, under=under, **(self.mirror.variables | variables))

    def lock(self, **variables: str) -> Result:
        result = self.run("lock", **variables)
        assert result.code == 0, result
        return result

    def take(self, **variables: str) -> Result:
        result = self.run("inputs", **variables)
        assert result.code == 0, result
        return result

    @property
    def lines(self) -> list[list[str]]:
        return [line.split() for line in self.lock_file.read_text().splitlines()]

    @property
    def versions(self) -> dict[str, str]:
        return {f"{line[0]}:{line[1]}": line[2] for line in self.lines}

    @property
    def taken(self) -> dict[str, bytes]:
        return files_of(self.builder.work / "inputs" / "files")

    @property
    def taken_lock(self) -> str:
        return (self.builder.work / "inputs" / "inputs.lock").read_text()

    def forget(self) -> None:
        """As on another machine: nothing was fetched yet."""
        shutil.rmtree(self.builder.work)
        self.builder.work.mkdir()


def drift(mirror: Mirror, *, dropped: bool) -> None:
    """The second state: a newer library, and the earlier one dropped or left."""
    if dropped:
        mirror.drop("library", "1.9-1")
    mirror.add("debian", "library", "1:1.10-1", "library-dev:amd64", "library-dev:arm64", "library-dev:armhf")
    mirror.publish(AFTER)


def notes(result: Result) -> list[str]:
    return [line for line in result.output.splitlines() if line.startswith("note: ")]


def failed(result: Result, *said: str) -> bool:
    """Asserts that the step failed with one error that says this, and with what to do; true for `assert`."""
    assert result.code != 0, result
    inner = re.findall(r"^    error: (.*)\n           (\S.*)", result.output, re.MULTILINE)
    assert len(inner) == 1, result
    for words in said:
        assert words in " ".join(inner[0]), result
    return True
