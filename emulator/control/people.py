"""People, and what they do on their phones."""

from __future__ import annotations

from starlette.requests import Request

from emulator import people
from emulator.chats import User
from emulator.control.bodies import answering, body_of, chat_of, user_of, world_of
from emulator.files import FileKind
from emulator.refusals import Json
from emulator.requests import read_call
from emulator.views import message_view, user_view

OPTIONAL_FIELDS = ("last_name", "username", "language_code", "about")
PLAIN_CONTENT = ("location", "contact")


@answering
async def list_users(request: Request) -> object:
    return [user_view(user) for user in world_of(request).people.values()]


@answering
async def add_user(request: Request) -> object:
    world, body = world_of(request), await body_of(request)
    user_id = int(body.get("id") or world.next_user_id())
    last_name, username, language_code, about = (str(body.get(name) or "") for name in OPTIONAL_FIELDS)
    user = User(user_id, str(body["first_name"]), last_name, username, language_code, about=about)
    world.add_user(user)
    return user_view(user)


@answering
async def add_crowd(request: Request) -> object:
    world_of(request).add_crowd([int(one) for one in (await body_of(request))["ids"]])
    return {}


@answering
async def start(request: Request) -> object:
    body = await body_of(request)
    return message_view(people.start(world_of(request), user_of(request), str(body.get("payload") or "")))


@answering
async def say(request: Request) -> object:
    user, body = user_of(request), await body_of(request)
    chat = chat_of(request, user, body.get("chat"))
    return message_view(people.say(world_of(request), user, chat, str(body["text"]), int(body.get("reply_to") or 0)))


@answering
async def tap(request: Request) -> object:
    """`query_id` of the callback query, or `url` of a link button (nothing reaches the bot then)."""
    user, body = user_of(request), await body_of(request)
    tapped = people.tap(
        world_of(request),
        user,
        chat_of(request, user, body.get("chat")),
        message_id=int(body.get("message_id") or 0),
        text=str(body.get("text") or ""),
        data=str(body.get("data") or ""),
        forge=bool(body.get("forge")),
    )
    return {"url": tapped} if isinstance(tapped, str) else {"query_id": tapped.id, "message_id": tapped.message.id}


@answering
async def press(request: Request) -> object:
    user, body = user_of(request), await body_of(request)
    chat = chat_of(request, user, body.get("chat"))
    return message_view(people.press(world_of(request), user, chat, str(body["text"])))


@answering
async def send(request: Request) -> object:
    """A file as multipart (`kind`, `file`, `caption`), or JSON with a `location` or `contact` of the Bot API."""
    user, call = user_of(request), await read_call(request, "send")
    chat, caption = chat_of(request, user, call.text("chat")), call.text("caption")
    reply_to = call.integer("reply_to")
    if upload := call.uploads.get("file"):
        kind, seconds = FileKind(call.text("kind")), call.integer("duration", 1)
        sent = people.send_file(world_of(request), user, chat, kind, upload, caption, reply_to, seconds)
    else:
        sent = people.send(world_of(request), user, chat, _plain_content(call.values), caption, reply_to)
    return message_view(sent)


@answering
async def edit(request: Request) -> object:
    user, body = user_of(request), await body_of(request)
    chat = chat_of(request, user, body.get("chat"))
    return message_view(people.edit(world_of(request), user, chat, int(body["message_id"]), str(body["text"])))


@answering
async def block(request: Request) -> object:
    people.block(world_of(request), user_of(request))
    return {}


@answering
async def unblock(request: Request) -> object:
    people.unblock(world_of(request), user_of(request))
    return {}


def _plain_content(values: Json) -> Json:
    content = {name: values[name] for name in PLAIN_CONTENT if isinstance(values.get(name), dict)}
    if not content:
        raise ValueError("send a file, a location or a contact")
    return content
