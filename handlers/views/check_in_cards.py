"""A report with its answers; what can be done with it depends on who looks at it."""

from __future__ import annotations

from dataclasses import replace

from domain.check_ins import Capacity
from domain.needs import UNSETTLED
from domain.reviews import Attribution, ReviewKind
from handlers.views.check_in_pieces import ATTRIBUTIONS, answers, need_line, report, stored
from handlers.views.entered_acts import marks, offers, papers
from handlers.views.entering import entered_line
from handlers.views.page import Button, Message, Say, bold, button, lines, quote
from reports import words
from services.check_ins import Card


def card(data: Card, say: Say) -> Message:
    title = say("Your report") if data.capacity is Capacity.AUTHOR else say("Report of {name}", name=data.author)
    text = lines(
        bold(title),
        entered_line(data, say),
        report(data.check_in, data.subjects, data.files, say),
        *(line for need in data.needs for line in (need_line(need, data.called, say), _own_words(data, need.text))),
        answers(data.reviews, say),
        *marks(data.entered, say),
    )
    rows = [*buttons(data, say), *papers(data.entered, say), *offers(data.proxies, say)]
    return Message(text, rows, stored(data.files))


def card_again(data: Card, say: Say) -> Message:
    """The same without sending its files once more."""
    return replace(card(data, say), files=())


def _own_words(data: Card, words: str) -> str | None:
    """What was asked for, where it is not the report itself."""
    return None if words == data.check_in.text else quote(words)


def buttons(data: Card, say: Say) -> list[list[Button]]:
    if data.capacity is Capacity.AUTHOR:
        return _for_author(data, say)
    earlier = [button(say.plain("Earlier reports"), "me.reports", 0, data.check_in.person_id)]
    helping = [
        [button(say.plain("Help with this"), "need.open", need.id)] for need in data.needs if need.state in UNSETTLED
    ]
    if data.capacity is Capacity.SECRETARY:
        own = [button(say.plain("Change"), "check_in.edit", data.check_in.id)] if _enters(data) else []
        return [[button(say.plain("Comment"), "review.comment", data.check_in.id), *own], *helping, earlier]
    return [*_for_guide(data, say), *helping, *([] if data.capacity is Capacity.HOST else [earlier])]


def _enters(data: Card) -> bool:
    return data.check_in.entered_by is not None and not data.locked


def _for_author(data: Card, say: Say) -> list[list[Button]]:
    rows = []
    if not data.locked:
        change = [button(say.plain("Change"), "check_in.edit", data.check_in.id)]
        asked = any(one.kind is ReviewKind.PLEASE_ADD and not one.acted_on for one in data.reviews)
        rows.append([*change, button(say.plain("Add"), "check_in.add", data.check_in.id)] if asked else change)
    rows += [attribution_buttons(one.id, say) for one in data.reviews if one.kind is ReviewKind.HIGHLIGHT]
    rows += [[button(say.plain("Support asked for"), "need.open", need.id)] for need in data.needs]
    return rows


def attribution_buttons(review_id: int, say: Say) -> list[Button]:
    return [
        button(words.capital(say.plain(ATTRIBUTIONS[one])), "review.attribution", review_id, one) for one in Attribution
    ]


def _for_guide(data: Card, say: Say) -> list[list[Button]]:
    """Once one of the guides has settled it, the other sees so and has nothing to do."""
    if any(one.settles for one in data.reviews):
        mine = [one for one in data.reviews if one.reviewer_id == data.reader_id and not one.acted_on]
        return [[button(say.plain("Undo my answer"), "review.undo", one.id)] for one in mine]
    key = data.check_in.id
    return [
        [button(say.plain("Noted"), "review.noted", key), button(say.plain("Comment"), "review.comment", key)],
        [
            button(say.plain("Please add"), "review.please_add", key),
            button(say.plain("Put forward as a highlight"), "review.highlight", key),
        ],
    ]
