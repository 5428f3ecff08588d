"""Needs passed up, on both engines: who knows what of them, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta

from domain.check_ins import Capacity
from domain.needs import Need, NeedAudience, NeedKind, NeedState
from domain.roles import RoleKind
from services import erasure, need_helping, needs, referrals
from storage import erasure as erased
from storage import needs as rows
from storage import referrals as referral_rows
from storage.database import Database, Writer
from storage.tables import role
from tests.services.duty_cast import START
from tests.services.test_check_ins import cast_of, on, refused

SAID, PASSED = "李明的原话", "两套工具不够用。"
LATER = START + timedelta(hours=1)


def asked(tx: Writer, person_id: int, audience: NeedAudience = NeedAudience.MENTOR_AND_SECRETARY) -> int:
    return rows.add(
        tx, person_id=person_id, check_in_id=None, kind=NeedKind.MATERIAL, audience=audience, text=SAID, now=START
    )


def standing(tx: Writer, need_id: int) -> Need:
    found = rows.get(tx, need_id)
    assert found is not None
    return found


async def test_above_one_reads_the_words_of_the_branch_and_answers_for_all(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        need_id = asked(tx, cast.people["李明"])
        secretary, officer = on(tx, cast).actor("陈静", LATER), cast.actor("周伟", LATER)
        refused("not_yours", lambda: needs.card(tx, officer, need_id))
        need_helping.promise(tx, secretary, need_id, LATER.date())
        need_helping.answer(tx, secretary, need_id, "支部先想办法。")
        referrals.pass_up(tx, secretary, need_id, cast.committee, PASSED)
        seen = needs.card(tx, officer, need_id)
        assert (seen.capacity, seen.need.person, seen.need.text) == (Capacity.ABOVE, "变电检修党支部", PASSED)
        assert (seen.need.answer, seen.need.owner_id, seen.need.check_in_id) == ("", None, None)
        assert standing(tx, need_id).state is NeedState.OPEN
        assert [one.id for one in needs.waiting(tx, officer)] == [need_id]
        officer = cast.actor("周伟", LATER + timedelta(minutes=1))
        need_helping.answer(tx, officer, need_id, "公司统一调配。")
        assert needs.card(tx, officer, need_id).need.answer == "公司统一调配。"
        assert needs.card(tx, secretary, need_id).need.owner == "周伟"
        refused("acted_on", lambda: referrals.recall(tx, secretary, need_id))
        refused("not_yours", lambda: needs.solve(tx, officer, need_id))
        needs.solve(tx, cast.actor("李明", LATER), need_id)
        assert needs.waiting(tx, officer) == []

    await database.write(story)


async def test_whose_turn_it_is_passes_it_on(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        need_id = asked(tx, cast.people["李明"])
        mentor, secretary = on(tx, cast).actor("王芳"), cast.actor("陈静")
        refused("nobody_above", lambda: referrals.pass_up(tx, mentor, need_id, cast.committee, PASSED))
        refused("not_yours", lambda: referrals.pass_up(tx, secretary, need_id, cast.other, PASSED))
        refused("text_missing", lambda: referrals.pass_up(tx, secretary, need_id, cast.committee, " "))
        refused("not_yours", lambda: referrals.recall(tx, secretary, need_id))
        referrals.pass_up(tx, secretary, need_id, cast.committee, PASSED)
        refused("nobody_above", lambda: referrals.pass_up(tx, secretary, need_id, cast.committee, PASSED))
        referrals.recall(tx, secretary, need_id)
        assert standing(tx, need_id).owner_id == cast.people["陈静"]
        assert needs.waiting(tx, cast.actor("周伟")) == []
        refused("need_recalled", lambda: needs.card(tx, cast.actor("周伟"), need_id))

    await database.write(story)


async def test_either_secretary_of_the_branch_settles_it_for_both(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        need_id = asked(tx, cast.people["李明"])
        tx.insert(role, kind=RoleKind.SECRETARY, person_id=cast.people["王芳"], unit_id=cast.branch, given_at=START)
        first, second = on(tx, cast).actor("陈静"), cast.actor("王芳")
        referrals.pass_up(tx, first, need_id, cast.committee, PASSED)
        referrals.recall(tx, second, need_id)
        refused("not_yours", lambda: referrals.recall(tx, first, need_id))

    await database.write(story)


async def test_what_was_done_is_listed_with_words_only_where_the_asker_agreed(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        open_one, secret = asked(tx, cast.people["李明"]), asked(tx, cast.people["李明"], NeedAudience.SECRETARY_ONLY)
        member, secretary, outsider = (
            on(tx, cast).actor("李明", LATER),
            cast.actor("陈静", LATER),
            cast.actor("林一", LATER),
        )
        refused("gone", lambda: needs.share(tx, member, open_one, shared=True))
        for need_id in (open_one, secret):
            need_helping.answer(tx, secretary, need_id, f"答复{need_id}")
        assert [one.answer for one in referrals.helped(tx, outsider, 0).lines] == [""]
        refused("not_yours", lambda: needs.share(tx, secretary, secret, shared=True))
        for need_id in (open_one, secret):
            needs.share(tx, member, need_id, shared=True)
        shown = referrals.helped(tx, outsider, 0).lines
        assert {one.answer for one in shown} == {f"答复{open_one}", f"答复{secret}"}
        assert {one.unit for one in shown} == {"变电检修党支部"}
        need_helping.answer(tx, secretary, secret, "另一答复")
        assert [one.answer for one in referrals.helped(tx, outsider, 0).lines] == [f"答复{open_one}"]

    await database.write(story)


async def test_erasing_the_asker_takes_the_words_of_the_branch_along(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        need_id = asked(tx, cast.people["林一"])
        tx.insert(role, kind=RoleKind.SECRETARY, person_id=cast.people["赵强"], unit_id=cast.other, given_at=START)
        referrals.pass_up(tx, on(tx, cast).actor("赵强"), need_id, cast.committee, PASSED)
        assert PASSED in erased.words_of(tx, cast.people["林一"])
        tx.insert(role, kind=RoleKind.ADMINISTRATOR, person_id=cast.people["周伟"], given_at=START)
        erasure.erase(tx, cast.actor("周伟"), cast.people["林一"])
        assert [one.words for one in referral_rows.of_need(tx, need_id)] == [erased.GONE]

    await database.write(story)
