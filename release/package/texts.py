"""What goes into archives and packages beside the program, and what people take as it is."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path

from commands import copy, run
from release import PLATFORMS, Release


class Program:
    """The program that runs here. It tells its manual page and its completions, the same on every platform."""

    def __init__(self, release: Release, home: Path) -> None:
        self._home = home
        here = platform.machine()
        self._command = [str(release.program(one)) for one in PLATFORMS if one.python == here]
        if not self._runs():
            emulator = shutil.which("qemu-x86_64-static")
            if not emulator:
                raise SystemExit("error: no program of the release runs here\n       Install qemu-user-static.")
            self._command = [emulator, str(release.program(PLATFORMS[0]))]

    def _runs(self) -> bool:
        try:
            return subprocess.run([*self._command, "--version"], capture_output=True).returncode == 0
        except OSError:
            return False

    def ask(self, *arguments: str) -> bytes:
        """Without the settings of the person who makes the release."""
        return run("env", "--ignore-environment", f"HOME={self._home}", *self._command, *arguments)


def share(release: Release, program: Program, folder: Path) -> None:
    for name, arguments in {
        "man/tmdb-mcp.1": ["man"],
        "completions/tmdb-mcp.bash": ["completions", "bash"],
        "completions/_tmdb-mcp": ["completions", "zsh"],
        "completions/tmdb-mcp.fish": ["completions", "fish"],
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(program.ask(*arguments))
    shutil.copytree(release.bundle / "licenses", folder / "licenses", symlinks=True)
    shutil.copytree(release.deploy / "clients", folder / "clients")
    for name in ("LICENSE", "CHANGELOG.md"):
        copy(release.root / name, folder / name)
    for name in ("config.example.yaml", "tmdb-mcp.service"):
        copy(release.deploy / name, folder / name)
    # What the unit calls so: a name that begins with a dot would be overlooked.
    copy(release.deploy / ".env.example", folder / "env.example")
    readme = absolute(release, (release.root / "README.md").read_text())
    (folder / "README.md").write_text(readme)


def absolute(release: Release, page: str) -> str:
    """A page of the repository with links that lead on from elsewhere too: to the files of this version, of which most
    are in the repository alone. An image is fetched, where a page is opened."""

    def lead(found: re.Match[str]) -> str:
        way = "raw" if found["image"] else "blob"
        return f"{found['image']}[{found['text']}]({release.url}/{way}/{release.revision}/{found['path']})"

    return re.sub(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<path>(?![a-z]+:|#)[^()\s]+)\)", lead, page)


def licences(share: Path) -> list[Path]:
    """Of all that is linked, in what has been shared."""
    return sorted(path for path in (share / "licenses").rglob("*") if path.is_file())


def registry_readme(release: Release, language: str, command: str, arguments: list[str], package: str) -> str:
    """What a registry of packages shows, whose tool starts the program by this command."""
    text = (Path(__file__).resolve().parent / "registries" / "page.md.in").read_text()
    for name, value in {
        "processors": "x86_64, aarch64, armv7, riscv64 and i686",
        "language": language,
        "command": command,
        "arguments": "".join(f'"{word}", ' for word in arguments),
        "package": package,
        "start": f"{command} {package}",
        "url": release.url,
        "version": release.version,
        "mcp_name": release.mcp_name,
    }.items():
        text = text.replace(f"@{name}@", value)
    return text


def deployment(release: Release) -> None:
    """What people take as it is; install.sh learns the key that it checks with."""
    for name in ("compose.yaml", "tmdb-mcp.service", "config.example.yaml"):
        copy(release.deploy / name, release.dist / name)
    copy(release.deploy / "install.sh", release.dist / "install.sh", 0o755)
    key = release.root / "release" / "minisign.pub"
    if key.exists():
        text, line = (release.dist / "install.sh").read_text(), key.read_text().splitlines()[-1]
        (release.dist / "install.sh").write_text(re.sub("^public_key=$", f"public_key={line}", text, flags=re.M))
    # GitHub renames files that begin with a dot.
    copy(release.deploy / ".env.example", release.dist / "env.example")
