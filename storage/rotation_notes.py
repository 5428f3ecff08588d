"""SQL about what was put down on the way of a rotation: its hand-over and its talks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from domain.rotations import Note, NoteKind
from storage.database import Reader, Writer
from storage.tables import person
from storage.tables import rotation_note as table

_OF_ROTATION = (
    select(table.c.kind, table.c.first, table.c.second, func.coalesce(person.c.name, "").label("by"), table.c.at)
    .outerjoin_from(table, person, person.c.id == table.c.written_by)
    .where(table.c.rotation_id == bindparam("rotation"))
)


def of_rotation(tx: Reader, rotation_id: int) -> list[Note]:
    found = (
        Note(**{**row._mapping, "kind": NoteKind(row.kind)}) for row in tx.all(_OF_ROTATION, {"rotation": rotation_id})
    )
    return sorted(found, key=lambda note: list(NoteKind).index(note.kind))


def put(tx: Writer, rotation_id: int, kind: NoteKind, first: str, second: str, by: int | None, now: datetime) -> None:
    """In the place of what stood there."""
    remove(tx, rotation_id, kind)
    tx.insert(table, rotation_id=rotation_id, kind=kind, first=first, second=second, written_by=by, at=now)


def remove(tx: Writer, rotation_id: int, kind: NoteKind) -> None:
    tx.run(delete(table).where(table.c.rotation_id == rotation_id, table.c.kind == kind))


def writer_of(tx: Reader, rotation_id: int, kind: NoteKind) -> int | None:
    row = tx.first(select(table.c.written_by).where(table.c.rotation_id == rotation_id, table.c.kind == kind))
    return None if row is None else row.written_by
