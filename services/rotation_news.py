"""What a mentor at home is told of his mentees' rotations with the digest: few messages, and nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.digests import Matter, Told
from domain.rotations import LIVE, NoteKind, Rotation, RotationState
from services import answering, notices, secretaries
from storage import guidance, people, rotation_notes, rotations
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Turn:
    """What is new in a rotation; `arranged` where it is the rotation itself."""

    rotation_id: int
    name: str
    arranged: bool
    cancelled: bool
    notes: tuple[NoteKind, ...]

    @property
    def is_news(self) -> bool:
        return self.arranged or self.cancelled or bool(self.notes)


def turns(tx: Reader, reader: Actor, last: Told | None) -> Iterator[Turn]:
    """Whoever takes part in a rotation, or serves the branch, was told in messages of their own; whoever is away is left
    alone with those whom somebody else answers.
    """
    assert reader.person_id is not None
    mentees = guidance.mentees_of(tx, reader.person_id, reader.today)
    if mentees and answering.is_away(tx, reader):
        mentees = [one for one in mentees if reader.person_id in answering.guides(tx, one, reader.today)]
    for rotation in rotations.of_people(tx, mentees) if mentees else ():
        if rotation.state in (*LIVE, RotationState.CANCELLED) and not _takes_part(tx, reader.person_id, rotation):
            turn = _turn(tx, reader, rotation, last)
            if turn.is_news:
                yield turn


def _takes_part(tx: Reader, person_id: int, rotation: Rotation) -> bool:
    return person_id in (rotation.host_id, rotation.leader_id, *secretaries.of_person(tx, rotation.person_id))


def _turn(tx: Reader, reader: Actor, rotation: Rotation, last: Told | None) -> Turn:
    """That it is cancelled is told to whom it was told before."""
    person, live, ended_at = people.get(tx, rotation.person_id), rotation.state in LIVE, rotation.closed_at
    notes = [one.kind for one in rotation_notes.of_rotation(tx, rotation.id) if _is_news(reader, one.at, last)]
    known = last is not None and rotation.created_at + notices.HOLD <= last.at
    return Turn(
        rotation.id,
        person.name if person else "",
        arranged=live and _is_news(reader, rotation.created_at, last),
        cancelled=not live and known and ended_at is not None and _is_news(reader, ended_at, last),
        notes=tuple(notes) if live else (),
    )


def _is_news(reader: Actor, at: datetime, last: Told | None) -> bool:
    """What can still be undone is not told yet."""
    since = at + notices.HOLD
    return since <= reader.now and Matter(since).is_news(last, reader.today)
