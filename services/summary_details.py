"""The detail sheets of a branch: its reports, pairings, rotations and needs one by one, with names. For its secretary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from domain.check_ins import Standing
from domain.duties import DutyState
from domain.pairings import PairingState, Track
from domain.reviews import ReviewKind
from domain.summary_lines import Details, NeedLine, PairingDetail, ReportDetail, ReportState
from services.summary_parts import Scope, rotation_lines
from storage import summary_reports
from storage import summary_subjects as subjects
from storage.summary_facts import Line

SETTLED = {
    DutyState.DONE: ReportState.HANDED_IN,
    DutyState.EXCUSED: ReportState.EXCUSED,
    DutyState.MISSED: ReportState.NOT_HANDED_IN,
}


def details(scope: Scope, needs: tuple[NeedLine, ...]) -> Details:
    return Details(
        reports=tuple(_reports(scope)),
        pairings=tuple(_pairings(scope)),
        rotations=rotation_lines(scope, subjects.rotations(scope.tx, scope.window)),
        needs=needs,
    )


def _reports(scope: Scope) -> Iterator[ReportDetail]:
    for row in summary_reports.each(scope.tx, scope.window):
        if (state := _state(row, scope.span.now)) is not None:
            yield _report(scope, row, state)


def _report(scope: Scope, row: Line, state: ReportState) -> ReportDetail:
    day = scope.span.day
    handed_in = row.done_at if state is ReportState.HANDED_IN else None
    return ReportDetail(
        unit=scope.places.branch(row.unit_id),
        subject=row.subject,
        period=row.period,
        due_on=day(row.due_at) if row.due_at else None,
        state=state,
        handed_in_on=day(handed_in) if handed_in else None,
        late=bool(handed_in and row.due_at and handed_in > row.due_at),
        by_proxy=bool(row.skip_by_hand) if state is ReportState.EXCUSED else row.entered_by is not None,
        standing=Standing(row.standing) if row.standing else None,
        review=ReviewKind(row.review) if row.review else None,
        review_by_hand=bool(row.review_by_hand),
        text=row.text or "",
        person=row.name,
    )


def _state(row: Line, now: datetime) -> ReportState | None:
    """None for a period in which nothing was owed and nothing came, which is not counted either."""
    settled = SETTLED.get(DutyState(row.state))
    if settled or row.due_at is None:
        return settled
    return ReportState.NOT_HANDED_IN if row.due_at < now else ReportState.NOT_DUE_YET


def _pairings(scope: Scope) -> Iterator[PairingDetail]:
    mentors: dict[int, list[str]] = defaultdict(list)
    for row in subjects.mentors(scope.tx, scope.window):
        mentors[row.pairing_id].append(row.name)
    for row in subjects.pairings(scope.tx, scope.window):
        yield PairingDetail(
            unit=scope.places.branch(row.unit_id),
            track=Track(row.track),
            state=PairingState(row.state),
            direction=row.direction,
            since=row.active_on,
            cross_specialty=bool(row.across),
            mentee=row.name,
            mentors=tuple(mentors[row.id]),
        )
