"""Every button with senseless arguments, pressed by everybody: an answer each time, and nothing of others changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from emulator.phone import Phone
from handlers.routes import Routes
from services import administrators
from storage.database import Reader
from storage.tables import duty, inbox, metadata
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage

ADMINISTRATOR, STRANGER = "管理员", "路人"
OUTSIDERS = ("林一", STRANGER)
NONSENSE = ":999999999:王芳:2026-99"
MORE_NONSENSE = (
    "",
    ":0:0:0",
    ":-1:-1",
    ":王芳:<b>",
    ":99999999999999999:99999999999999999",
    ":1e3:ⅷ",
    f":{'9' * 60}",
)
LIMIT = 64
OWN = {"inbox", "outbox", "draft", "attempt", "setting", "account", "consent", "audit", "audit_value"}
"""What a press may leave: a dialogue begun, a choice about oneself, and the traces of it."""
BATCH = 30


def presses(arguments: str) -> Iterator[str]:
    for verb in Routes().presses:
        whole = f"{verb}{arguments}"
        yield whole.encode()[:LIMIT].decode(errors="ignore")
    yield "x" * LIMIT if not arguments else f"no.such.verb{arguments}"


def rows(tx: Reader) -> dict[str, list[Any]]:
    """What is nobody's alone; when one is reminded is one's own choice."""
    return {
        table.name: [
            tuple(row)
            for row in tx.all(
                select(*(one for one in table.c if one is not duty.c.next_reminder_at)).order_by(*table.primary_key)
            )
        ]
        for table in metadata.sorted_tables
        if table.name not in OWN
    }


def unsettled(tx: Reader) -> list[Any]:
    """Updates that were not answered at the first try."""
    return [tuple(row) for row in tx.all(select(inbox.c.payload, inbox.c.error).where(
        (inbox.c.state != "done") | inbox.c.error.is_not(None)))]  # fmt: skip


@pytest.fixture
async def phones(stage: Stage) -> dict[str, Phone]:
    """The cast at work, and two who are not in the roster."""
    li_ming, zhao_qiang = stage["李明"].person_id, stage["赵强"].person_id
    await pair(stage.database, MONDAY, li_ming, [stage["王芳"].person_id])
    await rotate(stage.database, MONDAY, li_ming, stage.units[OTHER_BRANCH], zhao_qiang)
    found = {name: player.phone for name, player in stage.players.items()}
    for name in (ADMINISTRATOR, STRANGER):
        found[name] = await stage.telegram.add_user(name)
        await found[name].start()
    await stage.settle()
    await stage.database.write(lambda tx: administrators.appoint(tx, [found[ADMINISTRATOR].user_id], MONDAY))
    return found


async def test_a_forged_button_is_answered_and_changes_nothing(stage: Stage, phones: dict[str, Phone]) -> None:
    """Pressed by all who have a part in something; outsiders press true numbers below, and nonsense in the long run."""
    for name in OUTSIDERS:
        del phones[name]
    await nothing_changes(stage, phones, NONSENSE)


@pytest.mark.long
@pytest.mark.parametrize("arguments", [NONSENSE, *MORE_NONSENSE])
async def test_whoever_forges_it(stage: Stage, phones: dict[str, Phone], arguments: str) -> None:
    await nothing_changes(stage, phones, arguments)


async def nothing_changes(stage: Stage, phones: dict[str, Phone], arguments: str) -> None:
    """Whoever reports may leave out a report of their own by it, so the reporter presses last."""
    everything = list(presses(arguments))
    reporter = {"李明": phones.pop("李明")}
    for those, kept in ((phones, ()), (reporter, ("duty", "recount"))):
        before = await stage.database.read(rows)
        for at in range(0, len(everything), BATCH):
            await forged(stage, those, everything[at : at + BATCH])
        after = await stage.database.read(rows)
        assert [name for name in before if after[name] != before[name] and name not in kept] == []


async def forged(stage: Stage, phones: dict[str, Phone], some: list[str]) -> None:
    """All press at once, each in their own chat; each press is seen through at the first try and shows something."""
    last = (await stage.telegram.calls())[-1]["n"]
    for data in some:
        for phone in phones.values():
            await phone.tap(data=data, forge=True)
    await stage.settle()
    assert await stage.database.read(unsettled) == []
    calls = await stage.telegram.calls(after=last)
    toasts = [call for call in calls if call["method"].lower() == "answercallbackquery"]
    shown = [call for call in calls if call["method"].lower() in ("sendmessage", "editmessagetext")]
    assert len(toasts) == len(some) * len(phones)
    assert len(shown) + sum(bool(call["params"].get("text")) for call in toasts) >= len(toasts)


async def test_a_button_with_true_numbers_opens_nothing_to_an_outsider(stage: Stage, phones: dict[str, Phone]) -> None:
    """The first of everything is 李明's, or his unit's; neither 林一 nor somebody from the street has any part in it."""
    outsiders = {name: phones[name] for name in OUTSIDERS}
    before = await stage.database.read(rows)
    for arguments in (":1", ":1:1:1:1"):
        everything = list(presses(arguments))
        for at in range(0, len(everything), BATCH):
            await forged(stage, outsiders, everything[at : at + BATCH])
    after = await stage.database.read(rows)
    assert [name for name in before if after[name] != before[name]] == []
