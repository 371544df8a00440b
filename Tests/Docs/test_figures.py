"""The figures in the pages are those of docs/measured.json, and the modules those of Package.swift."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import measured
from pages import blocks
from places import ROOT, VERSION


def test_tables_and_plot_are_those_of_the_figures() -> None:
    for path, text in measured.pages(ROOT).items():
        assert path.read_text() == text, f"{path.name} says something else: run Tests/Bench/measured.py"


def test_the_plot_has_every_server_and_words_for_those_who_hear_it() -> None:
    tree = ElementTree.parse(ROOT / "docs" / "measured.svg")
    title, description = (tree.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title is not None and title.text
    for server in json.loads((ROOT / measured.FIGURES).read_text())["servers"]:
        assert description is not None and server["name"] in description.text


def test_the_figures_are_of_this_program() -> None:
    servers = json.loads((ROOT / measured.FIGURES).read_text())["servers"]
    assert servers[0]["name"] == "tmdb-mcp"
    assert servers[0]["version"] == VERSION, "measure again: make measured"


def test_the_arrows_of_the_diagram_are_the_imports_of_the_package() -> None:
    package = json.loads(subprocess.run(
        ["swift", "package", "--package-path", str(ROOT), "dump-package"], capture_output=True, check=True).stdout)
    imports = {
        target["name"]: {dependency["byName"][0] for dependency in target["dependencies"]} - {"Bytes"}
        for target in package["targets"] if (ROOT / "Sources" / target["name"]).is_dir()}
    implied = {(name, far) for name, near in imports.items() for by in near for far in reached(imports, by)}
    expected = {(name, other) for name, others in imports.items() for other in others} - implied
    (diagram,) = [text for text in blocks(ROOT / "docs" / "architecture.md", "mermaid") if "flowchart" in text]
    drawn = {(name.replace("program", "tmdb-mcp"), other)
             for name, other in re.findall(r"^    (\w+)(?:\[.*?\])? --> (\w+)$", diagram, re.MULTILINE)}
    assert drawn == expected


def reached(imports: dict[str, set[str]], name: str) -> set[str]:
    """What a module imports by way of others."""
    near = imports.get(name, set())
    return near.union(*(reached(imports, other) for other in near)) if near else set()
