"""All that is asked of the database while people report and the clock goes on, found by listening: no table is read whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from storage.database import Writer
from tests.conftest import ENGINES
from tests.programme import pair, rotate
from tests.stage import OTHER_BRANCH, Stage
from tests.storage.plans import forbid_reading_all, plan_of, reads_all

FEW = {"unit", "role", "setting", "holiday"}
"""Tables that hold a handful of rows however large an organisation is, or that are read once for all of it."""
SUNRISE = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def stage_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def asked() -> Iterator[dict[str, Any]]:
    """Every statement with the parameters of its first use."""
    told: dict[str, Any] = {}

    def listen(_: Connection, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:  # noqa: FBT001 - theirs
        told.setdefault(statement, parameters[0] if many else parameters)

    event.listen(Engine, "before_cursor_execute", listen)
    yield told
    event.remove(Engine, "before_cursor_execute", listen)


async def a_month(stage: Stage) -> None:
    li_ming, wang_fang, chen_jing = (stage[name] for name in ("李明", "王芳", "陈静"))
    await pair(stage.database, stage.clock.now(), li_ming.person_id, [wang_fang.person_id])
    await rotate(stage.database, stage.clock.now(), li_ming.person_id, stage.units[OTHER_BRANCH], wang_fang.person_id)
    for day in range(4):
        await stage.at(SUNRISE + timedelta(days=day))
    await li_ming.say("/checkin 本周做了两次耐压试验。")
    for verb in ("check_in.standing", "check_in.send"):
        buttons = [button.data for row in (await li_ming.last()).rows for button in row]
        await li_ming.tap(data=next(data for data in buttons if data.startswith(f"{verb}:")))
    for player in (li_ming, wang_fang, chen_jing):
        await player.say("/home")
        await player.say("您好")
    for day in range(4, 26):
        await stage.at(SUNRISE + timedelta(days=day))


async def test_no_statement_of_a_turn_or_a_tick_reads_a_table_whole(stage: Stage, asked: dict[str, Any]) -> None:
    asked.clear()
    await a_month(stage)
    selects = {one: how for one, how in asked.items() if one.startswith(("SELECT", "UPDATE", "DELETE"))}
    assert len(selects) > 60

    def explained(tx: Writer) -> dict[str, str]:
        forbid_reading_all(tx)
        return {one: plan_of(tx, one, how) for one, how in selects.items()}

    plans = await stage.database.write(explained)
    assert [f"{one}\n{plan}" for one, plan in plans.items() if reads_all(plan, but=FEW)] == []
