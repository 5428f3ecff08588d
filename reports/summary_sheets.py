"""The sheets of a month's workbook as plain rows: what stands where, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, fields, replace

from domain.summaries import NAMED_KINDS, MonthSummary, ReportCounts
from domain.summary_lines import ReportDetail
from locales import N_, Language
from reports import words
from reports.sheet import Cell, Column, Sheet, beneath, columns_of, without_empty_columns, yes
from reports.summary_closing import answering, confirmed
from reports.summary_figures import COUNTS, figures
from reports.summary_lines import TITLES, Topic, corrections
from reports.summary_matters import matters

Table = Callable[[MonthSummary, Language], Sheet]


def sheets(summaries: Sequence[MonthSummary], language: Language) -> tuple[Sheet, ...]:
    """The overview, and after it those that have rows; several units share each sheet."""
    home = summaries[0].unit if len(summaries) == 1 else ""
    behind = [
        without_empty_columns(_joined([table(each, language) for each in summaries]), home)
        for table in (matters, report_details)
    ]
    several = [each for each in summaries if len(each.reports) > 1]
    tables = [*([_of_units(several, language, reports_by_unit)] if several else []), *behind]
    first = _of_units(summaries, language, overview)
    told = [sheet for sheet in tables if sheet.rows]
    return (replace(first, notes=tuple(_notes(summaries, behind, language))), *told)


def _joined(parts: Sequence[Sheet]) -> Sheet:
    whole, *rest = parts
    for part in rest:
        whole = beneath(whole, part)
    return whole


def _of_units(summaries: Sequence[MonthSummary], language: Language, table: Table) -> Sheet:
    """Several units in one table, with a column that says whose each row is."""
    parts = [table(each, language) for each in summaries]
    if len(parts) == 1:
        return parts[0]
    columns = (*columns_of(language, (N_("Summary of"), 15)), *parts[0].columns)
    named = [
        replace(part, columns=columns, rows=tuple((each.unit, *row) for row in part.rows))
        for part, each in zip(parts, summaries, strict=True)
    ]
    whole = _joined(named)
    return replace(whole, grouped=whole.grouped + 1 if whole.grouped else 0)


def _notes(summaries: Sequence[MonthSummary], behind: Sequence[Sheet], language: Language) -> Iterator[str]:
    """What the other sheets hold, or why they are not there."""
    listed, details = behind
    if listed.rows:
        yield language.text("What stands behind the figures is on the sheet “{sheet}”.", sheet=listed.name)
    else:
        yield language.text("Behind the figures there is nothing to list this month.")
    if details.rows:
        yield language.text("What was reported is on the sheet “{sheet}”.", sheet=details.name)
    elif any(each.kind in NAMED_KINDS for each in summaries):
        yield language.text("No report stands in this workbook.")
    else:
        yield language.text("What was reported stays in the branches; here are totals only.")


def overview(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(
        language,
        (N_("Part"), 18),
        (N_("Item"), 28),
        (N_("This month"), 10),
        (N_("Month before"), 10),
        growing=("Item",),
    )
    return Sheet(
        language.text("Summary"), columns, tuple(_overview_rows(summary, language)), landscape=False, grouped=1
    )


def _overview_rows(summary: MonthSummary, language: Language) -> Iterator[tuple[Cell, ...]]:
    for topic, numbers in figures(summary, language).items():
        part = language.text(TITLES[topic])
        yield from ((part, figure.label, figure.number, figure.before) for figure in numbers)
        if topic is Topic.REPORTS:
            yield from ((part, correction, None, None) for correction in corrections(summary, language))
        if topic is Topic.BURDEN:
            yield from ((part, told, None, None) for told in answering(summary, language))
    head, said = confirmed(summary, language)
    yield from ((language.text(TITLES[Topic.CONFIRMED]), line, None, None) for line in (head, *said) if line)
    if summary.remark:
        yield language.text(TITLES[Topic.REMARK]), summary.remark, None, None


def reports_by_unit(summary: MonthSummary, language: Language) -> Sheet:
    """A row a unit in the organisation's own order, this month and beside it the month before; the total last."""
    now = tuple(Column(language.text(label), 8) for label in COUNTS.values())
    before = tuple(
        Column(language.text("Month before: {what}", what=language.text(label)), 8) for label in COUNTS.values()
    )
    rows = [(row.unit, *astuple(row.counts), *_counts(row.before)) for row in summary.reports]
    total = (language.text("Total"), *astuple(summary.reports_total), *_counts(summary.reports_before))
    columns = (*columns_of(language, (N_("Unit"), 18), growing=("Unit",)), *now, *before)
    return Sheet(language.text("Reports by unit"), columns, (*rows, total), totals=frozenset({len(rows)}))


def _counts(counts: ReportCounts | None) -> tuple[Cell, ...]:
    return astuple(counts) if counts else (None,) * len(fields(ReportCounts))


REPORT_COLUMNS = (
    (N_("Unit"), 15),
    (N_("Person"), 8),
    (N_("Subject"), 14),
    (N_("Period"), 12.5),
    (N_("Due day"), 10.5),
    (N_("State"), 8),
    (N_("Handed in on"), 10.5),
    (N_("Late"), 5),
    (N_("Entered for the person"), 5),
    (N_("How it stands"), 9),
    (N_("Review"), 9),
    (N_("What was reported"), 24),
)


def report_details(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(language, *REPORT_COLUMNS, growing=("What was reported",))
    rows = (_report(line, language) for line in summary.details.reports)
    return Sheet(language.text("Report details"), columns, tuple(rows))


def _report(line: ReportDetail, language: Language) -> tuple[Cell, ...]:
    return (
        line.unit,
        line.person,
        line.subject,
        words.period(language, line.period),
        line.due_on,
        words.report_state(language, line.state),
        line.handed_in_on,
        yes(line.late, language),
        yes(line.by_proxy, language),
        words.standing(language, line.standing) if line.standing else None,
        _answered(line, language),
        line.text,
    )


def _answered(line: ReportDetail, language: Language) -> str | None:
    if line.review is None:
        return None
    return words.by_hand(language, words.review_kind(language, line.review), entered=line.review_by_hand)
