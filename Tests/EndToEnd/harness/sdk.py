"""The official Python SDK as a client, in whichever of its two major versions is installed.

The versions differ in names, in how a client connects, and in the eras of the protocol that they speak. What a test
sees is the same: a `Session` whose results are plain dictionaries with the names of the protocol.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anyio
import mcp
from mcp.client.stdio import StdioServerParameters, stdio_client

from .messages import MODERN, NEWEST_LEGACY
from .process import DEADLINE

MAJOR = int(version("mcp").split(".")[0])

MODES = {1: ("initialize",), 2: (MODERN, "auto", "legacy")}[MAJOR]
"""How the client can open a session: by handshake, statelessly, or by finding out."""

AGREED = {"initialize": NEWEST_LEGACY, "legacy": NEWEST_LEGACY, MODERN: MODERN, "auto": MODERN}
"""The revision that each mode must arrive at."""

ProtocolError: type[Exception] = mcp.McpError if MAJOR == 1 else mcp.MCPError


class Session:
    """An open session. The SDK itself validates structured content against the tool's output schema."""

    def __init__(self, client: Any, revision: str, server_name: str | None) -> None:
        self._client = client
        self.revision = revision
        self.server_name = server_name

    async def tools(self) -> list[dict[str, Any]]:
        return _plain(await self._client.list_tools())["tools"]

    async def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return _plain(await self._client.call_tool(name, arguments))

    async def search(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("search", arguments)

    async def ping(self) -> None:
        await self._client.send_ping()


def _plain(result: Any) -> dict[str, Any]:
    return result.model_dump(by_alias=True, mode="json", exclude_unset=True)


def run(
    command: list[str], environment: dict[str, str], log: Path, mode: str, use: Callable[[Session], Awaitable[None]]
) -> None:
    """Starts the command as the SDK does, opens a session in that mode, and uses it, all within the deadline."""

    async def main() -> None:
        with anyio.fail_after(DEADLINE), log.open("w") as stderr:
            server = StdioServerParameters(command=command[0], args=command[1:], env=environment)
            async with _session(stdio_client(server, errlog=stderr), mode) as session:
                await use(session)

    anyio.run(main)


@asynccontextmanager
async def _session(transport: Any, mode: str) -> AsyncIterator[Session]:
    if MAJOR == 1:
        async with transport as (read, write), mcp.ClientSession(read, write) as client:
            opened = await client.initialize()
            yield Session(client, opened.protocolVersion, opened.serverInfo.name)
    else:
        async with mcp.Client(transport, mode=mode) as client:
            info = client.server_info
            yield Session(client, client.protocol_version, info.name if info else None)
