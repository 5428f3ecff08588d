"""Counts of reports as bars, one row a unit in the organisation's own order: lengths to see, no percentages, no ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.summaries import ReportCounts, ReportRow
from locales import N_, Language
from reports.easel import CARD, GOLD, GREY, LEFT, LINE, NUMBER, RED, RIGHT, ROOM, SMALL, Box, Easel, Words, shade
from reports.summary_figures import Figure
from reports.summary_lines import more
from reports.wrapping import clipped, width, wrapped

MOST_ROWS = 24
NAME, COLUMN, ROW = 270, 92, 54
START = LEFT + NAME + 14
ACROSS = RIGHT - 3 * COLUMN - START


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    fill: str
    pale: str
    stroke: str = "none"
    dashes: str = "none"


PARTS = (
    Part(N_("on time"), RED, "#d59a95"),
    Part(N_("late"), GOLD, "#e6cfa0"),
    Part(N_("excused"), LINE, LINE),
    Part(N_("not handed in"), CARD, "#d3cbc0", GREY),
    Part(N_("not due yet"), CARD, CARD, GREY, "4 5"),
)
"""`pale` is for the month before."""


def lengths(counts: ReportCounts) -> tuple[int, ...]:
    """The parts of a bar in the order of `PARTS`."""
    on_time = counts.handed_in - counts.late
    return on_time, counts.late, counts.excused, counts.not_handed_in, counts.not_due_yet


def report_table(easel: Easel, figures: Sequence[Figure], language: Language) -> None:
    """The counts side by side with the month before beneath them."""
    column = ROOM / len(figures)
    labels = [wrapped(figure.label, SMALL, column - 8) for figure in figures]
    head = max(map(len, labels)) * 36
    for i, (figure, lines) in enumerate(zip(figures, labels, strict=True)):
        x, number = LEFT + i * column, f"{figure.number:,}"
        for j, line in enumerate(lines):
            easel.words.append(Words(x, easel.y + head - 36 * (len(lines) - j - 1) - 8, line, SMALL))
        easel.words.append(Words(x, easel.y + head + 54, number, NUMBER, shade(number), bold=True))
        if figure.before is not None:
            before = language.text("was {number}", number=figure.before)
            easel.words.append(Words(x, easel.y + head + 98, before, SMALL, GREY))
    easel.y += head + (124 if any(figure.before is not None for figure in figures) else 80)


def report_bars(easel: Easel, rows: Sequence[ReportRow], language: Language) -> None:
    _legend(easel, language)
    _columns(easel, language, has_before=any(row.before for row in rows))
    longest = max(sum(lengths(counts)) for row in rows for counts in (row.counts, row.before) if counts)
    for row in rows[:MOST_ROWS]:
        _row(easel, row, ACROSS / max(longest, 1))
    easel.y += 10
    if len(rows) > MOST_ROWS:
        easel.paragraph(more(len(rows) - MOST_ROWS, language), SMALL, RED)


def _legend(easel: Easel, language: Language) -> None:
    x: float = LEFT
    for part in PARTS:
        label = language.text(part.label)
        across = 36 + width(label, SMALL) + 26
        if x + across > RIGHT:
            x, easel.y = LEFT, easel.y + 44
        easel.boxes.append(Box(x, easel.y + 8, 24, 24, part.fill, part.stroke, 4, part.dashes))
        easel.fitted(x + 36, easel.y + 30, label, across)
        x += across
    easel.y += 48


def _columns(easel: Easel, language: Language, *, has_before: bool) -> None:
    if has_before:
        easel.fitted(
            LEFT, easel.y + 30, language.text("Thin bar: the month before."), RIGHT - 3 * COLUMN - LEFT, fill=GREY
        )
    for i, label in enumerate((N_("Due"), N_("In"), N_("Not in"))):
        easel.at_right(RIGHT - (2 - i) * COLUMN, easel.y + 30, language.text(label), fill=GREY)
    easel.y += 46


def _row(easel: Easel, row: ReportRow, unit: float) -> None:
    y = easel.y + 34
    name = clipped(row.unit, SMALL, NAME, 2)
    for i, line in enumerate(name):
        easel.words.append(Words(LEFT, y + i * 36, line, SMALL))
    easel.boxes += _bar(row.counts, easel.y + 10, 22, unit)
    if row.before:
        easel.boxes += _before(row.before, easel.y + 36, unit)
    for i, number in enumerate((row.counts.due, row.counts.handed_in, row.counts.not_handed_in)):
        easel.at_right(RIGHT - (2 - i) * COLUMN, y, str(number))
    easel.y += ROW + 36 * (len(name) - 1)


def _bar(counts: ReportCounts, y: float, height: float, unit: float) -> Iterator[Box]:
    x: float = START
    for part, number in zip(PARTS, lengths(counts), strict=True):
        if number:
            inset = 0 if part.stroke == "none" else 1
            across, tall = number * unit - 2 * inset, height - 2 * inset
            yield Box(x + inset, y + inset, across, tall, part.fill, part.stroke, 2, part.dashes)
            x += number * unit


def _before(counts: ReportCounts, y: float, unit: float) -> Iterator[Box]:
    x: float = START
    for part, number in zip(PARTS, lengths(counts), strict=True):
        yield Box(x, y, number * unit, 6, part.pale)
        x += number * unit
