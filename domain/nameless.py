"""What is personal inside records, names above all: where it stands, and the same record without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import Field, field, fields, is_dataclass, replace
from typing import Any, TypeVar

Record = TypeVar("Record")


def personal(empty: str | tuple[str, ...] = "") -> Any:
    """A dataclass field for a person's name or own words, or several; empty where they have no place."""
    return field(default=empty, metadata={"personal": True})


def personal_in(part: object) -> Iterator[str]:
    if isinstance(part, tuple):
        for item in part:
            yield from personal_in(item)
    elif is_dataclass(part):
        for spot in fields(part):
            value = getattr(part, spot.name)
            yield from (_listed(value) if _is_personal(spot) else personal_in(value))


def nameless(record: Record) -> Record:
    result: Record = _nameless(record)
    return result


def _is_personal(spot: Field[Any]) -> bool:
    return "personal" in spot.metadata


def _listed(value: str | tuple[str, ...]) -> Iterable[str]:
    return filter(None, [value] if isinstance(value, str) else value)


def _nameless(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_nameless(item) for item in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    return replace(part, **{spot.name: _cleared(spot, getattr(part, spot.name)) for spot in fields(part)})


def _cleared(spot: Field[Any], value: Any) -> Any:
    return type(value)() if _is_personal(spot) else _nameless(value)
