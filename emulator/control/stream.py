"""News of all chats as they come, as server-sent events: for a page that shows several phones at once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from emulator.control.bodies import answering, world_of
from emulator.control.times import clock_view
from emulator.refusals import Json
from emulator.views import news_view, user_view, whole_view
from emulator.world import World

PULSE_SECONDS = 3.0
LAST_MESSAGES = 300


@answering
async def whole(request: Request) -> object:
    """Everything there is to see, and the number of the last news in it: listen on from there."""
    world = world_of(request)
    last = int(request.query_params.get("last", LAST_MESSAGES))
    return {
        "n": world.feed.last,
        "language": world.language,
        "bot": world.bot.as_json(),
        "description": world.profile.description,
        "people": [user_view(user) for user in world.people.values()],
        "chats": whole_view(world, last),
        "story": world.story.as_json(),
        **pulse(world),
    }


async def stream(request: Request) -> StreamingResponse:
    """News after `after` (or the browser's Last-Event-ID); `lost` when they are no longer kept; a pulse now and then."""
    world = world_of(request)
    after = request.headers.get("last-event-id") or request.query_params.get("after") or str(world.feed.last)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    events = told(world, int(after) if after.isascii() and after.isdigit() else -1)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def told(world: World, after: int) -> AsyncIterator[str]:
    """The events of a stream, until the world is closed."""
    while not world.updates.closed:
        yield _event("pulse", pulse(world))
        news = world.feed.since(after)
        if news is None:
            yield _event("lost", {})
        for one in news or []:
            yield _event("news", news_view(one), one.n)
        after = world.feed.last
        await world.feed.beyond(after, PULSE_SECONDS)


def pulse(world: World) -> Json:
    """What goes on without any news: the time, and whether the bot is there."""
    journey = world.traveller.journey
    return {
        "clock": clock_view(world),
        "travelling_to": journey.to.isoformat() if journey else None,
        "bot_is_there": world.bot_is_there,
        "bot_runs": world.backstage.runs,
        "faults": [{"id": fault.id, "kind": str(fault.kind)} for fault in world.faults_at_sight],
        "epoch": world.epoch,
    }


def _event(kind: str, body: Json, number: int | None = None) -> str:
    numbered = "" if number is None else f"id: {number}\n"
    return f"{numbered}event: {kind}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
