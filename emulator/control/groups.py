"""Groups and the bot's place in them."""

from __future__ import annotations

from starlette.requests import Request

from emulator import groups
from emulator.chats import Chat, ChatKind, Standing
from emulator.control.bodies import answering, body_of, user_by_id, world_of
from emulator.people import CannotDoError


@answering
async def create(request: Request) -> object:
    body = await body_of(request)
    creator = user_by_id(request, body["creator"])
    members = [user_by_id(request, user_id) for user_id in body.get("members", [])]
    return groups.create(world_of(request), str(body["title"]), creator, members, body.get("id")).as_json()


@answering
async def join(request: Request) -> object:
    body = await body_of(request)
    groups.join(world_of(request), _group(request), user_by_id(request, body["user"]))
    return {}


@answering
async def add_bot(request: Request) -> object:
    body = await body_of(request)
    standing = Standing(body.get("as") or Standing.MEMBER)
    groups.add_bot(world_of(request), _group(request), user_by_id(request, body["by"]), standing)
    return {}


@answering
async def remove_bot(request: Request) -> object:
    by = user_by_id(request, request.query_params["by"])
    groups.remove_bot(world_of(request), _group(request), by)
    return {}


@answering
async def migrate(request: Request) -> object:
    body = await body_of(request)
    return groups.migrate(world_of(request), _group(request), user_by_id(request, body["by"])).as_json()


def _group(request: Request) -> Chat:
    chat = world_of(request).chats.get(int(request.path_params["chat_id"]))
    if chat is None or chat.kind is ChatKind.PRIVATE:
        raise CannotDoError(f"there is no group {request.path_params['chat_id']}")
    return chat
