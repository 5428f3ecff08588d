"""Who may name whom, on both engines; an administrator always remains."""

from __future__ import annotations

import asyncio

import pytest

from domain.refusals import Refusal
from domain.roles import RoleKind
from services import roles
from storage import roles as rows
from storage.database import Database
from tests.services.organisations import SHELL, organisation


async def test_whoever_leads_above_names_and_ends(database: Database) -> None:
    org = await organisation(database)
    officer, li = await org.actor("周伟"), org.people["李明"]
    role_id = await database.write(lambda tx: roles.give(tx, officer, li, org.branch, "支部副书记"))
    assert (await org.actor("李明")).units(RoleKind.SECRETARY) == (org.branch,)
    await database.write(lambda tx: roles.end(tx, officer, role_id))
    assert (await org.actor("李明")).roles == ()


@pytest.mark.parametrize("name", ["李明", "陈静"])
async def test_nobody_names_leaders_of_their_own_unit_or_above(database: Database, name: str) -> None:
    org = await organisation(database)
    actor, li = await org.actor(name), org.people["李明"]
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: roles.give(tx, actor, li, org.branch, "支部书记"))
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: roles.give(tx, actor, li, org.committee, "党委书记"))
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: roles.give_administrator(tx, actor, li))


async def test_an_officer_makes_no_administrator_and_no_officer(database: Database) -> None:
    org = await organisation(database)
    officer, li = await org.actor("周伟"), org.people["李明"]
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: roles.give_administrator(tx, officer, li))
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: roles.give(tx, officer, li, org.committee, "组织干事"))


async def test_the_same_role_twice_is_refused_even_at_once(database: Database) -> None:
    org = await organisation(database)
    officer, li = await org.actor("周伟"), org.people["李明"]
    given = await asyncio.gather(
        *(database.write(lambda tx: roles.give(tx, officer, li, org.branch, "支部副书记")) for _ in range(4)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, int) for one in given) == 1


async def test_two_administrators_cannot_end_each_other_at_once(database: Database) -> None:
    org = await organisation(database)
    first = await org.give("李明", RoleKind.ADMINISTRATOR, None)
    second = await org.give("陈静", RoleKind.ADMINISTRATOR, None)
    li, chen = await org.actor("李明"), await org.actor("陈静")
    ended = await asyncio.gather(
        database.write(lambda tx: roles.end(tx, li, second)),
        database.write(lambda tx: roles.end(tx, chen, first)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refusal) for one in ended) == 1
    assert len(await database.read(rows.administrators)) == 1


async def test_the_last_administrator_stays(database: Database) -> None:
    org = await organisation(database)
    only = await org.give("李明", RoleKind.ADMINISTRATOR, None)
    with pytest.raises(Refusal, match="last_administrator"):
        await database.write(lambda tx: roles.end(tx, SHELL, only))
