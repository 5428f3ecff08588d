"""Whatever a bot sends, it gets an answer: a result or a refusal, never a crash of the emulator."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st

from emulator import people
from emulator.calls import Call
from emulator.chats import User
from emulator.clock import Clock
from emulator.methods import METHODS
from emulator.refusals import BotApiError
from emulator.world import World
from tests.emulator.conftest import MORNING

LI_MING = User(7, "李明")
SYNCHRONOUS = sorted(name for name, method in METHODS.items() if not inspect.iscoroutinefunction(method))
FIELDS = (
    "chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id", "caption", "photo",
    "document", "callback_query_id", "action", "file_id", "commands", "scope", "language_code", "user_id", "description",
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([7, 1, "HTML", "<b>a</b>"])
KEYS = st.sampled_from(
    ["inline_keyboard", "keyboard", "text", "callback_data", "url", "web_app", "type", "offset", "length", "chat_id",
     "message_id", "command", "description", "remove_keyboard"]
)  # fmt: skip
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))


@given(st.sampled_from(SYNCHRONOUS), st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6))
def test_nonsense_is_answered(method: str, values: dict[str, object]) -> None:
    world = World(clock=Clock(MORNING))
    world.add_user(LI_MING)
    people.start(world, LI_MING)
    values = {name: value for name, value in values.items() if value is not None}
    status = 200
    try:
        METHODS[method](world, Call(method, {"chat_id": 7, "text": "您好", "message_id": 1, **values}))
    except BotApiError as refusal:
        status = refusal.status
    assert status in {200, 400, 403}
