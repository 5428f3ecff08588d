"""Frozen dataclasses to JSON and back, exactly: what is stored today is read the same tomorrow."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_json(record: object) -> str:
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Read what `to_json` wrote. A field missing in it takes its default; an unknown one is an error."""
    record: Record = _built(kind, json.loads(text))
    return record


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _built(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _built(next(k for k in get_args(kind) if k is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _built(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    if issubclass(kind, (datetime, date)):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value
