"""How many of what, as parts of a sentence: only what is there is said."""

from __future__ import annotations

from collections.abc import Iterator

from domain.needs import NeedState
from domain.summaries import MonthSummary, NextMonth, ReportCounts, RotationPart
from locales import Language


def in_short(summary: MonthSummary, language: Language) -> str:
    """The month in one line: what was reached and solved, what waits."""
    parts = (*outcomes(summary, language, overdue=False), *needs(summary, language))
    return language.clauses(parts)


def outcomes(summary: MonthSummary, language: Language, *, overdue: bool = True) -> Iterator[str]:
    if number := len(summary.outcomes_reached):
        yield language.plural("{number} outcome reached", "{number} outcomes reached", number)
    if overdue and (number := len(summary.outcomes_overdue)):
        yield language.text("{number} overdue", number=number)


def needs(summary: MonthSummary, language: Language) -> Iterator[str]:
    solved = sum(line.state is NeedState.SOLVED for line in summary.needs_answered)
    if solved:
        yield language.plural("{number} difficulty solved", "{number} difficulties solved", solved)
    if number := len(summary.needs_answered) - solved:
        yield language.plural("{number} request answered", "{number} requests answered", number)
    if number := len(summary.needs_open):
        yield language.plural("{number} request still open", "{number} requests still open", number)


def crossing(part: RotationPart, language: Language) -> Iterator[str]:
    if number := part.cross_specialty_rotations:
        yield language.plural("{number} rotation across specialties", "{number} rotations across specialties", number)
    if number := part.cross_specialty_pairings:
        yield language.plural("{number} pairing across specialties", "{number} pairings across specialties", number)


def due(coming: NextMonth, language: Language) -> Iterator[str]:
    if number := len(coming.outcomes):
        yield language.plural("{number} outcome", "{number} outcomes", number)
    if number := len(coming.rotations):
        yield language.plural("{number} rotation", "{number} rotations", number)
    if number := coming.reports:
        yield language.plural("{number} report", "{number} reports", number)


def reports(counts: ReportCounts, language: Language) -> str:
    if not (counts.due or counts.handed_in or counts.not_due_yet):
        return language.text("no report due")
    return language.clauses(_reports(counts, language))


def _reports(counts: ReportCounts, language: Language) -> Iterator[str]:
    if counts.due:
        yield language.text("{number} due", number=counts.due)
    if counts.late:
        yield language.text("{number} handed in ({late} of them late)", number=counts.handed_in, late=counts.late)
    elif counts.handed_in:
        yield language.text("{number} handed in", number=counts.handed_in)
    if counts.excused:
        yield language.text("{number} excused", number=counts.excused)
    if counts.not_handed_in:
        yield language.text("{number} not handed in", number=counts.not_handed_in)
    if counts.not_due_yet:
        yield language.text("{number} not due yet", number=counts.not_due_yet)
