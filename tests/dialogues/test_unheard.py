"""困难没有人看到: the secretary cannot be reached, so the asker hears the truth and somebody above that somebody waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from domain.actors import Actor
from domain.roles import RoleKind
from services import accounts
from tests.dialogues.test_needs import ask, later
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, Player, Stage

THURSDAY = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
"""The next day on which digests go."""
TRUTH = {
    "zh-hans": "陈静书记尚未使用本系统或联系不上，暂时没有人看到。上级组织会知道有同志等待答复，但不知道内容",
    "en": "the secretary, 陈静, has not come in or cannot be reached. The unit above is told that somebody waits, not what for",
}
WORD = {
    "zh-hans": f"{BRANCH}有同志反映困难，但书记尚未使用本系统或联系不上，暂时没有人看到。",
    "en": f"In {BRANCH} somebody has asked for support, and nobody there can read it",
}


UNREAD = {
    "zh-hans": "王芳同志目前不能在这里联系到，由书记了解后代录点评",
    "en": "王芳 cannot be reached here, so the secretary asks for the review and enters it.",
}
NOBODY = {
    "zh-hans": "所在组织和上级均未登记其他书记，暂时没有人看到。",
    "en": "neither your branch nor any unit above it has another secretary in the register.",
}
UNLED = {
    "zh-hans": f"{BRANCH}有同志反映困难，但没有可以看到的书记。",
    "en": f"In {BRANCH} somebody has asked for support, and there is no secretary who could read it.",
}


async def never_came_in(stage: Stage) -> None:
    await stage.database.write(lambda tx: accounts.unbind(tx, Actor.clock(MONDAY), stage["陈静"].person_id))


async def blocks(stage: Stage) -> None:
    await stage["陈静"].phone.block()
    await stage.settle()


async def asked_of_her_alone(stage: Stage) -> str:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    return await ask(stage, stage.key("secretary only"), "缺仪器")


async def leader_above(stage: Stage) -> Player:
    leader = await stage.person("何敏", GENERAL_BRANCH)
    await stage.give_role(leader, RoleKind.SECRETARY, GENERAL_BRANCH, "总支书记")
    return leader


@pytest.mark.parametrize("lost", [never_came_in, blocks])
async def test_those_above_learn_that_somebody_waits_and_not_what_for(
    either_stage: Stage, lost: Callable[[Stage], Awaitable[None]]
) -> None:
    stage, leader = either_stage, await leader_above(either_stage)
    await lost(stage)
    assert TRUTH[stage.language] in await asked_of_her_alone(stage)
    await stage.at(THURSDAY)
    told = await leader.last()
    assert WORD[stage.language] in told.text
    assert stage.key("Units and roles") in told.buttons
    for reader in (leader, stage["周伟"], stage["王芳"]):
        assert "缺仪器" not in await reader.heard()
    assert WORD[stage.language] not in await stage["周伟"].heard()


async def test_the_next_above_hears_where_the_nearest_cannot_be_reached_either(stage: Stage) -> None:
    leader = await leader_above(stage)
    await never_came_in(stage)
    await leader.phone.block()
    await stage.settle()
    await asked_of_her_alone(stage)
    await stage.at(THURSDAY)
    assert WORD["zh-hans"] in await stage["周伟"].heard()


async def test_a_deputy_who_hears_is_enough(stage: Stage) -> None:
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    await never_came_in(stage)
    receipt = await asked_of_her_alone(stage)
    assert "您反映的困难同时转赵强书记" in receipt
    await later(stage)
    assert "缺仪器" in await stage["赵强"].heard()
    await stage.at(THURSDAY)
    assert WORD["zh-hans"] not in await stage["周伟"].heard()


async def test_where_the_mentor_may_know_he_hears(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await never_came_in(stage)
    receipt = await ask(stage)
    assert "转王芳同志" in receipt
    assert "陈静" not in receipt
    await stage.at(THURSDAY)
    assert WORD["zh-hans"] not in await stage["周伟"].heard()


async def test_once_she_comes_back_nobody_above_is_told(stage: Stage) -> None:
    await blocks(stage)
    await asked_of_her_alone(stage)
    await stage["陈静"].phone.unblock()
    await stage["陈静"].say("困难与支持")
    assert "李明" in (await stage["陈静"].last()).text
    await stage.at(THURSDAY)
    assert WORD["zh-hans"] not in await stage["周伟"].heard()


async def test_a_report_that_no_mentor_can_read_says_who_sees_to_it(either_stage: Stage) -> None:
    stage = either_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage["王芳"].phone.block()
    await stage.settle()
    member = stage["李明"]
    await member.say("/checkin 练了耐压试验。")
    await member.tap(stage.key("on plan"))
    [*_, receipt] = await member.tap(stage.key("Hand in"))
    assert UNREAD[stage.language] in receipt.text
    await stage.at(datetime(2026, 10, 19, 1, 0, tzinfo=UTC))
    assert "王芳" in (await stage["陈静"].last()).text


async def test_a_secretary_who_asks_is_not_told_of_herself(either_stage: Stage) -> None:
    """陈静 leads her branch alone, and nobody above her is a secretary: 周伟, the officer, hears that somebody waits."""
    stage = either_stage
    secretary = stage["陈静"]
    await pair(stage.database, MONDAY, secretary.person_id, [stage["王芳"].person_id])
    await stage.give_role(await stage.person("孙丽", BRANCH), RoleKind.OFFICER, BRANCH, "组织委员")
    await secretary.say("/checkin 练了耐压试验。")
    await secretary.tap(stage.key("needs support"))
    await secretary.tap(stage.key("material"))
    await secretary.tap(stage.key("secretary only"))
    await secretary.say("缺仪器")
    [*_, receipt] = await secretary.tap(stage.key("Hand in"))
    assert NOBODY[stage.language] in receipt.text
    await stage.at(THURSDAY)
    assert UNLED[stage.language] in await stage["周伟"].heard()
    for name in ("陈静", "孙丽"):
        assert UNLED[stage.language] not in await stage[name].heard()


async def test_a_mentor_who_becomes_a_deputy_learns_nothing_of_it(either_stage: Stage) -> None:
    """As long as somebody else is secretary."""
    stage, mentor = either_stage, either_stage["王芳"]
    receipt = await asked_of_her_alone(stage)
    assert "陈静" in receipt
    await stage.give_role(mentor, RoleKind.SECRETARY, BRANCH, "支部副书记")
    await mentor.say("/needs")
    assert "李明" not in (await mentor.last()).text
    [*_, refused] = await mentor.forge("need.open:1")
    assert "缺仪器" not in refused.text
    await stage.at(THURSDAY)
    assert "缺仪器" not in await mentor.heard()
    await later(stage)
    await stage["陈静"].say("/needs")
    assert "李明" in str((await stage["陈静"].last()).rows)
