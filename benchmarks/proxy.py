"""What stands between the local Telegram and several replicas: each update to the next of them, many at a time."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

import aiohttp
import httpx


class Proxy(httpx.AsyncBaseTransport):
    """Takes an update at once and hands it on by itself, for the local Telegram brings one after the other, Telegram many at a time."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = itertools.cycle(ports)
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        address = f"http://127.0.0.1:{next(self._ports)}{request.url.path}"
        task = asyncio.create_task(self._hand_on(address, await request.aread(), dict(request.headers)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return httpx.Response(200)

    async def _hand_on(self, address: str, body: bytes, headers: dict[str, str]) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        kept = {name: value for name, value in headers.items() if name.startswith("x-") or name == "content-type"}
        async with self._session.post(address, data=body, headers=kept) as answer:
            if not answer.ok:
                raise RuntimeError(f"a replica did not take an update: {answer.status}")

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
