"""A program of its own, for a Python with Semantic Kernel: loads all tools of the server that it starts, calls one, and
prints what it saw. Arguments: the server's command, then the tool and its arguments as JSON."""

import asyncio
import json
import os
import sys
import types

# Semantic Kernel imports its templates' engine at once, which is to be had as source alone; nothing here has templates.
pybars = types.ModuleType("pybars")
pybars.Compiler = pybars.PybarsError = Exception  # type: ignore[attr-defined]
sys.modules["pybars"] = pybars

from semantic_kernel import Kernel  # noqa: E402
from semantic_kernel.connectors.mcp import MCPStdioPlugin  # noqa: E402


async def main(command: list[str], tool: str, arguments: dict[str, object]) -> None:
    async with MCPStdioPlugin(
        name="tmdb", command=command[0], args=command[1:], env=dict(os.environ), load_prompts=False
    ) as plugin:
        kernel = Kernel()
        functions = kernel.add_plugin(plugin).functions
        result = await kernel.invoke(functions[tool], **arguments)
        parameters = {
            name: [parameter.name for parameter in function.metadata.parameters] for name, function in functions.items()
        }
        print(json.dumps({"tools": parameters, "result": [str(content) for content in result.value]}))


if __name__ == "__main__":
    *server, called, given = sys.argv[1:]
    asyncio.run(main(server, called, json.loads(given)))
