"""One row of a roster: what it says, typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.pairings import Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roster_columns import Column

_NOTHING: Mapping[str, object] = MappingProxyType({})


class RowStatus(StrEnum):
    OK = "ok"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Problem:
    """A code of the roster's rules, the column it stands in, and what fills the sentence's placeholders."""

    code: str
    column: Column
    fields: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


class RosterValues(NamedTuple):
    """What a row says in normal form; an empty text or None says nothing. Numbers are text of the column's width.

    A tuple, like what else there is one of for each of many rows: a frozen dataclass takes three times as long to make.
    """

    name: str = ""
    staff_no: str = ""
    unit: str = ""
    group: str = ""
    stage: Stage | None = None
    backbone: bool | None = None
    specialty: str = ""
    post: str = ""
    track: Track | None = None
    mentor_name: str = ""
    mentor_no: str = ""
    starts_on: date | None = None
    outcome: str = ""
    direction: str = ""
    measure: str = ""
    cadence: CadenceKind | None = None
    report_day: str | None = None  # `mon`…`sun`, or the day of the month
    agreed_on: date | None = None
    outcome_due: date | None = None
    rotation_post: str = ""
    rotation_unit: str = ""
    rotation_team: str = ""
    rotation_host: str = ""
    rotation_from: date | None = None
    rotation_to: date | None = None
    remark: str = ""


NOTHING_SAID = RosterValues()


class RosterRow(NamedTuple):
    """`row` counts from 1 as the spreadsheet shows it. `outgrown`: the known pairing has reached its aim."""

    sheet: str
    row: int
    status: RowStatus
    problems: tuple[Problem, ...] = ()
    values: RosterValues = NOTHING_SAID
    outgrown: bool = False
