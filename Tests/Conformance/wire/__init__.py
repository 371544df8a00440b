"""A client of Streamable HTTP that shows the wire: raw requests, its own reader of SSE, every message validated."""
