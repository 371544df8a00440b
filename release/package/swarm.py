"""stack.yaml for Docker Swarm, of compose.yaml: what `docker stack deploy` does not take is replaced by what it does.
All else, such as the image, the check and the user, stays as it is there."""

from __future__ import annotations

import re

from release import Release

HEAD = """\
# tmdb-mcp over HTTP on Docker Swarm. Docker 25 or newer, on a manager:
#
#   1. Your key and a token of at least 16 characters, as secrets:
#        printf %s your-key | docker secret create tmdb_api_key -
#        openssl rand -hex 32 | tee token | docker secret create sse_token -
#   2. ALLOWED_HOSTS=nas.local docker stack deploy --detach=false --compose-file stack.yaml tmdb-mcp
#      with the name that clients use; an address needs none.
#   3. Clients ask http://nas.local:8910/mcp of any node, and send "Authorization: Bearer <the token>".
#
# Swarm publishes on every address of every node: put a proxy with TLS in front. Any replica serves any request, but
# for those of HTTP+SSE, which Swarm cannot keep with one: set REPLICAS=1 for its clients.
version: "3.12"

services:
"""

PORTS = """\
    ports:
      - target: 8910
        published: ${SERVER_SSE_PORT:-8910}

"""

ENVIRONMENT = """\
    environment:
      TMDB_API_KEY_FILE: /run/secrets/tmdb_api_key
      SSE_TOKEN_FILE: /run/secrets/sse_token
      ALLOWED_HOSTS: ${ALLOWED_HOSTS:-}
      # Each replica counts for itself: all of them together may send TMDB about 40 requests a second.
      TMDB_RATE_LIMIT: ${TMDB_RATE_LIMIT:-20}
      TMDB_LANGUAGE: ${TMDB_LANGUAGE:-}
"""

LIMITS = """\
    deploy:
      replicas: ${REPLICAS:-2}
      # A new one is healthy before an old one goes; one that does not get so is taken back.
      update_config:
        order: start-first
        parallelism: 1
        failure_action: rollback
      rollback_config:
        order: start-first
        parallelism: 1
      restart_policy:
        condition: any
        delay: 1s
      resources:
        limits:
          # Give it more memory than this if TMDB_CACHE_SIZE (16, in megabytes) is more.
          memory: @memory@
          cpus: "@cpus@"
          pids: @pids@
"""

SECRETS = """\
secrets:
  tmdb_api_key:
    external: true
  sse_token:
    external: true
"""


def stack(compose: str) -> str:
    limits = {}
    for name, key in (("memory", "mem_limit"), ("cpus", "cpus"), ("pids", "pids_limit")):
        limits[name] = _found(rf"^    {key}: (\S+)$", compose)
    text = _replaced(compose, r"\A.*?^services:\n", HEAD)
    text = _replaced(text, r"^    restart: .*\n\n", "")
    text = _replaced(text, r"(^    # .*\n)*^    ports:\n(      .*\n)+\n", PORTS)
    text = _replaced(text, r"^    env_file:\n(      .*\n)+", "")
    # Up to what is fixed inside the container.
    text = _replaced(text, r"^    environment:\n(      .*\n)*?(?=      # Inside the container)", ENVIRONMENT)
    text = _replaced(text, r"(^    # .*\n)*^    volumes:\n(      .*\n)+\n", "")
    # Swarm has no place for it; the program is no one else's user, and there is no program to change that.
    text = _replaced(text, r"^    security_opt: .*\n", "")
    limited = "".join(f"^    {key}: .*\n" for key in ("mem_limit", "memswap_limit", "cpus", "pids_limit"))
    text = _replaced(text, r"(^    # .*\n)*" + limited, LIMITS)
    text = _replaced(text, r"^secrets:\n(  .*\n)+", SECRETS)
    for name, value in limits.items():
        text = text.replace(f"@{name}@", value)
    return text


def _found(pattern: str, text: str) -> str:
    if not (found := re.search(pattern, text, re.M)):
        raise SystemExit(f"error: compose.yaml has no {pattern}, of which stack.yaml is made")
    return found[1]


def _replaced(text: str, pattern: str, by: str) -> str:
    changed, count = re.subn(pattern, lambda _: by, text, flags=re.M | (re.S if pattern.startswith(r"\A") else 0))
    if count != 1:
        raise SystemExit(f"error: compose.yaml has {count} times {pattern}, of which stack.yaml is made")
    return changed


def pack(release: Release) -> None:
    (release.dist / "stack.yaml").write_text(stack((release.deploy / "compose.yaml").read_text()))
