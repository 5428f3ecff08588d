"""李明 and 王芳 are paired on the stage, for dialogues that begin with what the clock says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.actors import Actor
from domain.duties import DutyKind, SubjectKind
from domain.rotations import RotationState
from services.duty_planning import plan_subject
from storage.database import Writer
from storage.tables import duty, outbox, rotation
from tests import programme
from tests.stage import OTHER_BRANCH, Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 on the clocks of Shanghai."""
    return datetime.combine(date(2026, month, day), time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


async def pair(stage: Stage, mentee: str = "李明", mentor: str = "王芳") -> None:
    """A weekly pairing, due on Fridays, under way from now on."""
    await programme.pair(
        stage.database, stage.clock.now(), stage[mentee].person_id, [stage[mentor].person_id], direction="继电保护调试"
    )


async def rotate(stage: Stage, first: date, last: date, host: str = "赵强", name: str = "李明") -> None:
    now = stage.clock.now()

    def add(tx: Writer) -> None:
        rotation_id = tx.insert(
            rotation, person_id=stage[name].person_id, unit_id=stage.units[OTHER_BRANCH], post="运检班见习班长",
            starts_on=first, ends_on=last, host_id=stage[host].person_id, state=RotationState.PLANNED, created_at=now,
        )  # fmt: skip
        plan_subject(tx, Actor.clock(now), SubjectKind.ROTATION, rotation_id)

    await stage.database.write(add)


async def reports(stage: Stage) -> dict[str, str]:
    """Period and state of every report that is owed or was."""
    found = await stage.database.read(
        lambda tx: tx.all(select(duty.c.period, duty.c.state).where(duty.c.kind == DutyKind.REPORT))
    )
    return {row.period: row.state for row in found}


async def duty_of(stage: Stage, period: str) -> Any:
    return await stage.database.read(lambda tx: tx.one(select(duty).where(duty.c.period == period)))


async def reasons(stage: Stage, kind: str) -> list[tuple[str, str | None]]:
    """What became of the notices of a kind, and why."""
    found = await stage.database.read(
        lambda tx: tx.all(select(outbox.c.state, outbox.c.reason).where(outbox.c.kind == kind).order_by(outbox.c.id))
    )
    return [(row.state, row.reason) for row in found]
