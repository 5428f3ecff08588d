"""A look behind the scenes of a demonstration. It names people, so it is there only where the clock can be moved:
on loopback, among people who are fictional.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.settings import LOOPBACK, Settings, host_and_port
from services import backstage
from storage.database import Database, Reader


@dataclass(frozen=True, slots=True)
class Backstage:
    database: Database
    clock: Clock

    def route(self) -> Route:
        return Route("/backstage", self.look)

    async def look(self, _: Request) -> Response:
        now = self.clock.now()

        def query(tx: Reader) -> backstage.Backstage:
            return backstage.look(tx, now)

        seen = asdict(await self.database.read(query))
        return JSONResponse({name: [_written(row) for row in rows] for name, rows in seen.items()})


def may_be_seen(settings: Settings) -> bool:
    host, _ = host_and_port(settings.metrics_listen)
    return bool(settings.clock_url) and host in LOOPBACK


def _written(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
