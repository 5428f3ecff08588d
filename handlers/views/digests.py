"""The digest: what waits, how much of it for long, and whom to have a word with."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.views.page import Button, Html, Message, Say, button, lines
from services.digest_news import News

NAMED = 5
"""So many names are read; the others stand on the list."""


def digest(data: News, say: Say) -> Message:
    text = lines(
        _waiting(data, say),
        _old_reviews(data.old_reviews, say),
        _promised(data.promised_needs, say),
        _old_needs(data.old_needs, say),
        _silent(data.silent, say),
        _uninvited(data.to_invite, say),
        _entries(data.entries, say),
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
    return rows or [[button(say.plain("See the pairings"), "pairings.own")]]


def _waiting(data: News, say: Say) -> Html | None:
    """§4.5 no. 7, as far as there is something of it."""
    if data.reviews and data.needs:
        return say(
            "Waiting for your review today: {reviews}. Comrades who need support: {needs}. "
            "Where you have no remarks, a tap on “Noted” is enough.",
            reviews=data.reviews,
            needs=data.needs,
        )
    if data.reviews:
        return say.many(
            "{number} report waits for your review today. Where you have no remarks, a tap on “Noted” is enough.",
            "{number} reports wait for your review today. Where you have no remarks, a tap on “Noted” is enough.",
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
        "{number} report has waited for its review for a week.",
        "{number} reports have waited for their review for a week.",
        number,
    )


def _promised(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many(
        "The day promised for {number} request for support has come.",
        "The days promised for {number} requests for support have come.",
        number,
    )


def _old_needs(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many(
        "{number} request for support has been open for a week or longer, without an answer or a promised day.",
        "{number} requests for support have been open for a week or longer, without an answer or a promised day.",
        number,
    )


def _silent(names: Sequence[str], say: Say) -> Html | None:
    if not names:
        return None
    return say(
        "Nothing has come for this period from {names}; they will not be reminded again. Please have a word with them.",
        names=say.names(names),
    )


def _uninvited(number: int, say: Say) -> Html | None:
    """Before a branch has been invited, nobody can be said not to use Telegram."""
    if not number:
        return None
    return say.many(
        "{number} comrade of your branch owes a report these days and is not invited yet. Please invite them first; for "
        "whoever does not use Telegram you can enter it.",
        "{number} comrades of your branch owe a report these days and are not invited yet. Please invite them first; for "
        "whoever does not use Telegram you can enter it.",
        number,
    )


def _entries(names: Sequence[str], say: Say) -> Html | None:
    if not names:
        return None
    if len(names) <= NAMED:
        return say(
            "{names} do not use Telegram here. Please have a word with them and enter their report.",
            names=say.names(names),
        )
    return say(
        "{names} and others, {number} in all, do not use Telegram here. Please have a word with them and enter their report.",
        names=say.names(names[:NAMED]),
        number=len(names),
    )
