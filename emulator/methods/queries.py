"""Answers to taps on inline buttons."""

from __future__ import annotations

from emulator import limits
from emulator.calls import Call
from emulator.entities import utf16_length
from emulator.refusals import QUERY_TOO_OLD, bad_request
from emulator.world import World

ANSWERED_WITHIN = 15  # seconds; the servers do not tell their limit, and it is about this much


def answer_callback_query(world: World, call: Call) -> bool:
    """A second answer is accepted and shown to nobody."""
    query = world.queries.get(call.text("callback_query_id").strip())
    if query is None or world.clock.now.timestamp() - query.asked_at > ANSWERED_WITHIN:
        raise bad_request(QUERY_TOO_OLD)
    if utf16_length(call.text("text")) > limits.CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if query.answer is None:
        query.answer = {
            "query_id": query.id,
            "user_id": query.user.id,
            "text": call.text("text"),
            "alert": call.flag("show_alert"),
            "url": call.text("url"),
        }
        query.message.chat.tell("answered", **query.answer, message_id=query.message.id, by_bot=True)
    return True
