"""People to choose from, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.page import Html, Message, Say, button, lines, turns
from services.people import Entry, Page


def found(data: Mapping[str, Any], say: Say) -> Message:
    page: Page = data["found"]
    rows = [[button(label(entry), data["purpose"], entry.person_id)] for entry in page.entries]
    text = lines(say(data["prompt"]), how_to_search(page, data["words"], say), result(page, data["words"], say))
    return Message(text, [*rows, *turns(say, page.number, "picker.page", more=page.more)])


def how_to_search(page: Page, words: str, say: Say) -> Html | None:
    """Where the search may have to be narrowed or begun anew; who was found needs no instruction."""
    if words and page.total and page.pages == 1:
        return None
    return say("Type a name, its pinyin or initials, or a staff number.")


def result(page: Page, words: str, say: Say) -> Html:
    if not page.total:
        return say("Nobody was found for “{words}”. Please try something else.", words=words[:40])
    if page.pages > 1:
        return say(
            "{number} people; page {page} of {pages}.", number=page.total, page=page.number + 1, pages=page.pages
        )
    return say.many("One person.", "{number} people.", page.total)


def label(entry: Entry) -> str:
    """The unit last: it is what a narrow screen may cut off."""
    return f"{entry.name} · {entry.staff_no} · {entry.unit}"
