"""Updates: polled until acknowledged, or delivered to a webhook until it takes them."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send
from telegram import Bot
from telegram.error import BadRequest, Conflict

from emulator.clock import Clock
from emulator.phone import Phone, Telegram
from emulator.world import World
from tests.emulator.conftest import MORNING, a_bot, until_polled


async def test_what_is_not_acknowledged_comes_again(bot: Bot, li_ming: Phone) -> None:
    for text in ("一", "二", "三"):
        await li_ming.say(text)
    first, second, third = await bot.get_updates()
    assert [update.update_id - first.update_id for update in (first, second, third)] == [0, 1, 2]
    assert await bot.get_updates() == (first, second, third)
    assert await bot.get_updates(limit=1) == (first,)
    assert await bot.get_updates(offset=second.update_id) == (second, third)
    assert await bot.get_updates() == (second, third)
    assert await bot.get_updates(offset=-1) == (third,)
    assert await bot.get_updates(offset=third.update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, li_ming: Phone) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    await li_ming.say("在吗")
    (update,) = await asyncio.wait_for(waiting, 5)
    assert update.message
    assert update.message.text == "在吗"


async def test_the_second_of_two_pollers_wins(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await until_polled(local)
    async with a_bot(local) as other:
        second = asyncio.create_task(other.get_updates(timeout=50))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await li_ming.say("在吗")
        assert len(await second) == 1


async def test_only_the_kinds_that_were_asked_for(bot: Bot, li_ming: Phone) -> None:
    await bot.get_updates(allowed_updates=["message"])
    said = await li_ming.say("一")
    await li_ming.edit(said, "二")
    await bot.get_updates()
    await li_ming.edit(said, "三")
    assert len(await bot.get_updates(allowed_updates=[])) == 1
    await li_ming.edit(said, "四")
    assert (await bot.get_updates())[-1].edited_message is not None


async def test_closing_sends_the_poller_home(bot: Bot, local: Telegram) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await until_polled(local)
    local.world.close()
    assert await asyncio.wait_for(waiting, 5) == ()


class Receiver:
    """A bot's webhook that answers with the statuses it is given, 200 when there are no more."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, str]] = []
        self.accepted = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        event: Message = await receive()
        secret = dict(scope["headers"]).get(b"x-telegram-bot-api-secret-token", b"").decode()
        self.got.append((secret, json.loads(event["body"])["message"]["text"]))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.accepted.set()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def with_webhook(receiver: Receiver) -> Telegram:
    transport = httpx.ASGITransport(app=receiver)
    return Telegram.in_process(World(clock=Clock(MORNING), webhook_transport=transport))


async def test_a_webhook_gets_its_secret_and_what_waited() -> None:
    receiver = Receiver()
    async with with_webhook(receiver) as local, a_bot(local) as bot:
        phone = await local.add_user("李明")
        await phone.start()
        await bot.set_webhook("https://bot.test/hook", secret_token="s3cret_", max_connections=5)
        await asyncio.wait_for(receiver.accepted.wait(), 5)
        assert receiver.got == [("s3cret_", "/start")]
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections) == ("https://bot.test/hook", 5)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        await phone.say("在吗")
        assert len(await bot.get_updates()) == 1
        assert len(receiver.got) == 1


async def test_a_webhook_that_fails_is_asked_again() -> None:
    receiver = Receiver(500, 503)
    async with with_webhook(receiver) as local, a_bot(local) as bot:
        phone = await local.add_user("李明")
        await phone.start()
        await bot.set_webhook("https://bot.test/hook")
        await asyncio.wait_for(receiver.accepted.wait(), 5)
        assert [text for _, text in receiver.got] == ["/start"] * 3
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_addresses_and_secrets_that_are_refused(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided"):
        await bot.set_webhook("nowhere")
    with pytest.raises(BadRequest, match="url is invalid"):
        await bot.set_webhook("http://[1")
    with pytest.raises(BadRequest, match="loopback"):
        await bot.set_webhook("https://example.com/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:1/hook", secret_token="not allowed")
    await li_ming.say("在吗")
    await bot.set_webhook("http://127.0.0.1:1/hook", drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0
    await bot.set_webhook("")
    assert (await local.state())["webhook"]["url"] == ""


async def test_a_webhook_ends_a_poll(bot: Bot, local: Telegram) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await until_polled(local)
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting
