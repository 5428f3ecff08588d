"""Each tap that changes something names those who hear of it, asks to tell the others in person, or says that nobody hears."""

from __future__ import annotations

import pytest

from domain.people import Stage as PartyStage
from tests.dialogues.test_check_ins import WORDS
from tests.dialogues.test_handovers import opened
from tests.dialogues.test_needs import later
from tests.programme import pair, rotate
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Player, Stage

IN_A_MINUTE = {
    "zh-hans": "一分钟后告知：{names}；其间可撤销。",
    "en": "To be told in a minute: {names}. Until then you can undo it.",
}
WOULD_BE = {"zh-hans": "一分钟后告知：{names}", "en": "To be told in a minute: {names}"}
IN_PERSON = {
    "zh-hans": "目前不能在这里联系到，请当面告知：郑国华。",
    "en": "They cannot be reached here, so please tell them in person: 郑国华.",
}


def names(stage: Stage, *people: str) -> str:
    return "、".join(people) if stage.language != "en" else ", ".join(people[:-1]) + " and " + people[-1]


@pytest.fixture
async def zheng(either_stage: Stage) -> Player:
    """Guided by 王芳, without an account."""
    person = await either_stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(either_stage.database, MONDAY, person.person_id, [either_stage["王芳"].person_id])
    return person


async def test_who_does_not_use_telegram_is_not_named_as_told(either_stage: Stage, zheng: Player) -> None:
    secretary = either_stage["陈静"]
    [*_, preview] = await secretary.forge("pairing.pause:1")
    assert WOULD_BE[either_stage.language].format(names="王芳") in preview.text
    assert IN_PERSON[either_stage.language] in preview.text
    [*_, done] = await secretary.forge("pairing.do:pause:1")
    assert IN_A_MINUTE[either_stage.language].format(names="王芳") in done.text
    assert IN_PERSON[either_stage.language] in done.text
    [*_, refused] = await either_stage["赵强"].forge("pairing.pause:1")
    assert "王芳" not in refused.text


async def test_whoever_blocked_the_assistant_is_to_be_told_in_person_too(either_stage: Stage, zheng: Player) -> None:
    await either_stage["王芳"].phone.block()
    await either_stage.settle()
    [*_, preview] = await either_stage["陈静"].forge("pairing.pause:1")
    both = names(either_stage, "郑国华", "王芳")
    assert IN_PERSON[either_stage.language].replace("郑国华", both) in preview.text


async def test_how_often_and_another_mentor(either_stage: Stage, zheng: Player) -> None:
    secretary, new = either_stage["陈静"], either_stage["赵强"]
    for press in ("pairing.often:1", "pairing.often:1:monthly"):
        [*_, asked] = await secretary.forge(press)
        assert WOULD_BE[either_stage.language].format(names="王芳") in asked.text
    [*_, preview] = await secretary.forge(f"pairing.mentor_to:1:{either_stage['王芳'].person_id}:{new.person_id}")
    assert WOULD_BE[either_stage.language].format(names=names(either_stage, "王芳", "赵强")) in preview.text
    [*_, done] = await secretary.forge(f"pairing.swap:1:{either_stage['王芳'].person_id}:{new.person_id}")
    assert "王芳" in done.text.splitlines()[1]
    assert "赵强" in done.text.splitlines()[1]


async def test_a_rotation(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    people = {name: stage[name].person_id for name in ("李明", "林一")}
    await rotate(stage.database, MONDAY, people["李明"], stage.units[OTHER_BRANCH], people["林一"])
    await secretary.forge("rotation.ask_cancel:1")
    [*_, preview] = await secretary.say("工作需要")
    assert WOULD_BE[stage.language].format(names=names(stage, "李明", "林一")) in preview.text
    [*_, done] = await secretary.forge("rotation.cancel:1")
    assert IN_A_MINUTE[stage.language].format(names=names(stage, "李明", "林一")) in done.text
    [*_, undone] = await secretary.tap(stage.key("Undo"))
    assert undone.text.startswith(stage.key("Undone. Nobody was told."))
    [*_, refused] = await stage["王芳"].forge("rotation.ask_cancel:1")
    assert "林一" not in refused.text


async def test_a_handover(either_stage: Stage, zheng: Player) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    await opened(stage, "陈静", "王芳", stage.key("Retires"))
    [*_, page] = await secretary.forge(f"handover.to:guides:1:{stage['赵强'].person_id}")
    assert WOULD_BE[stage.language].format(names="赵强") in page.text
    assert IN_PERSON[stage.language] in page.text
    [*_, done] = await secretary.forge("handover.confirm")
    assert IN_A_MINUTE[stage.language].format(names="赵强") in done.text
    assert "王芳" not in "".join(done.text.splitlines()[1:]), "who retires is no longer told"


async def test_a_report_changed_after_it_was_answered(either_stage: Stage) -> None:
    stage, member = either_stage, either_stage["李明"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    await member.say(f"/checkin {WORDS}")
    await member.tap(data=(await member.last()).rows[0][0].data)
    await member.tap(stage.key("Hand in"))
    await later(stage)
    await member.forge("check_in.edit:1")
    [*_, changed] = await member.say("改一改说法。")
    assert stage.key("Nobody is told of the change; whoever opens it reads it as it is now.") in changed.text
    await stage["王芳"].forge("review.noted:1")
    await later(stage)
    await member.forge("check_in.edit:1")
    [*_, changed] = await member.say("再改一改说法。")
    told = "{names} saw it as it was. Nobody is told of the change, so please say so if it matters."
    assert stage.key(told, names="王芳") in changed.text
    [*_, refused] = await stage["林一"].forge("check_in.edit:1")
    assert "王芳" not in refused.text


async def test_what_nobody_hears_of(either_stage: Stage) -> None:
    stage, officer = either_stage, either_stage["周伟"]
    await officer.forge(f"contact.ask:{stage.units[BRANCH]}")
    [*_, unit] = await officer.say("张敏，8301")
    quietly = "Changed: the notice that people agree to says so from now on. Nobody is sent a message."
    assert unit.text.startswith(stage.key(quietly))
    await officer.forge(f"unit_change.kind:{stage.units[BRANCH]}:rename")
    await officer.say("新名党支部")
    await officer.forge("unit_change.today")
    await officer.forge("unit_change.confirm")
    [*_, cancelled] = await officer.forge("unit_change.cancel:1")
    assert cancelled.text.startswith(stage.key("Cancelled: everything stays as it is. Nobody was told."))
    [*_, refused] = await stage["李明"].forge("unit_change.cancel:1")
    assert "新名" not in refused.text
