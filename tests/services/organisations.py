"""A small organisation in a bare database, for the rules of registration and roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.actors import Actor
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.people import Stage, staff_key
from domain.roles import Role, RoleKind
from domain.units import UnitKind
from services import access
from services.names import pinyin
from storage import accounts, consents, people, roles, units
from storage.database import Database, Writer

NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
CLOCK = Actor.clock(NOW)
SHELL = Actor(now=NOW, locale="zh_Hans", name="shell", roles=(Role(RoleKind.ADMINISTRATOR, None),))


@dataclass(slots=True)
class Organisation:
    """People by name; a Telegram id is the person's id and a thousand."""

    database: Database
    committee: int = 0
    branch: int = 0
    people: dict[str, int] = field(default_factory=dict)

    async def add(self, name: str, *, account: bool = True, unit: int = 0, staff_no: str = "") -> int:
        number = staff_no or f"{len(self.people) + 1:06}"

        def unit_of_work(tx: Writer) -> int:
            person_id = people.add(
                tx, root_id=self.committee, unit_id=unit or self.branch, name=name, staff_no=number,
                staff_key=staff_key(number), pinyin=pinyin(name), stage=Stage.FULL_MEMBER, backbone=False, specialty="",
                post="", now=NOW,
            )  # fmt: skip
            if account:
                account_id = accounts.add(
                    tx, person_id + 1000, person_id=person_id, display_name=name, locale="zh_Hans", now=NOW
                )
                for kind in ConsentKind:
                    consents.put(tx, account_id, kind, CURRENT_VERSION, given_at=NOW)
            return person_id

        self.people[name] = await self.database.write(unit_of_work)
        return self.people[name]

    async def give(self, name: str, kind: RoleKind, unit: int | None) -> int:
        person_id = self.people[name]
        return await self.database.write(
            lambda tx: roles.add(tx, kind, unit_id=unit, title="", person_id=person_id, now=NOW)
        )

    async def actor(self, name: str, now: datetime = NOW) -> Actor:
        return await self.database.read(lambda tx: access.identify(tx, self.people[name] + 1000, now, ""))


async def organisation(database: Database) -> Organisation:
    """The branch of 陈静 and 李明 beneath the committee of 周伟."""
    made = Organisation(database)

    def found(tx: Writer) -> None:
        made.committee = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
        made.branch = units.add(tx, UnitKind.BRANCH, "变电检修党支部", made.committee, position=1, zone="Asia/Shanghai")

    await database.write(found)
    for name in ("李明", "陈静"):
        await made.add(name)
    await made.add("周伟", unit=made.committee)
    await made.give("陈静", RoleKind.SECRETARY, made.branch)
    await made.give("周伟", RoleKind.OFFICER, made.committee)
    return made
