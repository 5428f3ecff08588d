"""Who sees and changes what: every command and every registered button, tried by every role on their own and others'."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from domain.actors import Actor
from domain.consents import CURRENT_VERSION, ConsentKind
from services import accounts as ties
from services import roles as role_services
from services.access import identify
from storage import consents, drafts, roles
from storage.database import Database, Writer, open_database
from storage.tables import account, draft, pairing_mentor, role
from tests.services.matrix import ADMINISTRATOR, NOW, PLACES, ROUTES, Event, World, seen_by, touched, world

ROLES = (*PLACES, ADMINISTRATOR)
READERS = {
    "汇报甲": {"李明", "王芳", "陈静"},
    "汇报丙": {"李明", "王芳", "郑涛", "陈静"},
    "汇报乙": {"孙丽", "赵强", "吴静"},
    "点评甲": {"李明", "王芳", "陈静"},
    "难处甲": {"李明", "陈静"},
    "难处丁": {"李明", "王芳", "陈静"},
    "难处乙": {"孙丽", "吴静"},
    "上报丁": {"李明", "王芳", "陈静", "何敏"},
    "方向甲": {"李明", "王芳", "陈静", "何敏", "周伟", ADMINISTRATOR},
    "方向乙": {"孙丽", "赵强", "吴静", "何敏", "周伟", ADMINISTRATOR},
    "目标丙": {"李明", "王芳", "郑涛", "陈静", "何敏"},
    "谈话丙": {"李明", "王芳", "郑涛", "陈静", "何敏"},
    "导师评丙": {"李明", "王芳", "郑涛", "陈静", "何敏"},
}
"""Report texts stay with author, guides and branch secretary; a need may be the secretary's alone; above the branch one
sees people and pairings; an administrator keeps the roster, in which directions stand."""
A, B = {"李明", "王芳", "陈静"}, {"赵强", "孙丽", "郑涛", "吴静", "林一"}
REACH = {
    "李明": {"李明"}, "王芳": {"李明"}, "陈静": A, "赵强": {"孙丽"}, "孙丽": {"孙丽"}, "郑涛": {"李明"}, "吴静": B, "林一": set(),
    "何敏": {*A, *B, "何敏"}, "周伟": set(PLACES), ADMINISTRATOR: set(PLACES),
}  # fmt: skip
"""Whose rows each may change, besides their own."""
INVITERS = {"陈静", "吴静", "何敏", "周伟", ADMINISTRATOR}
REVIEWERS = {"王芳", "赵强", "郑涛", "陈静", "吴静"}
ARRANGERS = {"陈静", "吴静", "何敏"}
AWAY_OR_SENDING = {"王芳", "赵强", "周伟"}
"""A leave of a mentor, entered by himself or from above, brings somebody who stands in."""


@pytest.fixture
async def small(sqlite_url: str) -> World:
    database: Database = await open_database(sqlite_url)
    return await world(database)


async def test_everyone_sees_what_is_theirs_and_nothing_else(small: World) -> None:
    tried = {name: await small.sweep(name) for name in ROLES}
    assert {mark: seen_by(tried, mark) for mark in READERS} == READERS
    changes = {name: touched(tried[name]) for name in ROLES}
    for name in ROLES:
        assert set().union(*changes[name].values()) - {name, ""} <= REACH[name], name
    changed = {table: {name for name in ROLES if table in changes[name]} for table in ("invite", "role", "review")}
    assert changed == {"invite": INVITERS, "role": {"何敏", "周伟", ADMINISTRATOR}, "review": REVIEWERS}
    assert {name for name in ROLES if "rotation" in changes[name]} <= ARRANGERS
    assert {name for name in ROLES if "rotation_comment" in changes[name]} == {"王芳"}
    assert {name for name in ROLES if "pairing_mentor" in changes[name]} == {*ARRANGERS, *AWAY_OR_SENDING}
    assert {name for name in ROLES if any(one.job for one in tried[name])} == INVITERS
    assert changes["林一"].keys() <= {"leave"}
    assert changes[ADMINISTRATOR].keys() == {"invite", "role"}
    await small.database.close()


MARKS = (*READERS, "李明")
BEGINNINGS = (
    "pairing.new", "pairing.for:2", "pairing.edit:1", "pairing.mentor_for:1:2", "pairing.end:1", "rotation.new",
    "rotation.for:1", "rotation.evaluate:1", "rotation.ask_cancel:1", "need.answer:2", "referral.begin:1", "review.comment:1", "rotation.note:1:final",
    "handover.kind:2:leaves",
    "leave.other", "holidays.ask:3:off",
)  # fmt: skip
"""The presses with which a secretary begins something that is said in words."""


async def test_what_was_begun_in_a_role_ends_with_it(small: World) -> None:
    """The bare row is ended, without what the service ends beside it: each screen must look by itself."""

    def demoted(beginning: str) -> Event:
        def event(tx: Writer) -> None:
            begun, _ = small.answered(tx, small.pressed("陈静", beginning))
            assert "(not_yours)" not in begun, beginning
            for role_id in tx.scalars(select(role.c.id).where(role.c.person_id == small.people["陈静"])):
                roles.end(tx, role_id, NOW)

        return event

    bare = [verb for verb in ROUTES.presses if not verb.startswith(("me.", "check_in.", "consents."))]
    for beginning in BEGINNINGS:
        said = [small.typed("陈静", "李"), *(small.pressed("陈静", verb) for verb in bare)]
        tried = await small.attempts(said, demoted(beginning))
        assert [(one.what, mark) for one in tried for mark in MARKS if mark in one.shown] == [], beginning
    await small.database.close()


@pytest.mark.parametrize("name", ["王芳", "陈静", "周伟"])
async def test_an_ended_role_a_departure_and_a_withdrawn_consent_end_access_at_once(small: World, name: str) -> None:
    person_id = small.people[name]

    def left(tx: Writer) -> None:
        tx.run(
            update(pairing_mentor).where(pairing_mentor.c.person_id == person_id).values(until_on=date(2026, 10, 13))
        )
        for role_id in tx.scalars(select(role.c.id).where(role.c.person_id == person_id)):
            roles.end(tx, role_id, NOW)

    def departed(tx: Writer) -> None:
        ties.unbind(tx, Actor.clock(NOW), person_id)
        left(tx)

    def disagreed(tx: Writer) -> None:
        account_id = tx.scalar(select(account.c.id).where(account.c.person_id == person_id))
        consents.put(tx, account_id, ConsentKind.PARTY_DATA, CURRENT_VERSION, withdrawn_at=NOW)

    for event, ids in ((left, None), (departed, 1), (disagreed, 1)):
        tried = await small.sweep(name, event, ids=ids)
        assert [(one.what, mark) for one in tried for mark in READERS if mark in one.shown] == [], event.__name__
        assert {owner for owners in touched(tried).values() for owner in owners} <= {name}, event.__name__
    await small.database.close()


async def test_ending_a_role_ends_its_dialogues_but_not_ones_own_report(database: Database) -> None:
    small = await world(database)

    def unit(tx: Writer) -> list[str]:
        drafts.save(tx, small.telegram("陈静"), "check_in", "text", {}, NOW)
        small.answered(tx, small.pressed("陈静", "pairing.new"))
        held = next(one for one in roles.of_holder(tx, small.people["陈静"], None))
        role_services.end(tx, identify(tx, small.telegram("周伟"), NOW, ""), held.id)
        return list(tx.scalars(select(draft.c.kind).where(draft.c.telegram_id == small.telegram("陈静"))))

    assert await database.write(unit) == ["check_in"]
