"""The pages of the project, and what stands in them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from places import ROOT


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository that match, as git knows them, new ones included."""
    found = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in found if (ROOT / name).exists()]


PAGES = tracked("*.md")


def prose(page: Path) -> str:
    """The page without its fenced blocks and comments."""
    return re.sub(r"^```.*?^```$|<!--.*?-->", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    """The lines of its indented blocks, those that go on in the next joined, comments cut off."""
    lines = re.findall(r"^ {4}(\S(?:.*\\\n)*.*)$", prose(page), re.MULTILINE)
    return [re.sub(r"\s+#\s.*", "", re.sub(r"\\\n\s*", "", line)).strip() for line in lines]


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its first row."""
    section = page.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    assert lines, f"{page.name} has no table under {heading}"
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def code(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def words(text: str) -> str:
    """The text with its marks of quotations gone, and one blank between words."""
    return " ".join(re.sub(r"^> ?", "", text, flags=re.MULTILINE).replace("&lt;", "<").replace("&gt;", ">").split())
