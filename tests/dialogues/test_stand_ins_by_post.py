"""代理 by post: whoever is asked because she is secretary stands in for as long as she is, unless somebody chose her."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.roles import RoleKind
from tests.dialogues.test_check_ins import report
from tests.dialogues.test_needs import later
from tests.dialogues.test_stand_ins import away
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Stage

TUESDAY = datetime(2026, 10, 20, 2, tzinfo=UTC)


async def relieve(stage: Stage) -> str:
    """陈静 is relieved of her post by the officer; give what he reads before he does so."""
    officer = stage["周伟"]
    await officer.forge(f"roles.unit:{stage.units[BRANCH]}")
    title = "branch secretary" if stage.language == "en" else "支部书记"
    await officer.tap(stage.key("End: {name}, {title}", name="陈静", title=title))
    page = await officer.last()
    await officer.tap(stage.key("Yes, end it"))
    return page.text


async def stood_in_by_the_secretary(stage: Stage) -> None:
    await stage.give_role(stage["林一"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    await away(stage, "王芳", "19 Oct to 30 Oct" if stage.language == "en" else "10月19日 10月30日")
    await later(stage)


async def test_a_secretary_who_is_relieved_stands_in_no_more(paired: Stage) -> None:
    await stood_in_by_the_secretary(paired)
    page = await relieve(paired)
    assert "一分钟后，李明同志的汇报改由林一同志代为点评。" in page
    assert "一分钟后告知：陈静、林一、李明、王芳；其间可撤销。" in (await paired["周伟"].last()).text
    await later(paired)
    assert "李明同志的汇报不再由您代为点评" in await paired["陈静"].heard()
    assert "这期间请您代为点评李明同志的汇报" in await paired["林一"].heard()
    assert "这期间您的汇报由林一同志代为点评" in (await paired["李明"].last()).text
    await paired.at(TUESDAY)
    await report(paired)
    await later(paired)
    [*_, refused] = await paired["陈静"].forge("check_in.read:1")
    assert "没有查看或办理此事的权限" in refused.text
    await paired["林一"].say("待点评")
    assert "1份汇报待您点评" in (await paired["林一"].last()).text


async def test_so_it_is_in_english(english_stage: Stage) -> None:
    await pair(english_stage.database, MONDAY, english_stage["李明"].person_id, [english_stage["王芳"].person_id])
    await stood_in_by_the_secretary(english_stage)
    assert "A minute later 林一 stands in for the reports of 李明." in await relieve(english_stage)
    told = "To be told in a minute: 陈静, 林一, 李明 and 王芳. Until then you can undo it."
    assert told in (await english_stage["周伟"].last()).text
    await later(english_stage)
    assert "You need not answer the reports of 李明 any more." in await english_stage["陈静"].heard()
    assert "Meanwhile 林一 answers your reports." in (await english_stage["李明"].last()).text


async def test_a_post_that_is_given_back_within_the_minute_changes_nothing(paired: Stage) -> None:
    await stood_in_by_the_secretary(paired)
    before = {name: await paired[name].heard() for name in ("陈静", "林一", "李明", "王芳")}
    await relieve(paired)
    [*_, undone] = await paired["周伟"].tap("撤销")
    assert undone.text.startswith("已撤销，没有通知任何人。")
    await later(paired)
    assert {name: await paired[name].heard() for name in before} == before


async def test_whoever_was_named_by_hand_stays_without_the_post(paired: Stage) -> None:
    await stood_in_by_the_secretary(paired)
    for name in ("林一", "陈静"):
        await paired["王芳"].tap("换人代为点评：李明")
        await paired["王芳"].forge(f"stand_in.to:1:1:{paired[name].person_id}")
    await later(paired)
    before = await paired["李明"].heard()
    assert "代为点评" not in await relieve(paired)
    assert "一分钟后告知：陈静；其间可撤销。" in (await paired["周伟"].last()).text
    await later(paired)
    assert await paired["李明"].heard() == before
    await paired.at(TUESDAY)
    await report(paired)
    await later(paired)
    await paired["陈静"].say("待点评")
    assert "1份汇报待您点评" in (await paired["陈静"].last()).text


async def test_where_nobody_follows_whoever_ends_the_post_reads_it(either_stage: Stage) -> None:
    stage = either_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await away(stage, "王芳", "19 Oct to 30 Oct" if stage.language == "en" else "10月19日 10月30日")
    nobody = {"en": "Nobody else can stand in for the reports of 李明 at present."}
    assert nobody.get(stage.language, "李明同志的汇报暂时无人可以接着代为点评。") in await relieve(stage)
    await later(stage)
    assert {"en": "Please name somebody."}.get(stage.language, "请您另请一位同志") in await stage["王芳"].heard()


async def test_after_a_merger_the_secretary_of_the_branch_that_stays_stands_in(paired: Stage) -> None:
    await paired.give_role(paired["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await away(paired, "王芳", "10月12日 10月30日")
    await later(paired)
    officer = paired["周伟"]
    await officer.forge(f"unit_change.begin:{paired.units[BRANCH]}")
    for key in ("并入其他组织", OTHER_BRANCH, "今天", "登记"):
        await officer.tap(key)
    for _ in range(3):
        await later(paired)
    assert "李明同志的汇报不再由您代为点评" in await paired["陈静"].heard()
    assert "这期间请您代为点评李明同志的汇报" in await paired["赵强"].heard()
