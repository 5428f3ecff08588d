"""Taps on inline buttons, their answers, and answers that come too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from emulator.phone import Phone, PhoneError, Telegram

OK = InlineKeyboardMarkup(
    [[InlineKeyboardButton("好", callback_data="ok:1"), InlineKeyboardButton("不", callback_data="no:1")]]
)


async def tapped(bot: Bot) -> CallbackQuery:
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    return query


async def test_a_tap_and_its_toast(bot: Bot, li_ming: Phone) -> None:
    sent = await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.tap("好")
    query = await tapped(bot)
    assert (query.data, query.from_user.id) == ("ok:1", li_ming.user_id)
    assert query.message
    assert query.message.message_id == sent.message_id
    await query.answer("已确认", show_alert=True)
    toast = await li_ming.toast()
    assert (toast.text, toast.alert) == ("已确认", True)
    assert await li_ming.alerts() == [toast]


async def test_a_silent_answer_shows_nothing(bot: Bot, li_ming: Phone) -> None:
    await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.tap(data="no:1")
    await (await tapped(bot)).answer()
    assert (await li_ming.toast()).text == ""
    assert await li_ming.alerts() == []


async def test_the_latest_message_with_the_button_is_meant(bot: Bot, li_ming: Phone) -> None:
    first = await bot.send_message(li_ming.user_id, "第一", reply_markup=OK)
    await bot.send_message(li_ming.user_id, "第二", reply_markup=OK)
    await bot.send_message(li_ming.user_id, "第三")
    await li_ming.tap("好")
    message = (await tapped(bot)).message
    assert message
    assert message.message_id == first.message_id + 1
    seen = next(one for one in await li_ming.messages() if one.id == first.message_id)
    await li_ming.tap("好", message=seen)
    message = (await tapped(bot)).message
    assert message
    assert message.message_id == first.message_id


async def test_a_tampered_phone_presses_what_no_button_has(bot: Bot, li_ming: Phone) -> None:
    first = await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    last = await bot.send_message(li_ming.user_id, "没有按钮")
    with pytest.raises(PhoneError, match="no inline button"):
        await li_ming.tap(data="root:1")
    for message, expected in ((None, last.message_id), ((await li_ming.messages())[-2], first.message_id)):
        await li_ming.tap(data="root:1", message=message, forge=True)
        query = await tapped(bot)
        assert query.data == "root:1"
        assert query.message
        assert query.message.message_id == expected


async def test_nothing_can_be_forged_where_the_bot_said_nothing(li_ming: Phone) -> None:
    await li_ming.say("您好")
    with pytest.raises(PhoneError, match="forge"):
        await li_ming.tap(data="root:1", forge=True)


async def test_an_answer_in_time_and_one_too_late(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.tap("好")
    query = await tapped(bot)
    await local.advance(timedelta(seconds=14))
    await query.answer("好")
    await local.advance(timedelta(seconds=2))
    for query_id in (query.id, "1", ""):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
            await bot.answer_callback_query(query_id)


async def test_an_answer_longer_than_a_toast(bot: Bot, li_ming: Phone) -> None:
    await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.tap("好")
    query = await tapped(bot)
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await query.answer("字" * 201)
    await query.answer("字" * 200)


async def test_who_blocked_the_bot_taps_nothing(bot: Bot, li_ming: Phone) -> None:
    await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.block()
    with pytest.raises(PhoneError, match="李明 has blocked the bot"):
        await li_ming.tap("好")
    await li_ming.start()
    await li_ming.tap("好")


async def test_an_answer_is_waited_for(bot: Bot, li_ming: Phone) -> None:
    await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await li_ming.tap("好")
    with pytest.raises(PhoneError, match="showed 李明 0 of 1 answers"):
        await li_ming.answer(seconds=0.01)
    query = await tapped(bot)
    await query.answer("好")
    await query.edit_message_text("已确认")
    await bot.send_message(li_ming.user_id, "谢谢")
    assert [message.text for message in await li_ming.answer(2)] == ["已确认", "谢谢"]
