"""The clock, and travelling with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from starlette.requests import Request

from emulator.control.bodies import answering, body_of, world_of
from emulator.days import Days
from emulator.people import CannotDoError
from emulator.refusals import Json
from emulator.travel import LONGEST_LOOK, Journey
from emulator.world import World

LONGEST = timedelta(days=400)


@answering
async def read_clock(request: Request) -> object:
    return clock_view(world_of(request))


@answering
async def move_clock(request: Request) -> object:
    """Any of `now` (ISO), `advance` (seconds) and `running` (whether it ticks by itself)."""
    world, body = world_of(request), await body_of(request)
    if body.get("now"):
        world.clock.set(_instant(str(body["now"])))
    if body.get("advance"):
        world.clock.advance(timedelta(seconds=float(body["advance"])))
    if body.get("running") is not None:
        world.clock.run(running=bool(body["running"]))
    return clock_view(world)


@answering
async def travel(request: Request) -> object:
    """Forward through every hour: `to` an ISO time, `working_day`, `month_over` or `ring` (until the bot says something),
    or `seconds` from now. Answers at once; with `wait` on arrival.
    """
    world, body = world_of(request), await body_of(request)
    journey = _journey(world, str(body.get("to") or ""), float(body.get("seconds") or 0))
    if not timedelta(0) < journey.to - world.clock.now < LONGEST:
        raise CannotDoError("time goes forward only, and by no more than a year at once")
    await world.traveller.set_out(journey)
    if body.get("wait"):
        await world.traveller.arrived()
    return clock_view(world)


@answering
async def stay(request: Request) -> object:
    """End the journey here."""
    world = world_of(request)
    await world.traveller.stop()
    return clock_view(world)


@answering
async def set_days(request: Request) -> object:
    """`zone`, and the days `off` and `working` besides Monday to Friday, as ISO dates."""
    world, body = world_of(request), await body_of(request)
    off, working = (frozenset(map(date.fromisoformat, body.get(name) or ())) for name in ("off", "working"))
    world.days = Days(ZoneInfo(str(body.get("zone") or world.days.zone.key)), off, working)
    return {}


def clock_view(world: World) -> Json:
    return {"now": world.clock.now.isoformat(), "running": world.clock.running, "zone": world.days.zone.key}


def _journey(world: World, to: str, seconds: float) -> Journey:
    now = world.clock.now.astimezone(world.days.zone)
    match to:
        case "":
            return Journey(now + timedelta(seconds=seconds))
        case "ring":
            return Journey(now + LONGEST_LOOK, until_rung=True)
        case "working_day":
            return Journey(world.days.working_morning(now))
        case "month_over":
            return Journey(world.days.month_over(now))
    return Journey(_instant(to, world.days.zone).astimezone(world.days.zone))


def _instant(text: str, zone: tzinfo = UTC) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
