"""What one reads when a report is changed, added to, taken back, skipped or looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.reviews import ReviewKind
from handlers.views import hearing
from handlers.views.check_in_pieces import REASONS, standing_line, undo_rows
from handlers.views.check_in_receipts import next_line
from handlers.views.check_ins import standing_buttons
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened
from reports import words
from services.check_in_corrections import TakenBack
from services.check_ins import Card, Receipt
from services.hearing import Hearing


def undone(data: Mapping[str, Any], say: Say) -> Message:
    mark = data["mark"]
    go_on = button(say.plain("Go on writing"), "check_in.continue", mark)
    return Message(
        lines(hearing.undone(data["hearing"], say), say("Your words are kept as a draft.")),
        [[go_on, button(say.plain("Discard"), "check_in.discard", mark)]],
    )


def taken_back(data: TakenBack, say: Say) -> Message:
    moment = say.moment(data.submitted_at)
    return Message(
        say(
            "{name} has taken back the report of {moment}; there is nothing to review.", name=data.author, moment=moment
        )
    )


def ask_change(data: tuple[Card, bool], say: Say) -> Message:
    card, adding = data
    return _ask_to_add(card, say) if adding else _ask_for_new_words(card, say)


def _ask_to_add(card: Card, say: Say) -> Message:
    asked = [one for one in card.reviews if one.kind is ReviewKind.PLEASE_ADD and not one.acted_on]
    text = lines(
        *(say("{name} asks to add: “{text}”", name=one.reviewer, text=one.text) for one in asked),
        say("Please write what you want to add; a file may come with it. Adding it does not make the report late."),
    )
    return Message(text, [[_keep(card, say)]])


def _ask_for_new_words(card: Card, say: Say) -> Message:
    text = lines(
        say("It now reads:"),
        quote(shortened(card.check_in.text)),
        say(
            "Please send the whole new text as one message; the old one is kept as an earlier version. If only the progress has changed, tap below."
        ),
    )
    return Message(text, [*standing_buttons("check_in.change_standing", card.check_in.id, say), [_keep(card, say)]])


def _keep(card: Card, say: Say) -> Button:
    return button(say.plain("Leave it unchanged"), "check_in.keep", card.check_in.id)


def attached(data: tuple[Card, bool], say: Say) -> Message:
    card, adding = data
    text = lines(
        say("The file has been added to your report."),
        say("Please write what is to be added as well.")
        if adding
        else say("If the text is to change too, please send the whole of it."),
    )
    return Message(text, [[_keep(card, say)]])


@dataclass(frozen=True, slots=True)
class Changed:
    """A report as it reads now; after a change, who hears of that, and who answered it as it was and does not."""

    receipt: Receipt
    hearing: Hearing | None = None
    answered: tuple[str, ...] = ()


def changed(data: Changed, say: Say) -> Message:
    report = data.receipt.check_in
    text = lines(
        bold(say("Your report now reads:")),
        quote(shortened(report.text)),
        standing_line(report.standing, say),
        *_who_hears(data, say),
        next_line(data.receipt, say),
    )
    return Message(text, [[button(say.plain("Change"), "check_in.edit", report.id)]])


def _who_hears(data: Changed, say: Say) -> list[Html]:
    if data.hearing is None:
        return []
    told = [hearing.will_be_told(data.hearing, say)] if data.hearing.names else []
    if data.answered:
        names = say.names(data.answered)
        return [
            *told,
            say(
                "{names} saw it as it was. Nobody is told of the change, so please say so if it matters.",
                names=names,
            ),
        ]
    return told or [say("Nobody is told of the change; whoever opens it reads it as it is now.")]


def ask_reason(data: Mapping[str, Any], say: Say) -> Message:
    reasons = [
        [button(words.capital(say.plain(reason)), "check_in.reason", data["duty"], n)]
        for n, reason in enumerate(REASONS)
    ]
    return Message(
        say(
            "Why is there no report this time? One sentence is enough, and there will be no further reminder for this period."
        ),
        [*reasons, [button(say.plain("Report after all"), "check_in.keep_reporting")]],
    )


def skipped(data: Mapping[str, Any], say: Say) -> Message:
    """`left`: how many other reports are open."""
    left, back = data["left"], undo_rows("check_in.unskip", data["duties"], say)
    noted = say("Noted: no report this time and no further reminder. If you want to report after all, tap “Report”.")
    if not left:
        return Message(noted, back)
    others = say.many("One more report is open.", "{number} more reports are open.", left)
    rows = [[button(say.plain("Report now"), "check_in.begin"), button(say.plain("Not this time"), "reminders.skip")]]
    return Message(lines(noted, others), [*back, *rows])


def unskipped(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Undone. Your report is expected again."), [[button(say.plain("Report"), "check_in.begin")]])


def not_skipped(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Good. Tap “Report” when you are ready."), [[button(say.plain("Report"), "check_in.begin")]])
