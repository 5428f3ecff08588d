"""What an administrator's machines may ask: alive, ready, and in figures. It listens apart, and tells no one's data."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.assembly import Program
from bot.backstage import Backstage, may_be_seen
from bot.clock import Clock, RealClock
from bot.health import Health
from bot.listening import Listener
from bot.metrics import Metrics, backlog
from bot.settings import Settings
from storage.database import Database

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Observing:
    database: Database
    health: Health
    metrics: Metrics
    clock: Clock
    wall: Clock = field(default_factory=RealClock)

    def app(self, *more: Route) -> Starlette:
        paths = {"/healthz": self.alive, "/readyz": self.ready, "/metrics": self.figures}
        return Starlette(routes=[*(Route(path, answers) for path, answers in paths.items()), *more])

    async def alive(self, _: Request) -> Response:
        """The loop turns; whoever gets no answer starts the program again."""
        return PlainTextResponse("ok\n")

    async def ready(self, _: Request) -> Response:
        report = await self.health.look()
        return JSONResponse(report, 200 if report["ready"] else 503)

    async def figures(self, _: Request) -> Response:
        waiting = await backlog(self.database, self.clock.now(), self.wall.now())
        return Response(self.metrics.shows(waiting, self.health.tick_age()), media_type=PROMETHEUS)


def observer(program: Program, settings: Settings) -> Listener:
    assert isinstance(program.measures, Metrics)
    observing = Observing(program.database, program.health, program.measures, program.clock)
    more = [Backstage(program.database, program.clock, settings.timezone).route()] if may_be_seen(settings) else []
    return Listener(observing.app(*more), settings.metrics_listen)
