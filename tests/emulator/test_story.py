"""A guided story: the emulator notices by itself what has been done, whatever the words of the bot."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from emulator.phone import Phone, PhoneError, Telegram
from emulator.refusals import Json


def key(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


def move(phone: Phone, sign: str, value: str = "") -> Json:
    return {"user_id": phone.user_id, "sign": sign, "value": value, "words": "……"}


async def tells(local: Telegram, *moves: list[Json]) -> None:
    await local.post("/story", steps=[{"title": "一", "why": "为了大家", "moves": one} for one in moves], phones=[1])


async def at(local: Telegram) -> tuple[int, int]:
    story = (await local.get("/whole"))["story"]
    return story["step"], story["move"]


async def test_there_is_none_until_it_is_told(local: Telegram, li_ming: Phone) -> None:
    assert (await local.get("/whole"))["story"] is None
    await tells(local, [move(li_ming, "write", "收到")])
    story = (await local.get("/whole"))["story"]
    assert (story["phones"], story["step"], story["move"]) == ([1], 0, 0)
    assert story["steps"][0]["moves"][0]["value"] == "收到"


async def test_each_sign(local: Telegram, bot: Bot, li_ming: Phone, lin_yi: Phone) -> None:
    await bot.send_message(li_ming.user_id, "您好", reply_markup=key("旧的", "report.begin:1"))
    await tells(
        local,
        [
            move(lin_yi, "start"),
            move(lin_yi, "press", "汇报"),
            move(lin_yi, "write"),
            move(li_ming, "hears", "^report"),
            move(li_ming, "tap", "^report:.*plan$"),
        ],
        [move(li_ming, "write")],
    )
    await lin_yi.say("/start")
    assert await at(local) == (0, 0), "without a word that a link hands over it is no link"
    await lin_yi.start("7K2M")
    assert await at(local) == (0, 1)
    await lin_yi.say("汇报")
    await lin_yi.say("/help")
    assert await at(local) == (0, 2)
    await li_ming.say("别人的话")
    assert await at(local) == (0, 2)
    await lin_yi.say("独立完成备自投试验")
    assert await at(local) == (0, 3), "what was said before the step began is no sign"
    await bot.send_message(li_ming.user_id, "进展如何？", reply_markup=key("按计划", "report:5:plan"))
    assert await at(local) == (0, 4)
    await li_ming.tap("按计划")
    assert await at(local) == (1, 0)
    await li_ming.say("好")
    assert await at(local) == (2, 0)
    await li_ming.say("之后什么都可以")
    assert await at(local) == (2, 0)


async def test_the_button_with_the_right_name(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    keys = [
        InlineKeyboardButton(name, callback_data=f"person:{number}") for number, name in enumerate(("王芳", "林一"))
    ]
    await bot.send_message(li_ming.user_id, "谁？", reply_markup=InlineKeyboardMarkup([keys]))
    await tells(local, [move(li_ming, "tap", "^person") | {"label": "林一"}])
    await li_ming.tap("王芳")
    assert await at(local) == (0, 0)
    await li_ming.tap("林一")
    assert await at(local) == (1, 0)


async def test_what_was_heard_meanwhile_counts_when_its_turn_comes(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    await tells(local, [move(li_ming, "write"), move(li_ming, "hears", "^draft"), move(li_ming, "write")])
    sent = await bot.send_message(li_ming.user_id, "稍候")
    await bot.edit_message_text("初稿", li_ming.user_id, sent.message_id, reply_markup=key("看", "draft:1"))
    assert await at(local) == (0, 0)
    await li_ming.say("谢谢")
    assert await at(local) == (0, 2)


async def test_moves_may_be_left_out(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    await tells(local, [move(li_ming, "press", "结对"), move(li_ming, "write"), move(li_ming, "tap", "^send")])
    await bot.send_message(li_ming.user_id, "提交？", reply_markup=key("提交", "send"))
    await li_ming.say("文字不会跳过前一步")
    assert await at(local) == (0, 0)
    await li_ming.tap("提交")
    assert await at(local) == (1, 0)


async def test_steps_are_skipped_and_gone_back_to(local: Telegram, li_ming: Phone) -> None:
    await tells(local, [move(li_ming, "write")], [move(li_ming, "write")])
    began = local.world.feed.last
    await local.post("/story/at", step=2)
    await local.post("/story/at", step=1)
    assert [one.event for one in local.world.feed.since(began) or []] == [
        {"step": 2, "move": 0},
        {"step": 1, "move": 0},
    ]
    assert (await local.state())["story_step"] == 1
    with pytest.raises(PhoneError, match="there are 2 steps"):
        await local.post("/story/at", step=3)


@pytest.mark.parametrize(
    "wrong", [{"sign": "guess"}, {"sign": "tap", "value": "("}, {"sign": "write", "travel": "later"}, {"words": None}]
)
async def test_a_story_that_cannot_be_read_is_refused(local: Telegram, li_ming: Phone, wrong: Json) -> None:
    told = {name: value for name, value in (move(li_ming, "write") | wrong).items() if value is not None}
    with pytest.raises(PhoneError, match="cannot read the request"):
        await tells(local, [told])
    assert (await local.get("/whole"))["story"] is None
