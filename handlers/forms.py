"""`/forms`: forms to print, empty; and those of a pairing, a rotation or a person's report, filled in with what is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import forms as views
from locales import N_
from services import forms
from services.menu import Offer
from storage.database import Reader, Writer

Source = Callable[[Reader, Actor, int], forms.Paper]


def enters_for_others(offer: Offer) -> bool:
    return offer.secretary or offer.officer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("forms", fresh=True)


def empty(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("form.empty", kind=said.one_of(views.Kind), fresh=True)


def filled(screen: str, source: Source) -> Callable[[Writer, Actor, Said], Answer]:
    """`form.pairing:id` and its like: the paper is loaded again for the screen, behind the same door."""

    def handler(tx: Writer, actor: Actor, said: Said) -> Answer:
        forms.printed(tx, actor, source(tx, actor, said.number()))
        return show(screen, id=said.number(), fresh=True)

    return handler


def loading(source: Source) -> Callable[..., Any]:
    def load(tx: Reader, actor: Actor, id: int) -> forms.Paper:  # noqa: A002 - a screen's argument
        return source(tx, actor, id)

    return load


AREA = Area(
    commands=(
        Command(
            "forms", ask, "Forms to print", words=("表格", "空白表格"), offered=enters_for_others, on_keyboard=False,
            purpose=N_("forms to print for those who write on paper"),
        ),
    ),
    presses={
        "forms": ask,
        "form.empty": empty,
        "form.pairing": filled("form.pairing", forms.of_pairing),
        "form.rotation": filled("form.rotation", forms.of_rotation),
        "form.report": filled("form.report", forms.of_report),
    },
    screens={
        "forms": Screen(nothing, views.choice),
        "form.empty": Screen(nothing, views.empty),
        "form.pairing": Screen(loading(forms.of_pairing), views.pairing),
        "form.rotation": Screen(loading(forms.of_rotation), views.rotation),
        "form.report": Screen(loading(forms.of_report), views.report),
    },
)  # fmt: skip
