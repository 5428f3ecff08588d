"""What is put down on the way of a rotation, two lines each: the hand-over, and the talks in its middle and at its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.rotations import UNDER_WAY, NoteKind, RotationState
from domain.wording import fitting
from services import audit
from services.rotation_access import Side, taken_up
from services.rotation_notices import Notice, everyone, tell
from storage import rotation_notes as rows
from storage.database import Writer

LONGEST_LINE = 300
WRITERS: Mapping[NoteKind, tuple[Side, ...]] = {
    NoteKind.HANDOVER: (Side.PERSON, Side.HOST, Side.SECRETARY, Side.PROXY),
    NoteKind.MIDTERM: (Side.HOST, Side.LEADER, Side.SECRETARY, Side.PROXY),
    NoteKind.FINAL: (Side.HOST, Side.LEADER, Side.SECRETARY, Side.PROXY),
}
"""The hand-over is told by whoever leaves a post, a talk by whoever had it; a secretary enters what was said on paper."""


def write(tx: Writer, actor: Actor, rotation_id: int, kind: NoteKind, words: str) -> None:
    """The first line says what was handed over or said, the rest what follows; written anew it takes the old one's place.

    Refusals: `rotation_state`, `own_talk` for whoever would write down a talk with himself.
    """
    rotation = taken_up(tx, actor, rotation_id, *WRITERS[kind])
    if rotation.person_id == actor.person_id and kind is not NoteKind.HANDOVER:
        raise Refusal("own_talk")
    if rotation.state not in UNDER_WAY:
        raise Refusal("rotation_state", state=rotation.state, wanted=RotationState.IN_POST)
    first, _, rest = words.strip().partition("\n")
    first, second = fitting(first, LONGEST_LINE), " ".join(rest.split())
    second = fitting(second, LONGEST_LINE) if second else ""
    old = _standing(tx, rotation_id, kind)
    rows.put(tx, rotation_id, kind, first, second, actor.person_id, actor.now)
    audit.record(
        tx, actor, "rotation:noted", f"rotation:{rotation_id}", old={"kind": kind, "note": old},
        new={"first": first, "second": second}, about=rotation.person_id,
    )  # fmt: skip
    tell(tx, actor, rotation_id, Notice.NOTED, everyone(tx, rotation))


def _standing(tx: Writer, rotation_id: int, kind: NoteKind) -> dict[str, object] | None:
    found = next((one for one in rows.of_rotation(tx, rotation_id) if one.kind is kind), None)
    if found is None:
        return None
    by = rows.writer_of(tx, rotation_id, kind)
    return {"first": found.first, "second": found.second, "by": by, "at": found.at}


def put_back(tx: Writer, rotation_id: int, old: Mapping[str, Any]) -> None:
    """What stood there before, or nothing."""
    kind, note = NoteKind(old["kind"]), old["note"]
    if note is None:
        rows.remove(tx, rotation_id, kind)
    else:
        at = datetime.fromisoformat(note["at"])
        rows.put(tx, rotation_id, kind, note["first"], note["second"], note["by"], at)
