"""An organisation to sit down in: the roster imported, the cast registered, all by the product's own services."""

from __future__ import annotations

import asyncio
import functools
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from commands.demo.cast import BRANCH_GROUP, CAST, GROUP_TITLES, MEMBER, MENTOR, OFFICER, SECRETARY, Player, player
from commands.demo.names import called, workbook
from commands.demo.roster import BRANCHES, ON_PHONES, Organisation, organisation
from commands.demo.script import SCRIPTS
from domain.actors import Actor
from domain.consents import ConsentKind
from domain.pairings import Track
from domain.people import Stage, staff_key
from domain.periods import CadenceKind
from domain.roles import Role, RoleKind
from domain.roster import read_roster
from domain.roster_rows import RosterValues
from domain.roster_secretaries import SECRETARY_SHEET
from domain.roster_units import UNIT_SHEET

if TYPE_CHECKING:
    from commands.demo.life.affairs import Affairs
    from commands.demo.life.history import History
    from commands.demo.life.living import Life
    from domain.roster_cells import Sheet
    from storage.database import Reader, Writer

BEGAN_WEEKS_AGO = 13
"""Three months, so that three months have been summed up."""
SIGNED_DAYS_BEFORE = 10
NAMED_HOST = "胡国庆"
"""Nobody of the roster."""
ENOUGH_TO_EVALUATE = timedelta(days=10)
DAYS_AT_A_TIME = 7
Told = Callable[[int, int], None]


def seed(url: str, now: datetime, locale: str, told: Told, *, weeks: int = BEGAN_WEEKS_AGO) -> History:
    """Into an empty database; `told` hears how many days of how many have been lived. What people have planned goes on."""
    from storage import schema

    schema.upgrade(url)
    return asyncio.run(_seed(url, now, now - timedelta(weeks=weeks), locale, told))


async def _seed(url: str, now: datetime, began: datetime, locale: str, told: Told) -> History:
    from storage.database import open_database

    drawn = organisation(began.date(), locale, hosts=True)
    paired = tuple(_paired(_near_admission(drawn.people), began.date(), locale))
    drawn = replace(drawn, people=_hosted_by_name(paired, began.date(), now.date()))
    database = await open_database(url)
    try:
        history = await database.write(lambda tx: _found(tx, drawn, began, locale))
        await database.write(lambda tx: _affairs(tx, drawn, history).look_ahead(began, now))
        day, days = began, (now - began).days
        while day < now:
            day += timedelta(days=DAYS_AT_A_TIME)
            await database.write(lambda tx: history.pass_until(tx, began, min(day, now)))  # noqa: B023 - run before the next round
            told((day - began).days, days)
        await database.write(lambda tx: _bind_group(tx, now, locale))
        await database.write(lambda tx: _appoint_officer(tx, now))
        history.goes_on_beside(history.prompt)
        return history
    finally:
        await database.close()


async def crowd(
    url: str, drawn: Organisation, began: datetime, locale: str, on_phones: Iterable[str] = ON_PHONES
) -> History:
    """Everybody of an organisation that was imported and who is on no phone: invited now, they come in and live along."""
    come = functools.partial(_everybody_else_comes, drawn=drawn, began=began, locale=locale)
    return await _beside(url, drawn, lambda tx, by_hand: come(tx, strangers=by_hand), on_phones)


async def resumed(url: str, locale: str, now: datetime) -> History:
    """The people of an organisation that was kept; what they had planned is thought of anew."""
    from commands.demo.life.living import Life

    drawn = organisation(now.date(), locale, hosts=True)
    return await _beside(url, drawn, lambda _tx, _by_hand: Life(locale), ON_PHONES)


async def _beside(
    url: str, drawn: Organisation, living: Callable[[Writer, frozenset[int]], Life], on_phones: Iterable[str]
) -> History:
    from commands.demo.life.history import History
    from storage.database import open_database

    def begin(tx: Writer) -> History:
        known = _known(tx)
        by_hand = frozenset(known[numbered(drawn.people, name)] for name in on_phones)
        history = History(living(tx, by_hand))
        history.goes_on_beside(by_hand)
        return history

    database = await open_database(url)
    try:
        return await database.write(begin)
    finally:
        await database.close()


def _known(tx: Reader) -> dict[str, int]:
    """People by their staff numbers."""
    from storage import people, units

    root = units.root(tx)
    assert root is not None
    return {one.staff_no: one.id for one in people.present(tx, root.id)}


def _found(tx: Writer, drawn: Organisation, began: datetime, locale: str) -> History:
    """The roster is imported, the cast comes in, and everybody else is invited."""
    from commands.demo.life.history import History
    from services import roster
    from services.roster_preview import Question

    seeder = _seeder(began, locale)
    roster.apply(tx, seeder, read_roster(_sheets(drawn, locale), roster.known(tx)), frozenset(Question))
    known, numbers = _known(tx), {one.name: numbered(drawn.people, one.name) for one in CAST}
    for one in CAST:
        if one.registered:
            _come_in(tx, one, numbers[one.name], began, locale)
    strangers = {known[numbers[one.name]] for one in CAST if not one.registered} | {
        known[number] for number in (_on_paper(drawn), _guides_on_paper(drawn))
    }
    life = _everybody_else_comes(tx, drawn, began, locale, frozenset(strangers))
    return History(life, prompt=frozenset(known[number] for number in numbers.values()))


def _affairs(tx: Reader, drawn: Organisation, history: History) -> Affairs:
    from commands.demo.life.affairs import Affairs
    from storage import units

    known, ids = _known(tx), {one.name: one.id for one in units.everything(tx)}
    home, other, office = (ids[called(name, history.life.locale)] for name in (BRANCHES[0], BRANCHES[1], BRANCHES[-1]))
    cast = {one.name: known[numbered(drawn.people, one.name)] for one in CAST}
    return Affairs(history.life, home, other, office, cast[SECRETARY], cast[OFFICER], frozenset(cast.values()))


def _everybody_else_comes(
    tx: Writer, drawn: Organisation, began: datetime, locale: str, strangers: frozenset[int]
) -> Life:
    """All but a few of those whom nobody depends on. Where a secretary is on a phone, nobody waits for what she enters."""
    from commands.demo.life.courses import Courses
    from commands.demo.life.living import Life
    from storage import people, units

    root = units.root(tx)
    assert root is not None
    life = Life(locale, known={one.id: one for one in people.present(tx, root.id)})
    guides = {one.mentor_no for one in drawn.people} | {one.staff_no for one in drawn.secretaries}
    hosts = {one.rotation_host for one in drawn.people}
    by_hand = {one.staff_no for one in life.known.values() if one.id in strangers}
    led_by_hand = {one.unit for one in drawn.secretaries if one.staff_no in by_hand}
    depended_on = {
        one.staff_no for one in drawn.people if one.staff_no in guides or one.name in hosts or one.unit in led_by_hand
    }
    needed = frozenset(one.id for one in life.known.values() if one.staff_no in depended_on)
    Courses(life).come_in(tx, _seeder(began, locale), root.id, needed, strangers)
    return life


def _on_paper(drawn: Organisation) -> str:
    """The number of somebody of the cast's branch whose reports the secretary enters."""
    needed = {one.mentor_no for one in drawn.people} | {one.staff_no for one in drawn.secretaries}
    hosts = {one.rotation_host for one in drawn.people}
    free = (one for one in drawn.people if one.staff_no not in needed and one.name not in hosts | ON_PHONES)
    return next(one.staff_no for one in free if one.unit == BRANCHES[0] and one.track)


def _guides_on_paper(drawn: Organisation) -> str:
    """The number of a mentor of the cast's branch whose answers the secretary enters: one who guides a single person of it."""
    busy = {one.staff_no for one in drawn.secretaries}
    hosts = {one.rotation_host for one in drawn.people}
    guided = Counter(one.mentor_no for one in drawn.people if one.stage is not Stage.PROBATIONARY_MEMBER)
    home = (one for one in drawn.people if one.unit == BRANCHES[0] and one.name not in hosts | ON_PHONES)
    return next(one.staff_no for one in home if guided[one.staff_no] == 1 and one.staff_no not in busy)


def _hosted_by_name(people: tuple[RosterValues, ...], began: date, opens: date) -> tuple[RosterValues, ...]:
    """Of whom only the name is known: the host of the first who comes to the cast's branch, and of the last whose rotation is
    over and evaluated.
    """
    away = [one for one in people if one.rotation_from and one.rotation_to and one.name not in ON_PHONES]
    first = min((one for one in away if one.rotation_unit == BRANCHES[0]), key=_beginning)
    over = (one for one in away if one is not first and began < _ending(one) < opens - ENOUGH_TO_EVALUATE)
    named = {first.staff_no, *(one.staff_no for one in sorted(over, key=_ending)[-1:])}
    return tuple(one._replace(rotation_host=NAMED_HOST) if one.staff_no in named else one for one in people)


def _beginning(person: RosterValues) -> date:
    return person.rotation_from or date.max


def _ending(person: RosterValues) -> date:
    return person.rotation_to or date.max


def _seeder(now: datetime, locale: str) -> Actor:
    return Actor(now=now, locale=locale, name="demo", roles=(Role(RoleKind.ADMINISTRATOR, None),))


def _sheets(drawn: Organisation, locale: str) -> tuple[Sheet, ...]:
    """Through the workbook itself, as an officer would send it."""
    from reports.workbook_reading import read_workbook

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(drawn, locale))
        file.flush()
        return read_workbook(Path(file.name), (UNIT_SHEET, SECRETARY_SHEET))


def _near_admission(people: Iterable[RosterValues]) -> tuple[RosterValues, ...]:
    """Of the cast's branch one is on probation in the Party, whose pairing will have reached its aim."""
    drawn = tuple(people)
    number = next(one.staff_no for one in drawn if one.unit == BRANCHES[0] and one.track is Track.BACKBONE_TO_MEMBER)
    return tuple(one._replace(stage=Stage.PROBATIONARY_MEMBER) if one.staff_no == number else one for one in drawn)


def _paired(people: tuple[RosterValues, ...], began: date, locale: str) -> Iterator[RosterValues]:
    """The member and his mentor have agreed on paper before it all begins, so that there is something to report."""
    script = SCRIPTS[locale]
    member_no, mentor_no = (numbered(people, name) for name in (MEMBER, MENTOR))
    agreed = began - timedelta(days=SIGNED_DAYS_BEFORE)
    measure = script.completion.partition("\n")[0]
    for person in people:
        if person.staff_no != member_no:
            yield person
            continue
        yield person._replace(
            track=Track.BACKBONE_TO_MEMBER, mentor_name=MENTOR, mentor_no=mentor_no, starts_on=agreed,
            agreed_on=agreed, direction=script.direction, outcome=script.outcome, measure=measure,
            cadence=CadenceKind.WEEKLY, report_day="fri", outcome_due=began + timedelta(days=261),
        )  # fmt: skip


def numbered(people: Iterable[RosterValues], name: str) -> str:
    """The staff number of one of the cast; others who were drawn with the same name come later."""
    return next(one.staff_no for one in people if one.name == name)


def _bind_group(tx: Writer, now: datetime, locale: str) -> None:
    """By the branch's secretary and so late that the group hears of it when the assistant starts."""
    from services import access, group_chats

    bound_at = now - timedelta(minutes=2)
    secretary = access.identify(tx, player(SECRETARY).telegram_id, bound_at, locale)
    [unit_id] = secretary.units(RoleKind.SECRETARY)
    group_chats.offer(tx, secretary, BRANCH_GROUP, GROUP_TITLES[locale])
    group_chats.bind(tx, secretary, unit_id)


def _appoint_officer(tx: Writer, now: datetime) -> None:
    """An administrator beside the one of the office, as the assistant would at its start."""
    from services import administrators

    administrators.appoint(tx, [player(OFFICER).telegram_id], now)


def _come_in(tx: Writer, player: Player, staff_no: str, now: datetime, locale: str) -> None:
    """Invited, known by the digits, and agreeing to all three: the road that everybody takes."""
    from services import access, consents, invites, registration
    from storage import people

    def actor() -> Actor:
        return access.identify(tx, player.telegram_id, now, locale)

    person = people.by_key(tx, staff_key(staff_no))
    assert person is not None
    code = invites.make(tx, _seeder(now, locale), person.id).code
    entered = registration.enter_code(tx, actor(), code, called(player.name, locale), locale)
    registration.enter_digits(tx, actor(), entered.invite_id, staff_no[-4:], called(player.name, locale), locale)
    for kind in ConsentKind:
        consents.toggle(tx, actor(), kind)
