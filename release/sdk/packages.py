#!/usr/bin/env python3
"""Builds public packages with the SDK and prints which of them build and run, as a table for README.md.

    release/sdk/packages.py [NAME…]

Each is used by a program of a few lines, which must print what it computes. PACKAGES=FOLDER holds clones, FOLDER/NAME;
what is not there is cloned from its repository. Where that cannot be had, the table says so. FOLDER/packages.toml names
more of them, or other programs for these:

    [[package]]
    repository = "OWNER/NAME"
    products = "PRODUCT"
    program = '''
    import PRODUCT
    func use() { print("1") }
    '''
    prints = "1"

What has no program is only needed by another.
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
KEPT = Path(os.environ.get("PACKAGES", "/nonexistent")).absolute()
RUNNERS = {
    "x86_64": ["qemu-x86_64-static"],
    "aarch64": ["qemu-aarch64-static"],
    "armv7": ["qemu-arm-static"],
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

    @property
    def name(self) -> str:
        return self.repository.rpartition("/")[2]

    @property
    def url(self) -> str:
        return f"https://github.com/{self.repository}.git"


PACKAGES = (
    Package(
        "apple/swift-collections", "Collections",
        "import DequeModule\nimport OrderedCollections\nimport HeapModule\n"
        "func use() { var d: Deque = [1, 2]; d.prepend(0); let s: OrderedSet = [3, 1, 3]; var h: Heap = [5, 2, 9]\n"
        'print("\\(d.count) \\(s.count) \\(h.popMin() ?? 0)") }',
        "3 2 2",
    ),
    Package(
        "apple/swift-numerics", "Numerics",
        'import Numerics\nfunc use() { print("\\(Complex<Double>(3, 4).length) \\(Double.pow(2, 0.5))") }',
        "5.0 1.4142135623730951",
    ),
    Package(
        "apple/swift-algorithms", "Algorithms",
        "import Algorithms\nfunc use() {\n"
        'print("\\(Array([1, 1, 2].uniqued()).count) \\([1, 2, 3].chunks(ofCount: 2).count)") }',
        "2 2",
    ),
    Package(
        "apple/swift-http-types", "HTTPTypes",
        "import HTTPTypes\nfunc use() { var f = HTTPFields(); f[.accept] = \"a\"\n"
        'print("\\(f[.accept] ?? "") \\(HTTPResponse.Status.notFound.code)") }',
        "a 404",
    ),
    Package(
        "apple/swift-atomics", "Atomics",
        "import Atomics\nfunc use() { let a = ManagedAtomic<Int>(1); a.wrappingIncrement(ordering: .relaxed)\n"
        'print("\\(a.load(ordering: .relaxed))") }',
        "2",
    ),
    Package(
        "tayloraswift/swift-hash", "SHA2",
        'import SHA2\nfunc use() { print("\\(SHA256(hashing: Array("abc".utf8))[0])") }',
        "186",
    ),
    Package(
        "PureSwift/Bluetooth", "Bluetooth",
        'import Bluetooth\nfunc use() { print("\\(BluetoothAddress(bytes: (1, 2, 3, 4, 5, 6)).bytes.0)") }',
        "1",
    ),
    Package(
        "apple/swift-binary-parsing", "BinaryParsing",
        "import BinaryParsing\nfunc use() { let b: [UInt8] = [1, 2]\n"
        'let n = b.withParserSpan { try? UInt16(parsingBigEndian: &$0) }; print("\\(n ?? 0)") }',
        "258",
    ),
    Package("apple/swift-mmio", "MMIO", 'import MMIO\nfunc use() { print("1") }', "1"),
    Package(
        "apple/swift-se0270-range-set", "SE0270_RangeSet",
        "import SE0270_RangeSet\nfunc use() { print(\"\\(SE0270_RangeSet.RangeSet(1..<3).ranges.count)\") }",
        "1",
    ),
    Package(
        "tayloraswift/swift-unixtime", "UnixTime",
        'import UnixTime\nfunc use() { print("\\(UnixInstant.second(7).second)") }',
        "7",
    ),
    Package(
        "attaswift/BigInt", "BigInt", 'import BigInt\nfunc use() { print("\\(BigUInt(7) * 6 == 42)") }', "true"
    ),
    Package(
        "swift-extras/swift-extras-base64", "ExtrasBase64",
        'import ExtrasBase64\nfunc use() { print(Base64.encodeToString(bytes: Array("abc".utf8))) }',
        "YWJj",
    ),
    Package(
        "apple/swift-asn1", "SwiftASN1",
        'import SwiftASN1\nfunc use() { print("\\(ASN1Identifier.sequence.tagNumber)") }',
        "16",
    ),
    Package(
        "apple/swift-system", "SystemPackage",
        'import SystemPackage\nfunc use() { print("\\(FilePath("/a/b").components.count)") }',
        "2",
    ),
    Package(
        "apple/swift-log", "Logging",
        'import Logging\nfunc use() { print("\\(Logger.Level.info.rawValue)") }',
        "info",
    ),
    Package(
        "apple/swift-argument-parser", "ArgumentParser",
        'import ArgumentParser\nfunc use() { print("\\(ExitCode.success.rawValue)") }',
        "0",
    ),
)  # fmt: skip

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "use", dependencies: [.package(path: "{path}")],
    targets: [.executableTarget(name: "use", dependencies: [.product(name: "{product}", package: "{name}")],
        swiftSettings: [.swiftLanguageMode(.v5)])])
"""


def named() -> tuple[Package, ...]:
    """The packages from here, and what the folder of clones names besides or instead."""
    more = KEPT / "packages.toml"
    entries = tomllib.loads(more.read_text()).get("package", []) if more.exists() else []
    packages = {package.repository: package for package in PACKAGES}
    packages |= {entry["repository"]: Package(**entry) for entry in entries}
    return tuple(packages.values())


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
    return folder / package.name if done.returncode == 0 else None


def build(package: Package, source: Path, triple: str, folder: Path) -> str:
    """Whether a program with the package builds and prints what it must; otherwise the first error."""
    user = folder / f"use-{package.name}"
    (user / "Sources" / "use").mkdir(parents=True, exist_ok=True)
    (user / "Package.swift").write_text(
        MANIFEST.format(path=source, product=package.products, name=package.name)
    )
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
    wanted = sys.argv[1:]
    bundle = next(BUNDLES.glob("*.artifactbundle"), None) or sys.exit("error: there is no SDK. Make it: make sdk")
    paths = [one["variants"][0]["path"] for one in json.loads((bundle / "info.json").read_text())["artifacts"].values()]
    triples = [path.partition("/")[0] for path in paths]
    folder = Path(tempfile.mkdtemp(prefix="sdk-packages."))
    print(f"| package | {' | '.join(triple.partition('-')[0] for triple in triples)} | why not |")
    print("|---|" + "---|" * (len(triples) + 1))
    for package in named():
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
