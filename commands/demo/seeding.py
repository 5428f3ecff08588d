"""An organisation to sit down in: the roster imported, the cast registered, all by the product's own services."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from commands.demo.cast import CAST, MEMBER, MENTOR, Player
from commands.demo.roster import Organisation, organisation
from commands.demo.script import SCRIPTS
from domain.actors import Actor
from domain.consents import ConsentKind
from domain.pairings import Track
from domain.people import staff_key
from domain.periods import CadenceKind
from domain.roles import Role, RoleKind
from domain.roster import read_roster
from domain.roster_rows import RosterValues
from domain.roster_secretaries import SECRETARY_SHEET
from domain.roster_units import UNIT_SHEET

if TYPE_CHECKING:
    from domain.roster_cells import Sheet
    from storage.database import Database, Writer

PAIRED_DAYS_AGO = 42
Told = Callable[[int, int], None]


def seed(url: str, now: datetime, locale: str, told: Told) -> None:
    """Into an empty database; `told` hears how many rows of how many are written."""
    from storage import schema

    schema.upgrade(url)
    asyncio.run(_seed(url, now, locale, told))


async def _seed(url: str, now: datetime, locale: str, told: Told) -> None:
    from services import roster
    from storage.database import open_database

    database = await open_database(url)
    try:
        drawn = organisation(now.date())
        drawn = replace(drawn, people=tuple(_paired(drawn.people, now.date(), locale)))
        reading = read_roster(_sheets(drawn), await database.read(roster.known))
        await database.write(lambda tx: roster.apply(tx, _seeder(now, locale), reading, progress=told))
        await _register(database, {one.name: numbered(drawn.people, one.name) for one in CAST}, now, locale)
    finally:
        await database.close()


def _seeder(now: datetime, locale: str) -> Actor:
    return Actor(now=now, locale=locale, name="demo", roles=(Role(RoleKind.ADMINISTRATOR, None),))


def _sheets(drawn: Organisation) -> tuple[Sheet, ...]:
    """Through the workbook itself, as an officer would send it."""
    from reports.roster_workbook import roster_workbook
    from reports.workbook_reading import read_workbook

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(roster_workbook(drawn.people, drawn.units, drawn.secretaries))
        file.flush()
        return read_workbook(Path(file.name), (UNIT_SHEET, SECRETARY_SHEET))


def _paired(people: tuple[RosterValues, ...], today: date, locale: str) -> Iterator[RosterValues]:
    """The member and his mentor agreed on paper six weeks ago, so that there is something to report."""
    script = SCRIPTS[locale]
    member_no, mentor_no = (numbered(people, name) for name in (MEMBER, MENTOR))
    agreed = today - timedelta(days=PAIRED_DAYS_AGO)
    measure = script.completion.partition("\n")[0]
    for person in people:
        if person.staff_no != member_no:
            yield person
            continue
        yield replace(
            person, track=Track.BACKBONE_TO_MEMBER, mentor_name=MENTOR, mentor_no=mentor_no, starts_on=agreed,
            agreed_on=agreed, direction=script.direction, outcome=script.outcome, measure=measure,
            cadence=CadenceKind.WEEKLY, report_day="fri", outcome_due=today + timedelta(days=170),
        )  # fmt: skip


def numbered(people: Iterable[RosterValues], name: str) -> str:
    """The staff number of one of the cast; others who were drawn with the same name come later."""
    return next(one.staff_no for one in people if one.name == name)


async def _register(database: Database, numbers: dict[str, str], now: datetime, locale: str) -> None:
    def come_in(tx: Writer) -> None:
        for player in CAST:
            if player.registered:
                _come_in(tx, player, numbers[player.name], now, locale)

    await database.write(come_in)


def _come_in(tx: Writer, player: Player, staff_no: str, now: datetime, locale: str) -> None:
    """Invited, known by the digits, and agreeing to all three: the road that everybody takes."""
    from services import access, consents, invites, registration
    from storage import people

    def actor() -> Actor:
        return access.identify(tx, player.telegram_id, now, locale)

    person = people.by_key(tx, staff_key(staff_no))
    assert person is not None
    code = invites.make(tx, _seeder(now, locale), person.id).code
    entered = registration.enter_code(tx, actor(), code, player.name, locale)
    registration.enter_digits(tx, actor(), entered.invite_id, staff_no[-4:], player.name, locale)
    for kind in ConsentKind:
        consents.toggle(tx, actor(), kind)
