"""Who confirms a month: whoever of the secretaries acts first, each branch by name, nobody else; and who holds nobody up."""

from __future__ import annotations

from sqlalchemy import select

from domain.roles import RoleKind
from domain.units import UnitKind
from storage.tables import audit
from tests.dialogues.test_confirmations import (
    A_MINUTE,
    FIRST,
    NOT_YOURS,
    THIRD,
    WORDS,
    draft_of,
    say_and_confirm,
    two_branches,
)
from tests.dialogues.test_summaries import october, texts, told
from tests.services.written_months import Organisation
from tests.stage import BRANCH, GENERAL_BRANCH, OTHER_BRANCH, Stage


async def test_whoever_acts_settles_it_for_all_secretaries(stage: Stage) -> None:
    await two_branches(stage)
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "组织委员")
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    [*_, live] = await stage["王芳"].say("/summary 2026-10")
    assert "陈静同志已于" in live.text
    await stage["王芳"].tap("撤销", message=live)
    await stage["王芳"].tap("确认上报")
    assert "王芳同志已于" in (await stage["王芳"].last()).text


async def test_who_leads_two_branches_confirms_each_by_name(stage: Stage) -> None:
    await two_branches(stage)
    await stage.give_role(stage["陈静"], RoleKind.SECRETARY, OTHER_BRANCH)
    await stage.at(FIRST)
    draft = await draft_of(stage["陈静"])
    assert draft.buttons[:4] == [
        f"补充几句：{BRANCH}", f"确认上报：{BRANCH}", f"补充几句：{OTHER_BRANCH}", f"确认上报：{OTHER_BRANCH}"
    ]  # fmt: skip
    await stage["陈静"].tap(f"确认上报：{OTHER_BRANCH}", message=draft)
    await stage.at(FIRST + 5 * A_MINUTE)
    assert await told(stage["何敏"]) == []
    await stage["陈静"].tap(f"确认上报：{BRANCH}", message=await draft_of(stage["陈静"]))
    await stage.at(FIRST + 7 * A_MINUTE)
    assert len(await texts(stage["何敏"])) == 1


async def test_nobody_else_moves_it(stage: Stage) -> None:
    """Neither members nor mentors, another branch's secretary, the one above, nor the committee's officer."""
    await two_branches(stage)
    await stage.at(FIRST)
    for name in ("李明", "王芳", "赵强", "何敏", "周伟", "林一"):
        for verb in ("confirm", "words", "undo", "without", "leave"):
            [*_, refused] = await stage[name].forge(f"confirmation.{verb}:2026-10:{stage.units[BRANCH]}")
            assert refused.text.startswith(NOT_YOURS), (name, verb)
    await stage.at(THIRD)
    assert "变电检修党支部" in (await texts(stage["何敏"]))[0].partition("书记未确认：")[2]


async def test_a_forged_month_moves_nothing(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    for press in ("confirm:2026-09:{}", "words:nonsense:{}", "confirm", "undo:2026-10:99999999999999999999"):
        [*_, refused] = await stage["陈静"].forge(f"confirmation.{press.format(stage.units[BRANCH])}")
        assert refused.text.startswith(NOT_YOURS), press


async def test_a_branch_without_a_programme_or_a_secretary_holds_nobody_up(stage: Stage) -> None:
    """The other branch has nothing to tell; a third has pairings and no secretary, and is marked."""
    await october(stage)
    await stage.person("何敏", GENERAL_BRANCH)
    await stage.give_role(stage["何敏"], RoleKind.SECRETARY, GENERAL_BRANCH)
    await stage.unit(UnitKind.BRANCH, "调控中心党支部", GENERAL_BRANCH)
    await stage.person("吴刚", "调控中心党支部")
    await stage.database.write(
        lambda tx: Organisation(tx, 800).pairing(stage["吴刚"].person_id, stage["赵强"].person_id)
    )
    await stage.at(FIRST)
    await stage["陈静"].tap("确认上报", message=await draft_of(stage["陈静"]))
    await stage.at(FIRST + 2 * A_MINUTE)
    [text] = await texts(stage["何敏"])
    assert "书记未确认：调控中心党支部\n" in text or text.endswith("书记未确认：调控中心党支部")


async def test_each_step_leaves_a_trace(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage["陈静"].tap("撤销")
    verbs = await stage.database.read(
        lambda tx: tx.scalars(select(audit.c.verb).where(audit.c.verb.like("confirmation:%")).order_by(audit.c.id))
    )
    assert list(verbs) == ["confirmation:confirm", "confirmation:take_back"]


async def test_confirming_twice_is_confirming_once(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    draft = await draft_of(stage["陈静"])
    await stage["陈静"].tap("确认上报", message=draft)
    await stage.at(FIRST + A_MINUTE)
    await stage["陈静"].forge(f"confirmation.confirm:2026-10:{stage.units[BRANCH]}:0", message=draft)
    assert "09:00确认上报" in (await draft_of(stage["陈静"])).text
