"""Handing over what hangs on somebody, on both engines: all of it or nothing, by whoever leads them, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.handovers import NOBODY, Chosen, HandoverKind, TieKind, asked
from domain.needs import NeedAudience, NeedKind
from domain.pairings import PairingState
from domain.people import Stage
from domain.roles import RoleKind
from domain.rotations import RotationState
from domain.units import UnitKind
from services import access, handover_ties, handovers, needs, reviews, secretaries
from services import accounts as ties
from storage import accounts, pairings, people, roles, rotations, units
from storage import needs as need_rows
from storage.audit import plain
from storage.database import Database, Writer
from storage.tables import duty, need, pairing, pairing_mentor, person, role, rotation
from tests.services.duty_cast import START, Cast
from tests.services.test_check_ins import on, refused, submitted

LATER = START + timedelta(minutes=5)
TABLES = (pairing, pairing_mentor, rotation, need, person)


async def tied(database: Database) -> Cast:
    """王芳 guides 李明, hosts 林一, leads a rotation of 赵强, is deputy of the branch and sees to a need."""

    def build(tx: Writer) -> Cast:
        cast = Cast(tx)
        cast.pair()
        people.update_fields(tx, cast.people["李明"], stage=Stage.ACTIVIST)
        cast.rotate(date(2026, 10, 1), date(2026, 12, 1), name="林一", host="王芳", state=RotationState.IN_POST)
        led = cast.rotate(date(2026, 10, 1), date(2026, 12, 1), name="赵强", host="陈静", state=RotationState.IN_POST)
        rotations.update_fields(tx, led, leader_id=cast.people["王芳"])
        tx.insert(
            role, kind=RoleKind.SECRETARY, person_id=cast.people["王芳"], unit_id=cast.branch, title="支部副书记",
            given_at=START,
        )  # fmt: skip
        need_id = need_rows.add(
            tx, person_id=cast.people["李明"], check_in_id=None, kind=NeedKind.WORK,
            audience=NeedAudience.MENTOR_AND_SECRETARY, text="缺工具", now=START,
        )  # fmt: skip
        need_rows.update_fields(tx, need_id, owner_id=cast.people["王芳"])
        return cast

    return await database.write(build)


def all_to(tx: Writer, actor: Actor, person_id: int, successor: int) -> dict[str, int]:
    return {tie.key: successor for tie in asked(handover_ties.of_person(tx, actor, person_id, leaving=True))}


def standing(tx: Writer) -> list[Any]:
    rows: list[Any] = [tuple(row) for table in TABLES for row in tx.all(select(table).order_by(table.c.id))]
    held = select(role.c.kind, role.c.unit_id, role.c.person_id).where(role.c.ended_at.is_(None)).order_by(role.c.id)
    owed = select(duty.c.kind, duty.c.subject_kind, duty.c.subject_id, duty.c.period, duty.c.state, duty.c.holder_id)
    return [*rows, *map(tuple, tx.all(held)), *sorted(map(tuple, tx.all(owed)))]


def leave(tx: Writer, actor: Actor, person_id: int, chosen: Chosen) -> None:
    handovers.perform(tx, actor, person_id, HandoverKind.LEAVES, chosen, None, "调离")


async def test_everything_goes_to_whom_it_was_given(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        submitted(tx, cast)
        officer, gone = on(tx, cast).actor("周伟", LATER), cast.people["王芳"]
        chosen = all_to(tx, officer, gone, cast.people["陈静"])
        assert {key.split(":")[0] for key in chosen} == {"guides", "hosts", "leads", "role", "needs"}
        leave(tx, officer, gone, chosen)
        assert not people.is_present(tx, gone)
        successor = cast.actor("陈静", LATER)
        assert pairings.mentors_of(tx, [1])[1] == [cast.people["陈静"]]
        assert [one.person_id for one in rotations.hosted_by(tx, cast.people["陈静"])][-1] == cast.people["赵强"]
        assert [one.id for one in rotations.led_by(tx, cast.people["陈静"])] == [2]
        assert [one.id for one in need_rows.owned_by(tx, cast.people["陈静"])] == [1]
        assert len(reviews.waiting(tx, successor)) == 1
        assert secretaries.of_person(tx, cast.people["李明"]) == [cast.people["陈静"]]
        refused("already_done", lambda: leave(tx, officer, gone, {}))

    await database.write(story)


async def test_a_mentee_who_has_outgrown_the_track_holds_no_handover_up(database: Database) -> None:
    """He became a full member; until his pairing is completed somebody guides on, and a new one is refused as before."""
    cast = await tied(database)

    def story(tx: Writer) -> None:
        people.update_fields(tx, cast.people["李明"], stage=Stage.FULL_MEMBER)
        officer, gone = on(tx, cast).actor("周伟", LATER), cast.people["王芳"]
        leave(tx, officer, gone, all_to(tx, officer, gone, cast.people["陈静"]))
        assert pairings.mentors_of(tx, [1])[1] == [cast.people["陈静"]]
        handovers.undo(tx, officer, gone)
        assert pairings.mentors_of(tx, [1])[1] == [gone]

    await database.write(story)


async def test_taken_back_all_stands_as_it_stood(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        officer, gone = on(tx, cast).actor("周伟", LATER), cast.people["王芳"]
        for kind, successor in ((HandoverKind.HANDS_OVER, "陈静"), (HandoverKind.LEAVES, "陈静")):
            before = standing(tx)
            chosen = all_to(tx, officer, gone, cast.people[successor])
            handovers.perform(tx, officer, gone, kind, chosen, None, "调离")
            assert standing(tx) != before
            refused("too_late_to_undo", lambda: handovers.undo(tx, cast.actor("陈静", LATER), gone))
            handovers.undo(tx, officer, gone)
            assert standing(tx) == before
        refused("too_late_to_undo", lambda: handovers.undo(tx, officer, gone))

    await database.write(story)


async def test_ones_own_pairing_rotation_and_needs_end_and_come_back(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        secretary, gone = on(tx, cast).actor("陈静", LATER), cast.people["李明"]
        before = standing(tx)
        leave(tx, secretary, gone, {})
        assert pairings.get(tx, 1).state is PairingState.ENDED_EARLY  # type: ignore[union-attr]
        assert pairings.get(tx, 1).end_reason == "调离"  # type: ignore[union-attr]
        assert needs.waiting(tx, secretary) == []
        handovers.undo(tx, secretary, gone)
        assert standing(tx) == before
        leave(tx, cast.actor("陈静", LATER), gone, {})
        late = cast.actor("陈静", LATER + timedelta(seconds=61))
        refused("too_late_to_undo", lambda: handovers.undo(tx, late, gone))

    await database.write(story)


async def test_a_move_takes_everything_along_and_back(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        officer, mover = on(tx, cast).actor("周伟", LATER), cast.people["李明"]
        before = standing(tx)
        check_in = submitted(tx, cast)
        after_report = standing(tx)
        handovers.perform(tx, officer, mover, HandoverKind.MOVES, {}, cast.other, "")
        assert people.get(tx, mover).unit_id == cast.other  # type: ignore[union-attr]
        assert pairings.get(tx, 1).state is PairingState.ACTIVE  # type: ignore[union-attr]
        refused("not_yours", lambda: access.check_in(tx, cast.actor("陈静", LATER), check_in))
        assert access.check_in(tx, cast.actor("王芳", LATER), check_in)
        handovers.undo(tx, officer, mover)
        assert access.check_in(tx, cast.actor("陈静", LATER), check_in)
        assert standing(tx) == after_report
        assert before != after_report

    await database.write(story)


Doing = Callable[[Cast, Writer], object]
REFUSED: dict[str, tuple[str, Doing]] = {
    "somebody of another branch": (
        "not_yours",
        lambda cast, tx: leave(tx, cast.actor("陈静", LATER), cast.people["赵强"], {}),
    ),
    "by a mentor": ("not_yours", lambda cast, tx: leave(tx, cast.actor("赵强", LATER), cast.people["林一"], {})),
    "with something open": (
        "handover_incomplete",
        lambda cast, tx: leave(tx, cast.actor("周伟", LATER), cast.people["王芳"], {}),
    ),
    "a pairing to nobody": (
        "handover_incomplete",
        lambda cast, tx: leave(
            tx,
            cast.actor("周伟", LATER),
            cast.people["王芳"],
            all_to(tx, cast.actor("周伟"), cast.people["王芳"], NOBODY),
        ),
    ),
    "to oneself": (
        "successor_is_self",
        lambda cast, tx: leave(
            tx,
            cast.actor("周伟", LATER),
            cast.people["王芳"],
            all_to(tx, cast.actor("周伟"), cast.people["王芳"], cast.people["王芳"]),
        ),
    ),
    "needs to an outsider": (
        "successor_may_not_know",
        lambda cast, tx: handovers.perform(
            tx,
            cast.actor("陈静", LATER),
            cast.people["王芳"],
            HandoverKind.HANDS_OVER,
            {f"{TieKind.NEEDS}:0": cast.people["林一"]},
            None,
            "",
        ),
    ),
    "a role from below": (
        "still_leads",
        lambda cast, tx: leave(tx, cast.actor("陈静", LATER), cast.people["王芳"], {}),
    ),
    "nothing": (
        "handover_empty",
        lambda cast, tx: handovers.perform(
            tx, cast.actor("陈静", LATER), cast.people["王芳"], HandoverKind.HANDS_OVER, {}, None, ""
        ),
    ),
    "to a branch of others": (
        "not_yours",
        lambda cast, tx: handovers.perform(
            tx, cast.actor("陈静", LATER), cast.people["李明"], HandoverKind.MOVES, {}, cast.other, ""
        ),
    ),
    "to where one is": (
        "already_done",
        lambda cast, tx: handovers.perform(
            tx, cast.actor("陈静", LATER), cast.people["李明"], HandoverKind.MOVES, {}, cast.branch, ""
        ),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_refused_changes_nothing(database: Database, what: str) -> None:
    cast = await tied(database)
    code, act = REFUSED[what]

    def story(tx: Writer) -> None:
        on(tx, cast)
        refused(code, lambda: act(cast, tx))

    await database.write(story)


async def test_a_role_may_stay_empty_and_whoever_holds_it_too_acts_on(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        officer, deputy = on(tx, cast).actor("周伟", LATER), cast.people["王芳"]
        held = next(one for one in roles.of_holder(tx, deputy, None))
        chosen = {f"{TieKind.ROLE}:{held.id}": NOBODY}
        handovers.perform(tx, officer, deputy, HandoverKind.HANDS_OVER, chosen, None, "")
        assert roles.of_holder(tx, deputy, None) == []
        assert secretaries.of_unit(tx, cast.branch) == [cast.people["陈静"]]

    await database.write(story)


async def test_with_a_second_mentor_the_other_goes_on(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        pairings.add_mentor(tx, 1, cast.people["赵强"], START.date())
        secretary = on(tx, cast).actor("陈静", LATER)
        chosen = {f"{TieKind.GUIDES}:1": NOBODY}
        handovers.perform(tx, secretary, cast.people["王芳"], HandoverKind.HANDS_OVER, chosen, None, "")
        assert pairings.mentors_of(tx, [1])[1] == [cast.people["赵强"]]

    await database.write(story)


async def test_those_who_may_be_moved_to_are_ones_own_units(database: Database) -> None:
    cast = await tied(database)

    def story(tx: Writer) -> None:
        group = units.add(tx, UnitKind.GROUP, "一组", cast.branch, position=9, zone="Asia/Shanghai")
        on(tx, cast)
        own = handovers.destinations(tx, cast.actor("陈静"), cast.people["李明"])
        assert [unit.id for unit in own] == [group]
        whole = handovers.destinations(tx, cast.actor("周伟"), cast.people["李明"])
        assert [unit.id for unit in whole] == [cast.committee, cast.other, group]

    await database.write(story)


async def test_an_account_that_is_anothers_by_now_is_not_bound_again(database: Database) -> None:
    """Nor is one whose person came in on another phone."""
    cast = await tied(database)

    def story(tx: Writer) -> None:
        person_id, clock = cast.people["王芳"], Actor.clock(START)
        link = ties.unbind(tx, clock, person_id)
        other = ties.unbind(tx, clock, cast.people["赵强"])
        assert link is not None
        assert other is not None
        kept = plain(link)
        assert isinstance(kept, dict)
        assert access.recipient(tx, person_id, START) is None
        accounts.update_fields(tx, link["account"], person_id=cast.people["赵强"])
        assert not ties.bind_again(tx, clock, person_id, kept)
        accounts.update_fields(tx, link["account"], person_id=None)
        accounts.update_fields(tx, other["account"], person_id=person_id)
        assert not ties.bind_again(tx, clock, person_id, kept)
        accounts.update_fields(tx, other["account"], person_id=None)
        assert ties.bind_again(tx, clock, person_id, kept)
        found = access.recipient(tx, person_id, START)
        assert found is not None
        assert found.account_id == link["account"]
        assert ties.unbind(tx, clock, cast.people["赵强"]) is None

    await database.write(story)
