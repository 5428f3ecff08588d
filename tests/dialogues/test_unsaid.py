"""What waits for a word of somebody without Telegram is told to the secretary, who asks for it and enters it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from domain.rotations import RotationState
from storage.database import Writer
from storage.tables import rotation
from tests.dialogues.test_check_ins import WORDS
from tests.programme import ACTIVE_ON, pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Player, Stage

IN_TIME = datetime(2026, 10, 22, 1, 0, tzinfo=UTC)
"""A Thursday's digest, more than the seven working days later that an invitation is valid."""


async def report(stage: Stage) -> None:
    await stage["李明"].say(f"/checkin {WORDS}")
    await stage["李明"].tap("按计划推进")
    await stage["李明"].tap("提交")


async def guided_by_sun(stage: Stage, *others: str) -> Player:
    sun = await stage.person("孙师傅", BRANCH, backbone=True, account=False)
    await pair(
        stage.database, MONDAY, stage["李明"].person_id, [sun.person_id, *(stage[name].person_id for name in others)]
    )
    return sun


async def ended(stage: Stage, **host: object) -> None:
    """李明's rotation to the other branch, whose last day was 16 October."""

    def add(tx: Writer) -> None:
        tx.insert(
            rotation, person_id=stage["李明"].person_id, unit_id=stage.units[OTHER_BRANCH], post="输电运检员",
            starts_on=ACTIVE_ON, ends_on=date(2026, 10, 16), state=RotationState.IN_POST, created_at=MONDAY, **host,
        )  # fmt: skip

    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH)
    await stage.database.write(add)


async def test_a_review_by_a_mentor_without_telegram_is_asked_of_the_secretary(stage: Stage) -> None:
    await guided_by_sun(stage)
    await report(stage)
    secretary = stage["陈静"]
    await stage.at(MONDAY + timedelta(days=3))
    assert "表态" not in await secretary.heard(), "everybody gets a fair time to come in first"
    await stage.at(IN_TIME)
    told = await secretary.last()
    assert "有事项在等孙师傅同志表态，本人目前不能在这里联系到，请了解后代录。" in told.text
    [*_, listed] = await secretary.tap("待代录事项")
    assert "· 孙师傅：点评李明同志的汇报" in listed.text
    await secretary.tap("代录点评：孙师傅")
    await secretary.tap("已阅")
    await secretary.tap("当面口述")
    await secretary.tap("确认代录")
    [*_, nothing] = await secretary.forge("proxy.waiting")
    assert nothing.text == "目前没有待代录的事项。"
    before = await secretary.heard()
    await stage.at(IN_TIME + timedelta(days=7))
    assert "表态" not in (await secretary.heard()).removeprefix(before)


OUT_OF_REACH = {
    "zh-hans": "有事项在等王芳同志表态，本人目前不能在这里联系到，请了解后代录。",
    "en": "A word is needed from 王芳, who cannot be asked here.",
}


async def test_a_mentor_who_blocked_the_assistant_is_said_to_be_out_of_reach(either_stage: Stage) -> None:
    """True of her, too, that she cannot be reached; that she never used it would not be."""
    stage, mentor = either_stage, either_stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    member = stage["李明"]
    await member.say(f"/checkin {WORDS}")
    await member.tap(data=(await member.last()).rows[0][0].data)
    await member.tap(stage.key("Hand in"))
    await mentor.phone.block()
    await stage.settle()
    await stage.at(IN_TIME)
    assert OUT_OF_REACH[stage.language] in await stage["陈静"].heard()
    assert OUT_OF_REACH[stage.language] not in await stage["赵强"].heard()


async def test_where_another_mentor_is_on_telegram_it_is_his(stage: Stage) -> None:
    await guided_by_sun(stage, "王芳")
    await report(stage)
    await stage.at(IN_TIME)
    assert "表态" not in await stage["陈静"].heard()


@pytest.mark.parametrize("how", ["name", "person"])
async def test_an_evaluation_by_a_host_who_cannot_be_asked_here(stage: Stage, how: str) -> None:
    """He is only a name, or does not use Telegram: the secretary of his branch is asked the Monday after."""
    host = "何伟"
    if how == "name":
        await ended(stage, host_name=host)
    else:
        person = await stage.person(host, OTHER_BRANCH, backbone=True, account=False)
        await ended(stage, host_id=person.person_id)
    secretary = stage["赵强"]
    await stage.at(datetime(2026, 10, 19, 1, 0, tzinfo=UTC))
    assert "有事项在等何伟同志表态，本人目前不能在这里联系到，请了解后代录。" in (await secretary.last()).text
    assert "表态" not in await stage["陈静"].heard()
    [*_, listed] = await secretary.tap("待代录事项")
    assert "· 何伟：李明同志的轮岗评价" in listed.text
    [*_, asked] = await secretary.tap("代录评价：李明")
    assert "何伟同志认为，目前能独立承担哪些工作？" in asked.text
    await secretary.say("独立巡视")
    await secretary.tap("需在指导下完成")
    [*_, preview] = await secretary.tap("电话告知")
    assert "表现：需在指导下完成" in preview.text
    await secretary.tap("确认代录")
    [*_, card] = await secretary.tap("查看轮岗")
    assert "表现：需在指导下完成" in card.text
    assert "带教评价：由赵强书记根据何伟同志的电话告知代录（2026年10月19日）。" in card.text
    assert "作评价" not in card.buttons
    [*_, nothing] = await secretary.forge("proxy.waiting")
    assert nothing.text == "目前没有待代录的事项。"


async def test_whoever_leads_above_the_branch_is_not_asked(stage: Stage) -> None:
    await stage.person("何敏", GENERAL_BRANCH, party_stage=PartyStage.FULL_MEMBER)
    await stage.give_role(stage["何敏"], RoleKind.SECRETARY, GENERAL_BRANCH)
    await guided_by_sun(stage)
    await report(stage)
    await ended(stage, host_name="何伟")
    await stage.at(IN_TIME)
    assert "表态" not in await stage["何敏"].heard()
    [*_, nothing] = await stage["何敏"].forge("proxy.waiting")
    assert nothing.text == "目前没有待代录的事项。"


async def test_in_english(english_stage: Stage) -> None:
    await ended(english_stage)
    await english_stage.at(datetime(2026, 10, 19, 1, 0, tzinfo=UTC))
    told = await english_stage["赵强"].last()
    assert "A word is needed from a host without a name, who cannot be asked here." in told.text
    [*_, listed] = await english_stage["赵强"].tap("What is to be entered")
    assert "· a host without a name: evaluation of the rotation of 李明" in listed.text
    assert listed.buttons == ["Evaluate: 李明"]
