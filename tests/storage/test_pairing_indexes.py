"""What a tap on a pairing or rotation, and the tick, ask of the database is carried by an index, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.rotations import NoteKind
from storage import (
    audit,
    guidance,
    leaves,
    menu,
    outcomes,
    pairing_changes,
    pairings,
    people,
    rotation_comments,
    rotation_notes,
    rotations,
    stand_ins,
    withdrawals,
)
from storage.database import Database, Writer
from tests.storage.plans import Unit, scans

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
TODAY = date(2026, 10, 12)


def open_a_pairing(tx: Writer) -> None:
    pairings.get(tx, 1)
    pairings.lock(tx, 1)
    pairings.mentors(tx, 1)
    pairings.mentors_of(tx, [1, 2])
    pairings.next_due(tx, 1, NOW)
    pairings.open_duties(tx, 1)
    outcomes.of_pairing(tx, 1)
    pairing_changes.of_pairing(tx, 1)
    stand_ins.of_pairing(tx, 1, TODAY)
    stand_ins.of_person(tx, 1, TODAY)
    stand_ins.begun(tx, 1, TODAY)
    stand_ins.of_leave(tx, 1, TODAY)
    stand_ins.guided(tx, 1, None)
    stand_ins.guided(tx, None, 1)
    stand_ins.put(tx, 1, {}, TODAY)
    stand_ins.look_again(tx, 1, TODAY, NOW)
    leaves.away(tx, [1, 2], TODAY)
    withdrawals.told_under(tx, "stand_in:1:", limit=20)
    withdrawals.coming(tx, "stand_in.told", NOW, NOW)
    outcomes.get(tx, 1)
    audit.last(tx, "pairing:1")


def check_who_is_paired(tx: Writer) -> None:
    people.lock(tx, 1)
    people.is_present(tx, 1)
    pairings.live_of_mentee(tx, 1)
    pairings.guided_by(tx, 1)
    pairings.taken(tx, 1, besides=2)


def confirm(tx: Writer) -> None:
    pairings.update_mentor(tx, 1, 2, confirmed_at=NOW)
    pairings.forget_confirmations(tx, 1)
    outcomes.replace(tx, 1, [])


def open_a_rotation(tx: Writer) -> None:
    rotations.get(tx, 1)
    rotations.lock(tx, 1)
    rotations.of_person(tx, 1)
    rotations.hosted_by(tx, 1)
    rotations.hosted_by_name(tx, [1])
    rotations.coming_to(tx, 1)
    rotation_notes.of_rotation(tx, 1)
    rotation_notes.remove(tx, 1, NoteKind.FINAL)
    rotations.led_by(tx, 1)
    rotations.of_people(tx, [1, 2])
    rotation_comments.of_rotation(tx, 1)
    rotation_comments.rewrite(tx, 1, "", NOW)
    rotation_comments.remove(tx, 1)
    guidance.mentees_of(tx, 1, TODAY)
    menu.ties(tx, 1, TODAY)


def tick(tx: Writer) -> None:
    pairings.due_to_begin(tx, TODAY, 200)
    pairings.due_to_change(tx, TODAY, 200)
    rotations.to_close(tx, TODAY, 200)
    stand_ins.to_look_at(tx, NOW, limit=25)
    stand_ins.look_at(tx, [1, 2], None)


UNITS = (open_a_pairing, check_who_is_paired, confirm, open_a_rotation, tick)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.__name__)
async def test_no_whole_table_is_read(database: Database, unit: Unit) -> None:
    assert await scans(database, unit) == []
