"""A client of others: the official Python SDK, major version 1 or 2, whichever the environment has, or FastMCP where
TEST_CLIENT says so.

They differ in names, in how a client connects, and in the eras of the protocol that they speak. What a test sees is the
same: a `Session` whose results are plain dictionaries with the names of the protocol.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import anyio
import mcp
import mcp.types
from mcp.client.sse import sse_client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from . import secrets
from .messages import MODERN, NEWEST_LEGACY
from .process import DEADLINE

MAJOR = int(version("mcp").split(".")[0])
IS_FASTMCP = os.environ.get("TEST_CLIENT") == "fastmcp"

IS_NEWEST = MAJOR == 2 and not IS_FASTMCP
"""Of the official SDK. It is the only one whose tests run on each platform: what a client does differs by client."""

NAME = f"fastmcp-{version('fastmcp-slim')}" if IS_FASTMCP else f"mcp-{version('mcp')}"

MODES = {1: ("initialize",), 2: (MODERN, "auto", "legacy")}[MAJOR]
"""How the client can open a session: by handshake, statelessly, or by finding out."""

AGREED = {"initialize": NEWEST_LEGACY, "legacy": NEWEST_LEGACY, MODERN: MODERN, "auto": MODERN}
"""The revision that each mode must arrive at."""

ProtocolError: type[Exception] = mcp.McpError if MAJOR == 1 else mcp.MCPError


@dataclass(frozen=True)
class Stdio:
    """A program that the client starts itself."""

    command: list[str]
    environment: dict[str, str]
    log: Path


@dataclass(frozen=True)
class HTTP:
    """A server that runs already. `is_old` means HTTP+SSE of 2024-11-05 instead of Streamable HTTP."""

    url: str
    token: str
    is_old: bool = False
    key: str | None = None
    """The client's own key of TMDB's."""

    @property
    def headers(self) -> dict[str, str]:
        own = {"X-TMDB-Api-Key": self.key} if self.key else {}
        return own | {"Authorization": f"Bearer {self.token}"}


Place = Stdio | HTTP


class Session:
    """An open session. The SDK itself validates structured content against the tool's output schema."""

    def __init__(self, client: Any, revision: str, server_name: str | None) -> None:
        self._client = client
        self.revision = revision
        self.server_name = server_name

    async def tools(self) -> list[dict[str, Any]]:
        return (await self._ask("list_tools"))["tools"]

    async def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return await self._ask("call_tool", name, arguments)

    async def search(self, **arguments: Any) -> dict[str, Any]:
        return await self.call("search", arguments)

    async def resources(self) -> list[dict[str, Any]]:
        return (await self._ask("list_resources"))["resources"]

    async def templates(self) -> list[dict[str, Any]]:
        return (await self._ask("list_resource_templates"))["resourceTemplates"]

    async def read(self, uri: str) -> Any:
        """What the JSON of a resource says, whose Markdown is there too."""
        content, markdown = (await self._ask("read_resource", uri))["contents"]
        assert (content["uri"], content["mimeType"]) == (uri, "application/json")
        assert (markdown["uri"], markdown["mimeType"]) == (uri, "text/markdown")
        assert markdown["text"].startswith("- ")
        return json.loads(content["text"])

    async def prompts(self) -> list[dict[str, Any]]:
        return (await self._ask("list_prompts"))["prompts"]

    async def prompt(self, name: str, arguments: dict[str, str]) -> str:
        """The text of a prompt, which is one message of the user's."""
        (message,) = (await self._ask("get_prompt", name, arguments))["messages"]
        assert message["role"] == "user"
        return message["content"]["text"]

    async def complete(self, of: str, argument: str, value: str, **settled: str) -> list[str]:
        """The values for an argument of a prompt, by its name, or a variable of a template, by its URI."""
        if "://" in of:
            reference = mcp.types.ResourceTemplateReference(type="ref/resource", uri=of)
        else:
            reference = mcp.types.PromptReference(type="ref/prompt", name=of)
        named = {"name": argument, "value": value}
        return (await self._ask("complete", reference, named, settled or None))["completion"]["values"]

    async def _ask(self, method: str, *arguments: Any) -> dict[str, Any]:
        result = await getattr(self._client, f"{method}_mcp" if IS_FASTMCP else method)(*arguments)
        assert secrets.are_kept(repr(result))
        return _plain(result)

    async def ping(self) -> None:
        await (self._client.ping() if IS_FASTMCP else self._client.send_ping())


def _plain(result: Any) -> dict[str, Any]:
    return result.model_dump(by_alias=True, mode="json", exclude_unset=True)


def run(place: Place, mode: str, use: Callable[[Session], Awaitable[None]]) -> None:
    """Opens a session with the place in that mode, and uses it, all within the deadline."""

    async def main() -> None:
        with anyio.fail_after(DEADLINE):
            async with session(place, mode) as opened:
                await use(opened)

    anyio.run(main)


@asynccontextmanager
async def session(place: Place, mode: str) -> AsyncIterator[Session]:
    if IS_FASTMCP:
        async with _fastmcp_client(place, mode) as client:
            yield _modern_session(client)
    elif MAJOR == 2:
        async with _transport(place) as transport, mcp.Client(transport, mode=mode) as client:
            yield _modern_session(client)
    else:
        async with (
            _transport(place) as transport,
            transport as (read, write, *_),
            mcp.ClientSession(read, write) as client,
        ):
            opened = await client.initialize()
            yield Session(client, opened.protocolVersion, opened.serverInfo.name)


def _modern_session(client: Any) -> Session:
    info = client.server_info
    return Session(client, client.protocol_version, info.name if info else None)


@asynccontextmanager
async def _transport(place: Place) -> AsyncIterator[Any]:
    """What the official client takes as its transport."""
    if isinstance(place, Stdio):
        with place.log.open("w") as stderr:
            yield stdio_client(
                StdioServerParameters(command=place.command[0], args=place.command[1:], env=place.environment),
                errlog=stderr,
            )
    elif place.is_old:
        yield sse_client(place.url, headers=place.headers)
    else:
        async with create_mcp_http_client(headers=place.headers) as http:
            yield streamable_http_client(place.url, http_client=http)


def _fastmcp_client(place: Place, mode: str) -> Any:
    from fastmcp import Client
    from fastmcp.client.transports import SSETransport, StdioTransport, StreamableHttpTransport

    if isinstance(place, Stdio):
        transport = StdioTransport(
            place.command[0], place.command[1:], env=place.environment, keep_alive=False, log_file=place.log
        )
    else:
        kind = SSETransport if place.is_old else StreamableHttpTransport
        transport = kind(place.url, headers=place.headers)
    return Client(transport, mode=mode)
