"""经验: what an author lets be read is found by all; another branch says that it uses it, and the author learns so."""

from __future__ import annotations

import pytest

from domain.roles import RoleKind
from tests.dialogues.test_check_ins import report
from tests.dialogues.test_needs import later
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Stage

WORDS = "先在模拟屏上演练三遍，再上现场倒闸。"


async def highlight(stage: Stage, words: str = WORDS) -> Stage:
    """王芳 has put 李明's report forward; 赵强 leads the other branch."""
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await report(stage, words)
    await later(stage)
    await stage["王芳"].forge("review.highlight:1")
    await later(stage)
    return stage


@pytest.fixture
async def put_forward(stage: Stage) -> Stage:
    return await highlight(stage)


async def choose(stage: Stage, attribution: str = "signed") -> None:
    await stage["李明"].forge(f"review.attribution:1:{attribution}")


async def test_nothing_is_found_before_its_author_says_so(put_forward: Stage) -> None:
    [*_, listed] = await put_forward["林一"].say("/experience")
    assert "这里还没有经验" in listed.text
    await choose(put_forward, "private")
    [*_, listed] = await put_forward["林一"].say("/experience")
    assert WORDS not in listed.text
    [*_, gone] = await put_forward["林一"].forge("experience.open:1")
    assert WORDS not in gone.text


@pytest.mark.parametrize("words", ["", "倒闸", "变电检修"])
async def test_it_is_found_by_word_and_specialty(put_forward: Stage, words: str) -> None:
    await choose(put_forward)
    [*_, listed] = await put_forward["林一"].say(f"/experience {words}")
    assert WORDS in listed.text
    assert f"{BRANCH}李明，变电检修" in listed.text
    [*_, nothing] = await put_forward["林一"].say("财务报销")
    assert "没有找到与“财务报销”有关的经验" in nothing.text


async def test_unsigned_it_names_nobody(put_forward: Stage) -> None:
    await choose(put_forward, "anonymous")
    [*_, listed] = await put_forward["林一"].say("经验")
    assert WORDS in listed.text
    assert "李明" not in listed.text


async def test_another_branch_uses_it_and_its_author_learns_so(put_forward: Stage) -> None:
    await choose(put_forward)
    await put_forward["赵强"].forge("experience.open:1")
    [*_, card] = await put_forward["赵强"].tap(f"我们也在用：{OTHER_BRANCH}")
    assert card.text.startswith("已记下。一分钟后告知作者，其间可撤销。")
    assert f"也在用：{OTHER_BRANCH}" in card.text
    await later(put_forward)
    told = await put_forward["李明"].last()
    assert told.text.startswith(f"{OTHER_BRANCH}也在用您的经验。")
    assert "赵强" not in told.text
    [*_, again] = await put_forward["赵强"].forge(f"experience.adopt:1:{put_forward.units[OTHER_BRANCH]}")
    assert "已经办结" in again.text


async def test_taken_back_within_the_minute_the_author_hears_nothing(put_forward: Stage) -> None:
    await choose(put_forward)
    await put_forward["赵强"].forge("experience.open:1")
    await put_forward["赵强"].tap(f"我们也在用：{OTHER_BRANCH}")
    await put_forward["赵强"].tap(f"撤销：{OTHER_BRANCH}也在用")
    await later(put_forward)
    assert "也在用您的经验" not in await put_forward["李明"].heard()


async def test_only_a_secretary_of_another_branch_says_so(put_forward: Stage) -> None:
    await choose(put_forward)
    here, there = put_forward.units[BRANCH], put_forward.units[OTHER_BRANCH]
    for name, unit in (("陈静", here), ("陈静", there), ("林一", there), ("李明", here), ("周伟", there)):
        [*_, refused] = await put_forward[name].forge(f"experience.adopt:1:{unit}")
        assert "没有查看或办理此事的权限" in refused.text


async def test_its_author_may_think_again(put_forward: Stage) -> None:
    await choose(put_forward)
    await choose(put_forward, "private")
    [*_, listed] = await put_forward["林一"].say("/experience")
    assert WORDS not in listed.text


async def test_in_english(english_stage: Stage) -> None:
    [*_, listed] = await english_stage["林一"].say("/experience")
    assert listed.text.startswith("There is no experience here yet.")
    [*_, listed] = await english_stage["林一"].say("switching")
    assert listed.text.startswith("No experience with “switching” is here.")


async def test_another_branch_uses_it_in_english(english_stage: Stage) -> None:
    stage = await highlight(english_stage, "Rehearse the switching three times.")
    member, reader = stage["李明"], stage["林一"]
    asked = await member.last()
    assert "The choice is yours; nothing appears before you make it." in asked.text
    assert asked.buttons == ["With name", "Without name", "Not public"]
    assert "There is no experience here yet." in (await reader.say("/experience"))[-1].text
    [*_, chosen] = await member.tap("With name")
    assert "among the experience of all branches, with your name" in chosen.text
    [*_, refused] = await stage["王芳"].forge("review.undo:1")
    assert refused.text.startswith("Someone has acted on this already, so it can no longer be taken back.")
    for words in ("/experience", "switching", "变电检修"):
        [*_, listed] = await reader.say(words)
        assert f"· {BRANCH}, 李明, 变电检修, Mon 12 Oct\nRehearse the switching three times." in listed.text
    await stage["赵强"].forge("experience.open:1")
    [*_, card] = await stage["赵强"].tap(f"We use this: {OTHER_BRANCH}")
    assert card.text.startswith("Noted. Its author is told in a minute; until then you can undo it.")
    await later(stage)
    assert (await member.last()).text.startswith(f"{OTHER_BRANCH} says that it uses your experience, too.")
    [*_, refused] = await reader.forge(f"experience.adopt:1:{stage.units[OTHER_BRANCH]}")
    assert "This is not open to you." in refused.text
    await choose(stage, "anonymous")
    assert "李明" not in (await reader.say("/experience"))[-1].text
    await choose(stage, "private")
    assert "There is no experience here yet." in (await reader.say("/experience"))[-1].text


async def test_it_is_found_under_ones_own_page(either_stage: Stage) -> None:
    stage = await highlight(either_stage)
    await choose(stage)
    await stage["林一"].press(stage.key("Me"))
    [*_, listed] = await stage["林一"].tap(stage.key("Experience"))
    assert WORDS in listed.text
    [*_, found] = await stage["林一"].say("倒闸")
    assert WORDS in found.text


async def test_it_is_found_beneath_the_highlights_of_a_summary(either_stage: Stage) -> None:
    stage, title = await highlight(either_stage), either_stage.key("Experience")
    [*_, month] = await stage["陈静"].say("/summary 2026-10")
    assert title not in month.buttons
    await choose(stage)
    for name in ("陈静", "周伟"):
        await stage[name].say("/summary 2026-10")
        [*_, listed] = await stage[name].tap(title)
        assert WORDS in listed.text


async def test_a_summary_whose_highlight_is_not_public_leads_nowhere(either_stage: Stage) -> None:
    stage, title = await highlight(either_stage), either_stage.key("Experience")
    await choose(stage)
    assert title in (await stage["李明"].last()).buttons
    await choose(stage, "private")
    assert title not in (await stage["李明"].last()).buttons
    [*_, month] = await stage["陈静"].say("/summary 2026-10")
    assert title not in month.buttons
