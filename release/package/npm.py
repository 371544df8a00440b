"""What npm's registry gets: a package for each platform with the program, and a small one that has them as optional
dependencies, of which npm installs the one for its machine. Nothing of them runs while they are installed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import texts
from commands import copy, tarball
from release import PLATFORMS, Platform, Release

LAUNCHER = Path(__file__).resolve().parent / "registries" / "tmdb-mcp.js"


def name_of(release: Release, platform: Platform) -> str:
    return f"{release.npm.partition('/')[0]}/linux-{platform.node}"


def package_of(release: Release, name: str) -> Path:
    return release.dist / f"tmdb-mcp_{release.version}_npm_{name.partition('/')[2]}.tgz"


def description(release: Release, name: str) -> dict[str, Any]:
    """What package.json has in each of them."""
    return {
        "name": name,
        "version": release.version,
        "description": release.summary,
        "license": release.licence,
        "author": release.author,
        "homepage": f"{release.url}#readme",
        "repository": {"type": "git", "url": f"git+{release.url}.git"},
        "bugs": f"{release.url}/issues",
        # No "libc": the program is static.
        "os": ["linux"],
        "preferUnplugged": True,
        "publishConfig": {"access": "public"},
    }


def write(release: Release, package: dict[str, Any], files: dict[str, Path], stage: Path) -> None:
    """A package of npm is a folder of this name."""
    result = package_of(release, package["name"])
    folder = stage / result.stem / "package"
    for name, source in files.items():
        copy(source, folder / name, 0o755 if name.startswith("bin/") else 0o644)
    (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n")
    readme = texts.registry_readme(release, "JavaScript", "npx", ["--yes"], release.npm)
    (folder / "README.md").write_text(readme)
    tarball(release, folder.parent, folder.name, result)
    shutil.rmtree(folder)


def platform_package(release: Release, platform: Platform, share: Path, stage: Path) -> None:
    package = description(release, name_of(release, platform)) | {"cpu": [platform.node]}
    files = {"bin/tmdb-mcp": release.program(platform), "LICENSE": release.root / "LICENSE"}
    files |= {str(path.relative_to(share)): path for path in texts.licences(share)}
    write(release, package, files, stage)


def server(release: Release, stage: Path) -> None:
    package = description(release, release.npm) | {
        "keywords": release.keywords.split(),
        "mcpName": release.mcp_name,
        "cpu": [platform.node for platform in PLATFORMS if platform.node],
        "engines": {"node": ">=18"},
        "bin": {"tmdb-mcp": "bin/tmdb-mcp.js"},
        "optionalDependencies": {
            name_of(release, platform): release.version for platform in PLATFORMS if platform.node
        },
    }
    write(release, package, {"bin/tmdb-mcp.js": LAUNCHER, "LICENSE": release.root / "LICENSE"}, stage)
