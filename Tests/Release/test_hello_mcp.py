"""A server on the libraries, as docs/your-own-server.md makes it: built with the SDK, called by the official client."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import mcp
import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client
from places import PLATFORM, ROOT
from support.platforms import PLATFORMS, Platform, output_of

EXAMPLE = ROOT / "docs" / "examples" / "hello-mcp"
PAGE = (ROOT / "docs" / "your-own-server.md").read_text()


@pytest.mark.parametrize("name", ["Package.swift", "Sources/hello-mcp/Main.swift"])
def test_the_page_shows_the_files_of_the_example(name: str) -> None:
    blocks = re.findall(r"^```swift\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert (EXAMPLE / name).read_text() in blocks


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """For this machine; with --every-platform, as after `make verify`, for all."""
    if "hello" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-platform")
        platforms = [platform for platform in PLATFORMS if every or platform.name == PLATFORM]
        metafunc.parametrize("hello", platforms, ids=lambda platform: platform.name, scope="module", indirect=True)


@pytest.fixture(scope="module")
def hello(request: pytest.FixtureRequest) -> list[str]:
    """The command that runs it."""
    platform: Platform = request.param
    output_of("make", "--directory", EXAMPLE, platform.name)
    return platform.command(EXAMPLE / "build" / f"hello-mcp-{platform.name}")


def test_it_is_a_static_program_of_less_than_1_mb(hello: list[str]) -> None:
    assert Path(hello[-1]).stat().st_size < 1_000_000
    described = output_of("file", hello[-1])
    assert "statically linked" in described or "static-pie linked" in described


@pytest.mark.parametrize("mode", ["2026-07-28", "legacy"])
def test_the_official_client_uses_its_tool_resource_and_prompt(hello: list[str], mode: str) -> None:
    async def use() -> None:
        server = StdioServerParameters(command=hello[0], args=hello[1:])
        async with mcp.Client(stdio_client(server), mode=mode) as client:
            result = await client.call_tool("greet", {"name": "Ada"})
            assert [content.text for content in result.content] == ["Hello, Ada!"]
            refused = await client.call_tool("greet", {"name": ""})
            assert refused.is_error
            (contents,) = (await client.read_resource("hello://manners")).contents
            assert contents.text == "Say hello, and then the name."
            (message,) = (await client.get_prompt("welcome", {"guest": "Bo"})).messages
            assert message.content.text == "Welcome Bo with greet."

    asyncio.run(use())
