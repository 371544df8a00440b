"""FastMCP with one tool, as its documentation begins: a peer for the benchmark."""

import sys

from fastmcp import FastMCP

server = FastMCP("bench")


@server.tool
def search(query: str) -> dict[str, object]:
    """Search for movies, TV series and people by name."""
    return {"page": 1, "results": [{"id": 603, "title": query}], "total_pages": 1, "total_results": 1}


if __name__ == "__main__":
    if sys.argv[1] == "stdio":
        server.run(show_banner=False)
    else:
        server.run(transport="http", host="127.0.0.1", port=int(sys.argv[1]), show_banner=False, log_level="error")
