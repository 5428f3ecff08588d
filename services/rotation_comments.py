"""A mentor at home reads on, and may say a sentence about a talk or the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.rotation_comments import About, Comment, is_open, written
from domain.rotations import Note, Rotation, RotationState
from domain.wording import fitting
from services import audit
from services.rotation_access import Side, taken_up
from services.rotation_notices import Notice, everyone, tell
from storage import guidance, rotation_notes
from storage import rotation_comments as rows
from storage.database import Reader, Writer

LONGEST = 200


def write(tx: Writer, actor: Actor, rotation_id: int, about: About, words: str) -> None:
    """Said anew it takes the place of what the mentor said before, unless somebody acted on that: then both stand.

    Refusals: `not_yours`, `nothing_to_comment` where it was not written yet or the rotation is cancelled.
    """
    rotation = taken_up(tx, actor, rotation_id, Side.MENTOR)
    found = open_to(rotation, rotation_notes.of_rotation(tx, rotation_id), rows.of_rotation(tx, rotation_id), actor)
    if about not in found:
        raise Refusal("nothing_to_comment")
    assert actor.person_id is not None
    text, before = fitting(" ".join(words.split()), LONGEST), found[about]
    if before is None:
        comment_id = rows.add(tx, rotation_id, about, text, actor.person_id, actor.now)
    else:
        comment_id = before.id
        rows.rewrite(tx, comment_id, text, actor.now)
    old = {"id": comment_id, "before": before and {"text": before.text, "at": before.at}}
    new = {"about": about, "text": text}
    audit.record(tx, actor, "rotation:commented", f"rotation:{rotation_id}", old=old, new=new, about=rotation.person_id)
    tell(tx, actor, rotation_id, Notice.COMMENTED, everyone(tx, rotation), by=actor.person_id)


def open_to(
    rotation: Rotation, notes: Sequence[Note], comments: Sequence[Comment], actor: Actor
) -> dict[About, Comment | None]:
    """What a mentor may comment on, with what he said of it and may still change."""
    if rotation.state is RotationState.CANCELLED:
        return {}
    own = [one for one in comments if one.by_id == actor.person_id]
    return {about: _changeable(own, about, at, rotation) for about, at in written(notes, rotation).items()}


def _changeable(own: Sequence[Comment], about: About, at: datetime, rotation: Rotation) -> Comment | None:
    return next((one for one in own if one.about is about and is_open(one, at, rotation.closed_at)), None)


def mentors_with_a_word(tx: Reader, rotation: Rotation, today: date) -> list[int]:
    """The mentors of the person, once there is something to comment on."""
    found = written(rotation_notes.of_rotation(tx, rotation.id), rotation)
    return guidance.mentors_of(tx, rotation.person_id, today) if found else []


def put_back(tx: Writer, old: Mapping[str, Any]) -> None:
    """What stood there before, or nothing."""
    if old["before"] is None:
        rows.remove(tx, old["id"])
    else:
        rows.rewrite(tx, old["id"], old["before"]["text"], datetime.fromisoformat(old["before"]["at"]))
