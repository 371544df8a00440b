"""Requests in random pipelines, cut at random places, with random disconnects, over 32 connections of one session.

Every answer is checked for its id, its order and its content. The seed is printed and repeats what the client does.
"""

from __future__ import annotations

import argparse
import random
import sys

from target import add_options, target


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--requests", type=int, default=1_000_000, help="answers to be had (default: %(default)s)")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 1 << 48))
    options = parser.parse_args()
    print(f"torture: seed {options.seed}", flush=True)
    with target(options) as server:
        session = server.client.open()
        figures = server.run(
            "torture", "--session", session, "--requests", str(options.requests),
            "--connections", str(options.connections), "--seed", str(options.seed))
        # The same session, and the server itself, still serve.
        server.run("rate", "--session", session, "--requests", "100")
    print(
        f"torture: {figures['answered']:,} answers right in {figures['seconds']:.1f} s ({figures['rate']:,.0f}/s), "
        f"sent in {figures['pieces']:,} pieces; {figures['disconnects']:,} disconnects "
        f"left {figures['abandoned']:,} unanswered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
