"""工作日历: the secretary sees the coming days off and sets days of the own unit; due days ahead move along."""

from __future__ import annotations

from tests.dialogues.duty_story import at, duty_of, pair
from tests.stage import BRANCH, COMMITTEE, Stage


async def test_the_secretary_sees_the_coming_days_off_with_what_is_provisional(stage: Stage) -> None:
    await stage["陈静"].say("/home")
    [*_, page] = await stage["陈静"].press("工作日历")
    assert page.text.startswith(f"{BRANCH}工作日历")
    assert "（暂定）" in page.text
    assert "增加休息日" in page.buttons


async def test_a_day_off_of_the_branch_moves_the_due_day(stage: Stage) -> None:
    await pair(stage)
    await stage["陈静"].say("/holidays")
    await stage["陈静"].tap("增加休息日")
    [*_, page] = await stage["陈静"].say("10月16日")
    assert f"{BRANCH}设定：10月16日（星期五）休息" in page.text
    await stage.at(at(10, 12, 10, 1))
    assert (await duty_of(stage, "2026-W42")).due_at == at(10, 15, 18)
    await stage.at(at(10, 15, 9))
    assert "10月15日（星期四）18:00前" in await stage["李明"].heard()


async def test_a_working_saturday_takes_it_further_and_taking_it_back_restores_it(stage: Stage) -> None:
    await pair(stage)
    for button, day in (("增加休息日", "10月16日"), ("增加工作日", "10月17日")):
        await stage["陈静"].say("/holidays")
        await stage["陈静"].tap(button)
        await stage["陈静"].say(day)
    await stage.at(at(10, 12, 10, 1))
    assert (await duty_of(stage, "2026-W42")).due_at == at(10, 17, 18)
    await stage["陈静"].tap("取消对10月16日（星期五）的设定")
    await stage.at(at(10, 12, 10, 2))
    assert (await duty_of(stage, "2026-W42")).due_at == at(10, 16, 18)


async def test_a_day_of_the_committee_holds_for_its_branches_unless_they_say_otherwise(stage: Stage) -> None:
    await pair(stage)
    await stage["周伟"].say("/holidays")
    await stage["周伟"].tap("增加休息日")
    await stage["周伟"].say("10月16日")
    [*_, page] = await stage["陈静"].say("/holidays")
    assert f"{COMMITTEE}设定：10月16日（星期五）休息" in page.text
    assert "取消10月16日（星期五）" not in page.buttons
    await stage["陈静"].tap("增加工作日")
    await stage["陈静"].say("10月16日")
    await stage.at(at(10, 12, 10, 1))
    assert (await duty_of(stage, "2026-W42")).due_at == at(10, 16, 18)


async def test_what_is_so_already_has_passed_or_is_no_day_is_refused(stage: Stage) -> None:
    await stage["陈静"].say("/holidays")
    await stage["陈静"].tap("增加休息日")
    assert "哪一天" in (await stage["陈静"].say("改天"))[-1].text
    assert "已经办结" in (await stage["陈静"].say("10月17日"))[-1].text
    assert "已经过去" in (await stage["陈静"].say("10月9日"))[-1].text
    assert "两年以后" in (await stage["陈静"].say("2030-10-09"))[-1].text


async def test_the_calendar_is_kept_by_secretaries_and_officers_of_the_unit_alone(stage: Stage) -> None:
    unit = stage.units[COMMITTEE]
    for name in ("李明", "王芳", "赵强", "林一"):
        assert "权限" in (await stage[name].say("/holidays"))[-1].text
    for data in (f"holidays.of:{unit}", f"holidays.ask:{unit}:off", f"holidays.remove:{unit}:2026-10-16"):
        [*_, refused] = await stage["陈静"].forge(data)
        assert "权限" in refused.text


async def test_in_english(english_stage: Stage) -> None:
    stage, secretary = english_stage, english_stage["陈静"]
    await pair(stage)
    [*_, page] = await secretary.say("/holidays")
    assert page.text.startswith(f"Working days of {BRANCH}")
    assert "· Fri 1 Jan to Sun 3 Jan: off (provisional)" in page.text
    await secretary.tap("Add a day off")
    assert "No day could be read in this." in (await secretary.say("some day"))[-1].text
    assert "Friday, 9 October 2026 has passed" in (await secretary.say("9 Oct"))[-1].text
    [*_, page] = await secretary.say("16 Oct")
    assert f"Set by {BRANCH}: Fri 16 Oct is off" in page.text
    await stage.at(at(10, 12, 10, 1))
    await stage.at(at(10, 15, 9))
    assert "by 18:00 on Thu 15 Oct" in await stage["李明"].heard()
    await secretary.say("/holidays")
    [*_, page] = await secretary.tap("Remove Fri 16 Oct")
    assert "coming due days follow within a minute" in page.text
    assert "Set by" not in page.text
    for name in ("李明", "王芳", "赵强", "林一"):
        assert "This is not open to you." in (await stage[name].say("/holidays"))[-1].text
