"""Forms to print: which there are, and each as a document with a word on what comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from domain.entered_acts import Act
from domain.periods import Cadence, CadenceKind
from domain.rotation_comments import About
from handlers.views.check_in_pieces import LINE, subject
from handlers.views.entered_acts import printed_mark
from handlers.views.page import Document, Html, Message, Say, button, lines
from handlers.views.pairing_pieces import WEEKDAYS
from locales import N_
from reports import words
from reports.form_page import Form, page
from reports.forms import (
    PairingSheet,
    PlannedOutcome,
    ReportSheet,
    RotationSheet,
    evaluation_form,
    pairing_form,
    report_form,
)
from services import rotations
from services.forms import PairingPaper, ReportPaper, RotationPaper

REFUSALS = {
    "forms_kept_out": N_("Filled-in forms do not go through Telegram here. /forms has empty ones to fill in by hand."),
}


class Kind(StrEnum):
    PAIRING = "pairing"
    REPORT = "report"
    EVALUATION = "evaluation"


TITLES: Mapping[Kind, str] = {
    Kind.PAIRING: N_("Pairing form"),
    Kind.REPORT: N_("Report form"),
    Kind.EVALUATION: N_("Evaluation form"),
}


def choice(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    text = lines(
        say("Forms for those who write on paper, one page each. What is handed in you enter here."),
        say("With what is known already, they are on the card of the person, of the pairing and of the rotation."),
    )
    return Message(text, [[button(say.plain(title), "form.empty", kind)] for kind, title in TITLES.items()])


def empty(data: Mapping[str, Any], say: Say) -> Message:
    kind, language = Kind(data["kind"]), say.language
    forms = {
        Kind.PAIRING: pairing_form(PairingSheet(), language),
        Kind.REPORT: report_form(ReportSheet(), language),
        Kind.EVALUATION: evaluation_form(RotationSheet(), language),
    }
    return Message(say("Here is the empty form, one page."), files=[_document(kind, "", forms[kind], say)])


def pairing(data: PairingPaper, say: Say) -> Message:
    text = say("Here is the pairing form of {name}, one page to be signed.", name=data.card.mentee.name)
    return _printed(
        Kind.PAIRING, data.card.mentee.name, pairing_form(_pairing_sheet(data, say), say.language), text, say
    )


def rotation(data: RotationPaper, say: Say) -> Message:
    text = say("Here is the evaluation form of {name}, one page for the host.", name=data.card.person.name)
    form = evaluation_form(_rotation_sheet(data, say), say.language)
    return _printed(Kind.EVALUATION, data.card.person.name, form, text, say)


def report(data: ReportPaper, say: Say) -> Message:
    text = say(
        "Here is the report form of {name}, one page. When it comes back, “Enter a report” takes it in.",
        name=data.person.name,
    )
    subjects = tuple(subject(duty, say, LINE) for duty in data.subjects)
    form = report_form(ReportSheet(data.unit, data.person.name, subjects), say.language)
    return _printed(Kind.REPORT, data.person.name, form, text, say)


def _printed(kind: Kind, name: str, form: Form, text: Html, say: Say) -> Message:
    return Message(text, files=[_document(kind, name, form, say)])


def _document(kind: Kind, name: str, form: Form, say: Say) -> Document:
    title, language, now = say.plain(TITLES[kind]), say.language, say.now
    file_name = say.plain("{form} {name}.docx", form=title, name=name) if name else f"{title}.docx"
    return Document(file_name, lambda: page(form, language, now))


def _pairing_sheet(data: PairingPaper, say: Say) -> PairingSheet:
    card, held = data.card, data.card.pairing
    return PairingSheet(
        unit=data.unit,
        guide=words.guide(say.language, held.track, card.mentee.stage),
        mentee=card.mentee.name,
        mentors=tuple(guide.person.name for guide in card.present),
        track=held.track,
        direction=held.direction,
        outcomes=tuple(PlannedOutcome(one.what, one.measure, one.due_on) for one in card.outcomes),
        cadence=held.cadence,
        cadence_day=_cadence_day(held.cadence, say),
        starts_on=held.active_on or held.starts_on,
    )


def _cadence_day(cadence: Cadence, say: Say) -> str:
    if cadence.kind is CadenceKind.MONTHLY:
        return say.plain("day {day}", day=cadence.day)
    return say.plain(WEEKDAYS[cadence.day])


def _mark(card: rotations.Card, say: Say) -> str:
    """How an evaluation that the host did not write himself came here."""
    entry = card.entered.get(Act.EVALUATE)
    if entry is not None:
        return printed_mark(entry, say)
    if card.written_by:
        return say.plain("The evaluation was written for the host by {name}, the secretary.", name=card.written_by)
    return ""


def _comments(card: rotations.Card, say: Say) -> Iterator[str]:
    """What mentors at home said of the evaluation, and how it came here where they did not write it themselves."""
    for one in card.comments:
        if one.about is About.EVALUATION:
            yield say.plain("{name}: {text}", name=one.by, text=one.text)
            entry = card.entered_comments.get(one.id)
            if entry is not None:
                yield printed_mark(entry, say)


def _rotation_sheet(data: RotationPaper, say: Say) -> RotationSheet:
    card, held = data.card, data.card.rotation
    return RotationSheet(
        unit=data.unit,
        person=card.person.name,
        host_unit=card.unit,
        team=held.team,
        post=held.post,
        specialty=held.specialty,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        host=card.host,
        leader=card.leader,
        goals=held.goals,
        evaluation=held.evaluation,
        mark=_mark(card, say) if held.evaluation else "",
        comments=tuple(_comments(card, say)),
    )
