"""李明 reads and takes along what is kept about him, and nobody else's."""

from __future__ import annotations

import json

from domain.needs import NeedAudience, NeedKind
from services import access, my_data
from storage import needs
from storage.accounts import by_person
from storage.database import Reader
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage


async def test_it_says_what_is_kept_and_gives_a_file(stage: Stage) -> None:
    li_ming = stage["李明"]
    await li_ming.say("/checkin 本周完成了主变试验")
    said = await li_ming.say("/mydata")
    assert any("李明同志的个人信息" in one.text for one in said)
    assert any("尚无他人逐项打开过您的资料" in one.text for one in said)


async def test_it_stands_under_privacy_and_after_consent_is_withdrawn(stage: Stage) -> None:
    li_ming = stage["李明"]
    await li_ming.say("/privacy")
    assert any("李明同志的个人信息" in one.text for one in await li_ming.tap("我的个人信息"))
    await li_ming.say("/privacy")
    await li_ming.forge("consents.withdraw:use")
    assert any("李明同志的个人信息" in one.text for one in await li_ming.say("/mydata"))


async def test_it_holds_ones_own_and_nobody_elses(stage: Stage) -> None:
    account = await stage.database.read(lambda tx: by_person(tx, stage["李明"].person_id))
    assert account is not None

    def taken(tx: Reader) -> my_data.Copy:
        return my_data.copy(tx, access.identify(tx, account.telegram_id, MONDAY, "zh-hans"))

    kept = json.loads((await stage.database.read(taken)).as_json())
    assert [one["name"] for one in kept["person"]] == ["李明"]
    assert "王芳" not in json.dumps(kept, ensure_ascii=False)


async def test_it_says_who_opened_something_and_not_that_one_opened_it_oneself(stage: Stage) -> None:
    pairing_id = await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    rotation_id = await rotate(
        stage.database, MONDAY, stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["赵强"].person_id
    )
    need_id = await stage.database.write(
        lambda tx: needs.add(
            tx, person_id=stage["李明"].person_id, check_in_id=None, kind=NeedKind.WORK,
            audience=NeedAudience.SECRETARY_ONLY, text="缺一台试验仪", now=MONDAY,
        )
    )  # fmt: skip
    for name in ("陈静", "李明", "林一"):
        for press in (f"pairing.open:{pairing_id}", f"rotation.open:{rotation_id}", f"need.open:{need_id}"):
            await stage[name].forge(press)
    said = await stage["李明"].say("/mydata")
    assert any("您的资料被打开过3次，查看人：陈静" in one.text for one in said)


async def test_a_stranger_is_led_on(stage: Stage) -> None:
    stranger = await stage.telegram.add_user("路人")
    await stranger.start()
    await stranger.say("/mydata")
    await stage.settle()
    assert not any("个人信息" in one.text and "同志的" in one.text for one in await stranger.messages())


async def test_in_english(english_stage: Stage) -> None:
    said = await english_stage["李明"].say("/mydata")
    assert any("What is kept about" in one.text for one in said)
