"""Whatever is changed by a tap or by words can be taken back, or it is written down why not; and it says who hears of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, func, select, text, update

from domain.actors import Actor
from handlers.said import Said
from services import accounts, dialogue
from services.access import identify
from storage import confirmations, drafts
from storage.database import Writer, open_database
from storage.tables import audit, check_in_subject, duty, leave, outbox, pairing, review, role, rotation
from tests.services.matrix import ADMINISTRATOR, NOW, ROUTES, World, presses, world
from tests.services.second_thoughts import (
    IN_A_MINUTE,
    NO_UNDO,
    NOT_WALKED,
    ONLY_ASKED,
    TOLD_OTHERWISE,
    UNDO,
    WALKS,
)

PEOPLE = ("李明", "王芳", "陈静", "郑涛", "周伟", ADMINISTRATOR)
LOOKS = ("look:", "person:viewed", "check_in:read", "check_in:list")
NEWEST: Mapping[str, Table] = {"pairing": pairing, "review": review, "leave": leave, "role": role}
MEANWHILE: Mapping[str, Callable[[World, Writer], object]] = {
    "!ends soon": lambda _, tx: tx.run(update(rotation).values(ends_on=date(2026, 10, 16))),
    "!prompted": lambda _, tx: tx.run(update(duty).values(prompts=1)),
    "!in a group": lambda small, tx: drafts.save(
        tx, small.telegram("陈静"), "group_chat", "open", {"chat": -7, "title": "群"}, NOW
    ),
    "!without telegram": lambda small, tx: accounts.unbind(tx, Actor.clock(NOW), small.people["李明"]),
    "!asked": lambda small, tx: confirmations.ask(tx, small.units["A"], "2026-10", NOW),
}


class Undone(Exception):
    """Ends a walk, of which nothing is to stay."""


@dataclass(slots=True)
class Walks:
    """By key what was changed; what was changed without the button that takes it back; and what others will hear of without
    a word of that.
    """

    small: World
    changed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    without: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unsaid: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    async def walk(self, several: Iterable[tuple[str, ...]]) -> None:
        """Each walk by itself, beginning with what the world was."""

        def unit(tx: Writer) -> None:
            for steps in several:
                tx.run(text("SAVEPOINT walk"))
                self._walk(Writer(tx._connection), steps)
                tx.run(text("ROLLBACK TO SAVEPOINT walk"))
            raise Undone

        with pytest.raises(Undone):
            await self.small.database.write(unit)

    def _walk(self, tx: Writer, steps: tuple[str, ...]) -> None:
        reported = _reported(tx) if any("{reported}" in step for step in steps) else 0
        for step in steps:
            if step in MEANWHILE:
                MEANWHILE[step](self.small, tx)
            else:
                self._take(tx, step.format(mark=int(NOW.timestamp()), reported=reported, **_newest(tx, step)))

    def _take(self, tx: Writer, step: str) -> None:
        name, _, what = step.partition(" ")
        is_press = what.split(":")[0] in ROUTES.presses
        said = self.small.pressed(name, what) if is_press else self.small.typed(name, what)
        key = said.press or _dialogue(tx, said)
        before, told = tx.scalar(select(func.max(audit.c.id))), tx.scalar(select(func.max(outbox.c.id))) or 0
        code, message, _ = self.small.looked(tx, said)
        if IN_A_MINUTE not in message.text and self._others_hear(tx, name, told):
            self.unsaid[key].add(step)
        verbs = tx.scalars(select(audit.c.verb).where(audit.c.id > before))
        acts = {verb for verb in verbs if not verb.startswith(LOOKS)}
        assert not code or not acts, step
        if acts:
            self.changed[key] |= acts
            offered = [one.press for row in message.buttons for one in row]
            if key in UNDO and not any(press.startswith(UNDO[key]) for press in offered):
                self.without[key].add(step)

    def _others_hear(self, tx: Writer, name: str, told: int) -> bool:
        hearers = set(tx.scalars(select(outbox.c.person_id).where(outbox.c.id > told)))
        return bool(hearers - {self.small.people.get(name)})


def _newest(tx: Writer, step: str) -> dict[str, Any]:
    """The ids that the step names."""
    named = (name for name in NEWEST if f"{{{name}}}" in step)
    return {name: tx.scalar(select(func.max(NEWEST[name].c.id))) for name in named}


def _reported(tx: Writer) -> int:
    found: int = tx.scalar(select(check_in_subject.c.duty_id).where(check_in_subject.c.check_in_id == 2))
    return found


def _dialogue(tx: Writer, said: Said) -> str:
    draft = dialogue.latest(tx, identify(tx, said.telegram_id, NOW, "zh-hans"))
    return f"{draft.kind}:{draft.step}" if draft else said.text


async def test_each_change_offers_an_undo_or_says_why_not(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    walks = Walks(await world(database))
    await walks.walk([*WALKS, *((f"{name} {press}",) for name in PEOPLE for press in presses(3))])
    assert not walks.without
    assert walks.unsaid.keys() == TOLD_OTHERWISE.keys(), "say who hears of it in a minute"
    assert walks.changed.keys() - UNDO.keys() - NO_UNDO.keys() == set(), "say what takes it back, or why nothing does"
    assert UNDO.keys() | NO_UNDO.keys() == walks.changed.keys(), "let a walk reach it"
    await database.close()


def test_each_dialogue_is_known() -> None:
    told = {key.partition(":")[0] for key in (*UNDO, *NO_UNDO, *NOT_WALKED)}
    assert ROUTES.steps.keys() - told - ONLY_ASKED == set()
    assert {*UNDO, *NO_UNDO} - {key for key in (*UNDO, *NO_UNDO) if ":" in key} <= ROUTES.presses.keys()
