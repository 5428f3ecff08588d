"""Updates that Telegram brings: each is committed to the inbox before the 200 that lets Telegram forget it."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.listening import Listener
from bot.measures import Measures
from bot.polling import KINDS, Raw, chat_of, keep
from storage.database import Database, StorageFault

log = structlog.get_logger()
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
LONGEST_BODY = 1_000_000
"""Bytes. An update is a few kilobytes; files come by id."""
WIDEST = 2**63


@dataclass(slots=True)
class Webhook:
    """Answers at the path of `url`, on `listen`; a fault of the storage is a 503, so that Telegram sends again."""

    database: Database
    arrival: asyncio.Event
    url: str
    listen: str
    secret: str
    measures: Measures = field(default_factory=Measures)
    listener: Listener = field(init=False)

    def __post_init__(self) -> None:
        self.listener = Listener(self.app(), self.listen)

    def app(self) -> Starlette:
        return Starlette(routes=[Route(urlsplit(self.url).path or "/", self.receive, methods=["POST"])])

    async def run(self) -> None:
        await self.listener.run()

    async def receive(self, request: Request) -> Response:
        """Whoever does not know the secret is sent away before a byte of the body is read."""
        if not self._knows_the_secret(request):
            log.warning("a caller without the secret was sent away")
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            log.warning("what came is no update", length=len(body))
            return Response(status_code=400)
        return await self._kept(update) if _is_wanted(update) else Response()

    def _knows_the_secret(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self.secret.encode())

    async def _kept(self, update: Raw) -> Response:
        try:
            await keep(self.database, [update])
        except StorageFault as error:
            log.warning("update not kept", update=update["update_id"], fault=str(error))
            return Response(status_code=503)
        self.measures.arrived(1)
        self.arrival.set()
        return Response()


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is known to be too long, whatever length it claims."""
    if not _length(request) <= LONGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _length(request: Request) -> int:
    claimed = request.headers.get("content-length", "0")
    return int(claimed) if claimed.isdecimal() else 0


def _update(body: bytes) -> Raw | None:
    """An update as far as the inbox must understand it: its number, and the chat in whose order it is handled."""
    try:
        update: Any = json.loads(body)
        known = isinstance(update, Mapping) and type(update["update_id"]) is int and update["update_id"] >= 0
        return update if known and max(update["update_id"], abs(chat_of(update))) < WIDEST else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _is_wanted(update: Raw) -> bool:
    """Other kinds are taken and dropped: an error would only bring them again."""
    return any(kind in update for kind in KINDS)
