"""Reading requests of the control API, and refusing them in a sentence."""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from emulator.chats import Chat, User
from emulator.people import CannotDoError
from emulator.refusals import BotApiError, Json
from emulator.requests import read_call
from emulator.world import World

Handler = Callable[[Request], Awaitable[object]]


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The handler's data as JSON; what it refuses as `{"error": sentence}`."""

    @functools.wraps(handler)
    async def answered(request: Request) -> Response:
        try:
            return as_json(200, await handler(request))
        except (CannotDoError, BotApiError) as refusal:
            return as_json(409, {"error": str(refusal)})
        except (KeyError, TypeError, ValueError) as wrong:
            return as_json(400, {"error": f"cannot read the request: {wrong!r}"})

    return answered


def as_json(status: int, body: object) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")


async def body_of(request: Request) -> Json:
    """The fields of a JSON (or form) body."""
    return (await read_call(request, "control")).values


def world_of(request: Request) -> World:
    world: World = request.app.state.world
    return world


def user_of(request: Request) -> User:
    return user_by_id(request, request.path_params["user_id"])


def user_by_id(request: Request, user_id: object) -> User:
    user = world_of(request).someone(int(str(user_id)))
    if user is None:
        raise CannotDoError(f"there is no user {user_id}")
    return user


def chat_of(request: Request, user: User, chat_id: object) -> Chat:
    """The chat a body or query names, else the person's private chat with the bot."""
    chat = world_of(request).chats.get(int(str(chat_id or user.id)))
    if chat is None:
        raise CannotDoError(f"there is no chat {chat_id}")
    return chat


def seconds_of(request: Request, name: str = "timeout", default: float = 5.0) -> float:
    return min(60.0, max(0.0, float(request.query_params.get(name, default))))
