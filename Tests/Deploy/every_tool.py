"""Calls every tool of a server over HTTP, as often as the end-to-end tests do, and ends with 0 when all went well.

    SSE_TOKEN=... python3 every_tool.py http://127.0.0.1:8910/mcp

The server asks the stand-in for TMDB. Python's own library is enough, so that any image with Python can run this.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "EndToEnd"))

from harness.calls import CALLS, EACH
from harness.messages import MODERN, call, in_revision, request


class Wrong(Exception):
    """An answer that is not what it should be."""


def headers_of(message: dict[str, Any], token: str) -> dict[str, str]:
    """What a client of the stateless revision sends with a request."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": MODERN,
        "Mcp-Method": message["method"],
    }
    name = message["params"].get("name")
    return headers | {"Mcp-Name": name} if name else headers


def ask(url: str, token: str, message: dict[str, Any]) -> dict[str, Any]:
    """The result of one request."""
    sent = urllib.request.Request(url, json.dumps(message).encode(), headers_of(message, token))
    with urllib.request.urlopen(sent, timeout=30) as response:
        answer = json.load(response)
    if "result" not in answer:
        raise Wrong(f"{message['method']} was answered with {json.dumps(answer)[:500]}")
    return answer["result"]


def main(url: str) -> None:
    token = os.environ["SSE_TOKEN"]
    tools = [tool["name"] for tool in ask(url, token, in_revision(request(0, "tools/list"), MODERN))["tools"]]
    if tools != list(CALLS):
        raise Wrong(f"the server offers {tools}, and these calls are of {list(CALLS)}")
    for number, (tool, arguments) in enumerate(EACH, 1):
        result = ask(url, token, call(number, arguments, MODERN, name=tool))
        if result.get("isError") or "TMDB" not in result["structuredContent"]["attribution"]:
            raise Wrong(f"{tool} {arguments} was answered with {json.dumps(result)[:500]}")
    print(f"{len(EACH)} calls of {len(tools)} tools were answered well")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (Wrong, OSError) as error:
        sys.exit(f"every_tool: {error}")
