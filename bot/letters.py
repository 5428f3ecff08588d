"""A row of the outbox made ready to go: looked at again, rendered, and laid together with others for the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.turns import Shown, Turns
from domain.refusals import Refusal
from handlers.answers import Answer
from handlers.views.page import Message
from handlers.views.pieces import LIMIT, units
from services import delivery
from services.delivery import Go, Skip, Wait
from storage import outbox
from storage.database import Database, Reader


@dataclass(frozen=True, slots=True)
class Letter:
    row: outbox.Waiting
    shown: Shown
    message: Message

    @property
    def chat_id(self) -> int:
        assert self.shown.actor.telegram_id is not None
        return self.shown.actor.telegram_id

    @property
    def is_plain(self) -> bool:
        """Words alone, which can be read one beneath the other."""
        return not self.message.buttons and not self.message.files and self.message.menu is None


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
        return Letter(row, shown, await self.turns.render(shown)) if isinstance(shown, Shown) else shown

    def _shown(self, tx: Reader, row: outbox.Waiting) -> Shown | Skip | Wait:
        verdict = delivery.decide(tx, row, self.clock.now())
        if not isinstance(verdict, Go):
            return verdict
        shown = self.turns.load(tx, verdict.recipient, Answer(row.kind, row.payload))
        return shown.data if isinstance(shown.data, Skip) else shown


def go_together(letters: Sequence[Letter]) -> bool:
    """Whether all of them make one message that is not too long."""
    return len(letters) == 1 or (all(one.is_plain for one in letters) and units(together(letters).text) <= LIMIT)


def together(letters: Sequence[Letter]) -> Message:
    if len(letters) == 1:
        return letters[0].message
    return Message("\n\n".join(one.message.text for one in letters))
