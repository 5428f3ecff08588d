"""What a mentor reads about what waits and what he answered, and what the author hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.reviews import Attribution, Review, ReviewKind
from handlers.views import hearing
from handlers.views.check_in_cards import attribution_buttons, card_again
from handlers.views.check_in_pieces import answer
from handlers.views.entered_acts import by_hand, mark
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, within
from locales import N_
from reports import words
from services.check_ins import Card
from services.hearing import Hearing
from services.reviews import Line, Page, Settled, Told, Waiting

REFUSALS: dict[str, str] = {
    "settled_by_other": N_("{name} has answered this report already, so there is nothing left to do."),
    "secretary_comments": N_("As the secretary you can read and comment; the rest is for whoever guides the person."),
}

_DONE = {
    ReviewKind.NOTED: N_("Noted. {name} is told in a minute; until then you can undo it."),
    ReviewKind.COMMENTED: N_("Your comment goes to {name} in a minute; until then you can undo it."),
    ReviewKind.PLEASE_ADD: N_(
        "{name} is asked in a minute; until then you can undo it. What is added comes back to your list."
    ),
    ReviewKind.HIGHLIGHT: N_(
        "Put forward. In a minute {name} is asked whether to be named; until then you can undo it. Nothing appears before the choice is made."
    ),
}
UNHEARD = N_("Kept with the report. {name} cannot be reached here, so please pass it on in person; you can undo it.")
UNASKED = N_(
    "Put forward. {name} cannot be reached here; the secretary asks whether to be named, and enters it. Nothing appears before the choice is made; you can undo it."
)
_CHOSEN = {
    Attribution.SIGNED: N_(
        "Thank you. It may appear in the summary and among the experience of all branches, with your name."
    ),
    Attribution.ANONYMOUS: N_(
        "Thank you. It may appear in the summary and among the experience of all branches, without your name."
    ),
    Attribution.PRIVATE: N_("All right. It will appear nowhere."),
}


def waiting(data: Waiting, say: Say) -> Message:
    rows = [[button(say.plain("Reports of the branch"), "review.branch", 0)]] if data.secretary else []
    if not data.number:
        return Message(say("No report is waiting for you."), rows)
    text = lines(
        bold(say.many("1 report is waiting for you", "{number} reports are waiting for you", data.number)),
        *(_line(one, say) for one in data.lines),
        say("If you have no remarks, a tap on “Noted” is enough."),
    )
    return Message(text, [[button(say.plain("Review one by one"), "review.next")], *rows])


def _line(one: Line, say: Say) -> Html:
    name = by_hand(one.author, say, entered=one.by_hand)
    if one.standing is None:
        return say("· {name}, {moment}", name=name, moment=say.moment(one.submitted_at))
    return say(
        "· {name}, {moment}: {standing}",
        name=name,
        moment=say.moment(one.submitted_at),
        standing=words.standing(say.language, one.standing),
    )


def branch(data: Page, say: Say) -> Message:
    if not data.lines:
        return Message(say("There is no report here yet."), [[button(say.plain("Back"), "review.list")]])
    text = lines(bold(say("Latest reports of the branch")), say("Opening a report is recorded."))
    rows = [[button(_title(one, say), "check_in.read", one.check_in_id)] for one in data.lines]
    return Message(text, [*rows, *pager(data.number, "review.branch", say, more=data.more)])


def _title(one: Line, say: Say) -> str:
    name = by_hand(one.author, say, entered=one.by_hand)
    if one.standing is None:
        return say.plain("{name}, {moment}", name=name, moment=say.moment(one.submitted_at))
    standing = words.standing(say.language, one.standing)
    return say.plain("{name}, {moment}: {standing}", name=name, moment=say.moment(one.submitted_at), standing=standing)


def pager(page: int, verb: str, say: Say, *args: object, more: bool) -> Sequence[Sequence[Button]]:
    """Buttons to the pages beside this one."""
    sides = [button(say.plain("‹ Previous"), verb, page - 1, *args)] if page else []
    sides += [button(say.plain("Next ›"), verb, page + 1, *args)] if more else []
    return [sides] if sides else []


def ask_words(data: tuple[Card, ReviewKind], say: Say) -> Message:
    card, kind = data
    text = (
        say("What should {name} add? A sentence or two.", name=card.author)
        if kind is ReviewKind.PLEASE_ADD
        else say("Your comment for {name}, in a sentence or two.", name=card.author)
    )
    return Message(text, [[button(say.plain("Never mind"), "review.no_words", card.check_in.id)]])


def settled(data: Settled, say: Say) -> Message:
    rows = [[button(say.plain("Undo"), "review.undo", data.review.id)]]
    if data.waiting:
        rows[0].append(button(say.plain("Next one"), "review.next"))
    left = (
        say.many("1 more report is waiting.", "{number} more reports are waiting.", data.waiting)
        if data.waiting
        else None
    )
    return Message(lines(*_done(data, say), left), rows)


def _done(data: Settled, say: Say) -> list[Html]:
    if not data.hears:
        silent = UNASKED if data.review.kind is ReviewKind.HIGHLIGHT else UNHEARD
        return [say(silent, name=data.author)]
    if data.later:
        return [say("Kept with the report; you can undo it."), *hearing.later(data.later, say)]
    return [say(_DONE[data.review.kind], name=data.author)]


def undone(data: tuple[Card, Hearing], say: Say) -> Message:
    card, heard = data
    shown = card_again(card, say)
    return replace(shown, text=lines(hearing.undone(heard, say), shown.text))


def taken_back(data: Review, say: Say) -> Message:
    text = say("{name} has taken back the answer to your report.", name=data.reviewer)
    return Message(text, [[button(say.plain("Look at the report"), "check_in.read", data.check_in_id)]])


def told(data: Told, say: Say) -> Message:
    """What the author hears; what is asked of him comes with its button."""
    review, by_whom = data.review, [mark(one, say) for one in data.entered if one.person_id == data.review.reviewer_id]
    if review.kind is ReviewKind.PLEASE_ADD:
        text = say(
            "{name} would like you to add a little: “{text}”. Adding it does not make the report late.",
            name=review.reviewer,
            text=within(review.text),
        )
        rows = [[button(say.plain("Add"), "check_in.add", review.check_in_id)]]
    elif review.kind is ReviewKind.HIGHLIGHT:
        text = say(
            "{name} would like to put your report forward as a highlight: in the monthly summary, and as experience that all branches can find. The choice is yours; nothing appears before you make it.",
            name=review.reviewer,
        )
        rows = [attribution_buttons(review.id, say)]
    else:
        text = lines(say("About your report:"), answer(review, say))
        rows = [[button(say.plain("Look at the report"), "check_in.read", review.check_in_id)]]
    return Message(lines(text, *by_whom), rows)


def attributed(data: Review, say: Say) -> Message:
    assert data.attribution is not None
    is_found = data.attribution is not Attribution.PRIVATE
    found = [[button(say.plain("Experience"), "experience")]] if is_found else []
    return Message(
        lines(say(_CHOSEN[data.attribution]), say("You can change your choice at any time.")),
        [attribution_buttons(data.id, say), *found],
    )
