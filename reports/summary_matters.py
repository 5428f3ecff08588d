"""What stands behind a month's figures, one matter a row: outcomes, needs, rotations, highlights and pairings in one table."""

from __future__ import annotations

from collections.abc import Iterator

from domain.summaries import MonthSummary
from domain.summary_lines import NeedLine, OutcomeLine, PairingDetail, RotationLine
from locales import N_, Language
from reports import words
from reports.sheet import Cell, Sheet, columns_of
from reports.summary_lines import owner, place_of, waiting

Row = tuple[Cell, ...]
COLUMNS = (
    (N_("Kind"), 8.5),
    (N_("State"), 8.5),
    (N_("Matter"), 22),
    (N_("Measure, answer or goals"), 17),
    (N_("Track"), 13.5),
    (N_("Since"), 10.5),
    (N_("Until"), 10.5),
    (N_("Settled on"), 10.5),
    (N_("Unit"), 15),
    (N_("Person"), 8),
    (N_("Owner"), 8),
)
GROWING = ("Matter", "Measure, answer or goals")


def matters(summary: MonthSummary, language: Language) -> Sheet:
    columns = columns_of(language, *COLUMNS, growing=GROWING)
    return Sheet(language.text("Matters"), columns, tuple(_rows(summary, language)))


def _rows(summary: MonthSummary, language: Language) -> Iterator[Row]:
    for state, outcomes in (
        (N_("reached"), summary.outcomes_reached),
        (N_("overdue"), summary.outcomes_overdue),
        (N_("due next month"), summary.next_month.outcomes),
    ):
        yield from (_outcome(language.text(state), line, language) for line in outcomes)
    yield from (_need(line, language) for line in (*summary.needs_open, *summary.needs_answered))
    yield from (_rotation(line, language) for line in rotations(summary))
    yield from (_highlight(line.text, line.unit, line.author, language) for line in summary.highlights)
    yield from (_pairing(line, language) for line in summary.details.pairings)


def rotations(summary: MonthSummary) -> tuple[RotationLine, ...]:
    """All of a branch; above it those that begin or end in the month, each once, and those of the next."""
    if summary.details.rotations:
        return summary.details.rotations
    part = summary.rotations
    ending = (line for line in part.ending if line not in part.starting)
    return (*part.starting, *ending, *summary.next_month.rotations)


def _outcome(state: str, line: OutcomeLine, language: Language) -> Row:
    track = words.track(language, line.track) if line.track else None
    days = (None, line.due_on, line.reached_on)
    person = words.by_hand(language, line.person, entered=line.by_hand)
    return (language.text("Outcome"), state, line.what, line.measure, track, *days, line.unit, person, None)


def _need(line: NeedLine, language: Language) -> Row:
    kind = words.need_kind(language, line.kind)
    matter = language.text("{kind} – {text}", kind=kind, text=line.text) if line.text else kind
    days = (line.asked_on, line.promised_on, line.answered_on)
    about = line.answer if line.answered_on else waiting(line, language)
    state = words.need_state(language, line.state)
    asker = words.by_hand(language, line.asker, entered=line.by_hand)
    return (language.text("Support"), state, matter, about, None, *days, line.unit, asker, _owner(line, language))


def _owner(line: NeedLine, language: Language) -> str:
    return owner(line, language) or line.passed_to


def _rotation(line: RotationLine, language: Language) -> Row:
    what = language.text("to {place} as {post}", place=place_of(line, language), post=line.post)
    crossing = language.text("across specialties") if line.cross_specialty else ""
    if about := language.clauses((line.specialty, crossing)):
        what = language.text("{what} ({measure})", what=what, measure=about)
    state = words.rotation_state(language, line.state)
    days = (line.starts_on, line.ends_on, None)
    return (language.text("Rotation"), state, what, line.goals, None, *days, line.unit, line.person, line.host)


def _highlight(text: str, unit: str, author: str, language: Language) -> Row:
    return (language.text("Highlight"), None, text, None, None, None, None, None, unit, author, None)


def _pairing(line: PairingDetail, language: Language) -> Row:
    track, state = words.track(language, line.track), words.pairing_state(language, line.state)
    crossing = language.text("across specialties") if line.cross_specialty else None
    days, mentors = (line.since, None, None), language.names(line.mentors)
    return (language.text("Pairing"), state, line.direction, crossing, track, *days, line.unit, line.mentee, mentors)
