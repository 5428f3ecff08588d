"""`/announce` (发通知): to which unit, in which words, seen before it goes; then how it went."""

from __future__ import annotations

from domain.actors import Actor
from domain.refusals import Refusal
from handlers import unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import announcements as views
from locales import N_
from services import announcements, dialogue
from services.delivery import Skip
from services.dialogue import Draft
from services.menu import Offer
from storage.database import Reader, Writer

KIND = "announcement"
"""The draft that holds to which unit and, once they are written, the words; writing again replaces them."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    found = announcements.units_of(tx, actor)
    if len(found) == 1:
        return _ask(tx, actor, found[0].id)
    return _units(tx, actor, 0, fresh=not said.press)


def turn_page(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _units(tx, actor, said.number(), fresh=False)


def _units(tx: Writer, actor: Actor, page: int, *, fresh: bool) -> Answer:
    answer = show("announcement.units", page=page, fresh=fresh)
    return unit_picker.listed(tx, actor, answer, "announcement.unit:{unit}", announcements.units_of(tx, actor))


def choose_unit(tx: Writer, actor: Actor, said: Said) -> Answer:
    if said.number() not in {unit.id for unit in announcements.units_of(tx, actor)}:
        raise Refusal("not_yours")
    return _ask(tx, actor, said.number())


def _ask(tx: Writer, actor: Actor, unit_id: int) -> Answer:
    dialogue.begin(tx, actor, KIND, "words", unit=unit_id)
    return show("announcement.ask", unit=unit_id, fresh=True)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    unit_id = int(draft.payload["unit"])
    announcements.preview(tx, actor, unit_id, said.text)
    dialogue.begin(tx, actor, KIND, "words", unit=unit_id, words=said.text)
    return show("announcement.preview", unit=unit_id, words=said.text, fresh=True)


def send(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None or "words" not in draft.payload:
        raise Refusal("gone")
    made = announcements.announce(tx, actor, int(draft.payload["unit"]), draft.payload["words"])
    dialogue.drop(tx, actor, KIND)
    return show("announcement.card", announcement=made)


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("cancelled", there_was=dialogue.drop(tx, actor, KIND), fresh=True)


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    announcements.undo(tx, actor, said.number())
    return show("announcement.card", announcement=said.number())


def open_one(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("announcement.card", announcement=said.number())


def load_units(tx: Reader, actor: Actor, *, page: int) -> views.Units:
    return views.Units(announcements.units_of(tx, actor), announcements.recent(tx, actor), page)


def load_ask(tx: Reader, actor: Actor, *, unit: int) -> views.Asking:
    found = next((one for one in announcements.units_of(tx, actor) if one.id == unit), None)
    if found is None:
        raise Refusal("not_yours")
    return views.Asking(found.name, announcements.recent(tx, actor))


def load_preview(tx: Reader, actor: Actor, *, unit: int, words: str) -> announcements.Preview:
    return announcements.preview(tx, actor, unit, words)


def load_card(tx: Reader, actor: Actor, *, announcement: int) -> announcements.Card:
    return announcements.card(tx, actor, announcement)


def load_told(tx: Reader, actor: Actor, *, announcement: int) -> announcements.Told | Skip:
    return announcements.told(tx, actor, announcement) or Skip("withdrawn")


def load_in_group(tx: Reader, actor: Actor, *, announcement: int, unit: int) -> announcements.Told | Skip:
    return announcements.in_group(tx, actor.telegram_id, announcement, unit) or Skip("withdrawn")


def leads(offer: Offer) -> bool:
    return offer.secretary or offer.officer


AREA = Area(
    commands=(
        Command(
            "announce", begin, "Announce", words=("发通知", "通知"), offered=leads,
            purpose=N_("write to everybody of a unit and its groups, and see whom it did not reach"),
        ),
    ),
    presses={
        "announcement.units": turn_page,
        "announcement.unit": choose_unit,
        "announcement.send": send,
        "announcement.never_mind": never_mind,
        "announcement.undo": undo,
        "announcement.open": open_one,
    },
    steps={KIND: hear},
    screens={
        "announcement.units": Screen(load_units, views.units),
        "announcement.ask": Screen(load_ask, views.ask),
        "announcement.preview": Screen(load_preview, views.preview),
        "announcement.card": Screen(load_card, views.card),
        "announcement.told": Screen(load_told, views.told),
        "announcement.in_group": Screen(load_in_group, views.told),
    },
)  # fmt: skip
