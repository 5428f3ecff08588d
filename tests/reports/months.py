"""Two months to look at: a branch with names and everything in it, and a committee with many branches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from domain.check_ins import Standing
from domain.confirmations import UnitWords
from domain.needs import NeedKind, NeedState
from domain.pairings import PairingState, Track
from domain.reviews import ReviewKind
from domain.rotations import RotationState
from domain.summaries import (
    Burden,
    Correction,
    Edition,
    MonthSummary,
    NextMonth,
    PairingCount,
    ReportCounts,
    ReportRow,
    RotationCount,
    RotationPart,
    WaitingReviews,
)
from domain.summary_lines import (
    Details,
    Highlight,
    NeedLine,
    OutcomeLine,
    OwnerRole,
    PairingDetail,
    ReportDetail,
    ReportState,
    RotationLine,
)
from domain.units import UnitKind

BRANCH = "变电检修党支部"
NINE_ON_MONDAY = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)

SWITCHING = OutcomeLine(
    "独立完成110千伏间隔保护校验",
    "工作负责人签字的校验报告2份",
    dt.date(2026, 10, 23),
    BRANCH,
    dt.date(2026, 10, 20),
    Track.MEMBER_TO_BACKBONE,
    "李明",
)
LECTURE = OutcomeLine(
    "讲一次班组安全微党课",
    "支部记录",
    dt.date(2026, 10, 30),
    BRANCH,
    dt.date(2026, 10, 28),
    Track.BACKBONE_TO_MEMBER,
    "孙倩",
)
MANUAL = OutcomeLine(
    "编写SF6断路器检修作业卡", "通过班组评审", dt.date(2026, 10, 15), BRANCH, None, Track.MEMBER_TO_BACKBONE, "郑国华"
)
COMING = OutcomeLine(
    "考取继电保护员三级证书", "证书", dt.date(2026, 11, 20), BRANCH, None, Track.MEMBER_TO_BACKBONE, "李明"
)
TEST_BENCH = NeedLine(
    NeedKind.MATERIAL,
    NeedState.OPEN,
    dt.date(2026, 10, 21),
    12,
    BRANCH,
    OwnerRole.SECRETARY,
    dt.date(2026, 11, 6),
    text="继电保护试验台不够用，三个班组轮着等",
    asker="李明",
    owner="陈静",
)
COVER = NeedLine(
    NeedKind.PEOPLE,
    NeedState.SOLVED,
    dt.date(2026, 10, 9),
    24,
    BRANCH,
    OwnerRole.MENTOR,
    answered_on=dt.date(2026, 10, 12),
    text="跟班学习那周班里缺一个人",
    answer="已由检修二班支援两天",
    asker="孙倩",
    owner="王芳",
)
TO_RELAYS = RotationLine(
    RotationState.IN_POST,
    dt.date(2026, 10, 12),
    dt.date(2026, 12, 31),
    BRANCH,
    "调控中心党支部",
    "继电保护工",
    "继电保护班",
    "继电保护",
    cross_specialty=True,
    goals="会看保护装置动作报告",
    person="李明",
    host="吴刚",
)
BACK_FROM_LINES = RotationLine(
    RotationState.EVALUATED,
    dt.date(2026, 8, 3),
    dt.date(2026, 10, 30),
    BRANCH,
    "输电运检党支部",
    "线路巡视员",
    "运检一班",
    "输电线路",
    cross_specialty=True,
    person="孙倩",
    host="何伟",
)
OWN_HIGHLIGHT = Highlight("把断路器检修的十二个易错点做成口袋卡，两个班组已经在用。", BRANCH, "李明")


def branch_month() -> MonthSummary:
    return MonthSummary(
        unit_id=11,
        unit=BRANCH,
        kind=UnitKind.BRANCH,
        zone="Asia/Shanghai",
        month="2026-10",
        edition=Edition.DRAFT,
        made_at=NINE_ON_MONDAY,
        next_month=NextMonth("2026-11", (COMING,), (), 22),
        remark="本月抢修任务集中，两位同志的汇报经支部同意顺延。",
        outcomes_reached=(SWITCHING, LECTURE),
        outcomes_overdue=(MANUAL,),
        needs_open=(TEST_BENCH,),
        needs_answered=(COVER,),
        rotations=RotationPart(
            (
                RotationCount(RotationState.PLANNED, 1),
                RotationCount(RotationState.IN_POST, 1),
                RotationCount(RotationState.EVALUATED, 1),
            ),
            (TO_RELAYS,),
            (BACK_FROM_LINES,),
            2,
            3,
        ),
        highlights=(OWN_HIGHLIGHT, Highlight("老师傅带着学图纸，现场问题当天讲清。", BRANCH)),
        pairings=(
            PairingCount(Track.BACKBONE_TO_MEMBER, PairingState.ACTIVE, 3),
            PairingCount(Track.MEMBER_TO_BACKBONE, PairingState.ACTIVE, 4),
            PairingCount(Track.MEMBER_TO_BACKBONE, PairingState.COMPLETED, 1),
        ),
        reviews_waiting=WaitingReviews(2, 4),
        reports=(ReportRow(11, BRANCH, ReportCounts(20, 18, 2, 1, 1, 3), ReportCounts(19, 17, 3, 2, 0, 0)),),
        corrections=(Correction("2026-09", BRANCH, 1),),
        burden=Burden(46, 20, answered_in=40),
        details=branch_details(),
    )


def branch_details() -> Details:
    handed_in = ReportDetail(
        BRANCH,
        "结对：继电保护",
        "2026-W42",
        dt.date(2026, 10, 16),
        ReportState.HANDED_IN,
        dt.date(2026, 10, 19),
        late=True,
        standing=Standing.NEEDS_SUPPORT,
        review=ReviewKind.COMMENTED,
        text="=1+1 跟着做了两次保护校验，学会看定值单；\n试验台要排队。",
        person="李明",
    )
    missing = ReportDetail(
        BRANCH, "结对：断路器", "2026-W43", dt.date(2026, 10, 23), ReportState.NOT_HANDED_IN, person="郑国华"
    )
    pairing = PairingDetail(
        BRANCH,
        Track.MEMBER_TO_BACKBONE,
        PairingState.ACTIVE,
        "继电保护",
        dt.date(2026, 9, 1),
        cross_specialty=True,
        mentee="李明",
        mentors=("王芳",),
    )
    return Details((handed_in, missing), (pairing,), (TO_RELAYS, BACK_FROM_LINES), (TEST_BENCH, COVER))


def quiet_month() -> MonthSummary:
    """A branch that has only just begun."""
    return MonthSummary(
        unit_id=12,
        unit="客户服务党支部",
        kind=UnitKind.BRANCH,
        zone="Asia/Shanghai",
        month="2027-01",
        edition=Edition.FINAL,
        made_at=dt.datetime(2027, 2, 1, 1, tzinfo=dt.UTC),
        next_month=NextMonth("2027-02"),
        provisional=True,
    )


BRANCHES = (
    "机关",
    "变电检修",
    "变电运维",
    "输电运检",
    "调控中心",
    "配电运检",
    "客户服务",
    "营销计量",
    "物资供应",
    "信息通信",
    "建设管理",
    "综合服务",
    "后勤保障",
    "离退休",
)


def committee_month() -> MonthSummary:
    """Fourteen branches and much of everything, two of them unconfirmed; no name but the one who signed his highlight."""
    rows = tuple(
        ReportRow(
            20 + i,
            f"{name}党支部",
            ReportCounts(10 + 3 * i, 8 + 2 * i, i % 3, 1, 1 + i, i % 4),
            ReportCounts(9 + 3 * i, 8 + 2 * i, i % 2, 0, 1 + i, 0) if i != 4 else None,
        )
        for i, name in enumerate(BRANCHES)
    )
    outcomes = tuple(replace(line, person="", unit=row.unit) for row in rows for line in (SWITCHING, LECTURE))
    needs = tuple(
        replace(TEST_BENCH, unit=row.unit, kind=kind, text="", asker="", owner="")
        for row, kind in zip(rows, [*NeedKind] * 3, strict=False)
    )
    return replace(
        branch_month(),
        unit_id=1,
        unit="国网江城供电公司党委",
        kind=UnitKind.COMMITTEE,
        edition=Edition.DRAFT,
        remark="",
        words=(
            UnitWords(BRANCH, "本月抢修任务集中，下月补两次现场教学。"),
            UnitWords("调控中心党支部", "下月起与变电检修党支部联合练兵。"),
        ),
        unconfirmed=("物资供应党支部", "离退休党支部"),
        outcomes_reached=outcomes,
        outcomes_overdue=tuple(replace(MANUAL, person="", unit=row.unit) for row in rows[:5]),
        needs_open=needs[:9],
        needs_answered=(replace(COVER, text="", answer="", asker="", owner=""),),
        rotations=RotationPart(
            tuple(RotationCount(state, 6 + i) for i, state in enumerate(RotationState)),
            tuple(replace(TO_RELAYS, unit=row.unit, person="", host="") for row in rows[:7]),
            tuple(replace(BACK_FROM_LINES, unit=row.unit, person="", host="") for row in rows[7:10]),
            21,
            34,
        ),
        highlights=(
            OWN_HIGHLIGHT,
            *(Highlight("一人讲一课，三个专业轮着听，问题列成清单逐条销号。", row.unit) for row in rows[:8]),
        ),
        pairings=tuple(PairingCount(track, state, 9 + i) for track in Track for i, state in enumerate(PairingState)),
        next_month=NextMonth(
            "2026-11",
            tuple(replace(COMING, person="", unit=row.unit) for row in rows),
            (replace(TO_RELAYS, state=RotationState.PLANNED, starts_on=dt.date(2026, 11, 9), person="", host=""),),
            318,
        ),
        reviews_waiting=WaitingReviews(17, 9),
        reports=rows,
        corrections=(Correction("2026-09", rows[2].unit, 2),),
        burden=Burden(611, 248, answered_in=150),
        details=Details(),
    )
