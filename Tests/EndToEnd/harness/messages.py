"""JSON-RPC messages of both eras of the protocol, as plain dictionaries."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]

LEGACY = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
NEWEST_LEGACY = LEGACY[-1]
MODERN = "2026-07-28"
REVISIONS = (*LEGACY, MODERN)

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
UNSUPPORTED_VERSION = -32022

CLIENT = {"name": "end-to-end", "version": "1.0"}
META = "io.modelcontextprotocol/"


def request(identifier: Any, method: str, params: Any = None) -> Message:
    message = {"jsonrpc": "2.0", "id": identifier, "method": method}
    return message if params is None else message | {"params": params}


def notification(method: str, params: Any = None) -> Message:
    message = {"jsonrpc": "2.0", "method": method}
    return message if params is None else message | {"params": params}


def initialize(identifier: Any, version: str = NEWEST_LEGACY) -> Message:
    return request(identifier, "initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": CLIENT})


def meta(version: str = MODERN) -> Message:
    """The `_meta` that each request of the stateless era carries."""
    return {
        META + "protocolVersion": version,
        META + "clientInfo": CLIENT,
        META + "clientCapabilities": {},
    }


def call(identifier: Any, arguments: Any, revision: str = NEWEST_LEGACY, name: str = "search") -> Message:
    return in_revision(request(identifier, "tools/call", {"name": name, "arguments": arguments}), revision)


def in_revision(message: Message, revision: str) -> Message:
    """The request as a client of that revision sends it."""
    if revision != MODERN:
        return message
    return message | {"params": message.get("params", {}) | {"_meta": meta()}}
