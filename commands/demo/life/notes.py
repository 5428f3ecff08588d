"""What is put down in two lines on the way through a rotation: the hand-over at its beginning, a talk in its middle."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commands.demo.life.entering import enter_talk
from commands.demo.life.living import Life
from commands.demo.words.affairs import AFFAIRS
from domain.rotations import UNDER_WAY, NoteKind, Rotation
from services import rotation_notes
from storage import rotations as rotation_rows
from storage.database import Writer


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
