"""Our HTTP client under PTB's bot: what fails is named as PTB's callers expect it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut

from bot.calls import call
from bot.request import AiohttpRequest, Timeouts

TOKEN = "1234567:token"
OK = b'{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "x", "username": "x_bot"}}'
Answering = Callable[[bytes], Awaitable[bytes]]


def response(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@asynccontextmanager
async def serving(answer: Answering) -> AsyncIterator[str]:
    """A server that answers each connection's one request with what `answer` makes of it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
        )
        body = await reader.readexactly(length) if length else b""
        writer.write(await answer(head + body))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@asynccontextmanager
async def bot_at(url: str, request: AiohttpRequest | None = None) -> AsyncIterator[Bot]:
    request = request or AiohttpRequest()
    bot = Bot(
        TOKEN, f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=AiohttpRequest(connections=1)
    )
    await request.initialize()
    yield bot
    await request.shutdown()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_an_answer_comes_through() -> None:
    async def answer(asked: bytes) -> bytes:
        assert asked.startswith(b"POST /bot1234567:token/getMe ")
        return response(OK)

    async with serving(answer) as url, bot_at(url) as bot:
        assert (await bot.get_me()).username == "x_bot"


async def test_a_refused_connection_is_a_network_error() -> None:
    async with bot_at(f"http://127.0.0.1:{free_port()}") as bot:
        with pytest.raises(NetworkError) as failure:
            await bot.get_me()
    assert not isinstance(failure.value, TimedOut)
    assert TOKEN not in str(failure.value)


async def test_a_name_that_does_not_resolve_is_a_network_error() -> None:
    async with bot_at("http://nowhere.invalid") as bot:
        with pytest.raises(NetworkError) as failure:
            await bot.get_me()
    assert not isinstance(failure.value, TimedOut)


async def test_a_connection_that_is_cut_is_a_network_error() -> None:
    async def answer(_: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"

    async with serving(answer) as url, bot_at(url) as bot:
        with pytest.raises(NetworkError):
            await bot.get_me()


async def test_an_answer_that_does_not_come_is_timed_out() -> None:
    hanging = asyncio.Event()

    async def answer(_: bytes) -> bytes:
        await hanging.wait()
        return b""

    request = AiohttpRequest(timeouts=Timeouts(connect=1, read=0.05, write=0.05, pool=1))
    async with serving(answer) as url, bot_at(url, request) as bot:
        with pytest.raises(TimedOut):
            await bot.get_me()
        hanging.set()


@pytest.mark.parametrize(
    ("status", "error"),
    [("400 Bad Request", BadRequest), ("401 Unauthorized", InvalidToken), ("502 Bad Gateway", NetworkError)],
)
async def test_refusals_are_told_apart(status: str, error: type[Exception]) -> None:
    async def answer(_: bytes) -> bytes:
        return response(b'{"ok": false, "description": "no"}', status)

    async with serving(answer) as url, bot_at(url) as bot:
        with pytest.raises(error):
            await bot.get_me()


async def test_words_arrive_as_they_were_said() -> None:
    seen = []

    async def answer(asked: bytes) -> bytes:
        seen.append(asked)
        return response(b'{"ok": true, "result": {"message_id": 1}}')

    async with serving(answer) as url, bot_at(url) as bot:
        await call(bot, "sendmessage", chat_id=7, text="您好 & <b>“😀”\n%", reply_markup={"remove_keyboard": True})
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert b"application/json" in head
    said = json.loads(body)
    assert said == {"chat_id": "7", "text": "您好 & <b>“😀”\n%", "reply_markup": '{"remove_keyboard": true}'}


async def test_a_refused_token_has_one_name_whatever_is_called() -> None:
    async def answer(_: bytes) -> bytes:
        return response(b'{"ok": false, "error_code": 404, "description": "Not Found"}', "404 Not Found")

    async with serving(answer) as url, bot_at(url) as bot:
        with pytest.raises(InvalidToken):
            await call(bot, "sendmessage", chat_id=7, text="您好")


async def test_a_file_is_uploaded_under_its_name() -> None:
    seen = []

    async def answer(asked: bytes) -> bytes:
        seen.append(asked)
        return response(b'{"ok": true, "result": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}}')

    async with serving(answer) as url, bot_at(url) as bot:
        await bot.send_document(7, b"PK\x03\x04", filename="小结.xlsx", caption="您好 & <b>")
    (asked,) = seen
    assert b"multipart/form-data" in asked
    assert b"PK\x03\x04" in asked
    assert "您好 & <b>".encode() in asked
    assert "小结.xlsx".encode() in asked


async def test_the_proxy_is_taken() -> None:
    seen = []

    async def answer(asked: bytes) -> bytes:
        seen.append(asked)
        return response(OK)

    async with serving(answer) as proxy, bot_at("http://api.telegram.invalid", AiohttpRequest(proxy=proxy)) as bot:
        await bot.get_me()
    assert seen[0].startswith(b"POST http://api.telegram.invalid/bot")


async def test_a_proxy_of_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    async def answer(asked: bytes) -> bytes:
        seen.append(asked)
        return response(OK)

    async with serving(answer) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        async with bot_at("http://api.telegram.invalid") as bot:
            await bot.get_me()
    assert len(seen) == 1


async def test_a_host_that_the_environment_exempts_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(_: bytes) -> bytes:
        return response(OK)

    async with serving(answer) as telegram, bot_at(telegram) as bot:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert (await bot.get_me()).username == "x_bot"


async def test_a_socks_proxy_that_is_away_is_a_network_error() -> None:
    request = AiohttpRequest(proxy=f"socks5://127.0.0.1:{free_port()}")
    async with bot_at("http://api.telegram.invalid", request) as bot:
        with pytest.raises(NetworkError):
            await bot.get_me()


async def test_after_a_failed_start_nothing_is_left_open() -> None:
    """An open session would be warned of, and every warning fails a test."""
    request, polling = AiohttpRequest(), AiohttpRequest()
    url = f"http://127.0.0.1:{free_port()}"
    bot = Bot(TOKEN, f"{url}/bot", request=request, get_updates_request=polling)
    with pytest.raises(NetworkError):
        await bot.initialize()
    await bot.shutdown()
    await request.shutdown()
    assert request._session is None
