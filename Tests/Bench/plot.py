"""The figures as a plot: a dot for each server, on logarithmic axes. SVG that suits light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape
from typing import Any

Figures = dict[str, Any]
Row = tuple[str, str, Callable[[Figures], float | None]]

PANELS: list[tuple[str, float, float, list[Row]]] = [
    ("Less is better", 1, 1000, [
        ("program", "MB", lambda r: r.get("size_mb")),
        ("first answer", "ms", lambda r: r.get("first_answer_ms")),
        ("memory after one answer", "MiB", lambda r: r.get("rss_idle_mib")),
        ("memory with 1,000 streams", "MiB", lambda r: r.get("rss_1000_mib")),
    ]),
    ("Answers a second: more is better", 100, 1_000_000, [
        ("ping", "", lambda r: r.get("ping", {}).get("rate")),
        ("tools/list", "", lambda r: r.get("list", {}).get("rate")),
        ("tools/call, cached", "", lambda r: r.get("call", {}).get("rate")),
        ("tools/call, asks upstream", "", lambda r: r.get("upstream", {}).get("rate")),
    ]),
]

# A shape and two colours, on light and on dark, for each server: neither is needed to tell them apart.
LOOKS = [("circle", "#0072b2", "#56b4e9"), ("square", "#d55e00", "#ff9e4a"),
         ("triangle", "#00795a", "#35d0a0"), ("diamond", "#6b6b6b", "#b4b4b4")]

WIDTH, LEFT, RIGHT, ROW, HEAD = 800, 250, 44, 44, 56


def shape(kind: str, x: float, y: float, index: int) -> str:
    place = f'class="s{index}"'
    match kind:
        case "circle":
            return f'<circle {place} cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
        case "square":
            return f'<rect {place} x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12"/>'
        case "triangle":
            points = f"{x:.1f},{y - 8:.1f} {x + 7.5:.1f},{y + 6:.1f} {x - 7.5:.1f},{y + 6:.1f}"
        case _:
            points = f"{x:.1f},{y - 8:.1f} {x + 8:.1f},{y:.1f} {x:.1f},{y + 8:.1f} {x - 8:.1f},{y:.1f}"
    return f'<polygon {place} points="{points}"/>'


def short(value: float) -> str:
    return f"{value / 1000:,.0f}k" if value >= 10_000 else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def panel(title: str, low: float, high: float, rows: list[Row], servers: list[Figures], top: float) -> list[str]:
    values = [value for _, _, value_of in rows for server in servers if (value := value_of(server))]
    low, high = min([low, *values]), max([high, *values])
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    scale = (WIDTH - LEFT - RIGHT) / (last - first)
    bottom = top + HEAD + ROW * len(rows)
    parts = [text(16, top + 18, title, "head")]
    for decade in range(first, last + 1):
        x = LEFT + (decade - first) * scale
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{top + HEAD - 8}" x2="{x:.1f}" y2="{bottom}"/>')
        parts.append(text(x, top + HEAD - 14, f"{10 ** decade:,}", "axis", "middle"))
    for number, (name, unit, value_of) in enumerate(rows):
        y = top + HEAD + ROW * number + ROW / 2
        parts.append(text(LEFT - 14, y + 5, f"{name}, {unit}" if unit else name, "row", "end"))
        dots = sorted((value, index) for index, server in enumerate(servers) if (value := value_of(server)))
        places = [LEFT + (math.log10(value) - first) * scale for value, _ in dots]
        parts.append(f'<line class="range" x1="{places[0]:.1f}" y1="{y}" x2="{places[-1]:.1f}" y2="{y}"/>')
        for x, (value, index), before in zip(places, dots, [-math.inf, *places], strict=False):
            # A number that would touch the one before stands below its dot.
            below = x - before < 46
            parts.append(shape(LOOKS[index][0], x, y, index))
            parts.append(text(x, y + 20 if below else y - 12, short(value), f"value s{index}", "middle"))
    return parts


def described(servers: list[Figures]) -> str:
    """The plot for those who hear it."""
    said = []
    for title, _, _, rows in PANELS:
        for name, unit, value_of in rows:
            each = [f"{server['name']} {short(value)}" for server in servers if (value := value_of(server))]
            said.append(f"{name} {unit} ({title.lower()}): {', '.join(each)}")
    return "; ".join(said) + "."


def svg(figures: Figures) -> str:
    servers = [server for server in figures["servers"] if "failed" not in server][: len(LOOKS)]
    parts, x, top = [], 16.0, 44.0
    for index, server in enumerate(servers):
        name = f"{server['name']} {server['version']}" + (", a fixed answer" if server["name"] == "nginx" else "")
        parts += [shape(LOOKS[index][0], x + 8, 24, index), text(x + 24, 29, name, "row")]
        x += 60 + 8 * len(name)
    for title, low, high, rows in PANELS:
        parts += panel(title, low, high, rows, servers, top)
        top += HEAD + ROW * len(rows) + 12
    machine = figures["machine"]
    parts.append(text(16, top + 12, f"{machine['processor']}, {machine['date']}; logarithmic axes", "axis"))
    light = "".join(f".s{index}{{fill:{look[1]}}}" for index, look in enumerate(LOOKS))
    dark = "".join(f".s{index}{{fill:{look[2]}}}" for index, look in enumerate(LOOKS))
    style = (
        "svg{font-family:system-ui,sans-serif}.page{fill:#fff}.row,.head{fill:#1f2328;font-size:14px}"
        ".head{font-weight:600}.axis{fill:#59636e;font-size:12px}.value{font-size:12px}"
        ".grid{stroke:#d1d9e0}.range{stroke:#9aa4ae;stroke-width:2}" + light
        + "@media(prefers-color-scheme:dark){.page{fill:#0d1117}.row,.head{fill:#f0f6fc}.axis{fill:#9198a1}"
        ".grid{stroke:#3d444d}.range{stroke:#656c76}" + dark + "}")
    height = top + 28
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" aria-labelledby="title description">',
        '<title id="title">tmdb-mcp beside other servers</title>',
        f'<desc id="description">{escape(described(servers))}</desc>', f"<style>{style}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height:.0f}" rx="6"/>', *parts, "</svg>"]) + "\n"
