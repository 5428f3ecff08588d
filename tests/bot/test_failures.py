"""What Telegram's refusals mean for a group: that it takes nothing from us, or that our words were wrong."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, NetworkError

from bot import failures


@pytest.mark.parametrize(
    "said",
    [
        "Not enough rights to send text messages to the chat",
        "Have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
        "Chat not found",
    ],
)
def test_a_group_that_takes_nothing_refuses(said: str) -> None:
    assert failures.refuses(BadRequest(said))


@pytest.mark.parametrize(
    "fault",
    [
        BadRequest("Can't parse entities: unclosed start tag at byte offset 3"),
        BadRequest("Message is too long"),
        BadRequest("Message text is empty"),
        NetworkError("Bad Gateway"),
    ],
)
def test_what_is_wrong_with_our_words_or_passes_is_no_refusal(fault: Exception) -> None:
    assert not failures.refuses(fault)
