"""The organisation of the demo: one committee, two general branches, eight branches, about 250 fictional people.

Drawn with a fixed seed, so every demo meets the same people. The seven of the cast are always among them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from commands.demo.names import GIVEN, SURNAMES, romanised
from commands.demo.words import words_of
from commands.demo.words.kinds import Words
from domain.calendar import WorkCalendar
from domain.pairings import Track, may_mentor, track_fits
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roles import RoleKind
from domain.roster_rows import RosterValues
from domain.roster_secretaries import RosterSecretary
from domain.roster_units import RosterUnit
from domain.units import UnitKind
from services.holiday_calendar import calendar_around

SEED = 20261012
PEOPLE_PER_BRANCH = 30
FIRST_NUMBER = 801
PAIRED_SHARE, ROTATING_SHARE = 0.5, 0.4

COMMITTEE = "青江供电公司党委"
GENERAL_BRANCHES = {
    "生产党总支": ("变电检修党支部", "输电运检党支部", "调度控制党支部", "信息通信党支部"),
    "经营党总支": ("营销服务党支部", "物资供应党支部", "工程建设党支部", "机关党支部"),
}
BRANCHES = tuple(branch for names in GENERAL_BRANCHES.values() for branch in names)
SPECIALTIES = {branch: (place + 1,) for place, branch in enumerate(BRANCHES)} | {BRANCHES[0]: (0, 1)}
"""The places of a branch's own specialties among those of the words; the cast is of the second."""
GROUPS = ("第一党小组", "第二党小组", "第三党小组")


@dataclass(frozen=True, slots=True)
class Organisation:
    """All that the workbook says, sheet by sheet."""

    units: tuple[RosterUnit, ...]
    people: tuple[RosterValues, ...]
    secretaries: tuple[RosterSecretary, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What people are drawn with. `hosts`: rotations are hosted by people of the roster, else by somebody of whom only the
    name is known.
    """

    draw: random.Random
    words: Words
    starting: date
    hosts: bool
    days: WorkCalendar
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(FIRST_NUMBER, FIRST_NUMBER + 10_000)))


def organisation(starting: date, locale: str = "zh_Hans", *, hosts: bool = False) -> Organisation:
    """The people as they stand on the day the story begins."""
    drawing = Drawing(random.Random(SEED), words_of(locale), starting, hosts, calendar_around(starting))  # noqa: S311 - fictional people, no secret
    people = [person for branch in BRANCHES for person in _branch(drawing, branch)]
    office = _person(drawing, BRANCHES[-1], set())._replace(
        name=OFFICER, stage=Stage.FULL_MEMBER, post=drawing.words.posts[4]
    )
    people = [*_with_pairings(drawing, people), office]
    return Organisation(tuple(_units()), tuple(people), tuple(_secretaries(people, office)))


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

OFFICER, OUTSIDER = "周伟", "林一"
ON_PHONES = {OFFICER, *(name for members in CAST.values() for name, *_ in members)}


def _branch(drawing: Drawing, branch: str) -> Iterator[RosterValues]:
    words, known = drawing.words, CAST.get(branch, ())
    taken = {romanised(name) for name in ON_PHONES}
    for name, stage, backbone in known:
        person = _person(drawing, branch, taken)
        trade, post = words.specialties[SPECIALTIES[branch][-1]], words.posts[2]
        yield person._replace(name=name, stage=stage, backbone=backbone, specialty=trade, post=post)
    for _ in range(PEOPLE_PER_BRANCH - len(known)):
        yield _person(drawing, branch, taken)


def _person(drawing: Drawing, branch: str, taken: set[str]) -> RosterValues:
    draw, words = drawing.draw, drawing.words
    stage = draw.choices(list(Stage), weights=(25, 10, 8, 6, 3, 48))[0]
    own = words.specialties[draw.choice(SPECIALTIES[branch])]
    return RosterValues(
        name=_name(draw, taken),
        staff_no=f"{next(drawing.numbers):06}",
        unit=branch,
        group=draw.choice(GROUPS),
        stage=stage,
        backbone=draw.random() < 0.45,
        specialty=own if draw.random() < 0.85 else draw.choice(words.specialties),
        post=draw.choice(words.posts),
    )


def _name(draw: random.Random, taken: set[str]) -> str:
    """Others have namesakes, as people do, but none in their own branch; those on the phones are found by their names alone."""
    name = draw.choice(tuple(SURNAMES)) + draw.choice(tuple(GIVEN))
    if romanised(name) in taken:
        return _name(draw, taken)
    taken.add(romanised(name))
    return name


def _with_pairings(drawing: Drawing, people: list[RosterValues]) -> Iterator[RosterValues]:
    """Half of those who can be paired are, signed on paper before the story begins; some of them rotate."""
    load: dict[str, int] = {}
    for person in people:
        tracks = [track for track in Track if person.name not in ON_PHONES and _fits(track, person)]
        mentors = [one for one in people if tracks and _guides(tracks[0], one, person, load)]
        if not mentors or drawing.draw.random() > PAIRED_SHARE:
            yield person
            continue
        mentor = drawing.draw.choice(mentors)
        load[mentor.staff_no] = load.get(mentor.staff_no, 0) + 1
        yield _rotating(drawing, _paired(drawing, person, mentor, tracks[0]), people)


def _fits(track: Track, person: RosterValues) -> bool:
    assert person.stage is not None
    return track_fits(track, person.stage, backbone=bool(person.backbone)) and not (
        track is Track.MEMBER_TO_BACKBONE and person.backbone
    )


def _guides(track: Track, mentor: RosterValues, mentee: RosterValues, load: dict[str, int]) -> bool:
    assert mentor.stage is not None
    able = may_mentor(track, mentor.stage, backbone=bool(mentor.backbone))
    most = 1 if mentor.name in ON_PHONES else 2  # those on the phones will guide others yet
    fits = able and mentor.unit == mentee.unit and mentor is not mentee and mentor.name != OUTSIDER
    return fits and load.get(mentor.staff_no, 0) < most


def _paired(drawing: Drawing, person: RosterValues, mentor: RosterValues, track: Track) -> RosterValues:
    draw, starting = drawing.draw, drawing.starting
    direction, outcome, measure = draw.choice(drawing.words.directions[track])
    agreed = starting - timedelta(days=draw.randint(3, 60))
    begins = agreed if draw.random() < 0.85 else starting + timedelta(days=draw.randint(7, 70))
    cadence, day = draw.choices(
        ((CadenceKind.WEEKLY, "fri"), (CadenceKind.FORTNIGHTLY, "thu"), (CadenceKind.MONTHLY, "25")), (3, 2, 2)
    )[0]
    return person._replace(
        track=track, mentor_name=mentor.name, mentor_no=mentor.staff_no, starts_on=begins, agreed_on=agreed,
        direction=direction, outcome=outcome, measure=measure, cadence=cadence, report_day=day,
        outcome_due=begins + timedelta(days=draw.randint(50, 300)),
    )  # fmt: skip


def _rotating(drawing: Drawing, person: RosterValues, people: list[RosterValues]) -> RosterValues:
    draw, words = drawing.draw, drawing.words
    if draw.random() > ROTATING_SHARE:
        return person
    unit = draw.choice([branch for branch in BRANCHES if branch != person.unit])
    begins = next(drawing.days.working_days_from(drawing.starting + timedelta(weeks=draw.randint(-7, 16))))
    ends = drawing.days.previous_working_day(begins + timedelta(days=draw.choice((46, 60, 88))))
    return person._replace(
        rotation_post=draw.choice(words.posts), rotation_unit=unit,
        rotation_team=draw.choice(words.teams[BRANCHES.index(unit)]),
        rotation_host=_host(drawing, unit, people), rotation_from=begins,
        rotation_to=ends,
    )  # fmt: skip


def _host(drawing: Drawing, unit: str, people: list[RosterValues]) -> str:
    """Whoever alone has a name can be meant by it."""
    if not drawing.hosts:
        return _name(drawing.draw, {romanised(one.name) for one in people})
    named = Counter(romanised(one.name) for one in people)
    known = [one for one in people if one.unit == unit and one.backbone and named[romanised(one.name)] == 1]
    able = [one for one in known if one.name not in ON_PHONES]  # what those do is told by the story
    return drawing.draw.choice(able).name


def _secretaries(people: list[RosterValues], office: RosterValues) -> Iterator[RosterSecretary]:
    """陈静 for her branch, the first full member for each other, the second of its first branch for a general branch; 周伟
    is the committee's officer.
    """
    for branch in BRANCHES:
        members = [one for one in people if one.unit == branch and one.stage is Stage.FULL_MEMBER]
        chosen = next((one for one in members if one.name == "陈静"), members[0])
        yield _role(branch, "支部书记", chosen, RoleKind.SECRETARY)
    for general, branches in GENERAL_BRANCHES.items():
        members = [one for one in people if one.unit == branches[-1] and one.stage is Stage.FULL_MEMBER]
        yield _role(general, "总支书记", members[1], RoleKind.SECRETARY)
    yield _role(COMMITTEE, "组织干事", office, RoleKind.OFFICER)


def _role(unit: str, title: str, person: RosterValues, role: RoleKind) -> RosterSecretary:
    return RosterSecretary(
        row=0, unit=unit, title=title, name=person.name, staff_no=person.staff_no, role=role, problems=()
    )
