"""Bad days on demand, as a bot's real client meets them."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from emulator.phone import Phone, PhoneError, Telegram
from tests.emulator.conftest import until_polled


async def test_one_chat_is_told_to_wait(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    wang_fang = await local.add_user("王芳")
    await wang_fang.start()
    await local.fault("too_many_requests", chat_id=li_ming.user_id, retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
            await bot.send_message(li_ming.user_id, "您好")
        await bot.send_message(wang_fang.user_id, "您好")
    await bot.send_message(li_ming.user_id, "您好")


async def test_what_only_an_extra_meets_is_in_no_list(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    extra = Phone(local, 20_000, "")
    with pytest.raises(PhoneError, match="no user 20000"):
        await extra.say("/help")
    await local.add_crowd([extra.user_id])
    await extra.say("/help")
    assert [update.effective_chat.id for update in await bot.get_updates() if update.effective_chat] == [20_000]
    await local.fault("refused", chat_id=extra.user_id)
    with pytest.raises(BadRequest, match="told to refuse"):
        await bot.send_message(extra.user_id, "您好")
    await bot.send_message(li_ming.user_id, "您好")
    assert await local.get("/faults") == []


@pytest.mark.parametrize(
    ("kind", "error"), [("server_error", NetworkError), ("dropped", NetworkError), ("timed_out", TimedOut)]
)
@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_that_never_comes(
    bot: Bot, local: Telegram, li_ming: Phone, kind: str, error: type[TelegramError], *, after: bool
) -> None:
    await local.fault(kind, methods=["sendMessage"], after=after)
    with pytest.raises(error):
        await bot.send_message(li_ming.user_id, "您好")
    assert await bot.get_me()
    await local.clear_faults()
    seen = [message.text for message in await li_ming.messages() if message.from_bot]
    assert seen == (["您好"] if after else [])


async def test_now_and_then_is_the_same_every_time(bot: Bot, local: Telegram) -> None:
    async def run() -> list[bool]:
        fault = await local.fault("server_error", ratio=0.5, seed=42)
        met = []
        for _ in range(40):
            try:
                await bot.get_me()
            except NetworkError:
                met.append(True)
            else:
                met.append(False)
        await local.clear_faults(fault)
        return met

    first = await run()
    assert 10 < sum(first) < 30
    assert await run() == first


async def test_down_cuts_the_long_poll_too(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await until_polled(local)
    await local.fault("down")
    with pytest.raises(NetworkError):
        await waiting
    with pytest.raises(NetworkError):
        await bot.get_me()
    await li_ming.say("在吗")
    await local.clear_faults()
    assert len(await bot.get_updates()) == 1


async def test_a_download_that_breaks(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    sent = await bot.send_document(li_ming.user_id, b"PK", filename="小结.xlsx")
    assert sent.document
    file = await sent.document.get_file()
    await local.fault("dropped", methods=["download"], times=1)
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == b"PK"


async def test_slow_is_only_slow(bot: Bot, local: Telegram) -> None:
    await local.fault("slow", seconds=0.01, methods=["getMe"])
    assert await bot.get_me()
    (fault,) = await local.get("/faults")
    assert (fault["kind"], fault["struck"]) == ("slow", 1)


async def test_a_fault_that_does_not_exist(local: Telegram) -> None:
    with pytest.raises(PhoneError, match="cannot read the request"):
        await local.fault("earthquake")
