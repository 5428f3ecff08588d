"""Those who come together in a story: the people as they enter, and the clock that is turned for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commands.demo.acting import Actor
from commands.demo.names import called
from commands.demo.transcript import ZONE, Stagehand


@dataclass(slots=True)
class Company:
    """The hand turns the clock. Everybody is known by the Chinese name."""

    hand: Stagehand
    people: dict[str, Actor] = field(default_factory=dict, kw_only=True)

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]

    async def enters(self, name: str) -> Actor:
        spoken = "zh-hans" if self.hand.language.code == "zh_Hans" else "en"
        shown = called(name, self.hand.language.code)
        phone = await self.hand.telegram.add_user(shown, language_code=spoken)
        self.people[name] = Actor(self.hand, phone, shown)
        self.hand.actors.append(self.people[name])
        return self.people[name]

    async def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        await self.hand.at(datetime(2026, month, day, hour, minute, tzinfo=ZONE))

    async def later(self, minutes: int = 2) -> None:
        """Long enough that word to others goes out and can no longer be taken back."""
        await self.hand.at(self.hand.clock + timedelta(minutes=minutes))
