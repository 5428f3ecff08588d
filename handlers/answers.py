"""The small answer that a unit leaves in the inbox: a screen's name and what to load it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """Work too long for a unit (reading a workbook), begun after the answer was shown; it ends in a unit of its own.

    It stands in the inbox with the answer, so a crash in its middle begins it again.
    """

    name: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Show `screen`, loaded with `args`. `fresh` sends a new message where a press would edit the old one. `unkept` is what
    came with a message and was left out, of which it is said so: the kind of a file, or `words`.
    """

    screen: str
    args: Args = field(default_factory=dict)
    fresh: bool = False
    job: Job | None = None
    unkept: str = ""

    def as_json(self) -> dict[str, Any]:
        job = {"name": self.job.name, "args": _packed(self.job.args)} if self.job else None
        return {
            "screen": self.screen, "args": _packed(self.args), "fresh": self.fresh, "job": job, "unkept": self.unkept,
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: Args) -> Answer:
        job = value.get("job")
        return cls(
            value["screen"],
            _unpacked(value["args"]),
            bool(value["fresh"]),
            Job(job["name"], _unpacked(job["args"])) if job else None,
            value.get("unkept", ""),
        )


def show(screen: str, /, *, fresh: bool = False, job: Job | None = None, **args: Any) -> Answer:
    return Answer(screen, args, fresh, job)


SILENCE = Answer("silence")
"""Nothing is to be said: in a group, or to an update that wants no answer."""


def _packed(value: Any) -> Any:
    """JSON with dates and moments marked, so that a view gets them back as such."""
    if isinstance(value, Mapping):
        return {name: _packed(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_packed(part) for part in value]
    if isinstance(value, dt.datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) == {"$moment"}:
        return dt.datetime.fromisoformat(value["$moment"])
    if set(value) == {"$date"}:
        return dt.date.fromisoformat(value["$date"])
    return {name: _unpacked(part) for name, part in value.items()}
