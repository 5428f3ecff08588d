"""A month counted over a small organisation whose numbers are written down beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from domain.actors import Actor
from domain.calendar import Month
from domain.needs import NeedKind, NeedState
from domain.pairings import PairingState, Track
from domain.refusals import Refusal
from domain.roles import Role, RoleKind
from domain.rotations import RotationState
from domain.summaries import (
    Burden,
    Correction,
    Edition,
    MonthSummary,
    PairingCount,
    ReportCounts,
    RotationCount,
    WaitingReviews,
)
from domain.summary_lines import Highlight, OwnerRole, ReportState
from domain.unit_changes import Plan, UnitChangeKind
from domain.units import UnitKind
from services import unit_changes
from services.summaries import is_blank, month_summary, shown, without_details
from storage import confirmations, people, summaries
from storage.database import Database, Reader, Writer
from storage.outbox import IN_A_DIGEST, WITH_ANOTHER
from storage.tables import account, pairing, pairing_mentor, person, unit, unit_change
from tests.services.written_months import Organisation, at

OCTOBER = Month(2026, 10)
FIRST_WORKING_DAY = at("2026-11-02", "09:00")
LOCKED = at("2026-11-06", "09:00")
REPORTS = ReportCounts(due=6, handed_in=3, late=1, excused=1, not_handed_in=2, not_due_yet=0)


@dataclass(slots=True)
class Cast:
    committee: int = 0
    general_branch: int = 0
    branch: int = 0
    group: int = 0
    other_branch: int = 0
    li_ming: int = 0
    wang_fang: int = 0
    zhao_qiang: int = 0
    chen_jing: int = 0
    zhou_wei: int = 0
    lin_yi: int = 0
    pairing: int = 0
    other_pairing: int = 0


def october(tx: Writer) -> Cast:
    """李明 is guided by 王芳 in a branch; 林一 by 赵强 in another; 周伟 belongs to the committee itself."""
    made = Organisation(tx)
    cast = Cast()
    cast.committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    cast.general_branch = made.unit(UnitKind.GENERAL_BRANCH, "生产党总支", cast.committee)
    cast.branch = made.unit(UnitKind.BRANCH, "变电检修党支部", cast.general_branch)
    cast.other_branch = made.unit(UnitKind.BRANCH, "输电运检党支部", cast.general_branch)
    cast.group = made.unit(UnitKind.GROUP, "检修二班党小组", cast.branch)
    cast.li_ming = made.person("李明", cast.group)
    cast.wang_fang = made.person("王芳", cast.branch, specialty="继电保护")
    cast.zhao_qiang = made.person("赵强", cast.other_branch, specialty="输电运检")
    cast.chen_jing = made.person("陈静", cast.branch)
    cast.zhou_wei = made.person("周伟", cast.committee, account=False)
    cast.lin_yi = made.person("林一", cast.other_branch, specialty="输电运检")
    made.role("secretary", cast.chen_jing, cast.branch)
    made.role("officer", cast.zhou_wei, cast.committee)
    cast.pairing = made.pairing(cast.li_ming, cast.wang_fang)
    cast.other_pairing = made.pairing(cast.lin_yi, cast.zhao_qiang, track="backbone_to_member", direction="线路巡视")
    _reports(made, cast)
    _outcomes(made, cast)
    _needs_and_rotations(made, cast)
    return cast


def _reports(made: Organisation, cast: Cast) -> None:
    """October: 3 handed in (1 late), 1 excused, 2 not handed in; September in the branch: 1 handed in."""
    first = made.reported(cast.pairing, cast.li_ming, "2026-10-09", at("2026-10-09", "17:00"))
    second = made.reported(cast.pairing, cast.li_ming, "2026-10-16", at("2026-10-19", "09:00"))
    made.duty(cast.pairing, cast.li_ming, "2026-10-23")
    made.duty(cast.pairing, cast.li_ming, "2026-10-30", "excused", excuse="leave")
    made.reported(cast.other_pairing, cast.lin_yi, "2026-10-16", at("2026-10-16", "09:00"))
    made.duty(cast.other_pairing, cast.lin_yi, "2026-10-23")
    made.duty(cast.other_pairing, cast.lin_yi, "2026-10-30", "cancelled")
    made.duty(cast.pairing, cast.li_ming, "2026-10-31", "scheduled", due_at=None, period="free")
    september = made.reported(cast.pairing, cast.li_ming, "2026-09-25", at("2026-09-25", "09:00"))
    made.review(september, cast.wang_fang, "commented", at("2026-09-28"))
    made.review(first, cast.wang_fang, "noted", at("2026-10-10"))
    made.review(second, cast.wang_fang, "highlight", at("2026-10-20"), attribution="signed")
    made.review(second, cast.chen_jing, "highlight", at("2026-10-21"), capacity="secretary", attribution="private")


def _outcomes(made: Organisation, cast: Cast) -> None:
    done = {"reached_on": dt.date(2026, 10, 20), "claimed_at": at("2026-10-20"), "verified_at": at("2026-10-21")}
    made.outcome(cast.pairing, "独立完成保护校验", "2026-10-23", **done)
    made.outcome(cast.pairing, "编写检修作业卡", "2026-10-15")
    made.outcome(cast.pairing, "考取三级证书", "2026-11-20")
    made.outcome(cast.other_pairing, "讲一次微党课", "2026-10-28", claimed_at=at("2026-10-27"))


def _needs_and_rotations(made: Organisation, cast: Cast) -> None:
    made.need(cast.li_ming, "material", at("2026-10-21"), owner_id=cast.chen_jing, promised_on=dt.date(2026, 11, 6))
    answered = {"state": "answered", "answer": "已由二班支援", "answered_at": at("2026-10-12")}
    made.need(cast.lin_yi, "people", at("2026-10-09"), owner_id=cast.zhao_qiang, **answered)
    made.need(cast.lin_yi, "funds", at("2026-10-10"), state="withdrawn", closed_at=at("2026-10-10"))
    made.rotation(cast.li_ming, cast.other_branch, "2026-10-12", "2026-12-31", host_id=cast.zhao_qiang)
    made.rotation(cast.wang_fang, cast.other_branch, "2026-11-09", "2026-12-31", state="planned", host_name="何伟")
    made.sent(cast.li_ming, at("2026-10-15"))
    made.sent(cast.lin_yi, at("2026-10-16"))
    made.sent(cast.lin_yi, at("2026-09-30"))
    made.sent(cast.lin_yi, at("2026-10-17"), unasked=False)
    for reason in (IN_A_DIGEST, WITH_ANOTHER):
        made.sent(cast.li_ming, at("2026-10-19"), reason=reason)


@pytest.fixture
async def cast(database: Database) -> Cast:
    return await database.write(october)


async def summary(
    database: Database, unit_id: int, now: dt.datetime = FIRST_WORKING_DAY, month: Month = OCTOBER
) -> MonthSummary:
    return await database.read(lambda tx: month_summary(tx, unit_id, month, now, Edition.DRAFT))


async def test_a_branch_reads_what_came_of_its_pairings(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.branch)
    assert [(line.what, line.person, line.reached_on) for line in made.outcomes_reached] == [
        ("独立完成保护校验", "李明", dt.date(2026, 10, 20))
    ]
    assert [(line.what, line.due_on) for line in made.outcomes_overdue] == [("编写检修作业卡", dt.date(2026, 10, 15))]
    assert [line.what for line in made.next_month.outcomes] == ["考取三级证书"]
    assert made.outcomes_reached[0].unit == "变电检修党支部"


async def test_a_branch_reads_its_needs_with_their_owners(database: Database, cast: Cast) -> None:
    [need] = (await summary(database, cast.branch)).needs_open
    assert (need.kind, need.state, need.asker, need.owner) == (NeedKind.MATERIAL, NeedState.OPEN, "李明", "陈静")
    assert (need.owner_role, need.age_days, need.text) == (OwnerRole.SECRETARY, 10, "试验台不够用")


async def test_what_the_secretary_alone_was_told_is_counted_without_its_words(database: Database, cast: Cast) -> None:
    answered = {"state": "answered", "answer": "已和班长商量", "answered_at": at("2026-10-27")}

    def told(tx: Writer) -> None:
        Organisation(tx, 100).need(
            cast.li_ming, "work", at("2026-10-26"), audience="secretary_only", owner_id=cast.chen_jing,
            text="孩子没人接，想少排夜班", **answered,
        )  # fmt: skip

    await database.write(told)
    made = await summary(database, cast.branch)
    [need] = made.needs_answered
    assert (need.kind, need.state, need.owner) == (NeedKind.WORK, NeedState.ANSWERED, "陈静")
    assert (need.text, need.answer, need.asker) == ("", "", "")
    assert "孩子" not in made.to_json()
    assert "班长" not in made.to_json()


async def test_a_secretary_who_stood_in_for_a_mentor_still_answers_as_secretary(database: Database, cast: Cast) -> None:
    def stands_in(tx: Writer) -> None:
        row = {"from_on": dt.date(2026, 10, 15), "until_on": dt.date(2026, 10, 20), "leave_id": 1}
        tx.insert(pairing_mentor, pairing_id=cast.pairing, person_id=cast.chen_jing, **row)

    await database.write(stands_in)
    [need] = (await summary(database, cast.branch)).needs_open
    assert need.owner_role is OwnerRole.SECRETARY


async def test_a_branch_reads_rotations_pairings_and_highlights(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.branch)
    assert [(line.person, line.host, line.host_unit) for line in made.rotations.starting] == [
        ("李明", "赵强", "输电运检党支部")
    ]
    assert made.rotations.counts == (RotationCount(RotationState.PLANNED, 1), RotationCount(RotationState.IN_POST, 1))
    assert made.rotations.cross_specialty_rotations == 1, "the planned one stays within 继电保护"
    assert made.rotations.cross_specialty_pairings == 1
    assert made.pairings == (PairingCount(Track.MEMBER_TO_BACKBONE, PairingState.ACTIVE, 1),)
    assert made.highlights == (Highlight("跟着做了一次校验。", "变电检修党支部", "李明"),)


async def test_what_comes_next_month_is_reckoned_from_what_is_agreed(database: Database, cast: Cast) -> None:
    coming = (await summary(database, cast.branch)).next_month
    assert [line.person for line in coming.rotations] == ["王芳"]
    assert coming.month == "2026-11"
    assert coming.reports == 4 + 4 + 3, "four Fridays for the pairing and the rotation, three for the one from the 9th"


@pytest.mark.parametrize(
    ("cadence", "day", "reports"), [("weekly", 4, 4), ("fortnightly", 4, 2), ("monthly", 31, 1)], ids=str
)
async def test_a_rotation_reports_in_the_weeks_of_the_pairing(
    database: Database, cast: Cast, cadence: str, day: int, reports: int
) -> None:
    """Fortnights from 31 August fall due on 6 and 20 November; those from 19 October would on 13 and 27."""

    def add(tx: Writer) -> None:
        made = Organisation(tx, 100)
        made.pairing(cast.zhou_wei, cast.wang_fang, cadence=cadence, report_day=day)
        made.rotation(cast.zhou_wei, cast.branch, "2026-10-19", "2026-12-31")

    before = (await summary(database, cast.committee)).next_month.reports
    await database.write(add)
    assert (await summary(database, cast.committee)).next_month.reports == before + 2 * reports


@pytest.mark.parametrize(
    ("cadence", "day", "on", "reports"),
    [("monthly", 30, "2026-11-02", 1), ("fortnightly", 4, "2026-11-02", 2), ("monthly", 10, "2026-11-16", 2)], ids=str,
)  # fmt: skip
async def test_a_cadence_that_changes_is_reckoned_with(
    database: Database, cast: Cast, cadence: str, day: int, on: str, reports: int
) -> None:
    """Weekly, four in November: monthly from the 2nd leaves the 30th; from the 16th two Fridays, its 10th having passed."""
    before = (await summary(database, cast.branch)).next_month.reports
    change = {"next_cadence": cadence, "next_report_day": day, "changes_on": dt.date.fromisoformat(on)}
    await database.write(lambda tx: tx.run(update(pairing).where(pairing.c.id == cast.pairing).values(**change)))
    changed = (await summary(database, cast.branch)).next_month.reports
    assert before - changed == 2 * 4 - 2 * reports, "the rotation reports as the pairing does"


async def test_units_bear_the_names_of_the_month_wherever_they_are_told(database: Database, cast: Cast) -> None:
    """Renamed in November; in October's summary the host's branch and who has not confirmed are called as they were."""

    def renamed(tx: Writer) -> None:
        confirmations.ask(tx, cast.other_branch, "2026-10", at("2026-11-01", "08:00"))
        tx.insert(
            unit_change, unit_id=cast.other_branch, kind="rename", on_day=dt.date(2026, 11, 2), name="线路党支部",
            was="输电运检党支部", people=[], entered_at=FIRST_WORKING_DAY, done_at=FIRST_WORKING_DAY,
        )  # fmt: skip
        tx.run(update(unit).where(unit.c.id == cast.other_branch).values(name="线路党支部"))

    await database.write(renamed)
    made = await summary(database, cast.committee)
    assert made.unconfirmed == ("输电运检党支部",)
    assert {line.host_unit for line in made.rotations.starting} == {"输电运检党支部"}
    assert "线路党支部" not in made.to_json()


async def test_reports_stand_last_by_group_with_the_month_before(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.branch)
    assert [(row.unit, row.counts, row.before) for row in made.reports] == [
        ("检修二班党小组", ReportCounts(4, 2, 1, 1, 1), ReportCounts(1, 1))
    ]
    assert made.reviews_waiting == WaitingReviews(0, 0)
    assert made.burden == Burden(1, 3)


async def merged_on_the_first(database: Database, cast: Cast) -> None:
    """On 1 November 李明's group goes into that of 陈静, to which 王芳 moves on the day after. Moving plans his reports anew."""

    def story(tx: Writer) -> None:
        made = Organisation(tx)
        first = made.unit(UnitKind.GROUP, "检修一班党小组", cast.branch)
        people.update_fields(tx, cast.chen_jing, unit_id=first)
        made.reported(made.pairing(cast.chen_jing, cast.wang_fang), cast.chen_jing, "2026-10-16", at("2026-10-16"))
        officer = Actor(now=at("2026-10-30"), locale="zh_Hans", roles=(Role(RoleKind.OFFICER, cast.committee),))
        plan = Plan(cast.group, UnitChangeKind.MERGE, dt.date(2026, 11, 1), other_id=first)
        unit_changes.enter(tx, officer, plan)
        unit_changes.apply_unit_changes(tx, Actor.clock(at("2026-11-01", "00:05")))
        people.update_fields(tx, cast.wang_fang, unit_id=first)

    await database.write(story)


async def test_a_month_that_is_over_counts_in_the_groups_that_it_had(database: Database, cast: Cast) -> None:
    await merged_on_the_first(database, cast)
    made = await summary(database, cast.branch)
    assert [(row.unit, row.counts, row.before) for row in made.reports] == [
        ("检修一班党小组", ReportCounts(1, 1), None),
        ("检修二班党小组", ReportCounts(5, 2, 1, 1, 2), ReportCounts(1, 1)),
    ]
    november = await summary(database, cast.branch, at("2026-11-30", "20:00"), OCTOBER.next)
    assert [row.unit for row in november.reports] == ["检修一班党小组"]
    assert november.reports[0].before == ReportCounts(6, 3, 1, 1, 2)


async def test_who_left_the_group_since_is_counted_where_he_is(database: Database, cast: Cast) -> None:
    await merged_on_the_first(database, cast)
    await database.write(lambda tx: people.update_fields(tx, cast.li_ming, unit_id=cast.branch))
    made = await summary(database, cast.branch)
    assert [(row.unit, row.counts.due) for row in made.reports] == [
        ("变电检修党支部", 5), ("检修一班党小组", 1), ("检修二班党小组", 0),
    ]  # fmt: skip


async def test_a_group_that_was_split_off_since_counts_where_it_came_from(database: Database, cast: Cast) -> None:
    def split(tx: Writer) -> None:
        officer = Actor(now=at("2026-10-30"), locale="zh_Hans", roles=(Role(RoleKind.OFFICER, cast.committee),))
        day = dt.date(2026, 11, 1)
        unit_changes.enter(
            tx, officer, Plan(cast.group, UnitChangeKind.SPLIT, day, "检修三班党小组", people=(cast.li_ming,))
        )
        unit_changes.apply_unit_changes(tx, Actor.clock(at("2026-11-01", "00:05")))

    await database.write(split)
    assert [row.unit for row in (await summary(database, cast.branch)).reports] == ["检修二班党小组"]
    november = await summary(database, cast.branch, at("2026-11-30", "20:00"), OCTOBER.next)
    assert [row.unit for row in november.reports] == ["检修二班党小组", "检修三班党小组"]


async def test_who_cannot_be_reached_is_counted_from_the_month_in_which_it_showed(
    database: Database, cast: Cast
) -> None:
    def blocks(tx: Writer) -> None:
        of_li_ming = account.c.person_id == cast.li_ming
        tx.run(update(account).where(of_li_ming).values(unreachable_since=at("2026-10-20", "09:00")))

    await database.write(blocks)
    assert (await summary(database, cast.branch)).burden == Burden(1, 3, 1)


async def test_the_general_branch_reads_its_branches_in_their_own_order(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.general_branch)
    assert [row.unit for row in made.reports] == ["变电检修党支部", "输电运检党支部"]
    assert made.reports_total == REPORTS
    assert [row.before for row in made.reports] == [ReportCounts(1, 1), None]
    assert made.reviews_waiting == WaitingReviews(1, 15)
    assert made.burden == Burden(2, 5)


async def test_the_committee_reads_no_name_but_a_signed_one(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.committee)
    assert made.reports_total == REPORTS
    text = made.to_json()
    assert not [name for name in ("王芳", "赵强", "陈静", "周伟", "林一", "试验台", "二班支援") if name in text]
    assert text.count("李明") == 1
    assert [need.owner_role for need in (*made.needs_open, *made.needs_answered)] == [
        OwnerRole.SECRETARY, OwnerRole.MENTOR,
    ]  # fmt: skip
    assert not made.details.reports


async def test_who_belongs_to_the_unit_itself_has_a_row_of_his_own(database: Database, cast: Cast) -> None:
    def report(tx: Writer) -> None:
        made = Organisation(tx, 100)
        pairing = made.pairing(cast.zhou_wei, cast.wang_fang)
        made.reported(pairing, cast.zhou_wei, "2026-10-16", at("2026-10-16", "09:00"))

    await database.write(report)
    made = await summary(database, cast.committee)
    assert [(row.unit, row.counts.due) for row in made.reports] == [("青江供电公司党委", 1), ("生产党总支", 6)]


async def test_the_detail_sheet_holds_every_report_that_is_counted(database: Database, cast: Cast) -> None:
    details = (await summary(database, cast.branch)).details
    assert [(line.due_on and line.due_on.day, line.state, line.late) for line in details.reports] == [
        (9, ReportState.HANDED_IN, False),
        (16, ReportState.HANDED_IN, True),
        (23, ReportState.NOT_HANDED_IN, False),
        (30, ReportState.EXCUSED, False),
    ]
    assert [(line.mentee, line.mentors, line.cross_specialty) for line in details.pairings] == [
        ("李明", ("王芳",), True)
    ]
    assert {line.person for line in details.rotations} == {"李明", "王芳"}


async def test_in_the_middle_of_the_month_what_is_not_due_yet_stands_apart(database: Database, cast: Cast) -> None:
    made = await summary(database, cast.branch, at("2026-10-22"))
    assert made.reports_total == ReportCounts(3, 2, 1, 1, 0, 1)
    assert [need.age_days for need in made.needs_open] == [1]
    assert (await summary(database, cast.branch, at("2026-10-14"))).outcomes_overdue == ()


async def test_november_does_not_change_october_but_for_late_reports(database: Database, cast: Cast) -> None:
    draft = await summary(database, cast.branch)

    def in_november(tx: Writer) -> None:
        made = Organisation(tx, 100)
        made.need(cast.li_ming, "work", at("2026-11-03"))
        made.sent(cast.li_ming, at("2026-11-03"))
        made.outcome(cast.pairing, "十一月的", "2026-10-30", claimed_at=at("2026-10-29"), verified_at=at("2026-11-03"),
                     reached_on=dt.date(2026, 11, 2))  # fmt: skip

    await database.write(in_november)
    assert without_details(await summary(database, cast.branch, LOCKED)).says_the_same(without_details(draft))


async def test_what_was_verified_after_the_lock_is_told_a_month_later_and_once(database: Database, cast: Cast) -> None:
    def verify(tx: Writer) -> None:
        Organisation(tx, 100).outcome(
            cast.pairing, "晚认定", "2026-10-28", reached_on=dt.date(2026, 10, 28), claimed_at=at("2026-10-28"),
            verified_at=at("2026-11-10"),
        )  # fmt: skip

    await database.write(verify)
    december = at("2026-12-01", "09:00")
    found = [
        [line.what for line in (await summary(database, cast.branch, december, month)).outcomes_reached]
        for month in (OCTOBER, Month(2026, 11), Month(2026, 12))
    ]
    assert found == [["独立完成保护校验"], ["晚认定"], []]


async def test_a_report_that_came_after_the_lock_is_noted_in_the_next_month(database: Database, cast: Cast) -> None:
    def late(tx: Writer) -> None:
        Organisation(tx, 100).reported(cast.pairing, cast.li_ming, "2026-10-01", at("2026-11-12"))

    await database.write(late)
    november = await summary(database, cast.branch, at("2026-12-01", "09:00"), Month(2026, 11))
    assert november.corrections == (Correction("2026-10", "变电检修党支部", 1),)
    assert (await summary(database, cast.branch)).corrections == ()


async def test_a_stored_edition_is_read_as_it_was_written(database: Database, cast: Cast) -> None:
    made = replace(without_details(await summary(database, cast.general_branch)), edition=Edition.FINAL)

    def twice(tx: Writer) -> tuple[bool, bool]:
        first, second = (summaries.store(tx, one, announced_at=None) for one in (made, replace(made, remark="另一份")))
        return first, second

    assert await database.write(twice) == (True, False)

    def read(tx: Reader) -> MonthSummary:
        return shown(tx, cast.general_branch, OCTOBER, at("2027-01-04"))

    assert await database.read(read) == made


async def test_what_is_shown_live_is_a_draft_until_the_month_locks(database: Database, cast: Cast) -> None:
    def editions_at(tx: Reader) -> list[Edition]:
        return [shown(tx, cast.branch, OCTOBER, now).edition for now in (FIRST_WORKING_DAY, at("2026-11-06", "00:00"))]

    editions = await database.read(editions_at)
    assert editions == [Edition.DRAFT, Edition.LOCKED]


async def test_a_unit_in_which_nothing_has_begun_has_nothing_to_tell(database: Database, cast: Cast) -> None:
    early = await summary(database, cast.branch, FIRST_WORKING_DAY, Month(2026, 5))
    assert is_blank(early)
    assert not is_blank(await summary(database, cast.branch))
    with pytest.raises(Refusal, match="gone"):
        await summary(database, 999)


STATES = ("done", "late", "open", "missed", "excused", "cancelled")
MONTHS = ("2026-09", "2026-10")


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(STATES), st.sampled_from(MONTHS)), max_size=25))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_rows_of_the_branches_add_up_to_what_stands_above(database: Database, drawn: list[Any]) -> None:
    """Whatever was reported wherever, nobody is counted twice and nobody is left out."""

    def build(tx: Writer) -> list[int]:
        made = Organisation(tx, _used(tx))
        committee = made.unit(UnitKind.COMMITTEE, f"党委{made.numbers}")
        general = made.unit(UnitKind.GENERAL_BRANCH, "总支", committee)
        branches = [
            made.unit(UnitKind.BRANCH, f"支部{n}", parent) for n, parent in enumerate((general,) * 2 + (committee,))
        ]
        homes = [committee, general, *branches, made.unit(UnitKind.GROUP, "党小组", branches[0])]
        for number, (home, state, month) in enumerate(drawn):
            one = made.person(f"某{number}", homes[home], account=False)
            _drawn_duty(made, made.pairing(one, one), one, state, month)
        return [committee, general, *branches]

    committee, general, first, second, third = [
        await summary(database, unit_id) for unit_id in await database.write(build)
    ]
    branch_totals = [first.reports_total, second.reports_total]
    direct = [row.counts for row in general.reports if row.unit_id == general.unit_id]
    assert general.reports_total == sum([*branch_totals, *direct], ReportCounts())
    direct = [row.counts for row in committee.reports if row.unit_id == committee.unit_id]
    assert committee.reports_total == sum([general.reports_total, third.reports_total, *direct], ReportCounts())
    wanted = [state for _, state, month in drawn if month == "2026-10" and state != "cancelled"]
    assert committee.reports_total.due == len(wanted)
    assert committee.reports_total.late == wanted.count("late")


def _used(tx: Writer) -> int:
    """Staff numbers go on from example to example."""
    return 1000 + int(tx.scalar(select(func.count()).select_from(person)))


def _drawn_duty(made: Organisation, pairing: int, holder: int, state: str, month: str) -> None:
    due = f"{month}-16"
    if state == "late":
        made.duty(pairing, holder, due, "done", done_at=at(f"{month}-17"))
    elif state == "done":
        made.duty(pairing, holder, due, "done", done_at=at(due))
    else:
        made.duty(pairing, holder, due, state)
