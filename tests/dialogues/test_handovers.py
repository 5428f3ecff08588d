"""调离、退休、交接: what hangs on somebody is shown, a successor named for each, and all of it done in one tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import RoleKind
from domain.units import UnitKind
from tests.dialogues.test_check_ins import report
from tests.dialogues.test_needs import ask, later
from tests.programme import pair, rotate
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Stage


async def tie(stage: Stage) -> Stage:
    """王芳 guides 李明, hosts 林一 and sees to what 李明 needs."""
    people = {name: stage[name].person_id for name in stage.players}
    await pair(stage.database, MONDAY, people["李明"], [people["王芳"]])
    await rotate(stage.database, MONDAY, people["林一"], stage.units[BRANCH], people["王芳"])
    await ask(stage)
    await later(stage)
    await stage["王芳"].tap(stage.key("Help with this"))
    await stage["王芳"].tap(stage.key("Take it on"))
    await later(stage)
    return stage


@pytest.fixture
async def tied(stage: Stage) -> Stage:
    return await tie(stage)


async def opened(stage: Stage, by: str, name: str, kind: str) -> str:
    await stage[by].say(f"/people {name}")
    await stage[by].tap(data=f"people.card:{stage[name].person_id}")
    await stage[by].tap(data=f"handover.begin:{stage[name].person_id}")
    [*_, page] = await stage[by].tap(kind)
    return page.text


async def name(stage: Stage, by: str, line: str, successor: str) -> str:
    await stage[by].tap(line)
    await stage[by].say(successor)
    [*_, page] = await stage[by].tap(data=await found(stage, by, successor))
    return page.text


async def found(stage: Stage, by: str, successor: str) -> str:
    """The button of the search that names this person."""
    keys = [key.data for row in (await stage[by].last()).rows for key in row]
    return next(data for data in keys if data.endswith(f":{stage[successor].person_id}"))


async def test_what_hangs_on_a_mentor_is_shown_before_anything_happens(tied: Stage) -> None:
    page = await opened(tied, "陈静", "王芳", "退休")
    assert page.startswith("王芳同志退休")
    for line in (
        f"李明（{BRANCH}）的培养联系人 → 尚未明确", f"林一（{OTHER_BRANCH}）的轮岗带教人 → 尚未明确", "负责解决的困难1件 → 尚未明确",
        "待点评的汇报1份", "还有3项待明确",
    ):  # fmt: skip
        assert line in page
    assert "确认办理" not in str((await tied["陈静"].last()).rows)
    [*_, refused] = await tied["陈静"].forge("handover.confirm")
    assert "还有3项没有明确接手人" in refused.text
    await tied["陈静"].tap("返回王芳")
    assert "工号" in await tied["陈静"].heard()


async def test_all_to_one_person_in_one_go(tied: Stage) -> None:
    await opened(tied, "陈静", "王芳", "退休")
    page = await name(tied, "陈静", "全部交给一位同志", "陈静")
    assert page.count("→ 陈静") == 3
    [*_, done] = await tied["陈静"].tap("确认办理：退休")
    assert "已登记王芳同志自今日起退休" in done.text
    await later(tied)
    assert "陈静" in (await tied["李明"].last()).text
    [*_, waiting] = await tied["陈静"].say("待点评")
    assert "1份" in waiting.text
    [*_, answer] = await tied["王芳"].say("/home")
    assert "邀请" in answer.text
    [*_, gone] = await tied["陈静"].tap("撤销", message=done)
    assert "已经过了一分钟" in gone.text


async def test_undo_within_the_minute_puts_everything_back(tied: Stage) -> None:
    await opened(tied, "陈静", "王芳", "调离本单位")
    await name(tied, "陈静", "全部交给一位同志", "陈静")
    heard = await tied["李明"].heard()
    await tied["陈静"].tap("确认办理：调离本单位")
    await tied["陈静"].tap("撤销")
    await later(tied)
    assert await tied["李明"].heard() == heard
    page = await opened(tied, "陈静", "王芳", "只交接工作")
    assert f"李明（{BRANCH}）的培养联系人 → 仍由王芳负责" in page
    assert f"林一（{OTHER_BRANCH}）的轮岗带教人 → 仍由王芳负责" in page
    assert "负责解决的困难1件" in page


async def test_a_part_is_handed_over_and_the_person_stays(tied: Stage) -> None:
    await opened(tied, "陈静", "王芳", "只交接工作")
    [*_, empty] = await tied["陈静"].forge("handover.confirm")
    assert "还没有交接事项" in empty.text
    page = await name(tied, "陈静", "带教：林一", "赵强")
    assert f"林一（{OTHER_BRANCH}）的轮岗带教人 → 赵强" in page
    await tied["陈静"].tap("确认办理：只交接工作")
    await later(tied)
    assert "林一" in (await tied["赵强"].last()).text
    [*_, home] = await tied["王芳"].say("/home")
    assert "您好" in home.text


async def test_a_successor_who_cannot_guide_is_named_with_the_reason(tied: Stage) -> None:
    await opened(tied, "陈静", "王芳", "只交接工作")
    await name(tied, "陈静", "培养联系人：李明", "李明")
    [*_, refused] = await tied["陈静"].tap("确认办理：只交接工作")
    assert "李明" in refused.text
    page = await opened(tied, "陈静", "王芳", "只交接工作")
    assert "仍由王芳负责" in page


async def test_a_secretary_goes_with_her_role_handed_over(stage: Stage) -> None:
    page = await opened(stage, "周伟", "陈静", "调离本单位")
    assert f"{BRANCH}支部书记 → 尚未明确" in page
    await name(stage, "周伟", "职务：支部书记", "王芳")
    await stage["周伟"].tap("确认办理：调离本单位")
    await later(stage)
    assert "支部书记" in (await stage["王芳"].last()).text
    [*_, listed] = await stage["王芳"].say("困难与支持")
    assert "没有待解决的困难" in listed.text


async def test_a_role_named_from_above_keeps_the_branch_from_entering_it(stage: Stage) -> None:
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    page = await opened(stage, "陈静", "王芳", "退休")
    assert "支部副书记 → 由上级办理" in page
    [*_, refused] = await stage["陈静"].forge("handover.confirm")
    assert "请先免去职务" in refused.text


async def test_who_is_guided_leaves_with_what_is_their_own(tied: Stage) -> None:
    page = await opened(tied, "陈静", "李明", "调离本单位")
    assert "没有需要他人接手的事项" in page
    assert "李明同志本人的结对提前结束。" in page
    assert "尚未解决的困难撤回1件" in page
    await tied["陈静"].tap("确认办理：调离本单位")
    await later(tied)
    assert "调离" in await tied["王芳"].heard()
    [*_, listed] = await tied["陈静"].say("困难与支持")
    assert "没有待解决的困难" in listed.text


async def test_a_move_between_branches_keeps_everything(tied: Stage) -> None:
    await tied.give_role(tied["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    [*_, choice] = await tied["陈静"].forge(f"handover.kind:{tied['李明'].person_id}:moves")
    await tied["陈静"].forge(f"handover.unit:{tied.units[OTHER_BRANCH]}")
    assert OTHER_BRANCH not in str(choice.rows)
    assert "没有查看或办理此事的权限" in (await tied["陈静"].last()).text
    assert "转往您负责范围以外的组织，请上级党组织办理。" in choice.text
    assert "请上级党组织办理" not in await opened(tied, "周伟", "李明", "转往其他组织")
    [*_, page] = await tied["周伟"].tap(OTHER_BRANCH)
    assert f"转到{OTHER_BRANCH}，结对、汇报和困难一并转去。" in page.text
    [*_, done] = await tied["周伟"].tap("确认办理：转往其他组织")
    assert f"李明同志已转到{OTHER_BRANCH}" in done.text
    await later(tied)
    assert f"您已转到{OTHER_BRANCH}" in await tied["李明"].heard()
    for secretary in ("陈静", "赵强"):
        assert f"李明同志已由{BRANCH}转到{OTHER_BRANCH}" in await tied[secretary].heard()
    [*_, listed] = await tied["赵强"].say("困难与支持")
    assert "李明：物力" in listed.text
    [*_, reports] = await tied["赵强"].forge(f"me.reports:0:{tied['李明'].person_id}")
    assert "李明" in reports.text
    [*_, refused] = await tied["陈静"].forge(f"me.reports:0:{tied['李明'].person_id}")
    assert "没有查看或办理此事的权限" in refused.text
    await tied.at(MONDAY + timedelta(days=11, hours=-1))
    assert "本周进展" in await tied["李明"].heard()


async def test_within_the_branch_nothing_else_changes(stage: Stage) -> None:
    await stage.unit(UnitKind.GROUP, "第一党小组", BRANCH)
    await opened(stage, "陈静", "李明", "转往其他组织")
    await stage["陈静"].tap("第一党小组")
    await stage["陈静"].tap("确认办理：转往其他组织")
    await later(stage)
    assert f"您已转到{BRANCH}第一党小组，其他一切照旧。" in await stage["李明"].heard()
    assert "由该组织书记查看" not in await stage["李明"].heard()


@pytest.mark.parametrize("who", ["李明", "王芳", "赵强", "林一"])
async def test_others_enter_nothing(tied: Stage, who: str) -> None:
    person = tied["王芳"].person_id
    for press in (f"handover.begin:{person}", f"handover.kind:{person}:retires", f"handover.undo:{person}",
                  f"departures.come_back:{person}"):  # fmt: skip
        [*_, refused] = await tied[who].forge(press)
        assert "没有查看或办理此事的权限" in refused.text


async def test_what_hangs_on_a_mentor_in_english(english_stage: Stage) -> None:
    stage, secretary = await tie(english_stage), english_stage["陈静"]
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    page = await opened(stage, "周伟", "王芳", "Retires")
    for line in (
        f"cultivation contact of 李明 ({BRANCH}) → nobody is named yet",
        f"host of 林一 ({OTHER_BRANCH}) in a rotation → nobody is named yet",
        "needs seen to: 1 → nobody is named yet", f"deputy branch secretary, {BRANCH} → nobody is named yet",
        "Reports waiting for review: 1.", "Still to be named: 4.",
    ):  # fmt: skip
        assert line in page
    [*_, refused] = await stage["周伟"].forge("handover.confirm")
    assert "Nobody is named yet for 4 of the items." in refused.text
    page = await name(stage, "周伟", "All to one person", "陈静")
    assert page.count("→ 陈静") == 4
    [*_, done] = await stage["周伟"].tap("Confirm: Retires")
    assert done.text.startswith("王芳 has been entered as having retired today.")
    await later(stage)
    [*_, waiting] = await secretary.say("/reviews")
    assert "1 report is waiting for you" in waiting.text
    [*_, gone] = await stage["周伟"].tap("Undo", message=done)
    assert "the minute is over" in gone.text


async def test_a_move_between_branches_in_english(english_stage: Stage) -> None:
    stage, officer = english_stage, english_stage["周伟"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await report(stage, "Tested the GIS hall.")
    await later(stage)
    [*_, choice] = await stage["陈静"].forge(f"handover.kind:{stage['李明'].person_id}:moves")
    assert "Units outside yours are not in the list: for those, please ask the level above." in choice.text
    await opened(stage, "周伟", "李明", "Moves to another unit")
    [*_, page] = await officer.tap(OTHER_BRANCH)
    assert f"To {OTHER_BRANCH}; pairings, reports and needs go along." in page.text
    [*_, done] = await officer.tap("Confirm: Moves to another unit")
    assert done.text.startswith(f"李明 now belongs to {OTHER_BRANCH}.")
    await later(stage)
    assert f"You now belong to {OTHER_BRANCH}." in await stage["李明"].heard()
    assert (
        f"李明 has moved from {BRANCH} to {OTHER_BRANCH}, with pairings, reports and needs."
        in await stage["陈静"].heard()
    )
    reports = f"me.reports:0:{stage['李明'].person_id}"
    [*_, kept] = await stage["赵强"].forge(reports)
    assert "Tested the GIS hall." in str(kept.rows)
    [*_, refused] = await stage["陈静"].forge(reports)
    assert "This is not open to you." in refused.text


async def test_all_to_one_person_in_english(english_stage: Stage) -> None:
    stage, secretary = english_stage, english_stage["陈静"]
    for mentee in ("李明", "林一"):
        await pair(stage.database, MONDAY, stage[mentee].person_id, [stage["王芳"].person_id])
    page = await opened(stage, "陈静", "王芳", "Hands work over only")
    assert f"cultivation contact of 李明 ({BRANCH}) → stays with 王芳" in page
    [*_, refused] = await secretary.forge("handover.confirm")
    assert "Nothing is handed over yet" in refused.text
    page = await name(stage, "陈静", "All to one person", "陈静")
    assert page.count("→ 陈静") == 2
    [*_, done] = await secretary.tap("Confirm: Hands work over only")
    assert done.text.startswith("What 王芳 handed over has been entered.")
    await secretary.tap("Undo", message=done)
    await later(stage)
    assert "has changed" not in await stage["李明"].heard()
    [*_, refused] = await stage["林一"].forge(f"handover.begin:{stage['王芳'].person_id}")
    assert "This is not open to you." in refused.text


async def test_whoever_goes_is_not_offered_as_the_one_who_takes_over(tied: Stage) -> None:
    await opened(tied, "陈静", "王芳", "退休")
    [*_, asked] = await tied["陈静"].tap("全部交给一位同志")
    names = [title.split(" · ")[0] for title in asked.buttons]
    assert "陈静" in names
    assert "王芳" not in names
    [*_, none] = await tied["陈静"].say("王芳")
    assert "没有找到" in none.text


async def test_who_stands_in_for_nobody_goes_without_a_word_to_anybody(stage: Stage) -> None:
    assert "不另行通知" in await opened(stage, "周伟", "林一", "退休")
    [*_, done] = await stage["周伟"].tap("确认办理：退休")
    assert "不另行通知" in done.text
