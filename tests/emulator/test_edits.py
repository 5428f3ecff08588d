"""Editing and deleting, and the cases in which Telegram refuses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest

from emulator.phone import Phone, PhoneError, Telegram, white_picture

OK = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="ok")]])
DONE = InlineKeyboardMarkup([[InlineKeyboardButton("完成", callback_data="done")]])


async def test_text_and_buttons_change_in_place(bot: Bot, li_ming: Phone) -> None:
    sent = await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    await sent.edit_reply_markup(DONE)
    assert await li_ming.buttons() == ["完成"]
    edited = await sent.edit_text("<b>已确认</b>", "HTML")
    seen = await li_ming.last()
    assert (seen.id, seen.text, seen.buttons, seen.edited) == (sent.message_id, "已确认", [], True)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None


@pytest.mark.parametrize("text", ["<b>请确认</b>", " <strong>请确认</strong>\n"])
async def test_the_same_again_is_no_edit(bot: Bot, li_ming: Phone, text: str) -> None:
    sent = await bot.send_message(li_ming.user_id, "<b>请确认</b>", "HTML", reply_markup=OK)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text(text, "HTML", reply_markup=OK)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(OK)
    await sent.edit_text("请确认", reply_markup=OK)


async def test_what_cannot_be_edited(bot: Bot, li_ming: Phone) -> None:
    own = await li_ming.say("我的话")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("不", li_ming.user_id, own.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("不", li_ming.user_id, 9999)
    below = await bot.send_message(li_ming.user_id, "请选择", reply_markup=ReplyKeyboardMarkup([["汇报"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await below.edit_text("不")
    plain = await bot.send_message(li_ming.user_id, "请选择")
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await plain.edit_text("字" * 4097)
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await plain.edit_reply_markup(ReplyKeyboardMarkup([["汇报"]]))  # type: ignore[arg-type]
    await plain.edit_text("字" * 4096)


async def test_a_caption_is_no_text(bot: Bot, li_ming: Phone) -> None:
    photo = await bot.send_photo(li_ming.user_id, white_picture(), caption="十月")
    text = await bot.send_message(li_ming.user_id, "十月")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("十月小结")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("十月小结")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await photo.edit_caption("字" * 1025)
    await photo.edit_caption("字" * 1024)
    assert (await li_ming.messages())[-2].text == "字" * 1024


async def test_deleted_messages_are_gone(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    sent = await bot.send_message(li_ming.user_id, "请确认", reply_markup=OK)
    old = await bot.send_message(li_ming.user_id, "旧的")
    await sent.delete()
    assert [message.id for message in await li_ming.messages() if message.from_bot] == [old.message_id]
    with pytest.raises(PhoneError, match="no inline button"):
        await li_ming.tap("好")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    await local.advance(timedelta(hours=49))
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await old.delete()


async def test_a_person_edits_what_he_said(bot: Bot, li_ming: Phone) -> None:
    said = await li_ming.say("学会了定值校验")
    await li_ming.edit(said, "学会了继电保护定值校验")
    first, second = await bot.get_updates()
    assert first.message
    assert first.message.text == "学会了定值校验"
    assert second.edited_message
    assert second.edited_message.text == "学会了继电保护定值校验"
    assert second.edited_message.message_id == said.id
    theirs = await bot.send_message(li_ming.user_id, "收到")
    with pytest.raises(PhoneError, match="has no message"):
        await li_ming.edit((await li_ming.messages(after=theirs.message_id - 1))[0], "不")
