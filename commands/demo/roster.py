"""The organisation of the demo: one committee, two general branches, eight branches, about 250 fictional people.

Drawn with a fixed seed, so every demo meets the same people. The seven of the cast are always among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.pairings import Track, may_mentor, track_fits
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roles import RoleKind
from domain.roster_rows import RosterValues
from domain.roster_secretaries import RosterSecretary
from domain.roster_units import RosterUnit
from domain.units import UnitKind

SEED = 20261012
PEOPLE_PER_BRANCH = 30
FIRST_NUMBER = 801

COMMITTEE = "青江供电公司党委"
GENERAL_BRANCHES = {
    "生产党总支": ("变电检修党支部", "输电运检党支部", "调度控制党支部", "信息通信党支部"),
    "经营党总支": ("营销服务党支部", "物资供应党支部", "工程建设党支部", "机关党支部"),
}
GROUPS = ("第一党小组", "第二党小组", "第三党小组")
SPECIALTIES = (
    "变电检修",
    "继电保护",
    "输电运检",
    "调度运行",
    "信息通信",
    "市场营销",
    "物资管理",
    "工程造价",
    "财务管理",
)
POSTS = ("班长", "副班长", "技术员", "工程师", "专责", "值班员", "材料员")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英",
    "志刚", "建华", "文博", "子轩", "浩然", "雨桐", "思远", "嘉怡", "俊峰", "海燕", "晓东", "玉珍", "国庆", "春梅", "立新",
)  # fmt: skip
DIRECTIONS = {
    Track.BACKBONE_TO_MEMBER: (
        ("理论学习", "系统学习党章并在党小组交流2次", "交流记录"),
        ("实践锻炼", "参加志愿服务4次并形成1条改进建议", "服务记录和建议采纳单"),
    ),
    Track.MEMBER_TO_BACKBONE: (
        ("技能等级提升", "取得高级工职业资格", "资格证书"),
        ("配电网规划", "学完配电网规划课程并完成1份方案", "方案经专责审核"),
        ("故障诊断", "独立完成3次二次回路缺陷处理", "缺陷单和导师签字"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """All that the workbook says, sheet by sheet."""

    units: tuple[RosterUnit, ...]
    people: tuple[RosterValues, ...]
    secretaries: tuple[RosterSecretary, ...]


def organisation(starting: date) -> Organisation:
    """The people as they stand on the day the story begins."""
    draw = random.Random(SEED)  # noqa: S311 - fictional people, no secret
    branches = [branch for names in GENERAL_BRANCHES.values() for branch in names]
    numbers = iter(range(FIRST_NUMBER, FIRST_NUMBER + 10_000))
    people = [person for branch in branches for person in _branch(draw, branch, numbers)]
    office = replace(_person(draw, "机关党支部", numbers), name="周伟", stage=Stage.FULL_MEMBER, post="专责")
    people = [*_with_pairings(draw, people, starting), office]
    return Organisation(tuple(_units()), tuple(people), tuple(_secretaries(people, branches, office)))


def _units() -> Iterator[RosterUnit]:
    yield RosterUnit(COMMITTEE, UnitKind.COMMITTEE, "")
    for general, branches in GENERAL_BRANCHES.items():
        yield RosterUnit(general, UnitKind.GENERAL_BRANCH, COMMITTEE)
        for branch in branches:
            yield RosterUnit(branch, UnitKind.BRANCH, general)


CAST = {
    "变电检修党支部": (
        ("陈静", Stage.FULL_MEMBER, False),
        ("王芳", Stage.FULL_MEMBER, True),
        ("李明", Stage.ACTIVIST, True),
        ("苏晴", Stage.ACTIVIST, True),
    ),
    "输电运检党支部": (("赵强", Stage.FULL_MEMBER, True), ("林一", Stage.FULL_MEMBER, False)),
}


def _branch(draw: random.Random, branch: str, numbers: Iterator[int]) -> Iterator[RosterValues]:
    for name, stage, backbone in CAST.get(branch, ()):
        person = _person(draw, branch, numbers)
        yield replace(person, name=name, stage=stage, backbone=backbone, specialty="继电保护", post="技术员")
    for _ in range(PEOPLE_PER_BRANCH - len(CAST.get(branch, ()))):
        yield _person(draw, branch, numbers)


def _person(draw: random.Random, branch: str, numbers: Iterator[int]) -> RosterValues:
    stage = draw.choices(list(Stage), weights=(25, 10, 8, 6, 3, 48))[0]
    return RosterValues(
        name=draw.choice(SURNAMES) + draw.choice(GIVEN),
        staff_no=f"{next(numbers):06}",
        unit=branch,
        group=draw.choice(GROUPS),
        stage=stage,
        backbone=draw.random() < 0.45,
        specialty=draw.choice(SPECIALTIES),
        post=draw.choice(POSTS),
    )


def _with_pairings(draw: random.Random, people: list[RosterValues], starting: date) -> Iterator[RosterValues]:
    """Every third who can be paired is, signed on paper before the story begins; some of them rotate."""
    load: dict[str, int] = {}
    cast = {name for members in CAST.values() for name, *_ in members}
    for person in people:
        tracks = [track for track in Track if person.name not in cast and _fits(track, person)]
        mentors = [one for one in people if tracks and _guides(tracks[0], one, person, load)]
        if not mentors or draw.random() > 0.4:
            yield person
            continue
        mentor = draw.choice(mentors)
        load[mentor.staff_no] = load.get(mentor.staff_no, 0) + 1
        yield _rotating(draw, _paired(draw, person, mentor, tracks[0], starting), starting)


def _fits(track: Track, person: RosterValues) -> bool:
    assert person.stage is not None
    return track_fits(track, person.stage, backbone=bool(person.backbone)) and not (
        track is Track.MEMBER_TO_BACKBONE and person.backbone
    )


def _guides(track: Track, mentor: RosterValues, mentee: RosterValues, load: dict[str, int]) -> bool:
    assert mentor.stage is not None
    able = may_mentor(track, mentor.stage, backbone=bool(mentor.backbone))
    return able and mentor.unit == mentee.unit and mentor is not mentee and load.get(mentor.staff_no, 0) < 2


def _paired(
    draw: random.Random, person: RosterValues, mentor: RosterValues, track: Track, starting: date
) -> RosterValues:
    direction, outcome, measure = draw.choice(DIRECTIONS[track])
    agreed = starting - timedelta(days=draw.randint(30, 90))
    cadence, day = draw.choices(
        ((CadenceKind.WEEKLY, "fri"), (CadenceKind.FORTNIGHTLY, "thu"), (CadenceKind.MONTHLY, "25")), (4, 2, 2)
    )[0]
    return replace(
        person, track=track, mentor_name=mentor.name, mentor_no=mentor.staff_no, starts_on=agreed, agreed_on=agreed,
        direction=direction, outcome=outcome, measure=measure, cadence=cadence, report_day=day,
        outcome_due=starting + timedelta(days=draw.randint(40, 300)),
    )  # fmt: skip


def _rotating(draw: random.Random, person: RosterValues, starting: date) -> RosterValues:
    if draw.random() > 0.3:
        return person
    hosts = [branch for names in GENERAL_BRANCHES.values() for branch in names if branch != person.unit]
    begins = starting + timedelta(days=draw.randint(-60, 30))
    return replace(
        person, rotation_post=draw.choice(POSTS), rotation_unit=draw.choice(hosts), rotation_team="运维二班",
        rotation_host="李师傅", rotation_from=begins, rotation_to=begins + timedelta(days=89),
    )  # fmt: skip


def _secretaries(people: list[RosterValues], branches: list[str], office: RosterValues) -> Iterator[RosterSecretary]:
    """陈静 for her branch, the first full member for each other; 周伟 is the committee's officer."""
    for branch in branches:
        members = [one for one in people if one.unit == branch and one.stage is Stage.FULL_MEMBER]
        chosen = next((one for one in members if one.name == "陈静"), members[0])
        yield _role(branch, "支部书记", chosen, RoleKind.SECRETARY)
    yield _role(COMMITTEE, "组织干事", office, RoleKind.OFFICER)


def _role(unit: str, title: str, person: RosterValues, role: RoleKind) -> RosterSecretary:
    return RosterSecretary(
        row=0, unit=unit, title=title, name=person.name, staff_no=person.staff_no, role=role, problems=()
    )
