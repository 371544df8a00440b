"""Finds the functions that serve requests, for release/lib/hot-functions.csv: the build keeps them in one piece (see
release/README.md). Counts instructions with valgrind's callgrind, of a program that has its symbols."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from client import Client
from servers import start_stand_in, free_port, ours

REQUESTS = 400
LEAST = 0.0005
"""The share of a kind of request from which on a function is hot."""


def counted(profile: Path) -> Counter[str]:
    """Instructions of each function itself, of a profile in callgrind's format."""
    names: dict[str, str] = {}
    found: Counter[str] = Counter()
    current, skips = "", False
    for line in profile.read_text().splitlines():
        if named := re.fullmatch(r"c?fn=\((\d+)\)(?: (.*))?", line):
            names.setdefault(named[1], named[2])
            if line.startswith("fn="):
                current = names[named[1]]
        elif line.startswith("calls="):
            skips = True  # the next line is what the called function took
        elif re.match(r"[0-9+*-]", line):
            if not skips:
                found[current] += int(line.split()[1])
            skips = False
    return found


def measured(program: Path, load: str, upstream: str, folder: Path, more: dict[str, str], method: str,
             *options: str) -> Counter[str]:
    server = ours(program, upstream)
    port, profile = free_port(), folder / "profile"
    command = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={profile}", *server.http(port)]
    process = subprocess.Popen(command, env=os.environ | server.environment | more, stderr=subprocess.DEVNULL)
    try:
        client = Client(port, server.path, server.token)
        client.wait_until_it_listens(process)
        rate = [load, "rate", "--port", str(port), "--token", server.token, "--session", client.open(), "--method",
                method, "--connections", "16", *options, "--requests"]
        subprocess.run([*rate, "32"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["callgrind_control", "--zero", str(process.pid)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*rate, str(REQUESTS)], check=True, stdout=subprocess.DEVNULL)
    finally:
        process.terminate()
        process.wait()
    found = counted(profile)
    print(f"{method} {' '.join(options)}: {sum(found.values()) / REQUESTS:.0f} instructions each")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="tmdb-mcp with its symbols")
    parser.add_argument("--load", required=True, help="the load generator")
    parser.add_argument("--output", type=Path, help="the list to write; without it, the counts are shown alone")
    options = parser.parse_args()
    stand_in, upstream = start_stand_in()
    hot: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        # valgrind does not read the debug information of today's compilers.
        program = Path(folder) / "tmdb-mcp"
        subprocess.run(["objcopy", "--strip-debug", str(options.program), str(program)], check=True)
        server = ours(program, upstream)
        asked = json.dumps({"name": "search", "arguments": {"query": "the ##########"}})
        kinds: list[tuple[dict[str, str], list[str]]] = [
            ({}, ["ping"]), ({}, ["tools/list"]), ({}, ["tools/call", "--params", json.dumps(server.call)]),
            (server.uncached or {}, ["tools/call", "--params", asked]),
        ]
        for environment, kind in kinds:
            found = measured(program, options.load, upstream, Path(folder), environment, *kind)
            # Of Swift alone, and by the name from before functions were merged.
            hot |= {name.removesuffix("Tm") for name, count in found.items()
                    if name.startswith("$e") and count >= LEAST * sum(found.values())}
    stand_in.terminate()
    stand_in.wait()
    if options.output:
        options.output.write_text("".join(f"{name},nooutline=1\n" for name in sorted(hot)))
        print(f"{len(hot)} functions: {options.output}")


if __name__ == "__main__":
    main()
