#!/usr/bin/env python3
"""Reads the package's description (`swift package dump-package`) and names each import of a module of the package that
its target does not declare as a dependency. SwiftPM builds such a target, but not anew when that module has changed."""

import json
import re
import sys
from pathlib import Path

IMPORT = re.compile(r"^(?:@\w+ )*(?:(?:public|package|internal|private|fileprivate) )?import (\w+)", re.MULTILINE)


def undeclared(root: Path, target: dict, modules: set[str]) -> list[str]:
    """The modules of the package that the target's sources import and its declaration leaves out."""
    folder = root / (target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}")
    declared = {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}
    sources = sorted(folder.rglob("*.swift"))
    if not sources and target["type"] != "system":
        raise SystemExit(f"{folder} holds no Swift source of {target['name']}")
    imported = {name for source in sources for name in IMPORT.findall(source.read_text())}
    own = target["name"].replace("-", "_")
    return sorted((imported & modules) - {name.replace("-", "_") for name in declared} - {own})


def main() -> None:
    root = Path(sys.argv[1])
    targets = json.load(sys.stdin)["targets"]
    modules = {target["name"].replace("-", "_") for target in targets}
    faults = [
        f"Package.swift: {target['name']} imports {module}, which it does not declare"
        for target in targets
        for module in undeclared(root, target, modules)
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
