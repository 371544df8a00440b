"""Requests that are refused: what the log and the metrics say of them, for people and for fail2ban."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from harness.listening import Listening, Serve
from harness.messages import initialize
from harness.wire import BEARER, TYPES, Wire, metrics, text
from places import ROOT, run, wait_until

pytestmark = pytest.mark.same_everywhere("refusals are told in text")

WRONG = "Authorization: Bearer another-token-of-somebody"
LONG = f"X-Long: {'x' * 20_000}"


def refusals(server: Listening) -> list[dict[str, Any]]:
    return [line for line in server.log if line["msg"] == "request refused"]


def counted(server: Listening) -> dict[str, float]:
    """The refusals of each reason that there was."""
    values = metrics(server)
    found = {name: re.fullmatch(r'http_refused_requests_total\{reason="(\w+)"\}', name) for name in values}
    return {match[1]: values[name] for name, match in found.items() if match and values[name]}


def body(message: Any) -> str:
    return message if isinstance(message, str) else json.dumps(message)


REFUSED = {
    "missing_token": (401, "warn", text("POST", "/mcp", *TYPES, body="{}")),
    "wrong_token": (401, "warn", text("POST", "/mcp", WRONG, *TYPES, body="{}")),
    "host": (403, "warn", text("GET", "/health", host="evil.example")),
    "origin": (403, "warn", text("GET", "/mcp", BEARER, "Origin: https://evil.example")),
    "path": (404, "info", text("GET", "/.well-known/oauth-protected-resource")),
    "session": (404, "info", text("DELETE", "/mcp", BEARER, f"Mcp-Session-Id: {'0' * 64}")),
    "missing_session": (400, "info", text("DELETE", "/mcp", BEARER)),
    "method": (405, "info", text("PUT", "/mcp", BEARER)),
    "accept": (406, "info", text("POST", "/mcp", BEARER, TYPES[0], "Accept: text/html", body="{}")),
    "content_type": (415, "info", text("POST", "/mcp", BEARER, "Content-Type: text/plain", body="{}")),
    "too_large": (431, "info", text("GET", "/health", LONG)),
    "unsupported": (501, "info", text("BREW", "/mcp")),
    "malformed": (400, "warn", b"nonsense\r\n\r\n"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_each_refusal_is_told_and_counted_by_its_reason(serve: Serve, reason: str) -> None:
    status, level, request = REFUSED[reason]
    server = serve()
    with Wire(server) as wire:
        wire.write(request)
        assert wire.response().status == status
    assert counted(server) == {reason: 1}
    wait_until(lambda: bool(refusals(server)), "nothing is told")
    (line,) = refusals(server)
    facts = {"level": level, "peer": "127.0.0.1", "status": status, "reason": reason}
    assert facts.items() <= line.items()
    assert "suppressed" not in line


def test_a_body_that_is_too_large_and_one_that_is_no_message_are_told(serve: Serve) -> None:
    server = serve()
    with Wire(server) as wire:
        wire.write(text("POST", "/mcp", BEARER, *TYPES, "Content-Length: 99999999"))
        assert wire.response().status == 413
    for nonsense in ("{", "7"):
        with Wire(server) as wire:
            wire.write(text("POST", "/mcp", BEARER, *TYPES, body=nonsense))
            assert wire.response().status == 400
    assert counted(server) == {"too_large": 1, "malformed": 2}


def test_a_client_that_is_served_is_no_refusal(serve: Serve) -> None:
    server = serve()
    with Wire(server) as wire:
        wire.write(text("POST", "/mcp", BEARER, *TYPES, body=body(initialize(1))))
        assert wire.response().status == 200
    assert counted(server) == {}
    assert refusals(server) == []


@pytest.mark.parametrize(
    ("fields", "host", "setting", "name"),
    [
        (["Origin: https://evil.example"], "localhost", "ALLOWED_ORIGINS", "https://evil.example"),
        ([], "evil.example", "ALLOWED_HOSTS", "evil.example"),
        ([], 'evil.example","peer":"192.0.2.1', "ALLOWED_HOSTS", None),
        ([f"Origin: https://{'x' * 9000}.example"], "localhost", "ALLOWED_ORIGINS", f"https://{'x' * 245}"),
    ],
)
def test_a_name_that_is_refused_is_told_with_the_setting_that_allows_it(
    serve: Serve, fields: list[str], host: str, setting: str, name: str | None
) -> None:
    server = serve()
    with Wire(server) as wire:
        wire.write(text("GET", "/health", *fields, host=host))
        assert wire.response().status in (400, 403)
    wait_until(lambda: bool(refusals(server)), "nothing is told")
    (line,) = refusals(server)
    assert line["peer"] == "127.0.0.1"
    if name is None:
        assert line["reason"] == "malformed" and "evil" not in server.stderr
    else:
        assert line["allow_in"] == setting
        assert line[setting.removeprefix("ALLOWED_").removesuffix("S").lower()] == name


@pytest.mark.parametrize(
    ("trusted", "forwarded", "peer"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"), ("127.0.0.1", "203.0.113.5, 2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"), ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"), ("10.0.0.0/8", "192.0.2.7", "127.0.0.1"), ("", "192.0.2.7", "127.0.0.1"),
    ],
)
def test_the_peer_is_the_client_that_a_trusted_proxy_tells(
    serve: Serve, trusted: str, forwarded: str | None, peer: str
) -> None:
    server = serve(TRUSTED_PROXIES=trusted)
    fields = [f"X-Forwarded-For: {forwarded}"] if forwarded else []
    for method in ("POST", "DELETE"):
        with Wire(server) as wire:
            wire.write(text(method, "/mcp", WRONG if method == "POST" else BEARER, *TYPES, *fields, body="{}"))
            assert wire.response().status in (400, 401)
    wait_until(lambda: len(refusals(server)) == 2, "too little is told")
    assert [line["peer"] for line in refusals(server)] == [peer] * 2


def test_many_refusals_do_not_fill_the_log_and_none_is_lost(serve: Serve) -> None:
    server = serve()
    with Wire(server) as wire:
        for _ in range(300):
            wire.write(text("POST", "/mcp", WRONG, *TYPES, body="{}"))
            assert wire.response().status == 401
    assert counted(server) == {"wrong_token": 300}
    server.terminate()
    told = refusals(server)
    assert 50 <= len(told) < 300
    assert len(told) + sum(line.get("suppressed", 0) for line in server.log) == 300


def test_the_filter_of_the_docs_finds_wrong_tokens_and_nothing_else(serve: Serve, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    (block,) = re.findall(r"^```ini\n(# [^\n]*filter\.d/tmdb-mcp\.conf\n.*?)^```$", page, re.DOTALL | re.MULTILINE)
    (expression,) = re.findall(r"^failregex = (.*)$", block, re.MULTILINE)
    server = serve(TRUSTED_PROXIES="127.0.0.1")
    # Neither another refusal nor what a client writes itself is taken for one.
    forged = '{"msg":"request refused","peer":"198.51.100.9","status":401,"reason":"wrong_token"}'
    with Wire(server) as wire:
        for fields in (
            [WRONG, "X-Forwarded-For: 192.0.2.7"], [WRONG, "X-Forwarded-For: 2001:db8::7"],
            ["X-Forwarded-For: 198.51.100.1"], [WRONG, f"Origin: {forged}", "X-Forwarded-For: 198.51.100.2"],
        ):
            wire.write(text("POST", "/mcp", *TYPES, *fields, body="{}"))
            assert wire.response().status in (401, 403)
    wait_until(lambda: len(refusals(server)) == 4, "too little is told")
    found = re.findall(expression.replace("<ADDR>", "([0-9a-f.:]+)"), server.stderr)
    assert found == ["192.0.2.7", "2001:db8::7"]
    if command := shutil.which("fail2ban-regex"):
        log, file = tmp_path / "log", tmp_path / "tmdb-mcp.conf"
        log.write_text(server.stderr)
        file.write_text(block)
        assert run(command, "--out", "ip", log, file).stdout.split() == found
