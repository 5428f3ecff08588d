"""What a page hears of all phones at once."""

from __future__ import annotations

import json

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from emulator.control.stream import told
from emulator.feed import Feed
from emulator.phone import Phone, Telegram
from emulator.refusals import Json
from emulator.views import news_view


def news(local: Telegram, after: int) -> list[Json]:
    return [news_view(one) for one in local.world.feed.since(after) or []]


async def test_the_whole_is_everything_a_page_shows(local: Telegram, bot: Bot, li_ming: Phone, lin_yi: Phone) -> None:
    await local.add_user("王芳", id=77, about="李明的导师")
    group = await local.create_group("第一党支部", li_ming, [lin_yi])
    await bot.send_message(li_ming.user_id, "您好")
    whole = await local.get("/whole")
    assert [(one["first_name"], one["about"]) for one in whole["people"]] == [
        ("李明", ""),
        ("林一", ""),
        ("王芳", "李明的导师"),
    ]
    chats = {one["chat"]["id"]: one for one in whole["chats"]}
    assert [message["text"] for message in chats[li_ming.user_id]["messages"]] == ["/start", "您好"]
    assert chats[li_ming.user_id]["bot"] == "member"
    assert chats[lin_yi.user_id]["bot"] == "never"
    assert sorted(chats[group]["members"]) == sorted([li_ming.user_id, lin_yi.user_id])
    assert (whole["n"], whole["epoch"]) == (local.world.feed.last, local.world.epoch)
    assert (await local.get("/whole", last=1))["chats"][0]["messages"][0]["text"] == "您好"


async def test_news_of_every_chat_in_one_order(local: Telegram, bot: Bot, li_ming: Phone, lin_yi: Phone) -> None:
    began = local.world.feed.last
    await lin_yi.start()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("同意", callback_data="yes")]])
    sent = await bot.send_message(li_ming.user_id, "同意吗？", reply_markup=keyboard)
    query = await li_ming.tap("同意")
    await bot.answer_callback_query(query, "已记录", show_alert=True)
    await bot.edit_message_text("已同意", li_ming.user_id, sent.message_id)
    await bot.delete_message(li_ming.user_id, sent.message_id)
    await li_ming.block()
    heard = news(local, began)
    assert [one["kind"] for one in heard] == ["message", "message", "answered", "edited", "deleted", "standing"]
    assert [one["n"] for one in heard] == list(range(began + 1, began + 7))
    assert heard[0]["message"]["text"] == "/start"
    assert (heard[2]["text"], heard[2]["alert"], heard[2]["user_id"]) == ("已记录", True, li_ming.user_id)
    assert heard[3]["message"] is None  # it is gone by now
    assert heard[5]["bot"] == "kicked"


async def test_the_stream_over_the_wire(local: Telegram, bot: Bot, li_ming: Phone) -> None:
    stream = told(local.world, local.world.feed.last)
    assert (await anext(stream)).startswith("event: pulse\n")
    await bot.send_message(li_ming.user_id, "两\n行")
    number, kind, data = (await anext(stream)).strip().split("\n")
    assert (number, kind) == (f"id: {local.world.feed.last}", "event: news")
    assert json.loads(data.removeprefix("data: "))["message"]["text"] == "两\n行"
    local.world.close()
    assert [one async for one in stream] == []


async def test_who_was_away_for_too_long_is_told_so(local: Telegram, li_ming: Phone) -> None:
    stream = told(local.world, local.world.feed.last + 10)  # numbers of another world
    await anext(stream)
    assert (await anext(stream)).startswith("event: lost\n")
    feed = Feed(size=2)
    for kind in ("a", "b", "c"):
        feed.put(kind)
    assert [one.kind for one in feed.since(1) or []] == ["b", "c"]
    assert feed.since(0) is None
    assert feed.since(3) == []


async def test_the_bot_is_there_while_it_fetches(local: Telegram, bot: Bot) -> None:
    assert not local.world.bot_is_there
    await bot.get_updates()
    assert local.world.bot_is_there


async def test_the_stream_begins_where_the_browser_left_off(served: str) -> None:
    async with Telegram.at(served) as local, httpx.AsyncClient(base_url=served, trust_env=False) as http:
        phone = await local.add_user("王芳")
        began = (await local.get("/whole"))["n"]
        await phone.say("一")
        await phone.say("二")
        async with http.stream("GET", "/control/stream", headers={"last-event-id": str(began + 1)}) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = [line async for line in _first(answer, 5)]
        told_of = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
        assert told_of[1]["message"]["text"] == "二"


async def _first(answer: httpx.Response, count: int):  # type: ignore[no-untyped-def] # lines of a stream
    async for line in answer.aiter_lines():
        yield line
        count -= bool(line)
        if not count:
            return
