"""The command menu of each person, by scope and language."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest

from emulator.phone import Phone, Telegram


async def test_the_narrowest_list_is_shown(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    wang_fang = await local.add_user("王芳", language_code="en")
    await bot.set_my_commands([("help", "帮助")])
    assert await li_ming.commands() == ["help"]
    await bot.set_my_commands([("checkin", "汇报")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("report", "Report")], scope=BotCommandScopeAllPrivateChats(), language_code="en")
    assert (await li_ming.commands(), await wang_fang.commands()) == (["checkin"], ["report"])
    own = BotCommandScopeChat(li_ming.user_id)
    await bot.set_my_commands([("roster", "花名册")], scope=own)
    assert [command.command for command in await bot.get_my_commands(scope=own)] == ["roster"]
    assert (await li_ming.commands(), await wang_fang.commands()) == (["roster"], ["report"])
    await bot.delete_my_commands(scope=own)
    assert await li_ming.commands() == ["checkin"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("Help", "帮助"), "BOT_COMMAND_INVALID"),
        (("帮助", "帮助"), "BOT_COMMAND_INVALID"),
        (("h" * 33, "帮助"), "BOT_COMMAND_INVALID"),
        (("help", ""), "BOT_COMMAND_DESCRIPTION_INVALID"),
        (("help", "助" * 257), "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_telegram_would_not_take(bot: Bot, command: tuple[str, str], said: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){said}"):
        await bot.set_my_commands([command])
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMANDS_TOO_MUCH"):
        await bot.set_my_commands([("help", "帮助")] * 101)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("help", "帮助")], scope=BotCommandScopeChat(424242))
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands([("help", "帮助")], language_code="zh-hans")
    await bot.set_my_commands([("h" * 32, "助" * 256)] * 100)


async def test_what_the_bot_says_of_itself(bot: Bot, local: Telegram) -> None:
    await bot.set_my_description("双培养与轮岗轮训的助手")
    await bot.set_my_short_description("An assistant", language_code="en")
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("字" * 121)
    state = await local.state()
    assert state["description"] == {"": "双培养与轮岗轮训的助手"}
    assert (await bot.get_my_description(language_code="en")).description == "双培养与轮岗轮训的助手"
    assert state["short_description"] == {"en": "An assistant"}
