"""What each button is for, in a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.page import Html, Message, Say, bold, button, lines


def help_page(data: Mapping[str, Any], say: Say) -> Message:
    text = lines(
        bold(say("What each button is for")),
        *(_line(title, purpose, say) for title, purpose in data["buttons"]),
        *(_command(name, purpose, say) for name, _, purpose in data["commands"]),
        _by_hand(say) if data["offer"].secretary else None,
        _administrators(say) if data["offer"].administrator else None,
        "",
        say("A wrong tap can be undone: what others would hear of it waits a minute."),
        say("You may also type: /cancel leaves whatever you are in the middle of."),
        say("Reports here replace no ideological report (思想汇报). Never write state secrets or work secrets here."),
    )
    row = [button(say.plain("Language"), "languages.ask")]
    if data["offer"].person:
        row.append(button(say.plain("My consent and privacy"), "consents.privacy"))
    return Message(text, [row])


def _by_hand(say: Say) -> Html:
    return say(
        "For whoever does not use Telegram you can enter all this: open the person, the report, the outcome, the request, the pairing or the rotation, and tap the button that says so."
    )


def _administrators(say: Say) -> Html:
    return say("Under “Units and roles”, “Administrators” names further administrators and ends their role.")


def _line(title: str, purpose: str, say: Say) -> Html:
    return say("<b>{title}</b>: {purpose}", title=say.plain(title), purpose=say.plain(purpose))


def _command(name: str, purpose: str, say: Say) -> Html:
    return say("/{command}: {purpose}", command=name, purpose=say.plain(purpose))
