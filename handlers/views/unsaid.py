"""What waits for a word of somebody who does not use Telegram, for the secretary who asks for it and enters it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.entered_acts import Noun
from handlers.views.entered_acts import OFFERS
from handlers.views.page import Button, Message, Say, bold, button, lines
from locales import N_
from services.unsaid import Unsaid

ON_A_PAGE = 10
WAITING: Mapping[Noun | None, str] = {
    Noun.REPORT: N_("· {name}: review of the report of {about}"),
    Noun.REVIEW: N_("· {name}: how a highlight is to be signed"),
    Noun.NEED: N_("· {name}: whether the support has solved it"),
    None: N_("· {name}: evaluation of the rotation of {about}"),
}


def waiting(data: Sequence[Unsaid], say: Say) -> Message:
    if not data:
        return Message(say("Nothing has to be entered for anybody just now."))
    shown = data[:ON_A_PAGE]
    text = lines(
        bold(say("What is to be asked for and entered")),
        *(say(WAITING[one.noun], name=_whoever(one, say), about=one.about) for one in shown),
        say.many("… and {number} more", "… and {number} more", len(data) - len(shown))
        if len(data) > len(shown)
        else None,
    )
    return Message(text, [[_enter(one, say)] for one in shown])


def _whoever(one: Unsaid, say: Say) -> str:
    return one.name or say.plain("a host without a name")


def _enter(one: Unsaid, say: Say) -> Button:
    if one.noun is None:
        return button(say.plain("Evaluate: {name}", name=one.about), "rotation.evaluate", one.subject_id)
    title = say.plain(OFFERS[one.noun], name=one.name)
    return button(title, "proxy.choose", one.noun, one.subject_id, one.person_id)
