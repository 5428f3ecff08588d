"""SQL about what mentors at home said of a rotation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from domain.rotation_comments import About, Comment
from storage.database import Reader, Writer
from storage.tables import person
from storage.tables import rotation_comment as table

_OF_ROTATION = (
    select(table.c.id, table.c.about, table.c.text, table.c.written_by.label("by_id"), person.c.name.label("by"), table.c.at)
    .join_from(table, person, person.c.id == table.c.written_by)
    .where(table.c.rotation_id == bindparam("rotation"))
    .order_by(table.c.id)
)  # fmt: skip


def of_rotation(tx: Reader, rotation_id: int) -> list[Comment]:
    """All of them, the earliest first."""
    found = tx.all(_OF_ROTATION, {"rotation": rotation_id})
    return [Comment(**{**row._mapping, "about": About(row.about)}) for row in found]


def add(tx: Writer, rotation_id: int, about: About, text: str, by: int, now: datetime) -> int:
    return tx.insert(table, rotation_id=rotation_id, about=about, text=text, written_by=by, at=now)


def rewrite(tx: Writer, comment_id: int, text: str, at: datetime) -> None:
    tx.run(update(table).where(table.c.id == comment_id).values(text=text, at=at))


def remove(tx: Writer, comment_id: int) -> None:
    tx.run(delete(table).where(table.c.id == comment_id))
