"""One update's turn: the gate and its handler in one unit, then the answer; a crash between them only answers again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.sending import Sender
from domain.actors import Actor
from domain.refusals import Refusal
from handlers.answers import Answer, show
from handlers.areas import Screen
from handlers.routes import Routes
from handlers.said import Said
from handlers.views.home import unkept
from handlers.views.page import Message, Say, lines
from locales import DEFAULT, language
from services import access, accounts, menu
from storage import inbox
from storage.database import Database, Query, Reader, Result, Unit, Writer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a unit leaves for the answer: who reads it, which screen, its data."""

    actor: Actor
    answer: Answer
    data: Any


@dataclass(frozen=True, slots=True)
class Turns:
    database: Database
    routes: Routes
    clock: Clock
    bot: Bot
    sender: Sender
    locale: str = DEFAULT
    """The deployment's language, for those of whom none is known."""

    async def take(self, said: Said) -> None:
        """Handle an update for the first time, and answer it."""
        await self._say(said, await self._handled(said))

    async def again(self, said: Said, answer: Mapping[str, Any]) -> None:
        """Answer an update whose work is committed already."""
        await self._say(said, await self._shown(said, Answer.from_json(answer)))

    async def apologise(self, said: Said) -> None:
        """Say that we failed; in a group nothing is said."""
        if said.private:
            await self._say(said, await self._shown(said, show("fault", fresh=True)))

    async def out_of_reach(self, said: Said) -> None:
        """Telegram says that this person cannot be written to."""
        now = self.clock.now()

        def unit(tx: Writer) -> None:
            account_id = access.identify(tx, said.telegram_id, now, said.language).account_id
            if account_id is not None and said.private:
                accounts.mark_unreachable(tx, account_id, now)

        await self.database.write(unit)

    async def _handled(self, said: Said) -> Shown:
        now = self.clock.now()

        def unit(tx: Writer) -> Shown:
            actor = access.identify(tx, said.telegram_id, now, said.language)
            answer = self.routes.answer(tx, actor, said)
            inbox.mark_handled(tx, said.update_id, answer.as_json(), now)
            return self.load(tx, access.identify_again(tx, actor, said.language), answer)

        try:
            return await self.database.write(unit)
        except Refusal as refusal:
            return await self._refused(said, refused(refusal))

    async def _refused(self, said: Said, answer: Answer) -> Shown:
        """The refusal undid the unit; that it was answered is kept in one of its own."""
        now = self.clock.now()

        def unit(tx: Writer) -> Shown:
            inbox.mark_handled(tx, said.update_id, answer.as_json(), now)
            return self.load(tx, access.identify(tx, said.telegram_id, now, said.language), answer)

        return await self.database.write(unit)

    async def _shown(self, said: Said, answer: Answer) -> Shown:
        now = self.clock.now()

        def query(tx: Reader) -> Shown:
            return self.load(tx, access.identify(tx, said.telegram_id, now, said.language), answer)

        try:
            return await self.database.read(query)
        except Refusal as refusal:
            gone = replace(refused(refusal), fresh=answer.fresh)
            return await self.database.read(
                lambda tx: self.load(tx, access.identify(tx, said.telegram_id, now, said.language), gone)
            )

    def load(self, tx: Reader, actor: Actor, answer: Answer) -> Shown:
        return Shown(actor, answer, self.screen(answer.screen).load(tx, actor, **answer.args))

    def screen(self, name: str) -> Screen:
        return self.routes.screens[name]

    async def _say(self, said: Said, shown: Shown) -> None:
        structlog.contextvars.bind_contextvars(person=shown.actor.person_id)
        message = await self.render(shown)
        if said.callback_id:
            await self.sender.acknowledge(said.callback_id, message.toast, alert=message.alert)
        can_edit = (
            said.callback_id and said.message_id and not shown.answer.fresh
        )  # too old a message comes without its id
        edit = said.message_id if can_edit else None
        await self.sender.deliver(said.chat_id, message, edit=edit)
        if shown.answer.job is not None:
            await self._do_job(said, shown)

    async def render(self, shown: Shown) -> Message:
        """The screen in the reader's language; only a message that asks for the permanent keyboard looks it up."""
        say = Say(language(shown.actor.locale, self.locale), shown.actor.zone, shown.actor.now)
        message = self.screen(shown.answer.screen).view(shown.data, say)
        if shown.answer.unkept and message.text:
            message = replace(message, text=lines(unkept(shown.answer.unkept, say), message.text))
        if message.menu is None or message.buttons:
            return replace(message, menu=None)
        offer = await self.database.read(lambda tx: menu.offer(tx, shown.actor))
        return replace(message, menu=self.routes.keyboard(offer, say))

    async def _do_job(self, said: Said, shown: Shown) -> None:
        job = shown.answer.job
        assert job is not None
        now = self.clock.now()
        actor = await self.database.read(lambda tx: access.identify(tx, said.telegram_id, now, said.language))
        try:
            answer = await self.routes.jobs[job.name](Desk(self.database, self.bot), actor, job.args)
        except Refusal as refusal:
            answer = refused(refusal)
        await self._say(replace(said, callback_id=""), await self._shown(said, replace(answer, fresh=True)))


@dataclass(frozen=True, slots=True)
class Desk:
    """What a job works with."""

    database: Database
    bot: Bot

    async def write(self, unit: Unit[Result]) -> Result:
        return await self.database.write(unit)

    async def read(self, query: Query[Result]) -> Result:
        return await self.database.read(query)

    async def download(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())


def refused(refusal: Refusal) -> Answer:
    return Answer("refused", {"code": refusal.code, "fields": refusal.fields}, fresh=True)
