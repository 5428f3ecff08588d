"""A branch with its people, for stories about pairings on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from domain.actors import Actor
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.outcomes import OutcomeTerms
from domain.pairings import PairingState, Terms, Track
from domain.people import Stage, staff_key
from domain.periods import WEEKLY_ON_FRIDAY
from domain.refusals import Refusal
from domain.roles import Role, RoleKind
from domain.units import UnitKind
from services import pairing_agreement, pairing_proposals
from storage import accounts, consents, people, units
from storage import pairings as rows
from storage.database import Database, Unit, Writer
from storage.tables import role

NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
TODAY = date(2026, 10, 12)
OUTCOME = OutcomeTerms("独立完成110千伏主变检修", "通过班组考核", date(2027, 3, 31))
PLACES = {"branch": 2, "other": 3}


class Office:
    """A branch with its people, and actors for them; `agreed`: they all use Telegram."""

    def __init__(self, database: Database, *, agreed: bool = False) -> None:
        self.database = database
        self.agreed = agreed
        self.ids: dict[str, int] = {}

    async def open(self) -> Office:
        def build(tx: Writer) -> None:
            root = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
            units.add(tx, UnitKind.BRANCH, "变电检修党支部", root, position=1, zone="Asia/Shanghai")
            units.add(tx, UnitKind.BRANCH, "输电运检党支部", root, position=2, zone="Asia/Shanghai")
            self._person(tx, "李明", "branch", Stage.ACTIVIST)
            self._person(tx, "王芳", "branch", Stage.FULL_MEMBER)
            self._person(tx, "赵强", "other", Stage.FULL_MEMBER)
            self._person(tx, "陈静", "branch", Stage.FULL_MEMBER, backbone=False)
            self._person(tx, "林一", "other", Stage.FULL_MEMBER, backbone=False)
            for number in range(6):
                self._person(tx, f"学员{number}", "branch", Stage.APPLICANT)

        await self.database.write(build)
        return self

    def _person(self, tx: Writer, name: str, unit: str, stage: Stage, *, backbone: bool = True) -> None:
        number = f"{len(self.ids) + 101:06}"
        self.ids[name] = people.add(
            tx, root_id=1, unit_id=PLACES[unit], name=name, staff_no=number, staff_key=staff_key(number), pinyin="",
            stage=stage, backbone=backbone, specialty="变电检修", post="", now=NOW,
        )  # fmt: skip
        accounts.add(tx, self.ids[name], person_id=self.ids[name], display_name=name, locale="zh_Hans", now=NOW)
        account = accounts.by_person(tx, self.ids[name])
        assert account is not None
        for kind in ConsentKind if self.agreed else ():
            consents.put(tx, account.id, kind, CURRENT_VERSION, given_at=NOW)

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        roles = (Role(RoleKind.SECRETARY, PLACES["branch"]),) if name == "陈静" else ()
        return Actor(
            now=now, locale="zh_Hans", telegram_id=self.ids[name], account_id=self.ids[name],
            person_id=self.ids[name], name=name, roles=roles, agreed=True,
        )  # fmt: skip

    async def appoint(self, name: str) -> None:
        """Make somebody the branch's secretary for those who ask who that is."""
        values = {"kind": RoleKind.SECRETARY, "person_id": self.ids[name], "unit_id": PLACES["branch"], "given_at": NOW}
        await self.database.write(lambda tx: tx.insert(role, **values))

    def terms(self, mentee: str = "李明", *mentors: str) -> Terms:
        return Terms(
            mentee_id=self.ids[mentee],
            mentor_ids=tuple(self.ids[name] for name in mentors or ("王芳",)),
            track=Track.BACKBONE_TO_MEMBER,
            direction="向党组织靠拢，提升主变检修技能",
            outcomes=(OUTCOME,),
            cadence=WEEKLY_ON_FRIDAY,
        )

    async def propose(self, terms: Terms | None = None, now: datetime = NOW) -> int:
        proposed = terms or self.terms()
        return await self.database.write(lambda tx: pairing_proposals.propose(tx, self.actor("陈静", now), proposed))

    async def confirm(self, pairing_id: int, *names: str, now: datetime = NOW) -> PairingState:
        state = PairingState.DRAFT
        for name in names:
            unit = partial(pairing_agreement.confirm, actor=self.actor(name, now), pairing_id=pairing_id)
            state = await self.database.write(unit)
        return state

    async def active(self) -> int:
        pairing_id = await self.propose(replace(self.terms(), agreed_on=TODAY))
        assert await self.state(pairing_id) is PairingState.ACTIVE
        return pairing_id

    async def state(self, pairing_id: int) -> PairingState:
        found = await self.database.read(lambda tx: rows.get(tx, pairing_id))
        assert found is not None
        return found.state

    async def refusal(self, unit: Unit[object]) -> str:
        with pytest.raises(Refusal) as refused:
            await self.database.write(unit)
        return refused.value.code
