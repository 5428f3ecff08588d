"""The hand-over and the talks of a rotation, and who enters for a host who is only a name, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from domain.refusals import Refusal
from domain.rotations import Capability, Evaluation, NoteKind, RotationState
from services import rotation_courses, rotation_notes, rotations
from services.rotation_access import Side
from storage.database import Database, Writer
from storage.tables import role, rotation
from tests.services.duty_cast import START, Cast

FIRST, LAST = date(2026, 10, 12), date(2026, 10, 16)


def in_post(tx: Writer, *, by_name: bool = False) -> tuple[Cast, int]:
    cast = Cast(tx)
    rotation_id = cast.rotate(FIRST, LAST, host=None if by_name else "赵强", state=RotationState.IN_POST)
    if by_name:
        tx.run(update(rotation).values(host_name="老周师傅"))
    return cast, rotation_id


def code(cast: Cast, name: str, rotation_id: int, kind: NoteKind, words: str = "一切顺利") -> str:
    try:
        rotation_notes.write(cast.tx, cast.actor(name), rotation_id, kind, words)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("kind", "writers"),
    [
        (NoteKind.HANDOVER, {"李明", "赵强", "陈静"}),
        (NoteKind.MIDTERM, {"赵强", "陈静"}),
        (NoteKind.FINAL, {"赵强", "陈静"}),
    ],
)
async def test_who_puts_down_what(database: Database, kind: NoteKind, writers: set[str]) -> None:
    def unit(tx: Writer) -> set[str]:
        cast, rotation_id = in_post(tx)
        return {name for name in cast.people if not code(cast, name, rotation_id, kind)}

    assert await database.write(unit) == writers


async def test_two_lines_written_anew_and_taken_back(database: Database) -> None:
    def unit(tx: Writer) -> list[list[tuple[str, str, str]]]:
        cast, rotation_id = in_post(tx)
        seen = []
        for words in ("进步很快\n多练\n带电作业", "进步明显"):
            rotation_notes.write(tx, cast.actor("赵强"), rotation_id, NoteKind.MIDTERM, words)
            seen.append(rotations.card(tx, cast.actor("李明"), rotation_id).notes)
        rotation_courses.undo(tx, cast.actor("赵强", START + timedelta(seconds=30)), rotation_id)
        seen.append(rotations.card(tx, cast.actor("李明"), rotation_id).notes)
        return [[(note.first, note.second, note.by) for note in notes] for notes in seen]

    first, second = ("进步很快", "多练 带电作业", "赵强"), ("进步明显", "", "赵强")
    assert await database.write(unit) == [[first], [second], [first]]


async def test_it_is_neither_before_nor_after(database: Database) -> None:
    def unit(tx: Writer) -> list[str]:
        cast, rotation_id = in_post(tx)
        found = [code(cast, "李明", rotation_id, NoteKind.FINAL), code(cast, "赵强", rotation_id, NoteKind.FINAL, " ")]
        for state in (RotationState.PLANNED, RotationState.CLOSED):
            tx.run(update(rotation).values(state=state))
            found.append(code(cast, "陈静", rotation_id, NoteKind.FINAL))
        return found

    assert await database.write(unit) == ["not_yours", "text_missing", "rotation_state", "rotation_state"]


async def test_the_host_branchs_secretary_enters_for_a_host_by_name_alone(database: Database) -> None:
    def unit(tx: Writer) -> tuple[set[str], list[int], str]:
        cast, rotation_id = in_post(tx, by_name=True)
        tx.insert(role, kind="secretary", person_id=cast.people["林一"], unit_id=cast.other, given_at=START)
        proxy = cast.actor("林一")
        sides = rotations.card(tx, proxy, rotation_id).sides
        listed = [one.id for one in rotations.own(tx, proxy).entered]
        evaluation = Evaluation("线路巡视", Capability.INDEPENDENT)
        rotation_courses.evaluate(tx, proxy, rotation_id, evaluation)
        tx.run(update(rotation).values(host_id=cast.people["赵强"]))
        return set(sides), listed, code(cast, "林一", rotation_id, NoteKind.FINAL)

    sides, listed, refused = await database.write(unit)
    assert (sides, refused) == ({Side.PROXY}, "not_yours")
    assert listed == [1]
