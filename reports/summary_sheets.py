"""The sheets of a month's workbook as plain rows: what stands where, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields, replace

from domain.summaries import (
    MonthSummary,
    NeedLine,
    OutcomeLine,
    PairingDetail,
    ReportCounts,
    ReportDetail,
    RotationLine,
)
from locales import N_, Language
from reports import words
from reports.sheet import Cell, Column, Sheet, beneath, columns_of, without_empty_columns, yes
from reports.summary_closing import confirmed
from reports.summary_figures import COUNTS, figures
from reports.summary_lines import TITLES, Topic, corrections


def sheets(summaries: Sequence[MonthSummary], language: Language) -> tuple[Sheet, ...]:
    """Every sheet in order, the detail sheets only where there are details; several units share each sheet."""
    by_name: dict[str, Sheet] = {}
    for summary in summaries:
        for sheet in _sheets(summary, language):
            told = sheet if len(summaries) == 1 else _of_unit(sheet, summary.unit, language)
            by_name[sheet.name] = beneath(by_name[sheet.name], told) if sheet.name in by_name else told
    return tuple(without_empty_columns(sheet) for sheet in by_name.values())


def _sheets(summary: MonthSummary, language: Language) -> Iterator[Sheet]:
    yield overview(summary, language)
    yield reports_by_unit(summary, language)
    yield outcomes(summary, language)
    yield needs(summary, language)
    yield rotations(summary, language)
    yield pairings(summary, language)
    yield highlights(summary, language)
    yield from details(summary, language)


def _of_unit(sheet: Sheet, unit: str, language: Language) -> Sheet:
    columns = (*columns_of(language, (N_("Summary of"), 20)), *sheet.columns)
    return replace(sheet, columns=columns, rows=tuple((unit, *row) for row in sheet.rows))


def overview(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(language, (N_("Part"), 38), (N_("Item"), 40), (N_("This month"), 12), (N_("Month before"), 12))
    rows: list[tuple[Cell, ...]] = []
    for topic, numbers in figures(summary, language).items():
        part = language.text(TITLES[topic])
        rows += [(part, figure.label, figure.number, figure.before) for figure in numbers]
    rows += [
        (language.text(TITLES[Topic.REPORTS]), correction, None, None) for correction in corrections(summary, language)
    ]
    head, said = confirmed(summary, language)
    rows += [(language.text(TITLES[Topic.CONFIRMED]), line, None, None) for line in (head, *said) if line]
    if summary.remark:
        rows.append((language.text(TITLES[Topic.REMARK]), summary.remark, None, None))
    return Sheet(language.text("Summary"), columns, tuple(rows), landscape=False)


def reports_by_unit(summary: MonthSummary, language: Language) -> Sheet:
    """A row a unit in the organisation's own order, this month and beside it the month before; the total last."""
    now = tuple(Column(language.text(label), 9) for label in COUNTS.values())
    before = tuple(
        Column(language.text("Month before: {what}", what=language.text(label)), 9) for label in COUNTS.values()
    )
    rows = [(row.unit, *astuple(row.counts), *_counts(row.before)) for row in summary.reports]
    total = (language.text("Total"), *astuple(summary.reports_total), *_counts(summary.reports_before))
    columns = (*columns_of(language, (N_("Unit"), 26)), *now, *before)
    return Sheet(language.text("Reports by unit"), columns, (*rows, total), totals=frozenset({len(rows)}))


def _counts(counts: ReportCounts | None) -> tuple[Cell, ...]:
    return astuple(counts) if counts else (None,) * len(fields(ReportCounts))


def outcomes(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(
        language,
        (N_("State"), 10),
        (N_("Outcome"), 34),
        (N_("Measure"), 26),
        (N_("Due day"), 11),
        (N_("Reached on"), 11),
        (N_("Track"), 18),
        (N_("Unit"), 18),
        (N_("Person"), 10),
    )
    groups = (
        (N_("reached"), summary.outcomes_reached),
        (N_("overdue"), summary.outcomes_overdue),
        (N_("due next month"), summary.next_month.outcomes),
    )
    rows = tuple(_outcome(language.text(state), line, language) for state, lines in groups for line in lines)
    return Sheet(language.text("Outcomes"), columns, rows)


def _outcome(state: str, line: OutcomeLine, language: Language) -> tuple[Cell, ...]:
    track = words.track(language, line.track) if line.track else None
    return state, line.what, line.measure, line.due_on, line.reached_on, track, line.unit, line.person


def needs(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(
        language,
        (N_("Kind"), 8),
        (N_("State"), 9),
        (N_("Need"), 34),
        (N_("Asked on"), 11),
        (N_("Age in days"), 7),
        (N_("Owner"), 10),
        (N_("Promised day"), 11),
        (N_("Answered on"), 11),
        (N_("Answer"), 26),
        (N_("Unit"), 18),
        (N_("Asked by"), 10),
    )
    lines = (*summary.needs_open, *summary.needs_answered)
    return Sheet(language.text("Needs"), columns, tuple(_need(line, language) for line in lines))


def _need(line: NeedLine, language: Language) -> tuple[Cell, ...]:
    return (
        words.need_kind(language, line.kind),
        words.need_state(language, line.state),
        line.text,
        line.asked_on,
        line.age_days,
        line.owner or (words.owner_role(language, line.owner_role) if line.owner_role else line.passed_to or None),
        line.promised_on,
        line.answered_on,
        line.answer,
        line.unit,
        line.asker,
    )


ROTATION_COLUMNS = (
    (N_("State"), 8),
    (N_("Unit"), 18),
    (N_("Person"), 9),
    (N_("Host unit"), 18),
    (N_("Team"), 13),
    (N_("Post"), 13),
    (N_("Specialty"), 11),
    (N_("Across specialties"), 7),
    (N_("Host"), 9),
    (N_("First day"), 11),
    (N_("Last day"), 11),
    (N_("Goals"), 24),
)


def rotations(summary: MonthSummary, language: Language) -> Sheet:
    """Those that began or ended in the month, and those that begin or end in the next."""
    columns = columns_of(language, (N_("When"), 9), *ROTATION_COLUMNS)
    groups = (
        (N_("began"), summary.rotations.starting),
        (N_("ended"), summary.rotations.ending),
        (N_("next month"), summary.next_month.rotations),
    )
    rows = ((language.text(when), *_rotation(line, language)) for when, lines in groups for line in lines)
    return Sheet(language.text("Rotations"), columns, tuple(rows))


def _rotation(line: RotationLine, language: Language) -> tuple[Cell, ...]:
    return (
        words.rotation_state(language, line.state),
        line.unit,
        line.person,
        line.host_unit,
        line.team,
        line.post,
        line.specialty,
        yes(line.cross_specialty, language),
        line.host,
        line.starts_on,
        line.ends_on,
        line.goals,
    )


def pairings(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(language, (N_("Track"), 40), (N_("State"), 24), (N_("Number"), 14))
    rows = (
        (words.track(language, count.track), words.pairing_state(language, count.state), count.number)
        for count in summary.pairings
    )
    return Sheet(language.text("Pairings"), columns, tuple(rows), landscape=False)


def highlights(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(language, (N_("Highlight"), 56), (N_("Unit"), 26), (N_("Signed by"), 14))
    rows = ((line.text, line.unit, line.author) for line in summary.highlights)
    return Sheet(language.text("Highlights"), columns, tuple(rows), landscape=False)


def details(summary: MonthSummary, language: Language) -> Iterator[Sheet]:
    more = summary.details
    told: tuple[tuple[str, tuple[tuple[str, float], ...], Iterable[tuple[Cell, ...]]], ...] = (
        (N_("Report details"), REPORT_COLUMNS, (_report(line, language) for line in more.reports)),
        (N_("Pairing details"), PAIRING_COLUMNS, (_pairing(line, language) for line in more.pairings)),
        (N_("Rotation details"), ROTATION_COLUMNS, (_rotation(line, language) for line in more.rotations)),
    )
    for name, columns, lines in told:
        if rows := tuple(lines):
            yield Sheet(language.text(name), columns_of(language, *columns), rows)


REPORT_COLUMNS = (
    (N_("Unit"), 18),
    (N_("Person"), 9),
    (N_("Subject"), 18),
    (N_("Period"), 10),
    (N_("Due day"), 11),
    (N_("State"), 9),
    (N_("Handed in on"), 11),
    (N_("Late"), 6),
    (N_("Entered for the person"), 6),
    (N_("How it stands"), 11),
    (N_("Answer"), 11),
    (N_("What was reported"), 46),
)


def _report(line: ReportDetail, language: Language) -> tuple[Cell, ...]:
    return (
        line.unit,
        line.person,
        line.subject,
        line.period,
        line.due_on,
        words.report_state(language, line.state),
        line.handed_in_on,
        yes(line.late, language),
        yes(line.by_proxy, language),
        words.standing(language, line.standing) if line.standing else None,
        words.review_kind(language, line.review) if line.review else None,
        line.text,
    )


PAIRING_COLUMNS = (
    (N_("Unit"), 20),
    (N_("Mentee"), 10),
    (N_("Mentors"), 16),
    (N_("Track"), 20),
    (N_("Direction"), 26),
    (N_("State"), 11),
    (N_("Since"), 11),
    (N_("Across specialties"), 7),
)


def _pairing(line: PairingDetail, language: Language) -> tuple[Cell, ...]:
    return (
        line.unit,
        line.mentee,
        language.names(line.mentors),
        words.track(language, line.track),
        line.direction,
        words.pairing_state(language, line.state),
        line.since,
        yes(line.cross_specialty, language),
    )
