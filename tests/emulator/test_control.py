"""The control API beyond phones: who is there, what was called, when it is quiet."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot

from emulator.phone import Phone, PhoneError, Telegram


async def test_calls_are_logged_without_empty_polls(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    await bot.get_updates()
    await bot.send_document(li_ming.user_id, b"PK", filename="小结.xlsx")
    me, document = await local.calls()
    assert (me["method"], document["method"], document["status"]) == ("getme", "senddocument", 200)
    assert document["params"]["document"] == {"name": "小结.xlsx", "size": 2}
    assert await local.calls("sendDocument", after=me["n"]) == [document]
    assert await local.calls(after=document["n"]) == []


async def test_quiet_means_that_all_was_fetched(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    await li_ming.say("在吗")
    with pytest.raises(PhoneError, match="did not come to rest"):
        await local.quiet(seconds=0.01)
    waiting = asyncio.create_task(local.quiet(settle=0.01))
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    await bot.send_message(li_ming.user_id, "在")
    await waiting
    assert (await li_ming.last()).text == "在"


async def test_the_state_tells_who_is_there(local: Telegram, li_ming: Phone, lin_yi: Phone) -> None:
    group = await local.create_group("第一党支部", li_ming)
    state = await local.state()
    assert [user["first_name"] for user in state["users"]] == ["李明", "林一"]
    assert [chat["id"] for chat in state["groups"]] == [group]
    assert (await local.phone(lin_yi.user_id)).name == "林一"


async def test_who_and_what_does_not_exist(local: Telegram, li_ming: Phone, lin_yi: Phone) -> None:
    with pytest.raises(PhoneError, match="there is no user 424242"):
        await Phone(local, 424242, "无名").say("在吗")
    with pytest.raises(PhoneError, match="there is no chat -1"):
        await li_ming.in_chat(-1).say("在吗")
    with pytest.raises(PhoneError, match="there is no group 1001"):
        await local.add_bot(1001, li_ming)
    with pytest.raises(PhoneError, match="no empty text"):
        await li_ming.say(" ")
    with pytest.raises(PhoneError, match="has never started the bot"):
        await lin_yi.block()
    with pytest.raises(PhoneError, match="the bot has said nothing to 李明"):
        await li_ming.last()
    with pytest.raises(PhoneError, match="did not answer the tap"):
        await li_ming.toast(seconds=0)
    with pytest.raises(PhoneError, match="cannot read the request"):
        await local.post(f"/users/{li_ming.user_id}/send")


async def test_a_person_takes_another_name(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    await local.add_user("李明（检修）", id=li_ming.user_id)
    assert (await bot.get_chat(li_ming.user_id)).first_name == "李明（检修）"
