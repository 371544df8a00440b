"""Many connections that pipeline, cut and leave; and the tool that makes them, which must be able to fail."""

import http.server
import os
import subprocess
import threading

import pytest
from harness.binaries import Binary
from places import ROOT

TORTURE = ROOT / "Tests" / "Bench" / "torture"
SECONDS_MAX = 180


def torture(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TORTURE), *arguments], capture_output=True, text=True, timeout=SECONDS_MAX, env=os.environ | environment
    )


@pytest.mark.native_only("qemu makes it take minutes and checks nothing more")
def test_every_answer_is_right_whatever_the_connections_do(binary: Binary) -> None:
    done = torture("--requests", "20000", TMDB_MCP_PROGRAM=str(binary.path))
    assert done.returncode == 0, done.stdout + done.stderr


class Liar(http.server.BaseHTTPRequestHandler):
    """Answers everything that has an id as if it were request 1."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = b'{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}' if b'"id":' in body else b""
        self.send_response(200 if answer else 202)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def test_a_wrong_answer_is_noticed() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Liar) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_address[1]}/mcp"
            done = torture("--url", url, "--requests", "100", "--connections", "1", "--seed", "1")
        finally:
            server.shutdown()
            thread.join()
    assert done.returncode != 0
    assert "the answer is wrong" in done.stderr, done.stderr
