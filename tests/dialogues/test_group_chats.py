"""支部群: bound by the branch's secretary, it hears announcements and the nameless summary, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.roles import RoleKind
from emulator.phone import Seen
from storage import roles
from storage.database import Writer
from tests.dialogues.test_bad_input import said_in
from tests.dialogues.test_needs import later
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Stage

TITLE = "检修支部之家"


async def put_in(stage: Stage, by: str = "陈静") -> int:
    members = [stage[name].phone for name in ("李明", "陈静", "赵强") if name != by]
    group = await stage.telegram.create_group(TITLE, stage[by].phone, members)
    await stage.telegram.add_bot(group, stage[by].phone)
    await stage.settle()
    return group


async def bound(stage: Stage) -> int:
    group = await put_in(stage)
    await stage["陈静"].tap(stage.key("Bind to {unit}", unit=BRANCH))
    await later(stage)
    return group


async def words(stage: Stage, group: int) -> list[str]:
    return [message.text for message in await said_in(stage, group)]


async def last(stage: Stage, group: int) -> Seen:
    return (await said_in(stage, group))[-1]


async def test_the_secretary_is_asked_privately_and_the_group_told_once(stage: Stage) -> None:
    group = await put_in(stage)
    offer = await stage["陈静"].last()
    assert f"“{TITLE}”是本组织的群吗？" in offer.text
    [*_, page] = await stage["陈静"].tap(f"绑定{BRANCH}")
    assert page.text.startswith("已绑定。一分钟后在群里告知，其间可解绑。")
    assert f"{BRANCH}：已绑定" in page.text
    await later(stage)
    [introduction, told] = await words(stage, group)
    assert "/bind" in introduction
    assert f"本群已绑定{BRANCH}" in told
    assert "支部群" not in await stage["李明"].heard()


async def test_whoever_is_no_secretary_is_asked_nothing(stage: Stage) -> None:
    heard = await stage["李明"].heard()
    group = await put_in(stage, "李明")
    await stage["李明"].phone.in_chat(group).say("/bind")
    await stage.settle()
    assert await stage["李明"].heard() == heard
    for name in ("李明", "周伟", "林一"):
        [*_, refused] = await stage[name].forge(f"group_chat.bind:{stage.units[BRANCH]}")
        assert "没有查看或办理此事的权限" in refused.text
    [*_, gone] = await stage["陈静"].forge(f"group_chat.bind:{stage.units[BRANCH]}")
    assert "已经不在" in gone.text or "请在下方" in gone.text


async def test_bind_said_in_a_group_that_was_there_before(stage: Stage) -> None:
    group = await put_in(stage, "李明")
    await stage["陈静"].phone.in_chat(group).say("/bind")
    await stage.settle()
    assert len(await words(stage, group)) == 1
    await stage["陈静"].tap(f"绑定{BRANCH}")
    await later(stage)
    assert f"本群已绑定{BRANCH}" in (await last(stage, group)).text


async def test_another_units_group_is_not_taken(stage: Stage) -> None:
    group = await bound(stage)
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await stage["赵强"].phone.in_chat(group).say("/bind")
    await stage.settle()
    [*_, refused] = await stage["赵强"].tap(f"绑定{OTHER_BRANCH}")
    assert f"本群已绑定{BRANCH}" in refused.text


async def test_it_hears_announcements_of_its_unit_and_above(stage: Stage) -> None:
    group = await bound(stage)
    await stage["周伟"].say("/announce")
    await stage["周伟"].tap(BRANCH)
    [*_, preview] = await stage["周伟"].say("周五下午集中学习。")
    assert "同时发到1个支部群。" in preview.text
    await stage["周伟"].tap("发出")
    assert "周五下午集中学习" not in (await last(stage, group)).text
    await later(stage)
    told = await last(stage, group)
    assert told.text.startswith(f"{BRANCH}通知\n周五下午集中学习。")
    assert told.rows == []


async def test_it_hears_the_months_summary_without_names_once_it_is_final(stage: Stage) -> None:
    group = await bound(stage)
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    before = len(await words(stage, group))
    await stage.at(datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
    assert len(await words(stage, group)) == before
    await stage.at(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    [summary] = (await words(stage, group))[before:]
    assert summary.startswith(f"{BRANCH}2026年10月小结")
    assert not any(name in summary for name in stage.players)
    await stage.at(datetime(2026, 11, 10, 2, 0, tzinfo=UTC))
    assert len(await words(stage, group)) == before + 1


async def test_unbound_it_hears_nothing_more(stage: Stage) -> None:
    group = await bound(stage)
    await stage["陈静"].say("/group")
    [*_, page] = await stage["陈静"].tap(f"解绑：{BRANCH}")
    assert f"{BRANCH}：未绑定" in page.text
    count = len(await words(stage, group))
    await stage["周伟"].say("/announce")
    await stage["周伟"].tap(BRANCH)
    [*_, preview] = await stage["周伟"].say("周五下午集中学习。")
    assert "支部群" not in preview.text
    await stage["周伟"].tap("发出")
    await later(stage)
    assert len(await words(stage, group)) == count
    [*_, refused] = await stage["陈静"].forge(f"group_chat.unbind:{stage.units[BRANCH]}")
    assert "已经办结" in refused.text


async def test_put_out_of_it_the_secretary_hears_of_it(stage: Stage) -> None:
    group = await bound(stage)
    await stage.telegram.remove_bot(group, stage["陈静"].phone)
    await stage.settle()
    await stage.at(MONDAY + timedelta(minutes=10))
    assert f"我已被移出{BRANCH}的群" in await stage["陈静"].heard()
    [*_, page] = await stage["陈静"].say("支部群")
    assert f"{BRANCH}：未绑定" in page.text


async def test_what_is_personal_stays_out_of_it(stage: Stage) -> None:
    group = await bound(stage)
    count = len(await words(stage, group))
    here = stage["李明"].phone.in_chat(group)
    for said in ("/me", "我的", "/checkin 练了耐压试验", "/needs"):
        await here.say(said)
    await stage.settle()
    assert len(await words(stage, group)) == count


async def test_what_is_said_to_a_group_that_grew_meanwhile_goes_to_the_new_one(stage: Stage) -> None:
    secretary = stage["陈静"].phone
    group = await stage.telegram.create_group(TITLE, secretary)
    await stage.telegram.add_bot(group, secretary)
    grown = await stage.telegram.migrate(group, secretary)
    await stage.settle()
    assert "/bind" in (await words(stage, grown))[0]
    await secretary.in_chat(grown).say("/bind")
    await stage.settle()
    await stage["陈静"].tap(f"绑定{BRANCH}")
    await later(stage)
    assert f"本群已绑定{BRANCH}" in (await last(stage, grown)).text


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await put_in(stage)
    offer = await stage["陈静"].last()
    assert f"Is “{TITLE}” the group of your unit?" in offer.text
    [*_, page] = await stage["陈静"].tap(f"Bind to {BRANCH}")
    assert page.text.startswith("Bound. The group is told in a minute; until then you can unbind it.")
    assert f"{BRANCH}: bound" in page.text


@pytest.mark.parametrize("name", ["李明", "王芳", "林一"])
async def test_others_have_no_page_of_it(stage: Stage, name: str) -> None:
    [*_, refused] = await stage[name].say("/group")
    assert "没有查看或办理此事的权限" in refused.text


async def test_what_it_hears_in_english(english_stage: Stage) -> None:
    """A group reads what the deployment speaks."""
    stage, secretary, delivery = english_stage, english_stage["陈静"], english_stage.program.delivery
    delivery.turns = replace(delivery.turns, locale="en")
    group = await bound(stage)
    assert f"This is the group of {BRANCH} now." in (await last(stage, group)).text
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await secretary.say("/announce")
    [*_, preview] = await secretary.say("We learn together on Friday.")
    assert "It goes to 2 people.\nIt goes to 1 group too." in preview.text
    await secretary.tap("Send it")
    await later(stage)
    assert (await last(stage, group)).text.startswith(f"Announcement of {BRANCH}\nWe learn together on Friday.")
    before = len(await words(stage, group))
    await stage.at(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    [summary] = (await words(stage, group))[before:]
    assert summary.startswith(f"{BRANCH}: summary of October 2026 (final)")
    assert not any(name in summary for name in stage.players)
    await secretary.say("/group")
    [*_, page] = await secretary.tap(f"Unbind: {BRANCH}")
    assert f"{BRANCH}: no group" in page.text
    [*_, refused] = await stage["李明"].say("/group")
    assert "This is not open to you." in refused.text


async def test_its_page_is_found_with_the_unit(either_stage: Stage) -> None:
    stage, title = either_stage, either_stage.key("Our group chat")
    await stage["陈静"].say(stage.key("Units and roles"))
    [*_, page] = await stage["陈静"].tap(title)
    assert page.text.splitlines()[0] == stage.key("Group chats")
    await stage["周伟"].forge(f"roles.unit:{stage.units[BRANCH]}")
    assert title not in (await stage["周伟"].last()).buttons


LOST = {
    "zh-hans": f"我已被移出{BRANCH}的群，群绑定随之解除。",
    "en": f"I was taken out of the group of {BRANCH}, so it hears nothing any more.",
}


async def test_where_the_unit_has_no_secretary_the_one_above_hears_that_the_group_is_lost(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    group = await bound(stage)
    await stage.give_role(stage["林一"], RoleKind.SECRETARY, GENERAL_BRANCH, "总支书记")

    def resign(tx: Writer) -> None:
        for held in roles.of_holder(tx, secretary.person_id, None):
            roles.end(tx, held.id, MONDAY)

    await stage.database.write(resign)
    await stage.telegram.remove_bot(group, secretary.phone)
    await stage.settle()
    await later(stage)
    told = await stage["林一"].last()
    assert told.text == LOST[stage.language]
    assert told.buttons == []
    assert LOST[stage.language] not in await secretary.heard()
