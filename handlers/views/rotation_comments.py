"""What mentors at home say of a rotation, as it is asked for and read."""

from __future__ import annotations

from collections.abc import Mapping

from domain.entered_acts import REMARKS
from domain.rotation_comments import About
from handlers.views.entered_acts import ACTS, mark
from handlers.views.page import Button, Html, Message, Say, button, lines, quote
from locales import N_
from services.rotations import Card

REFUSALS: dict[str, str] = {
    "nothing_to_comment": N_("There is nothing to comment on here, or no longer. Please open the rotation again."),
}
CHANGES: Mapping[About, str] = {
    About.MIDTERM: N_("Change my comment on the mid-term talk"),
    About.FINAL: N_("Change my comment on the final talk"),
    About.EVALUATION: N_("Change my comment on the evaluation"),
}
ASKED: Mapping[About, str] = {
    About.MIDTERM: N_("What would you add to the mid-term talk with {name}? One sentence."),
    About.FINAL: N_("What would you add to the final talk with {name}? One sentence."),
    About.EVALUATION: N_("What would you add to the evaluation of {name}? One sentence."),
}


def rows(held: Card, say: Say, *only: About) -> list[list[Button]]:
    """What the reader may comment on, or say otherwise; `only` some of it where that alone is news."""
    titles = {about: CHANGES[about] if own else ACTS[REMARKS[about]] for about, own in held.commentable.items()}
    return [
        [button(say.plain(title), "rotation.comment", held.rotation.id, about)]
        for about, title in titles.items()
        if not only or about in only
    ]


def ask(data: tuple[Card, About], say: Say) -> Message:
    held, about = data
    own = held.commentable[about]
    text = lines(
        say(ASKED[about], name=held.person.name),
        say("{name}, the host and the secretary can read it.", name=held.person.name),
        *([] if own is None else [say("Up to now you said:"), quote(own.text)]),
    )
    return Message(text, [[button(say.plain("Never mind"), "rotation.no_comment", held.rotation.id)]])


def about(held: Card, what: About, say: Say) -> list[Html]:
    """All that was said of it, the earliest first."""
    found: list[Html] = []
    for one in held.comments:
        if one.about is what:
            found += [say("Comment by {name} ({day}):", name=one.by, day=say.moment(one.at)), quote(one.text)]
            entry = held.entered_comments.get(one.id)
            found += [] if entry is None else [mark(entry, say)]
    return found
