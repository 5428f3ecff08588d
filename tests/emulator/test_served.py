"""The emulator as a program of its own, over loopback."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from emulator.phone import Telegram
from emulator.world import TOKEN

FOREIGN = (
    {"host": "evil.example"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},  # a picture on another page, which names no origin
    {"sec-fetch-site": "same-site"},
)


def a_bot_at(url: str) -> Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False})

    base, files = f"{url}/bot", f"{url}/file/bot"
    return Bot(TOKEN, base, files, request=request(), get_updates_request=request())


async def test_a_dialogue_over_http(served: str) -> None:
    async with Telegram.at(served) as local, a_bot_at(served) as bot:
        phone = await local.add_user("李明")
        waiting = asyncio.create_task(bot.get_updates(timeout=10))
        await phone.start()
        (update,) = await waiting
        assert update.message
        await update.message.reply_document(b"PK", filename="小结.xlsx", caption="您好")
        (seen,) = await phone.answer()
        assert seen.file
        assert await phone.download(seen.file) == b"PK"
        assert (await local.now()).isoformat() == "2026-10-12T01:00:00+00:00"


@pytest.mark.parametrize("kind", ["dropped", "timed_out"])
async def test_the_connection_is_really_cut(served: str, kind: str) -> None:
    async with Telegram.at(served) as local, a_bot_at(served) as bot:
        await local.fault(kind, times=1)
        with pytest.raises(NetworkError):
            await bot.get_me()
        assert await bot.get_me()


async def test_nobody_from_elsewhere_drives_it(served: str) -> None:
    async with httpx.AsyncClient(base_url=served, trust_env=False) as http:
        assert (await http.get("/control/state")).status_code == 200
        assert (await http.get("/control/state", headers={"origin": served})).status_code == 200
        for headers in FOREIGN:
            assert (await http.get("/control/state", headers=headers)).status_code == 403
            assert (await http.get(f"/bot{TOKEN}/getMe", headers=headers)).status_code == 403
        linked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
        assert (await http.get("/", headers=linked)).status_code == 200
        assert (await http.get("/control/state", headers=linked)).status_code == 403


async def test_a_flood_is_not_taken(served: str) -> None:
    async def flood() -> AsyncIterator[bytes]:
        for _ in range(60):
            yield bytes(1024 * 1024)

    async with httpx.AsyncClient(base_url=served, trust_env=False) as http:
        with contextlib.suppress(httpx.TransportError):
            answer = await http.post(f"/bot{TOKEN}/sendDocument", content=flood())
            assert answer.status_code >= 400
        assert (await http.get("/clock")).status_code == 200


def test_a_port_that_is_taken(served: str) -> None:
    port = served.rpartition(":")[2]
    command = [sys.executable, "-m", "emulator", "--port", port]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} cannot be used")
