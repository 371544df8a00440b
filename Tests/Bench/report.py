"""The figures as a table in Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Figures = dict[str, Any]


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _rate(value: Figures | None) -> str:
    return f"{value['rate']:,.0f}/s, {value['p50_ms']:.2f} / {value['p99_ms']:.2f} ms" if value else ""


def _added(result: Figures) -> float | None:
    """What the server adds to its upstream's time, in ms, by the medians."""
    if "upstream_itself" not in result:
        return None
    return result["upstream_one"]["p50_ms"] - result["upstream_itself"]["p50_ms"]


def _each(name: str) -> Callable[[Figures], float | None]:
    return lambda result: result.get(name, {}).get("server_us_each")


# What a row is called, where its number is (for ratios), how it is written, and whether more is better.
ROWS: list[tuple[str, Any, Any, bool]] = [
    ("program, MB", lambda r: r.get("size_mb"), None, False),
    ("first answer on stdio, ms", lambda r: r.get("first_answer_ms"), None, False),
    ("memory after one answer, RSS, MiB", lambda r: r.get("rss_idle_mib"), None, False),
    ("memory after one answer, PSS, MiB", lambda r: r.get("pss_idle_mib"), None, False),
    ("memory with 1,000 streams, MiB", lambda r: r.get("rss_1000_mib"), None, False),
    ("memory with 10,000 streams, MiB", lambda r: r.get("rss_10000_mib"), None, False),
    ("ping", lambda r: r.get("ping", {}).get("rate"), lambda r: _rate(r.get("ping")), True),
    ("ping beside 1,000 streams", lambda r: r.get("beside_1000", {}).get("rate"),
     lambda r: _rate(r.get("beside_1000")), True),
    ("ping beside 10,000 streams", lambda r: r.get("beside_10000", {}).get("rate"),
     lambda r: _rate(r.get("beside_10000")), True),
    ("tools/list", lambda r: r.get("list", {}).get("rate"), lambda r: _rate(r.get("list")), True),
    ("tools/list, bytes", lambda r: r.get("list_bytes"), lambda r: _number(r.get("list_bytes"), 0), False),
    ("tools/call, from the cache", lambda r: r.get("call", {}).get("rate"), lambda r: _rate(r.get("call")), True),
    ("tools/call, each asks upstream (nginx: passed on)", lambda r: r.get("upstream", {}).get("rate"),
     lambda r: _rate(r.get("upstream")), True),
    ("the same, one at a time", lambda r: r.get("upstream_one", {}).get("rate"),
     lambda r: _rate(r.get("upstream_one")), True),
    ("the upstream by itself, one at a time", lambda r: r.get("upstream_itself", {}).get("rate"),
     lambda r: _rate(r.get("upstream_itself")), True),
    ("added to the upstream's time, ms", _added, lambda r: _number(_added(r), 2), False),
    ("processor time of a ping, µs", _each("ping"), None, False),
    ("processor time of tools/list, µs", _each("list"), None, False),
    ("processor time of tools/call from the cache, µs", _each("call"), None, False),
    ("processor time of tools/call that asks upstream, µs", _each("upstream"), None, False),
]


def _table(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rule = ["-" * width for width in widths]
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
            for line in [lines[0], rule, *lines[1:]]]


def markdown(machine: dict[str, Any], results: list[Figures]) -> str:
    measured = [result for result in results if "failed" not in result]
    lines = ["# MCP servers side by side", "", f"{machine['processor']}; {machine['kernel']}; {machine['date']}; "
             f"load average at the end {machine['load_average']}.",
             "The server on one core, the load on another, 16 connections with one request each, for "
             f"{machine['seconds']:g} s. Rates with the median and the 99th percentile.", ""]
    if measured:
        table = [["", *(f"{result['name']} {result['version']}" for result in measured)]]
        for name, number, written, _ in ROWS:
            cells = [(written or (lambda r, number=number: _number(number(r))))(result) for result in measured]
            if any(cells):
                table.append([name, *cells])
        lines += [*_table(table), ""]
    lines += _ratios(measured)
    for result in results:
        lines += [f"- {result['name']}: FAILED: {result['failed']}"] if "failed" in result else []
        lines += [f"- {result['name']}: {note}." for note in result["notes"]]
        for name in ("ping", "list", "call", "upstream"):
            if result.get(name, {}).get("load_busy", 0) > 0.9:
                lines.append(f"- {result['name']}: the load's core was the limit of {name}.")
    return "\n".join(lines) + "\n"


def _ratios(measured: list[Figures]) -> list[str]:
    """How many times better the first server is than each other; below 1 it is worse."""
    if len(measured) < 2 or measured[0]["name"] != "tmdb-mcp":
        return []
    ours, others = measured[0], measured[1:]
    table = [["tmdb-mcp is better, times", *(f"than {other['name']}" for other in others)]]
    for name, number, _, more_is_better in ROWS:
        cells = []
        for other in others:
            mine, theirs = number(ours), number(other)
            cells.append(f"{mine / theirs if more_is_better else theirs / mine:.2f}" if mine and theirs else "")
        if any(cells) and not name.endswith("bytes"):
            table.append([name, *cells])
    return [*_table(table), ""]
