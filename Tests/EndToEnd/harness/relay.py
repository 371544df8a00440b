"""A relay before servers that come and go, as the proxy of a Kubernetes node is: each connection goes to the server
that is the target when it is opened, and stays there. What passes takes time, in both directions, and so does an end.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Self
from urllib.parse import urlsplit

from .listening import Listening


class Relay:
    """Listens on the loopback in a thread of its own. A context manager."""

    def __init__(self, server: Listening, delay: float) -> None:
        self.target = server
        self.delay = delay
        self.loop = asyncio.new_event_loop()
        self.ends: set[_End] = set()
        self._thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listener = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result()
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def _listen(self) -> asyncio.Server:
        return await self.loop.create_server(lambda: _Client(self), "127.0.0.1", 0)

    async def _close(self) -> None:
        self._listener.close()
        openings = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*openings, return_exceptions=True)
        while self.ends:
            for end in self.ends:
                end.transport.abort()
            await asyncio.sleep(0)


class _End(asyncio.Protocol):
    """One end of a relayed connection."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.other: _End | None = None
        self._waiting: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.relay.ends.add(self)

    def join(self, other: _End) -> None:
        """What came before there was another end goes out now."""
        self.other = other
        waiting, self._waiting = self._waiting, []
        for data in waiting:
            self.data_received(data)

    def data_received(self, data: bytes) -> None:
        if self.other:
            self.relay.loop.call_later(self.relay.delay, self.other.write, data)
        else:
            self._waiting.append(data)

    def write(self, data: bytes) -> None:
        # What comes to an end that is closed is lost, as on a wire.
        if not self.transport.is_closing():
            self.transport.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        self.relay.ends.discard(self)
        if self.other:
            self.relay.loop.call_later(self.relay.delay, self.other.transport.close)


class _Client(_End):
    """The client's end, which opens the server's."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._opening = self.relay.loop.create_task(self._open())

    async def _open(self) -> None:
        server = urlsplit(self.relay.target.url)
        try:
            _, other = await self.relay.loop.create_connection(
                lambda: _End(self.relay), server.hostname, server.port
            )
        except OSError:
            self.transport.abort()
            return
        other.join(self)
        self.join(other)
        if self.transport.is_closing():
            other.transport.close()
