"""A month's summary as labelled numbers, topic by topic: what the picture sets large and the workbook lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.summaries import MonthSummary, ReportCounts
from locales import N_, Language
from reports import words
from reports.summary_lines import Topic


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    number: float
    before: int | None = None


COUNTS: Mapping[str, str] = {
    "due": N_("due"),
    "handed_in": N_("handed in"),
    "late": N_("of them late"),
    "excused": N_("excused"),
    "not_handed_in": N_("not handed in"),
    "not_due_yet": N_("not due yet"),
}
"""The fields of `ReportCounts` in the order in which they are always told."""


def figures(summary: MonthSummary, language: Language) -> dict[Topic, tuple[Figure, ...]]:
    coming, waiting, sent = summary.next_month, summary.reviews_waiting, summary.burden
    say = language.text
    return {
        Topic.OUTCOMES: (
            Figure(say("reached"), len(summary.outcomes_reached)),
            Figure(say("overdue"), len(summary.outcomes_overdue)),
        ),
        Topic.NEEDS: (
            Figure(say("open"), len(summary.needs_open)),
            Figure(say("answered"), len(summary.needs_answered)),
        ),
        Topic.ROTATIONS: tuple(_rotations(summary, language)),
        Topic.HIGHLIGHTS: (Figure(say("highlights"), len(summary.highlights)),),
        Topic.PAIRINGS: tuple(_pairings(summary, language)),
        Topic.NEXT_MONTH: (
            Figure(say("outcomes"), len(coming.outcomes)),
            Figure(say("rotations"), len(coming.rotations)),
            Figure(say("reports"), coming.reports),
        ),
        Topic.REVIEWS: (
            Figure(say("waiting"), waiting.number),
            Figure(say("days for the oldest"), waiting.oldest_days),
        ),
        Topic.REPORTS: tuple(_reports(summary.reports_total, summary.reports_before, language)),
        Topic.BURDEN: (
            Figure(say("messages a person"), sent.average),
            Figure(say("in all"), sent.messages),
            Figure(say("people with an account"), sent.people),
        ),
    }


def _rotations(summary: MonthSummary, language: Language) -> Iterator[Figure]:
    part = summary.rotations
    yield from (Figure(words.rotation_state(language, count.state), count.number) for count in part.counts)
    yield Figure(language.text("cross-specialty rotations"), part.cross_specialty_rotations)
    yield Figure(language.text("cross-specialty pairings"), part.cross_specialty_pairings)


def _pairings(summary: MonthSummary, language: Language) -> Iterator[Figure]:
    for count in summary.pairings:
        track, state = words.track(language, count.track), words.pairing_state(language, count.state)
        yield Figure(language.text("{what}: {about}", what=track, about=state), count.number)


def _reports(now: ReportCounts, before: ReportCounts | None, language: Language) -> Iterator[Figure]:
    for name, label in COUNTS.items():
        yield Figure(language.text(label), getattr(now, name), getattr(before, name) if before else None)
