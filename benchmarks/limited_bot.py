"""The peer of `interactive`: a bare python-telegram-bot with its `AIORateLimiter`, which reminds many on a word.

All reminders are handed to the limiter at once, so that it has something to do at any time.
"""

from __future__ import annotations

import os
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.ext import ContextTypes as Types

from benchmarks.mailing import START
from benchmarks.telegram import FIRST_USER

BUTTON = "按计划推进"
REMINDER = "本周的汇报还没有交，可以现在写一句。"


async def remind(update: Update, context: Types.DEFAULT_TYPE) -> None:  # noqa: ARG001 - the shape of every handler
    first, number = FIRST_USER + int(sys.argv[1]), int(sys.argv[2])
    for chat_id in range(first, first + number):
        context.application.create_task(context.bot.send_message(chat_id, REMINDER))


async def offer(update: Update, context: Types.DEFAULT_TYPE) -> None:  # noqa: ARG001 - as above
    if update.message:
        button = InlineKeyboardButton(BUTTON, callback_data=BUTTON)
        await update.message.reply_text("进展如何？", reply_markup=InlineKeyboardMarkup([[button]]))


async def answer(update: Update, context: Types.DEFAULT_TYPE) -> None:  # noqa: ARG001 - as above
    if update.callback_query:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(BUTTON)


def main() -> None:
    base = os.environ["TELEGRAM_API_BASE_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{base}/bot")
    application = builder.rate_limiter(AIORateLimiter(max_retries=3)).concurrent_updates(256).build()
    application.add_handler(CommandHandler(START.removeprefix("/"), remind))
    application.add_handler(MessageHandler(filters.TEXT, offer))
    application.add_handler(CallbackQueryHandler(answer))
    application.run_polling()


if __name__ == "__main__":
    main()
