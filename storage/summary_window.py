"""Whom a month's summary is about, and when: the window that its statements are asked in.

Each `first` and `start` is included, each `until` and `end` is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam

from storage.tables import person, unit_above


@dataclass(frozen=True, slots=True)
class Window:
    """`is_whole`: all people are beneath the unit. `month`, `before` and `next` are keys such as `2026-10`; `before` months are looked at for corrections."""

    unit: int
    is_whole: bool
    month: str
    month_before: str
    month_after: str
    earlier: tuple[str, ...]
    now: datetime
    start: datetime
    end: datetime
    first: date
    until: date
    overdue_before: date
    next_first: date
    next_until: date
    locks: datetime
    locked_before: datetime


def at(name: str) -> ColumnElement[Any]:
    """A day, an instant or the unit of the window, by its name."""
    return bindparam(name)


def beneath(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Of the people of the unit and all beneath it."""
    over = and_(unit_above.c.unit_id == person.c.unit_id, unit_above.c.above_id == at("unit"))
    return statement.join(unit_above, over)


@dataclass(frozen=True, slots=True)
class Scoped:
    """A statement about everybody, which for the whole organisation need not ask who is beneath a unit."""

    whole: Select[*tuple[Any, ...]]
    part: Select[*tuple[Any, ...]]

    def of(self, window: Window) -> Select[*tuple[Any, ...]]:
        return self.whole if window.is_whole else self.part


def scoped(statement: Select[*tuple[Any, ...]]) -> Scoped:
    return Scoped(statement, beneath(statement))


def scoped_each(make: Callable[..., Select[*tuple[Any, ...]]]) -> Scoped:
    """For the whole organisation made `from_all`: `person` joined by an outer join, so that SQLite begins with the rows
    themselves, which are few, and not with all people.
    """
    return Scoped(make(from_all=True), beneath(make(from_all=False)))


_NAMES = tuple(field.name for field in fields(Window))


def asked(window: Window) -> dict[str, Any]:
    return {name: getattr(window, name) for name in _NAMES}
