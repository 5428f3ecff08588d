"""The ASGI application: Bot API, file downloads, the clock, the control API beneath /control, and the page."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from emulator.calls import Call
from emulator.control import routes as control_routes
from emulator.faults import AnswerLate, ConnectionLost
from emulator.methods import METHODS
from emulator.page import routes as page_routes
from emulator.refusals import BotApiError, Json
from emulator.requests import read_call
from emulator.world import World

LOG = logging.getLogger("emulator")
Handler = Callable[[Request], Awaitable[Response]]
DOWNLOAD = "download"  # by this name of a method a fault finds file downloads
VERBS = ["GET", "POST"]


def create_app(world: World | None = None) -> Starlette:
    """The emulator around a world (a new one if none is given), which tests reach as `app.state.world`."""
    world = world or World()

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await world.shut_down()

    app = Starlette(routes=routes(), lifespan=lifespan)
    app.state.world = world
    return app


@functools.cache
def routes() -> list[BaseRoute]:
    """The same for every application, since the world is in its state; to compile their paths takes longer than an answer."""
    return [
        Route("/bot{token}/{method}", bot_api, methods=VERBS),
        Route("/file/bot{token}/{path:path}", download),
        Route("/clock", clock),
        Mount("/control", routes=control_routes()),
        *page_routes(),
    ]


def losing(handler: Handler) -> Handler:
    """The handler, whose lost answers are really lost on the wire."""

    @functools.wraps(handler)
    async def cut(request: Request) -> Response:
        try:
            return await handler(request)
        except (ConnectionLost, AnswerLate) as lost:
            if _in_process(request.scope):
                raise
            await asyncio.sleep(lost.seconds if isinstance(lost, AnswerLate) else 0)
            return CutOff()

    return cut


@losing
async def bot_api(request: Request) -> Response:
    world: World = request.app.state.world
    if not _same(request.path_params["token"], world.token):
        return _reply(401, BotApiError(401, "Unauthorized").as_json())
    method = request.path_params["method"]
    try:
        call = await read_call(request, method)
    except BotApiError as refusal:
        return _reply(refusal.status, refusal.as_json())
    return _reply(*await _answered(world, call))


async def _answered(world: World, call: Call) -> tuple[int, Json]:
    counted = call.method != "getupdates"
    world.calls.begin(counted=counted, watched=call.integer("chat_id") not in world.crowd)
    status, answer = 0, {"ok": False, "description": "the answer was lost"}
    try:
        status, answer = await _answer(world, call)
    finally:
        world.calls.note(call, status, answer, world.clock.now.isoformat())
        world.calls.end(counted=counted)
    return status, answer


async def _answer(world: World, call: Call) -> tuple[int, Json]:
    fault = world.faults.meeting(call)
    try:
        if fault and not fault.after:
            await fault.strike()
        result = await _result(world, call)
        if fault and fault.after:
            await fault.strike()
    except BotApiError as refusal:
        return refusal.status, refusal.as_json()
    return 200, {"ok": True, "result": result}


async def _result(world: World, call: Call) -> object:
    method = METHODS.get(call.method)
    if method is None:
        LOG.error("the emulator does not know the Bot API method %s", call.method)
        raise BotApiError(404, f"Not Found: method {call.method} is not part of the emulator")
    result = method(world, call)
    return await result if inspect.isawaitable(result) else result


@losing
async def download(request: Request) -> Response:
    world: World = request.app.state.world
    if not _same(request.path_params["token"], world.token):
        return _reply(401, BotApiError(401, "Unauthorized").as_json())
    try:
        if fault := world.faults.meeting(Call(DOWNLOAD, {})):
            await fault.strike()
    except BotApiError as refusal:
        return _reply(refusal.status, refusal.as_json())
    stored = world.files.by_path(request.path_params["path"])
    if stored is None:
        return _reply(404, BotApiError(404, "Not Found").as_json())
    return Response(stored.data, media_type="application/octet-stream")


async def clock(request: Request) -> Response:
    """`now` at once; with `after` once the clock was moved since that reading, or `timeout` seconds have passed; a `follower`'s
    next such question says that it has done what the move set off.
    """
    world: World = request.app.state.world
    after = request.query_params.get("after")
    if after is None:
        return _reply(200, _reading(world.clock.now, world))
    try:
        reading = datetime.fromisoformat(after.replace(" ", "+"))  # a plus sign that was not escaped
        seconds = float(request.query_params.get("timeout", 25))
    except ValueError:
        return _reply(400, {"error": "after is an ISO time, timeout a number of seconds"})
    reading = reading if reading.tzinfo else reading.replace(tzinfo=UTC)
    follower = request.query_params.get("follower", "")
    return _reply(200, _reading(await world.clock.moved(reading, seconds, follower), world))


class CutOff(Response):
    """Begins an answer and never ends it, at which the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - every ASGI app is called with these
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


def _in_process(scope: Scope) -> bool:
    """Under httpx's ASGITransport an exception reaches the client; a server names the version it speaks."""
    return "spec_version" not in scope["asgi"]


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def _reply(status: int, body: Json) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")


def _reading(now: datetime, world: World) -> Json:
    return {"now": now.isoformat(), "running": world.clock.running}
