"""Support that was asked for: the list with its age, one need, and what each side hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.check_ins import Capacity
from domain.duties import DEFAULT_ZONE
from domain.needs import HELPED, UNSETTLED, Need, NeedState
from handlers.views import hearing
from handlers.views.entered_acts import MARKS, marks, offers, papers
from handlers.views.page import Button, Html, Message, Say, bold, button, inside, lines, quote, shortened
from locales import N_
from reports import words
from services.hearing import Hearing
from services.need_helping import Answer
from services.needs import Card
from services.notices import HOLD

REFUSALS: dict[str, str] = {
    "promise_in_the_past": N_("{day} has passed; please give today or a later day."),
    "need_owned": N_("{name} is seeing to it already. To take over, open the request again."),
    "need_recalled": N_("{unit} took this back on {moment}. There is nothing left to do about it here."),
    "not_a_day": N_("No day could be read in this. Please write it like 2026-10-23, 10月23日 or 下周三."),
}
DONE: Mapping[str, str] = {
    "asked": N_("Asked."),
    "taken_on": N_("It is with you now."),
    "promised": N_("Promised."),
    "answered": N_("Answered."),
    "solved": N_("Good to hear."),
    "reopened": N_("It is open again."),
    "passed": N_("Passed up."),
    "recalled": N_("Taken back from above; it is with you now."),
    "withdrawn": N_("Taken back."),
    "shared": N_("All can read the answer now, without your name. You can change this at any time."),
    "unshared": N_("The answer is shown to all no more. You can change this at any time."),
}
_UNDOABLE = frozenset({"taken_on", "promised", "answered", "solved", "reopened", "withdrawn"})
_UNHEARD = frozenset({"shared", "unshared"})
"""What nobody else is told of."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A need as it stands after what was done about it, if anything was, and who hears of that; None where the reader must
    not learn who they are.
    """

    card: Card
    did: str = ""
    hearing: Hearing | None = None
    earlier: tuple[Answer, ...] = ()


def waiting(data: Sequence[Card], say: Say) -> Message:
    if not data:
        return Message(say("No request for support is open."), [[_helped_button(say)]])
    text = lines(
        bold(say.many("1 request for support is open", "{number} requests for support are open", len(data))),
        *(_line(one, say) for one in data),
    )
    rows = [[button(title(one.need, say), "need.open", one.need.id)] for one in data]
    return Message(text, [*rows, [_helped_button(say)]])


def _helped_button(say: Say) -> Button:
    return button(say.plain("Done for people"), "referral.helped", 0)


def title(need: Need, say: Say) -> str:
    return say.plain("{name}: {kind}", name=need.person, kind=words.need_kind(say.language, need.kind))


def _line(card: Card, say: Say) -> Html:
    need = card.need
    return say(
        "· {name}: {kind}; {state}, {age}; {owner}",
        name=words.by_hand(say.language, need.person, entered=need.by_hand),
        kind=words.need_kind(say.language, need.kind),
        state=words.need_state(say.language, need.state),
        age=_age(card, say),
        owner=_where(card, say),
    )


def _age(card: Card, say: Say) -> str:
    if card.age_days == 0:
        return say.plain("asked today")
    return say.language.plural("for {number} day", "for {number} days", card.age_days)


def _where(card: Card, say: Say) -> str:
    """With whom it is: an owner, the unit it was passed up to, or nobody yet."""
    if card.need.owner:
        return say.plain("with {owner}", owner=card.need.owner)
    if card.referrals:
        return say.plain("passed up to {unit}", unit=card.referrals[-1].unit)
    return say.plain("nobody has taken it on yet")


def card(data: Shown, say: Say) -> Message:
    held = data.card
    undo = [[button(say.plain("Undo"), "need.undo", held.need.id)]] if data.did in _UNDOABLE else []
    text = lines(*_done(data, say), card_text(held, say), *(_earlier(one, say) for one in data.earlier))
    return Message(text, [*undo, *card_buttons(held, say)])


def _earlier(one: Answer, say: Say) -> Html:
    day = say.short_date(one.at.astimezone(DEFAULT_ZONE).date())
    if not one.by:
        return say("Answered before, on {day}: “{answer}”", day=day, answer=inside(one.text))
    return say("Answered before by {name}, on {day}: “{answer}”", name=one.by, day=day, answer=inside(one.text))


def _done(data: Shown, say: Say) -> list[Html]:
    heard = data.hearing or Hearing()
    if data.did == "undone":
        return _undone(heard, say)
    if not data.did or data.did in _UNHEARD:
        return [say(DONE[data.did])] if data.did else []
    if data.hearing is None:
        return [
            say(DONE[data.did]),
            say("The branch and whoever asked are told in a minute; until then you can undo it."),
        ]
    who = hearing.will_be_told(heard, say) if data.did == "recalled" else hearing.told(heard, say)
    return [say(DONE[data.did]), who]


def _undone(heard: Hearing, say: Say) -> list[Html]:
    """Nobody had heard; where a request was taken back and is made again, those who had not heard of it yet will."""
    if not heard.names:
        return [hearing.undone(heard, say)]
    return [say("Undone; it stands as before."), hearing.will_be_told(heard, say)]


def card_text(data: Card, say: Say) -> Html:
    need = data.need
    day = need.opened_at.astimezone(DEFAULT_ZONE).date()
    return lines(
        bold(title(need, say)),
        say("Asked on {day}; {state}", day=say.short_date(day), state=words.need_state(say.language, need.state)),
        _may_know(data, say),
        quote(shortened(need.text)),
        *_passed_up(data, say),
        say("{owner} is seeing to it.", owner=need.owner) if need.owner else None,
        say("Promised by {day}.", day=say.short_date(need.promised_on)) if need.promised_on else None,
        say("Answer: “{answer}”", answer=inside(need.answer)) if need.answer else None,
        _for_asker(data, say) if data.capacity is Capacity.AUTHOR else None,
        _asked_through(data, say),
        *(marks(data.entered, say) if data.capacity is not Capacity.ABOVE else ()),
    )


def _asked_through(data: Card, say: Say) -> Html | None:
    if data.asked_through is None or data.capacity is Capacity.ABOVE:
        return None
    source, given_on, secretary = data.asked_through
    act, day = say.plain("Request for support"), say.language.plain_date(given_on)
    return say(MARKS[source], act=act, secretary=secretary, name=data.need.person, day=day)


def _may_know(data: Card, say: Say) -> Html | None:
    """Those above, who know it in the branch's words, are not among these."""
    if data.capacity is Capacity.ABOVE:
        return None
    audience = words.need_audience(say.language, data.need.audience, data.called)
    return say("Who may know: {audience}", audience=audience)


def _passed_up(data: Card, say: Say) -> list[Html]:
    told: list[Html] = []
    for one in data.referrals:
        day = say.short_date(one.passed_at.astimezone(DEFAULT_ZONE).date())
        told.append(say("Passed up to {unit} on {day} by {name}.", unit=one.unit, day=day, name=one.passer))
        if data.capacity is not Capacity.ABOVE:
            told.append(quote(shortened(one.words)))
    return told


def _for_asker(data: Card, say: Say) -> Html | None:
    """§4.5 no. 5: who has it, and how long it stays there."""
    guides, secretaries = say.names(data.guides), say.names(data.secretaries)
    under_way = data.need.owner_id or data.need.promised_on or data.need.answer
    if data.need.state not in UNSETTLED or under_way:
        return None
    if not guides and not secretaries:
        return nobody_hears(data, say)
    if say.now - data.need.opened_at < HOLD:
        known = say.names([*data.guides, *data.secretaries])
        return say("In a minute it goes to {names}, and stays on the list until it is solved.", names=known)
    if guides and secretaries:
        return say(
            "What you ask for has gone to {guides} and to the secretary, {secretaries}, and stays on the list until it is solved; if it was a slip, you can take it back here.",
            guides=guides,
            secretaries=secretaries,
        )
    if secretaries:
        return say(
            "What you ask for has gone to the secretary, {secretaries}, and stays on the list until it is solved; if it was a slip, you can take it back here.",
            secretaries=secretaries,
        )
    return say(
        "What you ask for has gone to {guides} and stays on the list until it is solved; if it was a slip, you can take it back here.",
        guides=guides,
    )


def nobody_hears(data: Card, say: Say) -> Html:
    """The truth for the asker, who would wait for an answer; those above are told without a word of what it is about."""
    if data.out_of_reach:
        return say(
            "Nobody can read it here yet: the secretary, {secretaries}, has not come in or cannot be reached. The unit above is told that somebody waits, not what for; please tell the secretary in person as well.",
            secretaries=say.names(data.out_of_reach),
        )
    return say(
        "Nobody can read it here yet: neither your branch nor any unit above it has another secretary in the register. The unit above is told that somebody waits, not what for; please tell somebody in charge in person as well."
    )


def card_buttons(data: Card, say: Say) -> list[list[Button]]:
    by_hand = [] if data.capacity is Capacity.ABOVE else papers(data.entered, say)
    return [*_own_buttons(data, say), *by_hand, *offers(data.proxies, say)]


def _own_buttons(data: Card, say: Say) -> list[list[Button]]:
    need = data.need
    report = [button(say.plain("Look at the report"), "check_in.read", data.report_id)] if data.report_id else []
    if need.state not in UNSETTLED:
        return [*_sharing(data, say), *([report] if report else [])]
    if data.capacity is Capacity.AUTHOR:
        return [*_asker_buttons(need, say), *_sharing(data, say), *([report] if report else [])]
    first = [
        button(say.plain("Promise a day"), "need.promise", need.id),
        button(say.plain("Answer the request"), "need.answer", need.id),
    ]
    if need.owner_id is None:
        first.insert(0, button(say.plain("Take it on"), "need.take_on", need.id))
    return [first, *_rising(data, say), [*report, button(say.plain("All needs"), "need.list")]]


def _rising(data: Card, say: Say) -> list[list[Button]]:
    row = [button(say.plain("Pass it up"), "referral.begin", data.need.id)] if data.can_rise else []
    if data.recallable:
        row.append(
            button(say.plain("Take it back from {unit}", unit=data.recallable.unit), "referral.recall", data.need.id)
        )
    return [row] if row else []


def _sharing(data: Card, say: Say) -> list[list[Button]]:
    """The one who asked lets the answer be read by all, or no more."""
    need = data.need
    if data.capacity is not Capacity.AUTHOR or need.state not in HELPED or not need.answer:
        return []
    if need.shared_at is None:
        return [[button(say.plain("Let all read the answer, without a name"), "need.share", need.id, "yes")]]
    return [[button(say.plain("Do not show the answer any more"), "need.share", need.id, "no")]]


def _asker_buttons(need: Need, say: Say) -> list[list[Button]]:
    rows = [[button(say.plain("Solved"), "need.solve", need.id)]]
    if need.state is NeedState.ANSWERED:
        rows[0].append(button(say.plain("Not solved yet"), "need.not_yet", need.id))
    return [*rows, [button(say.plain("Take back the request"), "need.withdraw", need.id)]]
