"""Who sees what and why, the three agreements, and how they are withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.consents import ConsentKind
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from reports import words
from services.consents import Consent, Notice


def consent(data: Notice, say: Say) -> Message:
    text = lines(
        say("{name}: before we begin, please read who sees what, and why.", name=data.name),
        "",
        *_explained(data, say),
        "",
        say("Please tap each point that you agree to; all three are needed to work in Telegram."),
        say("Not agreeing has no disadvantage for you: your secretary enters things for you."),
    )
    return Message(text, [*_toggles(data, say), [button(say.plain("I do not agree"), "consents.decline")]])


def _explained(data: Notice, say: Say) -> list[Html]:
    return [
        say(
            "<b>Who reads it:</b> your reports are read by your mentor (cultivation contact) and the secretary of your branch, those of "
            "a rotation also by the host there. The general branch and the committee see summaries only."
        ),
        say(
            "<b>What for:</b> for cultivation and rotation alone; it may serve the half-yearly examination. Nobody is scored or ranked. It is deleted one year after the cultivation ends. Messages go through servers abroad: please write nothing classified."
        ),
        say(
            "<b>Your rights:</b> to see it, have it corrected, and withdraw your consent, at any time. Not agreeing has no effect "
            "on your cultivation; your secretary can enter things for you."
        ),
        say("<b>Whom to ask:</b> {contact}", contact=_contact(data, say)),
        say("Reports here replace no ideological report (思想汇报). Please write no work secrets either."),
    ]


def _contact(data: Notice, say: Say) -> str:
    if data.contact:
        return data.contact
    if data.secretaries:
        return say.plain("{names} (secretary)", names=say.names(data.secretaries))
    return say.plain("the secretary of {unit}", unit=data.unit)


def _toggles(data: Notice, say: Say) -> list[list[Button]]:
    return [[button(_toggle(data, kind, say), "consents.toggle", kind)] for kind in ConsentKind]


def _toggle(data: Notice, kind: ConsentKind, say: Say) -> str:
    what = words.consent(say.language, kind)
    if data.stands(kind):
        return say.plain("✅ Agreed: {what}", what=what)
    return say.plain("⬜ Agree: {what}", what=what)


def agreed(data: Notice, say: Say) -> Message:
    """What stays of the card: all that was read and agreed to, and nothing to tap by mistake."""
    return Message(lines(*_stands(data, say), "", say("/privacy shows this again; there you can also withdraw it.")))


def privacy(data: Notice, say: Say) -> Message:
    text = lines(*_stands(data, say))
    standing = [kind for kind in ConsentKind if data.stands(kind)]
    rows = [[button(_withdraw(kind, say), "consents.ask_withdrawal", kind)] for kind in standing]
    if len(standing) < len(ConsentKind):
        rows.append([button(say.plain("Read again and agree"), "consents.again")])
    rows.append([button(say.plain("What is kept about me"), "my_data")])
    return Message(text, rows)


def _stands(data: Notice, say: Say) -> list[Html]:
    states = (_state(data.of(kind), kind, say) for kind in ConsentKind)
    return [bold(say("What you agreed to")), *states, Html(""), *_explained(data, say)]


def _withdraw(kind: ConsentKind, say: Say) -> str:
    return say.plain("Withdraw: {what}", what=words.consent(say.language, kind))


def _state(said: Consent | None, kind: ConsentKind, say: Say) -> Html:
    what = words.consent(say.language, kind)
    if said is not None and said.withdrawn_at is not None:
        return say("▫️ {what}: withdrawn on {moment}", what=what, moment=say.moment(said.withdrawn_at))
    if said is not None and said.given_at is not None:
        given = say.moment(said.given_at)
        return say("✅ {what}: agreed on {moment} (wording {version})", what=what, moment=given, version=said.version)
    if said is not None and said.refused_at is not None:
        return say("▫️ {what}: not agreed, said on {moment}", what=what, moment=say.moment(said.refused_at))
    return say("▫️ {what}: nothing said yet", what=what)


def declined(data: Notice, say: Say) -> Message:
    text = lines(
        say("Understood; this has been noted. It puts you at no disadvantage and does not affect your cultivation."),
        say("Your secretary will enter things for you from now on, and will be told. Contact: {contact}", contact=_contact(data, say)),
        say("You can change your mind at any time."),
    )  # fmt: skip
    return Message(text, [[button(say.plain("Read again and agree"), "consents.again")]])


def withdrawal(data: Mapping[str, Any], say: Say) -> Message:
    kind = ConsentKind(data["kind"])
    text = lines(
        say("Withdraw your consent to: {what}?", what=words.consent(say.language, kind)),
        say(
            "I will then no longer write to you, and your secretary enters things for you. What was lawfully done before stays valid. Withdrawing puts you at no disadvantage."
        ),
    )
    return Message(
        text,
        [
            [
                button(say.plain("Yes, withdraw"), "consents.withdraw", kind),
                button(say.plain("No, keep it"), "consents.privacy"),
            ]
        ],
    )


def away(data: str, say: Say) -> Message:
    return Message(
        say(
            "{name} does not use Telegram here (no consent, or consent withdrawn). Please enter the reports yourself; there is no need to ask why.",
            name=data,
        )
    )
