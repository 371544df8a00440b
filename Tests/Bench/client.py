"""A plain client of MCP over HTTP, for what has no hurry."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from typing import Any

HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}
DEADLINE = 60.0


class Client:
    def __init__(self, port: int, path: str = "/mcp", token: str = "", host: str = "127.0.0.1") -> None:
        self.host, self.port, self.path, self.token = host, port, path, token

    def post(self, message: dict[str, Any], session: str = "") -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=DEADLINE)
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if session:
            headers |= {"Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25"}
        try:
            connection.request("POST", self.path, json.dumps(message), headers)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def wait_until_it_listens(self, process: subprocess.Popen[bytes] | None = None) -> None:
        end = time.monotonic() + DEADLINE
        while True:
            try:
                self.post(HELLO)
                return
            except OSError:
                if process is not None and process.poll() is not None:
                    raise AssertionError(f"the server ended with {process.returncode}") from None
                if time.monotonic() > end:
                    raise AssertionError(f"nothing listens on port {self.port} after {DEADLINE:.0f} s") from None
                time.sleep(0.05)

    def open(self) -> str:
        """Opens a session and returns its id, empty when the server gives none."""
        status, headers, body = self.post(HELLO)
        assert status == 200, f"initialize was answered with {status}: {body[:300]!r}"
        session = headers.get("mcp-session-id", "")
        status, _, body = self.post({"jsonrpc": "2.0", "method": "notifications/initialized"}, session)
        assert status in (200, 202), f"a notification was answered with {status}: {body[:300]!r}"
        return session

    def size_of(self, session: str, message: dict[str, Any]) -> int:
        """Bytes of an answer's body."""
        return len(self.post(message, session)[2])
