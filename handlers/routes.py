"""The one ordered list of handlers, and the way from what was said to the one that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from domain.actors import Actor
from handlers import (
    announcements,
    check_in_corrections,
    check_ins,
    confirmations,
    consents,
    contacts,
    entered_acts,
    entering,
    experience,
    faults,
    forms,
    group_chats,
    handovers,
    health,
    holidays,
    home,
    invites,
    languages,
    leaves,
    my_data,
    my_page,
    needs,
    outcomes,
    pairing_changes,
    pairing_mentors,
    pairing_setup,
    pairing_words,
    pairings,
    people,
    picker,
    referrals,
    registration,
    reminders,
    reviews,
    roles,
    roster,
    rotation_comments,
    rotation_notes,
    rotation_setup,
    rotations,
    stand_ins,
    summaries,
    unit_changes,
    unit_picker,
)
from handlers import help as help_page
from handlers.answers import SILENCE, Answer, show
from handlers.areas import Area, Command, Handler, JobFunction, Open, Press, Receiver, Screen, Step
from handlers.said import Said
from handlers.views.page import Say
from locales import available, language
from services import dialogue
from services.menu import Offer
from storage.database import Writer

Value = TypeVar("Value")
COLUMNS = 2

AREAS: tuple[Area, ...] = (
    home.AREA,
    registration.AREA,
    check_ins.AREA,
    check_in_corrections.AREA,
    entering.AREA,
    entered_acts.AREA,
    reviews.AREA,
    needs.AREA,
    experience.AREA,
    referrals.AREA,
    my_page.AREA,
    leaves.AREA,
    stand_ins.AREA,
    reminders.AREA,
    pairings.AREA,
    pairing_words.AREA,
    pairing_setup.AREA,
    pairing_mentors.AREA,
    pairing_changes.AREA,
    outcomes.AREA,
    rotations.AREA,
    rotation_setup.AREA,
    rotation_notes.AREA,
    rotation_comments.AREA,
    picker.AREA,
    unit_picker.AREA,
    summaries.AREA,
    confirmations.AREA,
    announcements.AREA,
    group_chats.AREA,
    people.AREA,
    handovers.AREA,
    invites.AREA,
    roles.AREA,
    unit_changes.AREA,
    roster.AREA,
    forms.AREA,
    holidays.AREA,
    languages.AREA,
    consents.AREA,
    contacts.AREA,
    my_data.AREA,
    help_page.AREA,
    health.AREA,
    faults.AREA,
)
"""In the order in which the permanent keyboard shows their commands."""


class Routes:
    """The areas' tables joined; the same name twice is a fault of the program and stops the start."""

    def __init__(self, areas: Iterable[Area] = AREAS) -> None:
        self.commands: dict[str, Command] = {}
        self.presses: dict[str, Press] = {}
        self.steps: dict[str, Step] = {}
        self.screens: dict[str, Screen] = {}
        self.jobs: dict[str, JobFunction] = {}
        self.receivers: list[Receiver] = []
        self.keeps_files: set[str] = set()
        for area in areas:
            self.receivers += [area.documents] if area.documents else []
            self.keeps_files |= area.keeps_files
            _join(self.commands, {command.name: command for command in area.commands})
            _join(self.presses, {verb: _press(handler) for verb, handler in area.presses.items()})
            _join(self.steps, area.steps)
            _join(self.screens, area.screens)
            _join(self.jobs, area.jobs)
        self._words = _words(self.commands.values())

    def answer(self, tx: Writer, actor: Actor, said: Said) -> Answer:
        """Let one update through the gate and to its handler; everything happens in the caller's unit."""
        if said.becomes or not said.private:
            return registration.outside(tx, actor, said)
        if said.callback_id:
            return self._pressed(tx, actor, said)
        if said.edited:
            return self._edited(tx, actor, said)
        command = self.commands.get(said.command) or (None if said.command else self._spoken(said))
        if command is not None:
            return self._kept(said, command.name, self._through(command.handler, command.open_to, tx, actor, said))
        if said.command and not actor.account_id:
            return registration.stranger(tx, actor, said)
        return show("unknown_command", command=said.command) if said.command else self._continued(tx, actor, said)

    def keyboard(self, offer: Offer, say: Say) -> list[list[str]]:
        """The permanent keyboard of a person, in their language."""
        titles = [
            say.plain(command.title)
            for command in self.commands.values()
            if command.on_keyboard and command.offered(offer) and (offer.agreed or command.open_to < Open.TO_AGREED)
        ]
        return [titles[at : at + COLUMNS] for at in range(0, len(titles), COLUMNS)]

    def _spoken(self, said: Said) -> Command | None:
        return self._words.get(_folded(said.text)) if said.text and said.attached is None else None

    def _pressed(self, tx: Writer, actor: Actor, said: Said) -> Answer:
        press = self.presses.get(said.press)
        if press is None:
            return show("old_button")
        return self._through(press.handler, press.open_to, tx, actor, said)

    def _continued(self, tx: Writer, actor: Actor, said: Said) -> Answer:
        if not actor.account_id:
            return registration.stranger(tx, actor, said)
        if not actor.agreed:
            return show("consent")
        draft = dialogue.latest(tx, actor)
        step = self.steps.get(draft.kind) if draft else None
        if draft is not None and step is not None and not _is_no_name(draft, said):
            return self._kept(said, draft.kind, step(tx, actor, said, draft))
        return (
            self._received(tx, actor, said)
            or registration.typed_code(tx, actor, said)
            or home.unexpected(tx, actor, said)
        )

    def _kept(self, said: Said, name: str, answer: Answer) -> Answer:
        """Where only words are taken, it is said that the file which they came with was not kept."""
        if said.attached is None or not said.text or name in self.keeps_files:
            return answer
        return replace(answer, unkept=said.attached.kind)

    def _received(self, tx: Writer, actor: Actor, said: Said) -> Answer | None:
        if said.attached is None or said.attached.kind != "document":
            return None
        return next(filter(None, (receive(tx, actor, said) for receive in self.receivers)), None)

    def _edited(self, tx: Writer, actor: Actor, said: Said) -> Answer:
        edited = self.steps.get("edited_message")
        if edited is None or not actor.agreed or not actor.account_id:
            return SILENCE
        return edited(tx, actor, said, dialogue.Draft(said.telegram_id, "edited_message", "", {}, actor.now))

    @staticmethod
    def _through(handler: Handler, open_to: Open, tx: Writer, actor: Actor, said: Said) -> Answer:
        if open_to >= Open.TO_ACCOUNTS and not actor.account_id:
            return registration.stranger(tx, actor, said)
        if open_to >= Open.TO_AGREED and not actor.agreed:
            return show("consent")
        return handler(tx, actor, said)


def _is_no_name(draft: dialogue.Draft, said: Said) -> bool:
    """A search for somebody may stand open for weeks; a file sent meanwhile is meant otherwise."""
    return draft.kind in {picker.KIND, people.KIND} and said.attached is not None


def _press(handler: Handler | Press) -> Press:
    return handler if isinstance(handler, Press) else Press(handler)


def _join(table: dict[str, Value], more: Mapping[str, Value]) -> None:
    twice = table.keys() & more.keys()
    if twice:
        raise ValueError(f"registered twice: {', '.join(sorted(twice))}")
    table.update(more)


def _words(commands: Iterable[Command]) -> dict[str, Command]:
    """Typed words and the keyboard's buttons in every language."""
    found: dict[str, Command] = {}
    for command in commands:
        titles = [language(code).text(command.title) for code in available()]
        for word in (*command.words, *titles):
            found[_folded(word)] = command
    return found


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
