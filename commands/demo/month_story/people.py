"""Who they are, as the roster knows them on the first working day of October."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from commands.demo.company import Company
from commands.demo.month_story.script import Script
from commands.demo.processes import Running
from commands.demo.roster import Organisation, organisation
from commands.demo.transcript import ZONE
from domain.pairings import Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roster_rows import RosterValues

if TYPE_CHECKING:
    from commands.demo.life.neighbours import Neighbours

BEGINS = datetime(2026, 10, 8, 9, 0, tzinfo=ZONE)
"""Thursday, the first working day after the October holidays."""
MEMBER, MENTOR, SECRETARY, OFFICER, ADMINISTRATOR, ON_PAPER = "李明", "王芳", "陈静", "周伟", "方明远", "郑国华"
COLLEAGUE, OTHER_SECRETARY, TRAINEE, ROTATING = "姚丽", "赵强", "林一", "苏晴"
"""Who stands in for the mentor; who leads the other branch; whom he guides, and who moves; who is at another post."""
HOST = "马建国"
"""He has no account and is in no roster: a name on the rotation."""
COMMITTEE, GENERAL_BRANCH = "青江供电公司党委", "生产党总支"
BRANCH, OTHER_BRANCH, RENAMED, SPLIT = "变电检修党支部", "输电运检党支部", "调度控制党支部", "信息通信党支部"
GROUPS = ("第一党小组", "第二党小组")
ON_STAGE, ADDED = (MEMBER, MENTOR, SECRETARY, ROTATING), (COLLEAGUE, ON_PAPER)
"""Those of the branch whom every demonstration has, and two whom only this one needs."""


@dataclass(slots=True)
class Month(Company):
    """`both` processes, so that one of them can fail; `starting` is the roster of the first day."""

    script: Script
    both: Running
    starting: Organisation
    neighbours: Neighbours | None = None
    backs_up: bool = False

    async def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """The others have lived until then; before a new day there is a backup, once the administrator arranged for it."""
        moment = datetime(2026, month, day, hour, minute, tzinfo=ZONE)
        if self.neighbours is not None:
            await self.neighbours.live_until(moment)
        if self.backs_up and moment.date() > self.hand.clock.date():
            await self.back_up(moment.replace(hour=2, minute=0))
        await self.hand.at(moment)

    async def back_up(self, moment: datetime) -> None:
        """As `run.py backup` does, by the clock of the story."""
        import asyncio

        from commands.backup import note
        from storage import backups
        from storage.postgres_backup import Programs

        url, folder = self.both.database_url, self.both.folder / "backups"
        await asyncio.to_thread(backups.write, url, folder, 1, Programs(), moment, lambda *_: None)
        await note(url, moment)


def roster(script: Script, locale: str) -> Organisation:
    """The demonstration's organisation; in the branch of the story only its own people are paired."""
    drawn = organisation(BEGINS.date(), locale)
    return replace(drawn, people=tuple(_people(drawn.people, script)))


def _people(drawn: tuple[RosterValues, ...], script: Script) -> Iterator[RosterValues]:
    """Of the branch, those who stand on the stage; two of its others lend their numbers to the two who are added."""
    number = {one.name: one.staff_no for one in reversed(drawn)}
    own = {number[name]: name for name in ON_STAGE}
    added, begun = iter(ADDED), {admitted(drawn).staff_no: Stage.PROBATIONARY_MEMBER, lent(drawn).staff_no: None}
    for person in drawn:
        if person.staff_no == number[MEMBER]:
            yield _member(person, number[MENTOR], script)
        elif person.staff_no == number[ROTATING]:
            yield _rotating(person, number[MENTOR], script)
        elif person.staff_no == number[TRAINEE]:
            yield _trainee(person, number[OTHER_SECRETARY], script)
        elif person.staff_no in begun:
            stage = begun[person.staff_no] or person.stage
            yield person._replace(stage=stage, starts_on=date(2026, 9, 7), agreed_on=date(2026, 9, 4))
        elif person.unit != BRANCH or person.staff_no in own:
            yield _without_guest(person)
        elif name := next(added, ""):
            yield _added(person, name)


def admitted(people: tuple[RosterValues, ...]) -> RosterValues:
    """On probation in the other branch, and paired; by the end of October a full member."""
    return _of_other_branch(people, Track.BACKBONE_TO_MEMBER)


def lent(people: tuple[RosterValues, ...]) -> RosterValues:
    """Of the other branch as well; in the middle of October the provincial company asks for him."""
    return _of_other_branch(people, Track.MEMBER_TO_BACKBONE)


def retiring(people: tuple[RosterValues, ...]) -> str:
    """Who then guides most of the other branch, and is of age by the end of October."""
    gone = lent(people).staff_no
    guided = (one.mentor_name for one in people if one.unit == OTHER_BRANCH and one.track and one.staff_no != gone)
    [(name, _)] = Counter(guided).most_common(1)
    return name


def successors(people: tuple[RosterValues, ...]) -> list[str]:
    """Who of the other branch may guide anybody, and guides nobody yet."""
    guiding = {one.mentor_name for one in people} | {OTHER_SECRETARY}
    others = (one for one in people if one.unit == OTHER_BRANCH and one.name not in guiding)
    return [one.name for one in others if one.backbone and one.stage is Stage.FULL_MEMBER]


def _of_other_branch(people: tuple[RosterValues, ...], track: Track) -> RosterValues:
    others = (one for one in people if one.unit == OTHER_BRANCH and one.name != TRAINEE)
    return next(one for one in others if one.track is track)


def _without_guest(person: RosterValues) -> RosterValues:
    """In the branch of the story no guests are at a post who have no part in it."""
    nowhere = RosterValues()
    if person.rotation_unit != BRANCH:
        return person
    return person._replace(
        rotation_post="", rotation_unit="", rotation_team="", rotation_host="",
        rotation_from=nowhere.rotation_from, rotation_to=nowhere.rotation_to,
    )  # fmt: skip


def _added(person: RosterValues, name: str) -> RosterValues:
    return RosterValues(
        name=name, staff_no=person.staff_no, unit=person.unit, group=person.group, stage=Stage.FULL_MEMBER,
        backbone=name != ON_PAPER, specialty=person.specialty, post=person.post,
    )  # fmt: skip


def _member(person: RosterValues, mentor_no: str, script: Script) -> RosterValues:
    """Paired before the holidays, on paper."""
    direction, outcome, measure = script.agreed
    return person._replace(
        track=Track.BACKBONE_TO_MEMBER, mentor_name=MENTOR, mentor_no=mentor_no, starts_on=date(2026, 9, 21),
        agreed_on=date(2026, 9, 18), direction=direction, outcome=outcome, measure=measure, cadence=CadenceKind.WEEKLY,
        report_day="fri", outcome_due=date(2026, 10, 31),
    )  # fmt: skip


def _rotating(person: RosterValues, mentor_no: str, script: Script) -> RosterValues:
    """Guided by the same mentor, and to spend three weeks of October with the lines."""
    direction, outcome, measure = script.learns
    return person._replace(
        track=Track.BACKBONE_TO_MEMBER, mentor_name=MENTOR, mentor_no=mentor_no, starts_on=date(2026, 9, 21),
        agreed_on=date(2026, 9, 18), direction=direction, outcome=outcome, measure=measure, cadence=CadenceKind.MONTHLY,
        report_day="28", outcome_due=date(2026, 12, 31), rotation_post=script.rotation_post, rotation_unit=OTHER_BRANCH,
        rotation_team=script.rotation_team, rotation_host=HOST, rotation_from=date(2026, 10, 12),
        rotation_to=date(2026, 10, 30),
    )  # fmt: skip


def _trainee(person: RosterValues, mentor_no: str, script: Script) -> RosterValues:
    """Not signed on paper: both are asked to confirm."""
    direction, outcome, measure = script.trained
    return person._replace(
        track=Track.MEMBER_TO_BACKBONE, mentor_name=OTHER_SECRETARY, mentor_no=mentor_no,
        starts_on=date(2026, 11, 2), direction=direction, outcome=outcome, measure=measure,
        cadence=CadenceKind.MONTHLY, report_day="28", outcome_due=date(2026, 12, 31),
    )  # fmt: skip
