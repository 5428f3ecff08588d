"""A row of the outbox made ready to go: looked at again, rendered, and laid together with others for the same person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.turns import Shown, Turns
from domain.refusals import Refusal
from handlers.answers import Answer
from handlers.views.page import Button, Html, Message
from handlers.views.pieces import LIMIT, units
from services import delivery
from services.delivery import DIGEST, HEADS, OF_ROTATIONS, Go, Skip, Wait
from services.digests import NO_NEWS
from storage import outbox
from storage.database import Database, Reader, StorageFault

READ_AT_ONCE = 8
"""So many things are told beneath one digest."""


@dataclass(frozen=True, slots=True)
class Letter:
    row: outbox.Waiting
    shown: Shown
    message: Message
    beneath: tuple[outbox.Waiting, ...] = ()
    """Rows that were held back or missed and go along with a digest or another head."""

    @property
    def chat_id(self) -> int:
        assert self.shown.actor.telegram_id is not None
        return self.shown.actor.telegram_id

    @property
    def to_group(self) -> bool:
        """Telegram numbers groups below nought."""
        return self.chat_id < 0

    @property
    def joins(self) -> bool:
        """Words that can be read one beneath the other: plain ones, and what is said of rotations, with its buttons. A digest
        stands alone: it took along what was held back.
        """
        bare = not self.message.files and self.message.menu is None
        return bare and self.row.kind not in HEADS and (not self.message.buttons or self.row.kind in OF_ROTATIONS)


@dataclass(frozen=True, slots=True)
class Writing:
    database: Database
    turns: Turns
    clock: Clock

    async def letter(self, row: outbox.Waiting) -> Letter | Skip | Wait:
        """In the recipient's language, and only if it is still true."""
        try:
            shown = await self.database.read(lambda tx: self._shown(tx, row))
        except Refusal as refusal:
            return Skip(refusal.code)
        if not isinstance(shown, Shown):
            return shown
        letter = Letter(row, shown, await self.turns.render(shown))
        return await self._headed(letter) if row.kind in HEADS else letter

    async def _headed(self, letter: Letter) -> Letter | Skip:
        """With what was held back for it or was missed, as far as that is still true and finds room."""
        held = await self.database.read(lambda tx: delivery.beneath(tx, letter.row))
        below = [one for row in held if (one := await self._beneath(letter, row)) is not None]
        while below and not _has_room(letter, below):
            below.pop()
        if not below:
            return letter if letter.row.kind == DIGEST and letter.shown.data.is_worth_telling else NO_NEWS
        return replace(letter, message=laid(letter, below), beneath=tuple(one.row for one in below))

    async def _beneath(self, head: Letter, row: outbox.Waiting) -> Letter | None:
        """One that is not true any more, brings a file or a keyboard that the head does not, or cannot be drawn goes its own way."""
        actor, answer = head.shown.actor, Answer(row.kind, row.payload)
        try:
            shown = await self.database.read(lambda tx: self.turns.load(tx, actor, answer))
            if isinstance(shown.data, Skip):
                return None
            message = await self.turns.render(shown)
        except StorageFault:
            raise
        except Exception:  # noqa: BLE001 - its own fault is told when it goes by itself; the digest goes without it
            return None
        own_menu = message.menu and head.message.menu is None
        return None if message.files or own_menu else Letter(row, shown, message)

    def _shown(self, tx: Reader, row: outbox.Waiting) -> Shown | Skip | Wait:
        verdict = delivery.decide(tx, row, self.clock.now())
        if not isinstance(verdict, Go):
            return verdict
        shown = self.turns.load(tx, verdict.recipient, Answer(row.kind, row.payload))
        return shown.data if isinstance(shown.data, Skip) else shown


def _has_room(digest: Letter, beneath: Sequence[Letter]) -> bool:
    """In one message, and for a reader who has little time."""
    told = _texts([digest, *beneath])
    return len(told) <= 1 + READ_AT_ONCE and units("\n\n".join(told)) <= LIMIT


def _texts(letters: Sequence[Letter]) -> list[str]:
    """What reads the same by now stands once; where only the first lines differ, such as three words of one rotation, they
    stand together above the rest.
    """
    heads: dict[str, dict[str, None]] = {}
    for text in (one.message.text for one in letters if one.message.text):
        head, _, rest = text.partition("\n")
        if not rest or head.count("<") != 2 * head.count("</"):
            head, rest = "", text
        heads.setdefault(rest, {})[head] = None
    return ["\n".join([*filter(None, above), rest]) for rest, above in heads.items()]


def laid(first: Letter, beneath: Sequence[Letter]) -> Message:
    """One message with these beneath it, and their buttons beneath its own."""
    messages = [first.message, *(one.message for one in beneath)]
    texts = _texts([first, *beneath])
    rows = dict.fromkeys(tuple(row) for one in messages for row in one.buttons)
    return replace(first.message, text=Html("\n\n".join(texts)), buttons=_told_apart(rows))


def _told_apart(rows: Iterable[tuple[Button, ...]]) -> list[list[Button]]:
    """Buttons of one title that lead to different things are numbered in the order of what they belong to."""
    kept = list(rows)
    often = Counter(one.text for row in kept for one in row)
    seen: Counter[str] = Counter()
    found: list[list[Button]] = []
    for row in kept:
        seen.update(one.text for one in row)
        found.append([replace(one, text=f"{one.text} {seen[one.text]}") if often[one.text] > 1 else one for one in row])
    return found


def go_together(letters: Sequence[Letter]) -> bool:
    """Whether all of them make one message that is not too long."""
    return len(letters) == 1 or (all(one.joins for one in letters) and units(together(letters).text) <= LIMIT)


def together(letters: Sequence[Letter]) -> Message:
    return letters[0].message if len(letters) == 1 else laid(letters[0], letters[1:])
