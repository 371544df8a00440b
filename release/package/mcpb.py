"""An MCP bundle (.mcpb): what desktop clients install with a double click. A zip of the program and a manifest.

    mcpb.py PROGRAM RESULT TOOLS      TOOLS is what `tmdb-mcp tools` prints, for the client to show before it installs

A manifest can name operating systems and no processors, so there is a bundle for each. project.sh's values come from
the environment.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def fill(template: object, values: dict[str, str]) -> object:
    """The template with each text "@name@" replaced."""
    if isinstance(template, dict):
        return {key: fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, values) for value in template]
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace(f"@{name}@", value)
    return template


def manifest(tools: dict) -> dict:
    names = ("version", "project_url", "project_title", "project_summary", "project_licence")
    made = fill(json.loads((FOLDER / "manifest.json").read_text()), {name: os.environ[name] for name in names})
    made["tools"] = [{"name": tool["name"], "description": tool["title"]} for tool in tools["tools"]]
    return made


def main(program: Path, result: Path, tools: Path) -> None:
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    content = json.dumps(manifest(json.loads(tools.read_text())), indent=2) + "\n"
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for name, data, mode in (
            ("manifest.json", content.encode(), 0o100644),
            ("LICENSE", (FOLDER.parents[1] / "LICENSE").read_bytes(), 0o100644),
            ("server/tmdb-mcp", program.read_bytes(), 0o100755),
        ):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, so that the mode counts: the program must stay executable
            entry.external_attr = mode << 16
            bundle.writestr(entry, data)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
