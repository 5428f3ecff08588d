"""The closed choices of a roster in the words of an office: stage, track, kind of unit, yes and no, cadence and day."""

from __future__ import annotations

import re

from domain.pairings import Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.units import UnitKind

STAGE_WORDS = {
    Stage.NON_PARTY_PUBLIC: "群众",
    Stage.APPLICANT: "入党申请人",
    Stage.ACTIVIST: "入党积极分子",
    Stage.DEVELOPMENT_TARGET: "发展对象",
    Stage.PROBATIONARY_MEMBER: "预备党员",
    Stage.FULL_MEMBER: "正式党员",
}
TRACK_WORDS = {Track.BACKBONE_TO_MEMBER: "把骨干培养成党员", Track.MEMBER_TO_BACKBONE: "把党员培养成骨干"}
KIND_WORDS = {
    UnitKind.COMMITTEE: "党委",
    UnitKind.GENERAL_BRANCH: "党总支",
    UnitKind.BRANCH: "党支部",
    UnitKind.GROUP: "党小组",
}
CADENCE_WORDS = {CadenceKind.WEEKLY: "每周", CadenceKind.FORTNIGHTLY: "每两周", CadenceKind.MONTHLY: "每月"}
DAY_WORDS = {"mon": "周一", "tue": "周二", "wed": "周三", "thu": "周四", "fri": "周五", "sat": "周六", "sun": "周日"}

STAGES = {word: stage for stage, word in STAGE_WORDS.items()}
TRACKS = {word: track for track, word in TRACK_WORDS.items()}
KINDS = {word: kind for kind, word in KIND_WORDS.items()}
CADENCES = {
    **{word: cadence for cadence, word in CADENCE_WORDS.items()},
    "一周一次": CadenceKind.WEEKLY,
    "每周一次": CadenceKind.WEEKLY,
    "双周": CadenceKind.FORTNIGHTLY,
    "两周一次": CadenceKind.FORTNIGHTLY,
    "每两周一次": CadenceKind.FORTNIGHTLY,
    "一月一次": CadenceKind.MONTHLY,
    "每月一次": CadenceKind.MONTHLY,
}
BACKBONES = dict.fromkeys(("是", "√", "✓", "✔", "Y", "YES", "有", "TRUE", "1"), True) | dict.fromkeys(
    ("", "否", "×", "✗", "✘", "X", "N", "NO", "无", "FALSE", "0"), False
)

_WEEKDAY = re.compile(r"每?(?:周|星期|礼拜)([一二三四五六日天])")
_MONTHDAY = re.compile(r"(?:每月)?(\d{1,2})[日号]?", re.ASCII)
_WEEKDAYS = dict(zip("一二三四五六日天", ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "sun"), strict=True))


def read_report_day(text: str, cadence: CadenceKind | None) -> str | None:
    """`mon`…`sun`, or the day of the month when the cadence is monthly; either when it is the unit's own. Else None."""
    weekday = _WEEKDAY.fullmatch(text)
    if weekday:
        return _WEEKDAYS[weekday[1]] if cadence is not CadenceKind.MONTHLY else None
    monthday = _MONTHDAY.fullmatch(text)
    if monthday and cadence in (None, CadenceKind.MONTHLY) and 1 <= int(monthday[1]) <= 31:
        return str(int(monthday[1]))
    return None


def report_day_word(day: str) -> str:
    return DAY_WORDS.get(day) or f"{day}日"
