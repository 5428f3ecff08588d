"""What the person, the host and the secretary are told about a rotation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.actors import Actor
from domain.rotations import LIVE, Rotation, RotationState
from services import notices, secretaries
from storage.database import Reader, Writer

NOTICE = "rotation.notice"


class Notice(StrEnum):
    ARRANGED = "arranged"
    RESCHEDULED = "rescheduled"
    NOTED = "noted"
    COMMENTED = "commented"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"
    CLOSED = "closed"


_TRUE_IN = {
    Notice.ARRANGED: LIVE,
    Notice.RESCHEDULED: LIVE,
    Notice.NOTED: set(RotationState) - {RotationState.CANCELLED},
    Notice.COMMENTED: set(RotationState) - {RotationState.CANCELLED},
    Notice.EVALUATED: {RotationState.EVALUATED, RotationState.CLOSED},
    Notice.CANCELLED: {RotationState.CANCELLED},
    Notice.CLOSED: {RotationState.CLOSED},
}
_TOLD_BY_ITS_END = (Notice.NOTED, Notice.EVALUATED)
"""Whoever hears that it is closed reads all of it there, and the secretary who closed it has seen it."""


def tell(tx: Writer, actor: Actor, rotation_id: int, what: Notice, people: Iterable[int], **besides: Any) -> None:
    notices.tell_of_act(tx, actor, people, NOTICE, rotation_id, what, **besides)


def take_back(tx: Writer, actor: Actor, rotation_id: int, moment: datetime) -> None:
    notices.take_back_act(tx, actor, NOTICE, rotation_id, moment)


def everyone(tx: Reader, rotation: Rotation) -> list[int]:
    """The person, the host, the leading backbone and the person's secretary; the host branch's for a host by name alone."""
    known = [rotation.person_id, rotation.host_id, rotation.leader_id]
    by_name = rotation.host_id is None and rotation.host_name
    proxies = secretaries.of_unit(tx, rotation.unit_id, besides=rotation.person_id) if by_name else []
    return [*(one for one in known if one is not None), *secretaries.of_person(tx, rotation.person_id), *proxies]


def still_true(tx: Reader, what: Notice, rotation: Rotation, reader_id: int | None) -> bool:
    if rotation.state is RotationState.CLOSED and what in _TOLD_BY_ITS_END:
        return reader_id not in everyone(tx, rotation)
    return rotation.state in _TRUE_IN[what]
