"""Units by a part of their names or of their pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actors import Actor
from domain.units import Unit
from services import people
from services.names import pinyin
from storage import units
from storage.database import Reader


def named(tx: Reader, actor: Actor, within: Sequence[int], words: str) -> list[Unit]:
    """Of these units, in the organisation's own order: that of this name, else those with it in theirs. For who leads some."""
    people.scope(tx, actor)
    wanted = "".join(words.split()).casefold()
    if not wanted:
        return []
    known = sorted(units.many(tx, set(within)), key=lambda unit: (unit.position, unit.id))
    exact = [unit for unit in known if unit.name.casefold() == wanted]
    return exact or [unit for unit in known if wanted in _spelled(unit.name, spoken=wanted.isascii())]


def _spelled(name: str, *, spoken: bool) -> str:
    written = "".join(name.split()).casefold()
    return f"{written} {pinyin(name)}" if spoken else written
