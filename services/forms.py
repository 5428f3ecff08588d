"""What printable forms are filled in with: for those who may read it, where details may go through Telegram at all."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actors import Actor
from domain.duties import Duty
from domain.people import Person
from domain.refusals import Refusal
from services import access, audit, deployment, duties, pairings, rotations
from services.pairing_access import Side as PairingSide
from services.rotation_access import Side as RotationSide
from storage import units
from storage.database import Reader, Writer

PAIRING_READERS = (PairingSide.MENTEE, PairingSide.MENTOR, PairingSide.SECRETARY)
ROTATION_READERS = (
    RotationSide.PERSON, RotationSide.HOST, RotationSide.LEADER, RotationSide.MENTOR, RotationSide.SECRETARY,
)  # fmt: skip
"""An officer reads people and state alone, so there is nothing to print."""


@dataclass(frozen=True, slots=True)
class PairingPaper:
    card: pairings.Card
    unit: str


@dataclass(frozen=True, slots=True)
class RotationPaper:
    card: rotations.Card
    unit: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """`subjects`: what a report is to be for."""

    person: Person
    unit: str
    subjects: tuple[Duty, ...]


Paper = PairingPaper | RotationPaper | ReportPaper


def of_pairing(tx: Reader, actor: Actor, pairing_id: int) -> PairingPaper:
    """Refusals: `not_yours`, `forms_kept_out`."""
    card = pairings.card(tx, actor, pairing_id, *PAIRING_READERS)
    _need_files_in_chat(tx)
    return PairingPaper(card, _unit(tx, card.mentee))


def of_rotation(tx: Reader, actor: Actor, rotation_id: int) -> RotationPaper:
    """Refusals: `not_yours`, `forms_kept_out`."""
    card = rotations.card(tx, actor, rotation_id, *ROTATION_READERS)
    _need_files_in_chat(tx)
    return RotationPaper(card, _unit(tx, card.person))


def of_report(tx: Reader, actor: Actor, person_id: int) -> ReportPaper:
    """For whoever may write the person's report. Refusals: `not_yours`, `forms_kept_out`."""
    person = access.writes_for(tx, actor, person_id)
    _need_files_in_chat(tx)
    return ReportPaper(person, _unit(tx, person), tuple(duties.reportable(tx, person.id, actor.now)))


def printed(tx: Writer, actor: Actor, paper: Paper) -> None:
    """Word in the audit that somebody's details were taken out on paper."""
    match paper:
        case PairingPaper(card=card):
            audit.looked(tx, actor, f"pairing:{card.pairing.id}", card.mentee.id)
        case RotationPaper(card=held):
            audit.looked(tx, actor, f"rotation:{held.rotation.id}", held.person.id)
        case ReportPaper(person=person):
            audit.looked(tx, actor, f"person:{person.id}", person.id)


def _unit(tx: Reader, person: Person) -> str:
    return units.full_names(tx, [person.unit_id])[person.unit_id]


def _need_files_in_chat(tx: Reader) -> None:
    if not deployment.detail_files_in_chat(tx):
        raise Refusal("forms_kept_out")
