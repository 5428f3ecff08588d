"""Announcements on both engines: to everybody of a unit who can be reached, once, and to nobody who has left it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from domain.consents import ConsentKind
from services import announcements, group_chats
from storage import announcements as rows
from storage import outbox, people, units
from storage.database import Database, Writer
from storage.tables import account, consent
from storage.tables import outbox as sent
from tests.services.duty_cast import START, Cast
from tests.services.test_check_ins import cast_of, on, refused
from tests.storage.plans import scans

LATER, GROUP = START + timedelta(seconds=60), -4001


def told(tx: Writer, announcement_id: int) -> set[int]:
    key = f"announcement:{announcement_id}:%"
    return set(tx.scalars(select(sent.c.person_id).where(sent.c.unique_key.like(key), sent.c.state == "waiting")))


def ids(cast: Cast, *names: str) -> set[int]:
    return {cast.people[name] for name in names}


async def test_it_goes_to_whom_it_can_reach_and_names_the_others(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        tx.run(update(account).where(account.c.person_id == cast.people["王芳"]).values(unreachable_since=START))
        disagreed = (consent.c.account_id == cast.accounts["赵强"], consent.c.kind == ConsentKind.PARTY_DATA)
        tx.run(update(consent).where(*disagreed).values(withdrawn_at=START))
        people.depart(tx, cast.people["林一"], START.date())
        seen = announcements.preview(tx, officer, cast.committee, " 学习 ")
        assert (seen.words, seen.reached, set(seen.others), seen.groups) == ("学习", 2, {"王芳", "赵强"}, 0)
        made = announcements.announce(tx, officer, cast.committee, "学习")
        assert told(tx, made) == ids(cast, "李明", "陈静", "王芳", "赵强")
        share = announcements.card(tx, officer, made).people
        assert (share.sent, share.waiting, set(share.missed)) == (0, 2, {"王芳", "赵强"})

    await database.write(story)


async def test_it_is_not_read_by_who_moved_away_nor_after_it_was_taken_back(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        secretary, member = on(tx, cast).actor("陈静"), cast.actor("李明")
        made = announcements.announce(tx, secretary, cast.branch, "学习")
        assert announcements.told(tx, member, made) is not None
        assert announcements.told(tx, cast.actor("林一"), made) is None
        people.update_fields(tx, cast.people["李明"], unit_id=cast.other)
        assert announcements.told(tx, member, made) is None
        refused("not_yours", lambda: announcements.undo(tx, cast.actor("王芳"), made))
        announcements.undo(tx, secretary, made)
        assert told(tx, made) == set()
        assert announcements.told(tx, cast.actor("王芳"), made) is None
        again = announcements.announce(tx, secretary, cast.branch, "学习")
        on_its_way = sent.c.unique_key == f"announcement:{again}:{cast.people['王芳']}"
        tx.run(update(sent).where(on_its_way).values(claimed_by="a sender"))
        refused("announcement_went", lambda: announcements.undo(tx, cast.actor("陈静", LATER), again))
        outbox.settle(tx, tx.scalar(select(sent.c.id).where(on_its_way)), "sent", LATER)
        refused("announcement_went", lambda: announcements.undo(tx, cast.actor("陈静", LATER), again))

    await database.write(story)


async def test_a_group_hears_only_of_its_unit_and_as_long_as_it_is_bound(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        secretary = on(tx, cast).actor("陈静")
        group_chats.offer(tx, secretary, GROUP, "支部之家")
        refused("not_yours", lambda: group_chats.bind(tx, secretary, cast.other))
        group_chats.bind(tx, secretary, cast.branch)
        made = announcements.announce(tx, cast.actor("周伟"), cast.committee, "学习")
        waiting = select(sent.c.kind).where(sent.c.telegram_id == GROUP, sent.c.state == "waiting").order_by(sent.c.id)
        assert list(tx.scalars(waiting)) == [group_chats.BOUND, announcements.IN_GROUP]
        assert announcements.in_group(tx, GROUP, made, cast.branch) is not None
        assert announcements.in_group(tx, GROUP - 1, made, cast.branch) is None
        other = announcements.announce(tx, cast.actor("周伟"), cast.other, "学习")
        assert announcements.in_group(tx, GROUP, other, cast.branch) is None
        refused("not_yours", lambda: group_chats.unbind(tx, cast.actor("周伟"), cast.branch))
        group_chats.unbind(tx, secretary, cast.branch)
        assert list(tx.scalars(waiting)) == []
        assert announcements.in_group(tx, GROUP, made, cast.branch) is None
        assert group_chats.summary(tx, GROUP, cast.branch, "2026-10") is None

    await database.write(story)


async def test_whoever_puts_us_out_of_another_group_changes_nothing(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        member = on(tx, cast).actor("李明")
        units.set_group(tx, cast.branch, GROUP)
        group_chats.lost(tx, member, GROUP - 1)
        assert units.group_of(tx, cast.branch) == GROUP
        group_chats.lost(tx, member, GROUP)
        assert units.group_of(tx, cast.branch) is None
        assert [one.kind for one in outbox.waiting_for(tx, cast.people["陈静"], group_chats.LOST)] == [group_chats.LOST]

    await database.write(story)


async def test_an_index_carries_it(database: Database) -> None:
    def unit(tx: Writer) -> None:
        rows.reachable(tx, 1)
        rows.how_it_went(tx, "announcement:1:")
        rows.recent(tx, 1)
        rows.get(tx, 1)
        units.of_group(tx, GROUP)
        units.groups_beneath(tx, 1)

    assert await scans(database, unit) == []
