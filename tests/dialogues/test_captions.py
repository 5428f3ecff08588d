"""A photo, file or voice note with words to it: what belongs to a report is kept, of anything else it is said that it was not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.people import Stage as PartyStage
from handlers.routes import Routes
from tests.dialogues.test_entering import open_card
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Player, Stage

PHOTO = "照片没有保存，只采用了所附文字；照片可以随汇报发送。"
VOICE = "所附内容没有保存，只采用了文字。"
WORDS = "完成两次保护校验，用在了主变检修上。"


@pytest.fixture
async def member(stage: Stage) -> Player:
    """李明, guided by 王芳."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    return stage["李明"]


async def hand_in(member: Player) -> None:
    await member.tap("按计划推进")
    await member.tap("提交")
    await member.stage.at(member.stage.clock.now() + timedelta(minutes=2))


def test_each_dialogue_that_keeps_files_is_there() -> None:
    routes = Routes()
    assert routes.keeps_files <= {*routes.steps, *routes.commands}


async def test_a_report_keeps_the_photo_it_came_with(member: Player) -> None:
    await member.send("photo", caption=f"/checkin {WORDS}")
    [*_, preview] = await member.tap("按计划推进")
    assert WORDS in preview.text
    assert "附件1个" in preview.text
    assert PHOTO not in await member.heard()


async def test_what_a_mentor_wants_added_keeps_it_too(stage: Stage, member: Player) -> None:
    await member.say(f"/checkin {WORDS}")
    await hand_in(member)
    mentor = stage["王芳"]
    await mentor.say("/reviews")
    await mentor.tap("逐份点评")
    await mentor.tap("请补充")
    [*_, settled] = await mentor.send("photo", caption="请附上试验记录。")
    assert settled.text.startswith(PHOTO)
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    await member.tap("补充")
    await member.send("photo", caption="试验记录见图。")
    assert PHOTO not in await member.heard()


@pytest.mark.parametrize("kind", ["photo", "voice", "document"])
async def test_of_words_alone_it_is_said_what_was_not_kept(stage: Stage, member: Player, kind: str) -> None:
    file = {"name": "记录.pdf", "content": b"%PDF"} if kind == "document" else {}
    await member.say("/leave")
    await member.tap("指定起止日期")
    [*_, answer] = await member.send(kind, caption="10月19日 10月30日", **file)
    told = {"photo": PHOTO, "voice": VOICE}.get(kind, "文件没有保存，只采用了所附文字；文件可以随汇报发送。")
    assert answer.text.startswith(f"{told}\n")
    assert "10月19日" in answer.text


async def test_a_photo_alone_is_no_answer_to_a_question(stage: Stage, member: Player) -> None:
    await member.say("/leave")
    await member.tap("指定起止日期")
    [*_, answer] = await member.send("photo")
    assert "没有保存" not in answer.text


async def test_of_a_picture_of_the_paper_the_picture_is_kept(stage: Stage) -> None:
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    secretary = stage["陈静"]
    await secretary.forge("outcome.open:1")
    await secretary.tap("代录已达成：郑国华")
    [*_, asked] = await secretary.send("photo", caption="签字的那张")
    assert asked.text.startswith("照片已保存，所附文字未采用。")
    [*_, preview] = await secretary.tap("纸质材料")
    assert "附纸质材料照片" in preview.text


async def test_words_and_paper_of_a_report_come_before_it_is_said_from_what(stage: Stage) -> None:
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    secretary = stage["陈静"]
    await open_card(secretary)
    await secretary.tap("代录汇报")
    [*_, asked] = await secretary.send("photo", caption=WORDS)
    assert "依据是什么？" in asked.text
    [*_, standing] = await secretary.tap("纸质材料")
    assert WORDS in standing.text
    assert "附件1个" in standing.text


async def test_in_english(english_stage: Stage) -> None:
    member = english_stage["李明"]
    await pair(english_stage.database, MONDAY, member.person_id, [english_stage["王芳"].person_id])
    await member.say("/leave")
    await member.tap("From… until…")
    [*_, answer] = await member.send("photo", caption="10月19日 10月30日")
    assert answer.text.startswith("The photo was not kept, only the words that came with it.")
