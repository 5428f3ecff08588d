"""A guided story: what somebody new may do on the phones, step by step, and how far they have come.

The steps come from outside (`POST /control/story`); what a button's data mean is known there and not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from emulator.chats import Chat, Message, User
from emulator.refusals import Json


class Sign(StrEnum):
    """By what a move is known to be done: somebody opened a link, pressed a key, tapped a button, wrote, or was told."""

    START = "start"
    PRESS = "press"
    TAP = "tap"
    WRITE = "write"
    HEARS = "hears"


AHEAD = frozenset({Sign.START, Sign.PRESS, Sign.TAP})
"""So plain that they count even when a move before them was left out."""


@dataclass(frozen=True, slots=True)
class Move:
    """`value` is a key's label, a pattern of a button's data, or a proposal of what to write; `words` say it to people.

    What is heard is a button's pattern too. A button that is tapped bears the `label` as well, such as somebody's name.
    `travel` is how to turn the clock until then, `link_of` whose phone has the link.
    """

    user_id: int
    sign: Sign
    words: str
    value: str = ""
    label: str = ""
    travel: Json | None = None
    link_of: int | None = None

    @classmethod
    def read(cls, body: Json) -> Self:
        sign, value = Sign(body["sign"]), str(body.get("value") or "")
        if sign in {Sign.TAP, Sign.HEARS}:
            _check(value)
        link_of = body.get("link_of")
        travel = body.get("travel")
        if travel is not None and not isinstance(travel, dict):
            raise ValueError("travel is an object")
        return cls(
            int(body["user_id"]), sign, str(body["words"]), value, str(body.get("label") or ""), travel,
            int(link_of) if link_of else None,
        )  # fmt: skip

    def as_json(self) -> Json:
        shown: Json = {"user_id": self.user_id, "sign": str(self.sign), "words": self.words, "value": self.value}
        return {**shown, "label": self.label, "travel": self.travel, "link_of": self.link_of}

    def means(self, button: Json) -> bool:
        return bool(re.search(self.value, button.get("callback_data", ""))) and self.label in button["text"]


@dataclass(frozen=True, slots=True)
class Step:
    """`why` says what it is good for, and for whom."""

    title: str
    why: str
    moves: tuple[Move, ...]

    @classmethod
    def read(cls, body: Json) -> Self:
        return cls(str(body["title"]), str(body["why"]), tuple(Move.read(move) for move in body["moves"]))

    def as_json(self) -> Json:
        return {"title": self.title, "why": self.why, "moves": [move.as_json() for move in self.moves]}


@dataclass(slots=True)
class Story:
    """`step` and `move` are what comes next; after the last step, `step` is the number of them."""

    chats: dict[int, Chat]
    told: Callable[[Json], None]
    phones: tuple[int, ...] = ()
    """Who is to be on the phones when it begins."""
    steps: tuple[Step, ...] = ()
    step: int = 0
    move: int = 0
    _begun: dict[int, int] = field(default_factory=dict)
    """How many things had happened in each chat when the step began: what is older is no sign."""

    def tell(self, steps: tuple[Step, ...], phones: tuple[int, ...], at: int) -> None:
        self.steps, self.phones = steps, phones
        self.go_to(at)

    def go_to(self, step: int) -> None:
        if not 0 <= step <= len(self.steps):
            raise ValueError(f"there are {len(self.steps)} steps")
        self._begin(step)
        self._tell()

    def as_json(self) -> Json | None:
        if not self.steps:
            return None
        steps = [step.as_json() for step in self.steps]
        return {"steps": steps, "phones": list(self.phones), **self._position()}

    def said(self, chat: Chat, user: User, text: str) -> None:
        if chat.id == user.id:
            begun = text.startswith("/start ")
            self._note(lambda move: move.user_id == user.id and (
                (move.sign is Sign.START and begun)
                or (move.sign is Sign.PRESS and move.value == text)
                or (move.sign is Sign.WRITE and not text.startswith("/"))
            ))  # fmt: skip

    def tapped(self, user: User, message: Message, data: str) -> None:
        tapped = [button for button in message.buttons if button.get("callback_data") == data]
        self._note(
            lambda move: move.user_id == user.id and move.sign is Sign.TAP and any(move.means(one) for one in tapped)
        )

    def heard(self) -> None:
        """The bot has said or changed something."""
        if self._settle():
            self._tell()

    def _note(self, is_sign_of: Callable[[Move], bool]) -> None:
        for index, move in enumerate(self._moves[self.move :], self.move):
            if (index == self.move or move.sign in AHEAD) and is_sign_of(move):
                self.move = index + 1
                self._settle()
                self._tell()
                return

    def _settle(self) -> bool:
        """Go past what has been heard already, and on to the next step after the last move."""
        before = (self.step, self.move)
        while self._moves:
            if self.move == len(self._moves):
                self._begin(self.step + 1)
            elif self._was_heard(self._moves[self.move]):
                self.move += 1
            else:
                break
        return (self.step, self.move) != before

    def _was_heard(self, move: Move) -> bool:
        if move.sign is not Sign.HEARS or move.user_id not in self.chats:
            return False
        chat = self.chats[move.user_id]
        events = chat.events[self._begun.get(chat.id, 0) :]
        messages = (chat.messages.get(event.get("message_id", 0)) for event in events if event.get("by_bot"))
        return any(move.means(button) for message in messages if message for button in message.buttons)

    def _begin(self, step: int) -> None:
        self.step, self.move = step, 0
        self._begun = {chat.id: len(chat.events) for chat in self.chats.values()}

    @property
    def _moves(self) -> tuple[Move, ...]:
        return self.steps[self.step].moves if self.step < len(self.steps) else ()

    def _position(self) -> Json:
        return {"step": self.step, "move": self.move}

    def _tell(self) -> None:
        self.told(self._position())


def _check(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as broken:
        raise ValueError(f"{pattern!r} is no pattern") from broken
