"""Who does not hear in a minute is named apart: the week has no place, or it is a quiet hour. What cannot wait has a place first."""

from __future__ import annotations

from sqlalchemy import update

from domain.people import Stage as PartyStage
from storage import outbox
from storage.database import Writer
from storage.tables import outbox as rows
from tests.dialogues.duty_story import at
from tests.dialogues.test_check_ins import report
from tests.dialogues.test_needs import later
from tests.dialogues.test_who_hears import IN_A_MINUTE, WOULD_BE, names
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Stage

WITH_THE_DIGEST = {"zh-hans": "随下次摘要告知：{names}", "en": "With the next digest: {names}"}
IN_THE_MORNING = {
    "zh-hans": "正值免打扰时段，2026年10月13日（星期二）08:00起告知：{names}",
    "en": "Quiet hours, so not before Tuesday, 13 October 2026, 08:00: {names}",
}


async def spent(stage: Stage, name: str, places: int = 3) -> None:
    """So many of the places of somebody's week are gone."""
    now = stage.clock.now()

    def spend(tx: Writer) -> None:
        for number in range(places):
            outbox.add(
                tx, key=f"spent:{name}:{number}", kind="review.told", payload={}, person_id=stage[name].person_id,
                not_before=now, now=now, unasked=True,
            )  # fmt: skip
        tx.run(update(rows).where(rows.c.unique_key.startswith("spent:")).values(state="sent", settled_at=now))

    await stage.database.write(spend)


async def news(stage: Stage, name: str) -> str:
    """What somebody hears within two minutes."""
    before = await stage[name].heard()
    await later(stage)
    return (await stage[name].heard()).removeprefix(before).strip()


async def test_whose_week_is_full_hears_with_the_digest_and_is_named_so(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await spent(stage, "李明")
    [*_, preview] = await secretary.forge("pairing.pause:1")
    [*_, done] = await secretary.forge("pairing.do:pause:1")
    for text, in_a_minute in ((preview.text, WOULD_BE), (done.text, IN_A_MINUTE)):
        assert in_a_minute[stage.language].format(names="王芳") in text
        assert WITH_THE_DIGEST[stage.language].format(names="李明") in text
    before = await stage["王芳"].heard()
    assert not await news(stage, "李明")
    assert await stage["王芳"].heard() != before
    assert stage.clock.now() < at(10, 15, 9)
    before = await stage["李明"].heard()
    await stage.at(at(10, 15, 9))
    await stage.at(at(10, 19, 9))
    assert await stage["李明"].heard() != before


async def test_whose_week_is_free_hears_in_a_minute(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await spent(stage, "李明", 1)
    [*_, done] = await secretary.forge("pairing.do:pause:1")
    assert IN_A_MINUTE[stage.language].format(names=names(stage, "李明", "王芳")) in done.text
    assert WITH_THE_DIGEST[stage.language].format(names="") not in done.text
    assert await news(stage, "李明")


async def test_what_waits_already_takes_the_last_place(either_stage: Stage) -> None:
    """王芳 has one left: of two things done in one minute she hears the first, and the second with the digest."""
    stage, secretary = either_stage, either_stage["陈静"]
    await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    for mentee in ("郑国华", "李明"):
        await pair(stage.database, MONDAY, stage[mentee].person_id, [stage["王芳"].person_id])
    await spent(stage, "王芳", 2)
    [*_, first] = await secretary.forge("pairing.do:pause:2")
    assert IN_A_MINUTE[stage.language].format(names=names(stage, "李明", "王芳")) in first.text
    [*_, preview] = await secretary.forge("pairing.pause:1")
    [*_, second] = await secretary.forge("pairing.do:pause:1")
    for text in (preview.text, second.text):
        assert WITH_THE_DIGEST[stage.language].format(names="王芳") in text
    heard = await news(stage, "王芳")
    assert "李明" in heard
    assert "郑国华" not in heard


async def test_what_is_overtaken_takes_no_place(either_stage: Stage) -> None:
    """A pairing is resumed and, within the minute, ended: of that alone 王芳 hears, in her last place."""
    stage, secretary = either_stage, either_stage["陈静"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await spent(stage, "王芳", 1)
    await secretary.forge("pairing.do:pause:1")
    assert await news(stage, "王芳")
    await secretary.forge("pairing.do:resume:1")
    await secretary.forge("pairing.end:1")
    await secretary.say("借调省公司")
    [*_, done] = await secretary.forge("pairing.do:end:1")
    assert IN_A_MINUTE[stage.language].format(names=names(stage, "李明", "王芳")) in done.text
    assert "借调省公司" in await news(stage, "王芳")


async def test_at_night_nobody_hears_before_the_morning(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.at(at(10, 12, 22, 30))
    [*_, done] = await secretary.forge("pairing.do:pause:1")
    assert IN_THE_MORNING[stage.language].format(names=names(stage, "李明", "王芳")) in done.text
    assert IN_A_MINUTE[stage.language].format(names=names(stage, "李明", "王芳")) not in done.text
    assert not await news(stage, "李明")
    before = await stage["李明"].heard()
    await stage.at(at(10, 13, 8, 1))
    assert await stage["李明"].heard() != before


async def test_who_stands_in_hears_at_once_in_a_week_with_one_place_left(either_stage: Stage) -> None:
    """陈静 is guided herself, so that her last place is kept from what can wait: how often she is to report."""
    stage, mentor = either_stage, either_stage["王芳"]
    people = {name: stage[name].person_id for name in ("李明", "王芳", "陈静", "赵强")}
    await pair(stage.database, MONDAY, people["李明"], [people["王芳"]], cadence=("monthly", 31))
    await pair(stage.database, MONDAY, people["陈静"], [people["赵强"]], cadence=("monthly", 31))
    await spent(stage, "陈静", 2)
    [*_, preview] = await stage["赵强"].forge("pairing.often:2:fortnightly")
    assert WITH_THE_DIGEST[stage.language].format(names="陈静") in preview.text
    await mentor.say("/leave 10月14日 10月30日")
    [*_, taken] = await mentor.tap(stage.key("Confirm"))
    in_a_minute = stage.key("Told in a minute: {names}", names=names(stage, "陈静", "李明"))
    assert in_a_minute in taken.text
    assert "李明" in await news(stage, "陈静")
    [*_, refused] = await stage["林一"].forge("leave.cancel:1")
    assert "陈静" not in refused.text


async def test_who_stands_in_in_a_full_week_is_named_under_the_digest(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await spent(stage, "陈静")
    await mentor.say("/leave 10月14日 10月30日")
    [*_, taken] = await mentor.tap(stage.key("Confirm"))
    assert stage.key("Told in a minute: {names}", names="李明") in taken.text
    assert WITH_THE_DIGEST[stage.language].format(names="陈静") in taken.text
    assert not await news(stage, "陈静")


async def test_a_receipt_of_a_comment_says_so_too(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await report(stage)
    await later(stage)
    await spent(stage, "李明")
    [*_, settled] = await mentor.forge("review.noted:1")
    assert WITH_THE_DIGEST[stage.language].format(names="李明") in settled.text
    assert stage.key("Noted. {name} is told in a minute; until then you can undo it.", name="李明") not in settled.text
    [*_, refused] = await stage["林一"].forge("review.noted:1")
    assert "李明" not in refused.text


async def test_what_is_entered_for_somebody_whose_week_is_full(either_stage: Stage) -> None:
    stage, member, secretary = either_stage, either_stage["李明"], either_stage["陈静"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    await spent(stage, "李明")
    taps = ("当面口述", "提交", "按计划推进") if stage.language != "en" else ("Said in person", "Hand in", "On plan")
    source, hand_in, standing = taps
    await secretary.forge(f"entry.for:{member.person_id}")
    await secretary.tap(source)
    await secretary.say("完成两次保护校验。")
    await secretary.tap(standing)
    [*_, receipt] = await secretary.tap(hand_in)
    first, second = receipt.text.splitlines()[:2]
    assert "王芳" in first
    assert "告知本人" not in first
    assert "李明 is told" not in first
    assert second == WITH_THE_DIGEST[stage.language].format(names="李明")
    await secretary.tap(stage.key("Undo"))
    await secretary.forge(f"entry.for:{member.person_id}")
    await secretary.tap("重新开始" if stage.language != "en" else "Start over")
    await secretary.tap(source)
    await secretary.tap("本期暂不汇报" if stage.language != "en" else "Not this time")
    [*_, noted] = await secretary.tap("出差或培训" if stage.language != "en" else "Away on business or in training")
    assert WITH_THE_DIGEST[stage.language].format(names="李明") in noted.text
    in_a_minute = "{name} is told in a minute; until then you can undo it."
    assert stage.key(in_a_minute, name="李明") not in noted.text
