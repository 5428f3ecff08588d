"""The emulator called within its own process: a request as the server would hand it on, and the whole answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Scope

HOST = "telegram.test"


async def call(
    app: ASGIApp, verb: str, path: str, *, query: str = "", body: bytes = b"", kind: str = ""
) -> tuple[int, bytes]:
    """Status and body. What the app raises reaches the caller, such as a connection that was lost on purpose.

    A client that builds its requests for a wire takes longer than the emulator needs to answer them.
    """
    exchange = _Exchange(body)
    await app(_scope(verb, path, query, kind, len(body)), exchange.receive, exchange.send)
    return exchange.status, b"".join(exchange.parts)


def _scope(verb: str, path: str, query: str, kind: str, length: int) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": verb,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (b"host", HOST.encode()),
            (b"content-type", kind.encode()),
            (b"content-length", str(length).encode()),
        ],
        "server": (HOST, 80),
        "client": ("127.0.0.1", 1),
    }


class _Exchange:
    def __init__(self, body: bytes) -> None:
        self.status = 0
        self.parts: list[bytes] = []
        self._asked: list[bytes] = [body]

    async def receive(self) -> Message:
        if not self._asked:
            await asyncio.get_running_loop().create_future()  # this client never hangs up
        return {"type": "http.request", "body": self._asked.pop(), "more_body": False}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.parts.append(message.get("body", b""))
