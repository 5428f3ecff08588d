"""负担自查: the month's summary says how long it took people to answer a reminder, once enough of them have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Stage as PartyStage
from tests.dialogues.test_check_ins import WORDS
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Stage

REMINDED = datetime(2026, 10, 16, 1, 0, tzinfo=UTC)
MINUTES = (3, 20, 38, 90, 240)
SAID = {
    "zh-hans": "收到提醒到提交汇报，一般用时40分钟（中位数）",
    "en": "Reports came 40 minutes after the reminder (median)",
}


async def reported(stage: Stage, number: int) -> None:
    """So many people are reminded on Friday at nine, and report one after another."""
    people = [
        await stage.person(f"同志{one}", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True)
        for one in range(number)
    ]
    for person in people:
        await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    await stage.at(REMINDED)
    for person, minutes in zip(people, MINUTES, strict=False):
        await stage.at(REMINDED + timedelta(minutes=minutes))
        await person.say(f"/checkin {WORDS}")
        await person.tap(stage.key("on plan"))
        await person.tap(stage.key("Hand in"))
    await stage.at(REMINDED + timedelta(hours=6))


async def october(stage: Stage) -> str:
    [*_, told] = await stage["陈静"].say("/summary 2026-10")
    return told.text


async def test_the_median_stands_beside_the_number_of_messages(either_stage: Stage) -> None:
    await reported(either_stage, 5)
    assert SAID[either_stage.language] in await october(either_stage)


@pytest.mark.parametrize("number", [1, 4])
async def test_of_few_people_nothing_is_told(stage: Stage, number: int) -> None:
    await reported(stage, number)
    told = await october(stage)
    assert "负担自查" in told
    assert "中位数" not in told


async def test_what_is_taken_back_counts_no_more(stage: Stage) -> None:
    await reported(stage, 5)
    await stage["同志4"].tap("撤销")
    assert "中位数" not in await october(stage)
