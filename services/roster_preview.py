"""What an import would do and did, as plain data: findings in their order, and the problems that keep rows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from domain.roster_columns import UnknownColumn
from domain.roster_rows import Problem
from domain.roster_secretaries import RosterSecretary

Fields = Mapping[str, str | list[str]]


class FindingKind(StrEnum):
    """In the order in which they are told. Its `fields` stand beside each kind."""

    PERSON_NEW = "person_new"  # name, staff_no, unit
    PERSON_CHANGED = "person_changed"  # name, staff_no, fields
    PERSON_ABSENT = "person_absent"  # name, staff_no, unit
    UNIT_NEW = "unit_new"  # name, kind, parent
    GROUP_NEW = "group_new"  # name, parent
    ROLE_NEW = "role_new"  # name, title, unit
    PAIRING_NEW = "pairing_new"  # name, mentor
    PAIRING_CHANGED = "pairing_changed"  # name, fields
    PAIRING_DIFFERS = "pairing_differs"  # name, fields
    ROTATION_NEW = "rotation_new"  # name, unit, post, first, last
    ROTATION_CHANGED = "rotation_changed"  # name, fields
    ROTATION_DIFFERS = "rotation_differs"  # name, fields
    OUTGROWN = "outgrown"  # name
    RENAME = "rename"  # staff_no, old, new
    SUBSTITUTION = "substitution"  # name, old, new
    HOST_LINK = "host_link"  # name, host, staff_no


class Question(StrEnum):
    """What an import does only when it is told to, each for all rows that raise it."""

    RENAME = "rename"
    SUBSTITUTION = "substitution"
    HOST_LINK = "host_link"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the file would change, or that differs. `row` is the sheet's, 0 where there is none."""

    kind: FindingKind
    row: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one cell of a sheet, beneath which header of the file."""

    sheet: str
    row: int
    heading: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class SecretaryProblem:
    line: RosterSecretary
    code: str


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """`people` counts the rows that speak of somebody; `kept_out` those of them that are not imported."""

    people: int
    unchanged: int
    kept_out: int
    findings: tuple[Finding, ...]
    problems: tuple[RowProblem, ...]
    secretary_problems: tuple[SecretaryProblem, ...]
    unknown_columns: tuple[UnknownColumn, ...]

    @property
    def counts(self) -> dict[FindingKind, int]:
        return counted(self.findings)

    @property
    def changes_nothing(self) -> bool:
        return all(finding.kind in LEFT_ALONE for finding in self.findings)

    def examples(self, kind: FindingKind, most: int) -> list[Finding]:
        return list(islice((finding for finding in self.findings if finding.kind is kind), most))


LEFT_ALONE = frozenset(
    {
        FindingKind.PERSON_ABSENT,
        FindingKind.PAIRING_DIFFERS,
        FindingKind.ROTATION_DIFFERS,
        FindingKind.OUTGROWN,
        *(FindingKind(question) for question in Question),
    }
)
"""What is told and not done: absent people, terms that have begun, and what waits for a word of the importer."""


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What was done. `left_out` are pairings and rotations that a rule of theirs refused, with its code and fields."""

    preview: RosterPreview
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    row: int
    name: str
    code: str
    fields: Mapping[str, object]


def counted(findings: Iterable[Finding]) -> dict[FindingKind, int]:
    return dict(Counter(finding.kind for finding in findings))
