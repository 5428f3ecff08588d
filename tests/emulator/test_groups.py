"""Groups: the bot comes and goes, hears little, and follows when a group grows."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from emulator.phone import Phone, PhoneError, Telegram


@pytest.fixture
async def chen_jing(local: Telegram) -> Phone:
    """The branch secretary."""
    return await local.add_user("陈静")


@pytest.fixture
async def branch(local: Telegram, chen_jing: Phone, li_ming: Phone) -> int:
    return await local.create_group("第一党支部", chen_jing, [li_ming])


async def test_the_bot_is_told_that_it_was_added(bot: Bot, local: Telegram, branch: int, chen_jing: Phone) -> None:
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(branch, "大家好")
    await local.add_bot(branch, chen_jing)
    added, service = await bot.get_updates()
    assert added.my_chat_member
    assert added.my_chat_member.new_chat_member.status == "member"
    assert service.message
    assert service.message.new_chat_members[0].is_bot
    await bot.send_message(branch, "大家好")
    assert (await chen_jing.in_chat(branch).last()).text == "大家好"


async def test_a_group_that_was_there_before_has_the_bot_in_it(bot: Bot, local: Telegram, chen_jing: Phone) -> None:
    assert await local.create_group("第一党支部", chen_jing, known_id=-77) == -77
    await bot.send_message(-77, "大家好")
    assert (await chen_jing.in_chat(-77).last()).text == "大家好"
    assert not await bot.get_updates()


async def test_privacy_mode(bot: Bot, local: Telegram, branch: int, chen_jing: Phone, li_ming: Phone) -> None:
    await local.add_bot(branch, chen_jing)
    await bot.send_message(branch, "大家好")
    here = li_ming.in_chat(branch)
    hello = await here.last()
    await here.say("闲聊")
    await here.say("/help@another_bot")
    await here.say("/help")
    await here.say(f"/help@{local.world.bot.username}")
    await here.say("你好", reply_to=hello)
    heard = [update.message.text for update in await bot.get_updates() if update.message and update.message.text]
    assert heard == ["/help", f"/help@{local.world.bot.username}", "你好"]
    local.world.reads_all_group_messages = True
    await here.say("闲聊")
    update = (await bot.get_updates())[-1]
    assert update.message
    assert update.message.text == "闲聊"


async def test_only_members_speak(local: Telegram, branch: int, lin_yi: Phone) -> None:
    with pytest.raises(PhoneError, match="林一 is not in the group 第一党支部"):
        await lin_yi.in_chat(branch).say("大家好")
    await local.post(f"/groups/{branch}/members", user=lin_yi.user_id)
    await lin_yi.in_chat(branch).say("大家好")


async def test_the_bot_leaves_or_is_removed(bot: Bot, local: Telegram, branch: int, chen_jing: Phone) -> None:
    await local.add_bot(branch, chen_jing)
    assert await bot.leave_chat(branch)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(branch, "大家好")
    await local.add_bot(branch, chen_jing)
    await local.remove_bot(branch, chen_jing)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(branch, "大家好")


async def test_a_group_grows(bot: Bot, local: Telegram, branch: int, chen_jing: Phone) -> None:
    await local.add_bot(branch, chen_jing)
    grown = await local.migrate(branch, chen_jing)
    with pytest.raises(ChatMigrated) as refusal:
        await bot.send_message(branch, "大家好")
    assert refusal.value.new_chat_id == grown
    assert (await bot.send_message(grown, "大家好")).chat.type == "supergroup"


async def test_who_is_who(bot: Bot, local: Telegram, branch: int, chen_jing: Phone, lin_yi: Phone) -> None:
    await local.add_bot(branch, chen_jing, standing="administrator")
    assert (await bot.get_chat_member(branch, chen_jing.user_id)).status == "creator"
    assert (await bot.get_chat_member(branch, lin_yi.user_id)).status == "left"
    assert (await bot.get_chat_member(branch, local.world.bot.id)).status == "administrator"
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(branch, 424242)
    assert (await bot.get_chat(branch)).title == "第一党支部"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(lin_yi.user_id)


async def test_a_private_chat_as_the_bot_sees_it(bot: Bot, li_ming: Phone) -> None:
    chat = await bot.get_chat(li_ming.user_id)
    assert (chat.type, chat.first_name, chat.username) == ("private", "李明", "liming")
    assert (await bot.get_chat_member(li_ming.user_id, li_ming.user_id)).status == "member"
    with pytest.raises(BadRequest, match="private chats"):
        await bot.leave_chat(li_ming.user_id)
