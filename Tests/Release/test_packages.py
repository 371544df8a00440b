"""`make sdk-packages`: which packages build with the SDK and do what they must."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.platforms import BUILT, ROOT

PROGRAM = ROOT / "release" / "sdk" / "packages.py"

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "NAME", products: [.library(name: "NAME", targets: ["NAME"])], targets: [.target(name: "NAME")])
"""

NAMED = """
[[package]]
repository = "someone/Answer"
products = "Answer"
program = '''
import Answer
func use() { print("\\(answer())") }
'''
prints = "42"

[[package]]
repository = "someone/Question"
products = "Question"
program = '''
import Question
func use() { print("\\(answer())") }
'''
prints = "42"
"""


def package_of(folder: Path, name: str, source: str) -> None:
    place = folder / name
    (place / "Sources" / name).mkdir(parents=True)
    (place / "Package.swift").write_text(MANIFEST.replace("NAME", name))
    (place / "Sources" / name / f"{name}.swift").write_text(source)
    git = ("git", "-C", place, "-c", "user.name=someone", "-c", "user.email=someone@example.org")
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "all"], check=True)


def run(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PACKAGES": str(folder)}
    return subprocess.run([sys.executable, PROGRAM, *names], env=environment, capture_output=True, text=True)


def test_the_table_says_what_builds_and_why_not(place: Path) -> None:
    package_of(place, "Answer", "public func answer() -> Int { 42 }\n")
    package_of(place, "Question", "public func answer() -> Int { missing() }\n")
    (place / "packages.toml").write_text(NAMED)
    result = run(place)
    assert result.returncode == 0, result.stderr
    _, _, answer, question = result.stdout.splitlines()
    assert answer == "| someone/Answer |" + " yes |" * len(BUILT) + "  |"
    assert question.startswith("| someone/Question |" + " no |" * len(BUILT))
    assert "cannot find 'missing' in scope" in question


def test_a_folder_that_names_no_packages_is_an_error(place: Path) -> None:
    result = run(place)
    assert result.returncode == 1 and result.stdout == ""
    assert "Set PACKAGES to a folder with a packages.toml" in result.stderr
