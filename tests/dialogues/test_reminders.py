"""What the clock says, and what a person answers: report, later, not this time; and how they want to be reminded."""

from __future__ import annotations

from datetime import date, timedelta

from storage import outbox
from tests.dialogues.duty_story import at, duty_of, pair, reasons, reports, rotate
from tests.stage import Stage


async def test_on_friday_at_nine_li_ming_is_asked_for_his_weeks_progress(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    prompt = await stage["李明"].last()
    assert prompt.text == (
        "李明同志：本周进展请于10月16日（星期五）18:00前发来，两三句话即可：做了什么、用上了什么、还缺什么。"
    )
    assert prompt.buttons == ["现在汇报", "本期暂不汇报", "稍后提醒"]


async def test_the_prompt_in_english(english_stage: Stage) -> None:
    await pair(english_stage)
    await english_stage.at(at(10, 16, 9))
    prompt = await english_stage["李明"].last()
    assert prompt.text.startswith("李明: please send this week's progress by 18:00 on Fri 16 Oct.")


async def test_after_the_due_day_one_reminder_more_and_then_silence(stage: Stage) -> None:
    await pair(stage)
    for day in (16, 19, 20, 21):
        await stage.at(at(10, day, 9))
    heard = await stage["李明"].heard()
    assert heard.count("本周进展请于10月16日") == 1
    assert heard.count("本期汇报尚未收到。工作忙可点“本期暂不汇报”并简单说明；本期不再提醒。") == 1


async def test_the_button_beneath_the_prompt_begins_the_report(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    [*_, answer] = await stage["李明"].tap("现在汇报")
    assert "做了什么" in answer.text


async def test_nobody_else_hears_of_it(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    for name in ("王芳", "赵强", "陈静", "周伟", "林一"):
        assert "本周进展" not in await stage[name].heard()


async def test_not_this_time_wants_a_reason_and_ends_the_reminders(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    [*_, why] = await stage["李明"].tap("本期暂不汇报")
    assert why.buttons == ["工作任务集中", "出差或培训", "休假或病假", "仍要汇报"]
    [*_, noted] = await stage["李明"].tap("出差或培训")
    assert "本期暂不汇报" in noted.text
    assert (await duty_of(stage, "2026-W42")).reason == "出差或培训"
    await stage.at(at(10, 19, 9))
    assert "尚未收到" not in await stage["李明"].heard()


async def test_the_reason_may_be_typed(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    await stage["李明"].tap("本期暂不汇报")
    await stage["李明"].say("主变抢修，<b>连班</b>")
    assert (await duty_of(stage, "2026-W42")).reason == "主变抢修，<b>连班</b>"
    [*_, again] = await stage["李明"].forge("reminders.skip")
    assert (await duty_of(stage, "2026-W42")).state == "excused"
    assert again.text


async def test_a_forged_skip_of_another_persons_duty_is_refused(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    duty_id = (await duty_of(stage, "2026-W42")).id
    for name in ("赵强", "林一", "王芳"):
        await stage[name].forge(f"reminders.reason:{duty_id}:0")
    assert (await duty_of(stage, "2026-W42")).state == "open"


async def test_later_brings_the_prompt_back_in_an_hour(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    await stage["李明"].tap("稍后提醒")
    [*_, answer] = await stage["李明"].tap("一小时后")
    assert answer.text == "好的，2026年10月16日（星期五）10:00再提醒您。"
    await stage.at(at(10, 16, 10))
    assert (await stage["李明"].last()).text.startswith("李明同志：本周进展请于")


async def test_what_one_put_off_comes_back_in_a_week_that_is_full_too(stage: Stage) -> None:
    await pair(stage)
    secretary, member = stage["陈静"], stage["李明"]
    for weekday in (1, 2, 3):
        await secretary.forge(f"pairing.often:1:weekly:{weekday}")
        await stage.at(stage.clock.now() + timedelta(minutes=2))
    await stage.at(at(10, 16, 9))
    assert (await member.heard()).count("汇报周期自下一期起有调整") == 2
    await member.tap("稍后提醒")
    await member.tap("一小时后")
    await stage.at(at(10, 16, 10))
    assert (await member.last()).text.startswith("李明同志：本周进展请于"), "he asked for it himself"


async def test_later_tomorrow_and_on_a_day_keep_to_the_chosen_hour(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    [*_, choice] = await stage["李明"].tap("稍后提醒")
    assert choice.buttons == ["一小时后", "明天", "10月20日（星期二）", "10月21日（星期三）", "10月22日（星期四）"]
    await stage["李明"].tap("10月21日（星期三）")
    assert (await duty_of(stage, "2026-W42")).next_reminder_at == at(10, 21, 9)


async def test_forged_days_are_refused(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    [*_, past] = await stage["李明"].forge("reminders.snooze:2026-10-01")
    assert "已经过去" in past.text
    [*_, locked] = await stage["李明"].forge("reminders.snooze:2026-12-24")
    assert "锁定" in locked.text
    await stage["李明"].forge("reminders.snooze:99999")
    assert (await duty_of(stage, "2026-W42")).next_reminder_at == at(10, 19, 9)


async def test_after_days_of_downtime_one_message_catches_up(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 28, 10))
    heard = await stage["李明"].heard()
    assert heard.count("有2份汇报尚未收到") + heard.count("本期汇报尚未收到") + heard.count("本周进展请于") == 1


async def test_a_prompt_due_at_night_comes_in_the_morning(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 22))
    assert "尚未收到" not in await stage["李明"].heard()
    await stage.at(at(10, 17, 8))
    assert "本期汇报尚未收到" in await stage["李明"].heard()


async def test_reporting_in_time_keeps_the_reminder_away(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/checkin 完成两次保护校验，用在了主变检修上。")
    await stage["李明"].tap("按计划推进")
    if "提交" in (await stage["李明"].last()).buttons:
        await stage["李明"].tap("提交")
    assert (await reports(stage))["2026-W42"] == "done"
    await stage.at(at(10, 16, 9))
    await stage.at(at(10, 19, 9))
    assert "本周进展请于10月16日" not in await stage["李明"].heard()


async def test_the_mentor_gets_one_digest_with_what_waits(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("/checkin 完成两次保护校验，用在了主变检修上。")
    await stage["李明"].tap("按计划推进")
    if "提交" in (await stage["李明"].last()).buttons:
        await stage["李明"].tap("提交")
    await stage.at(at(10, 15, 9))
    await stage.at(at(10, 15, 9, 1))
    digest = await stage["王芳"].last()
    assert digest.text == "今天有1份汇报待您点评；没有意见的，点“已阅”即可。"
    assert digest.buttons == ["逐份点评"]
    assert await reasons(stage, "reminders.digest") == [("sent", None)]


async def test_a_mentee_who_fell_silent_is_one_line_of_the_digest(stage: Stage) -> None:
    await pair(stage)
    for day in (16, 19, 22, 26):
        await stage.at(at(10, day, 9))
    assert (await stage["王芳"].heard()).count(
        "李明同志本期汇报尚未收到，系统不再提醒本人，请方便时了解一下情况。"
    ) == 1


async def test_a_rotations_first_and_last_day_are_told_before(stage: Stage) -> None:
    await rotate(stage, date(2026, 10, 19), date(2026, 12, 18))
    await stage.at(at(10, 15, 9))
    assert (await stage["李明"].last()).text == (
        "李明同志：您10月19日（星期一）起到输电运检党支部轮岗，岗位：运检班见习班长，至12月18日（星期五）结束，带教人：赵强。"
    )
    assert "由您带教" in (await stage["赵强"].last()).text
    await stage.at(at(12, 16, 9))
    assert "届时请填写评价" in await stage["赵强"].heard()


async def three_turns(stage: Stage) -> str:
    """For 赵强 two rotations begin on Monday, and on the day on which this is told another ends before it."""
    for name, first, last in (
        ("李明", date(2026, 10, 19), date(2026, 12, 18)), ("王芳", date(2026, 10, 19), date(2026, 11, 20)),
        ("林一", date(2026, 9, 1), date(2026, 10, 19)),
    ):  # fmt: skip
        await rotate(stage, first, last, name=name)
    before = await stage["赵强"].heard()
    await stage.at(at(10, 15, 9))
    return (await stage["赵强"].heard()).removeprefix(before).strip()


async def test_all_turns_of_a_day_are_one_message_of_the_weeks_three(stage: Stage) -> None:
    told = await three_turns(stage)
    last = await stage["赵强"].last()
    assert told == last.text
    assert told.count("由您带教") == 2
    assert "林一同志" in told
    assert last.buttons == ["查看轮岗 1", "查看轮岗 2", "查看轮岗 3"]
    person, monday = stage["赵强"].person_id, at(10, 12, 0)
    assert await stage.database.read(lambda tx: outbox.unasked_since(tx, person, monday)) == 1


async def test_all_turns_of_a_day_in_english(english_stage: Stage) -> None:
    told = await three_turns(english_stage)
    assert told.count("with you as host") == 2
    assert (await english_stage["赵强"].last()).buttons == [f"See the rotation {number}" for number in (1, 2, 3)]


async def test_hour_and_days_are_chosen_and_the_next_prompt_keeps_to_them(stage: Stage) -> None:
    await pair(stage)
    [*_, settings] = await stage["李明"].say("/reminders")
    assert "提醒时间：周一、周二、周三、周四、周五09:00。" in settings.text
    assert "12:00" not in settings.buttons
    await stage["李明"].tap("15:00")
    [*_, settings] = await stage["李明"].tap("✓周五")
    assert "周五" in settings.buttons
    assert "下次提醒：2026年10月15日（星期四）15:00。" in settings.text
    await stage.at(at(10, 15, 15))
    assert "本周进展请于10月16日" in await stage["李明"].heard()


async def test_a_forged_hour_in_the_quiet_hours_is_refused(stage: Stage) -> None:
    await stage["李明"].say("/reminders")
    [*_, answer] = await stage["李明"].forge("reminders.hour:13")
    assert "免打扰" in answer.text
    [*_, answer] = await stage["李明"].forge("reminders.hour:3")
    assert "内容已不存在" in answer.text


async def test_switched_off_nothing_comes_until_they_are_switched_on_again(stage: Stage) -> None:
    await pair(stage)
    await stage["李明"].say("提醒设置")
    [*_, off] = await stage["李明"].tap("关闭提醒")
    assert "提醒已关闭" in off.text
    await stage.at(at(10, 16, 9))
    assert "本周进展请于" not in await stage["李明"].heard()
    await stage["李明"].tap("开启提醒", message=off)
    await stage.at(at(10, 19, 9))
    assert "本期汇报尚未收到" in await stage["李明"].heard()


async def test_only_who_guides_someone_may_get_each_report_at_once(stage: Stage) -> None:
    await pair(stage)
    await stage["王芳"].say("/reminders")
    [*_, answer] = await stage["王芳"].tap("汇报随到随告知")
    assert "收到一份，告知一份" in answer.text
    [*_, settings] = await stage["李明"].say("/reminders")
    assert "汇报随到随告知" not in settings.buttons
    [*_, refused] = await stage["李明"].forge("reminders.at_once:on")
    assert "权限" in refused.text


async def test_with_several_reports_all_can_be_left_out_for_one_reason(stage: Stage) -> None:
    await pair(stage)
    await rotate(stage, date(2026, 10, 12), date(2026, 12, 18))
    await stage.at(at(10, 16, 9))
    [*_, which] = await stage["李明"].tap("本期暂不汇报")
    assert which.buttons[0] == "全部（2份）"
    assert which.buttons[-1] == "仍要汇报"
    await stage["李明"].tap("全部（2份）")
    [*_, noted] = await stage["李明"].tap("工作任务集中")
    assert noted.text == "已记下：本期暂不汇报，也不再提醒。想汇报时，随时点“汇报”。"
    assert noted.buttons == ["撤销"]
    assert set((await reports(stage)).values()) <= {"excused", "scheduled"}


async def test_one_of_several_left_out_leaves_the_others_within_reach(stage: Stage) -> None:
    await pair(stage)
    await rotate(stage, date(2026, 10, 12), date(2026, 12, 18))
    await stage.at(at(10, 16, 9))
    [*_, which] = await stage["李明"].tap("本期暂不汇报")
    await stage["李明"].tap(which.buttons[1])
    [*_, noted] = await stage["李明"].tap("工作任务集中")
    assert noted.text.endswith("另有1份汇报待交。")
    assert noted.buttons == ["撤销", "现在汇报", "本期暂不汇报"]


async def test_nothing_is_left_out_twice(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    await stage["李明"].tap("本期暂不汇报")
    await stage["李明"].tap("出差或培训")
    await stage["李明"].forge("check_in.skip:0")
    [*_, refused] = await stage["李明"].say("出差")
    assert (await duty_of(stage, "2026-W42")).reason == "出差或培训"
    assert refused.text


async def test_an_earlier_report_and_a_coming_one_share_a_prompt_that_tells_them_apart(stage: Stage) -> None:
    await pair(stage)
    await stage.at(at(10, 16, 9))
    await stage.at(at(10, 23, 9))
    assert (await stage["李明"].last()).text.endswith(
        "10月16日（星期五）到期的汇报尚未收到，可以这次一并补交。工作忙可点“本期暂不汇报”并简单说明；该期不再提醒。"
    )
    await stage["李明"].tap("现在汇报")
    await stage["李明"].say("完成两次保护校验，用在了主变检修上。")
    await stage["李明"].tap("按计划推进")
    [*_, receipt] = await stage["李明"].tap("提交")
    assert "10月16日（星期五）到期的记为补交。" in receipt.text


async def test_later_and_then_silence_in_english(english_stage: Stage) -> None:
    await pair(english_stage)
    member = english_stage["李明"]
    await english_stage.at(at(10, 16, 9))
    [*_, choice] = await member.tap("Remind me later")
    assert choice.buttons == ["In an hour", "Tomorrow", "Tue 20 Oct", "Wed 21 Oct", "Thu 22 Oct"]
    [*_, answer] = await member.tap("In an hour")
    assert answer.text == "All right, the next reminder comes on Friday, 16 October 2026, 10:00."
    [*_, past] = await member.forge("reminders.snooze:2026-10-01")
    assert past.text.endswith("has passed; please choose a later day.")
    for day, hour in ((16, 10), (19, 9), (20, 9), (21, 9)):
        await english_stage.at(at(10, day, hour))
    heard = await member.heard()
    assert heard.count("please send this week's progress") == 1, "the first one asked when to come back"
    assert heard.count("This period's report has not come yet.") == 1
    await english_stage.at(at(10, 22, 9))
    assert (await english_stage["王芳"].last()).text == (
        "Nothing has come for this period from 李明, who will not be reminded again. Please have a word when convenient."
    )


async def test_hour_and_days_are_chosen_in_english(english_stage: Stage) -> None:
    await pair(english_stage)
    member = english_stage["李明"]
    [*_, settings] = await member.say("/reminders")
    assert "Reminders: at 09:00 on Mon, Tue, Wed, Thu and Fri." in settings.text
    await member.tap("15:00")
    [*_, settings] = await member.tap("✓Fri")
    assert "The next one: Thursday, 15 October 2026, 15:00." in settings.text
    [*_, off] = await member.tap("Switch reminders off")
    assert "Switched off: no prompts and no digests. What concerns you directly still reaches you." in off.text
    [*_, refused] = await member.forge("reminders.hour:13")
    assert refused.text == "That hour is within your quiet hours; please choose another."
    await english_stage.at(at(10, 15, 15))
    assert "please send this week's progress" not in await member.heard()
