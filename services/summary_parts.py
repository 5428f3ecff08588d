"""The parts of a month's summary, each from its query. Names and people's own words are in them; `services.summaries`
takes them out above the branch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from domain.answer_times import typical
from domain.calendar import WorkCalendar
from domain.confirmations import Confirmation, UnitWords
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.pairings import PairingState, Track
from domain.reviews import Attribution
from domain.rotations import RotationState
from domain.summaries import NAMED_KINDS, Burden, Correction, PairingCount, RotationCount, RotationPart, WaitingReviews
from domain.summary_lines import Highlight, NeedLine, OutcomeLine, OwnerRole, RotationLine
from domain.summary_span import Span
from domain.units import Unit
from domain.wording import one_line
from services.summary_places import Places
from storage import answer_times, confirmations
from storage import summary_facts as facts
from storage import summary_subjects as subjects
from storage.database import Reader
from storage.summary_facts import Line
from storage.summary_window import Window

HIGHLIGHT_LENGTH = 200
"""Characters of a report that a highlight shows; the report itself stays findable."""
NOT_BEGUN = frozenset({PairingState.DRAFT, PairingState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Scope:
    """What every part asks: the transaction, the moments, the unit's working days, and where people belong."""

    tx: Reader
    span: Span
    window: Window
    days: WorkCalendar
    places: Places


def window_of(unit: Unit, span: Span) -> Window:
    month = span.month
    return Window(
        unit=unit.id,
        is_whole=unit.parent_id is None,
        month=str(month),
        month_before=str(month.previous),
        month_after=str(month.next),
        earlier=tuple(str(month.plus(-months)) for months in range(1, 13)),
        now=span.now,
        start=span.start,
        end=span.end,
        first=month.first,
        until=span.until,
        overdue_before=span.overdue_before,
        next_first=month.next.first,
        next_until=month.plus(2).first,
        locks=span.locks,
        locked_before=span.locked_before,
    )


def outcome_lines(scope: Scope, rows: Iterable[Line], *, reached: bool = False) -> tuple[OutcomeLine, ...]:
    return tuple(
        OutcomeLine(
            row.what,
            row.measure,
            row.due_on,
            scope.places.branch(row.unit_id),
            row.reached_on if reached else None,
            Track(row.track),
            row.name,
            bool(row.by_hand),
        )
        for row in rows
    )


def needs(scope: Scope) -> tuple[tuple[NeedLine, ...], tuple[NeedLine, ...]]:
    """(open, answered): answered or solved in this month; what was answered earlier stays open until it is solved."""
    roles = {(row.owner_id, row.person_id): _owner_role(row) for row in subjects.need_owners(scope.tx, scope.window)}
    waiting: list[NeedLine] = []
    answered: list[NeedLine] = []
    for row in facts.needs(scope.tx, scope.window):
        line = _need(scope, row, roles.get((row.owner_id, row.person_id)))
        told = between_two(line) if row.audience == NeedAudience.SECRETARY_ONLY else line
        (answered if _settled_in(scope.span, row) else waiting).append(told)
    return tuple(waiting), tuple(answered)


def between_two(line: NeedLine) -> NeedLine:
    """What was told to the secretary alone is counted; a summary is passed on and filed, so its words are not in it."""
    return replace(line, text="", answer="", asker="")


def _need(scope: Scope, row: Line, role: OwnerRole | None) -> NeedLine:
    span = scope.span
    state = _need_state(row, span.end)
    settled = row.answered_at or row.closed_at
    return NeedLine(
        kind=NeedKind(row.kind),
        state=state,
        asked_on=span.day(row.opened_at),
        age_days=span.age(row.opened_at),
        unit=scope.places.branch(row.unit_id),
        owner_role=role,
        promised_on=row.promised_on,
        answered_on=None if state is NeedState.OPEN else span.day(settled),
        passed_to=scope.places.named(row.passed_to_id, row.passed_to or ""),
        text=row.text,
        answer="" if state is NeedState.OPEN else row.answer,
        asker=row.name,
        owner=row.owner or "",
        by_hand=bool(row.asked_by_hand) or (state is NeedState.SOLVED and bool(row.by_hand)),
    )


def _need_state(row: Line, end: datetime) -> NeedState:
    if row.closed_at is not None and row.closed_at < end:
        return NeedState.SOLVED
    return NeedState.ANSWERED if row.answered_at is not None and row.answered_at < end else NeedState.OPEN


def _settled_in(span: Span, row: Line) -> bool:
    return any(moment is not None and span.start <= moment < span.end for moment in (row.answered_at, row.closed_at))


def _owner_role(row: Line) -> OwnerRole:
    """A secretary who stood in for a mentor answers as the secretary."""
    if row.mentor or (row.stand_in and not row.secretary):
        return OwnerRole.MENTOR
    if row.host:
        return OwnerRole.HOST
    return OwnerRole.OFFICER if row.officer else OwnerRole.SECRETARY


def rotation_lines(scope: Scope, rows: Iterable[Line]) -> tuple[RotationLine, ...]:
    return tuple(
        RotationLine(
            state=RotationState(row.state),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            unit=scope.places.branch(row.unit_id),
            host_unit=scope.places.named(row.host_unit_id, row.host_unit),
            post=row.post,
            team=row.team,
            specialty=row.specialty,
            cross_specialty=bool(row.across),
            goals=row.goals,
            person=row.name,
            host=row.host,
        )
        for row in rows
    )


def pairing_counts(rows: Sequence[Line]) -> tuple[PairingCount, ...]:
    counts = {(Track(row.track), PairingState(row.state)): row.number for row in rows}
    order = [(track, state) for track in Track for state in PairingState]
    return tuple(PairingCount(*which, counts[which]) for which in order if which in counts)


def rotations(scope: Scope, paired: Sequence[Line]) -> RotationPart:
    rows = subjects.rotation_counts(scope.tx, scope.window)
    counts = {RotationState(row.state): row.number for row in rows}
    return RotationPart(
        counts=tuple(RotationCount(state, counts[state]) for state in RotationState if state in counts),
        starting=rotation_lines(scope, subjects.rotations_begun(scope.tx, scope.window)),
        ending=rotation_lines(scope, subjects.rotations_ended(scope.tx, scope.window)),
        cross_specialty_rotations=sum(row.across for row in rows),
        cross_specialty_pairings=sum(row.across for row in paired if row.state not in NOT_BEGUN),
    )


def highlights(scope: Scope) -> tuple[Highlight, ...]:
    """One a report, however many put it forward; signed as its author chose last."""
    rows = {row.id: row for row in facts.highlights(scope.tx, scope.window)}
    return tuple(
        Highlight(
            _shortened(row.text),
            scope.places.branch(row.unit_id),
            row.name if row.attribution == Attribution.SIGNED else "",
        )
        for row in rows.values()
    )


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= HIGHLIGHT_LENGTH else f"{line[: HIGHLIGHT_LENGTH - 1]}…"


def waiting_reviews(scope: Scope) -> WaitingReviews:
    row = facts.waiting_reviews(scope.tx, scope.window)
    return WaitingReviews(row.number, scope.span.age(row.oldest) if row.number else 0)


def corrections(scope: Scope) -> tuple[Correction, ...]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in facts.corrections(scope.tx, scope.window):
        found[row.month, scope.places.branch(row.unit_id)] += row.reports
    return tuple(Correction(month, unit, number) for (month, unit), number in found.items())


def burden(scope: Scope) -> Burden:
    counted, people = answer_times.beneath(scope.tx, asdict(scope.window))
    return Burden(*facts.unasked_messages(scope.tx, scope.window), typical(counted, people))


def beneath(scope: Scope) -> list[tuple[str, Confirmation]]:
    """What the secretaries of the units beneath were asked and have said, in the organisation's order; a branch has none."""
    top = scope.places.top
    said = [] if top.kind in NAMED_KINDS else confirmations.beneath(scope.tx, top.id, scope.window.month)
    return [(scope.places.named(each.unit_id, unit), each) for unit, each in said]


def unit_words(said: Iterable[tuple[str, Confirmation]]) -> tuple[UnitWords, ...]:
    return tuple(UnitWords(unit, each.said) for unit, each in said if each.said)


def unconfirmed(said: Iterable[tuple[str, Confirmation]], now: datetime) -> tuple[str, ...]:
    """The units that were asked some time ago; whoever is asked at this very moment has had no time to answer."""
    return tuple(unit for unit, each in said if each.confirmed_at is None and each.asked_at < now)
