"""需要支持: 李明 asks, those who may know hear at once, and only he says that it is solved."""

from __future__ import annotations

from datetime import timedelta

from domain.roles import RoleKind
from tests.dialogues.test_check_ins import WORDS
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Stage


async def ask(stage: Stage, audience: str = "", words: str = "") -> str:
    """李明 reports that he needs support, of which his mentor may know unless told otherwise; gives the receipt."""
    member = stage["李明"]
    await member.say(f"/checkin {WORDS}")
    await member.tap(stage.key("needs support"))
    await member.tap(stage.key("material"))
    await member.tap(audience or stage.key("{guides} and secretary", guides=stage.key("cultivation contact")))
    if words:
        await member.say(words)
    [*_, receipt] = await member.tap(stage.key("Hand in"))
    return receipt.text


async def later(stage: Stage, minutes: int = 2) -> None:
    await stage.at(stage.clock.now() + timedelta(minutes=minutes))


async def test_it_goes_to_mentor_and_secretary_at_once(paired: Stage) -> None:
    receipt = await ask(paired)
    assert "需要支持：物力（待协调）；知悉范围：培养联系人和书记" in receipt
    assert "您反映的困难同时转王芳同志和陈静书记，解决前一直保留在清单上；如为误点，可在此撤回。" in receipt
    assert "物力" not in await paired["王芳"].heard()
    await later(paired)
    assert WORDS in (await paired["王芳"].last()).text
    assert "李明同志需要支持。" in (await paired["陈静"].last()).text
    for name in ("赵强", "周伟", "林一"):
        assert "物力" not in await paired[name].heard()


async def test_whoever_asks_reads_who_the_secretaries_are(paired: Stage) -> None:
    """But for the mentor, who is a deputy and learns nothing of what is for the secretary alone."""
    await paired.give_role(paired["王芳"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    await paired.give_role(paired["赵强"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    member = paired["李明"]
    await member.say(f"/checkin {WORDS}")
    await member.tap("需要支持")
    [*_, asked] = await member.tap("物力")
    assert asked.text.endswith("\n书记（含副书记）：陈静、赵强")


async def test_what_is_solved_waits_for_no_help(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    assert "处理支持请求" in (await paired["王芳"].last()).buttons
    await paired["李明"].forge("need.solve:1")
    [*_, report] = await paired["陈静"].forge("check_in.read:1")
    assert "需要支持：物力（已解决）" in report.text
    assert "处理支持请求" not in report.buttons


async def test_for_the_secretary_alone_the_mentor_learns_nothing(paired: Stage) -> None:
    await ask(paired, "仅书记", "师傅长期出差，想换一位导师。")
    await later(paired)
    assert "想换一位导师" in (await paired["陈静"].last()).text
    await paired["王芳"].say("待点评")
    await paired["王芳"].tap("逐份点评")
    await paired["王芳"].say("困难与支持")
    heard = await paired["王芳"].heard()
    assert WORDS in heard
    assert "想换一位导师" not in heard
    assert "需要支持" not in heard
    assert "没有待解决的困难" in heard


async def test_from_taking_on_to_solved(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    secretary, member = paired["陈静"], paired["李明"]
    [*_, card] = await secretary.tap("由我负责")
    assert "由陈静同志负责。" in card.text
    await secretary.tap("承诺日期")
    [*_, unclear] = await secretary.say("过几天吧")
    assert "没有看出是哪一天" in unclear.text
    [*_, past] = await secretary.say("2026-10-01")
    assert "已经过去" in past.text
    [*_, card] = await secretary.say("10月23日")
    assert "承诺10月23日（星期五）前解决。" in card.text
    await secretary.tap("答复")
    await secretary.say("已联系物资部，下周到货。")
    await later(paired)
    told = await member.last()
    assert (await member.heard()).count("您反映的困难有了进展。") == 1
    assert "答复：“已联系物资部，下周到货。”" in told.text
    await member.tap("尚未解决")
    await later(paired)
    assert "李明同志表示尚未解决。" in (await secretary.last()).text
    await member.tap("已解决", message=told)
    await later(paired)
    assert "李明同志确认已解决" in (await secretary.last()).text
    [*_, listed] = await secretary.say("困难与支持")
    assert "没有待解决的困难" in listed.text


async def test_what_comes_of_it_is_told_in_a_week_that_is_full_too(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    secretary, member = paired["陈静"], paired["李明"]
    for weekday in (1, 2, 3, 4):
        await secretary.forge(f"pairing.often:1:weekly:{weekday}")
        await later(paired)
    assert (await member.heard()).count("汇报周期自下一期起有调整") == 2, "the third place is kept for what is due"
    await secretary.forge("need.answer:1")
    await secretary.say("工具下周到货。")
    await later(paired)
    assert "答复：“工具下周到货。”" in (await member.last()).text


async def test_only_the_one_who_asked_can_close_it(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    number = next(key.data for row in (await paired["陈静"].last()).rows for key in row).split(":")[1]
    for name in ("陈静", "王芳", "赵强", "周伟", "林一"):
        [*_, refused] = await paired[name].forge(f"need.solve:{number}")
        assert "没有查看或办理此事的权限" in refused.text
    for name in ("李明", "赵强", "周伟", "林一"):
        await paired[name].forge(f"need.take_on:{number}")
    [*_, listed] = await paired["陈静"].say("困难与支持")
    assert "尚未明确负责人" in listed.text


async def test_a_slip_is_taken_back_before_anyone_hears(paired: Stage) -> None:
    await ask(paired)
    [*_, card] = await paired["李明"].tap("撤回支持请求")
    assert "已撤回" in card.text
    await later(paired)
    assert "需要支持" not in await paired["陈静"].heard()


async def test_undo_of_the_report_takes_the_need_along_until_someone_acted(paired: Stage) -> None:
    await ask(paired)
    await paired["李明"].tap("撤销")
    await later(paired)
    assert "需要支持" not in await paired["陈静"].heard()
    await paired["李明"].tap("继续写")
    await paired["李明"].tap("需要支持")
    await paired["李明"].tap("人力")
    await paired["李明"].tap("培养联系人和书记")
    await paired["李明"].tap("提交")
    receipt = await paired["李明"].last()
    await later(paired)
    await paired["陈静"].tap("由我负责")
    [*_, refused] = await paired["李明"].tap("撤销", message=receipt)
    assert "已有同志作了处理" in refused.text


async def test_the_list_shows_its_age(paired: Stage) -> None:
    await ask(paired)
    await paired.at(MONDAY + timedelta(days=9))
    [*_, listed] = await paired["王芳"].say("困难与支持")
    assert "李明：物力；待协调，已提出9天；尚未明确负责人" in listed.text


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage["李明"].say("/checkin No access to the GIS hall.")
    await stage["李明"].tap("Needs support")
    await stage["李明"].tap("Material")
    await stage["李明"].tap("Cultivation contact and secretary")
    [*_, receipt] = await stage["李明"].tap("Hand in")
    assert "Support asked for: material (open). Who may know: cultivation contact and secretary" in receipt.text
    await later(stage)
    assert "李明 needs support." in (await stage["陈静"].last()).text
    await stage["陈静"].tap("Take it on")
    await later(stage)
    assert "There is news of the support you asked for." in (await stage["李明"].last()).text


async def test_what_is_needed_is_said_apart_from_the_report(paired: Stage) -> None:
    member, secretary = paired["李明"], paired["陈静"]
    await member.say("/checkin")
    await member.say(WORDS)
    await member.tap("需要支持")
    await member.tap("物力")
    [*_, preview] = await member.tap("培养联系人和书记")
    assert "需要什么，可再发一句话写明；不写的，以汇报内容为准。" in preview.text
    [*_, preview] = await member.say("缺一台测试仪。")
    assert f"{WORDS}\n缺一台测试仪。" not in preview.text
    assert preview.text.endswith("需要支持：物力；知悉范围：培养联系人和书记\n缺一台测试仪。")
    await member.tap("提交")
    await later(paired)
    asked = await secretary.last()
    assert "缺一台测试仪。" in asked.text
    assert WORDS not in asked.text
    [*_, report] = await secretary.tap("查看汇报")
    assert WORDS in report.text


async def test_what_was_just_said_of_a_need_is_taken_back(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    secretary, member = paired["陈静"], paired["李明"]
    [*_, card] = await secretary.tap("由我负责")
    assert card.text.startswith("已由您负责。\n一分钟后告知：李明；其间可撤销。")
    [*_, card] = await secretary.tap("撤销")
    assert "没有通知任何人" in card.text
    assert "由我负责" in card.buttons
    await later(paired)
    assert "有了进展" not in await member.heard()
    await secretary.tap("由我负责")
    await later(paired)
    [*_, old] = await secretary.forge("need.undo:1")
    assert "不能再撤销" in old.text
    [*_, refused] = await paired["林一"].forge("need.undo:1")
    assert "没有查看或办理此事的权限" in refused.text


async def test_from_the_secretary_alone_to_solved_in_english(english_stage: Stage) -> None:
    stage, member, secretary = english_stage, english_stage["李明"], english_stage["陈静"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    await member.say("/checkin No access to the GIS hall.")
    for key in ("Needs support", "People", "Secretary only"):
        await member.tap(key)
    await member.say("I would like another mentor.")
    [*_, receipt] = await member.tap("Hand in")
    assert "Who may know: secretary only" in receipt.text
    await later(stage)
    assert "I would like another mentor." in (await secretary.last()).text
    [*_, listed] = await stage["王芳"].say("/needs")
    assert "No request for support is open." in listed.text
    [*_, refused] = await stage["王芳"].forge("need.take_on:1")
    assert "This is not open to you." in refused.text
    await secretary.tap("Take it on")
    await secretary.tap("Promise a day")
    assert "1 October 2026 has passed" in (await secretary.say("2026-10-01"))[-1].text
    [*_, card] = await secretary.say("23 Oct")
    assert "Promised by Fri 23 Oct." in card.text
    await secretary.tap("Answer")
    await secretary.say("Let us talk on Friday.")
    await later(stage)
    told = await member.last()
    assert "Answer: “Let us talk on Friday.”" in told.text
    await member.tap("Not solved yet")
    await later(stage)
    assert "李明 says that it is not solved yet." in (await secretary.last()).text
    [*_, refused] = await secretary.forge("need.solve:1")
    assert "This is not open to you." in refused.text
    await member.tap("Solved", message=told)
    await later(stage)
    assert "李明 says that it is solved. Thank you." in (await secretary.last()).text
