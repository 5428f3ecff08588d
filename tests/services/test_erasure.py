"""Erasing a person: no table holds their name or words any more, everything is counted as before, the chain is whole."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import Role, RoleKind
from domain.units import UnitKind
from services import audit, audit_seals, erasure
from storage import roles
from storage.database import Database, Reader, Writer
from storage.tables import (
    account,
    attachment,
    draft,
    inbox,
    invite,
    leave,
    metadata,
    outbox,
    pairing,
    rotation,
    rotation_comment,
    summary,
)
from tests.services.organisations import CLOCK, NOW
from tests.services.written_months import Organisation, at

LATER = NOW + timedelta(days=60)
ADMINISTRATOR = Actor(now=LATER, locale="zh_Hans", account_id=99, roles=(Role(RoleKind.ADMINISTRATOR, None),))
REPORT, BEFORE, WANTED = "跟着做了一次主变校验。", "跟着看了一次校验。", "试验台总是被占用"
PRAISE, REASON, GOAL, WORD = "思路清楚，接线再快些。", "家中有事", "独立完成定检", "肯钻研"
ADVICE = "安全规程再学一遍"
WORDS = (REPORT, BEFORE, WANTED, PRAISE, REASON, GOAL, WORD, ADVICE)


class Months:
    """李明 with everything the program can hold of somebody, and 王芳 beside him."""

    def __init__(self, tx: Writer) -> None:
        made = Organisation(tx)
        committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
        self.branch = made.unit(UnitKind.BRANCH, "变电检修党支部", committee)
        self.li_ming, self.wang_fang = made.person("李明", self.branch), made.person("王芳", self.branch)
        self.pairing = made.pairing(self.li_ming, self.wang_fang, state="completed", change_asked="李明想改方向")
        made.outcome(self.pairing, GOAL, "2026-10-20", remark=PRAISE)
        report = made.reported(self.pairing, self.li_ming, "2026-10-09", at("2026-10-09"))
        made.review(report, self.wang_fang, "comment", at("2026-10-10"), text=PRAISE)
        made.need(self.li_ming, "material", at("2026-10-11"), text=WANTED, answer="李明：已调整")
        made.rotation(
            self.li_ming, self.branch, "2026-09-01", "2026-09-30", state="closed", goals=GOAL,
            evaluation={"work": WORD, "capability": "yes", "word": "李明很好"},
        )  # fmt: skip
        tx.insert(rotation_comment, rotation_id=1, about="evaluation", text=ADVICE, written_by=self.wang_fang, at=NOW)
        self.hosted = made.rotation(
            self.wang_fang, self.branch, "2026-09-01", "2026-09-30", state="closed", host_name="李明"
        )
        made.sent(self.li_ming, at("2026-10-12"))
        tx.run(outbox.update().values(payload={"name": "李明"}))
        self._written_in_rows(tx, report)
        self._audited(tx, report)

    def _written_in_rows(self, tx: Writer, report: int) -> None:
        check_in, version = metadata.tables["check_in"], metadata.tables["check_in_version"]
        tx.run(check_in.update().values(text=REPORT))
        tx.insert(version, check_in_id=report, revision=1, text=BEFORE, standing="on_track", at=NOW)
        tx.insert(attachment, check_in_id=report, file_id="of-li-ming", kind="photo", name="李明.jpg")
        tx.insert(leave, person_id=self.li_ming, first_on=NOW.date(), last_on=NOW.date(), reason=REASON, created_at=NOW)
        tx.insert(
            draft, telegram_id=9000 + self.li_ming, kind="check_in", step="text", payload={"t": REPORT}, touched_at=NOW
        )
        tx.run(
            insert(inbox).values(
                update_id=7, chat_id=9000 + self.li_ming, payload=REPORT, state="parked", received_at=NOW
            )
        )
        tx.insert(invite, person_id=self.li_ming, code_hash="a" * 64, created_at=NOW, expires_at=LATER)
        tx.insert(
            summary, unit_id=self.branch, month="2026-10", edition="final", made_at=NOW,
            content={"reports": 3, "details": [{"person": "李明", "text": REPORT}, {"person": "王芳", "owner": "李明"}]},
        )  # fmt: skip

    def _audited(self, tx: Writer, report: int) -> None:
        audit.record(tx, CLOCK, "check_in:submit", f"check_in:{report}", new={"text": REPORT}, about=self.li_ming)
        audit.record(tx, CLOCK, "review:undo", "review:1", old={"text": PRAISE})
        audit.record(tx, CLOCK, "rotation:arranged", "rotation:2", new={"host_name": "李明"}, about=self.wang_fang)
        audit.record(tx, CLOCK, "person:added", f"person:{self.wang_fang}", new={"name": "王芳"}, about=self.wang_fang)
        audit_seals.seal_audit(tx, CLOCK)


def held(tx: Reader) -> str:
    """Every value of every column, as one text."""
    rows: list[Any] = [list(row) for table in metadata.tables.values() for row in tx.all(select(table))]
    return json.dumps(rows, ensure_ascii=False, default=str)


def counts(tx: Reader) -> dict[str, int]:
    left_out = ("audit", "audit_value", "draft", "consent", "attempt")
    tables = (table for table in metadata.tables.values() if table.name not in left_out)
    return {table.name: tx.scalar(select(func.count()).select_from(table)) for table in tables}


async def test_neither_name_nor_words_are_left(database: Database) -> None:
    months = await database.write(Months)
    before = await database.read(held)
    assert all(word in before for word in ("李明", *WORDS))
    numbers = await database.read(counts)
    await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
    after = await database.read(held)
    assert [word for word in ("李明", "of-li-ming", str(9000 + months.li_ming), *WORDS) if word in after] == []
    assert "王芳" in after
    assert await database.read(counts) == numbers


async def test_the_chain_stays_whole(database: Database) -> None:
    months = await database.write(Months)
    assert await database.read(audit_seals.verify) == []
    await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
    assert await database.read(audit_seals.verify) == []
    await database.write(lambda tx: audit_seals.seal_audit(tx, Actor.clock(LATER)))
    assert await database.read(audit_seals.verify) == []
    verbs = await database.read(lambda tx: tx.scalars(select(metadata.tables["audit"].c.verb)))
    assert {"check_in:submit", "person:erased"} <= set(verbs)


async def test_their_chat_is_a_strangers(database: Database) -> None:
    months = await database.write(Months)
    await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
    rows = await database.read(lambda tx: tx.all(select(account.c.person_id, account.c.telegram_id)))
    assert [row.person_id for row in rows if row.telegram_id > 0] == [months.wang_fang]


async def test_a_namesake_keeps_what_is_theirs(database: Database) -> None:
    def another(tx: Writer) -> int:
        number = Organisation(tx, 50).person("李明", 2)
        audit.record(tx, CLOCK, "person:added", f"person:{number}", new={"name": "李明"}, about=number)
        return number

    months = await database.write(Months)
    other = await database.write(another)
    await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
    person, value = metadata.tables["person"], metadata.tables["audit_value"]
    name = await database.read(lambda tx: tx.scalar(select(person.c.name).where(person.c.id == other)))
    kept = await database.read(lambda tx: tx.scalars(select(value.c.new).where(value.c.person_id == other)))
    assert name == "李明"
    assert list(kept) == [{"name": "李明"}]


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR])
async def test_only_an_administrator_may(database: Database, kind: RoleKind) -> None:
    months = await database.write(Months)
    somebody = Actor(now=LATER, locale="zh_Hans", account_id=99, roles=(Role(kind, 1),))
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: erasure.erase(tx, somebody, months.li_ming))
    assert REPORT in await database.read(held)


@pytest.mark.parametrize("state", ["draft", "confirmed", "active", "paused"])
async def test_not_while_a_pairing_runs(database: Database, state: str) -> None:
    months = await database.write(Months)
    await database.write(lambda tx: tx.run(pairing.update().values(state=state)))
    for unit in (
        lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming),
        lambda tx: erasure.erase(tx, ADMINISTRATOR, months.wang_fang),
    ):
        with pytest.raises(Refusal, match="still_tied"):
            await database.write(unit)


async def test_not_while_a_rotation_runs(database: Database) -> None:
    months = await database.write(Months)
    await database.write(lambda tx: tx.run(rotation.update().values(state="in_post")))
    with pytest.raises(Refusal, match="still_tied"):
        await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))


@pytest.mark.parametrize("by_account", [False, True])
async def test_not_while_a_role_is_held(database: Database, *, by_account: bool) -> None:
    def promote(tx: Writer) -> int:
        account_id = tx.scalar(select(account.c.id).where(account.c.person_id == months.li_ming))
        holder = {"account_id": account_id} if by_account else {"person_id": months.li_ming}
        return roles.add(tx, RoleKind.OFFICER, unit_id=1, title="", now=NOW, **holder)

    months = await database.write(Months)
    await database.write(promote)
    with pytest.raises(Refusal, match="still_leads"):
        await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))


async def test_nobody_and_twice(database: Database) -> None:
    months = await database.write(Months)
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, 4711))
    await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
    with pytest.raises(Refusal, match="already_done"):
        await database.write(lambda tx: erasure.erase(tx, ADMINISTRATOR, months.li_ming))
