"""Choosing a language; each is named in itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.page import Button, Message, Say, button
from locales import available, language


def choices() -> list[Button]:
    return [button(language(code).title, "languages.choose", code) for code in available()]


def others(say: Say) -> list[Button]:
    """The languages that are not being spoken just now."""
    return [button(language(code).title, "languages.choose", code) for code in available() if code != say.language.code]


def ask(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Which language shall I speak? You can change it at any time with /language."), [choices()])


def chosen(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("From now on I write to you in English."), menu=())
