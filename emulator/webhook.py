"""Delivery of updates to the bot's own address, one after the other, again until it answers 2xx."""

from __future__ import annotations

import asyncio
import contextlib
import re
from urllib.parse import urlsplit

import httpx

from emulator.clock import Clock
from emulator.refusals import Json, bad_request, conflict
from emulator.updates import WEBHOOK_SET, UpdateQueue

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0  # seconds between two tries


class Webhook:
    """An address given a transport may be any (it stays in the process); else only loopback is called."""

    def __init__(self, updates: UpdateQueue, clock: Clock, transport: httpx.AsyncBaseTransport | None) -> None:
        self.url = ""
        self._updates = updates
        self._clock = clock
        self._transport = transport
        self._secret = ""
        self._max_connections = 40
        self._last_error: Json = {}
        self._task: asyncio.Task[None] | None = None

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        self._check(url, secret)
        await self.stop()
        self._updates.dismiss_poller(conflict(WEBHOOK_SET))
        self.url, self._secret, self._max_connections, self._last_error = url, secret, max_connections, {}
        self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        self.url = ""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> Json:
        info: Json = {"url": self.url, "has_custom_certificate": False}
        info["pending_update_count"] = len(self._updates.pending)
        if self.url:
            info.update({"max_connections": self._max_connections, "ip_address": "127.0.0.1"}, **self._last_error)
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return info

    def _check(self, url: str, secret: str) -> None:
        try:
            parts = urlsplit(url)
        except ValueError as broken:
            raise bad_request("bad webhook: URL is invalid") from broken
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if self._transport is None and parts.hostname not in LOOPBACK:
            raise bad_request("bad webhook: the emulator calls loopback addresses only")
        if secret and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")

    async def _deliver(self) -> None:
        pause = FIRST_PAUSE
        async with httpx.AsyncClient(transport=self._transport, timeout=10, trust_env=False) as client:
            while True:
                await self._updates.bell.wait_for(lambda: self._updates.pending)
                update = self._updates.pending[0]
                if await self._accepted(client, update.body):
                    self._updates.acknowledge(update.id + 1)
                    pause = FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)

    async def _accepted(self, client: httpx.AsyncClient, body: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            answer = await client.post(self.url, json=body, headers=headers)
        except httpx.HTTPError as failure:
            return self._failed(f"Connection failed: {failure}")
        if answer.is_success:
            return True
        return self._failed(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")

    def _failed(self, message: str) -> bool:
        self._last_error = {"last_error_date": self._clock.stamp, "last_error_message": message}
        return False
