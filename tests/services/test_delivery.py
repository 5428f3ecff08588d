"""Whether a notice may go: quiet hours, the week's budget, who has left, is muted or cannot be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from domain.actors import Actor
from domain.periods import Cadence, CadenceKind
from services import delivery, group_chats, notices
from services.delivery import Go, Skip, Wait
from storage import duties, outbox, units
from storage.database import Database
from storage.tables import account, consent, person, unit
from tests.services.duty_cast import Cast, at

THURSDAY, GROUP = at(10, 15), -4001
MONTHLY = Cadence(CadenceKind.MONTHLY, 31)


def decided(
    cast: Cast,
    now: datetime,
    kind: str = "review.told",
    *,
    unasked: bool = False,
    asked: Sequence[int] = (),
    payload: Mapping[str, Any] | None = None,
) -> Go | Wait | Skip:
    """What becomes of a notice to 李明 whose time has come."""
    clock, key = Actor.clock(now), f"{kind}:{now.isoformat()}:{unasked}:{payload}"
    notices.tell(
        cast.tx, clock, cast.people["李明"], kind, key=key, unasked=unasked, duties=list(asked), **(payload or {})
    )
    row = outbox.claim(cast.tx, "test", now, now, limit=1)[0]
    outbox.settle(cast.tx, row.id, "skipped", now)  # a person's next row is claimed when this one is settled
    return delivery.decide(cast.tx, row, now)


def spend(cast: Cast, times: int, now: datetime) -> None:
    for number in range(times):
        notices.tell(cast.tx, Actor.clock(now), cast.people["李明"], "review.told", key=f"spent:{number}", unasked=True)
        for row in outbox.claim(cast.tx, "test", now, now, limit=1):
            outbox.settle(cast.tx, row.id, "sent", now)


def choose(cast: Cast, **values: object) -> None:
    cast.tx.run(update(account).where(account.c.person_id == cast.people["李明"]).values(**values))


async def play(database: Database, story: Callable[[Cast], None]) -> None:
    await database.write(lambda tx: story(Cast(tx)))


async def test_in_the_daytime_a_notice_goes(database: Database) -> None:
    def story(cast: Cast) -> None:
        verdict = decided(cast, THURSDAY)
        assert isinstance(verdict, Go)
        assert verdict.recipient.person_id == cast.people["李明"]

    await play(database, story)


async def test_at_night_and_at_noon_it_waits_for_the_end_of_the_quiet_hours(database: Database) -> None:
    def story(cast: Cast) -> None:
        assert decided(cast, at(10, 15, 22)) == Wait(at(10, 16, 8), "quiet")
        assert decided(cast, at(10, 16, 12, 30)) == Wait(at(10, 16, 14), "quiet")

    await play(database, story)


async def test_a_group_keeps_the_quiet_hours_of_its_unit(database: Database) -> None:
    def in_group(cast: Cast, now: datetime) -> Go | Wait | Skip:
        group_chats.tell(cast.tx, Actor.clock(now), GROUP, "group_chat.summary", key=f"{now:%d %H}", unit=cast.branch)
        row = outbox.claim(cast.tx, "test", now, now, limit=1)[0]
        outbox.settle(cast.tx, row.id, "skipped", now)
        return delivery.decide(cast.tx, row, now)

    def story(cast: Cast) -> None:
        units.set_group(cast.tx, cast.branch, GROUP)
        assert in_group(cast, at(10, 15, 22)) == Wait(at(10, 16, 8), "quiet")
        assert isinstance(in_group(cast, at(10, 16)), Go)
        units.set_profile(cast.tx, cast.branch, {"quiet_hours": [["22:30", "06:00"]]})
        assert isinstance(in_group(cast, at(10, 16, 22)), Go)
        units.set_group(cast.tx, cast.branch, None)
        assert isinstance(in_group(cast, at(10, 16, 23)), Go)

    await play(database, story)


async def test_a_persons_own_quiet_hours_and_zone_count(database: Database) -> None:
    def story(cast: Cast) -> None:
        choose(cast, zone="Asia/Urumqi", quiet_hours=[["20:00", "10:00"]])
        assert decided(cast, at(10, 15, 11)) == Wait(at(10, 15, 12), "quiet")

    await play(database, story)


async def test_beyond_three_a_week_a_notice_waits_for_the_next_digest(database: Database) -> None:
    def story(cast: Cast) -> None:
        spend(cast, 2, at(10, 13))
        assert isinstance(decided(cast, at(10, 13, 15), unasked=True), Go)
        spend(cast, 3, at(10, 13, 16))
        assert decided(cast, at(10, 14), unasked=True) == Wait(at(10, 15, 9, 5), "budget")
        assert isinstance(decided(cast, at(10, 14)), Go)

    await play(database, story)


async def test_beyond_the_budget_a_prompt_waits_for_the_next_digest_as_all_else_does(database: Database) -> None:
    def story(cast: Cast) -> None:
        spend(cast, 3, at(10, 13))
        assert decided(cast, at(10, 15, 9), delivery.PROMPT, unasked=True) == Wait(at(10, 19, 9, 5), "budget")
        assert decided(cast, at(10, 15, 9), delivery.DIGEST, unasked=True) == Wait(at(10, 19, 9), "budget")
        assert isinstance(decided(cast, at(10, 19, 9), delivery.PROMPT, unasked=True), Go)

    await play(database, story)


async def test_the_place_of_what_is_due_is_kept(database: Database) -> None:
    """李明 owes a report on Friday: two messages beside its prompt, and the third is the prompt."""

    def story(cast: Cast) -> None:
        cast.pair(now=at(10, 12))
        [owed] = [one.id for one in duties.leavable(cast.tx, cast.people["李明"], at(10, 13))][:1]
        spend(cast, 1, at(10, 13))
        assert isinstance(decided(cast, at(10, 13, 15), unasked=True), Go)
        spend(cast, 2, at(10, 13, 16))
        assert decided(cast, at(10, 14), unasked=True) == Wait(at(10, 15, 9, 5), "budget")
        assert isinstance(decided(cast, at(10, 16, 9), delivery.PROMPT, unasked=True, asked=[owed]), Go)

    await play(database, story)


async def test_what_one_has_to_act_on_may_take_any_place_that_is_not_kept_for_a_prompt(database: Database) -> None:
    """李明 owes a report on the last day of the month: a day may be added, so that the week's last place is kept."""

    def story(cast: Cast) -> None:
        own, other = cast.pair(now=at(10, 12), cadence=MONTHLY), cast.pair("林一", now=at(10, 12), cadence=MONTHLY)
        spend(cast, 2, at(10, 13))

        def goes(moment: datetime, kind: str, **payload: Any) -> bool:
            return isinstance(decided(cast, moment, kind, unasked=True, payload=payload), Go)

        mine, hers = ([[cast.people[name], "2026-10-13", "2026-10-30"]] for name in ("李明", "陈静"))
        for moment, is_first in ((at(10, 13, 15), True), (at(10, 13, 17), False)):
            assert goes(moment, "pairing.notice", id=other, what="now_mentor") is is_first
            assert goes(moment, "stand_in.told", now={str(other): mine}) is is_first
            assert goes(moment, "stand_in.told", now={str(own): hers}) is is_first
            assert not goes(moment, "stand_in.told", now={str(other): hers}), "a mentor who is away can wait"
            assert not goes(moment, "pairing.notice", id=other, what="paused")
            spend(cast, 3, at(10, 13, 16))

    await play(database, story)


async def test_a_unit_may_set_another_budget(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.tx.run(update(unit).where(unit.c.id == cast.committee).values(profile={"weekly_budget": 1}))
        spend(cast, 1, at(10, 13))
        assert decided(cast, at(10, 14), unasked=True) == Wait(at(10, 15, 9, 5), "budget")

    await play(database, story)


async def test_reminders_off_stops_prompts_and_digests_but_not_word_that_concerns_oneself(database: Database) -> None:
    def story(cast: Cast) -> None:
        choose(cast, reminders_off=True)
        assert decided(cast, THURSDAY, delivery.PROMPT, unasked=True) == Skip("muted")
        assert decided(cast, THURSDAY, delivery.DIGEST, unasked=True) == Skip("muted")
        assert isinstance(decided(cast, THURSDAY), Go)

    await play(database, story)


async def test_nothing_goes_to_who_left_is_unreachable_or_withdrew_consent(database: Database) -> None:
    def story(cast: Cast) -> None:
        choose(cast, unreachable_since=THURSDAY)
        assert decided(cast, at(10, 15, 10, 1)) == Skip("unreachable")
        choose(cast, unreachable_since=None)
        cast.tx.run(update(consent).where(consent.c.account_id == cast.accounts["李明"]).values(withdrawn_at=THURSDAY))
        assert decided(cast, at(10, 15, 10, 2)) == Skip("not_agreed")
        cast.tx.run(update(person).where(person.c.id == cast.people["李明"]).values(left_on=date(2026, 10, 15)))
        assert decided(cast, at(10, 15, 10, 3)) == Skip("left")

    await play(database, story)
