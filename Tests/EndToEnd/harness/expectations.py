"""What the tests expect of words and shapes, in one place: wording may change, its substance may not.

Each phrase is a regular expression that the text must contain, whatever the case.
"""

from __future__ import annotations

import json
import re
from typing import Any

# What a fault's message must say, by the name of the fault.
FAULTS: dict[str, tuple[str, ...]] = {
    "no key": ("TMDB_API_KEY", r"themoviedb\.org"),
    "401": ("TMDB_API_KEY", "key|token"),
    "403": ("TMDB",),
    "404": ("TMDB", "not found|404|nothing|no such"),
    "429": ("limit|too many|429", "again|wait|retry|later"),
    "429 after 7 s": ("limit|too many|429", r"\b7\b"),
    "5xx": ("TMDB", r"again|later|\b50[0-9]\b"),
    "timeout": ("time|took|in time", r"again|TMDB_TIMEOUT|later|\bs\b|second"),
    "cut off": ("TMDB|connection|answer",),
    "unreadable": ("TMDB", "answer|response|JSON|body|read"),
    "captive portal": ("web page", "sign in with a browser"),
    "blocked": ("web page", r"\(403\)", "blocks TMDB"),
    "too large": ("large|big|size|limit|exceed",),
    "redirect": ("redirect|302|TMDB_BASE_URL|elsewhere",),
    "unknown host": ("resolve|name|host|DNS|look", "TMDB_BASE_URL|network|DNS|host"),
    "refused": ("connect|refused|reach",),
    "certificate": ("certificate|TLS|SSL|trust", "SSL_CERT_FILE|certificate"),
    "unknown issuer": ("certificate", "not signed by|not trusted|unknown"),
    "expired": ("certificate", "expired"),
    "wrong host": ("certificate", "not belong|other host|wrong host"),
    "handshake": ("secure connection|certificate",),
    "proxy": ("proxy",),
}

# What a message about a bad argument must say, besides the argument's name.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "missing": ("required|missing|must|needs",),
    "empty": ("empty|at least|must|not be|blank",),
    "string": ("string|text",),
    "page": (r"\b1\b", r"\b500\b"),
    "integer": ("integer|whole|number",),
    "language": ("en-US|[a-z]{2}-[A-Z]{2}",),
    "unknown": ("unknown|not allowed|unexpected|no such|no argument|does not|not known|not an argument",),
}

# What the program must say on stderr before it exits with 2, besides the variable's name.
COMMAND_LINE: dict[str, tuple[str, ...]] = {
    "flag": ("--help",),
    "TMDB_BASE_URL": ("https?://",),
    "TMDB_TIMEOUT": ("second|number|integer",),
}

# Every name that the original has, and ours besides.
HELP = (
    *("TMDB_API_KEY", "TMDB_BASE_URL", "TMDB_TIMEOUT", "SSL_CERT_FILE", "HTTPS_PROXY", "NO_PROXY"),
    *("--tmdb-api-key", "--server-mode", "--sse-host", "--sse-port", "--sse-token", "--config", "--allowed-origins"),
    *("SERVER_MODE", "SERVER_SSE_HOST", "SERVER_SSE_PORT", "SSE_TOKEN", "SSE_TOKEN_FILE", "TMDB_API_KEY_FILE"),
    *("--tmdb-language", "--tmdb-rate-limit", "--logging-level", "TMDB_LANGUAGE", "TMDB_RATE_LIMIT", "LOGGING_LEVEL"),
    *(r"server\.mode", r"server\.sse\.port", r"tmdb\.api_key", r"tmdb\.rate_limit", r"logging\.level"),
    r"~/\.tmdb-mcp/config\.yaml",
)

BINARY_BYTES_MAX = 2_200_000
LARGER_BINARIES = {"armv6": 2_700_000, "i386": 2_600_000}
"""Arm's own instructions take more room than Thumb-2, and x86 has few registers."""
LONG_LINE_ACCEPTED = 100_000
LONG_LINE_REFUSED = 64 * 1024 * 1024


def says(text: str, phrases: tuple[str, ...]) -> bool:
    """Asserts that the text contains every phrase; true, so that a test can assert it by name."""
    for phrase in phrases:
        assert re.search(phrase, text, re.IGNORECASE), f"no /{phrase}/ in: {text}"
    return True


def text_of(result: dict[str, Any]) -> str:
    """The text of a tool result."""
    assert [item["type"] for item in result["content"]] == ["text"], result
    return result["content"][0]["text"]


def structured(result: dict[str, Any]) -> dict[str, Any]:
    """The structured content of a tool result that went well, which its text repeats as JSON."""
    assert not result.get("isError"), text_of(result)
    assert json.loads(text_of(result)) == result["structuredContent"]
    return result["structuredContent"]


def failure(result: dict[str, Any]) -> str:
    """The text of a tool result that reports a failure."""
    assert result.get("isError") is True, result
    assert "structuredContent" not in result, result
    return text_of(result)


# The shape of the search result that every test relies on.


def titles(content: dict[str, Any]) -> list[str]:
    return [row.get("title") or row["name"] for row in content["results"]]


def identities(content: dict[str, Any]) -> list[tuple[str, int]]:
    return [(row["media_type"], row["id"]) for row in content["results"]]


def totals(content: dict[str, Any]) -> tuple[int, int, int]:
    return content["page"], content["total_pages"], content["total_results"]
