"""What people without Telegram say, entered in their names by a secretary of their branch (代录)."""

from __future__ import annotations

import random
from datetime import datetime

from commands.demo.life.living import ZONE, Life
from domain.check_in_drafts import Entered
from domain.check_ins import Source
from domain.entered_acts import NOBODY, Act, Drafted
from domain.rotations import Evaluation, Rotation
from services import access, entered_acts, secretaries
from storage.database import Writer


def enter(
    life: Life,
    act: Act,
    subject_id: int,
    person_id: int,
    draw: random.Random,
    tx: Writer,
    now: datetime,
    *,
    words: str = "",
    about: int | None = None,
) -> bool:
    """Tell whether there was somebody to enter it; whoever is on a phone speaks for himself. `about`: of whose report it is."""
    if person_id in life.by_hand or access.uses_telegram(tx, person_id, now):
        return False
    for one in secretaries.of_person(tx, about or person_id):
        secretary = life.actor(tx, one, now)
        if secretary is not None and access.serves_branch_of(tx, secretary, about or person_id):
            given = _given(person_id, draw, now)
            entered_acts.enter(tx, secretary, Drafted(0, act, subject_id, given, words))
            return True
    return False


def enter_evaluation(
    life: Life, rotation: Rotation, said: Evaluation, draw: random.Random, tx: Writer, now: datetime
) -> None:
    given = _given(rotation.host_id or NOBODY, draw, now)
    words = f"{said.work}\n{said.word}"
    _for_host(life, rotation, Drafted(0, Act.EVALUATE, rotation.id, given, words, capability=said.capability), tx, now)


def enter_talk(life: Life, rotation: Rotation, words: str, draw: random.Random, tx: Writer, now: datetime) -> None:
    given = _given(rotation.host_id or NOBODY, draw, now)
    _for_host(life, rotation, Drafted(0, Act.MIDTERM, rotation.id, given, words), tx, now)


def _for_host(life: Life, rotation: Rotation, drafted: Drafted, tx: Writer, now: datetime) -> None:
    """For a host who does not use Telegram or of whom only the name is known, by a secretary of his branch."""
    able = (life.actor(tx, one, now) for one in secretaries.of_unit(tx, rotation.unit_id))
    secretary = next((one for one in able if one and one.person_id != rotation.person_id), None)
    if secretary is not None and (rotation.host_id or rotation.host_name):
        entered_acts.enter(tx, secretary, drafted)


def _given(person_id: int, draw: random.Random, now: datetime) -> Entered:
    return Entered(person_id, draw.choice(list(Source)), now.astimezone(ZONE).date())
