"""A client of the stateless era: each request stands alone, with its metadata in headers and `_meta`."""

from __future__ import annotations

import base64
import itertools
from typing import Any

from harness.messages import META, MODERN, Message, request

from . import schemas
from .answers import Answer
from .http import Endpoint, Headers, Response

CLIENT = {"name": "conformance", "version": "1.0"}
CAPABILITIES: Message = {"sampling": {}, "elicitation": {}, "roots": {"listChanged": True}}

_NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"} | dict.fromkeys(
    ("tasks/get", "tasks/update", "tasks/cancel"), "taskId")


def meta(capabilities: Message = CAPABILITIES, **more: Any) -> Message:
    """The metadata of a request; `logLevel="debug"` adds a field, None takes one away."""
    fields = {"protocolVersion": MODERN, "clientInfo": CLIENT, "clientCapabilities": capabilities} | more
    return {META + name: value for name, value in fields.items() if value is not None}


def standard_headers(method: str, params: Message | None = None) -> Headers:
    headers = {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
    name = (params or {}).get(_NAMED.get(method, ""))
    return headers if name is None else headers | {"Mcp-Name": name if _is_plain(name) else encoded(name)}


def encoded(value: str) -> str:
    return f"=?base64?{base64.b64encode(value.encode()).decode()}?="


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()


class Modern:
    """Sends single requests; `notifications` holds what came with the answers to `request`."""

    revision = MODERN
    _identifiers = itertools.count(1)

    def __init__(self, endpoint: Endpoint, capabilities: Message = CAPABILITIES) -> None:
        self.endpoint = endpoint
        self.capabilities = capabilities
        self.notifications: list[Message] = []

    def post(
        self,
        method: str,
        params: Message | None = None,
        *,
        headers: Headers | None = None,
        identifier: Any = None,
        fits: bool = True,
    ) -> tuple[Any, Response]:
        """Sends a request and returns its id and the answer as it begins. A `_meta` is added to `params`;
        None keeps it out. `headers` take the place of the standard ones; `fits` says whether it fits the schema."""
        identifier = next(self._identifiers) if identifier is None else identifier
        params = {"_meta": meta(self.capabilities)} | (params or {})
        if params["_meta"] is None:
            del params["_meta"]
        message = request(identifier, method, params)
        if fits:
            schemas.check(message, MODERN)
        used = standard_headers(method, params) if headers is None else headers
        return identifier, self.endpoint.post(used, message)

    def send(self, method: str, params: Message | None = None, *, fits: bool = True, **more: Any) -> Answer:
        """Sends a request and returns the whole answer, whatever it is."""
        identifier, response = self.post(method, params, fits=fits, **more)
        messages = []
        for message in response.messages():
            messages.append(message)
            # A request that could not be understood may have lost its id on the way.
            nameless = not fits and "error" in message and message.get("id") is None
            schemas.check(message | {"id": 0} if nameless else message, MODERN, method)
            assert not ("method" in message and "id" in message), f"a request of the server in this era: {message}"
            if "method" not in message:
                break
        response.close()
        return Answer(identifier, response.status, messages)

    def request(self, method: str, params: Message | None = None) -> Message:
        """The result of a request; an error of the protocol is raised."""
        answer = self.send(method, params)
        self.notifications += answer.notifications
        return answer.result

    def close(self) -> None:
        pass
