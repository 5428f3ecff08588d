"""The cast comes to the stage once for each language; every test after that begins with a copy of what was there then."""

from __future__ import annotations

import contextlib
import pickle
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import make_url

from emulator.phone import Phone, Telegram
from emulator.world import World
from storage.database import open_database
from tests.stage import Player, Stage, build, cast


@contextlib.asynccontextmanager
async def opened(url: str, world: World | None = None, language: str = "zh-hans") -> AsyncIterator[Stage]:
    """A whole assistant on this database, before a Telegram of its own."""
    database = await open_database(url)
    try:
        async with Telegram.in_process(world) as telegram:
            stage = build(telegram, database, url)
            stage.language = language
            await telegram.set_clock(stage.clock.now())
            await stage.program.bot.initialize()
            yield stage
            await stage.program.bot.shutdown()
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The database and the world after it, who is who in both, and up to where the bot has heard."""

    database: Path
    world: bytes
    units: dict[str, int]
    people: dict[str, tuple[int, int]]
    offset: int

    def put_on(self, stage: Stage) -> None:
        stage.program.polling.offset = self.offset
        stage.units.update(self.units)
        for name, (person_id, user_id) in self.people.items():
            stage.players[name] = Player(stage, person_id, name, Phone(stage.telegram, user_id, name))


@dataclass(slots=True)
class Rehearsals:
    folder: Path
    _kept: dict[str, Rehearsal] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def staged(self, url: str, language: str = "zh-hans") -> AsyncIterator[Stage]:
        """On PostgreSQL, where a database is no file, the cast comes anew."""
        if not url.startswith("sqlite"):
            async with opened(url, language=language) as stage:
                await cast(stage)
                yield stage
            return
        path = Path(make_url(url).database or "")
        if language not in self._kept:
            self._kept[language] = await self._rehearse(url, path, language)
        kept = self._kept[language]
        shutil.copy(kept.database, path)
        async with opened(url, pickle.loads(kept.world), language) as stage:
            kept.put_on(stage)
            yield stage

    async def _rehearse(self, url: str, path: Path, language: str) -> Rehearsal:
        async with opened(url, language=language) as stage:
            await cast(stage)
            world, offset = pickle.dumps(stage.telegram.world), stage.program.polling.offset
        people = {player.name: (player.person_id, player.phone.user_id) for player in stage.players.values()}
        kept = self.folder / f"{language}.db"
        shutil.copy(path, kept)
        return Rehearsal(kept, world, stage.units, people, offset)
