"""Writes the figures of docs/measured.json where readers look: README.md, docs/measured.md and docs/measured.svg.

With a file of the benchmark as argument it becomes docs/measured.json first (`make measured` does so).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from plot import svg
from report import Figures, markdown

ROOT = Path(__file__).resolve().parents[2]
FIGURES = Path("docs/measured.json")
BEGIN, END = "<!-- figures: written by make measured -->", "<!-- end of figures -->"
PEERS = {"mcp-grafana": " (Go)", "FastMCP": " (Python)", "nginx": ", a fixed answer"}


def significant(value: float) -> str:
    """Three digits that mean something: 113,711 is 113,700."""
    digits = 3 - len(str(int(value))) if value >= 1 else 2
    return f"{round(value, digits):,.{max(0, digits if value < 10 else min(digits, 1))}f}"


def unit(name: str, word: str):
    return lambda r: f"{significant(r[name])} {word}" if r.get(name) else ""


def rate(name: str):
    def written(r: Figures) -> str:
        text = f"{significant(r[name]['rate'])}/s, p99 {significant(r[name]['p99_ms'])} ms" if r.get(name) else ""
        return text + (f" ({r['list_bytes'] / 1000:.1f} KB)" if text and name == "list" else "")
    return written


ROWS = [
    ("program", unit("size_mb", "MB")),
    ("first answer on standard input and output", unit("first_answer_ms", "ms")),
    ("memory after one answer", unit("rss_idle_mib", "MiB")),
    ("memory with 1,000 open streams", unit("rss_1000_mib", "MiB")),
    ("`ping`", rate("ping")),
    ("`tools/list`", rate("list")),
    ("`tools/call` from the cache", rate("call")),
    ("`tools/call` that asks upstream each time (nginx: passed on)", rate("upstream")),
]


def table(figures: Figures) -> str:
    machine, servers = figures["machine"], figures["servers"]
    heads = [f"{server['name']} {server['version']}{PEERS.get(server['name'], '')}" for server in servers]
    lines = [f"{machine['processor']}, {machine['kernel']}, {machine['date']}:", "",
             "| " + " | ".join(["", *heads]) + " |", "|" + "---|" * (len(heads) + 1)]
    lines += ["| " + " | ".join([name, *map(written, servers)]) + " |" for name, written in ROWS]
    return "\n".join(line.replace("|  |", "| |").replace("|  |", "| |") for line in lines)


def full(figures: Figures) -> str:
    """The whole report, without its title."""
    return markdown(figures["machine"], figures["servers"]).partition("\n\n")[2].strip()


def between_marks(path: Path, text: str) -> str:
    """The file's text with `text` between the marks."""
    old = path.read_text()
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"error: {path} has no place for the figures: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def pages(root: Path) -> dict[Path, str]:
    """What has to stand in each file."""
    figures = json.loads((root / FIGURES).read_text())
    return {
        root / "README.md": between_marks(root / "README.md", table(figures)),
        root / "docs/measured.md": between_marks(root / "docs/measured.md", full(figures)),
        root / "docs/measured.svg": svg(figures),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("measured", type=Path, nargs="?", help="bench.json of a run with all servers")
    options = parser.parse_args()
    if options.measured:
        text = options.measured.read_text()
        servers = {server["name"] for server in json.loads(text)["servers"] if "failed" not in server}
        if missing := {"tmdb-mcp", *PEERS} - servers:
            names = ", ".join(sorted(missing))
            sys.exit(f"error: {options.measured} has no figures of {names}\n       Run: make bench")
        (ROOT / FIGURES).write_text(text)
    for path, text in pages(ROOT).items():
        path.write_text(text)


if __name__ == "__main__":
    main()
