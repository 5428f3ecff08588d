"""A whole assistant on a stage: the emulator beneath PTB's real HTTP client, a real database, a clock that is given.

Nothing runs by itself: after each act `settle` lets updates be fetched, answered, and what is due be told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from telegram import Bot

from bot.assembly import Program, assemble
from bot.clock import SetClock
from bot.settings import Settings
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.people import Stage as PartyStage
from domain.people import staff_key
from domain.roles import RoleKind
from domain.units import UnitKind
from emulator.phone import Phone, Seen, Telegram
from emulator.world import TOKEN
from locales import language
from services.names import pinyin
from storage import accounts, people, units
from storage.database import Database, Writer
from storage.tables import consent, role
from tests.drawn_once import STUDIO
from tests.unplugged import Unplugged
from tests.watched import Watched

ZONE = "Asia/Shanghai"
MONDAY = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
"""2026年10月12日（星期一）10:00 in Shanghai: an ordinary working day on which most stories begin."""


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast: an entry in the roster, and a phone once they have an account."""

    stage: Stage
    person_id: int
    name: str
    phone: Phone

    async def say(self, text: str) -> list[Seen]:
        await self.phone.say(text)
        return await self._answers()

    async def press(self, text: str) -> list[Seen]:
        """A button of the permanent keyboard."""
        await self.phone.press(text)
        return await self._answers()

    async def tap(self, text: str = "", *, data: str = "", message: Seen | None = None) -> list[Seen]:
        """A button beneath a message; by its text, or by its data when it is forged."""
        await self.phone.tap(text, data=data, message=message)
        return await self._answers()

    async def forge(self, data: str, *, message: Seen | None = None) -> list[Seen]:
        """A button that no message has: somebody else's, or one made up by a tampered phone."""
        await self.phone.tap(data=data, message=message, forge=True)
        return await self._answers()

    async def send(self, kind: str, **fields: Any) -> list[Seen]:
        """Send a document, photo, voice, sticker, location or contact."""
        await getattr(self.phone, f"send_{kind}")(**fields)
        return await self._answers()

    async def edit(self, message: Seen, text: str) -> list[Seen]:
        await self.phone.edit(message, text)
        return await self._answers()

    async def start(self, payload: str | None = None) -> list[Seen]:
        await self.phone.start(payload)
        return await self._answers()

    async def last(self) -> Seen:
        return await self.phone.last()

    async def heard(self) -> str:
        """All that the bot has said to this person so far, as it stands now."""
        return "\n".join(message.text for message in await self.phone.messages() if message.from_bot)

    async def _answers(self) -> list[Seen]:
        await self.stage.settle()
        return [message for message in await self.phone.messages() if message.from_bot]


@dataclass(slots=True)
class Stage:
    telegram: Telegram
    program: Program
    database: Database
    clock: SetClock
    units: dict[str, int] = field(default_factory=dict)
    players: dict[str, Player] = field(default_factory=dict)
    language: str = "zh-hans"
    """What the cast reads, and whoever joins it."""

    def __getitem__(self, name: str) -> Player:
        return self.players[name]

    def key(self, message: str, **fields: object) -> str:
        """How a button is called in the language of the cast, for what is done the same way in both."""
        title = language(self.language).text(message, **fields)
        return title[0].upper() + title[1:]

    async def settle(self) -> None:
        """Fetch, answer and tell until nothing is left to do at this moment."""
        while await self._fetch() or await self.program.delivery.step():
            pass
        await self.program.workers.settle()

    async def at(self, moment: datetime) -> None:
        """Move the clock, let the tick do its work, and tell what has become due."""
        self.clock.put(moment)
        await self.telegram.set_clock(moment)
        await self.program.ticker.tick()
        await self.settle()

    async def _fetch(self) -> bool:
        fetched = await self.program.polling.step(0)
        await self.program.workers.settle()
        return fetched

    async def unit(self, kind: UnitKind, name: str, parent: str | None = None) -> int:
        def add(tx: Writer) -> int:
            over = self.units[parent] if parent else None
            return units.add(tx, kind, name, over, position=len(self.units), zone=ZONE)

        self.units[name] = await self.database.write(add)
        return self.units[name]

    async def person(
        self,
        name: str,
        unit: str,
        *,
        party_stage: PartyStage = PartyStage.FULL_MEMBER,
        backbone: bool = False,
        specialty: str = "变电检修",
        account: bool = True,
        language: str = "",
    ) -> Player:
        """Someone of the roster; with an account unless told otherwise."""
        phone = await self.telegram.add_user(name, language_code=language or self.language)
        number = f"{len(self.players) + 101:06}"

        def add(tx: Writer) -> int:
            return people.add(
                tx, root_id=next(iter(self.units.values())), unit_id=self.units[unit], name=name, staff_no=number,
                staff_key=staff_key(number), pinyin=pinyin(name), stage=party_stage, backbone=backbone, specialty=specialty,
                post="技术员", now=self.clock.now(),
            )  # fmt: skip

        player = Player(self, await self.database.write(add), name, phone)
        self.players[name] = player
        if account:
            await self.enrol(player, language or self.language)
        return player

    async def enrol(self, player: Player, language: str) -> None:
        """Give a person an account that has agreed to everything, and start the chat."""

        def add(tx: Writer) -> None:
            account_id = accounts.add(
                tx, player.phone.user_id, person_id=player.person_id, display_name=player.name, locale=language,
                now=self.clock.now(),
            )  # fmt: skip
            for kind in ConsentKind:
                tx.run(
                    insert(consent).values(
                        account_id=account_id, kind=kind, version=CURRENT_VERSION, given_at=self.clock.now()
                    )
                )

        await self.database.write(add)
        await player.start()

    async def give_role(self, player: Player, kind: RoleKind, unit: str, title: str = "") -> None:
        values = {"kind": kind, "person_id": player.person_id, "unit_id": self.units[unit], "title": title}
        await self.database.write(lambda tx: tx.insert(role, **values, given_at=self.clock.now()))


COMMITTEE, GENERAL_BRANCH = "青江供电公司党委", "生产党总支"
BRANCH, OTHER_BRANCH = "变电检修党支部", "输电运检党支部"


async def cast(stage: Stage) -> None:
    """The six people whose meanings never change."""
    await stage.unit(UnitKind.COMMITTEE, COMMITTEE)
    await stage.unit(UnitKind.GENERAL_BRANCH, GENERAL_BRANCH, COMMITTEE)
    await stage.unit(UnitKind.BRANCH, BRANCH, GENERAL_BRANCH)
    await stage.unit(UnitKind.BRANCH, OTHER_BRANCH, GENERAL_BRANCH)
    await stage.person("李明", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True)
    await stage.person("王芳", BRANCH, backbone=True)
    await stage.person("赵强", OTHER_BRANCH, specialty="输电运检", backbone=True)
    await stage.person("陈静", BRANCH)
    await stage.person("周伟", COMMITTEE)
    await stage.person("林一", OTHER_BRANCH)
    await stage.give_role(stage["陈静"], RoleKind.SECRETARY, BRANCH, "支部书记")
    await stage.give_role(stage["周伟"], RoleKind.OFFICER, COMMITTEE, "组织干事")


def build(telegram: Telegram, database: Database, url: str, now: datetime = MONDAY) -> Stage:
    settings = Settings.model_construct(telegram_bot_token=TOKEN, database_url=url)
    clock = SetClock(now)
    bot = wired(telegram)
    program = assemble(settings, bot, Watched(database), STUDIO, clock)
    return Stage(telegram, program, database, clock)


def wired(telegram: Telegram) -> Bot:
    """A bot whose questions go into the emulator without a socket."""
    return Bot(
        TOKEN,
        base_url="http://telegram.test/bot",
        base_file_url="http://telegram.test/file/bot",
        request=Unplugged(telegram.app),
        get_updates_request=Unplugged(telegram.app),
    )
