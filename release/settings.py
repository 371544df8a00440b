#!/usr/bin/env python3
"""Writes what names every setting, from the program's own table: .env.example and config.example.yaml in deploy/, and
the table in docs/configuration.md; and every argument of a tool, in docs/tools.md. `make settings` runs it.

    settings.py           writes them, of the program that it builds for this machine
    settings.py PROGRAM   fails when one of them is not what that program tells

A setting's names, default and summary are those of `tmdb-mcp --help`. Here stands in which order a file has them, and
what it says beyond that. A setting that a file does not place is an error.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = 120

ENVIRONMENT = """\
# Settings of tmdb-mcp as environment variables: for compose.yaml as .env beside it, for the systemd unit as
# /etc/tmdb-mcp/environment, for `docker run` by --env-file. A line takes effect without its "#"; each shows its
# default, or an example where there is none. A variable that is empty counts as not set.
"""

SECRETS = """\
# A file with the key, which no `docker inspect` shows. Set one of the two, not both. For compose.yaml:
#   mkdir -m 700 secrets && echo your-key > secrets/tmdb-api-key && chmod 644 secrets/tmdb-api-key
# (the folder keeps others out; the server, which runs as another user, must be able to read the file).
#TMDB_API_KEY_FILE=./secrets/tmdb-api-key
"""

TOKEN_FILE = """\
# A file with the token. Set one of the two, not both.
#SSE_TOKEN_FILE=./secrets/sse-token
"""

OMDB_FILE = """\
# A file with that key, but not for compose.yaml. Set one of the two, not both.
#OMDB_API_KEY_FILE=./secrets/omdb-api-key
"""

SESSION_FILE = """\
# A file with that session, but not for compose.yaml. Set one of the two, not both.
#TMDB_SESSION_FILE=./secrets/tmdb-session
"""

COMPOSE = """\
# For compose.yaml alone: this machine's address on which it is served, with IPv6 in brackets; 0.0.0.0 or [::] for other
# machines too. No name: Compose takes addresses only.
#PUBLISH_ADDRESS=127.0.0.1

# For compose.yaml alone: the image to run, if not that of its release.
#TMDB_MCP_IMAGE=
"""

# A section's settings by their first variable, with what is said beyond the summary; or text as it is.
SECTIONS: dict[str, list[tuple[str, str] | str]] = {
    "what you need": [
        ("TMDB_API_KEY", "It is free at https://www.themoviedb.org/settings/api. Without one the server starts and "
            "serves clients that send their own in X-TMDB-Api-Key."),
        SECRETS,
        ("SSE_TOKEN", "16 to 4096 visible characters: `openssl rand -hex 32` prints good ones. The generated one is in "
            "the config file; in a container it cannot be stored, and another one is logged at each start."),
        TOKEN_FILE,
    ],
    "where it serves": [
        ("SERVER_MODE", "compose.yaml and the systemd unit serve HTTP, whatever this says."),
        ("SERVER_SSE_HOST", "HTTP is plain: put a proxy with TLS in front. compose.yaml does not use it: see "
            "PUBLISH_ADDRESS below."),
        ("SERVER_SSE_PORT", "PORT is another name for it, which platforms set; SERVER_SSE_PORT goes before it."),
        ("ALLOWED_HOSTS", "Besides this machine's own; needed behind a proxy and from other machines: "
            "nas.local or tmdb.example:8443."),
        ("ALLOWED_ORIGINS", "Such as https://app.example. This machine's own may."),
        ("TRUSTED_PROXIES", "Such as 10.0.0.0/8. Whoever is trusted can claim to be any client."),
        ("PATH_PREFIX", "HTTP+SSE tells clients where to post."),
        ("TOKEN_IN_PATH", "Read SECURITY.md first."),
        ("SESSION_TIMEOUT", ""),
        ("DRAIN_TIME", "The container's stop_grace_period must leave room for it and for TMDB_TIMEOUT."),
    ],
    "what it answers": [
        ("TMDB_MCP_TOOLS", "The sets: search, details, people, media, discover, lists, account (no part of all), "
            "original."),
        ("TMDB_MCP_RESULTS", "LangChain, LlamaIndex and Google's ADK and SDK hand a model both forms: set text there."),
        ("TMDB_LANGUAGE", "de alone counts as Germany, pt as Portugal; pt-BR is Brazil."),
        ("TMDB_REGION", "Goes before the country of the language; what a call names goes before both."),
        ("TMDB_SESSION", "Whoever connects over HTTP sends their own in X-TMDB-Session instead."),
        SESSION_FILE,
        ("OMDB_API_KEY", "Never needed. It is free at https://www.omdbapi.com/apikey.aspx."),
        OMDB_FILE,
        ("OMDB_BASE_URL", ""),
        ("TMDB_MCP_ARGUMENT_NAMES", "Both are taken; Semantic Kernel for Python needs underscores."),
    ],
    "how it asks TMDB": [
        ("TMDB_BASE_URL", "Where that is blocked, another way to it."),
        ("TMDB_TIMEOUT", ""),
        ("TMDB_RATE_LIMIT", "Each server counts for itself."),
        ("TMDB_CONNECTIONS", "More help where TMDB is slow to answer; it allows 20 of one address."),
        ("TMDB_CACHE_SIZE", "compose.yaml limits the memory: see mem_limit there."),
        ("HTTPS_PROXY", "HTTPS_PROXY goes before ALL_PROXY."),
        ("NO_PROXY", ""),
        ("SSL_CERT_FILE", "Needed where a company's proxy opens TLS. For compose.yaml put the file in the folder "
            "config: "
            "/home/tmdb-mcp/.tmdb-mcp/company.pem."),
    ],
    "what it writes": [("LOGGING_LEVEL", ""), ("LOGGING_FORMAT", "")],
    "the rest": [
        ("TMDB_MCP_CONFIG", "What a variable sets goes before it. For compose.yaml it is config/config.yaml beside it, "
            "and this is not used."),
        COMPOSE,
    ],
}  # fmt: skip

CONFIG_FILE = """\
# Settings of tmdb-mcp, as they are without a config file. Copy this to ~/.tmdb-mcp/config.yaml, or name its place with
# --config or TMDB_MCP_CONFIG, and change what you need; what you delete keeps its default. Flags and environment
# variables go before this file: see `man tmdb-mcp`. With a key or a token in it: chmod 600.
"""

CONFIG_NOTES = {
    "omdb.api_key": "never needed",
    "tmdb.session": "for the tools of the set account, over stdio",
    "tmdb.api_key": "free at https://www.themoviedb.org/settings/api",
    "tools": "the sets: search, details, people, media, discover, lists, account (no part of all), original",
    "server.sse.token": "16 to 4096 visible characters",
}

KEYS = ("tmdb", "omdb", "tools", "results", "argument_names", "server", "logging")
"""The order of the file's first keys."""

EXAMPLES = {
    "HTTPS_PROXY": "http://proxy.example:3128",
    "TMDB_API_KEY": "your-key",
    "TMDB_REGION": "DE",
    "TMDB_SESSION": "your-session",
    "tmdb.session": "your-session",
    "OMDB_API_KEY": "your-omdb-key",
    "omdb.api_key": "your-omdb-key",
    "server.sse.allowed_hosts": "[nas.local:8910]",
    "server.sse.allowed_origins": "[https://app.example]",
    "server.sse.path_prefix": "/tmdb",
    "server.sse.trusted_proxies": "[10.0.0.0/8]",
    "server.sse.token": "a-long-secret-of-yours",
    "tmdb.api_key": "your-key",
    "tmdb.region": "DE",
    "tools": "[all]",
}
"""Values of what has no default, and of a list."""

DOCS = {
    "TMDB_MCP_CONFIG": "the default one may be missing",
    "TMDB_API_KEY": "without one the server starts, says so in its log, and a call says what is missing",
    "TMDB_SESSION": "clients over HTTP send theirs ([a person's own](tools.md#a-persons-own))",
    "OMDB_API_KEY": "never needed ([ratings](tools.md#ratings-of-other-sites))",
    "TMDB_MCP_ARGUMENT_NAMES": "both are taken; Semantic Kernel for Python needs underscores",
    "TMDB_MCP_TOOLS": "what is left out is neither listed nor called ([the sets](tools.md#fewer-tools))",
    "SERVER_SSE_HOST": "IPv4, IPv6 or localhost; :: is IPv4 too, and IPv4 alone where there is no IPv6",
    "SSE_TOKEN": "16 to 4096 visible characters",
    "ALLOWED_ORIGINS": "such as https://app.example; this machine's own may always",
    "ALLOWED_HOSTS": "such as nas.local:8910; this machine's own may always be used",
    "TRUSTED_PROXIES": "such as 192.0.2.7 or 10.0.0.0/8; none unless it is set",
    "TOKEN_IN_PATH": "off for a reason ([what is not protected](../SECURITY.md#what-is-not-protected))",
    "SSL_CERT_FILE": "or one certificate in DER",
}
"""What the page says beyond the summary."""

CODE = re.compile(
    r"(?<![\w/`.-])(https?://\S+?(?=$|[;,)\s])|(?:stdio|sse|json|auto|dots|underscores|debug|info|warn|error|pt-BR"
    r"|0\.0\.0\.0|localhost|nas\.local:8910)\b|::(?!\w)|\*)|\bstructured(?= \()|(?<=or )text(?= \()"
    r"|(?<=such as )de\b|\bboth$|(?<=, )text\b(?=,)"
)
"""What stands in `code` on the page."""

PLACE = "~/.tmdb-mcp/config.yaml"


@dataclass(frozen=True)
class Setting:
    flag: str
    variables: list[str]
    key: str
    default: str
    summary: str

    @property
    def name(self) -> str:
        return self.variables[0]


def settings(program: str) -> list[Setting]:
    """What `--help` tells of them: a line of forms, and below it the summary and the default."""
    done = subprocess.run([program, "--help"], check=True, capture_output=True, text=True)
    found = []
    for forms, text in re.findall(r"^  (\S[^\n]*)\n((?: {6}\S[^\n]*(?:\n|$))+)", done.stdout, re.MULTILINE):
        names = [form.split()[0] for form in forms.split(", ")]
        variables = [name for name in names if re.fullmatch("[A-Z_]+", name)]
        if not variables:
            continue
        words = " ".join(text.split())
        default = re.search(r" \(default: (.*)\)$", words)
        found.append(
            Setting(
                flag="".join(name for name in names if name.startswith("--")),
                variables=variables,
                key="".join(name for name in names if name[0].islower()),
                default=default[1] if default else "",
                summary=words[: default.start()] if default else words,
            )
        )
    return found


def capitalized(text: str) -> str:
    """But for a value, which is what it is."""
    return text if text.startswith(("stdio", "json")) else text[0].upper() + text[1:]


def comment(text: str, indent: str = "") -> str:
    start = f"{indent}# "
    lines = textwrap.wrap(text, COLUMNS - len(start), break_long_words=False, break_on_hyphens=False)
    return "".join(f"{start}{line}\n" for line in lines)


def environment(known: list[Setting]) -> str:
    left = {setting.name: setting for setting in known}
    parts = [ENVIRONMENT]
    for title, entries in SECTIONS.items():
        parts.append(f"# --- {title} ".ljust(COLUMNS - 1, "-") + "\n")
        for entry in entries:
            if isinstance(entry, str):
                parts.append(entry)
                continue
            setting = left.pop(entry[0])
            lines = comment(f"{capitalized(setting.summary)}. {entry[1]}".strip())
            for variable in setting.variables:
                if not variable.endswith("_FILE") or variable == setting.name:
                    value = setting.default or (EXAMPLES.get(variable, "") if variable == setting.name else "")
                    lines += f"#{variable}={value}\n"
            parts.append(lines)
    require_none(left, ".env.example")
    return "\n".join(parts)


def require_none(left: dict[str, Setting], file: str) -> None:
    if left:
        raise SystemExit(f"error: release/settings.py does not place {', '.join(left)} in {file}")


def config_file(known: list[Setting]) -> str:
    keyed = {setting.key: setting for setting in known if setting.key}
    text, above = CONFIG_FILE, []
    for key in sorted(keyed, key=lambda key: KEYS.index(key.partition(".")[0])):
        setting, (*parents, name) = keyed[key], key.split(".")
        for depth, parent in enumerate(parents):
            if above[: depth + 1] != parents[: depth + 1]:
                text += ("\n" if depth == 0 else "") + f"{'  ' * depth}{parent}:\n"
        text += "" if parents else "\n"
        above, indent = parents, "  " * len(parents)
        value, sign = EXAMPLES.get(key, setting.default), "" if setting.default else "#"
        note = f"; {CONFIG_NOTES[key]}" if key in CONFIG_NOTES else ""
        text += comment(capitalized(setting.summary) + note, indent) + f"{indent}{sign}{name}: {value}\n"
    return text


def table(known: list[Setting]) -> str:
    rows = ["| flag | variable | key | default | meaning |", "|---|---|---|---|---|"]
    for setting in known:
        default = PLACE if setting.name == "TMDB_MCP_CONFIG" else setting.default
        meaning = setting.summary.removesuffix(f", if not {PLACE}")
        meaning += f"; {DOCS[setting.name]}" if setting.name in DOCS else ""
        cells = [[setting.flag], setting.variables, [setting.key], [default]]
        shown = [", ".join(f"`{name}`" for name in cell if name) for cell in cells]
        row = " | ".join([*shown, CODE.sub(r"`\g<0>`", meaning)])
        rows.append(re.sub(r"\|  (?=\|)", "| ", f"| {row} |").replace("|  |", "| |"))
    return "\n".join(rows) + "\n"


def takes(schema: dict[str, Any]) -> str:
    """What an argument takes, in a few words."""
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "minimum" in schema and schema["type"] in ("integer", "number"):
        return f"{schema['minimum']} to {schema['maximum']}"
    return {"boolean": "`true`, `false`", "array": "a list", "integer": "a number"}.get(schema.get("type", ""), "text")


def arguments(program: str) -> str:
    """A table for each tool."""
    done = subprocess.run([program, "tools"], check=True, capture_output=True, text=True, env={})
    parts = []
    for tool in json.loads(done.stdout)["tools"]:
        schema = tool["inputSchema"]
        rows = ["| argument | takes | |", "|---|---|---|"]
        for name, value in schema["properties"].items():
            required = ", required" if name in schema.get("required", []) else ""
            words = value.get("description", "").replace("|", "\\|").replace("<", "&lt;")
            rows.append(f"| `{name}` | {takes(value)}{required} | {words} |".replace("|  |", "| |"))
        parts.append(f"### {tool['name']}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def build() -> str:
    """The program of these sources."""
    command = ["swift", "build", "--package-path", str(ROOT), "--product", "tmdb-mcp"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    place = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True)
    return f"{place.stdout.strip()}/tmdb-mcp"


def main(program: str, check: bool) -> None:
    known = settings(program)
    page, tools = ROOT / "docs" / "configuration.md", ROOT / "docs" / "tools.md"
    before, heading, rest = page.read_text().partition("## Settings\n\n")
    above, title, _ = tools.read_text().partition("## Arguments of each tool\n\n")
    files = {
        ROOT / "release" / "deploy" / ".env.example": environment(known),
        ROOT / "release" / "deploy" / "config.example.yaml": config_file(known),
        page: before + heading + table(known) + rest[rest.index("\n\n") + 1 :],
        tools: above + title + arguments(program),
    }
    for path, text in files.items():
        if check and path.read_text() != text:
            raise SystemExit(f"error: {path.relative_to(ROOT)} is not what the settings make of it: make settings")
        if not check:
            path.write_text(text)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        raise SystemExit(__doc__)
    if len(sys.argv) == 2:
        main(sys.argv[1], check=True)
    else:
        main(build(), check=False)
