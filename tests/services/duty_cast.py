"""The cast of six as rows of a database, with pairings and rotations put in directly, for tests of duties."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from domain.actors import Actor
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import SubjectKind
from domain.pairings import PairingState, Track
from domain.people import Stage
from domain.periods import WEEKLY_ON_FRIDAY, Cadence
from domain.roles import Role, RoleKind
from domain.rotations import RotationState
from domain.units import UnitKind
from services.duty_planning import plan_subject
from storage import accounts, people, units
from storage.database import Writer
from storage.tables import consent, outcome, pairing, pairing_mentor, role, rotation

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = ("李明", "王芳", "赵强", "陈静", "周伟", "林一")


def at(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    """A moment on the clocks of Shanghai."""
    return datetime.combine(date(year, month, day), time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


START = at(10, 12)
"""Monday: an ordinary week in which the pairing of most stories becomes active."""


class Cast:
    """The organisation as in every test: two branches beneath a general branch beneath the committee."""

    def __init__(self, tx: Writer, now: datetime = START) -> None:
        self.tx, self.now = tx, now
        self.committee = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
        self.branch = units.add(tx, UnitKind.BRANCH, "变电检修党支部", self.committee, position=1, zone="Asia/Shanghai")
        self.other = units.add(tx, UnitKind.BRANCH, "输电运检党支部", self.committee, position=2, zone="Asia/Shanghai")
        places = (self.branch, self.branch, self.other, self.branch, self.committee, self.other)
        self.people = {name: self._person(name, place) for name, place in zip(NAMES, places, strict=True)}
        self.accounts = {name: self._account(name) for name in NAMES}
        self._role("陈静", RoleKind.SECRETARY, self.branch)
        self._role("周伟", RoleKind.OFFICER, self.committee)

    def _person(self, name: str, unit_id: int) -> int:
        number = str(101 + NAMES.index(name))
        return people.add(
            self.tx, root_id=self.committee, unit_id=unit_id, name=name, staff_no=number, staff_key=number, pinyin="",
            stage=Stage.FULL_MEMBER, backbone=True, specialty="", post="", now=self.now,
        )  # fmt: skip

    def _account(self, name: str) -> int:
        account_id = accounts.add(
            self.tx, 1000 + NAMES.index(name), person_id=self.people[name], display_name=name, locale="zh_Hans",
            now=self.now,
        )  # fmt: skip
        for kind in ConsentKind:
            values = {"account_id": account_id, "kind": kind, "version": CURRENT_VERSION, "given_at": self.now}
            self.tx.run(insert(consent).values(**values))
        return account_id

    def _role(self, name: str, kind: RoleKind, unit_id: int) -> None:
        self.tx.insert(role, kind=kind, person_id=self.people[name], unit_id=unit_id, given_at=self.now)

    def give_administrator(self, name: str) -> None:
        self._role(name, RoleKind.ADMINISTRATOR, self.committee)

    def actor(self, name: str, now: datetime | None = None) -> Actor:
        held = accounts.roles(self.tx, self.people[name], self.accounts[name])
        return acting(self, name, now or self.now, held)

    def pair(
        self,
        mentee: str = "李明",
        mentor: str = "王芳",
        *,
        now: datetime | None = None,
        cadence: Cadence = WEEKLY_ON_FRIDAY,
        state: PairingState = PairingState.ACTIVE,
        outcome_on: date | None = None,
        plan: bool = True,
    ) -> int:
        moment = now or self.now
        day = moment.astimezone(SHANGHAI).date()
        pairing_id = self.tx.insert(
            pairing, mentee_id=self.people[mentee], track=Track.BACKBONE_TO_MEMBER, direction="继电保护调试",
            cadence=cadence.kind, report_day=cadence.day, state=state, active_on=day, created_at=moment,
        )  # fmt: skip
        self.tx.insert(pairing_mentor, pairing_id=pairing_id, person_id=self.people[mentor], from_on=day)
        if outcome_on is not None:
            self.tx.insert(outcome, pairing_id=pairing_id, what="独立完成一次保护校验", due_on=outcome_on)
        if plan:
            plan_subject(self.tx, Actor.clock(moment), SubjectKind.PAIRING, pairing_id)
        return pairing_id

    def rotate(
        self,
        first: date,
        last: date,
        *,
        name: str = "李明",
        host: str | None = "赵强",
        now: datetime | None = None,
        state: RotationState = RotationState.PLANNED,
    ) -> int:
        moment = now or self.now
        rotation_id = self.tx.insert(
            rotation, person_id=self.people[name], unit_id=self.other, post="运检班见习班长", starts_on=first,
            ends_on=last, host_id=None if host is None else self.people[host], state=state, created_at=moment,
        )  # fmt: skip
        plan_subject(self.tx, Actor.clock(moment), SubjectKind.ROTATION, rotation_id)
        return rotation_id


def acting(cast: Cast, name: str, now: datetime, roles: tuple[Role, ...] = ()) -> Actor:
    return Actor(
        now=now, locale="zh_Hans", telegram_id=1000 + NAMES.index(name), account_id=cast.accounts[name],
        person_id=cast.people[name], name=name, roles=roles, agreed=True,
    )  # fmt: skip
