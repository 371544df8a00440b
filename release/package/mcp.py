"""What MCP clients and the MCP registry get: a bundle (.mcpb), which desktop clients install with a double click;
server.json, which tells the registry how clients get and start this release; and the entry of Docker's catalogue."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pypi
from commands import zip_archive
from release import DESKTOP, PLATFORMS, Release

REGISTRIES = Path(__file__).resolve().parent / "registries"

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


def manifest(release: Release, tools: list[dict[str, Any]]) -> dict[str, Any]:
    """A bundle's. `tools` is what the program lists, for the client to show before it installs."""
    return {
        "$schema": "https://raw.githubusercontent.com/modelcontextprotocol/mcpb/main/schemas/"
        "mcpb-manifest-v0.3.schema.json",
        "manifest_version": "0.3",
        "name": release.title,
        "display_name": "TMDB",
        "version": release.version,
        "description": release.summary,
        "author": {"name": release.author, "url": release.url},
        "repository": {"type": "git", "url": release.url},
        "documentation": f"{release.url}#readme",
        "support": f"{release.url}/issues",
        "license": release.licence,
        "keywords": release.keywords.split(),
        "privacy_policies": ["https://www.themoviedb.org/privacy-policy"],
        "server": {
            "type": "binary",
            "entry_point": "server/tmdb-mcp",
            "mcp_config": {
                "command": "${__dirname}/server/tmdb-mcp",
                "args": ["--server-mode", "stdio"],
                "env": {
                    "TMDB_API_KEY": "${user_config.tmdb_api_key}",
                    "TMDB_LANGUAGE": "${user_config.tmdb_language}",
                },
            },
        },
        "user_config": {
            "tmdb_api_key": {
                "type": "string",
                "title": "TMDB API key",
                "description": "Your v3 key or v4 read access token; free at https://www.themoviedb.org/settings/api",
                "sensitive": True,
                "required": True,
            },
            "tmdb_language": {
                "type": "string",
                "title": "Language",
                "description": "Of titles and texts, such as de or pt-BR",
                "default": "en-US",
            },
        },
        "prompts_generated": True,
        "compatibility": {"platforms": ["linux"]},
        "tools": [{"name": tool["name"], "description": tool["title"]} for tool in tools],
    }


def bundle_of(release: Release) -> Path:
    return release.dist / f"tmdb-mcp_{release.version}_linux.mcpb"


def bundle(release: Release, tools: list[dict[str, Any]]) -> None:
    """A zip of the programs and a manifest. That can name operating systems and no processors, so a script finds the
    program."""
    content = json.dumps(manifest(release, tools), indent=2) + "\n"
    files = [
        ("manifest.json", content.encode(), 0o644),
        ("LICENSE", (release.root / "LICENSE").read_bytes(), 0o644),
        ("server/tmdb-mcp", (REGISTRIES / "start-bundle.sh").read_bytes(), 0o755),
        *(
            (f"server/{program.name}", program.read_bytes(), 0o755)
            for program in (release.program(platform) for platform in DESKTOP if platform in PLATFORMS)
        ),
    ]
    zip_archive(release, bundle_of(release), files)


def server(release: Release) -> dict[str, Any]:
    """server.json. The bundle must be there."""
    image = f"{release.registry}/{release.title}:{release.version}"
    token = {"description": "The same as in SSE_TOKEN", "isRequired": True, "isSecret": True}
    return {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
        "name": release.mcp_name,
        "title": "TMDB",
        "description": release.summary,
        "version": release.version,
        "websiteUrl": release.url,
        "repository": {"url": release.url, "source": "github"},
        "packages": [
            {
                "registryType": "oci",
                "identifier": image,
                "runtimeHint": "docker",
                "packageArguments": [{"type": "named", "name": "--server-mode", "value": "stdio"}],
                "transport": {"type": "stdio"},
                "environmentVariables": [KEY, LANGUAGE],
            },
            {
                "registryType": "oci",
                "identifier": image,
                "runtimeHint": "docker",
                "runtimeArguments": [{"type": "named", "name": "--publish", "value": "127.0.0.1:8910:8910"}],
                "packageArguments": [
                    {"type": "named", "name": "--server-mode", "value": "sse"},
                    {"type": "named", "name": "--sse-host", "value": "::"},
                ],
                "transport": {
                    "type": "streamable-http",
                    "url": "http://127.0.0.1:8910/mcp",
                    "headers": [
                        {
                            "name": "Authorization",
                            "description": "The token that the server asks of its clients",
                            "value": "Bearer {SSE_TOKEN}",
                            "isRequired": True,
                            "isSecret": True,
                            "variables": {"SSE_TOKEN": token},
                        }
                    ],
                },
                "environmentVariables": [KEY, LANGUAGE, TOKEN],
            },
            {
                "registryType": "mcpb",
                "identifier": f"{release.url}/releases/download/v{release.version}/{bundle_of(release).name}",
                "fileSha256": hashlib.sha256(bundle_of(release).read_bytes()).hexdigest(),
                "transport": {"type": "stdio"},
                "environmentVariables": [KEY, LANGUAGE],
            },
            *(
                {
                    "registryType": registry,
                    "identifier": identifier,
                    "version": version,
                    "runtimeHint": command,
                    "packageArguments": [{"type": "named", "name": "--server-mode", "value": "stdio"}],
                    "transport": {"type": "stdio"},
                    "environmentVariables": [KEY, LANGUAGE],
                }
                for registry, identifier, version, command in (
                    ("pypi", release.pypi, pypi.version_of(release), "uvx"),
                    ("npm", release.npm, release.version, "npx"),
                )
            ),
        ],
    }


def catalogue(release: Release) -> str:
    """The entry of Docker's catalogue, server.yaml there."""
    words = {
        "title": release.title,
        "image": f"{release.registry}/{release.title}:{release.version}",
        "summary": release.summary,
        "url": release.url,
        "revision": release.revision,
        "key": KEY["description"],
        "language": LANGUAGE["description"],
        "default": LANGUAGE["default"],
        "tags": "\n".join(f"    - {word}" for word in release.keywords.split()),
    }
    text = (REGISTRIES / "docker-catalogue.yaml").read_text()
    return re.sub("@([a-z]+)@", lambda found: words[found[1]], text)
