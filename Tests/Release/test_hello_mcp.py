"""A server on the libraries, as docs/your-own-server.md makes it: built with the SDK, called by the official client."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import mcp
import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client
from places import PLATFORM, ROOT
from support.platforms import output_of

EXAMPLE = ROOT / "docs" / "examples" / "hello-mcp"
PAGE = (ROOT / "docs" / "your-own-server.md").read_text()


@pytest.mark.parametrize("name", ["Package.swift", "Sources/hello-mcp/Main.swift"])
def test_the_page_shows_the_files_of_the_example(name: str) -> None:
    blocks = re.findall(r"^```swift\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert (EXAMPLE / name).read_text() in blocks


@pytest.fixture(scope="module")
def program() -> Path:
    """For this machine. `make verify` builds it for every platform."""
    output_of("make", "--directory", EXAMPLE, PLATFORM)
    return EXAMPLE / "build" / f"hello-mcp-{PLATFORM}"


def test_it_is_a_static_program_of_less_than_1_mb(program: Path) -> None:
    assert program.stat().st_size < 1_000_000
    assert "statically linked" in output_of("file", program) or "static-pie linked" in output_of("file", program)


@pytest.mark.parametrize("mode", ["2026-07-28", "legacy"])
def test_the_official_client_uses_its_tool_resource_and_prompt(program: Path, mode: str) -> None:
    async def use() -> None:
        async with mcp.Client(stdio_client(StdioServerParameters(command=str(program))), mode=mode) as client:
            result = await client.call_tool("greet", {"name": "Ada"})
            assert [content.text for content in result.content] == ["Hello, Ada!"]
            refused = await client.call_tool("greet", {"name": ""})
            assert refused.is_error
            (contents,) = (await client.read_resource("hello://manners")).contents
            assert contents.text == "Say hello, and then the name."
            (message,) = (await client.get_prompt("welcome", {"guest": "Bo"})).messages
            assert message.content.text == "Welcome Bo with greet."

    asyncio.run(use())
