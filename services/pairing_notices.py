"""What mentee, mentors and secretary are told about a pairing, and whether it is still true when it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from domain.actors import Actor
from domain.pairings import LIVE, Pairing, PairingState
from services import notices, secretaries
from storage import pairings
from storage.database import Reader, Writer

NOTICE = "pairing.notice"


class Notice(StrEnum):
    PLEASE_CONFIRM = "please_confirm"
    PLEASE_COMPLETE = "please_complete"
    CHANGE_ASKED = "change_asked"
    STARTED = "started"
    STARTED_ON_PAPER = "on_paper"
    OBJECTION = "objection"
    OBJECTION_ANSWERED = "answered"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"
    COMPLETED = "completed"
    AIM_PROPOSED = "aim_proposed"
    AIM_CHANGED = "aim_changed"
    AIM_KEPT = "aim_kept"
    OUTGROWN = "outgrown"
    CADENCE_CHANGED = "cadence_changed"
    MENTOR_CHANGED = "mentor_changed"
    NOW_MENTOR = "now_mentor"
    NO_LONGER_MENTOR = "no_longer_mentor"


_TRUE_IN = {
    Notice.PLEASE_CONFIRM: {PairingState.DRAFT},
    Notice.PLEASE_COMPLETE: {PairingState.DRAFT},
    Notice.CHANGE_ASKED: {PairingState.DRAFT},
    Notice.STARTED: {PairingState.ACTIVE, PairingState.CONFIRMED},
    Notice.STARTED_ON_PAPER: {PairingState.ACTIVE, PairingState.CONFIRMED},
    Notice.OBJECTION: LIVE,
    Notice.OBJECTION_ANSWERED: LIVE,
    Notice.PAUSED: {PairingState.PAUSED},
    Notice.RESUMED: {PairingState.ACTIVE},
    Notice.ENDED: {PairingState.ENDED_EARLY},
    Notice.COMPLETED: {PairingState.COMPLETED},
    Notice.AIM_PROPOSED: {PairingState.ACTIVE, PairingState.PAUSED},
    Notice.AIM_CHANGED: {PairingState.ACTIVE, PairingState.PAUSED},
    Notice.AIM_KEPT: {PairingState.ACTIVE, PairingState.PAUSED},
    Notice.OUTGROWN: {PairingState.ACTIVE, PairingState.PAUSED},
    Notice.CADENCE_CHANGED: LIVE,
    Notice.MENTOR_CHANGED: LIVE,
    Notice.NOW_MENTOR: LIVE,
    Notice.NO_LONGER_MENTOR: set(PairingState),
}


def tell(tx: Writer, actor: Actor, pairing_id: int, what: Notice, people: Iterable[int]) -> None:
    notices.tell_of_act(tx, actor, people, NOTICE, pairing_id, what)


def take_back(tx: Writer, actor: Actor, pairing_id: int, moment: datetime) -> None:
    notices.take_back_act(tx, actor, NOTICE, pairing_id, moment)


def parties(tx: Reader, pairing: Pairing) -> list[int]:
    """Mentee and present mentors."""
    return [pairing.mentee_id, *pairings.mentors_of(tx, [pairing.id]).get(pairing.id, [])]


def everyone(tx: Reader, pairing: Pairing) -> list[int]:
    return [*parties(tx, pairing), *secretaries.of_person(tx, pairing.mentee_id)]


def still_true(what: Notice, pairing: Pairing) -> bool:
    asked = pairing.change_asked is not None
    if what in (Notice.CHANGE_ASKED, Notice.OBJECTION) and not asked:
        return False
    return pairing.state in _TRUE_IN[what]
