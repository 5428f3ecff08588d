"""Reports counted in rows: a row a child, as the groups were in that month. One that was merged or split off since stands as it
stood, so that a month that is over is not told of groups that it did not have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from domain.summaries import ReportCounts, ReportRow
from domain.unit_changes import Plan, UnitChangeKind
from domain.units import Unit, UnitKind
from services.summary_parts import Scope
from storage import report_counts, unit_changes, units
from storage import summary_facts as facts
from storage.summary_facts import Line
from storage.summary_window import asked


@dataclass(slots=True)
class _Rows:
    """`units` are those that have a row, the unit itself first; `counts` are kept by unit and month."""

    units: dict[int, Unit]
    counts: dict[tuple[int, str], ReportCounts] = field(default_factory=dict)

    def add(self, unit_id: int, month: str, counts: ReportCounts) -> None:
        self.counts[unit_id, month] = self.counts.get((unit_id, month), ReportCounts()) + counts

    def move(self, old_id: int, new_id: int, month: str, counts: ReportCounts) -> None:
        left = self.counts.pop((old_id, month), ReportCounts()) - counts
        if left != ReportCounts():
            self.counts[old_id, month] = left
        self.add(new_id, month, counts)


def report_rows(scope: Scope) -> tuple[ReportRow, ...]:
    """A row a child in the organisation's order; first those who belong to the unit itself, where there are any."""
    rows = _Rows({unit.id: unit for unit in scope.places.rows})
    for row in facts.reports(scope.tx, scope.window):
        rows.add(row.row_id, row.month, _counts(row))
    for plan in unit_changes.done_since(scope.tx, scope.span.until):
        if plan.kind in _AS_BEFORE and plan.other_id in rows.units:
            _AS_BEFORE[plan.kind](scope, rows, plan, plan.other_id)
    top, month, before = scope.places.top, scope.window.month, scope.window.month_before
    children = sorted((one for one in rows.units.values() if one.id != top.id), key=lambda one: (one.position, one.id))
    own = [top] if not children or {(top.id, month), (top.id, before)} & rows.counts.keys() else []
    return tuple(
        ReportRow(one.id, one.name, rows.counts.get((one.id, month), ReportCounts()), rows.counts.get((one.id, before)))
        for one in (*own, *children)
    )


def _part_again(scope: Scope, rows: _Rows, plan: Plan, into_id: int) -> None:
    """What was merged has its row once more, with the people who came from it and are still where it went."""
    gone = units.get(scope.tx, plan.unit_id)
    if gone is None or gone.kind is not UnitKind.GROUP or gone.id in rows.units:
        return
    rows.units[gone.id] = replace(gone, name=scope.places.named(gone.id, gone.name))
    for row in report_counts.of_people(scope.tx, plan.people, into_id, asked(scope.window)):
        rows.move(into_id, gone.id, row.month, _counts(row))


def _join_again(_: Scope, rows: _Rows, plan: Plan, new_id: int) -> None:
    """What was split off counts where it came from."""
    if plan.unit_id not in rows.units or rows.units[new_id].kind is not UnitKind.GROUP:
        return
    del rows.units[new_id]
    for unit_id, month in [key for key in rows.counts if key[0] == new_id]:
        rows.add(plan.unit_id, month, rows.counts.pop((unit_id, month)))


_AS_BEFORE: Mapping[UnitChangeKind, Callable[[Scope, _Rows, Plan, int], None]] = {
    UnitChangeKind.MERGE: _part_again,
    UnitChangeKind.SPLIT: _join_again,
}


def _counts(row: Line) -> ReportCounts:
    return ReportCounts(
        due=row.handed_in + row.excused + row.not_handed_in,
        handed_in=row.handed_in,
        late=row.late,
        excused=row.excused,
        not_handed_in=row.not_handed_in,
        not_due_yet=row.not_due_yet,
    )
