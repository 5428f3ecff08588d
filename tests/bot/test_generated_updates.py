"""Whatever Telegram may send: nothing raises, and a person in private always gets an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from telegram import Update

from bot.polling import arrived
from handlers import said
from storage import inbox
from storage.tables import inbox as rows
from tests.bot.conftest import Lab, heard

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
USER = st.fixed_dictionaries(
    {"id": st.integers(1, 10), "is_bot": st.sampled_from([False]), "first_name": TEXT},
    optional={
        "last_name": TEXT,
        "username": st.just("x"),
        "language_code": st.sampled_from(["zh-hans", "en", "xx", "🙂"]),
    },
)
CHAT = st.fixed_dictionaries(
    {"id": st.integers(-9, 9), "type": st.sampled_from(["private", "group", "supergroup", "channel"])},
    optional={"title": TEXT, "first_name": TEXT},
)
FILE = {"file_id": st.just("f"), "file_unique_id": st.just("u")}
WORDS = st.one_of(
    TEXT, st.sampled_from(["/", "／", "/start", "/start x", "/checkin@bot", "/\n", "/home\n汇报", "@", " "])
)
CONTENT: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "caption": WORDS,
    "photo": st.lists(st.fixed_dictionaries({**FILE, "width": st.just(1), "height": st.just(1)}), max_size=2),
    "document": st.fixed_dictionaries(FILE, optional={"file_name": TEXT, "file_size": st.integers(0, 2**40)}),
    "voice": st.fixed_dictionaries({**FILE, "duration": st.just(1)}),
    "sticker": st.fixed_dictionaries(
        {
            **FILE,
            **{name: st.just(1) for name in ("width", "height")},
            **{name: st.sampled_from([False]) for name in ("is_animated", "is_video")},
            "type": st.just("regular"),
        }
    ),
    "dice": st.just({"emoji": "🎲", "value": 1}),
    "location": st.just({"latitude": 1.0, "longitude": 1.0}),
    "new_chat_title": TEXT,
    "pinned_message": st.just({"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}),
}
MESSAGE = st.fixed_dictionaries(
    {"message_id": st.integers(1, 99), "date": st.integers(0, 2**31 - 1), "chat": CHAT},
    optional={"from": USER, "edit_date": st.just(1), **CONTENT},
)
QUERY = st.fixed_dictionaries(
    {"id": st.just("1"), "from": USER, "chat_instance": st.just("1")},
    optional={
        "data": TEXT,
        "message": st.one_of(MESSAGE, MESSAGE.map(lambda one: {**one, "date": 0})),
        "game_short_name": TEXT,
    },
)
MEMBER = st.fixed_dictionaries({"user": USER, "status": st.sampled_from(["member", "left"])})
CHANGE = st.fixed_dictionaries(
    {"chat": CHAT, "from": USER, "date": st.just(1), "old_chat_member": MEMBER, "new_chat_member": MEMBER}
)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "message": MESSAGE,
    "edited_message": MESSAGE,
    "channel_post": MESSAGE,
    "callback_query": QUERY,
    "my_chat_member": CHANGE,
    "poll_answer": st.fixed_dictionaries(
        {"poll_id": st.just("1"), "option_ids": st.just([0]), "option_persistent_ids": st.just(["0"])},
        optional={"user": USER},
    ),
    "a_kind_of_tomorrow": st.just({"anything": 1}),
}
UPDATES = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.fixed_dictionaries({"update_id": st.integers(1, 2**31), kind: KINDS[kind]})
)


@settings(max_examples=400)
@given(value=UPDATES)
def test_any_update_can_be_kept_and_read(value: dict[str, Any]) -> None:
    kept = arrived(value)
    assert json.loads(kept.payload) == value
    words = said.read(Update.de_json(value, None))
    if words is not None:
        assert words.chat_id == kept.chat_id
        assert (words.number(), words.word(5)) is not None


async def test_a_kind_of_update_that_nobody_knows_yet_holds_up_nobody(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    for kind in ("a_kind_of_tomorrow", "poll_answer"):
        lab.stage.telegram.world.updates.put(kind, {"of": "another shape"})
    await li_ming.say("/try 甲")
    assert (await heard(li_ming.phone))[-1] == "1 甲"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.dictionaries(st.sampled_from(sorted(CONTENT)), st.none(), min_size=1, max_size=3), data=st.data())
async def test_a_person_in_private_always_gets_an_answer(
    lab: Lab, content: dict[str, None], data: st.DataObject
) -> None:
    """By a message with any content, known or not, sent to the whole assistant."""
    li_ming = lab.stage["李明"].phone
    filled = {name: data.draw(CONTENT[name]) for name in content}
    world = lab.stage.telegram.world
    user = world.people[li_ming.user_id].as_json()
    chat = {"id": li_ming.user_id, "type": "private", "first_name": "李明"}
    before = len(await heard(li_ming))
    world.updates.put("message", {"message_id": 1, "date": 1, "chat": chat, "from": user, **filled})
    await lab.stage.settle()
    assert len(await heard(li_ming)) > before
    unfinished = select(rows.c.state).where(rows.c.state != "done")
    assert await lab.stage.database.read(lambda tx: tx.scalars(unfinished)) == []


async def _seen_through(lab: Lab, value: dict[str, Any]) -> None:
    """Any update, to the whole assistant: handled without a failure, and heard of by whoever wrote in private."""
    world = lab.stage.telegram.world
    user = world.people[lab.stage["李明"].phone.user_id].as_json()
    private = {"id": user["id"], "type": "private", "first_name": "李明"}
    [kind] = set(value) - {"update_id"}
    content = {**value[kind], "from": user}
    if kind in ("message", "edited_message"):
        content["chat"] = private
    before = len(await heard(lab.stage["李明"].phone))
    world.updates.put(kind, content)
    await lab.stage.settle()
    failed = select(rows.c.error).where((rows.c.state != "done") | rows.c.error.is_not(None))
    assert await lab.stage.database.read(lambda tx: tx.scalars(failed)) == []
    if kind == "message":
        assert len(await heard(lab.stage["李明"].phone)) > before


WHOLE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(WHOLE, max_examples=60)
@given(value=UPDATES)
async def test_any_update_is_seen_through(lab: Lab, value: dict[str, Any]) -> None:
    await _seen_through(lab, value)


@pytest.mark.long
@settings(WHOLE, max_examples=3000)
@given(value=UPDATES)
async def test_a_great_many_updates_are_seen_through(lab: Lab, value: dict[str, Any]) -> None:
    await _seen_through(lab, value)


async def test_a_message_that_a_later_bot_api_writes_otherwise_is_answered(lab: Lab) -> None:
    """A poll without a field that the library demands."""
    li_ming = lab.stage["李明"].phone
    world = lab.stage.telegram.world
    chat = {"id": li_ming.user_id, "type": "private", "first_name": "李明"}
    before = len(await heard(li_ming))
    sender = world.people[li_ming.user_id].as_json()
    world.updates.put("message", {"message_id": 1, "date": 1, "chat": chat, "from": sender, "poll": {"id": "1"}})
    await lab.stage.settle()
    assert len(await heard(li_ming)) == before + 1


async def test_what_cannot_be_read_at_all_is_set_aside(lab: Lab) -> None:
    update_id = 2**40
    row = inbox.Arrived(update_id, 1, "no json")
    await lab.stage.database.write(lambda tx: inbox.keep(tx, [row], lab.wall.now()))
    for _ in range(3):
        await lab.later(seconds=3)
    state = select(rows.c.state).where(rows.c.update_id == update_id)
    assert await lab.stage.database.read(lambda tx: tx.scalar(state)) == "parked"
