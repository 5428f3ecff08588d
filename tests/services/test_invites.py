"""Invites and codes on both engines: single use is race-proof, and what is stored opens nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import administrators, invites, registration
from services.invites import Made
from services.registration import Entry, Outcome
from storage import roles as rows
from storage.database import Database, Writer
from storage.tables import account, audit, consent, invite, setting
from tests.services.organisations import NOW, SHELL, Organisation, organisation

STRANGERS = (9001, 9002, 9003, 9004, 9005)


def stranger(telegram_id: int = 9001, now: datetime = NOW) -> Actor:
    return Actor(now=now, locale="zh_Hans", telegram_id=telegram_id)


async def made(org: Organisation, name: str, *, by: Actor = SHELL) -> Made:
    return await org.database.write(lambda tx: invites.make(tx, by, org.people[name]))


async def entered(org: Organisation, who: Actor, code: str) -> Outcome:
    return await org.database.write(lambda tx: registration.enter_code(tx, who, code, "某某", "zh_Hans"))


async def proved(org: Organisation, who: Actor, invite_id: int, digits: str) -> Outcome:
    return await org.database.write(lambda tx: registration.enter_digits(tx, who, invite_id, digits, "某某", None))


async def test_two_accounts_with_one_invite_at_once_let_one_in(database: Database) -> None:
    org = await organisation(database)
    await org.add("郑国华", account=False)
    invited = await made(org, "郑国华")
    outcomes = await asyncio.gather(*(proved(org, stranger(number), invited.invite_id, "0004") for number in STRANGERS))
    assert sorted(outcome.entry for outcome in outcomes) == [Entry.BOUND, *[Entry.USED] * 4]
    bound = await database.read(
        lambda tx: tx.scalars(select(account.c.telegram_id).where(account.c.person_id == org.people["郑国华"]))
    )
    assert len(bound) == 1


async def test_two_invites_for_one_person_at_once_leave_one_open(database: Database) -> None:
    org = await organisation(database)
    await org.add("郑国华", account=False)
    await asyncio.gather(*(made(org, "郑国华") for _ in range(4)))
    still_open = await database.read(lambda tx: tx.all(select(invite.c.id).where(invite.c.revoked_at.is_(None))))
    assert len(still_open) == 1


async def test_the_code_is_nowhere_in_the_database(database: Database) -> None:
    org = await organisation(database)
    invited = await made(org, "李明")
    first = await database.write(lambda tx: administrators.first_code(tx, NOW))
    assert first
    rows = await database.read(
        lambda tx: [*tx.all(select(invite)), *tx.all(select(setting)), *tx.all(select(audit))]
    )  # fmt: skip
    kept = " ".join(map(str, rows))
    assert invited.code not in kept
    assert first not in kept


@pytest.mark.parametrize(
    ("made_at", "last_day"),
    [
        (datetime(2026, 10, 12, 2, tzinfo=UTC), "2026-10-21"),
        (datetime(2026, 9, 29, 2, tzinfo=UTC), "2026-10-14"),
        (datetime(2026, 9, 30, 17, tzinfo=UTC), "2026-10-15"),
    ],
)
async def test_seven_working_days_with_make_up_days_counted(
    database: Database, made_at: datetime, last_day: str
) -> None:
    org = await organisation(database)
    await org.add("郑国华", account=False)
    by = Actor(now=made_at, locale="zh_Hans", roles=SHELL.roles)
    invited = await made(org, "郑国华", by=by)
    assert invited.expires_on.isoformat() == last_day
    evening = datetime.fromisoformat(f"{last_day}T23:59:00+08:00")
    assert (await entered(org, stranger(now=evening), invited.code)).entry is Entry.ASK_DIGITS
    after = evening + timedelta(minutes=1)
    assert (await entered(org, stranger(now=after), invited.code)).entry is Entry.EXPIRED


async def test_an_invite_that_expires_between_code_and_digits_lets_nobody_in(database: Database) -> None:
    org = await organisation(database)
    await org.add("郑国华", account=False)
    invited = await made(org, "郑国华")
    later = stranger(now=NOW + timedelta(days=12))
    assert (await proved(org, later, invited.invite_id, "0004")).entry is Entry.EXPIRED


async def test_wrong_tries_are_kept_though_they_are_refused(database: Database) -> None:
    org = await organisation(database)
    left = [(await entered(org, stranger(), "K7QM3XPF")).left for _ in range(4)]
    assert left == [4, 3, 2, 1]
    fifth = await entered(org, stranger(), "K7QM3XPF")
    assert (fifth.entry, fifth.until) == (Entry.TOO_MANY, NOW + timedelta(hours=1))
    assert (await entered(org, stranger(9002), "K7QM3XPF")).left == 4
    assert (await entered(org, stranger(now=NOW + timedelta(hours=1)), "K7QM3XPF")).left == 4


async def test_the_first_code_makes_one_administrator(database: Database) -> None:
    org = await organisation(database)
    code = await database.write(lambda tx: administrators.first_code(tx, NOW))
    assert code
    outcomes = await asyncio.gather(*(entered(org, stranger(number), code) for number in STRANGERS))
    assert sorted(outcome.entry for outcome in outcomes) == [Entry.ADMINISTRATOR, *[Entry.WRONG_CODE] * 4]
    assert await database.write(lambda tx: administrators.first_code(tx, NOW)) is None


async def test_a_second_start_replaces_the_first_code(database: Database) -> None:
    org = await organisation(database)
    old = await database.write(lambda tx: administrators.first_code(tx, NOW))
    new = await database.write(lambda tx: administrators.first_code(tx, NOW + timedelta(minutes=1)))
    assert old
    assert new
    assert (await entered(org, stranger(), old)).entry is Entry.WRONG_CODE
    assert (await entered(org, stranger(), new)).entry is Entry.ADMINISTRATOR


async def test_what_one_of_two_codes_opened_the_other_does_not(database: Database) -> None:
    org = await organisation(database)
    await asyncio.gather(*(database.write(lambda tx: administrators.first_code(tx, NOW)) for _ in range(2)))
    later = NOW + timedelta(hours=1)
    printed = await asyncio.gather(*(database.write(lambda tx: administrators.first_code(tx, later)) for _ in range(2)))
    outcomes = [
        await entered(org, stranger(number), code or "") for number, code in zip(STRANGERS, printed, strict=False)
    ]
    assert [outcome.entry for outcome in outcomes] == [Entry.ADMINISTRATOR, Entry.WRONG_CODE]


@pytest.mark.parametrize("which", [0, 1])
async def test_either_code_of_two_processes_opens(database: Database, which: int) -> None:
    org = await organisation(database)
    printed = await asyncio.gather(*(database.write(lambda tx: administrators.first_code(tx, NOW)) for _ in range(2)))
    assert (await entered(org, stranger(), printed[which] or "")).entry is Entry.ADMINISTRATOR


async def test_two_processes_that_start_at_once_appoint_an_administrator_once(database: Database) -> None:
    await asyncio.gather(*(database.write(lambda tx: administrators.appoint(tx, [9001], NOW)) for _ in range(3)))
    given = await database.read(lambda tx: tx.all(select(audit.c.id).where(audit.c.verb == "role:given")))
    assert len(given) == 1


async def test_a_new_phone_takes_the_consents_along_and_the_old_one_is_a_strangers(database: Database) -> None:
    org = await organisation(database)
    invited = await made(org, "李明")
    assert (await proved(org, stranger(), invited.invite_id, "0001")).entry is Entry.BOUND

    def consents_of(tx: Writer) -> list[int]:
        return list(tx.scalars(select(consent.c.account_id).join(account).where(account.c.telegram_id == 9001)))

    assert len(await database.write(consents_of)) == 3
    assert (await org.actor("李明")).account_id is None


async def test_a_phone_passed_on_to_a_colleague_agrees_anew(database: Database) -> None:
    org = await organisation(database)
    await org.add("郑国华", account=False)
    again = await made(org, "李明")
    await proved(org, stranger(9001), again.invite_id, "0001")
    colleague = await made(org, "郑国华")
    old_phone = stranger(org.people["李明"] + 1000)
    assert (await proved(org, old_phone, colleague.invite_id, "0004")).entry is Entry.BOUND
    actor = await org.actor("李明")
    assert (actor.person_id, actor.agreed) == (org.people["郑国华"], False)


async def test_nobody_makes_a_code_for_a_role_beyond_their_own(database: Database) -> None:
    org = await organisation(database)
    await org.give("李明", RoleKind.ADMINISTRATOR, None)
    secretary = await org.actor("陈静")
    with pytest.raises(Refusal, match="invited_from_above"):
        await made(org, "李明", by=secretary)
    assert (await made(org, "陈静", by=secretary)).name == "陈静"
    unit = await database.write(lambda tx: invites.make_for_unit(tx, secretary, org.branch))
    assert unit == []


async def test_a_whole_unit_is_invited_but_for_those_who_are_in(database: Database) -> None:
    org = await organisation(database)
    for name in ("郑国华", "吴桂芳", "安然"):
        await org.add(name, account=False)
    secretary = await org.actor("陈静")
    invited = await database.write(lambda tx: invites.make_for_unit(tx, secretary, org.branch))
    assert [one.name for one in invited] == ["安然", "吴桂芳", "郑国华"]
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: invites.make_for_unit(tx, secretary, org.committee))
    member = await org.actor("李明")
    with pytest.raises(Refusal, match="not_yours"):
        await database.write(lambda tx: invites.make_for_unit(tx, member, org.branch))


async def test_who_has_left_cannot_come_in(database: Database) -> None:
    org = await organisation(database)
    person_id = await org.add("郑国华", account=False)
    invited = await made(org, "郑国华")
    from storage import people

    await database.write(lambda tx: people.depart(tx, person_id, NOW.date()))
    assert (await entered(org, stranger(), invited.code)).entry is Entry.EXPIRED
    with pytest.raises(Refusal, match="gone"):
        await made(org, "郑国华")


async def test_the_setting_appoints_once_and_brings_nobody_back(database: Database) -> None:
    """ADMIN_IDS stands in the settings at each start, also after the role was ended in chat."""
    named = STRANGERS[0]
    await database.write(lambda tx: administrators.appoint(tx, [named], NOW))
    held = await database.read(rows.administrators)
    assert len(held) == 1
    await database.write(lambda tx: rows.end(tx, held[0], NOW))
    await database.write(lambda tx: administrators.appoint(tx, [named], NOW))
    assert await database.read(rows.administrators) == []
