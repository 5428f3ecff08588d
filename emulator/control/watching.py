"""What people see, what happens next, and what the bot asked for."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from emulator.control.bodies import answering, as_json, chat_of, seconds_of, user_of, world_of
from emulator.files import FileKind
from emulator.views import chat_view, events_view
from emulator.world import World

SHOWN = {FileKind.PHOTO, FileKind.VOICE, FileKind.STICKER}


@answering
async def view(request: Request) -> object:
    user = user_of(request)
    chat = chat_of(request, user, request.query_params.get("chat"))
    return chat_view(world_of(request), user, chat, int(request.query_params.get("after", 0)))


@answering
async def events(request: Request) -> object:
    """What happened after `after` (a `seq`); waits up to `timeout` seconds until there is something.

    With `until` (kinds, separated by commas) it waits until the bot did something of such a kind; with `only` it
    leaves all other kinds out.
    """
    user = user_of(request)
    chat = chat_of(request, user, request.query_params.get("chat"))
    after, until, only = int(request.query_params.get("after", 0)), _kinds(request, "until"), _kinds(request, "only")
    looked = after

    def come() -> bool:
        nonlocal looked
        fresh, looked = chat.events[looked:], len(chat.events)
        return any(not until or (event["by_bot"] and event["kind"] in until) for event in fresh)

    await chat.bell.wait_for(lambda: come() or world_of(request).updates.closed, seconds_of(request))
    return {"seq": len(chat.events), "events": events_view(chat, user, after, only)}


@answering
async def quiet(request: Request) -> object:
    """Whether the bot has done what the last turn of the clock set off, if it follows the clock, has fetched everything,
    answered every call, and asked nothing for `settle` seconds.
    """
    world = world_of(request)
    settle, seconds = seconds_of(request, "settle", 0.05), seconds_of(request, default=10)
    try:
        async with asyncio.timeout(seconds):
            await world.clock.caught_up(seconds / 2)
            while not await _settled(world, settle):
                pass
    except TimeoutError:
        return {"quiet": False, "pending": len(world.updates.pending), "open": world.calls.open}
    return {"quiet": True}


@answering
async def calls(request: Request) -> object:
    """The log of Bot API calls after number `after`, of one `method` or all."""
    wanted = request.query_params.get("method", "").lower()
    found = world_of(request).calls.since(int(request.query_params.get("after", 0)))
    return [call for call in found if not wanted or call["method"] == wanted]


async def download(request: Request) -> Response:
    stored = world_of(request).files.by_id(request.path_params["file_id"])
    if stored is None:
        return as_json(404, {"error": "there is no such file"})
    # Nothing anybody sent may run as a page of ours: documents are saved, and what is shown is not guessed at.
    shown = "inline" if stored.kind in SHOWN else "attachment"
    headers = {"x-content-type-options": "nosniff", "content-disposition": shown, "content-security-policy": "sandbox"}
    return Response(stored.data, media_type=stored.mime_type, headers=headers)


def _kinds(request: Request, name: str) -> frozenset[str]:
    return frozenset(filter(None, request.query_params.get(name, "").split(",")))


async def _settled(world: World, settle: float) -> bool:
    await world.updates.bell.wait_for(lambda: not world.updates.pending)
    await world.calls.bell.wait_for(lambda: not world.calls.open)
    begun = world.calls.begun
    stirred = await world.calls.bell.wait_for(lambda: world.calls.begun != begun, settle)
    return not (stirred or world.updates.pending or world.calls.open)
