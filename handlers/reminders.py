"""提醒: what the clock says to a person (prompt, digest, a rotation's days), what they answer, and `/reminders`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.duties import Duty
from domain.refusals import Refusal
from domain.reminders import Snooze
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import digests as digest_views
from handlers.views import reminder_choices
from handlers.views import reminders as views
from locales import N_
from services import digests, reminders
from services.delivery import Skip
from services.digest_news import News
from services.reminders import Chosen, Prompt, Turn
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("reminders.chosen", fresh=not said.press)


def _choosing(act: Callable[[Writer, Actor, Said], None]) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a tap that changes a choice and shows them all again."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        act(tx, actor, said)
        return show("reminders.chosen")

    return press


def _hour(tx: Writer, actor: Actor, said: Said) -> None:
    reminders.set_hour(tx, actor, said.number())


def _weekday(tx: Writer, actor: Actor, said: Said) -> None:
    reminders.toggle_weekday(tx, actor, said.number())


def _switch(tx: Writer, actor: Actor, said: Said) -> None:
    reminders.switch(tx, actor, off=said.word() == "off")


def _at_once(tx: Writer, actor: Actor, said: Said) -> None:
    reminders.get_reviews_at_once(tx, actor, at_once=said.word() == "on")


def later(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("reminders.later")


def snooze(tx: Writer, actor: Actor, said: Said) -> Answer:
    return show("reminders.snoozed", until=reminders.snooze(tx, actor, _snoozed(said.word())))


def _snoozed(word: str) -> Snooze | date:
    try:
        return date.fromisoformat(word) if word[:1].isdigit() else Snooze(word)
    except ValueError:
        raise Refusal("gone") from None


def skip(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """本期暂不汇报, when there are several: which report."""
    return show("reminders.skip_which")


def load_chosen(tx: Reader, actor: Actor) -> Chosen:
    return reminders.chosen(tx, actor)


def load_later(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    return {"days": reminders.snooze_days(tx, actor)}


def load_skippable(tx: Reader, actor: Actor) -> list[Duty]:
    return reminders.skippable(tx, actor)


def load_prompt(tx: Reader, actor: Actor, *, duties: list[int]) -> Prompt | Skip:
    return reminders.prompt(tx, actor, duties)


def load_digest(tx: Reader, actor: Actor, *, day: str) -> News | Skip:  # noqa: ARG001 - the day for which it was made
    return digests.load(tx, actor)


def load_start(tx: Reader, actor: Actor, *, rotation: int) -> Turn | Skip:
    return reminders.turn(tx, actor, rotation, ends=False)


def load_end(tx: Reader, actor: Actor, *, rotation: int) -> Turn | Skip:
    return reminders.turn(tx, actor, rotation, ends=True)


AREA = Area(
    commands=(
        Command(
            "reminders", begin, "Reminders", words=("提醒设置", "提醒", "reminders"),
            offered=lambda offer: offer.person, purpose=N_("choose the hour and the days, or switch reminders off"),
        ),
    ),
    presses={
        "reminders.hour": _choosing(_hour),
        "reminders.weekday": _choosing(_weekday),
        "reminders.switch": _choosing(_switch),
        "reminders.at_once": _choosing(_at_once),
        "reminders.later": later,
        "reminders.snooze": snooze,
        "reminders.skip": skip,
    },
    screens={
        "reminders.chosen": Screen(load_chosen, reminder_choices.chosen),
        "reminders.later": Screen(load_later, views.later),
        "reminders.snoozed": Screen(nothing, views.snoozed),
        "reminders.skip_which": Screen(load_skippable, views.skip_which),
        "reminders.prompt": Screen(load_prompt, views.prompt),
        "reminders.digest": Screen(load_digest, digest_views.digest),
        "reminders.rotation_starts": Screen(load_start, views.rotation_starts),
        "reminders.rotation_ends": Screen(load_end, views.rotation_ends),
    },
)  # fmt: skip
