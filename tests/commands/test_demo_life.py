"""The demonstration's organisation: made by the product's own services, and true to its own calendar."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from commands.demo.cast import CAST
from commands.demo.life.living import ZONE
from commands.demo.life.neighbours import living_along
from commands.demo.seeding import resumed
from commands.demo.words import words_of
from commands.demo.words.affairs import AFFAIRS
from domain.check_ins import Standing
from domain.needs import NeedKind
from services import audit_seals
from services.holiday_calendar import calendar_around
from services.rotation_comments import LONGEST
from services.rotation_courses import LONGEST_REASON
from storage.database import Reader, open_database
from tests.lived import OPENS, WEEKS

REPORTS = "SELECT c.id, c.submitted_at AS at, c.text, c.entered_by, c.person_id FROM check_in c"
ANSWERS = "SELECT r.at, c.submitted_at AS of FROM review r JOIN check_in c ON c.id = r.check_in_id"
SUBJECTS = (
    "SELECT c.submitted_at AS at, d.opens_at, d.closes_at FROM check_in c"
    " JOIN check_in_subject s ON s.check_in_id = c.id JOIN duty d ON d.id = s.duty_id"
)


async def asked(path: Path, query: Callable[[Reader], Any]) -> Any:
    database = await open_database(f"sqlite:///{path}")
    try:
        return await database.read(query)
    finally:
        await database.close()


async def rows(path: Path, statement: str) -> list[Any]:
    found: list[Any] = await asked(path, lambda tx: list(tx.all(text(statement))))
    return found


def moment(stored: str) -> datetime:
    """As SQLite holds it, on the clocks of the organisation."""
    return datetime.fromisoformat(f"{stored}+00:00").astimezone(ZONE)


async def count(path: Path, statement: str) -> int:
    return int((await rows(path, f"SELECT count(*) FROM {statement}"))[0][0])


async def test_it_is_as_large_as_an_organisation_and_a_tenth_stays_without_telegram(lived: Path) -> None:
    people, accounts = await count(lived, "person"), await count(lived, "account")
    assert 235 <= people <= 260
    assert 0.04 <= 1 - accounts / people <= 0.16
    assert await count(lived, "unit WHERE kind = 'branch'") == 8
    assert await count(lived, "unit WHERE kind = 'general_branch'") == 2
    assert {row.track for row in await rows(lived, "SELECT track FROM pairing")} == {
        "backbone_to_member", "member_to_backbone",
    }  # fmt: skip
    assert len(await rows(lived, "SELECT DISTINCT cadence FROM pairing")) == 3


async def test_of_everything_that_happens_there_is_some(lived: Path) -> None:
    entered = {row.act for row in await rows(lived, "SELECT act FROM entered_act WHERE withdrawn_at IS NULL")}
    assert entered >= {"ask_change", "midterm", "evaluate"}
    assert entered & {"note", "comment", "highlight"}, "a verdict"
    assert entered & {"sign", "be_unnamed", "keep_private"}, "a choice"
    assert await count(lived, "role WHERE kind = 'administrator' AND ended_at IS NULL") == 2
    for kind in ("noted", "commented", "please_add", "highlight"):
        assert await count(lived, f"review WHERE kind = '{kind}'")
    for state in ("done", "excused", "open"):
        assert await count(lived, f"duty WHERE kind = 'report' AND state = '{state}'")
    for state in ("planned", "in_post", "closed", "cancelled"):
        assert await count(lived, f"rotation WHERE state = '{state}'")
    for wanted in (
        "check_in WHERE late", "check_in WHERE entered_by IS NOT NULL", "review WHERE attribution = 'signed'",
        "need WHERE owner_id IS NOT NULL", "need WHERE promised_on IS NOT NULL", "need WHERE state = 'solved'",
        "outcome WHERE verified_at IS NOT NULL", "summary WHERE month = '2026-09'",
        "confirmation WHERE confirmed_at IS NOT NULL AND remark <> ''", "need WHERE shared_at IS NOT NULL",
        "referral", "adoption", "announcement", "pairing_mentor WHERE leave_id IS NOT NULL",
        "audit WHERE verb = 'handover:done'", "rotation_note", "unit_change WHERE done_at IS NOT NULL",
        "unit_change WHERE done_at IS NULL", "unit_change WHERE kind = 'split' AND other_id IS NOT NULL",
        "role WHERE title = '支部副书记'", "pairing WHERE state = 'completed'", "pairing WHERE state = 'ended_early'",
        "pairing_change WHERE agreed_at IS NOT NULL", "audit WHERE verb = 'pairing:cadence_changed'",
        "person WHERE left_on IS NOT NULL", "audit WHERE verb = 'pairing:mentor_changed'", "outage",
        "account WHERE unreachable_since IS NOT NULL", "unit WHERE group_chat_id IS NOT NULL",
        "rotation WHERE host_id IS NULL AND host_name <> '' AND evaluation IS NOT NULL",
        "rotation_comment WHERE about = 'midterm'", "rotation_comment WHERE about = 'evaluation'",
        "referral r JOIN unit u ON u.id = r.unit_id WHERE u.kind = 'committee'", "outbox WHERE unique_key LIKE 'pairing.notice:%:outgrown:%'",
    ):  # fmt: skip
        assert await count(lived, wanted), wanted


async def test_people_work_on_working_days_at_plausible_hours_and_answer_what_was_said(lived: Path) -> None:
    days = calendar_around(OPENS.date())
    reports = await rows(lived, REPORTS)
    assert len(reports) > 150
    for at in [*(moment(one.at) for one in reports), *(moment(one.at) for one in await rows(lived, ANSWERS))]:
        assert days.is_working_day(at.date()), at
        assert 9 <= at.hour < 19, at
        assert at < OPENS
    for one in await rows(lived, ANSWERS):
        assert one.at > one.of
    for one in await rows(lived, SUBJECTS):
        assert one.opens_at <= one.at < one.closes_at


async def test_no_two_reports_look_copied_and_nobody_writes_for_others_but_secretaries(lived: Path) -> None:
    reports = await rows(lived, REPORTS)
    assert len({one.text for one in reports}) > 0.9 * len(reports)
    secretaries = {row.person_id for row in await rows(lived, "SELECT person_id FROM role WHERE kind = 'secretary'")}
    entered = [one for one in reports if one.entered_by is not None]
    assert {one.entered_by for one in entered} <= secretaries
    assert all(one.entered_by != one.person_id for one in entered)


async def test_nothing_waits_on_the_phones_and_nobody_is_written_to_about_the_past(lived: Path) -> None:
    cast = "SELECT person_id FROM account WHERE telegram_id < 2000"
    stale = f"outbox WHERE state = 'waiting' AND not_before < '2026-10-12' AND person_id IN ({cast})"
    assert not await count(lived, stale)
    late = f"duty WHERE kind = 'report' AND state = 'open' AND due_at < '2026-10-12' AND holder_id IN ({cast})"
    assert not await count(lived, late)


async def test_the_audit_is_sealed(lived: Path) -> None:
    assert not await asked(lived, audit_seals.verify)


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_there_are_words_for_every_trade_standing_and_need(locale: str) -> None:
    words = words_of(locale)
    assert sum(map(len, words.done.values())) + len(words.party) + len(words.away) >= 60
    assert set(words.missing) == set(Standing)
    assert set(words.needs) == set(NeedKind)
    assert set(words.specialties) == set(words.done)


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_what_is_said_of_rotations_fits_where_it_is_written(locale: str) -> None:
    words = AFFAIRS[locale]
    assert all(note.count("\n") == 1 for note in (*words.hand_overs, *words.talks))
    assert all("\n" not in said and len(said) <= LONGEST for said in words.comments)
    assert len(words.falls_through) <= LONGEST_REASON


def test_the_past_begins_on_a_working_day() -> None:
    assert calendar_around(OPENS.date()).is_working_day((OPENS - timedelta(weeks=WEEKS)).date())


async def test_beside_the_assistant_everybody_on_no_phone_lives_on_and_sends_nothing(
    lived: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "demo.db"
    shutil.copy(lived, kept)
    url, tuesday, friday = f"sqlite:///{kept}", OPENS + timedelta(days=1), OPENS + timedelta(days=4, hours=9)
    before = f"{tuesday.astimezone(UTC):%F %T}"
    async with living_along(url, await resumed(url, "zh_Hans", tuesday), tuesday) as neighbours:
        await neighbours.live_until(friday)
    names = (
        f"SELECT DISTINCT p.name FROM check_in c JOIN person p ON p.id = c.person_id WHERE c.submitted_at > '{before}'"
    )
    reporting = {row.name for row in await rows(kept, names)}
    assert len(reporting) > 15
    assert not reporting & {one.name for one in CAST}
    assert await count(kept, f"review WHERE at > '{before}'")
    assert not await count(kept, f"outbox WHERE state = 'sent' AND settled_at > '{before}'")
