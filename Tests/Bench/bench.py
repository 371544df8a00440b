"""Measures MCP servers side by side: each pinned to one core, the load on the other. Started by Tests/Bench/run.

No figure makes it fail; a wrong answer does.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from client import HELLO, Client
from report import markdown
from servers import Server, all_servers, free_port, start_upstream

SERVER_CORE, LOAD_CORE = 0, 1


def first_answer_ms(server: Server, runs: int) -> float | None:
    """From exec to the answer of `initialize` on stdio; the median."""
    if server.stdio is None:
        return None
    times = []
    for _ in range(runs):
        before = time.perf_counter()
        process = subprocess.Popen(
            pinned(SERVER_CORE, server.stdio),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=server.environment)
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(HELLO).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        times.append((time.perf_counter() - before) * 1000)
        assert answer["id"] == 1 and "result" in answer, answer
        process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()
    return statistics.median(times)


@contextlib.contextmanager
def started(
    command: Callable[[int], list[str]], environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """What serves HTTP on a port, and that port."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            pinned(SERVER_CORE, command(port)), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            yield process, port
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def pinned(core: int, command: list[str]) -> list[str]:
    return ["taskset", "--cpu-list", str(core), *command]


def memory_mib(process: subprocess.Popen[bytes], field: str = "Rss") -> float:
    for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no {field}")


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Processor time of all threads, user and system (proc(5), stat, fields 14 and 15)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures_of(command: list[str]) -> dict[str, Any]:
    """Runs the load generator."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr.strip()[:600]}")
    return json.loads(done.stdout)


def load_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Bench:
    def __init__(self, load: str, seconds: float, streams: list[int], runs: int) -> None:
        self.load, self.seconds, self.streams, self.runs = load, seconds, streams, runs

    def command(self, server: Server, port: int, mode: str, *more: str) -> list[str]:
        token = ["--token", server.token] if server.token else []
        return pinned(LOAD_CORE, [self.load, mode, "--port", str(port), "--path", server.path, *token, *more])

    def run(self, server: Server, port: int, mode: str, *more: str) -> dict[str, Any]:
        return figures_of(self.command(server, port, mode, *more))

    def upstream_itself(self, upstream: str) -> dict[str, Any]:
        """What the upstream takes for one request at a time, asked from the core where the servers are."""
        address = urlsplit(upstream)
        return figures_of(pinned(SERVER_CORE, [
            self.load, "rate", "--port", str(address.port), "--path", f"{address.path}/search/multi?query=##########",
            "--method", "GET", "--expect", "Matrix", "--connections", "1", "--seconds", str(self.seconds)]))

    def rate(
        self, server: Server, process: subprocess.Popen[bytes], port: int, session: str, method: str, *more: str
    ) -> dict[str, Any]:
        options = ["--session", session, "--method", method, "--connections", "16", *more]
        self.run(server, port, "rate", *options, "--seconds", str(self.seconds / 5))
        before, load_before = processor_seconds(process), load_seconds()
        figures = self.run(server, port, "rate", *options, "--seconds", str(self.seconds))
        # Processor time is what a machine that others use too distorts least.
        figures["server_us_each"] = (processor_seconds(process) - before) / figures["requests"] * 1e6
        figures["load_busy"] = (load_seconds() - load_before) / figures["seconds"]
        return figures

    def measure(self, server: Server, upstream: str) -> dict[str, Any]:
        figures: dict[str, Any] = {"name": server.name, "version": server.version, "notes": list(server.notes)}
        figures["size_mb"] = server.size / 1e6 if server.size else None
        figures["first_answer_ms"] = first_answer_ms(server, self.runs)
        with started(server.http, server.environment) as (process, port):
            self.measure_http(server, process, port, figures)
        if server.uncached:
            with started(server.http, server.environment | server.uncached) as (process, port):
                self.measure_upstream(server, process, port, upstream, figures)
        if server.proxy:
            with started(server.proxy, server.environment) as (process, port):
                self.measure_proxy(server, process, port, upstream, figures)
        return figures

    def measure_upstream(
        self, server: Server, process: subprocess.Popen[bytes], port: int, upstream: str, figures: dict[str, Any]
    ) -> None:
        """Calls that each ask upstream."""
        client = Client(port, server.path, server.token)
        client.wait_until_it_listens(process)
        session = client.open()
        assert server.call
        call = json.loads(json.dumps(server.call))
        call["arguments"]["query"] += " ##########"
        options = ["--params", json.dumps(call), "--expect", server.answer]
        figures["upstream"] = self.rate(server, process, port, session, "tools/call", *options)
        figures["upstream_one"] = self.rate(
            server, process, port, session, "tools/call", *options, "--connections", "1")
        figures["upstream_itself"] = self.upstream_itself(upstream)

    def measure_proxy(
        self, server: Server, process: subprocess.Popen[bytes], port: int, upstream: str, figures: dict[str, Any]
    ) -> None:
        """Requests that are passed on to the upstream, each for something else."""
        Client(port, server.path, server.token).wait_until_it_listens(process)
        options = ["--path", f"{urlsplit(upstream).path}/search/multi?query=##########", "--expect", "Matrix"]
        figures["upstream"] = self.rate(server, process, port, "", "GET", *options)
        figures["upstream_one"] = self.rate(server, process, port, "", "GET", *options, "--connections", "1")
        figures["upstream_itself"] = self.upstream_itself(upstream)

    def measure_http(
        self, server: Server, process: subprocess.Popen[bytes], port: int, figures: dict[str, Any]
    ) -> None:
        client = Client(port, server.path, server.token)
        client.wait_until_it_listens(process)
        if server.fixed:
            figures["ping"] = self.rate(server, process, port, "", "ping", "--expect", "fixed")
            return
        session = client.open()
        figures["rss_idle_mib"], figures["pss_idle_mib"] = memory_mib(process), memory_mib(process, "Pss")
        figures["ping"] = self.rate(server, process, port, session, "ping")
        figures["list"] = self.rate(server, process, port, session, "tools/list", "--expect", '"tools":[')
        figures["list_bytes"] = client.size_of(session, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
        if server.call:
            figures["call"] = self.rate(
                server, process, port, session, "tools/call", "--params", json.dumps(server.call),
                "--expect", server.answer)
        for count in [count for count in self.streams if count <= server.streams_max]:
            self.measure_streams(server, process, port, session, count, figures)

    def measure_streams(
        self, server: Server, process: subprocess.Popen[bytes], port: int, session: str, count: int,
        figures: dict[str, Any],
    ) -> None:
        holder = subprocess.Popen(
            self.command(server, port, "streams", "--count", str(count)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert holder.stdin and holder.stdout and holder.stderr
        try:
            if not holder.stdout.readline():
                why = holder.stderr.read().strip().partition("\n")[0].removeprefix("load: ")
                figures["notes"].append(f"no {count:,} open streams: {why.strip()[:120]}")
                return
            figures[f"rss_{count}_mib"] = memory_mib(process)
            figures[f"beside_{count}"] = self.rate(server, process, port, session, "ping")
        finally:
            holder.stdin.close()
            holder.wait(60)
            holder.stdout.close()
            holder.stderr.close()


def machine() -> dict[str, Any]:
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    return {
        "processor": f"{cpu}, {os.cpu_count()} cores", "kernel": f"Linux {platform.release().partition('-')[0]}",
        "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "load_average": "%.2f %.2f %.2f" % os.getloadavg(),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True, help="tmdb-mcp")
    parser.add_argument("--load", required=True)
    parser.add_argument("--environments", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True, help="folder for bench.md and bench.json")
    parser.add_argument("--only", action="append", help="name of a server (repeatable)")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if (os.cpu_count() or 1) < 2:
        sys.exit("error: the benchmark needs two cores, one for the server and one for the load")
    seconds, streams, runs = (1.0, [1000], 5) if options.quick else (5.0, [1000, 10000], 20)
    bench = Bench(options.load, seconds, streams, runs)
    results = []
    upstream, upstream_url = start_upstream(LOAD_CORE)
    try:
        for server in all_servers(options.program, options.environments, upstream_url, options.only):
            print(f"measuring {server.name}", file=sys.stderr, flush=True)
            try:
                results.append(bench.measure(server, upstream_url))
            except (AssertionError, OSError, subprocess.SubprocessError, ValueError) as error:
                results.append({"name": server.name, "version": server.version, "failed": str(error), "notes": []})
    finally:
        upstream.terminate()
        upstream.wait()
    facts = machine() | {"seconds": seconds}
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "bench.json").write_text(json.dumps({"machine": facts, "servers": results}, indent=2) + "\n")
    text = markdown(facts, results)
    (options.output / "bench.md").write_text(text)
    print(text)
    return 1 if any("failed" in result for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
