"""Drawing up a pairing, step by step: mentee, track, mentors, direction, outcomes; a preview and one tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.actors import Actor
from domain.pairing_lines import read_cadence, read_outcome
from domain.pairings import PairingState, Track
from domain.periods import CadenceKind
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.spoken_days import read_day
from handlers import picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen, nothing
from handlers.said import Said
from handlers.views import pairing_setup as views
from locales import N_
from services import access, pairing_drafts, pairings, people
from services.dialogue import Draft
from services.pairing_drafts import Drafted, Sheet, Step
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    access.need_role(actor, RoleKind.SECRETARY)
    return picker.begin(tx, actor, "pairing.for", actor.units(RoleKind.SECRETARY), N_("Who is to be guided?"))


def choose_mentee(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = pairing_drafts.begin(tx, actor, said.number())
    picker.finish(tx, actor)
    return _next(tx, actor, drafted)


def edit(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _next(tx, actor, pairing_drafts.begin_edit(tx, actor, said.number()))


def choose_track(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _next(tx, actor, pairing_drafts.choose_track(tx, actor, said.one_of(Track)))


def more_mentors(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return _pick_mentor(tx, actor, pairing_drafts.current(tx, actor))


def choose_mentor(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = pairing_drafts.choose_mentor(tx, actor, said.number())
    picker.finish(tx, actor)
    return _next(tx, actor, drafted)


def drop_mentor(tx: Writer, actor: Actor, said: Said) -> Answer:
    pairing_drafts.drop_mentor(tx, actor, said.number())
    return show("pairing.setup")


def go_to(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _next(tx, actor, pairing_drafts.go_to(tx, actor, said.one_of(Step)))


def leave_open(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return _next(tx, actor, pairing_drafts.set_direction(tx, actor, ""))


def anew(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return _next(tx, actor, pairing_drafts.drop_outcomes(tx, actor))


def choose_cadence(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`pairing.cadence:kind` asks for the day, `pairing.cadence:kind:day` sets it."""
    kind = said.one_of(CadenceKind)
    if not said.word(1):
        return show("pairing.cadence_day", kind=kind)
    return _next(tx, actor, pairing_drafts.set_cadence(tx, actor, read_cadence(kind, said.word(1))))


def no_day(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """It starts as soon as all agree, or was not signed on paper."""
    drafted = pairing_drafts.current(tx, actor)
    set_day = pairing_drafts.set_signed if drafted.step is Step.SIGNED else pairing_drafts.set_start
    return _next(tx, actor, set_day(tx, actor, None))


def submit(tx: Writer, actor: Actor, said: Said) -> Answer:
    pairing_id = pairing_drafts.submit(tx, actor, said.number())
    drawn_up = pairings.card(tx, actor, pairing_id).pairing.state is PairingState.DRAFT
    return show("pairing.card", id=pairing_id, did="proposed" if drawn_up else "begun")


def discard(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    pairing_drafts.discard(tx, actor)
    return show("pairing.discarded")


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """Words typed at a step; where a button is wanted, the step is shown once more."""
    heard = _HEARD.get(Step(draft.step))
    if heard is None or not said.text.strip():
        return show("pairing.setup", fresh=True)
    return _next(tx, actor, heard(tx, actor, said.text.strip()), fresh=True)


def _direction(tx: Writer, actor: Actor, words: str) -> Drafted:
    return pairing_drafts.set_direction(tx, actor, words)


def _outcome(tx: Writer, actor: Actor, words: str) -> Drafted:
    return pairing_drafts.add_outcome(tx, actor, read_outcome(words, actor.today))


def _month_day(tx: Writer, actor: Actor, words: str) -> Drafted:
    return pairing_drafts.set_cadence(tx, actor, read_cadence(CadenceKind.MONTHLY, words))


def _start(tx: Writer, actor: Actor, words: str) -> Drafted:
    day = read_day(words, actor.today)
    if day is None:
        raise Refusal("day_unreadable", text=words[:40])
    return pairing_drafts.set_start(tx, actor, day)


def _signed(tx: Writer, actor: Actor, words: str) -> Drafted:
    day = read_day(words, actor.today)
    if day is None:
        raise Refusal("day_unreadable", text=words[:40])
    return pairing_drafts.set_signed(tx, actor, day)


_HEARD: Mapping[Step, Callable[[Writer, Actor, str], Drafted]] = {
    Step.DIRECTION: _direction,
    Step.OUTCOME: _outcome,
    Step.CADENCE: _month_day,
    Step.START: _start,
    Step.SIGNED: _signed,
}


def _next(tx: Writer, actor: Actor, drafted: Drafted, *, fresh: bool = False) -> Answer:
    if drafted.step is Step.MENTOR and not drafted.terms.mentor_ids:
        return _pick_mentor(tx, actor, drafted)
    return show("pairing.setup", fresh=fresh)


def _pick_mentor(tx: Writer, actor: Actor, drafted: Drafted) -> Answer:
    """Mentors come from the whole organisation."""
    within = people.everywhere(tx)
    kind = pairing_drafts.guide_kind_of(tx, drafted)
    prompt = views.SECOND[kind] if drafted.terms.mentor_ids else views.FIRST[kind]
    terms = drafted.terms
    return picker.begin(tx, actor, "pairing.guide", within, prompt, without=[terms.mentee_id, *terms.mentor_ids])


def load(tx: Reader, actor: Actor) -> Sheet:
    return pairing_drafts.sheet(tx, actor)


AREA = Area(
    presses={
        "pairing.new": begin,
        "pairing.for": choose_mentee,
        "pairing.edit": edit,
        "pairing.track": choose_track,
        "pairing.guides": more_mentors,
        "pairing.guide": choose_mentor,
        "pairing.no_guide": drop_mentor,
        "pairing.step": go_to,
        "pairing.open_direction": leave_open,
        "pairing.outcomes": anew,
        "pairing.cadence": choose_cadence,
        "pairing.no_day": no_day,
        "pairing.submit": submit,
        "pairing.discard": discard,
    },
    steps={pairing_drafts.KIND: hear},
    screens={
        "pairing.setup": Screen(load, views.step),
        "pairing.cadence_day": Screen(nothing, views.cadence_day),
        "pairing.discarded": Screen(nothing, views.discarded),
    },
)
