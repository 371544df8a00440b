"""Links within the repository, and names of what is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import PAGES, prose, tracked
from places import ROOT, VERSION

LINK = re.compile(r"\]\(([^()\s]+)\)")


def anchors(page: Path) -> set[str]:
    """Those that GitHub gives to headings: small letters, whitespace as hyphens, no other characters."""
    titles = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> list[str]:
    return [link for link in LINK.findall(prose(page)) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{link}: there is no such file"
        assert target.is_relative_to(ROOT), f"{link} leads out of the repository"
        if anchor:
            assert anchor in anchors(target), f"{link}: there is no such heading"


def test_every_page_of_docs_is_linked_from_the_readme() -> None:
    linked = {link.partition("#")[0] for link in links(ROOT / "README.md")}
    assert {f"docs/{page.name}" for page in PAGES if page.parent == ROOT / "docs"} <= linked


def test_a_verb_that_a_page_or_a_workflow_names_is_in_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in [*PAGES, *tracked(".github/workflows/*.yml")]:
        named = re.findall(r"(?:`|^ {4}|run: )make ([a-z][a-z0-9-]*)", page.read_text(), re.MULTILINE)
        assert set(named) <= verbs, f"{page.name} names a verb that the Makefile has not"


def test_a_download_or_an_image_that_a_page_names_is_of_this_release() -> None:
    made = {path.name for path in (ROOT / "release" / "dist").iterdir()}
    seen = set()
    for page in PAGES:
        # The original has names of its own.
        text = re.sub(r"^\| a release's archive .*", "", page.read_text(), flags=re.MULTILINE)
        # What SwiftPM calls the SDKs of the archive.
        text = re.sub(r"swift-[\d.]+_embedded-linux-musl_", "", text)
        for name in re.findall(r"\b(?:tmdb-mcp_|tmdb-mcp-linux-|swift-\d)[\w.-]*\w", text):
            seen.add(name)
            assert made & {name.replace("ARCH", platform) for platform in ("ARCH", "amd64")}, f"{page.name}: {name}"
        named = re.findall(r"tmdb-mcp/tmdb-mcp:([\w.]*\w)|tmdb-mcp/releases/download/v([\d.]*\d)", text)
        assert {image or download for image, download in named} <= {VERSION}, page.name
    assert len(seen) > 5


def test_workflows_build_with_the_pinned_toolchain() -> None:
    pinned = (ROOT / ".swift-version").read_text().strip()
    named = [version for page in tracked(".github/workflows/*.yml")
             for version in re.findall(r"\bswift:(\S+)", page.read_text())]
    assert len(named) > 2 and set(named) == {f"{pinned}-bookworm"}


def test_contributing_shows_the_folders_that_there_are() -> None:
    """Each folder of Sources and Tests has its line, and each line its folder."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    shown: dict[str, set[str]] = {}
    for line in text.partition("## Where things are")[2].partition("\n## ")[0].splitlines():
        if parent := re.match(r" {4}(\w+)/", line):
            shown[parent[1]] = set()
        elif child := re.match(r" {6}((?:[\w<>-]+/ )*[\w<>-]+/) ", line):
            shown[list(shown)[-1]] |= {name.strip("/") for name in child[1].split()}
    there = {name: {path.relative_to(ROOT / name).parts[0] for path in tracked(f"{name}/*/*")} for name in shown}
    there["Tests"] = {name for name in there["Tests"] if not (ROOT / "Sources" / name.removesuffix("Tests")).is_dir()}
    assert shown["Sources"] == there["Sources"]
    assert shown["Tests"] - {"<Module>Tests"} == there["Tests"] - {"ConformanceFixturesTests"}
    assert shown["release"] <= there["release"]
