"""Travelling in time: what falls due on the way comes at its hour."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot

from emulator.days import Days
from emulator.phone import Phone, PhoneError, Telegram
from emulator.travel import steps

CHINA = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 10, 16, 1, 0, tzinfo=UTC)


def at(day: int, hour: int = 9, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


@contextlib.asynccontextmanager
async def a_bot_that_follows(local: Telegram, bot: Bot, phone: Phone, due: datetime) -> AsyncIterator[list[datetime]]:
    """It reminds once the clock says so, like any bot that asks for each move only when it is done with the last."""
    seen: list[datetime] = []
    reminded = False

    async def follow() -> None:
        nonlocal reminded
        while True:
            answer = await local.http.get("/clock", params={"after": local.world.clock.now.isoformat(), "timeout": 5})
            seen.append(datetime.fromisoformat(answer.json()["now"]))
            if seen[-1] >= due and not reminded:
                reminded = True
                await bot.send_message(phone.user_id, "本周进展请于18:00前发来")

    following = asyncio.create_task(follow())
    await asyncio.sleep(0)
    try:
        yield seen
    finally:
        following.cancel()


async def test_until_somebody_is_told_something(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    async with a_bot_that_follows(local, bot, li_ming, FRIDAY) as seen:
        await local.http.post("/clock", json={})
        await asyncio.sleep(0.01)
        await local.post("/clock/travel", to="ring", wait=True)
    assert await local.now() == FRIDAY
    assert (await li_ming.last()).date == FRIDAY
    assert seen == sorted(seen)
    assert FRIDAY - timedelta(hours=1) in seen


async def test_a_short_way_is_one_step_and_a_long_one_has_every_hour_of_the_day() -> None:
    assert list(steps(at(12), at(12, 10))) == [at(12, 10)]
    long = list(steps(at(12, 19), at(13, 9)))
    assert long == [at(12, 20), at(12, 21), at(13, 8), at(13, 9)]


async def test_the_ways_to_travel(local: Telegram) -> None:
    days = {"zone": "Asia/Shanghai", "off": ["2026-10-13"], "working": ["2026-10-17"]}
    await local.post("/days", **days)
    for body, arrives in (
        ({"seconds": 120}, at(12) + timedelta(minutes=2)),
        ({"to": "working_day"}, at(14)),
        ({"to": "2026-10-16T18:30"}, at(16, 18) + timedelta(minutes=30)),
        ({"to": "working_day"}, at(17)),
        ({"to": "month_over"}, at(2, month=11)),
    ):
        answer = await local.post("/clock/travel", **body, wait=True)
        assert datetime.fromisoformat(answer["now"]) == arrives


async def test_time_goes_forward_only(local: Telegram) -> None:
    for body in ({"to": "2026-10-01T09:00"}, {"seconds": 0}, {"to": "2030-01-01T00:00"}):
        with pytest.raises(PhoneError, match="forward only"):
            await local.post("/clock/travel", **body)
    with pytest.raises(PhoneError, match="cannot read the request"):
        await local.post("/clock/travel", to="tomorrow")
    assert await local.now() == at(12)


async def test_a_journey_can_be_ended_on_the_way_and_the_clock_runs_on(local: Telegram) -> None:
    local.world.clock.run(running=True)
    await local.post("/clock/travel", to="month_over")
    assert (await local.get("/whole"))["travelling_to"] == at(2, month=11).isoformat()
    await local.http.request("DELETE", "/control/clock/travel")
    whole = await local.get("/whole")
    assert whole["travelling_to"] is None
    assert whole["clock"]["running"]
    assert local.world.clock.now < at(31)


def test_working_days() -> None:
    days = Days(CHINA, off={at(15).date(), at(2, month=11).date()}, working={at(17).date()})
    assert days.working_morning(at(12, 8)) == at(12)
    assert days.working_morning(at(14)) == at(16)
    assert days.working_morning(at(16)) == at(17)
    assert days.working_morning(at(17)) == at(19)
    assert days.month_over(at(12)) == at(3, month=11)
    assert days.month_over(datetime(2026, 12, 31, 23, tzinfo=CHINA)) == datetime(2027, 1, 1, 9, tzinfo=CHINA)
