"""What was told and is then taken back is told again, to those who had heard it and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dialogues.test_check_ins import WORDS
from tests.dialogues.test_experience import choose, highlight
from tests.dialogues.test_needs import later
from tests.programme import pair
from tests.stage import COMMITTEE, MONDAY, OTHER_BRANCH, Player, Stage

NEXT_DAY = MONDAY + timedelta(days=1)
UNDONE = {"zh-hans": "已撤销，没有通知任何人。", "en": "Undone. Nobody was told."}
TOLD_AGAIN = {
    "zh-hans": "已撤销。此前已接到通知、一分钟后另行告知：{names}。",
    "en": "Undone. They had been told, so they hear of this in a minute: {names}.",
}
TAKEN_BACK = {"zh-hans": "李明同志已撤回所反映的困难，不必再办。", "en": "李明 has taken back the request for support."}
RECALLED = {
    "zh-hans": "陈静同志已收回此前上报的困难（物力），不必再办。",
    "en": "has taken back what was passed up to you",
}
NOT_OURS = {"zh-hans": "收回上报，此事不必再办。", "en": "There is nothing left to do about it here."}


@pytest.fixture
async def paired(either_stage: Stage) -> Stage:
    await pair(either_stage.database, MONDAY, either_stage["李明"].person_id, [either_stage["王芳"].person_id])
    return either_stage


async def ask(stage: Stage) -> None:
    """李明 reports that he needs support, of which mentor and secretary may know."""
    member = stage["李明"]
    await member.say(f"/checkin {WORDS}")
    for choice in ("needs_support", "material", "mentor_and_secretary"):
        await press(member, choice)
    await member.tap(stage.key("Hand in"))


async def press(player: Player, choice: str) -> None:
    [data, *_] = [one.data for row in (await player.last()).rows for one in row if choice in one.data]
    await player.tap(data=data)


async def test_a_claim_that_was_told(paired: Stage) -> None:
    member = paired["李明"]
    await member.forge("outcome.open:1")
    await member.tap(paired.key("It is reached"))
    [*_, undone] = await member.tap(paired.key("Undo"))
    assert undone.text.startswith(UNDONE[paired.language])
    await member.tap(paired.key("It is reached"))
    await paired.at(NEXT_DAY)
    [*_, undone] = await member.tap(paired.key("Undo"))
    names = {"zh-hans": "王芳、陈静", "en": "王芳 and 陈静"}[paired.language]
    assert undone.text.startswith(TOLD_AGAIN[paired.language].format(names=names))
    await later(paired)
    for name in ("王芳", "陈静"):
        assert {"zh-hans": "已撤回", "en": "has been taken back"}[paired.language] in (await paired[name].last()).text
    [*_, refused] = await paired["林一"].forge("outcome.undo:1")
    assert refused.text == paired.key("This is not open to you. If it should be, please ask your secretary.")


async def test_a_need_that_somebody_sees_to_already(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    await paired["王芳"].forge("need.take_on:1")
    await later(paired)
    member = paired["李明"]
    [*_, card] = await member.tap(paired.key("Take back the request"))
    assert "王芳" in card.text.splitlines()[1]
    assert "陈静" in card.text.splitlines()[1]
    [*_, card] = await member.tap(paired.key("Undo"))
    assert card.text.startswith(UNDONE[paired.language])
    await later(paired)
    assert TAKEN_BACK[paired.language] not in await paired["王芳"].heard()
    await member.tap(paired.key("Take back the request"))
    await later(paired)
    for name in ("王芳", "陈静"):
        assert TAKEN_BACK[paired.language] in (await paired[name].last()).text
    for name in ("周伟", "赵强", "林一"):
        assert TAKEN_BACK[paired.language] not in await paired[name].heard()
    [*_, late] = await member.forge("need.undo:1")
    assert {"zh-hans": "不能再撤销", "en": "can no longer be undone"}[paired.language] in late.text


async def test_a_need_of_which_nobody_had_heard_is_asked_again(paired: Stage) -> None:
    await ask(paired)
    member = paired["李明"]
    [*_, card] = await member.tap(paired.key("Take back the request"))
    assert card.text.splitlines()[1] == paired.key("Nobody is notified here; you can undo it.")
    await member.tap(paired.key("Undo"))
    await later(paired)
    assert {"zh-hans": "李明同志需要支持。", "en": "李明 needs support."}[paired.language] in (
        await paired["陈静"].last()
    ).text


async def test_a_report_that_a_mentor_had_got(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    [*_, undone] = await paired["李明"].forge("check_in.undo:1")
    assert undone.text.startswith(TOLD_AGAIN[paired.language].partition("{")[0])
    await later(paired)
    assert TAKEN_BACK[paired.language] in (await paired["王芳"].last()).text
    assert TAKEN_BACK[paired.language] in (await paired["陈静"].last()).text


async def test_what_had_been_passed_up(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    secretary, officer = paired["陈静"], paired["周伟"]
    for again in (False, True):
        await secretary.forge("need.open:1")
        await secretary.tap(paired.key("Pass it up"))
        await secretary.say("请协调仪器。")
        if again:
            await later(paired)
        [*_, card] = await secretary.tap(paired.key("Take it back from {unit}", unit=COMMITTEE))
        assert ("周伟" in card.text.splitlines()[1]) is again
        await later(paired)
        assert (RECALLED[paired.language] in await officer.heard()) is again
    [*_, refused] = await officer.forge("need.take_on:1")
    assert NOT_OURS[paired.language] in refused.text
    assert "李明" not in await officer.heard()
    [*_, refused] = await paired["林一"].forge("need.take_on:1")
    assert refused.text == paired.key("This is not open to you. If it should be, please ask your secretary.")


async def test_a_comment_days_later(paired: Stage) -> None:
    member, mentor = paired["李明"], paired["王芳"]
    await member.say(f"/checkin {WORDS}")
    await press(member, "on_track")
    await member.tap(paired.key("Hand in"))
    await later(paired)
    for again in (False, True):
        await mentor.forge("review.comment:1")
        [*_, settled] = await mentor.say("很好")
        if again:
            await paired.at(NEXT_DAY)
        [*_, undone] = await mentor.tap(paired.key("Undo"), message=settled)
        assert undone.text.startswith((TOLD_AGAIN if again else UNDONE)[paired.language].format(names="李明"))
        await later(paired)
        told = {"zh-hans": "王芳同志已撤回对您汇报的点评。", "en": "王芳 has taken back the answer to your report."}
        assert (told[paired.language] in await member.heard()) is again


async def test_that_a_branch_uses_it(either_stage: Stage) -> None:
    stage = await highlight(either_stage)
    await choose(stage)
    user, author = stage["赵强"], stage["李明"]
    dropped = {"zh-hans": f"{OTHER_BRANCH}表示不再使用您的经验。", "en": "does not use your experience any more"}[
        stage.language
    ]
    await user.forge(f"experience.adopt:1:{stage.units[OTHER_BRANCH]}")
    [*_, card] = await user.forge(f"experience.drop:1:{stage.units[OTHER_BRANCH]}")
    assert card.text.startswith(UNDONE[stage.language])
    await later(stage)
    assert OTHER_BRANCH not in await author.heard()
    await user.forge(f"experience.adopt:1:{stage.units[OTHER_BRANCH]}")
    await later(stage)
    [*_, card] = await user.forge(f"experience.drop:1:{stage.units[OTHER_BRANCH]}")
    assert not card.text.startswith(UNDONE[stage.language])
    await stage.at(MONDAY + timedelta(days=7))  # the week has no place for more than three unasked-for messages
    assert dropped in await author.heard()
    [*_, refused] = await user.forge(f"experience.drop:1:{stage.units[OTHER_BRANCH]}")
    assert refused.text == stage.key("This has been settled already; nothing was changed.")
