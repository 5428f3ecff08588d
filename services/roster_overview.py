"""A preview cut down to what a chat can show, in a form that a draft can keep while its buttons are pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.pairings import Track
from domain.roles import RoleKind
from domain.roster_columns import Column, UnknownColumn
from domain.roster_rows import Problem
from domain.roster_secretaries import RosterSecretary
from services.roster_preview import Finding, FindingKind, RosterPreview, RowProblem, SecretaryProblem

EXAMPLES = 5
SHOWN_PROBLEMS = 8
"""More than so many go into a workbook."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`problems` and `secretary_problems` are the first ones; `problem_count` counts them all."""

    people: int
    unchanged: int
    kept_out: int
    changes_nothing: bool
    counts: Mapping[FindingKind, int]
    examples: tuple[Finding, ...]
    problem_count: int
    problems: tuple[RowProblem, ...]
    secretary_problems: tuple[SecretaryProblem, ...]
    unknown_columns: tuple[UnknownColumn, ...]

    def of_kind(self, kind: FindingKind) -> list[Finding]:
        return [finding for finding in self.examples if finding.kind is kind]


def overview(preview: RosterPreview) -> Overview:
    counts = preview.counts
    return Overview(
        people=preview.people,
        unchanged=preview.unchanged,
        kept_out=preview.kept_out,
        changes_nothing=preview.changes_nothing,
        counts=counts,
        examples=tuple(one for kind in counts for one in preview.examples(kind, EXAMPLES)),
        problem_count=len(preview.problems) + len(preview.secretary_problems),
        problems=preview.problems[:SHOWN_PROBLEMS],
        secretary_problems=preview.secretary_problems[:SHOWN_PROBLEMS],
        unknown_columns=preview.unknown_columns[:SHOWN_PROBLEMS],
    )


def to_json(shown: Overview) -> dict[str, Any]:
    return asdict(shown)


def from_json(kept: Mapping[str, Any]) -> Overview:
    return Overview(
        **{
            **kept,
            "counts": {FindingKind(kind): number for kind, number in kept["counts"].items()},
            "examples": tuple(Finding(FindingKind(one["kind"]), one["row"], one["fields"]) for one in kept["examples"]),
            "problems": tuple(map(_row_problem, kept["problems"])),
            "secretary_problems": tuple(map(_secretary_problem, kept["secretary_problems"])),
            "unknown_columns": tuple(
                UnknownColumn(one["header"], Column(one["nearest"]) if one["nearest"] else None)
                for one in kept["unknown_columns"]
            ),
        }
    )


def _row_problem(kept: Mapping[str, Any]) -> RowProblem:
    said = kept["problem"]
    fields = said["fields"] | ({"track": Track(said["fields"]["track"])} if "track" in said["fields"] else {})
    return RowProblem(
        kept["sheet"], kept["row"], kept["heading"], Problem(said["code"], Column(said["column"]), fields)
    )


def _secretary_problem(kept: Mapping[str, Any]) -> SecretaryProblem:
    line = kept["line"]
    role = RoleKind(line["role"]) if line["role"] else None
    return SecretaryProblem(
        RosterSecretary(**{**line, "role": role, "problems": tuple(line["problems"])}), kept["code"]
    )
