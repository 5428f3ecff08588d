"""Two small bots on libraries that are not ours: what works with them here works with them there.

Both do the same: greet with keyboards, answer and change by a tap, take back an edited number, and give a file back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiogram
import telegram
from aiogram import types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandObject, CommandStart
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import ext

from emulator.world import TOKEN

SECRET = "a-secret-of-the-small-bots"


def an_aiogram_bot(url: str) -> tuple[aiogram.Bot, aiogram.Dispatcher]:
    bot = aiogram.Bot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart(deep_link=True))
    async def invited(message: types.Message, command: CommandObject) -> None:
        await message.answer(f"邀请码 {command.args}")

    @dispatcher.message(CommandStart())
    async def start(message: types.Message) -> None:
        keys = types.ReplyKeyboardMarkup(keyboard=[[types.KeyboardButton(text="汇报")]], resize_keyboard=True)
        await message.answer("<b>您好</b>", parse_mode="HTML", reply_markup=keys)

    @dispatcher.message(aiogram.F.text == "汇报")
    async def ask(message: types.Message) -> None:
        row = [types.InlineKeyboardButton(text="按计划", callback_data="plan")]
        await message.reply("进展如何？", reply_markup=types.InlineKeyboardMarkup(inline_keyboard=[row]))

    @dispatcher.callback_query(aiogram.F.data == "plan")
    async def plan(query: types.CallbackQuery) -> None:
        assert isinstance(query.message, types.Message)
        await query.message.edit_text("已记录：按计划")
        await query.answer("谢谢", show_alert=True)

    @dispatcher.message(aiogram.F.document)
    async def document(message: types.Message) -> None:
        assert message.document
        content = await bot.download(message.document)
        assert content
        await message.answer_document(types.BufferedInputFile(content.read()[::-1], "回.txt"), caption="还给您")

    @dispatcher.edited_message()
    async def edited(message: types.Message) -> None:
        await message.answer(f"改为：{message.text}")

    return bot, dispatcher


@asynccontextmanager
async def aiogram_polling(url: str) -> AsyncIterator[None]:
    bot, dispatcher = an_aiogram_bot(url)
    running = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=True))
    try:
        yield
    finally:
        await dispatcher.stop_polling()
        await running


@asynccontextmanager
async def aiogram_webhook(url: str) -> AsyncIterator[str]:
    """The address at which it listens."""
    bot, dispatcher = an_aiogram_bot(url)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(app, path="/hook")
    async with listening(app) as address:
        try:
            await bot.set_webhook(address, secret_token=SECRET, allowed_updates=["message", "callback_query"])
            yield address
            await bot.delete_webhook()
        finally:
            await bot.session.close()


def a_ptb_bot(url: str, *, polls: bool) -> ext.Application[Any, Any, Any, Any, Any, Any]:
    builder = ext.Application.builder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    request = telegram.request.HTTPXRequest(httpx_kwargs={"trust_env": False})
    asking = telegram.request.HTTPXRequest(httpx_kwargs={"trust_env": False})
    application = builder.request(request).get_updates_request(asking)
    made = (application if polls else application.updater(None)).build()
    made.add_handlers([
        ext.CommandHandler("start", _start),
        ext.MessageHandler(ext.filters.UpdateType.EDITED_MESSAGE, _edited),
        ext.MessageHandler(ext.filters.Text(["汇报"]), _ask),
        ext.MessageHandler(ext.filters.Document.ALL, _document),
        ext.CallbackQueryHandler(_plan, "^plan$"),
    ])  # fmt: skip
    return made


@asynccontextmanager
async def ptb_polling(url: str) -> AsyncIterator[None]:
    async with a_ptb_bot(url, polls=True) as application:
        assert application.updater
        await application.start()
        await application.updater.start_polling(timeout=5)
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def ptb_webhook(url: str) -> AsyncIterator[str]:
    async with a_ptb_bot(url, polls=False) as application:

        async def hook(request: web.Request) -> web.Response:
            if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
                return web.Response(status=401)
            await application.process_update(telegram.Update.de_json(await request.json(), application.bot))
            return web.Response()

        app = web.Application()
        app.router.add_post("/hook", hook)
        async with listening(app) as address:
            await application.bot.set_webhook(
                address, secret_token=SECRET, allowed_updates=["message", "callback_query"]
            )
            yield address
            await application.bot.delete_webhook()


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def _start(update: telegram.Update, context: Any) -> None:
    assert update.message
    if context.args:
        await update.message.reply_html(f"邀请码 {context.args[0]}")
        return
    keys = telegram.ReplyKeyboardMarkup([["汇报"]], resize_keyboard=True)
    await update.message.reply_html("<b>您好</b>", reply_markup=keys)


async def _ask(update: telegram.Update, _context: object) -> None:
    assert update.message
    row = [telegram.InlineKeyboardButton("按计划", callback_data="plan")]
    await update.message.reply_text("进展如何？", do_quote=True, reply_markup=telegram.InlineKeyboardMarkup([row]))


async def _plan(update: telegram.Update, _context: object) -> None:
    assert update.callback_query
    await update.callback_query.edit_message_text("已记录：按计划")
    await update.callback_query.answer("谢谢", show_alert=True)


async def _document(update: telegram.Update, _context: object) -> None:
    assert update.message
    assert update.message.document
    content = bytes(await (await update.message.document.get_file()).download_as_bytearray())
    await update.message.reply_document(BytesIO(content[::-1]), filename="回.txt", caption="还给您")


async def _edited(update: telegram.Update, _context: object) -> None:
    assert update.edited_message
    await update.edited_message.reply_text(f"改为：{update.edited_message.text}")
