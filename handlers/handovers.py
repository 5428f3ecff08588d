"""调离、退休、转往其他支部、交接: a person's ties on one page, a successor for each, and one tap for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.handovers import HANDED_ON, NOBODY, HandoverKind, asked
from domain.refusals import Refusal
from handlers import picker, unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.people import load_card
from handlers.said import Said
from handlers.views import handovers as views
from locales import N_, language
from services import dialogue, handovers, people
from services.delivery import Skip
from storage.database import Reader, Writer

KIND = "handover"
"""The draft that holds whom it is about, how they go, where to, and who was chosen for what."""
ALL = "all"
REASONS = {
    HandoverKind.LEAVES: N_("has been transferred away"),
    HandoverKind.RETIRES: N_("has retired"),
    HandoverKind.MOVES: N_("has moved"),
    HandoverKind.HANDS_OVER: N_("has handed over"),
}
"""What stands as the reason under a pairing or rotation that ends with it."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    handovers.opened(tx, actor, said.number())
    return show("handover.kinds", person=said.number())


def choose_kind(tx: Writer, actor: Actor, said: Said) -> Answer:
    person_id, kind = said.number(), said.one_of(HandoverKind, 1)
    handovers.opened(tx, actor, person_id)
    dialogue.begin(tx, actor, KIND, "open", person=person_id, how=kind, unit=None, chosen={})
    if kind is HandoverKind.MOVES:
        return _units(tx, actor, person_id, 0)
    return _page(tx, actor)


def turn_units(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _units(tx, actor, said.number(), said.number(1))


def _units(tx: Writer, actor: Actor, person_id: int, page: int) -> Answer:
    answer = show("handover.units", person=person_id, page=page)
    return unit_picker.listed(tx, actor, answer, "handover.unit:{unit}", handovers.destinations(tx, actor, person_id))


def choose_unit(tx: Writer, actor: Actor, said: Said) -> Answer:
    held = _draft(tx, actor)
    person = handovers.opened(tx, actor, int(held["person"]))
    held["unit"] = handovers.destination(tx, actor, person, said.number()).id
    return _kept(tx, actor, held)


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Who is to take this over, or everything."""
    tie = _tie(said)
    leaving, purpose = int(_draft(tx, actor)["person"]), f"handover.to:{tie}"
    return picker.begin(tx, actor, purpose, people.everywhere(tx), N_("Who takes over?"), without=[leaving])


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A successor for one tie, or for all that are asked for."""
    held, successor = _draft(tx, actor), said.number(2)
    people.may_search(tx, actor, people.everywhere(tx))
    picker.finish(tx, actor)
    keys = _all_keys(tx, actor, held) if said.word() == ALL else [_tie(said)]
    held["chosen"] = {**held["chosen"], **dict.fromkeys(keys, successor)}
    return _kept(tx, actor, held)


def nobody(tx: Writer, actor: Actor, said: Said) -> Answer:
    held = _draft(tx, actor)
    held["chosen"] = {**held["chosen"], _tie(said): NOBODY}
    return _kept(tx, actor, held)


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    held = _draft(tx, actor)
    kind, person_id = HandoverKind(held["how"]), int(held["person"])
    reason = language(actor.locale).text(REASONS[kind])
    handovers.perform(tx, actor, person_id, kind, held["chosen"], held["unit"], reason)
    dialogue.drop(tx, actor, KIND)
    return show("handover.done", person=person_id)


def stop(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, KIND)
    people.look(tx, actor, said.number())
    return show("people.card", person_id=said.number())


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    handovers.undo(tx, actor, said.number())
    return show("handover.undone", person_id=said.number(), did="undone")


def come_back(tx: Writer, actor: Actor, said: Said) -> Answer:
    handovers.come_back(tx, actor, said.number())
    return show("handover.undone", person_id=said.number(), did="back")


def _tie(said: Said) -> str:
    kind = said.word()
    if kind != ALL and kind not in HANDED_ON:
        raise Refusal("gone")
    return f"{kind}:{said.number(1)}"


def _draft(tx: Reader, actor: Actor) -> dict[str, Any]:
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    return dict(draft.payload)


def _all_keys(tx: Reader, actor: Actor, held: Mapping[str, Any]) -> list[str]:
    return [tie.key for tie in asked(_load(tx, actor, held).ties)]


def _kept(tx: Writer, actor: Actor, held: Mapping[str, Any]) -> Answer:
    dialogue.begin(tx, actor, KIND, "open", **held)
    return _page(tx, actor)


def _page(tx: Writer, actor: Actor) -> Answer:
    return show("handover.page", **_draft(tx, actor))


def _load(tx: Reader, actor: Actor, held: Mapping[str, Any]) -> handovers.Preview:
    unit_id = None if held["unit"] is None else int(held["unit"])
    return handovers.preview(tx, actor, int(held["person"]), HandoverKind(held["how"]), held["chosen"], unit_id)


def load_kinds(tx: Reader, actor: Actor, *, person: int) -> views.Kinds:
    return views.Kinds(handovers.opened(tx, actor, person), bool(handovers.destinations(tx, actor, person)))


def load_units(tx: Reader, actor: Actor, *, person: int, page: int) -> views.Destinations:
    return views.Destinations(handovers.opened(tx, actor, person), handovers.destinations(tx, actor, person), page)


def load_page(tx: Reader, actor: Actor, **held: Any) -> handovers.Preview:
    return _load(tx, actor, held)


def load_done(tx: Reader, actor: Actor, *, person: int) -> views.Done:
    return views.Done(*handovers.last_done(tx, actor, person), handovers.hearing(tx, actor, person))


def load_undone(tx: Reader, actor: Actor, *, person_id: int, did: str) -> Mapping[str, Any]:
    return {**load_card(tx, actor, person_id), "did": did}


def load_moved(tx: Reader, actor: Actor, *, person: int, unit: int, old: int) -> handovers.Moved | Skip:
    return handovers.moved(tx, actor, person, unit, old) or Skip("already_done")


AREA = Area(
    presses={
        "handover.begin": begin,
        "handover.kind": choose_kind,
        "handover.units": turn_units,
        "handover.unit": choose_unit,
        "handover.ask": ask,
        "handover.to": choose,
        "handover.nobody": nobody,
        "handover.confirm": confirm,
        "handover.stop": stop,
        "handover.undo": undo,
        "departures.come_back": come_back,
    },
    screens={
        "handover.kinds": Screen(load_kinds, views.kinds),
        "handover.units": Screen(load_units, views.units),
        "handover.page": Screen(load_page, views.page),
        "handover.done": Screen(load_done, views.done),
        "handover.undone": Screen(load_undone, views.undone),
        "handover.moved": Screen(load_moved, views.moved),
    },
)
