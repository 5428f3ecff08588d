"""Messages the bot sends, as the person sees them; and what Telegram would not send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from emulator.phone import Phone, PhoneError, Telegram
from tests.emulator.conftest import MORNING, a_bot


async def test_the_bot_knows_itself(bot: Bot, local: Telegram) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (local.world.bot.id, True, local.world.bot.username)
    with pytest.raises(InvalidToken):
        await a_bot(local, "7000000001:another").initialize()


async def test_a_text_is_seen_as_it_was_meant(bot: Bot, li_ming: Phone) -> None:
    sent = await bot.send_message(
        li_ming.user_id, "  <b>李明</b>同志，您好。 😀 <a href='https://example.com'>看</a>\n", "HTML"
    )
    seen = await li_ming.last()
    assert seen.text == sent.text == "李明同志，您好。 😀 看"
    assert [(one["type"], one["offset"], one["length"]) for one in seen.entities] == [
        ("bold", 0, 2),
        ("text_link", 12, 1),
    ]
    assert sent.parse_entity(sent.entities[1]) == "看"
    assert (seen.date, sent.date) == (MORNING, MORNING)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("<b></b>", "Text must be non-empty"),
        ("字" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<h1>标题</h1>", "Can't parse entities: unsupported start tag"),
    ],
)
async def test_a_text_telegram_would_not_send(bot: Bot, li_ming: Phone, text: str, said: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){said}"):
        await bot.send_message(li_ming.user_id, text, "HTML")
    await bot.send_message(li_ming.user_id, "😀" * 2048, "HTML")
    await bot.send_message(li_ming.user_id, "<b>" + "字" * 4096 + "</b>", "HTML")


async def test_entities_may_be_stated(bot: Bot, li_ming: Phone) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 2)
    await bot.send_message(li_ming.user_id, "李明 /help", entities=[bold])
    assert [one["type"] for one in (await li_ming.last()).entities] == ["bold", "bot_command"]
    with pytest.raises(BadRequest, match="ends after the end of the text"):
        await bot.send_message(li_ming.user_id, "李", entities=[bold])
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(li_ming.user_id, "李", "MarkdownV2")


async def test_who_can_be_written_to(bot: Bot, local: Telegram, li_ming: Phone, lin_yi: Phone) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(lin_yi.user_id, "您好")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(424242, "您好")
    await li_ming.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(li_ming.user_id, "您好")
    with pytest.raises(PhoneError, match="has blocked the bot"):
        await li_ming.say("在吗")
    assert (await bot.get_updates())[-1].my_chat_member.new_chat_member.status == "kicked"  # type: ignore[union-attr]
    await li_ming.unblock()
    await bot.send_message(li_ming.user_id, "您好")
    assert (await li_ming.last()).text == "您好"
    assert local.world.updates.pending[-1].body["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_inline_buttons(bot: Bot, li_ming: Phone) -> None:
    rows = [
        [InlineKeyboardButton("汇报", callback_data="a" * 64), InlineKeyboardButton("网页", url="https://example.com")],
        [InlineKeyboardButton("请假", callback_data="假" * 21)],
    ]
    await bot.send_message(li_ming.user_id, "请选择", reply_markup=InlineKeyboardMarkup(rows))
    seen = await li_ming.last()
    assert [[button.text for button in row] for row in seen.rows] == [["汇报", "网页"], ["请假"]]
    assert await li_ming.tap("网页") == "https://example.com"
    with pytest.raises(PhoneError, match="no inline button '点评'; the last ones are: 汇报, 网页, 请假"):
        await li_ming.tap("点评")


def raw_inline(*rows: object) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (raw_inline([{"text": "汇报", "callback_data": "a" * 65}]), "BUTTON_DATA_INVALID"),
        (raw_inline([{"text": "汇报", "callback_data": "假" * 22}]), "BUTTON_DATA_INVALID"),
        (raw_inline([{"text": "汇报", "callback_data": ""}]), "BUTTON_DATA_INVALID"),
        (raw_inline([{"text": "汇报"}]), "text buttons are unallowed in the inline keyboard"),
        (raw_inline([{"text": "网页", "url": "no address"}]), "is invalid"),
        (raw_inline([{"text": "网页", "web_app": "https://example.com"}]), "Only HTTPS links are allowed"),
        (raw_inline([{"text": " ", "callback_data": "a"}]), "BUTTON_TEXT_INVALID"),
        (raw_inline([{"callback_data": "a"}]), "can't find field"),
        (raw_inline(*[[{"text": "a", "callback_data": "a"}]] * 101), "reply markup is too long"),
        (raw_inline([{"text": "a", "callback_data": "a"}] * 9), "more than 8 buttons in a row"),
        (raw_inline({"text": "a", "callback_data": "a"}), "must be an array of arrays"),
        ({"inline_keyboard": "a"}, "must be an array"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        ({"keyboard": [["汇报"]], "resize_keyboard": "yes"}, "must be of the type boolean"),
        ([], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_telegram_would_not_take(local: Telegram, li_ming: Phone, markup: Any, said: str) -> None:
    answer = await post(local, "sendMessage", chat_id=li_ming.user_id, text="请选择", reply_markup=markup)
    assert answer["error_code"] == 400
    assert said.lower() in answer["description"].lower()
    good = raw_inline([{"text": "汇报", "callback_data": "a" * 64}] * 8)
    assert (await post(local, "sendMessage", chat_id=li_ming.user_id, text="请选择", reply_markup=good))["ok"]


async def test_the_keyboard_beneath_the_chat(bot: Bot, li_ming: Phone) -> None:
    keys = ReplyKeyboardMarkup(
        [["汇报", "我的"], [KeyboardButton("我的电话", request_contact=True)]], resize_keyboard=True
    )
    await bot.send_message(li_ming.user_id, "请选择", reply_markup=keys)
    await bot.send_message(li_ming.user_id, "或者写一句话")
    assert await li_ming.keyboard() == [["汇报", "我的"], ["我的电话"]]
    await li_ming.press("汇报")
    await li_ming.press("我的电话")
    pressed, shared = await bot.get_updates()
    assert pressed.message
    assert shared.message
    assert pressed.message.text == "汇报"
    assert shared.message.contact
    assert shared.message.contact.user_id == li_ming.user_id
    await bot.send_message(li_ming.user_id, "好", reply_markup=ReplyKeyboardRemove())
    assert await li_ming.keyboard() == []
    with pytest.raises(PhoneError, match="no keyboard button '汇报'"):
        await li_ming.press("汇报")
    await bot.send_message(li_ming.user_id, "为什么？", reply_markup=ForceReply())
    once = ReplyKeyboardMarkup([["是"]], one_time_keyboard=True)
    await bot.send_message(li_ming.user_id, "确定吗？", reply_markup=once)
    await li_ming.press("是")
    assert await li_ming.keyboard() == []


async def test_replies(bot: Bot, li_ming: Phone) -> None:
    question = await bot.send_message(li_ming.user_id, "本期进展？")
    asked = await li_ming.last()
    await li_ming.say("学会了继电保护定值校验。", reply_to=asked)
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.message_id == question.message_id
    answer = await update.message.reply_text("收到。", do_quote=True)
    assert answer.reply_to_message
    assert answer.reply_to_message.text == "学会了继电保护定值校验。"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(li_ming.user_id, "收到。", reply_to_message_id=9999)
    await bot.send_message(li_ming.user_id, "收到。", reply_to_message_id=9999, allow_sending_without_reply=True)


async def test_typing_lasts_until_the_message(bot: Bot, li_ming: Phone) -> None:
    await bot.send_chat_action(li_ming.user_id, "typing")
    assert await li_ming.typing()
    await bot.send_message(li_ming.user_id, "好")
    assert not await li_ming.typing()
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await bot.send_chat_action(li_ming.user_id, "dancing")


async def test_commands_of_a_person_arrive_as_commands(bot: Bot, li_ming: Phone) -> None:
    await li_ming.start("invite-7K2M")
    await li_ming.say("打卡 @liming https://example.com/a?b=1。 #安全")
    first, second = await bot.get_updates()
    assert first.message
    assert second.message
    assert first.message.text == "/start invite-7K2M"
    assert list(first.message.parse_entities(["bot_command"]).values()) == ["/start"]
    found = {entity.type: text for entity, text in second.message.parse_entities().items()}
    assert found == {"mention": "@liming", "url": "https://example.com/a?b=1", "hashtag": "#安全"}


async def test_an_unknown_method_is_a_loud_404(local: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    answer = await post(local, "sendDice", chat_id=1)
    assert answer["error_code"] == 404
    assert "senddice" in answer["description"]
    assert "senddice" in caplog.text


async def test_a_broken_body_is_refused(local: Telegram, li_ming: Phone) -> None:
    path, kind = f"/bot{local.world.token}/sendMessage", {"content-type": "application/json"}
    for body in (b"{", b"[]", b'{"text": "\xff"}', b'{"chat_id": 1001, "text": "\\ud83d"}'):
        answer = await local.http.post(path, content=body, headers=kind)
        assert answer.status_code == 400, body
    answer = await local.http.get(path, params={"chat_id": li_ming.user_id, "text": "您好"})
    assert answer.json()["result"]["text"] == "您好"


async def test_dates_follow_the_clock(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    await local.advance(timedelta(days=1))
    assert (await bot.send_message(li_ming.user_id, "您好")).date == MORNING + timedelta(days=1)


async def post(local: Telegram, method: str, **body: object) -> dict[str, Any]:
    answer = await local.http.post(f"/bot{local.world.token}/{method}", json=body)
    result: dict[str, Any] = answer.json()
    return result
