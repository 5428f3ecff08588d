"""The digest: what waits, how much of it for long, and whom to have a word with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.rotations import NoteKind
from handlers.views.page import Button, Html, Message, Say, button, lines
from locales import N_
from services.digest_news import News
from services.rotation_news import Turn

NOTES: Mapping[NoteKind, str] = {
    NoteKind.HANDOVER: N_("hand-over"),
    NoteKind.MIDTERM: N_("mid-term talk"),
    NoteKind.FINAL: N_("final talk"),
}
NAMED = 5
"""So many names are read; the others stand on the list."""


def digest(data: News, say: Say) -> Message:
    """What was held back for it is laid beneath it by whoever sends it."""
    if not data.is_worth_telling:
        return Message(say("What concerns you these days:"))
    text = lines(
        _waiting(data, say),
        _old_reviews(data.old_reviews, say),
        _promised(data.promised_needs, say),
        _old_needs(data.old_needs, say),
        _silent(data.silent, say),
        _uninvited(data.to_invite, say),
        _entries(data.entries, say),
        _unsaid(data.unsaid, say),
        _unheard(data.unheard, say),
        _unled(data.unled, say),
        *(_turn(one, say) for one in data.turns[:NAMED]),
    )
    return Message(text, _ways(data, say))


def _ways(data: News, say: Say) -> list[list[Button]]:
    rows = []
    if data.reviews:
        rows.append([button(say.plain("Review one by one"), "review.next")])
    if data.needs:
        rows.append([button(say.plain("Needs and support"), "need.list")])
    if data.to_invite and data.invite_to is not None:
        rows.append([button(say.plain("Invite them"), "invites.ask_unit", data.invite_to)])
    if data.entries or data.to_invite:
        rows.append([button(say.plain("Enter reports"), "entry.owing")])
    if data.unsaid:
        rows.append([button(say.plain("What is to be entered"), "proxy.waiting")])
    if data.unheard or data.unled:
        rows.append([button(say.plain("Units and roles"), "roles.tops")])
    if data.turns:
        rows.append(_way_to(data.turns, say))
    return rows or [[button(say.plain("See the pairings"), "pairings.own")]]


def _way_to(turns: Sequence[Turn], say: Say) -> list[Button]:
    if len(turns) == 1:
        return [button(say.plain("Open the rotation"), "rotation.open", turns[0].rotation_id)]
    return [button(say.plain("Rotations"), "rotations.own")]


def _turn(turn: Turn, say: Say) -> Html:
    """A rotation of somebody whom the reader guides: what is new in it."""
    found = [say.plain(NOTES[one]) for one in turn.notes]
    found[:0] = [say.plain("arranged")] if turn.arranged else []
    found += [say.plain("cancelled")] if turn.cancelled else []
    return say("New in the rotation of {name}: {what}", name=turn.name, what=say.names(found))


def _waiting(data: News, say: Say) -> Html | None:
    """§4.5 no. 7, as far as there is something of it."""
    if data.reviews and data.needs:
        return say(
            "Reports to review today: {reviews}. Comrades who need support: {needs}. If you have no remarks, a tap on “Noted” is enough.",
            reviews=data.reviews,
            needs=data.needs,
        )
    if data.reviews:
        return say.many(
            "1 report is waiting for your review today. If you have no remarks, a tap on “Noted” is enough.",
            "{number} reports are waiting for your review today. If you have no remarks, a tap on “Noted” is enough.",
            data.reviews,
        )
    return (
        say.many("{number} comrade needs support.", "{number} comrades need support.", data.needs)
        if data.needs
        else None
    )


def _old_reviews(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many(
        "One report has waited a week for its review.",
        "{number} reports have waited a week for their review.",
        number,
    )


def _promised(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many(
        "The day promised for one request for support has come.",
        "The days promised for {number} requests for support have come.",
        number,
    )


def _old_needs(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many(
        "One request for support has been open for a week or longer, without an answer or a promised day.",
        "{number} requests for support have been open for a week or longer, without an answer or a promised day.",
        number,
    )


def _silent(names: Sequence[str], say: Say) -> Html | None:
    if not names:
        return None
    return say(
        "Nothing has come for this period from {names}, who will not be reminded again. Please have a word when convenient.",
        names=say.names(names),
    )


def _uninvited(number: int, say: Say) -> Html | None:
    """Before a branch has been invited, nobody can be said not to use Telegram."""
    if not number:
        return None
    return say.many(
        "One comrade of your branch has a report due these days and has not been invited yet. Please send the invitation first; for anyone who does not use Telegram you can enter the report.",
        "{number} comrades of your branch have reports due these days and have not been invited yet. Please send the invitations first; for anyone who does not use Telegram you can enter the report.",
        number,
    )


def _entries(names: Sequence[str], say: Say) -> Html | None:
    if not names:
        return None
    if len(names) <= NAMED:
        return say.many(
            "{names} cannot be reached here at present. You can send an invitation under “People”, or ask about this period and enter the report.",
            "{names} cannot be reached here at present. You can send invitations under “People”, or ask about this period and enter their reports.",
            len(names),
            names=say.names(names),
        )
    return say(
        "{number} comrades cannot be reached here at present, among them {names}. You can send invitations under “People”, or ask about this period and enter their reports.",
        names=say.names(names[:NAMED]),
        number=len(names),
    )


def _unsaid(names: Sequence[str], say: Say) -> Html | None:
    """A host may be without a name."""
    if not names:
        return None
    shown = [name or say.plain("a host without a name") for name in names[:NAMED]]
    if len(names) <= NAMED:
        return say(
            "A word is needed from {names}, who cannot be asked here. Please ask in person and enter the answer.",
            names=say.names(shown),
        )
    return say(
        "A word is needed from {number} comrades who cannot be asked here, among them {names}. Please ask in person and enter the answers.",
        names=say.names(shown),
        number=len(names),
    )


def _unheard(units: Sequence[str], say: Say) -> Html | None:
    if not units:
        return None
    return say(
        "In {units} somebody has asked for support, and nobody there can read it: the secretary has not come in or cannot be reached. Please see to it, or name a deputy secretary.",
        units=say.names(units),
    )


def _unled(units: Sequence[str], say: Say) -> Html | None:
    if not units:
        return None
    return say(
        "In {units} somebody has asked for support, and there is no secretary who could read it. Please name one, or a deputy.",
        units=say.names(units),
    )
