"""What a mentor at home says of a rotation: a sentence about a talk or about the evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.rotations import Note, NoteKind, Rotation


class About(StrEnum):
    MIDTERM = "midterm"
    FINAL = "final"
    EVALUATION = "evaluation"


TALKS = {NoteKind.MIDTERM: About.MIDTERM, NoteKind.FINAL: About.FINAL}
"""A hand-over is a matter between those who hand over and take over."""


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    about: About
    text: str
    by_id: int
    by: str
    at: datetime


def written(notes: Iterable[Note], rotation: Rotation) -> dict[About, datetime]:
    """What there is to comment on, and since when it reads as it does."""
    found = {TALKS[note.kind]: note.at for note in notes if note.kind in TALKS}
    if rotation.evaluation is not None and rotation.evaluated_at is not None:
        found[About.EVALUATION] = rotation.evaluated_at
    return found


def is_open(comment: Comment, written_at: datetime, closed_at: datetime | None) -> bool:
    """It can be changed until somebody acted on it: wrote anew what it is about, or closed the rotation."""
    return comment.at >= written_at and (closed_at is None or comment.at >= closed_at)
