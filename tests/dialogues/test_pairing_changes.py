"""Another direction or outcome for a pairing that runs, as both sides see it; and who has no say in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.programme import pair
from tests.stage import MONDAY, Stage

OTHER = "独立完成保护校验\n现场考核\n2027年6月30日"


async def proposed(stage: Stage, name: str = "李明") -> str:
    person = stage[name]
    await person.forge("pairing.open:1")
    await person.tap("调整方向和成效")
    await person.tap("改方向")
    await person.say("继电保护调试")
    await person.tap("修改：独立完成GIS耐压试验")
    await person.say(OTHER)
    [*_, card] = await person.tap("提出调整方案")
    return card.text


async def test_from_one_side_to_the_other(paired: Stage) -> None:
    card = await proposed(paired)
    assert "已提出，双方同意前按原定内容进行。\n一分钟后告知：王芳；其间可撤销。" in card
    assert "方向：变电检修技能" in card
    assert "提出的调整：\n方向：继电保护调试\n预期成效1：独立完成保护校验" in card
    assert "待确认：王芳" in card
    await paired.at(MONDAY + timedelta(minutes=2))
    mentor = paired["王芳"]
    assert "拟调整方向或成效，请您确认" in await mentor.heard()
    [*_, own] = await paired["李明"].say("/pairings")
    assert own.buttons == ["李明－王芳 · 进行中"], "it waits for the other side"
    await mentor.say("/pairings")
    await mentor.tap("● 李明－王芳 · 进行中")
    [*_, agreed] = await mentor.tap("同意调整")
    assert "双方已确认，即日起执行" in agreed.text
    assert "方向：继电保护调试" in agreed.text
    await paired.at(MONDAY + timedelta(minutes=4))
    for name in ("李明", "陈静"):
        assert "结对内容已经双方确认调整" in await paired[name].heard()
    [*_, versions] = await mentor.tap("历次版本")
    assert "之前：\n方向：变电检修技能\n预期成效1：独立完成GIS耐压试验" in versions.text
    assert "拟调整" not in await paired["林一"].heard()


async def test_it_is_not_taken_up(paired: Stage) -> None:
    await proposed(paired)
    await paired.at(MONDAY + timedelta(minutes=2))
    [*_, card] = await paired["王芳"].tap("维持不变")
    assert "维持原定内容不变" in card.text
    await paired.at(MONDAY + timedelta(minutes=4))
    assert "没有采纳，按原定内容进行" in await paired["李明"].heard()


async def test_on_paper_for_whoever_does_not_use_telegram(paired: Stage) -> None:
    await proposed(paired, "陈静")
    [*_, card] = await paired["陈静"].tap("调整已签纸质材料")
    assert "即日起执行" in card.text
    [*_, card] = await paired["陈静"].tap("撤销")
    assert "提出的调整：" in card.text
    assert "待确认：李明、王芳" in card.text


async def test_the_same_in_english(english_stage: Stage) -> None:
    await pair(english_stage.database, MONDAY, english_stage["李明"].person_id, [english_stage["王芳"].person_id])
    mentor = english_stage["王芳"]
    await mentor.forge("pairing.open:1")
    [*_, sheet] = await mentor.tap("Change direction or outcomes")
    assert "The cultivation contact and the mentee both agree to it" in sheet.text
    assert "Propose the change" not in sheet.buttons
    [*_, asked] = await mentor.tap("Another outcome")
    assert "a line for each" in asked.text
    [*_, refused] = await mentor.say("One\nTwo\nThree\nFour")
    assert "one to three lines" in refused.text
    [*_, sheet] = await mentor.say("Leads a shift\nSeen by the foreman")
    assert "Still missing: by when" in sheet.text
    assert "Propose the change" not in sheet.buttons
    await mentor.tap("Change: Leads a shift")
    await mentor.say("Leads a shift\nSeen by the foreman\n2027-06-30")
    await mentor.tap("Propose the change")
    [*_, card] = await mentor.tap("Undo")
    assert "Proposed for it:" not in card.text
    [*_, sheet] = await mentor.tap("Change direction or outcomes")
    [*_, card] = await mentor.tap("Keep what was agreed")
    assert "Direction: 变电检修技能" in card.text


async def test_it_is_agreed_to_in_english_and_the_earlier_version_kept(english_stage: Stage) -> None:
    await pair(english_stage.database, MONDAY, english_stage["李明"].person_id, [english_stage["王芳"].person_id])
    member, mentor = english_stage["李明"], english_stage["王芳"]
    await mentor.forge("pairing.open:1")
    await mentor.tap("Change direction or outcomes")
    await mentor.tap("Another direction")
    await mentor.say("Protection tests")
    [*_, card] = await mentor.tap("Propose the change")
    assert "Proposed for it:\nDirection: Protection tests" in card.text
    await english_stage.at(MONDAY + timedelta(minutes=2))
    asked = await member.last()
    assert asked.text.startswith("For your pairing a change of direction or outcomes is proposed.")
    [*_, refused] = await english_stage["林一"].forge("aim.agree:1")
    assert "This is not open to you." in refused.text
    secretary = english_stage["陈静"]
    await secretary.forge("pairing.open:1")
    [*_, card] = await secretary.tap("The change is signed on paper")
    assert "Agreed, it takes effect now." in card.text
    [*_, card] = await secretary.tap("Undo")
    assert "Still to confirm: 李明" in card.text
    [*_, agreed] = await member.tap("Agree to the change")
    assert "Agreed, it takes effect now." in agreed.text
    await english_stage.at(MONDAY + timedelta(minutes=4))
    assert "The pairing of 李明 has changed as all have agreed" in await secretary.heard()
    [*_, versions] = await member.tap("Earlier versions")
    assert "Until Monday, 12 October 2026, 10:02:\nDirection: 变电检修技能" in versions.text


@pytest.mark.parametrize("name", ["林一", "赵强", "周伟"])
async def test_nobody_else_has_a_say(paired: Stage, name: str) -> None:
    await proposed(paired)
    for data in ("aim.change:1", "aim.agree:1", "aim.keep:1", "aim.signed:1", "aim.versions:1"):
        [*_, answer] = await paired[name].forge(data)
        assert "没有查看或办理此事的权限" in answer.text
    for data in ("aim.direction", "aim.outcome:0", "aim.drop:0", "aim.submit"):
        [*_, answer] = await paired[name].forge(data)
        assert "内容已不存在" in answer.text
