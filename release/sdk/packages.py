#!/usr/bin/env python3
"""Builds packages of others with the SDK and prints which of them build and run, as a table in Markdown.

    PACKAGES=FOLDER release/sdk/packages.py [NAME…]

FOLDER/packages.toml names the packages, and for each a program of a few lines, and what that must print:

    [[package]]
    repository = "OWNER/NAME"
    products = "PRODUCT"
    program = '''
    import PRODUCT
    func use() { print("1") }
    '''
    prints = "1"

FOLDER/NAME is a clone of it; where there is none, it is cloned from its repository at GitHub, and where that cannot be
had, the table says so. What has no program is only needed by another. With `language = "C++"` the program is in C++ and
has its own `main`; with `language = "Swift, importing C++"` C++ is imported. `manifest` is the Package.swift of a
repository that has none.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

SDK = Path(__file__).resolve().parent
WORK = Path(os.environ.get("SDK_WORK") or SDK.parents[1] / ".build" / "sdk")
BUNDLES = WORK / "bundle"
KEPT = Path(os.environ.get("PACKAGES", ".")).absolute()
RUNNERS = {
    "x86_64": ["qemu-x86_64-static"],
    "aarch64": ["qemu-aarch64-static"],
    "armv7": ["qemu-arm-static"],
    "armv6": ["qemu-arm-static", "-cpu", "arm1176"],
    "riscv64": ["qemu-riscv64-static"],
    "i686": ["qemu-i386-static"],
}


@dataclass(frozen=True)
class Package:
    """A package, what of it a program uses, and what that prints."""

    repository: str
    products: str = ""
    program: str = ""
    prints: str = ""
    language: str = "Swift"
    manifest: str = ""

    @property
    def name(self) -> str:
        return self.repository.rpartition("/")[2]

    @property
    def url(self) -> str:
        return f"https://github.com/{self.repository}.git"


MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "use", dependencies: [.package(path: "{path}")],
    targets: [.executableTarget(name: "use", dependencies: [.product(name: "{product}", package: "{name}")],
        swiftSettings: [.swiftLanguageMode(.v5){settings}])],
    cxxLanguageStandard: .cxx20)
"""


def named() -> tuple[Package, ...]:
    """The packages that the folder names."""
    try:
        entries = tomllib.loads((KEPT / "packages.toml").read_text())["package"]
        return tuple(Package(**entry) for entry in entries)
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        sys.exit(
            f"error: no packages are named: {error!r}\n"
            f"Set PACKAGES to a folder with a packages.toml; {Path(__file__).name} tells what it holds."
        )


def mirrors() -> str:
    """What leads the package manager from the addresses of packages to their clones."""
    pairs = [
        {"original": original, "mirror": f"file://{KEPT / package.name}"}
        for package in named()
        if (KEPT / package.name).is_dir()
        for original in (package.url, package.url.removesuffix(".git"))
    ]
    return json.dumps({"object": pairs, "version": 1})


def clone(package: Package, folder: Path) -> Path | None:
    """A copy of the package's newest state that may be changed; nothing where it is not to be had."""
    kept = KEPT / package.name
    source = str(kept) if kept.is_dir() else package.url
    command = ["git", "clone", "--quiet", *(["--depth", "1"] if source == package.url else []), source]
    quiet = {"GIT_TERMINAL_PROMPT": "0", **os.environ}
    done = subprocess.run([*command, folder / package.name], env=quiet, stderr=subprocess.DEVNULL, timeout=300)
    if done.returncode != 0:
        return None
    if package.manifest:
        (folder / package.name / "Package.swift").write_text(package.manifest)
    return folder / package.name


def build(package: Package, source: Path, triple: str, folder: Path) -> str:
    """Whether a program with the package builds and prints what it must; otherwise the first error."""
    user = folder / f"use-{package.name}"
    (user / "Sources" / "use").mkdir(parents=True, exist_ok=True)
    settings = ", .interoperabilityMode(.Cxx)" if package.language == "Swift, importing C++" else ""
    (user / "Package.swift").write_text(
        MANIFEST.format(path=source, product=package.products, name=package.name, settings=settings)
    )
    if package.language == "C++":
        (user / "Sources" / "use" / "main.cpp").write_text(package.program)
    else:
        program = f"{package.program}\n@main struct Use {{ static func main() {{ use() }} }}\n"
        (user / "Sources" / "use" / "Use.swift").write_text(program)
    configuration = user / ".swiftpm" / "configuration"
    configuration.mkdir(parents=True, exist_ok=True)
    (configuration / "mirrors.json").write_text(mirrors())
    command = ("swift", "build", "--package-path", user, "--swift-sdks-path", BUNDLES, "--swift-sdk", triple)
    built = subprocess.run([*command, "--configuration", "release"], capture_output=True, text=True, errors="replace")
    (folder / f"{package.name}-{triple}.log").write_text(built.stdout + built.stderr)
    if built.returncode != 0:
        lines = (built.stdout + built.stderr).splitlines()
        errors = [line.partition("error: ")[2] for line in lines if "error: " in line]
        return f"no: {errors[0]}" if errors else "no"
    architecture = triple.partition("-")[0]
    runner = [] if platform.machine() == architecture else RUNNERS[architecture]
    run = subprocess.run(
        [*runner, user / ".build" / triple / "release" / "use"], capture_output=True, text=True, errors="replace"
    )
    printed = run.stdout.strip()
    return "yes" if printed == package.prints else f"builds, prints {printed!r} ({run.returncode})"


def main() -> None:
    wanted, packages = sys.argv[1:], named()
    bundle = next(BUNDLES.glob("*.artifactbundle"), None) or sys.exit("error: there is no SDK. Make it: make sdk")
    paths = [one["variants"][0]["path"] for one in json.loads((bundle / "info.json").read_text())["artifacts"].values()]
    triples = [path.partition("/")[0] for path in paths]
    folder = Path(tempfile.mkdtemp(prefix="sdk-packages."))
    print(f"| package | {' | '.join(triple.partition('-')[0] for triple in triples)} | why not |")
    print("|---|" + "---|" * (len(triples) + 1))
    for package in packages:
        if not package.program or (wanted and package.name not in wanted):
            continue
        if (source := clone(package, folder)) is None:
            print(f"| {package.repository} | {' | '.join('' for _ in triples)} | not to be had here |", flush=True)
            continue
        results = []
        for triple in triples:
            results.append(build(package, source, triple, folder))
            if not results[-1].startswith("yes") and triple == triples[0]:
                break  # it is the same everywhere, and each attempt takes long
        results += ["no"] * (len(triples) - len(results))
        reasons = [result.removeprefix("no: ") for result in results if result not in ("yes", "no")]
        words = " | ".join(result.partition(":")[0].partition(",")[0] for result in results)
        print(f"| {package.repository} | {words} | {reasons[0] if reasons else ''} |", flush=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
