"""What came back for a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.messages import Message


class ProtocolError(AssertionError):
    """The server answered a request with a JSON-RPC error where a test wants a result."""

    def __init__(self, status: int, error: Any) -> None:
        super().__init__(f"HTTP {status}, JSON-RPC error {error}")
        self.error = error


@dataclass
class Answer:
    """All messages of one HTTP answer, the response to the request last."""

    identifier: Any
    status: int
    messages: list[Message]

    @property
    def notifications(self) -> list[Message]:
        return [message for message in self.messages if "method" in message]

    @property
    def response(self) -> Message:
        responses = [message for message in self.messages if "method" not in message]
        assert responses, f"HTTP {self.status} without a response in {self.messages}"
        return responses[-1]

    @property
    def result(self) -> Message:
        if "error" in self.response:
            raise ProtocolError(self.status, self.response["error"])
        assert self.status == 200, f"a result with HTTP {self.status}"
        assert self.response["id"] == self.identifier, self.response
        return self.response["result"]

    @property
    def error(self) -> Message:
        assert "error" in self.response, f"HTTP {self.status}, no error but {self.response}"
        return self.response["error"]

    @property
    def status_and_code(self) -> tuple[int, int]:
        return self.status, self.error["code"]
