"""The stand-in as a program."""

from __future__ import annotations

import argparse
import os
import select
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from . import routes
from .plans import ByLot
from .recordings import Recordings
from .server import StandIn


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.on_lines:
        return _answer_lines()
    recordings = Recordings(options.recordings) if options.recordings else None
    if not 0 <= options.fail_share <= 1:
        parser.error("--fail-share: a share is from 0 to 1")
    stand_in = StandIn(host=options.host, port=options.port, any_key=options.any_key, recordings=recordings)
    if options.fail_share:
        stand_in.fault = ByLot(options.fail_share, options.seed, in_a_row=options.fail_in_a_row)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    if options.exit_with:
        _exit_with(options.exit_with)
    if options.port_file:
        _write_whole(options.port_file, f"{stand_in.port}\n")
    print(f"listening on {stand_in.url}", flush=True)
    stand_in.serve_forever()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 Tests/StandIn",
        description="A stand-in for TMDB's API on sample data. Give its URL to tmdb-mcp in TMDB_BASE_URL.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    parser.add_argument("--port-file", type=Path, help="file to write the port to once it is open")
    parser.add_argument("--any-key", action="store_true", help="accept any API key that is not empty")
    parser.add_argument("--recordings", type=Path, help="folder of recorded answers, served where they match")
    parser.add_argument("--fail-share", type=float, default=0, metavar="SHARE", help="let this share of requests fail")
    parser.add_argument("--seed", type=int, default=0, help="which of them fail, and how (default: %(default)s)")
    parser.add_argument("--fail-in-a-row", type=int, metavar="TIMES", help="let no request fail more often in a row")
    parser.add_argument("--on-lines", action="store_true", help="no server: answer each line of input, such as "
                        "/search/movie?query=a, with a line: the status, a blank, the body")
    parser.add_argument("--exit-with", type=int, metavar="PID", help="end when this process ends")
    return parser


def _answer_lines() -> int:
    for line in sys.stdin:
        url = urlsplit(f"/3{line.strip()}")
        answer = routes.answer(url.path, dict(parse_qsl(url.query, keep_blank_values=True)))
        sys.stdout.buffer.write(b"%d %s\n" % (answer.status, answer.body))
        sys.stdout.buffer.flush()
    return 0


def _exit_with(process: int) -> None:
    """Ends this process when the other ends, also when it has ended already."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        os._exit(0)

    def wait() -> None:
        select.select([handle], [], [])
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _write_whole(path: Path, text: str) -> None:
    """Writes through a neighbour, so that a reader sees the whole text or no file."""
    neighbour = path.with_name(f".{path.name}.{os.getpid()}")
    neighbour.write_text(text)
    neighbour.replace(path)
