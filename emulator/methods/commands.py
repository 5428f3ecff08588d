"""The command menu, by scope and language, and what the bot says of itself."""

from __future__ import annotations

import re

from emulator.calls import Call
from emulator.chats import Chat, ChatKind
from emulator.entities import utf16_length
from emulator.refusals import Json, bad_request
from emulator.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
GENERAL = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
PARTICULAR = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, call: Call) -> bool:
    commands = call.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(world, call)] = [_checked(command) for command in commands]
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    return world.profile.commands.get(_place(world, call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    world.profile.commands.pop(_place(world, call), None)
    return True


def get_my_description(world: World, call: Call) -> Json:
    """What was set for the language, else for all."""
    told = world.profile.description
    return {"description": told.get(_language(call)) or told.get("", "")}


def set_my_description(world: World, call: Call) -> bool:
    world.profile.description[_language(call)] = _short(call, "description", 512)
    return True


def set_my_short_description(world: World, call: Call) -> bool:
    world.profile.short_description[_language(call)] = _short(call, "short_description", 120)
    return True


def menu(world: World, chat: Chat, language: str) -> list[Json]:
    """The commands a person who uses this language sees in this chat: the narrowest list that was set."""
    every = "all_private_chats" if chat.kind is ChatKind.PRIVATE else "all_group_chats"
    for scope in (f"chat:{chat.id}", every, "default"):
        for code in (language[:2], ""):
            if commands := world.profile.commands.get((scope, code)):
                return commands
    return []


def _checked(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _place(world: World, call: Call) -> tuple[str, str]:
    scope = call.structure("scope", "BotCommandScope") or {"type": "default"}
    kind = str(scope.get("type")) if isinstance(scope, dict) else ""
    if kind in GENERAL:
        return kind, _language(call)
    if kind not in PARTICULAR:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = world.chat_for_reading(str(scope.get("chat_id", "")))
    member = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{member}", _language(call)


def _language(call: Call) -> str:
    code = call.text("language_code").strip()
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _short(call: Call, name: str, longest: int) -> str:
    text = call.text(name).strip()
    if utf16_length(text) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    return text
