"""暂停汇报: typed or by buttons, for oneself, for another, for a unit; previewed, taken back, over by itself."""

from __future__ import annotations

from tests.dialogues.duty_story import at, pair, reports
from tests.stage import BRANCH, OTHER_BRANCH, Player, Stage


async def test_a_leave_typed_in_one_line_is_previewed_and_excuses_what_falls_due(stage: Stage) -> None:
    await pair(stage)
    [*_, preview] = await stage["李明"].say("/leave 10月15日 10月24日")
    assert preview.text == (
        "您将于2026年10月15日（星期四）至2026年10月24日（星期六）暂停汇报。\n"
        "免交的汇报：10月16日（星期五）、10月23日（星期五）。\n"
        "2026年10月25日（星期日）自动恢复。"
    )
    assert set((await reports(stage)).values()) == {"scheduled"}
    [*_, taken] = await stage["李明"].tap("确认")
    assert taken.text == "已暂停汇报：10月15日（星期四）至10月24日（星期六），到期自动恢复。"
    assert await reports(stage) == {"2026-W42": "excused", "2026-W43": "excused"}


async def test_no_prompt_comes_during_it_and_it_resumes_by_itself(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/leave 明天 下周五")
    await stage["李明"].tap("确认")
    for day in (16, 19, 23, 26):
        await stage.at(at(10, day, 9))
    assert "进展请于" not in await stage["李明"].heard()
    await stage.at(at(10, 30, 9))
    assert "本周进展请于10月30日（星期五）18:00前发来" in await stage["李明"].heard()


async def test_it_can_be_undone_at_once(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/leave 本周")
    await stage["李明"].tap("确认")
    assert (await reports(stage))["2026-W42"] == "excused"
    [*_, answer] = await stage["李明"].tap("撤销")
    assert answer.text == "已取消10月12日（星期一）至10月18日（星期日）的暂停汇报，期间的汇报照常提交。"
    assert (await reports(stage))["2026-W42"] in ("open", "scheduled")
    await stage.at(at(10, 16, 9))
    assert "本周进展请于10月16日" in await stage["李明"].heard()


async def test_by_buttons_for_this_week(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/home")
    await stage["李明"].press("暂停汇报")
    [*_, preview] = await stage["李明"].tap("本周")
    assert "10月16日（星期五）" in preview.text
    await stage["李明"].tap("确认")
    assert (await reports(stage))["2026-W42"] == "excused"


async def test_for_a_single_day(stage: Stage) -> None:
    await pair(stage)
    [*_, preview] = await stage["李明"].say("/leave 明天")
    assert preview.text.startswith("您将于2026年10月13日（星期二）暂停汇报一天。")


async def test_by_buttons_until_a_day(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/leave")
    await stage["李明"].tap("从今天起，到……")
    [*_, unclear] = await stage["李明"].say("过些天")
    assert "哪一天" in unclear.text
    [*_, preview] = await stage["李明"].say("下周五")
    assert "2026年10月12日（星期一）至2026年10月23日（星期五）" in preview.text


async def test_what_is_no_span_or_reversed_is_answered_with_what_to_do(stage: Stage) -> None:
    [*_, unclear] = await stage["李明"].say("/leave 身体不适")
    assert "10月20日 10月30日" in unclear.text
    [*_, reversed_] = await stage["李明"].say("/leave 2026-10-30 2026-10-20")
    assert "早于" in reversed_.text
    [*_, long] = await stage["李明"].say("/leave 2026-10-20 2028-10-20")
    assert "最长一年" in long.text
    [*_, over] = await stage["李明"].say("/leave 2026-03-01 2026-03-08")
    assert "锁定" in over.text


async def test_the_same_leave_confirmed_twice_is_one(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/leave 本周")
    await stage["李明"].tap("确认")
    await stage["李明"].forge(f"leave.take:{stage['李明'].person_id}:0:2026-10-12:2026-10-18")
    [*_, home] = await stage["李明"].say("/leave")
    assert home.text.count("· 李明") == 1


async def test_the_secretary_enters_it_for_a_person_who_is_told(stage: Stage) -> None:
    await pair(stage)
    await stage["陈静"].say("/leave")
    await stage["陈静"].tap("为其他同志办理")
    [*_, found] = await stage["陈静"].say("李明")
    await stage["陈静"].tap(next(label for label in found.buttons if label.startswith("李明")))
    await stage["陈静"].tap("本周")
    [*_, taken] = await stage["陈静"].tap("确认")
    assert taken.text.endswith("\n一分钟后告知：李明")
    assert (await reports(stage))["2026-W42"] == "excused"
    await stage.at(at(10, 12, 10, 2))
    assert "书记已为您办理暂停汇报" in (await stage["李明"].last()).text
    await stage["李明"].tap("取消暂停")
    assert (await reports(stage))["2026-W42"] == "open"


async def test_a_whole_unit_pauses_with_the_next_tick(stage: Stage) -> None:
    await pair(stage)
    await pair(stage, "林一", "赵强")
    await stage["陈静"].say("/leave")
    await stage["陈静"].tap(f"{BRANCH}全体")
    [*_, preview] = await stage["陈静"].tap("本周")
    assert "涉及3人" in preview.text
    await stage["陈静"].tap("确认")
    await stage.at(at(10, 16, 9))
    assert "本周进展请于" not in await stage["李明"].heard()
    assert "本周进展请于" in await stage["林一"].heard()


async def test_nobody_pauses_the_reports_of_people_he_does_not_lead(stage: Stage) -> None:
    await pair(stage)
    li_ming, unit = stage["李明"].person_id, stage.units[OTHER_BRANCH]
    for name in ("王芳", "赵强", "林一"):
        [*_, refused] = await stage[name].forge(f"leave.take:{li_ming}:0:2026-10-12:2026-10-18")
        assert "权限" in refused.text
        assert "为其他同志办理" not in (await stage[name].say("/leave"))[-1].buttons
    [*_, refused] = await stage["陈静"].forge(f"leave.take:0:{unit}:2026-10-12:2026-10-18")
    assert "权限" in refused.text
    assert set((await reports(stage)).values()) == {"scheduled"}


async def test_forged_days_are_no_days(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].forge(f"leave.take:{stage['李明'].person_id}:0:x:y")
    assert "内容已不存在" in answer.text
    [*_, answer] = await stage["林一"].forge("leave.cancel:1")
    assert "权限" in answer.text


async def test_a_leave_in_english(english_stage: Stage) -> None:
    await pair(english_stage)
    [*_, preview] = await english_stage["李明"].say("/leave tomorrow to next Fri")
    assert "Reports excused, by due day: Fri 16 Oct and Fri 23 Oct." in preview.text
    [*_, taken] = await english_stage["李明"].tap("Confirm")
    assert taken.text == "Reporting is paused from Tue 13 Oct to Fri 23 Oct. It resumes by itself."
    [*_, undone] = await english_stage["李明"].tap("Undo")
    assert undone.text == "Your pause from Tue 13 Oct to Fri 23 Oct has been ended; reports are due again."
    assert "excused" not in (await reports(english_stage)).values()
    [*_, refused] = await english_stage["林一"].forge("leave.restore:1")
    assert "This is not open to you." in refused.text


async def test_ending_a_leave_can_be_undone_and_whoever_it_is_of_hears_how_it_stands(stage: Stage) -> None:
    await pair(stage)
    await stage["陈静"].say("/leave")
    await stage["陈静"].tap("为其他同志办理")
    await stage["陈静"].tap(data=f"leave.person:{stage['李明'].person_id}")
    await stage["陈静"].tap("本周")
    await stage["陈静"].tap("确认")
    await stage.at(at(10, 12, 11))
    assert "书记已为您办理暂停汇报" in await stage["李明"].heard()
    [*_, ended] = await stage["陈静"].tap("撤销")
    assert "一分钟后告知：李明" in ended.text
    [*_, taken] = await stage["陈静"].tap("撤销")
    assert "告知" not in taken.text
    assert "已为李明暂停汇报：10月12日（星期一）至10月18日（星期日）" in taken.text
    assert (await reports(stage))["2026-W42"] == "excused"
    await stage.at(at(10, 12, 12))
    assert "已取消您" not in await stage["李明"].heard()
    await stage["陈静"].tap("撤销")
    await stage.at(at(10, 12, 15))
    assert "书记已取消您10月12日（星期一）至10月18日（星期日）的暂停汇报" in await stage["李明"].heard()
    [*_, refused] = await stage["林一"].forge("leave.restore:1")
    assert "没有查看或办理此事的权限" in refused.text


async def begin_for_zheng(stage: Stage) -> Player:
    """郑国华 does not use Telegram; his secretary pauses his reporting for this week."""
    zheng, secretary = await stage.person("郑国华", BRANCH, account=False), stage["陈静"]
    await secretary.forge(f"leave.week:{zheng.person_id}:0:0")
    return secretary


async def test_what_is_entered_for_somebody_says_from_what(stage: Stage) -> None:
    secretary = await begin_for_zheng(stage)
    preview = await secretary.last()
    assert "10月12日（星期一）至2026年10月18日（星期日）" in preview.text
    assert "依据是什么？" in preview.text
    assert preview.buttons == ["纸质材料", "当面口述", "电话告知", "放弃填写"]
    [*_, checked] = await secretary.tap("电话告知")
    assert "根据郑国华同志的电话告知代录（2026年10月12日）" in checked.text
    [*_, taken] = await secretary.tap("确认代录")
    mark = "暂停汇报：由陈静书记根据郑国华同志的电话告知代录（2026年10月12日）。"
    assert mark in taken.text
    [*_, shown] = await secretary.forge(f"leave.person:{stage['郑国华'].person_id}")
    assert f"· 郑国华：10月12日（星期一）至10月18日（星期日）\n{mark}" in shown.text
    await secretary.tap(next(label for label in shown.buttons if label.startswith("取消")))
    [*_, again] = await secretary.tap("撤销")
    assert mark in again.text


async def test_what_was_entered_and_taken_back_is_on_no_list_of_his(stage: Stage) -> None:
    secretary = await begin_for_zheng(stage)
    await secretary.tap("电话告知")
    await secretary.tap("确认代录")
    await secretary.tap("撤销")
    zheng = stage["郑国华"]
    await stage.enrol(zheng, "zh-hans")
    kept = "".join(one.text for one in await zheng.say("/mydata"))
    assert "郑国华同志的个人信息" in kept
    assert "代录的事项" not in kept
    [*_, own] = await zheng.say("/me")
    assert "为我代录的事项" not in own.buttons


async def test_a_paper_of_an_earlier_day_is_kept_with_it(stage: Stage) -> None:
    secretary = await begin_for_zheng(stage)
    await secretary.send("photo")
    await secretary.tap("纸质材料")
    await secretary.tap("改日期")
    [*_, unclear] = await secretary.say("过几天")
    assert "没有看出是哪一天" in unclear.text
    [*_, future] = await secretary.say("10月20日")
    assert "还没有到" in future.text
    [*_, checked] = await secretary.say("10月9日")
    assert "根据郑国华同志的纸质材料代录（2026年10月9日）" in checked.text
    assert "附纸质材料照片" in checked.text
    [*_, taken] = await secretary.tap("确认代录")
    assert "根据郑国华同志的纸质材料代录（2026年10月9日）" in taken.text
    [*_, shown] = await secretary.tap("查看纸质材料")
    assert shown.file is not None


async def test_a_pause_that_is_not_entered_after_all_leaves_nothing(stage: Stage) -> None:
    secretary = await begin_for_zheng(stage)
    old = await secretary.last()
    [*_, discarded] = await secretary.tap("放弃填写")
    assert discarded.text == "已放弃，没有代录。"
    [*_, gone] = await secretary.forge(old.rows[0][0].data)
    assert "代录" not in gone.text
    [*_, shown] = await secretary.forge(f"leave.person:{stage['郑国华'].person_id}")
    assert "10月12日" not in shown.text


async def test_so_it_does_in_english(english_stage: Stage) -> None:
    secretary = await begin_for_zheng(english_stage)
    await secretary.send("photo")
    await secretary.tap("A paper")
    await secretary.tap("Another day")
    await secretary.say("9 October")
    [*_, taken] = await secretary.tap("Confirm the entry")
    assert "Pause reporting: entered by 陈静, the secretary, from the paper of 郑国华 (9 October 2026)." in taken.text
    [*_, shown] = await secretary.tap("See the paper")
    assert shown.file is not None


async def test_without_a_source_it_is_asked_for_and_whoever_uses_telegram_is_not_spoken_for(stage: Stage) -> None:
    await pair(stage)
    await begin_for_zheng(stage)
    days = "2026-10-12:2026-10-18"
    [*_, asked] = await stage["陈静"].forge(f"leave.take:{stage['郑国华'].person_id}:0:{days}")
    assert "依据是什么？" in asked.text
    [*_, taken] = await stage["陈静"].forge(f"leave.take:{stage['李明'].person_id}:0:{days}")
    assert "代录" not in taken.text
