"""What a server's memory does: a million requests in one session, 10,000 connects, 10,000 sessions never deleted.

Each case has the server to itself when it is started here. Memory is resident, after a tenth and at the end.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from target import Target, add_options, target

Case = tuple[str, int, Callable[[Target, str, int], object]]

CASES: list[Case] = [
    ("requests in one session", 1_000_000,
     lambda server, session, count: server.run("rate", "--session", session, "--requests", str(count))),
    ("connects", 10_000,
     lambda server, session, count: server.run("connects", "--session", session, "--count", str(count))),
    ("sessions, never deleted", 10_000,
     lambda server, session, count: server.run("sessions", "--count", str(count))),
]


def kib(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--part", type=float, default=1.0, help="of the whole to run, such as 0.01")
    options = parser.parse_args()
    print(f"{'':26}{'count':>10}{'first KiB':>12}{'after 10 %':>12}{'end KiB':>12}{'B each':>10}")
    for name, whole, run in CASES:
        count = max(10, int(whole * options.part))
        with target(options) as server:
            session = server.client.open()
            first = server.memory_kib()
            run(server, session, count // 10)
            early = server.memory_kib()
            run(server, session, count - count // 10)
            last = server.memory_kib()
        each = "" if early is None or last is None else f"{(last - early) * 1024 / (count - count // 10):,.1f}"
        print(f"{name:26}{count:>10,}{kib(first):>12}{kib(early):>12}{kib(last):>12}{each:>10}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
