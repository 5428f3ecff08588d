"""A look behind the scenes of a demonstration. It names people, so it is there only where the clock can be moved:
on loopback, among people who are fictional.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.settings import LOOPBACK, Settings, host_and_port
from handlers.views import backstage as views
from handlers.views.page import Say
from locales import available, language
from services import backstage
from storage.database import Database, Reader

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Backstage:
    """Every line bears its data, and what they say in each language."""

    database: Database
    clock: Clock
    zone: str

    def route(self) -> Route:
        return Route("/backstage", self.look)

    async def look(self, _: Request) -> Response:
        now = self.clock.now()

        def query(tx: Reader) -> backstage.Backstage:
            return backstage.look(tx, now)

        seen = await self.database.read(query)
        duties = [self._line(one, partial(views.duty, one)) for one in seen.duties]
        outbox = [self._line(one, partial(views.notice, one)) for one in seen.outbox]
        return JSONResponse({"duties": duties, "outbox": outbox})

    def _line(self, row: Any, told: Callable[[Say], Words]) -> dict[str, Any]:
        now = self.clock.now()
        words = {name.replace("_", "-"): told(Say(language(name), self.zone, now)) for name in available()}
        return {name: _written(value) for name, value in asdict(row).items()} | {"words": words}


def may_be_seen(settings: Settings) -> bool:
    host, _ = host_and_port(settings.metrics_listen)
    return bool(settings.clock_url) and host in LOOPBACK


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
