"""What the person, the host and the secretary are told about a rotation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from domain.actors import Actor
from domain.rotations import LIVE, Rotation, RotationState
from services import notices, secretaries
from storage.database import Reader, Writer


class Notice(StrEnum):
    ARRANGED = "arranged"
    RESCHEDULED = "rescheduled"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"
    CLOSED = "closed"


_TRUE_IN = {
    Notice.ARRANGED: LIVE,
    Notice.RESCHEDULED: LIVE,
    Notice.EVALUATED: {RotationState.EVALUATED, RotationState.CLOSED},
    Notice.CANCELLED: {RotationState.CANCELLED},
    Notice.CLOSED: {RotationState.CLOSED},
}


def tell(tx: Writer, actor: Actor, rotation_id: int, what: Notice, people: Iterable[int]) -> None:
    """Tell each of these people, the one who acts excepted."""
    for person_id in dict.fromkeys(people):
        if person_id != actor.person_id:
            notices.tell(
                tx, actor, person_id, "rotation.notice", unasked=True, id=rotation_id, what=what,
                key=notices.act_key(prefix(rotation_id, actor.now), what, person_id),
            )  # fmt: skip


def prefix(rotation_id: int, moment: datetime) -> str:
    """What the keys of all notices of one act have in common, so that they are taken back together."""
    return f"rotation:{rotation_id}:{int(moment.timestamp())}:"


def everyone(tx: Reader, rotation: Rotation) -> list[int]:
    """The person, the host, the leading backbone and the person's secretary."""
    known = [rotation.person_id, rotation.host_id, rotation.leader_id]
    return [*(one for one in known if one is not None), *secretaries.of_person(tx, rotation.person_id)]


def still_true(what: Notice, rotation: Rotation) -> bool:
    return rotation.state in _TRUE_IN[what]
