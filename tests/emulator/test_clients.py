"""Bots on aiogram and on python-telegram-bot, as their users write them, talk with people of the emulator over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from emulator.phone import Phone, Telegram

Polling = Callable[[str], AbstractAsyncContextManager[None]]
Hooked = Callable[[str], AbstractAsyncContextManager[str]]


@pytest.fixture
def polling(request: pytest.FixtureRequest) -> Polling:
    return bot_on(request)


@pytest.fixture
def hooked(request: pytest.FixtureRequest) -> Hooked:
    return bot_on(request)


def bot_on(request: pytest.FixtureRequest) -> Callable[[str], AbstractAsyncContextManager[Any]]:
    """Imported when it is used: aiogram takes four seconds, which every process that collects the tests would wait."""
    from tests.emulator import small_bots

    found: Callable[[str], AbstractAsyncContextManager[Any]] = getattr(small_bots, request.param)
    return found


@pytest.fixture
async def people(served: str) -> AsyncIterator[Telegram]:
    async with Telegram.at(served) as local:
        yield local


@pytest.mark.parametrize("polling", ["aiogram_polling", "ptb_polling"], indirect=True)
async def test_by_polling(served: str, people: Telegram, polling: Polling) -> None:
    li_ming = await people.add_user("李明", username="liming")
    async with polling(served):
        await talks(li_ming)
        await keeps_files_and_edits(li_ming)


@pytest.mark.parametrize("hooked", ["aiogram_webhook", "ptb_webhook"], indirect=True)
async def test_by_webhook_with_a_secret(served: str, people: Telegram, hooked: Hooked) -> None:
    li_ming = await people.add_user("李明")
    async with hooked(served) as address, httpx.AsyncClient(trust_env=False) as stranger:
        await talks(li_ming)
        forged = {"update_id": 1, "message": {"text": "汇报"}}
        assert (await stranger.post(address, json=forged)).status_code == 401
        assert (await people.state())["webhook"]["url"] == address
    assert (await people.state())["webhook"]["url"] == ""


async def talks(li_ming: Phone) -> None:
    await li_ming.start()
    (greeting,) = await li_ming.answer()
    assert greeting.text == "您好"
    assert [entity["type"] for entity in greeting.entities] == ["bold"]
    await li_ming.start("7K2M9QXA")
    assert [one.text for one in await li_ming.answer()] == ["邀请码 7K2M9QXA"]
    pressed = await li_ming.press("汇报")
    (question,) = await li_ming.answer()
    assert question.reply_to == pressed.id
    await li_ming.tap("按计划")
    toast = await li_ming.toast()
    assert (toast.text, toast.alert) == ("谢谢", True)
    changed = await li_ming.last()
    assert (changed.id, changed.text, changed.rows) == (question.id, "已记录：按计划", [])


async def keeps_files_and_edits(li_ming: Phone) -> None:
    await li_ming.send_document("一二三".encode(), "数.txt")
    (returned,) = await li_ming.answer()
    assert returned.file
    assert (returned.text, returned.file.name) == ("还给您", "回.txt")
    assert await li_ming.download(returned.file) == "一二三".encode()[::-1]
    said = await li_ming.say("3")
    await li_ming.edit(said, "4")
    assert [one.text for one in await li_ming.answer()] == ["改为：4"]
