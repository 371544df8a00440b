"""server.json, which the MCP registry takes: how clients get and start this release.

    server_json.py BUNDLE… >server.json      BUNDLE is an .mcpb file of the release

The template beside this file holds all but what depends on the release. project.sh's values come from the environment.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from mcpb import FOLDER, fill

KEY = {
    "name": "TMDB_API_KEY",
    "description": "Your TMDB v3 API key or v4 read access token: https://www.themoviedb.org/settings/api",
    "isRequired": True,
    "isSecret": True,
}
LANGUAGE = {
    "name": "TMDB_LANGUAGE",
    "description": "The language of titles and texts, such as de or pt-BR",
    "default": "en-US",
}
TOKEN = {
    "name": "SSE_TOKEN",
    "description": "What HTTP clients have to send: 16 to 4096 visible characters",
    "isRequired": True,
    "isSecret": True,
}


def bundle(path: Path) -> dict:
    return {
        "registryType": "mcpb",
        "identifier": f"{os.environ['project_url']}/releases/download/v{os.environ['version']}/{path.name}",
        "fileSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "transport": {"type": "stdio"},
        "environmentVariables": [KEY, LANGUAGE],
    }


def main(bundles: list[Path]) -> None:
    names = ("version", "project_url", "project_title", "project_summary", "project_registry", "project_mcp_name")
    made = fill(json.loads((FOLDER / "server.json").read_text()), {name: os.environ[name] for name in names})
    variables = {"@stdio@": [KEY, LANGUAGE], "@http@": [KEY, LANGUAGE, TOKEN]}
    packages = []
    for package in made["packages"]:
        if package == "@mcpb@":
            packages += map(bundle, bundles)
        else:
            packages.append(package | {"environmentVariables": variables[package["environmentVariables"]]})
    print(json.dumps(made | {"packages": packages}, indent=2))


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]])
