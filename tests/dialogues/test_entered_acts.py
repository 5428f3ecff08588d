"""代录 of single acts: 陈静 enters what 郑国华 and 孙师傅, who do not use Telegram, said on paper, in person or on the phone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from tests.dialogues.doors import invited, newcomer, walk_in
from tests.dialogues.test_check_ins import WORDS, report
from tests.dialogues.test_entering import enter
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Player, Stage


@pytest.fixture
async def zheng(stage: Stage) -> Player:
    """Guided by 王芳, without an account."""
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    return person


async def guide(stage: Stage) -> Player:
    """孙师傅 guides 李明, without an account."""
    person = await stage.person("孙师傅", BRANCH, backbone=True, account=False)
    await pair(stage.database, MONDAY, stage["李明"].person_id, [person.person_id])
    return person


@pytest.fixture
async def sun(stage: Stage) -> Player:
    return await guide(stage)


async def later(stage: Stage, minutes: int = 2) -> None:
    await stage.at(stage.clock.now() + timedelta(minutes=minutes))


async def reported(stage: Stage) -> None:
    """李明 reports, and his minute is over."""
    await report(stage)
    await later(stage)


async def open_report(secretary: Player) -> list[str]:
    await secretary.forge("review.branch:0")
    [*_, listed] = await secretary.forge("review.branch:0")
    [*_, card] = await secretary.tap(listed.buttons[0])
    return card.buttons


async def test_an_outcome_is_claimed_for_the_mentee(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    [*_, card] = await secretary.forge("outcome.open:1")
    assert "代录已达成：郑国华" in card.buttons
    [*_, asked] = await secretary.tap("代录已达成：郑国华")
    assert asked.text.startswith("为郑国华同志代录：已达成\n依据是什么？")
    assert asked.buttons == ["纸质材料", "当面口述", "电话告知", "放弃填写"]
    [*_, preview] = await secretary.tap("纸质材料")
    assert "根据郑国华同志的纸质材料代录（2026年10月12日）" in preview.text
    [*_, done] = await secretary.tap("确认代录")
    mark = "已达成：由陈静书记根据郑国华同志的纸质材料代录（2026年10月12日）。"
    assert done.text == f"{mark}\n视同郑国华同志本人办理。\n一分钟后告知：王芳；其间可撤销。"
    [*_, seen] = await secretary.tap("查看预期成效")
    assert mark in seen.text
    assert "代录已达成：郑国华" not in seen.buttons
    await later(stage)
    told = await stage["王芳"].last()
    assert told.text.startswith("郑国华同志的结对有一项预期成效已达成，请作成效认定。")
    assert mark in told.text
    assert "请认定" not in await secretary.heard()  # she knows of what she has entered herself
    [*_, pairing] = await stage["王芳"].forge("pairing.open:1")
    assert "（代录）" in pairing.text


async def test_it_can_be_undone_and_entered_from_another_day(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await secretary.forge("outcome.open:1")
    await secretary.tap("代录已达成：郑国华")
    await secretary.tap("电话告知")
    await secretary.tap("改日期")
    [*_, refused] = await secretary.say("10月20日")
    assert "还没有到" in refused.text
    [*_, unread] = await secretary.say("某天")
    assert "没有看出是哪一天" in unread.text
    [*_, preview] = await secretary.say("10月9日")
    assert "根据郑国华同志的电话告知代录（2026年10月9日）" in preview.text
    await secretary.tap("确认代录")
    [*_, undone] = await secretary.tap("撤销")
    assert undone.text == "为郑国华同志代录的内容不再保留。\n已撤销，没有通知任何人。"
    await later(stage)
    assert "代录" not in await stage["王芳"].heard()
    [*_, card] = await secretary.forge("outcome.open:1")
    assert "代录（" not in card.text
    assert "代录已达成：郑国华" in card.buttons
    [*_, gone] = await secretary.forge("proxy.undo:1")
    assert "代录" not in gone.text


async def test_a_mentors_verdict_is_entered_from_his_paper(stage: Stage, sun: Player) -> None:
    await reported(stage)
    secretary = stage["陈静"]
    assert "代录点评：孙师傅" in await open_report(secretary)
    [*_, choice] = await secretary.tap("代录点评：孙师傅")
    assert choice.buttons == ["已阅", "写点评", "请补充", "推荐为亮点"]
    [*_, asked] = await secretary.tap("写点评")
    assert "孙师傅同志的点评是什么？" in asked.text
    await secretary.say("耐压试验接线规范，注意复核。")
    await secretary.tap("纸质材料")
    [*_, preview] = await secretary.send("photo")
    assert "附纸质材料照片" in preview.text
    assert "耐压试验接线规范，注意复核。" in preview.text
    await secretary.tap("确认代录")
    await later(stage)
    told = await stage["李明"].last()
    assert (
        "孙师傅同志点评：“耐压试验接线规范，注意复核。”\n写点评：由陈静书记根据孙师傅同志的纸质材料代录（2026年10月12日）。"
        in told.text
    )
    [*_, card] = await stage["李明"].tap("查看汇报")
    assert "写点评：由陈静书记根据孙师傅同志的纸质材料代录（2026年10月12日）。" in card.text
    [*_, paper] = await stage["李明"].tap("查看纸质材料")
    assert paper.file is not None
    await stage["李明"].say("/me")
    [*_, listed] = await stage["李明"].tap("我的汇报")
    assert "孙师傅同志点评（代录）：“耐压试验接线规范，注意复核。”" in listed.text
    buttons = await open_report(secretary)
    assert "代录点评：孙师傅" not in buttons


async def test_the_author_chooses_for_a_highlight_through_her(stage: Stage, zheng: Player) -> None:
    secretary, mentor = stage["陈静"], stage["王芳"]
    await enter(secretary)
    await later(stage)
    await mentor.say("/reviews")
    await mentor.tap("逐份点评")
    [*_, put_forward] = await mentor.tap("推荐为亮点")
    assert put_forward.text.startswith("已推荐。郑国华同志目前不能在这里联系到，是否署名由书记了解后代录")
    assert "代录署名意见：郑国华" in await open_report(secretary)
    [*_, choice] = await secretary.tap("代录署名意见：郑国华")
    assert choice.text.startswith("这条亮点，郑国华同志希望怎样署名？")
    await secretary.tap(choice.buttons[0])
    await secretary.tap("当面口述")
    [*_, done] = await secretary.tap("确认代录")
    mark = "署名：由陈静书记根据郑国华同志的当面口述代录（2026年10月12日）。"
    assert done.text == f"{mark}\n视同郑国华同志本人办理。\n不另行通知，可撤销。"
    await later(stage)
    [*_, found] = await stage["林一"].say("/experience")
    assert "安全规程" in found.text
    await open_report(secretary)
    await secretary.tap("代录署名意见：郑国华")
    await secretary.tap("不公开")
    await secretary.tap("当面口述")
    await secretary.tap("确认代录")
    await open_report(secretary)
    card = await secretary.last()
    assert "不公开：由陈静书记" in card.text
    assert "署名：由陈静书记" not in card.text
    [*_, found] = await stage["林一"].say("/experience")
    assert "安全规程" not in found.text


async def test_what_he_says_of_support_is_entered_too(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    [*_, found] = await secretary.say("/people 郑国华")
    await secretary.tap(found.buttons[0])
    await secretary.tap("代录汇报")
    await secretary.tap("当面口述")
    await secretary.say("缺一套绝缘梯。")
    await secretary.tap("需要支持")
    await secretary.tap("物力")
    await secretary.tap("培养联系人和书记")
    await secretary.tap("提交")
    await later(stage)
    mentor = stage["王芳"]
    await mentor.forge("need.open:1")
    await mentor.tap("答复")
    await mentor.say("已从工具库调配。")
    await later(stage)
    [*_, card] = await secretary.forge("need.open:1")
    assert "代录本人意见：郑国华" in card.buttons
    [*_, choice] = await secretary.tap("代录本人意见：郑国华")
    assert choice.buttons[:2] == ["已解决", "尚未解决"]
    await secretary.tap("撤回支持请求")
    await secretary.tap("电话告知")
    [*_, done] = await secretary.tap("确认代录")
    assert done.text.endswith("视同郑国华同志本人办理。\n一分钟后告知：王芳；其间可撤销。")
    [*_, undone] = await secretary.tap("撤销")
    assert undone.text == "为郑国华同志代录的内容不再保留。\n已撤销，没有通知任何人。"
    await secretary.forge("need.open:1")
    await secretary.tap("代录本人意见：郑国华")
    await secretary.tap("已解决")
    await secretary.tap("电话告知")
    await secretary.tap("确认代录")
    await later(stage)
    assert "已撤回" not in await mentor.heard()
    told = await mentor.last()
    assert "已解决：由陈静书记根据郑国华同志的电话告知代录（2026年10月12日）。" in told.text


async def test_a_wish_about_the_pairing_stands_on_its_card(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await secretary.forge("pairing.open:1")
    await secretary.tap("代录调整意见：郑国华")
    await secretary.say("希望改为每两周汇报一次。")
    await secretary.tap("当面口述")
    await secretary.tap("确认代录")
    [*_, card] = await secretary.tap("查看结对")
    assert "希望改为每两周汇报一次。" in card.text
    assert "希望调整：由陈静书记根据郑国华同志的当面口述代录（2026年10月12日）。" in card.text


@pytest.mark.parametrize("reader", ["王芳", "周伟", "林一", "何敏"])
async def test_the_paper_is_seen_by_whoever_may_read_the_words(stage: Stage, zheng: Player, reader: str) -> None:
    """The mentor may; the officer, an outsider and the secretary above, who knows a need in the branch's words, may not."""
    await stage.person("何敏", GENERAL_BRANCH)
    await stage.give_role(stage["何敏"], RoleKind.SECRETARY, GENERAL_BRANCH)
    secretary = stage["陈静"]
    [*_, found] = await secretary.say("/people 郑国华")
    await secretary.tap(found.buttons[0])
    for tap in ("代录汇报", "当面口述"):
        await secretary.tap(tap)
    await secretary.say("缺一套绝缘梯。")
    for tap in ("需要支持", "物力", "培养联系人和书记", "提交"):
        await secretary.tap(tap)
    await later(stage)
    await secretary.forge("need.open:1")
    [*_, asked] = await secretary.tap("上报协调")
    await secretary.tap(next(title for title in asked.buttons if GENERAL_BRANCH in title))
    await secretary.say("请协调绝缘梯。")
    await later(stage)
    [*_, listed] = await stage["何敏"].say("/needs")
    assert BRANCH in listed.text
    await secretary.forge("need.open:1")
    await secretary.tap("代录本人意见：郑国华")
    await secretary.tap("已解决")
    await secretary.tap("纸质材料")
    await secretary.send("photo")
    await secretary.tap("确认代录")
    await stage[reader].say("/home")
    [*_, shown] = await stage[reader].forge("proxy.paper:1")
    assert (shown.file is not None) is (reader == "王芳")


async def test_he_is_told_when_he_comes_in_and_has_it_among_his_data(stage: Stage) -> None:
    person = await newcomer(stage)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    secretary = stage["陈静"]
    await secretary.forge("outcome.open:1")
    await secretary.tap("代录已达成：郑国华")
    await secretary.tap("纸质材料")
    await secretary.tap("确认代录")
    await later(stage)
    code = await invited(stage, "陈静", "郑国华")
    await person.say(code)
    [*_, consent] = await person.say("0107")
    for kind in ("use", "party_data", "transfer_abroad"):
        [*_, welcome] = await person.tap(data=f"consents.toggle:{kind}", message=consent)
    assert "书记还为您代录了1件事项，可在“我的”“为我代录的事项”中查看。" in welcome.text
    await person.say("/me")
    [*_, entered] = await person.tap("为我代录的事项")
    assert "已达成：由陈静书记根据郑国华同志的纸质材料代录（2026年10月12日）。" in entered.text
    [*_, copy] = await person.say("/mydata")
    assert copy.file is not None
    kept = json.loads(await person.phone.download(copy.file))
    assert [(one["act"], one["source"], one["secretary"]) for one in kept["entered"]] == [("claim", "paper", "陈静")]
    [*_, refused] = await secretary.forge(f"proxy.act:claim:1:{person.person_id}")
    assert "郑国华同志已使用本系统，请由本人办理，没有代录。" in refused.text


async def test_an_entry_for_somebody_who_came_in_meanwhile_is_ended(stage: Stage) -> None:
    person, secretary = await newcomer(stage), stage["陈静"]
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    code = await invited(stage, "陈静", "郑国华")
    await secretary.forge("outcome.open:1")
    await secretary.tap("代录已达成：郑国华")
    await walk_in(person, code, "0107")
    [*_, refused] = await secretary.say("10月9日")
    assert "郑国华同志已使用本系统，请由本人办理，没有代录。" in refused.text
    [*_, found] = await secretary.say("/people 李明")
    assert "共1人" in found.text
    [*_, answer] = await secretary.say("10月9日")
    assert "代录" not in answer.text


async def test_a_button_of_an_earlier_entry_does_nothing(stage: Stage, zheng: Player, sun: Player) -> None:
    await reported(stage)
    secretary = stage["陈静"]
    await secretary.forge("outcome.open:1")
    await secretary.tap("代录已达成：郑国华")
    [*_, first] = await secretary.tap("纸质材料")
    enter_it = first.rows[0][0].data
    await open_report(secretary)
    await secretary.tap("代录点评：孙师傅")
    await secretary.tap("已阅")
    await secretary.tap("当面口述")
    await secretary.forge(enter_it)
    assert "视同" not in await secretary.heard()
    [*_, card] = await secretary.forge("outcome.open:1")
    assert "代录已达成：郑国华" in card.buttons


@pytest.mark.parametrize(("reader", "kind", "unit"), [
    ("赵强", RoleKind.SECRETARY, OTHER_BRANCH),
    ("周伟", RoleKind.SECRETARY, GENERAL_BRANCH),
    ("王芳", None, ""),
    ("林一", None, ""),
])  # fmt: skip
async def test_nobody_else_may(stage: Stage, zheng: Player, reader: str, kind: RoleKind | None, unit: str) -> None:
    """Not the secretary of another branch, not one of a unit above, not the mentor, not an outsider."""
    if kind is not None:
        await stage.give_role(stage[reader], kind, unit)
    await stage[reader].say("/home")
    for forged in ("proxy.act:claim:1", "proxy.act:ask_change:1", "proxy.choose:outcome:1", "proxy.choose:pairing:1"):
        [*_, refused] = await stage[reader].forge(f"{forged}:{zheng.person_id}")
        assert "没有查看或办理此事的权限" in refused.text, forged


async def test_a_secretary_enters_no_verdict_on_her_own_report(stage: Stage) -> None:
    """Nor one for somebody who has nothing to say of it."""
    secretary, guide = stage["陈静"], await stage.person("孙师傅", BRANCH, backbone=True, account=False)
    stranger = await stage.person("钱师傅", BRANCH, account=False)
    await pair(stage.database, MONDAY, secretary.person_id, [guide.person_id])
    await secretary.say(f"/checkin {WORDS}")
    await secretary.tap("按计划推进")
    await secretary.tap("提交")
    for person in (guide, stranger):
        [*_, refused] = await secretary.forge(f"proxy.act:note:1:{person.person_id}")
        assert "没有查看或办理此事的权限" in refused.text


async def test_in_english(english_stage: Stage) -> None:
    person = await newcomer(english_stage)
    await pair(english_stage.database, MONDAY, person.person_id, [english_stage["王芳"].person_id])
    secretary = english_stage["陈静"]
    await secretary.forge("outcome.open:1")
    await secretary.tap("Enter for 郑国华: reached")
    await secretary.tap("By telephone")
    [*_, done] = await secretary.tap("Confirm the entry")
    assert done.text.startswith(
        "It is reached: entered by 陈静, the secretary, from what 郑国华 said by telephone (12 October 2026)."
    )
    await later(english_stage)
    await walk_in(person, await invited(english_stage, "陈静", "郑国华", button="Make an invitation"), "0107")
    assert "Your secretary has entered 1 other thing in your name" in await person.heard()
    await person.say("/me")
    [*_, entered] = await person.tap("Entered for me")
    assert "It is reached: entered by 陈静" in entered.text
    [*_, refused] = await secretary.forge(f"proxy.act:claim:1:{person.person_id}")
    assert "郑国华 uses Telegram here and can say so in person; nothing was entered." in refused.text


async def test_a_verdict_and_a_wish_in_english(english_stage: Stage) -> None:
    stage, secretary, member = english_stage, english_stage["陈静"], english_stage["李明"]
    await guide(stage)
    await reported(stage)
    assert "Enter the review of 孙师傅" in await open_report(secretary)
    await secretary.tap("Enter the review of 孙师傅")
    [*_, asked] = await secretary.tap("Comment")
    assert "What is the comment of 孙师傅?" in asked.text
    await secretary.say("Well wired; check it twice.")
    await secretary.tap("A paper")
    [*_, preview] = await secretary.send("photo")
    assert "With a picture of the paper" in preview.text
    await secretary.tap("Confirm the entry")
    await later(stage)
    told = await member.last()
    mark = "entered by 陈静, the secretary, from the paper of 孙师傅 (12 October 2026)."
    assert f"孙师傅 comments: “Well wired; check it twice.”\nComment: {mark}" in told.text
    await member.tap("Look at the report")
    [*_, paper] = await member.tap("See the paper")
    assert paper.file is not None
    await secretary.forge("pairing.open:1")
    await secretary.tap("Enter a wish of 孙师傅")
    await secretary.say("Every two weeks, please.")
    await secretary.tap("A paper")
    await secretary.tap("Confirm the entry")
    [*_, card] = await secretary.tap("Open the pairing")
    assert f"Asks for a change: {mark}" in card.text


async def test_support_and_a_highlight_in_english(english_stage: Stage) -> None:
    stage, secretary, mentor = english_stage, english_stage["陈静"], english_stage["王芳"]
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [mentor.person_id])
    await secretary.forge(f"entry.for:{person.person_id}")
    await secretary.tap("Said in person")
    await secretary.say("Rehearse it three times; we lack a ladder.")
    for key in ("Needs support", "Material", "Cultivation contact and secretary", "Hand in"):
        await secretary.tap(key)
    await later(stage)
    await mentor.forge("need.answer:1")
    await mentor.say("Here on Friday.")
    await mentor.forge("review.highlight:1")
    await later(stage)
    await secretary.forge("need.open:1")
    await secretary.tap("Enter the word of 郑国华")
    for key in ("Solved", "By telephone", "Confirm the entry"):
        await secretary.tap(key)
    await open_report(secretary)
    [*_, choice] = await secretary.tap("Enter the choice of 郑国华")
    assert choice.text.startswith("How would 郑国华 have the highlight appear?")
    for key in ("Without name", "Said in person", "Confirm the entry"):
        await secretary.tap(key)
    await later(stage)
    assert "Solved: entered by 陈静, the secretary, from what 郑国华 said by telephone" in await mentor.heard()
    [*_, found] = await stage["林一"].say("/experience")
    assert "Rehearse it three times" in found.text
    assert "郑国华" not in found.text
