"""Whatever a person sends gets an answer that says what to do; nothing is lost, and a group hears one introduction."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from emulator.entities import utf16_length
from emulator.phone import Seen
from handlers.routes import Routes
from services import administrators
from storage import drafts
from storage.tables import check_in, inbox, leave
from tests.programme import pair
from tests.stage import MONDAY, Player, Stage

LONGEST = 4096
"""UTF-16 units: more Telegram lets nobody send."""
TEXTS = {
    "as long as it gets": "长" * LONGEST,
    "as long as it gets, escaped": "<&>" * (LONGEST // 3),
    "as long as it gets, in surrogates": "👍" * (LONGEST // 2),
    "emoji": "👨‍👩‍👧‍👦🇨🇳",
    "HTML": "<b>加粗</b> &amp; <script>",
    "an open tag": "<b",
    "a template": "{name} {0} %s {",
    "blanks": "\u3000\u200b \n\t\n ",
    "right to left": "\u202eمرحبا",
    "a null letter": "甲\u0000乙",
    "a letter that no database likes": "\ufffe\U0010ffff",
    "a number": "99999999999999999999",
    "a code that is none": "ABCD-EFGH",
}
COMMANDS = (
    "/", "//", "/ ", "/nonsense", "/nonsense@another_bot x", "/不是命令", "/<b>", "/" + "x" * (LONGEST - 1), "／home",
    "/summary 2026-99", "/summary 0000-00", "/summary 上上个月", "/summary 2026-10 没有的组织", "/summary " + "9" * 4000,
    "/leave gestern", "/leave 2月30日", "/leave 2026-10-30 2026-10-01", "/leave 2020-01-01 2020-01-02", "/leave <b>",
    "/people <b>%_\\", "/people " + "王" * 4000, "/start <b>", "/start " + "A" * 64, "/roles x", "/holidays x",
    "/reminders 99", "/language xx", "/checkin", "/checkin " + "长" * 4000, "/needs -1", "/reviews 0", "/rotations '", "/me ;--",
    "/export x", "/help " + "?" * 4000, "/cancel x",
)  # fmt: skip
SERVICE: dict[str, Mapping[str, Any]] = {
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "a forwarded message": {"text": "转发", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "某人"}},
    "a venue": {"venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "t", "address": "a"},
                "location": {"latitude": 1.0, "longitude": 1.0}},
    "a video note": {"video_note": {"file_id": "f", "file_unique_id": "u", "length": 1, "duration": 1}},
    "a kind that nobody knows": {"kind_of_tomorrow": {"a": 1}},
}  # fmt: skip
FILES: dict[str, tuple[bytes, str]] = {
    "no workbook": (b"MZ\x90", "花名册.xlsx"),
    "a wrong kind": (b"%PDF-1.7", "汇报.pdf"),
    "a bad name": (b"x", "../../<b>&\u202e.xlsx"),
    "a long name": (b"x", "长" * 240 + ".xlsx"),
}
KINDS: dict[str, dict[str, Any]] = {
    "sticker": {},
    "location": {"latitude": 31.2, "longitude": 121.5},
    "contact": {"phone_number": "+8613800000000", "first_name": "王芳"},
    "voice": {},
    "photo": {"caption": "<b>" + "长" * 1000},
}


async def failed(stage: Stage) -> list[Any]:
    """Updates that were not seen through at the first try."""
    failing = select(inbox.c.update_id, inbox.c.error).where((inbox.c.state != "done") | inbox.c.error.is_not(None))
    return [tuple(row) for row in await stage.database.read(lambda tx: tx.all(failing))]


async def heard(player: Player) -> int:
    return len([one for one in await player.phone.messages() if one.from_bot])


async def assert_answered(player: Player, before: int, what: str) -> None:
    assert await heard(player) > before, what
    assert await failed(player.stage) == [], what


@pytest.fixture
async def people(stage: Stage) -> list[Player]:
    """A member with something to report, a secretary, an officer, an administrator, and a stranger."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    found = [stage[name] for name in ("李明", "陈静", "周伟")]
    for name in ("管理员", "路人"):
        found.append(Player(stage, 0, name, await stage.telegram.add_user(name)))
        await found[-1].start()
    administrator = found[3].phone.user_id
    await stage.database.write(lambda tx: administrators.appoint(tx, [administrator], MONDAY))
    return found


async def test_every_text_gets_an_answer(people: list[Player]) -> None:
    for player in people:
        for what, text in TEXTS.items():
            before = await heard(player)
            await player.say(text)
            await assert_answered(player, before, f"{player.name}: {what}")


async def test_every_command_gets_an_answer(people: list[Player]) -> None:
    for player in people:
        for command in COMMANDS:
            before = await heard(player)
            await player.say(command)
            await assert_answered(player, before, f"{player.name}: {command[:40]}")


async def test_every_kind_of_content_gets_an_answer(people: list[Player]) -> None:
    for player in people:
        for kind, fields in KINDS.items():
            before = await heard(player)
            await player.send(kind, **fields)
            await assert_answered(player, before, f"{player.name}: {kind}")
        for what, content in SERVICE.items():
            before = await heard(player)
            await put(player, content)
            await assert_answered(player, before, f"{player.name}: {what}")


async def test_every_file_gets_an_answer(people: list[Player]) -> None:
    for player in people:
        for what, (content, name) in FILES.items():
            before = await heard(player)
            await player.send("document", content=content, name=name)
            await assert_answered(player, before, f"{player.name}: {what}")


async def test_a_file_too_large_to_fetch_is_refused_with_a_sentence(people: list[Player]) -> None:
    """Telegram gives a bot no file of more than 20 MB."""
    for player in people[1:4]:
        before = await heard(player)
        document = {"file_id": "x", "file_unique_id": "x", "file_name": "花名册.xlsx", "file_size": 25 * 2**20}
        await put(player, {"document": document})
        await assert_answered(player, before, player.name)


async def put(player: Player, content: Mapping[str, Any], kind: str = "message") -> None:
    """A message that the phone has no button for."""
    world, user_id = player.stage.telegram.world, player.phone.user_id
    chat = {"id": user_id, "type": "private", "first_name": player.name}
    sender = world.people[user_id].as_json()
    world.updates.put(kind, {"message_id": 9999, "date": 1, "chat": chat, "from": sender, **content})
    await player.stage.settle()


async def test_an_edit_of_an_old_message_changes_nothing_and_says_nothing_wrong(people: list[Player]) -> None:
    for player in people:
        first = await player.phone.say("随便说说")
        await player.stage.settle()
        await player.edit(first, "改过")
        await player.stage.at(MONDAY + timedelta(days=1))
        await player.edit(first, "<b>" + "长" * 4090)
    stage = people[0].stage
    assert await failed(stage) == []
    assert await stage.database.read(lambda tx: tx.all(select(check_in))) == []


async def test_a_wrong_span_of_days_starts_no_leave(people: list[Player]) -> None:
    for words in ("gestern", "2月30日", "2026-10-30 2026-10-01"):
        [*_, answer] = await people[0].say(f"/leave {words}")
        assert "10月20日" in answer.text or "日" in answer.text
    assert await people[0].stage.database.read(lambda tx: tx.all(select(leave))) == []


async def test_a_wrong_month_is_named(people: list[Player]) -> None:
    [*_, answer] = await people[1].say("/summary 2026-99")
    assert "2026-10" in answer.text


NOBODY = 999_999
CHANGE: dict[str, Any] = {
    "unit": NOBODY, "how": "rename", "name": "", "other": None, "people": [], "day": None, "page": 0,
}  # fmt: skip
ENTERED = {"mark": 1, "subject_id": NOBODY, "words": "", "paper": None}
UNSOURCED: dict[str, Any] = {"person_id": NOBODY, "source": None, "given_on": None}
PAYLOADS: dict[tuple[str, str], dict[str, Any]] = {
    ("check_in_change", "replace"): {"check_in": NOBODY},
    ("check_in_change", "add"): {"check_in": NOBODY},
    ("check_in_skip", "reason"): {"duty": NOBODY},
    ("contact", "name"): {"unit": NOBODY},
    ("holiday", "off"): {"unit": NOBODY},
    ("confirmation_words", "words"): {"unit": NOBODY, "month": "2026-10"},
    ("confirmation_words", "confirm"): {"unit": NOBODY, "month": "2026-10", "words": "下月练兵。"},
    ("holiday", "working"): {"unit": NOBODY},
    ("leave", "span"): {"person": NOBODY, "unit": None},
    ("leave", "until"): {"person": None, "unit": NOBODY},
    ("entered_act", "words"): {**ENTERED, "act": "comment", "entered": UNSOURCED},
    ("entered_act", "source"): {**ENTERED, "act": "claim", "entered": UNSOURCED},
    ("entered_act", "given_on"): {**ENTERED, "act": "solve", "entered": {**UNSOURCED, "source": "paper"}},
    ("need_answer", "words"): {"need": NOBODY},
    ("need_promise", "words"): {"need": NOBODY},
    ("unit_change", "name"): {**CHANGE, "name": ""},
    ("unit_change", "day"): {**CHANGE, "name": "新支部"},
    ("unit_change", "open"): {**CHANGE, "day": "2026-12-01"},
    ("announcement", "words"): {"unit": NOBODY},
    ("experience", "words"): {"words": ""},
    ("outcome_words", "claim"): {"id": NOBODY},
    ("outcome_words", "verify"): {"id": NOBODY},
    ("outcome_words", "back"): {"id": NOBODY},
    ("pairing_change", "direction"): {"pairing": NOBODY, "direction": "", "outcomes": [], "place": 0},
    ("pairing_change", "outcome"): {"pairing": NOBODY, "direction": "", "outcomes": [], "place": 0},
    ("pairing_words", "fill"): {"id": NOBODY},
    ("pairing_words", "sign"): {"id": NOBODY},
    ("pairing_words", "end"): {"id": NOBODY},
    ("pairing_words", "change"): {"id": NOBODY},
    ("people", "words"): {"words": ""},
    ("picker", "words"): {"purpose": "pairing.for", "within": [NOBODY], "prompt": "Who is to be guided?", "words": ""},
    ("unit_picker", "words"): {"verb": "announcement.unit:{unit}", "within": [NOBODY]},
    ("referral_words", "words"): {"need": NOBODY, "unit": NOBODY},
    ("review_words", "commented"): {"check_in": NOBODY},
    ("review_words", "please_add"): {"check_in": NOBODY},
    ("rotation_comment", "midterm"): {"id": NOBODY},
    ("rotation_note", "handover"): {"id": NOBODY},
    ("rotation_note", "midterm"): {"id": NOBODY},
    ("rotation_words", "work"): {"id": NOBODY},
    ("rotation_words", "cancel"): {"id": NOBODY},
    ("rotation_words", "days"): {"id": NOBODY},
}
"""Dialogues whose subject is gone, as somebody may come back to them weeks later."""
MISFITS = (
    "sticker",
    "photo",
    "voice",
    "location",
    "document",
    "\u200b",
    "长" * LONGEST,
    "<b>👍",
    "10月30日",
    "/cancel",
)


async def give(player: Player, misfit: str) -> None:
    if misfit == "document":
        await player.send("document", content=b"x", name="a.txt")
    elif misfit in KINDS:
        await player.send(misfit, **KINDS[misfit])
    else:
        await player.say(misfit)


@pytest.mark.parametrize(("kind", "step"), sorted(PAYLOADS))
async def test_a_step_whose_subject_is_gone(people: list[Player], kind: str, step: str) -> None:
    """Three of them in turn, for who it is makes no difference any more."""
    stage = people[0].stage
    for player, misfit in zip(itertools.cycle(people[:3]), MISFITS, strict=False):
        user_id, payload, now = player.phone.user_id, PAYLOADS[kind, step], stage.clock.now()
        await stage.database.write(lambda tx: drafts.save(tx, user_id, kind, step, payload, now))  # noqa: B023 - run at once
        before = await heard(player)
        await give(player, misfit)
        await assert_answered(player, before, f"{player.name}: {kind}.{step} ← {misfit[:20]}")


ROADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "check_in": ("李明", ("/checkin",)),
    "a report written": ("李明", ("/checkin", "练了耐压试验")),
    "leave": ("李明", ("/leave", "leave.ask")),
    "pairing": ("陈静", ("/pairings", "pairing.new")),
    "pairing's mentor": ("陈静", ("/pairings", "pairing.new", "李明", "pairing.for")),
    "rotation": ("陈静", ("/rotations", "rotation.new")),
    "rotation's branch": ("陈静", ("/rotations", "rotation.new", "李明", "rotation.for")),
    "people": ("陈静", ("/people",)),
    "contact": ("周伟", ("/roles", "contact.ask")),
    "holiday": ("周伟", ("/holidays", "holidays.ask")),
    "roster": ("周伟", ("/roster",)),
}


@pytest.mark.parametrize("road", ROADS)
async def test_a_dialogue_that_gets_what_it_cannot_use(people: list[Player], road: str) -> None:
    """It says what it waits for, goes on, or ends; it never fails."""
    who, steps = ROADS[road]
    player = people[0].stage[who]
    for misfit in MISFITS:
        await player.say("/cancel")
        for step in steps:
            await walk(player, step)
        before = await heard(player)
        await give(player, misfit)
        await assert_answered(player, before, f"{road} ← {misfit[:20]}")


async def walk(player: Player, step: str) -> None:
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", step):
        await player.say(step)
        return
    buttons = [(one.data, message) for message in await player.phone.messages() for row in message.rows for one in row]
    data, message = [one for one in buttons if f"{one[0]}:".startswith(f"{step}:")][-1]
    await player.tap(data=data, message=message)


def test_every_dialogue_is_tried() -> None:
    tried = {kind for kind, _ in PAYLOADS} | {"check_in", "pairing", "rotation", "roster"}
    assert tried == set(Routes().steps) - {"edited_message", "registration"}


async def test_digits_that_are_none(people: list[Player]) -> None:
    stranger = people[-1]
    for misfit in MISFITS[:-1]:
        user_id, now = stranger.phone.user_id, stranger.stage.clock.now()
        payload = {"invite_id": NOBODY}
        await stranger.stage.database.write(
            lambda tx: drafts.save(tx, user_id, "registration", "digits", payload, now)  # noqa: B023 - run at once
        )
        before = await heard(stranger)
        await give(stranger, misfit)
        await assert_answered(stranger, before, misfit[:20])


class TestAGroup:
    async def test_it_introduces_itself_once_and_then_keeps_silent(self, stage: Stage) -> None:
        chen_jing, li_ming = stage["陈静"], stage["李明"]
        group = await stage.telegram.create_group("变电检修党支部", chen_jing.phone, [li_ming.phone])
        await stage.telegram.add_bot(group, chen_jing.phone)
        await stage.settle()
        [introduction] = await said_in(stage, group)
        here = li_ming.phone.in_chat(group)
        for command in (*Routes().commands, "nonsense"):
            await here.say(f"/{command}")
            await here.say(f"/{command}@{stage.telegram.world.bot.username} x")
        await here.say("我的", reply_to=introduction)
        await here.say("汇报")
        await here.send_document(b"x", "花名册.xlsx")
        await here.send_sticker()
        await here.tap(data="home", message=introduction, forge=True)
        await stage.settle()
        assert await said_in(stage, group) == [introduction]
        assert await failed(stage) == []

    async def test_it_names_nobody(self, stage: Stage) -> None:
        chen_jing = stage["陈静"]
        group = await stage.telegram.create_group("变电检修党支部", chen_jing.phone, [])
        await stage.telegram.add_bot(group, chen_jing.phone)
        await stage.settle()
        [introduction] = await said_in(stage, group)
        assert not any(name in introduction.text for name in stage.players)

    async def test_put_out_and_in_again_it_introduces_itself_again(self, stage: Stage) -> None:
        chen_jing = stage["陈静"]
        group = await stage.telegram.create_group("变电检修党支部", chen_jing.phone, [])
        for _ in range(2):
            await stage.telegram.add_bot(group, chen_jing.phone)
            await stage.settle()
            await stage.telegram.remove_bot(group, chen_jing.phone)
            await stage.settle()
        assert await failed(stage) == []


async def said_in(stage: Stage, group: int) -> list[Seen]:
    return [one for one in await stage["陈静"].phone.in_chat(group).messages() if one.from_bot]


def test_the_texts_are_as_long_as_they_say() -> None:
    assert max(utf16_length(text) for text in TEXTS.values()) == LONGEST
    assert max(utf16_length(command) for command in COMMANDS) <= LONGEST
    assert all(re.match("[/／]", command) for command in COMMANDS)
