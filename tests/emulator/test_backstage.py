"""Behind the scenes: what the bot shows is passed on, and whoever started the bot is told to stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from emulator.phone import PhoneError, Telegram


@contextmanager
def a_bot_that_shows(body: bytes) -> Iterator[str]:
    class Shows(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Into no test's output."""

    with HTTPServer(("127.0.0.1", 0), Shows) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/backstage"
        server.shutdown()
        thread.join()


async def test_what_the_bot_shows(local: Telegram) -> None:
    assert await local.get("/backstage") == {"shown": None}
    with a_bot_that_shows('{"duties": ["李明"]}'.encode()) as url:
        await local.post("/backstage", url=url)
        assert await local.get("/backstage") == {"shown": {"duties": ["李明"]}}
    assert await local.get("/backstage") == {"shown": None}, "it is gone"
    with a_bot_that_shows(b"<html>") as url:
        await local.post("/backstage", url=url)
        assert await local.get("/backstage") == {"shown": None}


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1.evil.example/"]
)
async def test_nothing_but_loopback_is_looked_at(local: Telegram, url: str) -> None:
    with pytest.raises(PhoneError, match="loopback"):
        await local.post("/backstage", url=url)


async def test_the_bot_is_stopped_and_started(local: Telegram) -> None:
    with pytest.raises(PhoneError, match="nobody here"):
        await local.post("/bot", runs=False)
    assert (await local.get("/whole"))["bot_runs"] is None
    await local.post("/backstage", runs=True)
    waiting = asyncio.create_task(local.get("/bot", until="no", timeout=5))
    await asyncio.sleep(0)
    await local.post("/bot", runs=False)
    assert await waiting == {"runs": False}
    assert (await local.get("/whole"))["bot_runs"] is False
    assert await local.get("/bot", until="yes", timeout=0) == {"runs": False}
    await local.post("/bot", runs=True)
    assert await local.get("/bot", until="yes") == {"runs": True}


async def test_a_page_sees_which_faults_are_on(local: Telegram) -> None:
    number = await local.fault("slow", seconds=0)
    assert (await local.get("/whole"))["faults"] == [{"id": number, "kind": "slow"}]
    await local.clear_faults()
    assert (await local.get("/whole"))["faults"] == []


async def test_a_page_sees_no_fault_that_only_an_extra_meets(local: Telegram) -> None:
    await local.add_crowd([9001])
    await local.fault("refused", chat_id=9001)
    assert (await local.get("/whole"))["faults"] == []
