"""A change of direction and outcomes being written in chat, kept as a draft until it is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.actors import Actor
from domain.outcomes import OutcomeTerms
from domain.pairing_changes import Aim
from domain.pairings import MOST_OUTCOMES
from domain.refusals import Refusal
from services import dialogue
from services.pairing_changes import may_propose, propose, standing_aim
from services.pairings import Card, card
from storage.database import Reader, Writer

KIND = "pairing_change"


class Step(StrEnum):
    """What the next words are: none, the direction, or an outcome (`place` says which one; past the last it is new)."""

    SHEET = "sheet"
    DIRECTION = "direction"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Drafted:
    pairing_id: int
    aim: Aim
    step: Step
    place: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the screens show: the pairing as it stands, and what it is to aim at."""

    card: Card
    drafted: Drafted
    changes: bool


def begin(tx: Writer, actor: Actor, pairing_id: int) -> None:
    may_propose(tx, actor, pairing_id)
    _keep(tx, actor, Drafted(pairing_id, standing_aim(tx, pairing_id), Step.SHEET))


def current(tx: Reader, actor: Actor) -> Drafted:
    """Refused to whoever may no longer propose."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    may_propose(tx, actor, draft.payload["pairing"])
    return _unpacked(draft.payload, Step(draft.step))


def sheet(tx: Reader, actor: Actor) -> Sheet:
    drafted = current(tx, actor)
    changes = drafted.aim != standing_aim(tx, drafted.pairing_id)
    return Sheet(card(tx, actor, drafted.pairing_id), drafted, changes)


def ask(tx: Writer, actor: Actor, step: Step, place: int = 0) -> None:
    """Expect words next."""
    drafted = current(tx, actor)
    if step is Step.OUTCOME and (place > len(drafted.aim.outcomes) or place >= MOST_OUTCOMES):
        raise Refusal("gone")
    _keep(tx, actor, replace(drafted, step=step, place=place))


def put_direction(tx: Writer, actor: Actor, direction: str) -> None:
    drafted = current(tx, actor)
    _keep(tx, actor, replace(drafted, aim=replace(drafted.aim, direction=direction), step=Step.SHEET))


def put_outcome(tx: Writer, actor: Actor, outcome: OutcomeTerms) -> None:
    drafted = current(tx, actor)
    planned = [*drafted.aim.outcomes]
    planned[drafted.place : drafted.place + 1] = [outcome]
    _keep(tx, actor, replace(drafted, aim=replace(drafted.aim, outcomes=tuple(planned)), step=Step.SHEET))


def drop_outcome(tx: Writer, actor: Actor, place: int) -> None:
    drafted = current(tx, actor)
    left = tuple(one for at, one in enumerate(drafted.aim.outcomes) if at != place)
    _keep(tx, actor, replace(drafted, aim=replace(drafted.aim, outcomes=left), step=Step.SHEET))


def submit(tx: Writer, actor: Actor) -> int:
    drafted = current(tx, actor)
    propose(tx, actor, drafted.pairing_id, drafted.aim)
    dialogue.drop(tx, actor, KIND)
    return drafted.pairing_id


def discard(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def _keep(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    outcomes = [[one.what, one.measure, one.due_on and one.due_on.isoformat()] for one in drafted.aim.outcomes]
    dialogue.begin(
        tx, actor, KIND, drafted.step, pairing=drafted.pairing_id, direction=drafted.aim.direction, outcomes=outcomes,
        place=drafted.place,
    )  # fmt: skip


def _unpacked(payload: Mapping[str, Any], step: Step) -> Drafted:
    planned = (
        OutcomeTerms(what, measure, due and date.fromisoformat(due)) for what, measure, due in payload["outcomes"]
    )
    return Drafted(payload["pairing"], Aim(payload["direction"], tuple(planned)), step, payload["place"])
