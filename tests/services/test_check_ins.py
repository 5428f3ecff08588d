"""Reports on both engines: handed in once whoever taps twice, changed with versions, seen by those who may."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from domain.actors import Actor
from domain.check_in_drafts import Drafted, NeedAsked
from domain.check_ins import Capacity, Standing
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.pairings import PairingState
from domain.refusals import Refusal
from domain.reviews import Attribution, ReviewKind
from domain.roles import RoleKind
from domain.rotations import RotationState
from services import access, check_in_corrections, check_ins, duties, need_helping, need_undoing, needs, reviews
from storage import check_ins as rows
from storage import needs as need_rows
from storage import reviews as review_rows
from storage.database import Database, Writer
from storage.tables import audit, check_in, outbox, pairing, pairing_mentor, role, rotation
from tests.services.duty_cast import START, Cast, at

WORDS = "跟班完成2号主变检修。"
LATER = START + timedelta(minutes=5)


async def cast_of(database: Database) -> Cast:
    """李明 is guided by 王芳 and reports weekly on Fridays."""

    def build(tx: Writer) -> Cast:
        cast = Cast(tx)
        cast.pair()
        return cast

    return await database.write(build)


def on(tx: Writer, cast: Cast) -> Cast:
    """The cast in another transaction."""
    cast.tx = tx
    return cast


def drafted(tx: Writer, actor: Actor, **changes: object) -> Drafted:
    assert actor.person_id is not None
    owed = tuple(duty.id for duty in duties.reportable(tx, actor.person_id, actor.now))
    whole = Drafted(
        mark=1, offered=owed, chosen=owed, subjects_settled=True, chat_id=1000, parts=((7, WORDS),),
        standing=Standing.ON_TRACK,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def submitted(tx: Writer, cast: Cast, **changes: object) -> int:
    actor = on(tx, cast).actor("李明")
    return check_ins.submit(tx, actor, drafted(tx, actor, **changes))


def refused(code: str, act: object) -> None:
    with pytest.raises(Refusal) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code == code


async def test_two_taps_at_once_hand_in_once(database: Database) -> None:
    cast = await cast_of(database)
    actor = await database.write(lambda tx: on(tx, cast).actor("李明"))
    whole = await database.write(lambda tx: drafted(tx, actor))
    taps = [database.write(lambda tx: check_ins.submit(tx, actor, whole)) for _ in range(4)]
    results = await asyncio.gather(*taps, return_exceptions=True)
    failures = [result for result in results if not isinstance(result, int)]
    assert len(failures) == 3
    assert {failure.code for failure in failures if isinstance(failure, Refusal)} == {"already_reported"}
    assert await database.read(lambda tx: tx.scalar(select(func.count()).select_from(check_in))) == 1


async def test_one_report_answers_pairing_and_rotation(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        on(tx, cast).rotate(date(2026, 10, 12), date(2026, 12, 31), state=RotationState.IN_POST)
        check_in_id = submitted(tx, cast)
        assert {duty.subject_kind for duty in rows.subjects_of(tx, check_in_id)} == {"pairing", "rotation"}
        refused("already_reported", lambda: submitted(tx, cast))
        refused("already_reported", lambda: submitted(tx, cast, chosen=(999,)))

    await database.write(story)


async def test_late_is_a_fact_of_the_report_and_adding_makes_none(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        member, mentor = on(tx, cast).actor("李明"), cast.actor("王芳", LATER)
        check_in_id = submitted(tx, cast)
        reviews.review(tx, mentor, check_in_id, ReviewKind.PLEASE_ADD, "缺什么？")
        after_due = replace(member, now=at(10, 19))
        check_in_corrections.add(tx, after_due, check_in_id, "缺GIS实操。")
        found = rows.get(tx, check_in_id)
        assert found is not None
        assert not found.late
        assert found.text == f"{WORDS}\n\n缺GIS实操。"
        assert [version.text for version in rows.versions_of(tx, check_in_id)] == [WORDS]
        tardy = cast.actor("李明", at(10, 26))
        late = check_ins.submit(tx, tardy, drafted(tx, tardy))
        assert rows.get(tx, late).late  # type: ignore[union-attr]

    await database.write(story)


async def test_undo_frees_the_duty_until_somebody_acts(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        member, mentor = on(tx, cast).actor("李明", LATER), cast.actor("王芳", LATER)
        first = submitted(tx, cast)
        check_in_corrections.undo(tx, member, first, 5)
        refused("gone", lambda: access.check_in(tx, mentor, first))
        second = submitted(tx, cast)
        reviews.review(tx, mentor, second, ReviewKind.NOTED)
        refused("acted_on", lambda: check_in_corrections.undo(tx, member, second, 6))

    await database.write(story)


async def test_nothing_changes_once_the_month_is_locked(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast)
        member, mentor = cast.actor("李明", at(11, 6)), cast.actor("王芳", at(11, 6))
        refused("report_locked", lambda: check_in_corrections.change_text(tx, member, check_in_id, "新"))
        refused("report_locked", lambda: check_in_corrections.undo(tx, member, check_in_id, 1))
        refused("report_locked", lambda: reviews.review(tx, mentor, check_in_id, ReviewKind.PLEASE_ADD, "补"))
        reviews.review(tx, mentor, check_in_id, ReviewKind.COMMENTED, "好")
        just_before = replace(member, now=at(11, 5, 23))
        check_in_corrections.change_text(tx, just_before, check_in_id, "新")

    await database.write(story)


async def test_who_may_read(database: Database) -> None:
    """The access matrix: self, mentor while paired, host of the rotation, secretary of the branch; nobody else."""
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast)
        capacities = {"李明": Capacity.AUTHOR, "王芳": Capacity.MENTOR, "陈静": Capacity.SECRETARY}
        for name, capacity in capacities.items():
            assert access.check_in(tx, cast.actor(name), check_in_id)[1] is capacity
        for name in ("赵强", "周伟", "林一"):
            for door in (lambda: access.check_in, lambda: access.reports_of):
                identity = check_in_id if door() is access.check_in else cast.people["李明"]
                refused("not_yours", lambda: door()(tx, cast.actor(name), identity))  # noqa: B023 - called at once

    await database.write(story)


async def test_a_secretary_above_the_branch_reads_no_texts(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast)
        tx.insert(role, kind=RoleKind.SECRETARY, person_id=cast.people["周伟"], unit_id=cast.committee, given_at=START)
        refused("not_yours", lambda: access.check_in(tx, cast.actor("周伟"), check_in_id))
        assert reviews.branch_page(tx, cast.actor("周伟"), 0).lines == ()
        assert len(reviews.branch_page(tx, cast.actor("陈静"), 0).lines) == 1

    await database.write(story)


@pytest.mark.parametrize("end", ["replaced", "ended"])
async def test_a_mentor_reads_no_longer_than_he_is_one(database: Database, end: str) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast)
        if end == "replaced":
            tx.run(pairing_mentor.update().values(until_on=date(2026, 10, 12)))
        else:
            tx.run(pairing.update().values(state=PairingState.ENDED_EARLY))
        refused("not_yours", lambda: access.check_in(tx, cast.actor("王芳", at(10, 13)), check_in_id))
        assert reviews.waiting(tx, cast.actor("王芳", at(10, 13))) == []

    await database.write(story)


async def test_a_host_reads_reports_on_his_rotation_while_it_lasts(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        before = submitted(tx, cast)
        on(tx, cast).rotate(date(2026, 10, 12), date(2026, 12, 31), state=RotationState.IN_POST)
        about = submitted(tx, cast)
        host = cast.actor("赵强", LATER)
        assert access.check_in(tx, host, about)[1] is Capacity.HOST
        assert reviews.waiting(tx, host) == [about]
        refused("not_yours", lambda: access.check_in(tx, host, before))
        tx.run(rotation.update().values(state=RotationState.CLOSED))
        refused("not_yours", lambda: access.check_in(tx, host, about))

    await database.write(story)


async def test_reading_anothers_report_leaves_a_trace(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast)
        check_ins.read(tx, cast.actor("李明"), check_in_id)
        check_ins.read(tx, cast.actor("陈静"), check_in_id)
        verbs = tx.all(select(audit.c.verb, audit.c.actor).where(audit.c.verb == "check_in:read"))
        assert [row.actor for row in verbs] == [f"account:{cast.accounts['陈静']}"]

    await database.write(story)


def asked(audience: NeedAudience) -> dict[str, object]:
    need = NeedAsked(NeedKind.PEOPLE, audience, "想换一位导师" if audience is NeedAudience.SECRETARY_ONLY else None)
    return {"standing": Standing.NEEDS_SUPPORT, "need": need}


async def test_what_the_secretary_alone_may_know(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast, **asked(NeedAudience.SECRETARY_ONLY))
        [need] = need_rows.of_check_in(tx, check_in_id)
        mentor, secretary = cast.actor("王芳", LATER), cast.actor("陈静", LATER)
        assert check_ins.card(tx, mentor, check_in_id).check_in.standing is None
        assert check_ins.card(tx, mentor, check_in_id).needs == ()
        assert check_ins.card(tx, secretary, check_in_id).check_in.standing is Standing.NEEDS_SUPPORT
        refused("not_yours", lambda: needs.card(tx, mentor, need.id))
        assert needs.waiting(tx, mentor) == []
        assert [one.id for one in needs.waiting(tx, secretary)] == [need.id]
        told = tx.scalars(select(outbox.c.person_id))
        assert list(told) == [cast.people["陈静"]]

    await database.write(story)


async def test_a_need_ends_when_the_asker_says_so(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in_id = submitted(tx, cast, **asked(NeedAudience.MENTOR_AND_SECRETARY))
        [need] = need_rows.of_check_in(tx, check_in_id)
        member, mentor, secretary = cast.actor("李明"), cast.actor("王芳"), cast.actor("陈静")
        refused("not_yours", lambda: need_helping.take_on(tx, member, need.id))
        need_helping.take_on(tx, mentor, need.id)
        refused("already_done", lambda: need_helping.take_on(tx, mentor, need.id))
        refused("promise_in_the_past", lambda: need_helping.promise(tx, secretary, need.id, date(2026, 10, 11)))
        refused("need_owned", lambda: need_helping.answer(tx, secretary, need.id, "下周调人。"))
        need_helping.answer(tx, secretary, need.id, "下周调人。", instead_of=cast.people["王芳"])
        refused("not_yours", lambda: needs.solve(tx, secretary, need.id))
        needs.not_yet(tx, member, need.id)
        assert need_rows.get(tx, need.id).state is NeedState.OPEN  # type: ignore[union-attr]
        needs.solve(tx, member, need.id)
        refused("already_done", lambda: need_undoing.withdraw(tx, member, need.id))
        assert needs.waiting(tx, secretary) == []

    await database.write(story)


async def test_a_secretary_in_need_is_heard_by_the_one_above(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        on(tx, cast).pair("陈静", "王芳")
        tx.insert(role, kind=RoleKind.SECRETARY, person_id=cast.people["周伟"], unit_id=cast.committee, given_at=START)
        actor = cast.actor("陈静")
        check_ins.submit(tx, actor, drafted(tx, actor, **asked(NeedAudience.SECRETARY_ONLY)))
        assert [need.person for need in needs.waiting(tx, cast.actor("周伟"))] == ["陈静"]
        assert needs.waiting(tx, cast.actor("王芳")) == []

    await database.write(story)


async def test_a_verdict_can_be_changed_until_the_author_acts(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        member, mentor, secretary = on(tx, cast).actor("李明"), cast.actor("王芳"), cast.actor("陈静")
        check_in_id = submitted(tx, cast)
        refused("not_yours", lambda: reviews.review(tx, member, check_in_id, ReviewKind.NOTED))
        refused("secretary_comments", lambda: reviews.review(tx, secretary, check_in_id, ReviewKind.HIGHLIGHT))
        reviews.review(tx, mentor, check_in_id, ReviewKind.NOTED)
        highlight = reviews.review(tx, mentor, check_in_id, ReviewKind.HIGHLIGHT)
        assert [one.id for one in review_rows.of_check_in(tx, check_in_id)] == [highlight]
        refused("not_yours", lambda: reviews.attribute(tx, mentor, highlight, Attribution.SIGNED))
        reviews.attribute(tx, member, highlight, Attribution.SIGNED)
        refused("acted_on", lambda: reviews.undo(tx, mentor, highlight))
        refused("acted_on", lambda: reviews.review(tx, mentor, check_in_id, ReviewKind.NOTED))

    await database.write(story)


async def test_two_mentors_at_once_settle_it_once(database: Database) -> None:
    cast = await cast_of(database)

    def both(tx: Writer) -> tuple[int, Actor, Actor]:
        on(tx, cast)
        tx.insert(pairing_mentor, pairing_id=1, person_id=cast.people["陈静"], from_on=date(2026, 10, 12))
        return submitted(tx, cast), cast.actor("王芳"), cast.actor("陈静")

    check_in_id, first, second = await database.write(both)
    results = await asyncio.gather(
        database.write(lambda tx: reviews.review(tx, first, check_in_id, ReviewKind.NOTED)),
        database.write(lambda tx: reviews.review(tx, second, check_in_id, ReviewKind.NOTED)),
        return_exceptions=True,
    )
    assert [result.code for result in results if isinstance(result, Refusal)] == ["settled_by_other"]
