"""Telegram's limits on texts, captions and keyboards.

Where the servers' own sentence is not documented, the refusal is as strict and says plainly what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from emulator.entities import utf16_length
from emulator.html_text import checked_link
from emulator.refusals import BotApiError, Json, bad_request

TEXT = 4096
CAPTION = 1024
CALLBACK_DATA = 64
CALLBACK_ANSWER = 200
INLINE_BUTTONS, INLINE_ROW = 100, 8
REPLY_BUTTONS, REPLY_ROW = 300, 12
PLACEHOLDER = 64
MARKUP_BYTES = 10_240
UPLOAD = 50 * 1024 * 1024
PHOTO = 10 * 1024 * 1024
DOWNLOAD = 20 * 1024 * 1024

_ACTIONS = ("url", "callback_data", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
            "switch_inline_query_chosen_chat", "web_app", "login_url", "pay", "callback_game")  # fmt: skip
_FLAGS = {
    "resize_keyboard": "ReplyKeyboardMarkup", "one_time_keyboard": "ReplyKeyboardMarkup",
    "is_persistent": "ReplyKeyboardMarkup", "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "reply markup", "selective": "reply markup",
}  # fmt: skip


def check_text(text: str, *, editing: bool = False) -> None:
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT:
        raise bad_request("MESSAGE_TOO_LONG" if editing else "message is too long")


def check_caption(caption: str) -> None:
    if utf16_length(caption) > CAPTION:
        raise bad_request("message caption is too long")


def check_markup(value: object) -> Json | None:
    """The markup without what Telegram ignores: None when there is nothing in it."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    _check_flags(value)
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return _reply(value)
    if value.get("remove_keyboard") or value.get("force_reply"):
        return value
    return None


def inline_only(markup: Json | None) -> Json | None:
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _check_flags(value: Json) -> None:
    for flag, of in _FLAGS.items():
        if not isinstance(value.get(flag, False), bool):
            raise bad_request(f'field "{flag}" of the {of} must be of the type Boolean')


def _rows(value: object, field: str, of: str, check: Callable[[Any], Json]) -> list[list[Json]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" of the {of} must be an Array')
    for row in value:
        if not isinstance(row, list):
            raise bad_request(f'field "{field}" of the {of} must be an Array of Arrays')
    return [[check(button) for button in row] for row in value if row]


def _inline(value: object) -> Json | None:
    rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup", _inline_button)
    _check_size(rows, INLINE_BUTTONS, INLINE_ROW)
    return {"inline_keyboard": rows} if rows else None


def _reply(value: Json) -> Json | None:
    rows = _rows(value["keyboard"], "keyboard", "ReplyKeyboardMarkup", _reply_button)
    _check_size(rows, REPLY_BUTTONS, REPLY_ROW)
    if utf16_length(str(value.get("input_field_placeholder") or "")) > PLACEHOLDER:
        raise bad_request("reply keyboard input field placeholder is too long")
    return {**value, "keyboard": rows} if rows else None


def _check_size(rows: list[list[Json]], buttons: int, row: int) -> None:
    if sum(map(len, rows)) > buttons or len(json.dumps(rows, ensure_ascii=False).encode()) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(keys) > row for keys in rows):
        raise bad_request(f"reply markup has more than {row} buttons in a row")


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _inline_error("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _inline_error('Can\'t find field "text"' if "text" not in button else 'Field "text" must be a String')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    _check_action(button)
    return button


def _check_action(button: Json) -> None:
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if not any(action in button for action in _ACTIONS):
        raise _inline_error("Text buttons are unallowed in the inline keyboard")
    url = button.get("url")
    if url is not None and not checked_link(str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "web_app" in button and not _secure(button["web_app"]):
        raise bad_request("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed")


def _secure(web_app: object) -> bool:
    return isinstance(web_app, dict) and str(web_app.get("url")).startswith("https://")


def _inline_error(reason: str) -> BotApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _reply_button(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return button
