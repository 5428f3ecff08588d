"""`/rotations`: a unit's rotations, one's own and those one hosts; one in full, and what its people may do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.entered_acts import NOBODY, Act
from domain.refusals import Refusal
from domain.rotation_lines import read_days
from domain.rotations import Capability, Evaluation
from domain.units import Unit
from domain.wording import fitting
from handlers import unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import rotation_acts, rotation_cards
from handlers.views import rotations as views
from locales import N_
from services import (
    access,
    dialogue,
    entered_act_drafts,
    rotation_access,
    rotation_courses,
    rotation_planning,
    rotations,
)
from services.delivery import Skip
from services.dialogue import Draft
from services.hearing import just_now
from services.menu import Offer
from services.rotation_courses import LONGEST_REASON, LONGEST_WORD
from services.rotation_notices import NOTICE, Notice
from services.rotations import Side
from storage.database import Reader, Writer

WORDS = "rotation_words"
"""The draft that waits for words about a rotation: an evaluation, a reason, other days."""


def has_rotations(offer: Offer) -> bool:
    return offer.secretary or offer.officer or offer.hosts or offer.reports or offer.mentee_rotates


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A secretary's or officer's register, or which of several; everybody else's own."""
    units = access.led_units(tx, actor)
    if len(units) > 1:
        answer = show("rotations.units", fresh=not said.press)
        return unit_picker.listed(tx, actor, answer, "rotations.page:{unit}:live:0", units)
    if units:
        return show("rotations.register", unit_id=units[0].id, group="live", page=0, fresh=not said.press)
    return show("rotations.own", fresh=not said.press)


def page(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    group = said.word(1) if said.word(1) in views.GROUPS else "live"
    return show("rotations.register", unit_id=said.number(), group=group, page=said.number(2))


def own(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("rotations.own")


def open_card(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    rotation_access.look(tx, actor, said.number())
    return show("rotation.card", id=said.number())


def ask(question: str, *sides: Side) -> Callable[[Writer, Actor, Said], Answer]:
    """Begin a dialogue about a rotation that someone on one of these sides may end."""

    def handler(tx: Writer, actor: Actor, said: Said) -> Answer:
        rotations.card(tx, actor, said.number(), *sides)
        dialogue.begin(tx, actor, WORDS, question, id=said.number())
        return show("rotation.question", id=said.number(), question=question)

    return handler


def evaluate(tx: Writer, actor: Actor, said: Said) -> Answer:
    """For a host who does not use Telegram it is entered (代录)."""
    held = rotations.card(tx, actor, said.number(), Side.HOST, Side.SECRETARY, Side.PROXY)
    silent = next((one for one in held.proxies if one.person_id in (held.rotation.host_id, NOBODY)), None)
    if silent is None or Side.HOST in held.sides:
        return _ask_to_evaluate(tx, actor, said)
    entered_act_drafts.begin(tx, actor, Act.EVALUATE, said.number(), silent.person_id, said.update_id)
    return show("proxy.draft", fresh=True)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """The words that were asked for; where a button is wanted, the question is shown once more."""
    heard = _HEARD.get(draft.step)
    if heard is None:
        return show("rotation.question", id=draft.payload["id"], question=draft.step, fresh=True)
    return heard(tx, actor, draft, said.text.strip())


_ask_to_evaluate = ask("evaluate", Side.HOST, Side.SECRETARY, Side.PROXY)


def _work(tx: Writer, actor: Actor, draft: Draft, words: str) -> Answer:
    work = fitting(words, LONGEST_WORD)
    dialogue.begin(tx, actor, WORDS, "capability", **{**draft.payload, "work": work})
    return show("rotation.question", id=draft.payload["id"], question="capability", fresh=True)


def _word(tx: Writer, actor: Actor, draft: Draft, words: str) -> Answer:
    return _evaluated(tx, actor, draft, words, fresh=True)


def _reason(tx: Writer, actor: Actor, draft: Draft, words: str) -> Answer:
    reason = fitting(words, LONGEST_REASON)
    dialogue.begin(tx, actor, WORDS, "cancel", id=draft.payload["id"], reason=reason)
    return show("rotation.preview", id=draft.payload["id"], act="cancel", reason=reason, fresh=True)


def _days(tx: Writer, actor: Actor, draft: Draft, words: str) -> Answer:
    first, last = read_days(words, actor.today)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    dialogue.begin(tx, actor, WORDS, "days", id=draft.payload["id"], **days)
    return show("rotation.preview", id=draft.payload["id"], act="days", first=first, last=last, fresh=True)


_HEARD: Mapping[str, Callable[[Writer, Actor, Draft, str], Answer]] = {
    "evaluate": _work,
    "word": _word,
    "cancel": _reason,
    "days": _days,
}


def capability(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`rotation.capability:id:value`, the form's second question."""
    draft = _waiting(tx, actor, said.number(), "work")
    dialogue.begin(tx, actor, WORDS, "word", **{**draft.payload, "capability": said.one_of(Capability, 1)})
    return show("rotation.question", id=said.number(), question="word")


def no_word(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _evaluated(tx, actor, _waiting(tx, actor, said.number(), "capability"), "", fresh=False)


def _evaluated(tx: Writer, actor: Actor, draft: Draft, word: str, *, fresh: bool) -> Answer:
    rotation_id: int = draft.payload["id"]
    evaluation = Evaluation(draft.payload["work"], Capability(draft.payload["capability"]), word)
    rotation_courses.evaluate(tx, actor, rotation_id, evaluation)
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=rotation_id, did="evaluated", fresh=fresh)


def _waiting(tx: Reader, actor: Actor, rotation_id: int, name: str) -> Draft:
    """The dialogue that a button goes on with."""
    draft = dialogue.of_kind(tx, actor, WORDS)
    if draft is None or draft.payload.get("id") != rotation_id or name not in draft.payload:
        raise Refusal("gone")
    return draft


def close(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_courses.close(tx, actor, said.number())
    return show("rotation.card", id=said.number(), did="closed")


def cancel(tx: Writer, actor: Actor, said: Said) -> Answer:
    reason = _waiting(tx, actor, said.number(), "reason").payload["reason"]
    rotation_courses.cancel(tx, actor, said.number(), reason)
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=said.number(), did="cancelled")


def reschedule(tx: Writer, actor: Actor, said: Said) -> Answer:
    kept = _waiting(tx, actor, said.number(), "last").payload
    rotation_planning.reschedule(
        tx, actor, said.number(), date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    )
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=said.number(), did="rescheduled")


def link(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_planning.name_host(tx, actor, said.number(), said.number(1))
    return show("rotation.card", id=said.number(), did="linked")


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    if rotation_courses.undo(tx, actor, said.number()):
        return show("rotation.card", id=said.number(), did="undone")
    return show("rotation.taken_back")


def load_units(tx: Reader, actor: Actor) -> Sequence[Unit]:
    return access.led_units(tx, actor)


def load_register(tx: Reader, actor: Actor, unit_id: int, group: str, page: int) -> rotations.Register:
    return rotations.register(tx, actor, unit_id, views.GROUPS[group], page)


def load_own(tx: Reader, actor: Actor) -> rotations.Own:
    return rotations.own(tx, actor)


def load_card(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    hearing = just_now(tx, actor, f"{NOTICE}:{id}:") if args.get("did") else None
    return {**args, "card": rotations.card(tx, actor, id), "hearing": hearing}


def load_preview(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    held = rotations.card(tx, actor, id, Side.SECRETARY)
    return {**args, "card": held, "hearing": rotations.hearers(tx, actor, held.rotation)}


def load_notice(
    tx: Reader,
    actor: Actor,
    id: int,  # noqa: A002 - a screen's argument
    what: str,
    by: int | None = None,
) -> Skip | Mapping[str, Any]:
    told = rotations.told(tx, actor, id, Notice(what))
    mentor = "" if told is None else rotations.commented_by(told, by)
    if told is None or (what == Notice.COMMENTED and not mentor):
        return Skip("no_longer_true")
    return {"card": told, "what": Notice(what), "mentor": mentor}


AREA = Area(
    commands=(
        Command(
            "rotations", begin, "Rotations", words=("轮训", "轮岗轮训"), offered=has_rotations,
            purpose=N_("who is at which post, until when, with whom; hand-over, talks and evaluation"),
        ),
    ),
    presses={
        "rotations": begin,
        "rotations.page": page,
        "rotations.own": own,
        "rotation.open": open_card,
        "rotation.evaluate": evaluate,
        "rotation.capability": capability,
        "rotation.no_word": no_word,
        "rotation.ask_cancel": ask("cancel", Side.SECRETARY),
        "rotation.cancel": cancel,
        "rotation.ask_days": ask("days", Side.SECRETARY),
        "rotation.days": reschedule,
        "rotation.close": close,
        "rotation.link": link,
        "rotation.undo": undo,
    },
    steps={WORDS: hear},
    screens={
        "rotations.units": Screen(load_units, views.units),
        "rotations.register": Screen(load_register, views.register),
        "rotations.own": Screen(load_own, views.own),
        "rotation.card": Screen(load_card, rotation_cards.card),
        "rotation.question": Screen(load_card, rotation_acts.question),
        "rotation.preview": Screen(load_preview, rotation_acts.preview),
        "rotation.notice": Screen(load_notice, rotation_acts.notice),
        "rotation.taken_back": Screen(nothing, rotation_acts.taken_back),
    },
)  # fmt: skip
