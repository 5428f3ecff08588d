"""An organisation in a fresh database, for measurements: one branch, many people, each guided by one mentor."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, insert, select

from benchmarks.telegram import FIRST_USER, MONDAY
from domain.actors import Actor
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import SubjectKind
from domain.pairings import PairingState, Track
from domain.people import Stage, staff_key
from domain.units import UnitKind
from services import duties
from storage import accounts, people, schema, units
from storage.database import Writer, open_database
from storage.tables import check_in, consent, outcome, pairing, pairing_mentor

ACTIVE_ON, UNTIL = date(2026, 10, 5), date(2026, 12, 31)


async def found(url: str, number: int) -> None:
    """Make the database and let in `number` people, who have a report to make this week."""
    schema.upgrade(url)
    database = await open_database(url)
    await database.write(lambda tx: _people(tx, number))
    await database.close()


def _people(tx: Writer, number: int) -> None:
    committee = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
    branch = units.add(tx, UnitKind.BRANCH, "变电检修党支部", committee, position=1, zone="Asia/Shanghai")
    mentor = _person(tx, committee, branch, 0)
    for one in range(number):
        person_id = _person(tx, committee, branch, one + 1)
        _account(tx, person_id, one)
        _pairing(tx, person_id, mentor)


def _person(tx: Writer, committee: int, branch: int, one: int) -> int:
    return people.add(
        tx, root_id=committee, unit_id=branch, name=f"同志{one}", staff_no=f"{one:06}", staff_key=staff_key(f"{one:06}"),
        pinyin=f"tongzhi{one}", stage=Stage.FULL_MEMBER, backbone=True, specialty="变电检修", post="技术员", now=MONDAY,
    )  # fmt: skip


def _account(tx: Writer, person_id: int, one: int) -> None:
    account_id = accounts.add(
        tx, FIRST_USER + one, person_id=person_id, display_name=f"同志{one}", locale="zh_Hans", now=MONDAY
    )
    for kind in ConsentKind:
        tx.run(insert(consent).values(account_id=account_id, kind=kind, version=CURRENT_VERSION, given_at=MONDAY))


def _pairing(tx: Writer, mentee: int, mentor: int) -> None:
    pairing_id = tx.insert(
        pairing, mentee_id=mentee, track=Track.BACKBONE_TO_MEMBER, direction="变电检修技能", cadence="weekly", report_day=4,
        state=PairingState.ACTIVE, starts_on=ACTIVE_ON, active_on=ACTIVE_ON, created_at=MONDAY,
    )  # fmt: skip
    tx.insert(pairing_mentor, pairing_id=pairing_id, person_id=mentor, from_on=ACTIVE_ON, confirmed_at=MONDAY)
    tx.insert(outcome, pairing_id=pairing_id, what="独立完成GIS耐压试验", measure="现场考核", due_on=UNTIL)
    duties.plan_subject(tx, Actor.clock(MONDAY), SubjectKind.PAIRING, pairing_id)


async def check_ins(url: str) -> int:
    """How many reports the database holds."""
    database = await open_database(url)
    number: int = await database.read(lambda tx: tx.scalar(select(func.count()).select_from(check_in)))
    await database.close()
    return number
