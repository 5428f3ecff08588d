"""组织调整: units renamed, split and merged on their day, by those above; older summaries keep the old names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.roles import RoleKind
from tests.dialogues.test_needs import later
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Stage

NEW = "变电运检党支部"


@pytest.fixture
async def led(stage: Stage) -> Stage:
    """赵强 leads the other branch, and 李明 of the first one is paired."""
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    return stage


async def begin(stage: Stage, kind: str, unit: str = BRANCH) -> None:
    await stage["周伟"].forge(f"unit_change.begin:{stage.units[unit]}")
    await stage["周伟"].tap(kind)


async def test_another_name_from_a_day_on(led: Stage) -> None:
    officer = led["周伟"]
    await begin(led, "改名")
    [*_, taken] = await officer.say(OTHER_BRANCH)
    assert f"同级已有“{OTHER_BRANCH}”" in taken.text
    await officer.say(NEW)
    [*_, unclear] = await officer.say("过几天")
    assert "没有看出是哪一天" in unclear.text
    [*_, past] = await officer.say("2026-10-01")
    assert "已经过去" in past.text
    [*_, page] = await officer.say("2026-11-02")
    assert page.text.startswith(f"{BRANCH}更名为{NEW}")
    [*_, done] = await officer.tap("登记")
    assert "此前可以取消" in done.text
    await led.at(MONDAY + timedelta(days=1))
    assert NEW not in await led["陈静"].heard()
    await led.at(datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    assert f"{BRANCH}今起更名为{NEW}。" in await led["陈静"].heard()
    [*_, summary] = await led["陈静"].say("/summary 2026-10")
    assert f"\n{BRANCH}2026年10月小结" in summary.text
    [*_, summary] = await led["陈静"].say("/summary 2026-11")
    assert summary.text.startswith(f"{NEW}2026年11月小结")


async def test_what_was_entered_is_cancelled_before_its_minute_is_over(led: Stage) -> None:
    officer = led["周伟"]
    await begin(led, "改名")
    await officer.say(NEW)
    await officer.tap("今天")
    await officer.tap("登记")
    [*_, again] = await officer.forge(f"unit_change.begin:{led.units[BRANCH]}")
    assert f"{BRANCH}更名为{NEW}" in again.text
    await officer.tap("取消这项调整")
    await later(led)
    [*_, listed] = await officer.forge(f"roles.unit:{led.units[BRANCH]}")
    assert listed.text.startswith(BRANCH)
    [*_, refused] = await officer.forge("unit_change.cancel:1")
    assert "已经办结" in refused.text


async def test_one_branch_goes_into_another(led: Stage) -> None:
    officer = led["周伟"]
    await led["李明"].say("/checkin 练了耐压试验。")
    await led["李明"].tap("按计划推进")
    await led["李明"].tap("提交")
    await begin(led, "并入其他组织")
    await officer.tap(OTHER_BRANCH)
    [*_, page] = await officer.tap("今天")
    assert page.text.startswith(f"{BRANCH}并入{OTHER_BRANCH}")
    assert "3人连同结对、汇报和困难一并转入" in page.text
    assert f"陈静同志在{BRANCH}的职务终止" in page.text
    await officer.tap("登记")
    await later(led)
    assert f"您已转到{OTHER_BRANCH}" in await led["李明"].heard()
    assert f"{BRANCH}已并入{OTHER_BRANCH}" in await led["赵强"].heard()
    [*_, reports] = await led["赵强"].forge(f"me.reports:0:{led['李明'].person_id}")
    assert "练了耐压试验" in str(reports.rows)
    [*_, refused] = await led["陈静"].forge(f"me.reports:0:{led['李明'].person_id}")
    assert "没有查看或办理此事的权限" in refused.text
    [*_, units] = await officer.forge(f"roles.unit:{led.units[GENERAL_BRANCH]}")
    assert BRANCH not in str(units.rows)
    [*_, old] = await led["赵强"].say(f"/summary 2026-09 {BRANCH}")
    assert old.text.startswith(f"{BRANCH}2026年9月小结")


async def test_a_new_branch_is_split_off(led: Stage) -> None:
    officer = led["周伟"]
    await begin(led, "拆出新组织")
    await officer.say(NEW)
    [*_, nobody] = await officer.forge("unit_change.picked")
    assert "还没有选转入新组织的同志" in nobody.text
    await officer.tap("李明")
    await officer.tap("王芳")
    await officer.tap("✓ 王芳")
    await officer.tap("选好了")
    [*_, page] = await officer.tap("今天")
    assert page.text.startswith(f"从{BRANCH}拆出{NEW}，1人转入")
    await officer.tap("登记")
    await later(led)
    assert f"您已转到{NEW}" in await led["李明"].heard()
    assert "您已转到" not in await led["王芳"].heard()
    told = await officer.last()
    assert f"已从{BRANCH}拆出{NEW}" in told.text
    [*_, unit] = await officer.tap(f"打开{NEW}")
    assert unit.text.startswith(NEW)


async def test_a_branch_finishes_its_month_before_it_goes_into_another(led: Stage) -> None:
    """October is final on the fifth working day of November, the 6th; a merger asked for on the 3rd waits until then."""
    officer = led["周伟"]
    await led["李明"].say("/checkin 练了耐压试验。")
    await led["李明"].tap("按计划推进")
    await led["李明"].tap("提交")
    await led.at(datetime(2026, 11, 3, 2, 0, tzinfo=UTC))
    await begin(led, "并入其他组织")
    await officer.tap(OTHER_BRANCH)
    [*_, page] = await officer.tap("今天")
    assert "自2026年11月6日（星期五）起。\n2026年10月小结当天定稿；在此之前各在原组织汇报" in page.text
    [*_, entered] = await officer.tap("登记")
    assert entered.text.startswith(f"已登记，2026年11月6日（星期五）起：{BRANCH}并入{OTHER_BRANCH}")
    await later(led)
    assert "您已转到" not in await led["李明"].heard()
    [*_, own] = await led["陈静"].say("/summary 2026-10")
    assert own.text.startswith(f"{BRANCH}：尚未上报")
    await led["陈静"].tap("确认上报")
    await led.at(datetime(2026, 11, 6, 0, 59, tzinfo=UTC))
    assert "您已转到" not in await led["李明"].heard()
    await led.at(datetime(2026, 11, 6, 1, 0, tzinfo=UTC))
    assert f"您已转到{OTHER_BRANCH}" in await led["李明"].heard()
    [*_, october] = await officer.say(f"/summary 2026-10 {GENERAL_BRANCH}")
    assert BRANCH in october.text
    assert OTHER_BRANCH in october.text
    [*_, november] = await officer.say(f"/summary 2026-11 {GENERAL_BRANCH}")
    assert BRANCH not in november.text


@pytest.mark.parametrize("who", ["李明", "陈静", "赵强", "林一"])
async def test_it_is_entered_from_above_alone(led: Stage, who: str) -> None:
    unit, other = led.units[BRANCH], led.units[OTHER_BRANCH]
    for press in (f"unit_change.begin:{unit}", f"unit_change.kind:{unit}:merge", f"unit_change.targets:{unit}:0",
                  f"unit_change.kind:{other}:rename"):  # fmt: skip
        [*_, refused] = await led[who].forge(press)
        assert "没有查看或办理此事的权限" in refused.text
    [*_, gone] = await led[who].forge("unit_change.confirm")
    assert "已经不在" in gone.text or "没有这一项" in gone.text or "请在下方" in gone.text


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stage["周伟"].forge(f"unit_change.begin:{stage.units[BRANCH]}")
    await stage["周伟"].tap("Another name")
    await stage["周伟"].say(NEW)
    [*_, page] = await stage["周伟"].tap("Today")
    assert page.text.startswith(f"{BRANCH} becomes {NEW}")
    await stage["周伟"].tap("Enter it")
    await later(stage)
    assert f"{BRANCH} is called {NEW} from now on." in await stage["陈静"].heard()
    [*_, old] = await stage["陈静"].say("/summary 2026-09")
    assert old.text.startswith(f"{BRANCH}: summary of September 2026")
    assert "Pairings\nNo pairing\n" in old.text


async def test_split_and_merged_in_english(english_stage: Stage) -> None:
    stage, officer = english_stage, english_stage["周伟"]
    await begin(stage, "Split off a new unit")
    await officer.say(NEW)
    for key in ("李明", "That is all"):
        await officer.tap(key)
    [*_, page] = await officer.tap("Today")
    assert page.text.startswith(f"{NEW} is split off from {BRANCH} with one person")
    await officer.tap("Enter it")
    await later(stage)
    assert f"You now belong to {NEW}." in await stage["李明"].heard()
    assert f"{NEW} has been split off from {BRANCH}. Please name a secretary for it." in (await officer.last()).text
    await begin(stage, "Merge into another unit")
    await officer.tap(OTHER_BRANCH)
    [*_, page] = await officer.tap("Today")
    assert page.text.startswith(f"{BRANCH} goes into {OTHER_BRANCH}")
    assert "People who go along with pairings, reports and needs: 2." in page.text
    assert f"The posts of 陈静 in {BRANCH} end." in page.text
    await officer.tap("Enter it")
    await later(stage)
    assert f"You now belong to {OTHER_BRANCH}." in await stage["王芳"].heard()
    [*_, old] = await officer.say(f"/summary 2026-09 {BRANCH}")
    assert old.text.startswith(f"{BRANCH}: summary of September 2026")
    [*_, refused] = await stage["陈静"].forge(f"unit_change.begin:{stage.units[OTHER_BRANCH]}")
    assert "This is not open to you." in refused.text


async def test_a_branch_finishes_its_month_first_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stage.at(datetime(2026, 11, 3, 2, 0, tzinfo=UTC))
    await stage["周伟"].forge(f"unit_change.begin:{stage.units[BRANCH]}")
    await stage["周伟"].tap("Merge into another unit")
    await stage["周伟"].tap(OTHER_BRANCH)
    [*_, page] = await stage["周伟"].tap("Today")
    assert "From Friday, 6 November 2026.\nOn that day the summary of October 2026 is final." in page.text
    await stage["周伟"].tap("Enter it")
    await stage.at(datetime(2026, 11, 6, 1, 0, tzinfo=UTC))
    assert f"{BRANCH} has gone into {OTHER_BRANCH}, with all its people." in await stage["周伟"].heard()
