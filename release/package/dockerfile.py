"""Reads the stage of a Dockerfile that is kept, as far as Dockerfile.scratch goes: settings, and files that are copied.
What it does not know is an error. So an image needs no Docker engine, and is the same whatever is installed.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNITS = {"ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000}
LISTS = {"ENTRYPOINT": "Entrypoint", "CMD": "Cmd"}
TEXTS = {"USER": "User", "WORKDIR": "WorkingDir", "STOPSIGNAL": "StopSignal"}
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class File:
    """A file or, without content, a folder of the image."""

    mode: int
    owner: tuple[int, int]
    content: bytes | None = None


@dataclass
class Stage:
    """What the stage makes: a configuration, and files by their path without the first slash."""

    arguments: dict[str, str]
    contexts: dict[str, Path]
    files: dict[str, File] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=lambda: {"WorkingDir": "/", "Env": [PATH]})

    def run(self, instruction: str, text: str) -> None:
        if instruction == "ARG":
            name, _, default = text.partition("=")
            self.arguments.setdefault(name, default)
        elif instruction == "COPY":
            self.copy(text)
        elif instruction in TEXTS:
            self.config[TEXTS[instruction]] = text
        elif instruction in LISTS:
            self.config[LISTS[instruction]] = json.loads(text)
        elif instruction == "EXPOSE":
            self.config["ExposedPorts"] = {f"{port}/tcp": {} for port in text.split()}
        elif instruction == "ENV":
            self.config["Env"] += [self.expand(pair) for pair in shlex.split(text)]
        elif instruction == "LABEL":
            pairs = (pair.partition("=") for pair in shlex.split(text))
            self.config["Labels"] = {name: self.expand(value) for name, _, value in pairs}
        elif instruction == "HEALTHCHECK":
            self.config["Healthcheck"] = health_check(text)
        else:
            raise SystemExit(f"error: {instruction} is not known here, and nothing else can be made of it")

    def expand(self, text: str) -> str:
        """With the value of each argument; one that is not declared is an error."""
        return re.sub(r"\$(\w+)|\$\{(\w+)\}", lambda match: self.arguments[match[1] or match[2]], text)

    def copy(self, text: str) -> None:
        words = shlex.split(self.expand(text))
        options = dict(word.removeprefix("--").partition("=")[::2] for word in words if word.startswith("--"))
        [source, target] = [word for word in words if not word.startswith("--")]
        if unknown := options.keys() - {"from", "chown", "chmod"}:
            raise SystemExit(f"error: COPY --{unknown.pop()} is not known here")
        user, group = map(int, options["chown"].split(":"))
        mode = int(options["chmod"], 8) if "chmod" in options else None
        place = self.contexts[options.get("from", "")] / source
        target = target.strip("/")
        # The folders above belong to the same user, as with Docker.
        for above in reversed([target, *map(str, Path(target).parents)] if place.is_dir() else Path(target).parents):
            if str(above) not in (".", ""):
                self.files.setdefault(str(above), File(0o755, (user, group)))
        if place.is_dir():
            for path in sorted(place.rglob("*")):
                if path.name != ".gitkeep":
                    name = "/".join(filter(None, (target, str(path.relative_to(place)))))
                    self.files[name] = file(path, mode, (user, group))
        else:
            self.files[target] = file(place, mode, (user, group))


def file(path: Path, mode: int | None, owner: tuple[int, int]) -> File:
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        raise SystemExit(f"error: {path} is neither a file nor a folder")
    if mode is None:
        raise SystemExit(f"error: {path} is copied without --chmod: its mode would be that of this checkout")
    return File(mode, owner, None if path.is_dir() else path.read_bytes())


def health_check(text: str) -> dict[str, Any]:
    options, _, command = text.partition(" CMD ")
    check: dict[str, Any] = {"Test": ["CMD", *json.loads(command)]}
    for name, time in re.findall(r"--(\S+)=(\S+)", options):
        units = re.findall(r"(\d+)(ms|s|m)", time)
        check["".join(word.capitalize() for word in name.split("-"))] = sum(int(n) * UNITS[unit] for n, unit in units)
    return check


def read(dockerfile: Path, arguments: dict[str, str], contexts: dict[str, Path]) -> Stage:
    """The last stage, which begins with nothing."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.startswith("#")]
    instructions = [line.split(None, 1) for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]
    last = max(number for number, (word, _) in enumerate(instructions) if word == "FROM")
    if instructions[last][1] != "scratch":
        raise SystemExit(f"error: {dockerfile} ends with an image that has another below it")
    stage = Stage(dict(arguments), contexts)
    for word, text in instructions[last + 1 :]:
        stage.run(word, text.strip())
    return stage
