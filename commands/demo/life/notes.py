"""What is put down in two lines on the way through a rotation: the hand-over at its beginning, a talk in its middle, and what the mentor at home says."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commands.demo.life.entering import enter_talk
from commands.demo.life.living import ZONE, Life
from commands.demo.words.affairs import AFFAIRS
from domain.rotation_comments import About, written
from domain.rotations import UNDER_WAY, NoteKind, Rotation, RotationState
from services import rotation_comments, rotation_notes
from storage import guidance
from storage import rotation_notes as note_rows
from storage import rotations as rotation_rows
from storage.database import Reader, Writer

COMMENTS = 0.6
"""Of the talks and evaluations, those on which the mentor at home says a sentence."""


@dataclass(frozen=True, slots=True)
class Notes:
    life: Life

    def look_ahead(self, rotation: Rotation, draw: random.Random) -> None:
        if self.life.by_hand:
            return  # whoever is on a phone has a story of their own to follow
        middle = rotation.starts_on + (rotation.ends_on - rotation.starts_on) / 2
        for day, act in ((rotation.starts_on + timedelta(days=1), self.hand_over), (middle, self.talk)):
            self.life.plan(self.life.hour(draw, self.life.working_day(day)), partial(act, rotation.id, draw))

    def hand_over(self, rotation_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        rotation = rotation_rows.get(tx, rotation_id)
        actor = None if rotation is None else self.life.actor(tx, rotation.person_id, now)
        if rotation is not None and actor is not None and rotation.state in UNDER_WAY:
            words = draw.choice(AFFAIRS[self.life.locale].hand_overs)
            rotation_notes.write(tx, actor, rotation_id, NoteKind.HANDOVER, words)

    def talk(self, rotation_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        rotation = rotation_rows.get(tx, rotation_id)
        if rotation is None or rotation.state not in UNDER_WAY:
            return
        words, host = draw.choice(AFFAIRS[self.life.locale].talks), self.life.actor(tx, rotation.host_id, now)
        if host is not None and host.person_id != rotation.person_id:
            rotation_notes.write(tx, host, rotation_id, NoteKind.MIDTERM, words)
        else:
            enter_talk(self.life, rotation, words, draw, tx, now)
        self.is_read_at_home(rotation_id, About.MIDTERM, now)

    def is_read_at_home(self, rotation_id: int, about: About, now: datetime) -> None:
        """Some mentors say a sentence, a few days later."""
        draw = self.life.draw("comment", rotation_id, about)
        if draw.random() < COMMENTS:
            at = self.life.after(draw, now, draw.choice((1, 2)))
            self.life.plan(at, partial(self.comment, rotation_id, about, draw))

    def comment(self, rotation_id: int, about: About, draw: random.Random, tx: Writer, now: datetime) -> None:
        rotation = rotation_rows.get(tx, rotation_id)
        if rotation is None or rotation.state is RotationState.CANCELLED:
            return
        for one in guidance.mentors_of(tx, rotation.person_id, now.astimezone(ZONE).date()):
            mentor = None if one == rotation.host_id else self.life.actor(tx, one, now)
            if mentor is not None and about in self._written(tx, rotation):
                words = draw.choice(AFFAIRS[self.life.locale].comments)
                rotation_comments.write(tx, mentor, rotation_id, about, words)
                return

    def _written(self, tx: Reader, rotation: Rotation) -> Collection[About]:
        return written(note_rows.of_rotation(tx, rotation.id), rotation)
