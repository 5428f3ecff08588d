"""李明 reads and takes along what is kept about him, and nobody else's."""

from __future__ import annotations

import json

from services import access, my_data
from storage.accounts import by_person
from storage.database import Reader
from tests.stage import MONDAY, Stage


async def test_it_says_what_is_kept_and_gives_a_file(stage: Stage) -> None:
    li_ming = stage["李明"]
    await li_ming.say("/checkin 本周完成了主变试验")
    said = await li_ming.say("/mydata")
    assert any("李明同志的个人信息" in one.text for one in said)
    assert any("尚无他人逐份打开过您的汇报" in one.text for one in said)


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


async def test_a_stranger_is_led_on(stage: Stage) -> None:
    stranger = await stage.telegram.add_user("路人")
    await stranger.start()
    await stranger.say("/mydata")
    await stage.settle()
    assert not any("个人信息" in one.text and "同志的" in one.text for one in await stranger.messages())


async def test_in_english(english_stage: Stage) -> None:
    said = await english_stage["李明"].say("/mydata")
    assert any("What is kept about" in one.text for one in said)
