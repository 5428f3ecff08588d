"""Several may help, and whoever acts settles it for all: who comes second is asked first, and learns who did what and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import RoleKind
from tests.dialogues.test_needs import later
from tests.dialogues.test_taken_back import ask
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Stage

ASKED = {
    "zh-hans": "陈静同志已于2026年10月12日（星期一）10:02负责此事。",
    "en": "陈静 has been seeing to this since Monday",
}
TAKEN_OVER = {"zh-hans": "此事已由林一同志接手，您不必再办。", "en": "林一 has taken this over from you."}
NOT_OPEN = "This is not open to you. If it should be, please ask your secretary."


@pytest.fixture
async def both(either_stage: Stage) -> Stage:
    """李明 has asked for support; 陈静 and 林一 are secretaries of his branch."""
    stage = either_stage
    await stage.give_role(stage["林一"], RoleKind.SECRETARY, BRANCH, "副书记")
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await ask(stage)
    await later(stage)
    return stage


async def test_who_comes_second_is_asked_first_and_the_first_is_told(both: Stage) -> None:
    first, second = both["陈静"], both["林一"]
    await first.forge("need.take_on:1")
    await later(both)
    for press in ("need.take_on:1", "need.promise:1", "need.answer:1"):
        [*_, question] = await second.forge(press)
        assert question.text.startswith(ASKED[both.language])
    [*_, card] = await second.tap(both.key("Leave it with {owner}", owner="陈静"))
    assert both.key("{owner} is seeing to it.", owner="陈静") in card.text
    await second.forge("need.take_on:1")
    [*_, card] = await second.tap(both.key("I take over"))
    told = card.text.splitlines()[1]
    assert "陈静" in told
    assert "李明" in told
    [*_, card] = await second.tap(both.key("Undo"))
    assert both.key("{owner} is seeing to it.", owner="陈静") in card.text
    await later(both)
    assert TAKEN_OVER[both.language] not in await first.heard()
    await second.forge(f"need.take_over:1:{first.person_id}")
    await later(both)
    assert TAKEN_OVER[both.language] in (await first.last()).text
    [*_, refused] = await second.forge(f"need.take_over:1:{first.person_id}")
    assert refused.text == both.key("This has been settled already; nothing was changed.")


async def test_nobodys_answer_is_lost(both: Stage) -> None:
    """Not what was answered before, nor what was written while another one took it on."""
    first, second, member = both["陈静"], both["林一"], both["李明"]
    await second.forge("need.answer:1")
    await first.forge("need.answer:1")
    await first.say("已联系物资部。")
    [*_, question] = await second.say("周五从班组借用。")
    assert "周五从班组借用。" in question.text
    await second.tap(both.key("I take over"))
    await later(both)
    told = (await member.last()).text
    assert both.key("Answer: “{answer}”", answer="周五从班组借用。") in told
    for reader in (member, first, both["王芳"]):
        [*_, card] = await reader.forge("need.open:1")
        assert "已联系物资部。" in card.text.splitlines()[-1]
        assert "陈静" in card.text.splitlines()[-1]
    assert TAKEN_OVER[both.language] in await first.heard()


async def test_a_day_is_kept_too(both: Stage) -> None:
    first, second = both["陈静"], both["林一"]
    await second.forge("need.promise:1")
    await first.forge("need.take_on:1")
    await second.say("2026-10-23")
    [*_, card] = await second.tap(both.key("I take over"))
    assert {"zh-hans": "承诺10月23日", "en": "Promised by Fri 23 Oct."}[both.language] in card.text


async def test_nobody_takes_over_who_may_not_help(both: Stage) -> None:
    await both["陈静"].forge("need.take_on:1")
    for name in ("李明", "赵强", "周伟"):
        [*_, refused] = await both[name].forge(f"need.take_over:1:{both['陈静'].person_id}")
        assert refused.text == both.key(NOT_OPEN)


async def test_the_second_to_pause_learns_who_did(both: Stage) -> None:
    await both["陈静"].forge("pairing.do:pause:1")
    await both.at(both.clock.now() + timedelta(minutes=10))
    [*_, refused] = await both["林一"].forge("pairing.do:pause:1")
    assert {"zh-hans": "陈静同志已于2026年10月12日（星期一）10:0", "en": "陈静 settled this on"}[
        both.language
    ] in refused.text
    [*_, refused] = await both["赵强"].forge("pairing.do:pause:1")
    assert refused.text == both.key(NOT_OPEN)


async def test_the_second_to_verify_learns_who_did(both: Stage) -> None:
    await both["王芳"].forge("outcome.today:1")
    [*_, refused] = await both["陈静"].forge("outcome.today:1")
    assert {"zh-hans": "王芳同志已于2026年10月12日（星期一）10:0", "en": "王芳 settled this on"}[
        both.language
    ] in refused.text
