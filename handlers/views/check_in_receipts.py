"""What one reads when a report is handed in, given up, or when there is none to write."""

from __future__ import annotations

from domain.duties import DEFAULT_ZONE
from domain.needs import NeedState
from handlers.views import hearing
from handlers.views.check_in_pieces import late_line, need_line
from handlers.views.needs import nobody_hears
from handlers.views.page import Html, Message, Say, button, lines, shortened
from services import needs
from services.check_ins import Idle, Receipt


def sent(data: Receipt, say: Say) -> Message:
    """§4.5 no. 2, and where support is asked for, no. 5."""
    report = data.check_in
    text = lines(
        say.paragraph(_entered(data, say) if data.entered_for else _received(data, say), next_line(data, say)),
        *hearing.later(data.later, say),
        late_line(report, data.subjects, say),
        *(_need(data, say)),
        say("Which outcome has been reached? Someone else will then verify it.") if data.reached else None,
    )
    rows = [
        [button(say.plain("Undo"), "check_in.undo", report.id), button(say.plain("Change"), "check_in.edit", report.id)]
    ]
    rows += [[button(say.plain("Take back the request"), "need.withdraw", one.need.id)] for one in data.needs]
    rows += [[button(_reached(one.what, say), "check_in.reached", report.id, one.id)] for one in data.reached]
    return Message(text, rows)


def _received(data: Receipt, say: Say) -> Html:
    if data.out_of_reach:
        return say(
            "Received, thank you! {names} cannot be reached here, so the secretary asks for the review and enters it. Until the month locks you can change it at any time.",
            names=say.names(data.out_of_reach),
        )
    if not data.readers:
        return say("Received, thank you! Until the month locks you can change it at any time.")
    return say(
        "Received, thank you! In a minute it goes to {names}; until then you can undo it, and until the month locks you can change it at any time.",
        names=say.names(data.readers),
    )


def _entered(data: Receipt, say: Say) -> Html:
    return lines(_entered_for(data, say), _asks_herself(data, say))


def _asks_herself(data: Receipt, say: Say) -> Html | None:
    """Who enters a report enters the review as well, where nobody is reached."""
    if not data.out_of_reach:
        return None
    return say(
        "{names} cannot be reached here: please ask for the review, and enter it too.",
        names=say.names(data.out_of_reach),
    )


def _entered_for(data: Receipt, say: Say) -> Html:
    told = data.author_hears and not data.later
    if data.readers and not told:
        return say(
            "Entered for {author}. In a minute it goes to {names}; until then you can undo it, and until the month locks you can change it at any time.",
            author=data.entered_for,
            names=say.names(data.readers),
        )
    if not data.readers and not told:
        return say(
            "Entered for {author}. You can undo it, and until the month locks you can change it at any time.",
            author=data.entered_for,
        )
    if not data.readers:
        return say(
            "Entered for {author}, who is told in a minute; until then you can undo it, and until the month locks you can change it at any time.",
            author=data.entered_for,
        )
    return say(
        "Entered for {author}. In a minute it goes to {names}, and {author} is told; until then you can undo it, and until the month locks you can change it at any time.",
        author=data.entered_for,
        names=say.names(data.readers),
    )


def _reached(what: str, say: Say) -> str:
    return say.plain("Reached: {what}", what=shortened(what, 24))


def next_line(data: Receipt | Idle, say: Say) -> Html | None:
    if data.next_due is None:
        return None
    return say("Next report: {day}.", day=say.short_date(data.next_due.astimezone(DEFAULT_ZONE).date()))


def _need(data: Receipt, say: Say) -> list[Html]:
    told = [
        line for one in data.needs for line in (need_line(one.need, one.called, say), _goes(one, data.entered_for, say))
    ]
    return [line for line in told if line is not None]


def _goes(card: needs.Card, entered_for: str, say: Say) -> Html | None:
    """Who hears of it, and that it stays until the asker says otherwise."""
    if card.need.state is NeedState.SOLVED or entered_for:
        return None
    guides, secretaries = say.names(card.guides), say.names(card.secretaries)
    if guides and secretaries:
        return say(
            "What you ask for goes with it to {guides} and to the secretary, {secretaries}, and stays on the list until it is solved; if it was a slip, you can take it back here.",
            guides=guides,
            secretaries=secretaries,
        )
    if not guides and not secretaries:
        return nobody_hears(card, say)
    return (
        say(
            "What you ask for goes with it to the secretary, {secretaries}, and stays on the list until it is solved; if it was a slip, you can take it back here.",
            secretaries=secretaries,
        )
        if secretaries
        else say(
            "What you ask for goes with it to {guides} and stays on the list until it is solved; if it was a slip, you can take it back here.",
            guides=guides,
        )
    )


def nothing(data: Idle, say: Say) -> Message:
    if not data.paired:
        return Message(
            say(
                "There is nothing to report on yet: no pairing or rotation of yours has begun. Your secretary can tell you more."
            ),
            menu=(),
        )
    reported = say("You have handed in what was due; thank you.") if data.latest else say("Nothing is due just now.")
    rows = [[button(say.plain("Look at the last report"), "check_in.read", data.latest.id)]] if data.latest else []
    return Message(lines(reported, next_line(data, say)), rows)


def discarded(data: Idle, say: Say) -> Message:
    return Message(lines(say("Discarded; nothing was kept."), next_line(data, say)))


def edited_other(data: Idle, say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(
        say(
            "The message you edited is not a report of its own, so nothing was changed. To change a report, open it under “Me”."
        ),
        menu=(),
    )
