"""What a pairing or rotation asks for from a day on: its reports by the calendar, and what falls due once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import Month, instant_at, local_day
from domain.duties import ONCE, DutyKind, DutyState, Excuse, SubjectKind, due_at, is_on_leave
from domain.periods import Cadence, CadenceChange, Period, locks_at, planned_periods
from services.circumstances import Circumstances
from storage import duty_subjects
from storage.database import Reader
from storage.duty_subjects import DueOutcome, Subject

OUTCOME_NOTICE = timedelta(days=14)
EVALUATION_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A duty as it should stand, before it is compared with what is there."""

    kind: DutyKind
    subject_kind: SubjectKind
    subject_id: int
    period: str
    holder_id: int
    month: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime
    excuse: Excuse | None = None

    @property
    def key(self) -> tuple[DutyKind, SubjectKind, int, str]:
        return (self.kind, self.subject_kind, self.subject_id, self.period)

    @property
    def state(self) -> DutyState:
        return DutyState.SCHEDULED if self.excuse is None else DutyState.EXCUSED

    def values(self) -> dict[str, object]:
        return {**asdict(self), "state": self.state}


@dataclass(frozen=True, slots=True)
class Span:
    """Plan from `start` to the period after today's; what fell due before `since` is not owed."""

    start: date
    today: date
    since: datetime


def reports(tx: Reader, subject: Subject, around: Circumstances, span: Span) -> tuple[list[Wanted], datetime]:
    """The reports of the span, and the moment at which the one after them must be planned."""
    assert subject.first is not None
    start = max(span.start, subject.first)
    cadence, change, counted_from = _cadence(tx, subject, around, start)
    found = planned_periods(start, max(span.today, start), cadence, counted_from, around.calendar, change)
    wanted = [_report(subject, period, around, span) for period in found if _within(period, subject)]
    return wanted, instant_at(found[-1].first, time(), around.zone)


def report_days(tx: Reader, person_id: int, first: date, last: date, around: Circumstances) -> list[date]:
    """The days from `first` to `last` on which a person's reports fall due, whether they are planned yet or not."""
    span = Span(first, last, instant_at(first, time(), around.zone))
    wanted = [one for subject in duty_subjects.live(tx, person_id) for one in reports(tx, subject, around, span)[0]]
    days = {local_day(one.due_at, around.zone) for one in wanted if one.due_at is not None}
    return sorted(day for day in days if first <= day <= last)


def once(tx: Reader, subject: Subject, around: Circumstances) -> Iterator[Wanted]:
    """Outcomes of a pairing; start, end and evaluation of a rotation."""
    if subject.kind is SubjectKind.PAIRING:
        due = [one for one in duty_subjects.outcomes(tx, subject.id) if not one.settled]
        yield from (_outcome(subject, one, around) for one in due)
        return
    assert subject.first is not None
    assert subject.last is not None
    yield _turn(subject, DutyKind.ROTATION_START, subject.first, around)
    yield _turn(subject, DutyKind.ROTATION_END, subject.last, around)
    if subject.host_id is not None and not subject.evaluated:
        yield _evaluation(subject, subject.host_id, subject.last, around)


def _cadence(
    tx: Reader, subject: Subject, around: Circumstances, start: date
) -> tuple[Cadence, CadenceChange | None, date]:
    """A rotation reports as the person's active pairing does, in the same weeks; without one as the unit's profile says."""
    assert subject.first is not None
    if subject.cadence is not None:
        return subject.cadence, subject.change, subject.first
    leading = duty_subjects.leading_pairing(tx, subject.holder_id)
    if leading is None or leading.cadence is None or leading.first is None or leading.first > start:
        return around.profile.cadence, None, subject.first
    return leading.cadence, leading.change, leading.first


def _within(period: Period, subject: Subject) -> bool:
    """A rotation that ends inside a period is not reported on after its end."""
    return subject.last is None or (period.due_day or period.last) <= subject.last


def _report(subject: Subject, period: Period, around: Circumstances, span: Span) -> Wanted:
    assert subject.first is not None
    due = None if period.due_day is None else due_at(period.due_day, around.zone, around.profile.due_time)
    owed = due if due is not None and due > span.since and local_day(due, around.zone) >= subject.first else None
    return Wanted(
        DutyKind.REPORT,
        subject.kind,
        subject.id,
        period.key,
        subject.holder_id,
        str(period.month),
        instant_at(max(period.first, subject.first), time(), around.zone),
        owed,
        locks_at(period.month, around.calendar, around.zone),
        _excuse(due, owed, around),
    )


def _excuse(due: datetime | None, owed: datetime | None, around: Circumstances) -> Excuse | None:
    if due is None:
        return Excuse.NO_WORKING_DAY
    if owed is None:
        return Excuse.BEFORE_START
    return Excuse.LEAVE if is_on_leave(around.leaves, local_day(owed, around.zone)) else None


def _outcome(subject: Subject, outcome: DueOutcome, around: Circumstances) -> Wanted:
    opens_on = outcome.due_on - OUTCOME_NOTICE
    return _single(
        DutyKind.OUTCOME, SubjectKind.OUTCOME, outcome.id, subject.holder_id, opens_on, outcome.due_on, around
    )


def _turn(subject: Subject, kind: DutyKind, day: date, around: Circumstances) -> Wanted:
    return _single(kind, subject.kind, subject.id, subject.holder_id, day, day, around)


def _evaluation(subject: Subject, host_id: int, ends_on: date, around: Circumstances) -> Wanted:
    due = around.calendar.add_working_days(ends_on, EVALUATION_WORKING_DAYS)
    return _single(DutyKind.ROTATION_EVALUATION, subject.kind, subject.id, host_id, ends_on, due, around)


def _single(
    kind: DutyKind,
    subject_kind: SubjectKind,
    subject_id: int,
    holder_id: int,
    opens_on: date,
    due_on: date,
    around: Circumstances,
) -> Wanted:
    month = Month.of(due_on)
    return Wanted(
        kind,
        subject_kind,
        subject_id,
        ONCE,
        holder_id,
        str(month),
        instant_at(opens_on, time(), around.zone),
        due_at(due_on, around.zone, around.profile.due_time),
        locks_at(month, around.calendar, around.zone),
    )
