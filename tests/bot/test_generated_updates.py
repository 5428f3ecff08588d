"""Whatever Telegram may send: nothing raises, and a person in private always gets an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from telegram import Message, Update
from telegram.constants import ChatType

from bot import polling
from bot.polling import arrived, keep
from handlers import said
from handlers.routes import AREAS, Routes
from storage import inbox
from storage.tables import inbox as rows
from tests.bot.conftest import Lab, heard
from tests.programme import pair
from tests.stage import MONDAY

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
    words = said.read(value)
    if words is not None:
        assert words.chat_id == kept.chat_id
        assert (words.number(), words.word(5)) is not None


@settings(max_examples=400)
@given(value=UPDATES.filter(lambda update: not update.keys().isdisjoint(polling.KINDS)))
def test_an_update_is_read_as_the_library_reads_it(value: dict[str, Any]) -> None:
    words, theirs = said.read(value), Update.de_json(value, None)
    user, chat, message = theirs.effective_user, theirs.effective_chat, theirs.effective_message
    assert (words is None) == (user is None or not (chat or theirs.callback_query))
    if words is None or user is None:
        return
    assert words.telegram_id == user.id
    assert words.display_name.split() == f"{user.first_name} {user.last_name or ''}".split()
    assert words.private == (chat is None or chat.type == ChatType.PRIVATE)
    assert words.message_id == (message.message_id if isinstance(message, Message) else 0)
    if isinstance(message, Message) and not theirs.callback_query:
        assert words.text == (message.text or message.caption or "")
        named = {"photo": message.photo, "document": message.document, "voice": message.voice}
        kind = next((kind for kind, held in named.items() if held), None)
        assert kind is None or (words.attached and words.attached.kind == kind)


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


WHOLE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
)
ROUTES = Routes([*AREAS])
SENSELESS = ("", ":0", ":-1", ":1", ":1:1:1", ":999999999:王芳:2026-99", ":99999999999999999:9", f":{'9' * 50}")
PRESSED = st.one_of(
    TEXT,
    st.builds(
        lambda verb, rest: f"{verb}{rest}".encode()[:64].decode(errors="ignore"),
        st.sampled_from(sorted(ROUTES.presses)),
        st.one_of(st.sampled_from(SENSELESS), TEXT.map(lambda text: f":{text}")),
    ),
)
TYPED = st.one_of(
    WORDS,
    st.builds(lambda name, rest: f"/{name} {rest}", st.sampled_from(sorted(ROUTES.commands)), TEXT),
)
WHO = st.sampled_from(["李明", "王芳", "陈静", "周伟", "林一", "管理员", "路人"])
ANY = st.tuples(
    WHO,
    st.booleans(),
    st.one_of(
        st.tuples(st.just("message"), st.builds(lambda one, text: {**one, "text": text}, MESSAGE, TYPED)),
        st.tuples(st.just("callback_query"), st.builds(lambda one, data: {**one, "data": data}, QUERY, PRESSED)),
        st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), KINDS[kind])),
    ),
)
"""Who sends it, whether in private, and what: half of it things that the assistant has a handler for."""
AT_ONCE = 5
Sent = tuple[str, bool, tuple[str, dict[str, Any]]]


@dataclass(slots=True)
class Crowd:
    """Seven people of every standing, and the count of what they have sent so far."""

    lab: Lab
    users: dict[str, dict[str, Any]]
    count: int = 0

    def update(self, sent: Sent) -> dict[str, Any]:
        name, in_private, (kind, content) = sent
        user = self.users[name]
        private = {"id": user["id"], "type": "private", "first_name": name}
        content = {**content, "from": user}
        if in_private and "chat" in content:
            content["chat"] = private
        if kind == "callback_query":
            content["id"] = str(self.count)
            if "message" in content:
                content["message"] = {**content["message"], "chat": private}
        self.count += 1
        return {"update_id": 2**31 + self.count, kind: content}

    async def send(self, some: Sequence[Sent]) -> list[dict[str, Any]]:
        """See updates through that come at the same moment; give what the assistant asked of Telegram meanwhile."""
        telegram, last = self.lab.stage.telegram, (await self.lab.stage.telegram.calls())[-1]["n"]
        await keep(self.lab.stage.database, [self.update(one) for one in some])
        await self.lab.stage.program.workers.settle()
        return await telegram.calls(after=last)

    async def failed(self) -> list[tuple[Any, ...]]:
        """What was not answered at the first try."""
        failed = select(rows.c.payload, rows.c.error).where((rows.c.state != "done") | rows.c.error.is_not(None))
        return [tuple(row) for row in await self.lab.stage.database.read(lambda tx: tx.all(failed))]


@pytest.fixture
async def crowd(lab: Lab) -> Crowd:
    li_ming, wang_fang = lab.stage["李明"].person_id, lab.stage["王芳"].person_id
    await pair(lab.stage.database, MONDAY, li_ming, [wang_fang])
    passer_by = await lab.stage.telegram.add_user("路人")
    await passer_by.start()
    await lab.stage.settle()
    ids = {name: player.phone.user_id for name, player in lab.stage.players.items()}
    ids |= {"管理员": lab.administrator.user_id, "路人": passer_by.user_id}
    people = lab.stage.telegram.world.people
    return Crowd(lab, {name: people[ids[name]].as_json() for name in ids})


async def unanswered(crowd: Crowd, some: Sequence[Sent]) -> list[Sent]:
    """Private messages after which nothing was said in that chat, and presses that nobody acknowledged."""
    calls = await crowd.send(some)
    methods = [(call["method"].lower(), call["params"].get("chat_id")) for call in calls]
    acknowledged = sum(method == "answercallbackquery" for method, _ in methods)
    pressed = [one for one in some if one[2][0] == "callback_query"]
    silent = [] if acknowledged == len(pressed) else pressed
    for name, user in crowd.users.items():
        wrote = [one for one in some if one[:2] == (name, True) and one[2][0] == "message"]
        said = sum(method.startswith("send") and int(chat) == user["id"] for method, chat in methods if chat)
        silent += wrote[said:]
    return silent


@settings(WHOLE, max_examples=60)
@given(some=st.lists(ANY, min_size=AT_ONCE, max_size=AT_ONCE))
async def test_any_update_is_seen_through_and_answered(crowd: Crowd, some: list[Sent]) -> None:
    assert await unanswered(crowd, some) == []
    assert await crowd.failed() == []


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(1, 21))
@settings(WHOLE, max_examples=1000 // AT_ONCE)
@given(some=st.lists(ANY, min_size=AT_ONCE, max_size=AT_ONCE))
async def test_twenty_thousand_updates_are_seen_through_and_answered(
    crowd: Crowd,
    some: list[Sent],
    thousand: int,
) -> None:
    """In twenty parts, each with people and a database of its own: one would grow until it is slow."""
    assert await unanswered(crowd, some) == []
    assert await crowd.failed() == []


@pytest.mark.parametrize("message", [None, {"message_id": 7, "date": 0}])
async def test_a_button_of_a_message_that_telegram_no_longer_gives_is_answered_anew(
    crowd: Crowd, message: dict[str, Any] | None
) -> None:
    """Too old to be seen by the assistant, or not there at all."""
    chat = {"id": crowd.users["李明"]["id"], "type": "private"}
    pressed = {"chat_instance": "1", "data": "home"} | ({"message": {**message, "chat": chat}} if message else {})
    assert await unanswered(crowd, [("李明", True, ("callback_query", pressed))]) == []
    assert await crowd.failed() == []
    assert "李明同志" in (await heard(crowd.lab.stage["李明"].phone))[-1]


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
