"""Behind the scenes: what the bot has in store, and the switch that stops and starts it."""

from __future__ import annotations

from starlette.requests import Request

from emulator.control.bodies import answering, body_of, seconds_of, world_of
from emulator.people import CannotDoError


@answering
async def open_at(request: Request) -> object:
    """`url`, where the bot shows what it has in store; `runs`, when somebody starts and stops it as we say."""
    world, body = world_of(request), await body_of(request)
    world.backstage.open_at(str(body.get("url") or ""))
    if body.get("runs") is not None:
        world.backstage.let_run(runs=bool(body["runs"]))
    return {}


@answering
async def look(request: Request) -> object:
    """`shown` as the bot shows it, or nothing."""
    return {"shown": await world_of(request).backstage.look()}


@answering
async def switch(request: Request) -> object:
    """`runs`: whether the bot is to run from now on; who stops it does so without a warning."""
    world, body = world_of(request), await body_of(request)
    if world.backstage.runs is None:
        raise CannotDoError("nobody here starts and stops the bot")
    world.backstage.let_run(runs=bool(body["runs"]))
    world.feed.put("bot")
    return {}


@answering
async def switched(request: Request) -> object:
    """Whether the bot is to run; waits up to `timeout` seconds until that is as `until` says (`yes` or `no`)."""
    wanted = request.query_params.get("until", "yes") == "yes"
    return {"runs": await world_of(request).backstage.until(runs=wanted, seconds=seconds_of(request))}
