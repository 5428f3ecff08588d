"""我的: what a person finds about himself, and that nobody else finds it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.dialogues.test_check_ins import WORDS, report
from tests.dialogues.test_reviews import later, opened
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage


@pytest.fixture
async def reviewed(stage: Stage) -> Stage:
    """李明 has reported on his pairing, 王芳 has commented, and a rotation has begun."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await report(stage)
    await later(stage)
    await opened(stage)
    await stage["王芳"].tap("写点评")
    await stage["王芳"].say("=1+1 也是文字")
    await later(stage)
    await rotate(
        stage.database, stage.clock.now(), stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["赵强"].person_id
    )
    return stage


async def test_the_page_shows_goals_guides_and_the_next_day(reviewed: Stage) -> None:
    [*_, page] = await reviewed["李明"].say("我的")
    assert "李明同志" in page.text
    assert "把骨干培养成党员（进行中）" in page.text
    assert "培养联系人：王芳" in page.text
    assert "独立完成GIS耐压试验；衡量标准：现场考核；完成时限：2026年12月31日（星期四）" in page.text
    assert "带教人：赵强" in page.text
    assert "下次汇报：10月16日（星期五）。" in page.text
    assert "已汇报1次" in page.text
    assert page.buttons == ["我的汇报", "我反映的困难", "谁能看到", "导出文件", "经验"]


async def test_reports_with_their_answers(reviewed: Stage) -> None:
    member = reviewed["李明"]
    await member.say("我的")
    [*_, listed] = await member.tap("我的汇报")
    assert "王芳同志点评：“=1+1 也是文字”" in listed.text
    [*_, card] = await member.tap(listed.buttons[0])
    assert WORDS in card.text
    assert "王芳同志点评：“=1+1 也是文字”" in card.text
    assert card.buttons == ["修改"]


async def test_pages_of_reports(reviewed: Stage) -> None:
    member = reviewed["李明"]
    for week in range(1, 8):
        await reviewed.at(MONDAY + timedelta(weeks=week))
        await member.say(f"/checkin 第{week}周")
        if "继续" in (await member.last()).buttons:
            await member.tap("继续")
        await member.tap("按计划推进")
        await member.tap("提交")
    await member.say("我的")
    [*_, listed] = await member.tap("我的汇报")
    assert "第7周" in listed.buttons[0]
    [*_, second] = await member.tap("下一页 ›")
    assert len(second.buttons) == 4
    [*_, first] = await member.tap("‹ 上一页")
    assert first.buttons == listed.buttons


async def test_who_may_read(reviewed: Stage) -> None:
    await reviewed["李明"].say("我的")
    [*_, readers] = await reviewed["李明"].tap("谁能看到")
    assert "培养联系人：王芳" in readers.text
    assert "轮岗带教人（只看轮岗汇报）：赵强" in readers.text
    assert "本支部书记：陈静" in readers.text


async def test_all_of_it_as_a_file(reviewed: Stage) -> None:
    member = reviewed["李明"]
    await member.say("我的")
    [*_, file] = await member.tap("导出文件")
    assert file.file is not None
    assert file.file.name == "我的汇报_20261012.xlsx"
    page = load_workbook(BytesIO(await member.phone.download(file.file))).active
    assert page is not None
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[1][3] == WORDS
    assert "=1+1 也是文字" in str(rows[1][-1])
    assert page.cell(2, len(rows[0])).data_type == "s"


async def test_an_empty_page_and_an_empty_file(stage: Stage) -> None:
    [*_, page] = await stage["林一"].say("/me")
    assert "您本人目前没有需要汇报的结对或轮岗" in page.text
    [*_, empty] = await stage["林一"].tap("我反映的困难")
    assert "还没有反映过困难" in empty.text
    [*_, file] = await stage["林一"].say("/export")
    assert file.file is not None


@pytest.mark.parametrize("name", ["赵强", "周伟", "林一"])
async def test_it_is_nobody_elses(reviewed: Stage, name: str) -> None:
    await reviewed[name].forge(f"me.reports:0:{reviewed['李明'].person_id}")
    await reviewed[name].say("/me")
    await reviewed[name].say("/export")
    heard = await reviewed[name].heard()
    assert WORDS not in heard
    assert "GIS" not in heard


async def test_a_mentor_reads_back_and_a_host_does_not(reviewed: Stage) -> None:
    await reviewed["李明"].say("/checkin 轮岗第一周。")
    await reviewed["李明"].tap("按计划推进")
    await reviewed["李明"].tap("提交")
    await later(reviewed)
    assert await opened(reviewed, "赵强") == ["已阅", "写点评", "请补充", "推荐为亮点"]
    await opened(reviewed)
    [*_, listed] = await reviewed["王芳"].tap("以往汇报")
    assert "李明同志的汇报" in listed.text
    assert len(listed.buttons) == 2


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    [*_, page] = await stage["李明"].say("me")
    assert "李明: my page" in page.text
    assert "Cultivation contact: 王芳" in page.text
    assert "Next report: Fri 16 Oct." in page.text
    [*_, file] = await stage["李明"].tap("As a file")
    assert file.file is not None
    assert file.file.name == "my_reports_20261012.xlsx"
