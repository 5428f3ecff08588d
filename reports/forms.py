"""结对登记表, 本期进展汇报表 and 轮岗评价表 on paper, empty or with what is known: for those who do not use Telegram."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from domain.check_ins import Standing
from domain.pairings import Track
from domain.periods import Cadence, CadenceKind
from domain.rotations import Capability, Evaluation
from locales import N_, Language
from reports import words
from reports.form_page import Cell, Form, Row, boxes

OUTCOMES = 3
"""Rows for outcomes on an empty form; a pairing has as many as it has."""
OUTCOMES_MM, SIGNED_MM = 84, 16
CADENCES = {
    CadenceKind.WEEKLY: N_("weekly"),
    CadenceKind.FORTNIGHTLY: N_("every two weeks"),
    CadenceKind.MONTHLY: N_("monthly"),
}


@dataclass(frozen=True, slots=True)
class PlannedOutcome:
    what: str
    measure: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PairingSheet:
    """`guide` is what the mentors are called, `cadence_day` the day of reporting, both in the reader's words."""

    unit: str = ""
    guide: str = ""
    mentee: str = ""
    mentors: tuple[str, ...] = ()
    track: Track | None = None
    direction: str = ""
    outcomes: tuple[PlannedOutcome, ...] = ()
    cadence: Cadence | None = None
    cadence_day: str = ""
    starts_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """`subjects` in the reader's words, one a line."""

    unit: str = ""
    person: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RotationSheet:
    """`mark` says how an evaluation came here that the host did not write himself."""

    unit: str = ""
    person: str = ""
    host_unit: str = ""
    team: str = ""
    post: str = ""
    specialty: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    host: str = ""
    leader: str = ""
    goals: str = ""
    evaluation: Evaluation | None = None
    comments: tuple[str, ...] = ()
    mark: str = ""


def pairing_form(sheet: PairingSheet, language: Language) -> Form:
    say = language.text
    lines = [*sheet.outcomes, *[PlannedOutcome("", "", None)] * (OUTCOMES - len(sheet.outcomes))]
    height = OUTCOMES_MM / len(lines)
    return Form(
        say("Double cultivation: pairing form"),
        _branch(sheet.unit, language),
        (
            Row(11, (*_field(say("Mentee"), sheet.mentee, 4), *_field(say("Begins on"), _day(sheet.starts_on, language), 4))),
            Row(11, _field(sheet.guide or say("Mentor"), language.names(sheet.mentors), 10)),
            Row(11, _field(say("Track"), _tracks(sheet.track, language), 10)),
            Row(34, _field(say("Direction"), sheet.direction, 10)),
            Row(9, (_label(say("No."), 1), _label(say("Expected outcome"), 5), _label(say("How it is measured"), 4), _label(say("By when"), 2))),
            *(Row(height, _outcome(number, line, language)) for number, line in enumerate(lines, 1)),
            Row(11, _field(say("How often reports are due"), _cadence(sheet, language), 10)),
            _signatures(language, say("Signature of the mentee"), say("Signature of the mentor")),
            _signatures(language, say("Signature of the second mentor"), say("Signature of the secretary")),
        ),
        (
            say("An outcome says what can be told by its measure and by its day. Nobody is ranked by it."),
            say("When all have signed, the secretary presses “Signed on paper” in the pairing and gives the day of the last signature."),
        ),
    )  # fmt: skip


def report_form(sheet: ReportSheet, language: Language) -> Form:
    say = language.text
    return Form(
        say("Progress of this period"),
        _branch(sheet.unit, language),
        (
            Row(11, (*_field(say("Name"), sheet.person, 4), *_field(say("Period"), "", 4))),
            Row(18, _field(say("Subject"), "\n".join(sheet.subjects), 10)),
            Row(44, _field(say("What I practised"), "", 10)),
            Row(40, _field(say("What I used it for"), "", 10)),
            Row(36, _field(say("What is still missing"), "", 10)),
            Row(12, _field(say("How it stands"), boxes((words.standing(language, one), False) for one in Standing), 10)),
            _signatures(language, say("Signature")),
            Row(13, (*_field(say("Received on"), _blank_day(language), 4), *_field(say("Entered by"), "", 4))),
        ),
        (
            say("Two or three sentences are enough; who would rather tell it can tell it to the secretary."),
            say("This replaces no ideological report. Please write no state secrets and no work secrets."),
            say("The secretary enters it for you, marked as entered, and the mentor reads it."),
        ),
    )  # fmt: skip


def evaluation_form(sheet: RotationSheet, language: Language) -> Form:
    say, found = language.text, sheet.evaluation
    return Form(
        say("Evaluation of a rotation"),
        _branch(sheet.unit, language),
        (
            Row(11, (*_field(say("Name"), sheet.person, 4), *_field(say("Specialty"), sheet.specialty, 4))),
            Row(11, (*_field(say("Host unit"), sheet.host_unit, 4), *_field(say("Team"), sheet.team, 4))),
            Row(11, (*_field(say("Post"), sheet.post, 4), *_field(say("Host"), sheet.host, 4))),
            Row(11, (*_field(say("Days"), _span(sheet, language), 5), *_field(say("Party backbone"), sheet.leader, 3))),
            Row(28, _field(say("Goals"), sheet.goals, 10)),
            Row(46, _field(say("Work the person can do on their own"), found.work if found else "", 10)),
            Row(12, _field(say("Found"), boxes((words.capability(language, one), found is not None and found.capability is one) for one in Capability), 10)),
            Row(28 if sheet.comments else 46, _field(say("The host's words"), found.word if found else "", 10)),
            *([Row(18, _field(say("The mentor's words"), "\n".join(sheet.comments), 10))] if sheet.comments else []),
            _signatures(language, say("Signature of the host"), say("Signature of the secretary")),
            _signatures(language, say("Read by the person")),
        ),
        (
            *([sheet.mark] if sheet.mark else []),
            say("The evaluation serves cultivation and rotation alone: no marks, no ranks."),
            say("Where the host has no account, the secretary enters it from this paper."),
        ),
    )  # fmt: skip


def _label(text: str, span: int) -> Cell:
    return Cell(text, span, label=True)


def _field(label: str, text: str, span: int) -> tuple[Cell, Cell]:
    return _label(label, 2), Cell(text, span)


def _branch(unit: str, language: Language) -> str:
    return language.text("Branch: {unit}", unit=unit or "＿" * 14)


def _outcome(number: int, line: PlannedOutcome, language: Language) -> tuple[Cell, ...]:
    day = language.plain_date(line.due_on) if line.due_on else ""
    return Cell(str(number), 1, label=True), Cell(line.what, 5), Cell(line.measure, 4), Cell(day, 2)


def _tracks(chosen: Track | None, language: Language) -> str:
    return boxes((words.track(language, one), one is chosen) for one in Track)


def _cadence(sheet: PairingSheet, language: Language) -> str:
    kind = sheet.cadence.kind if sheet.cadence else None
    choices = boxes((language.text(title), one is kind) for one, title in CADENCES.items())
    return language.text("{choices}, on {day}", choices=choices, day=sheet.cadence_day or "＿" * 4)


def _day(day: dt.date | None, language: Language) -> str:
    return language.plain_date(day) if day else _blank_day(language)


def _blank_day(language: Language) -> str:
    """Room for a day that is written by hand."""
    return language.text("year      month      day")


def _span(sheet: RotationSheet, language: Language) -> str:
    if sheet.starts_on is None or sheet.ends_on is None:
        return ""
    start, end = language.plain_date(sheet.starts_on), language.plain_date(sheet.ends_on)
    return language.text("{start} to {end}", start=start, end=end)


def _signatures(language: Language, *who: str) -> Row:
    """One or two beside each other, each with its day."""
    cells: Sequence[Cell] = [
        cell for name in who for cell in (_label(name, 2), Cell(_blank_day(language), 12 // len(who) - 2, low=True))
    ]
    return Row(SIGNED_MM, tuple(cells))
