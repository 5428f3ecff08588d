"""Arranging a rotation, step by step: person, branch, post, days, host, leading backbone, goals; a preview and one tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotation_lines import read_days, read_post
from handlers import picker, unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen, nothing
from handlers.said import Said
from handlers.views import rotation_setup as views
from locales import N_
from services import access, people, rotation_drafts
from services.dialogue import Draft
from services.rotation_drafts import Drafted, Sheet, Step
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    access.need_role(actor, RoleKind.SECRETARY)
    within = actor.units(RoleKind.SECRETARY)
    return picker.begin(tx, actor, "rotation.for", within, N_("Who is to go to another post?"))


def choose_person(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_drafts.begin(tx, actor, said.number())
    picker.finish(tx, actor)
    return show("rotation.setup")


def choose_unit(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_drafts.choose_unit(tx, actor, said.number())
    return show("rotation.setup")


def turn_page(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("rotation.setup", page=said.number())


def pick_host(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    themselves = [rotation_drafts.current(tx, actor).plan.person_id]
    return picker.begin(tx, actor, "rotation.host", people.everywhere(tx), N_("Who is the host?"), without=themselves)


def choose_host(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_drafts.set_host(tx, actor, said.number())
    picker.finish(tx, actor)
    return show("rotation.setup")


def pick_leader(tx: Writer, actor: Actor, said: Said) -> Answer:
    """By the button, or by a name that is typed instead."""
    prompt, words = N_("Which Party backbone leads it?"), "" if said.press else said.text.strip()
    themselves = [rotation_drafts.current(tx, actor).plan.person_id]
    return picker.begin(
        tx,
        actor,
        "rotation.leader",
        people.everywhere(tx),
        prompt,
        without=themselves,
        words=words,
        fresh=not said.press,
    )


def choose_leader(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_drafts.set_leader(tx, actor, said.number())
    picker.finish(tx, actor)
    return show("rotation.setup")


def leave_open(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """Go on without an answer, where none is needed."""
    drafted = rotation_drafts.current(tx, actor)
    left = _LEFT_OPEN.get(drafted.step)
    if left is None:
        raise Refusal("gone")
    left(tx, actor)
    return show("rotation.setup")


_LEFT_OPEN: Mapping[Step, Callable[[Writer, Actor], Drafted]] = {
    Step.HOST: lambda tx, actor: rotation_drafts.set_host(tx, actor, None),
    Step.LEADER: lambda tx, actor: rotation_drafts.set_leader(tx, actor, None),
    Step.SPECIALTY: lambda tx, actor: rotation_drafts.set_specialty(tx, actor, ""),
    Step.GOALS: lambda tx, actor: rotation_drafts.set_goals(tx, actor, ""),
}


def go_to(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_drafts.go_to(tx, actor, said.one_of(Step))
    return show("rotation.setup")


def submit(tx: Writer, actor: Actor, said: Said) -> Answer:
    rotation_id = rotation_drafts.submit(tx, actor, said.number())
    return show("rotation.card", id=rotation_id, did="arranged")


def discard(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    rotation_drafts.discard(tx, actor)
    return show("rotation.discarded")


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """Words typed at a step; where a button is wanted, the step is shown once more."""
    if draft.step == Step.UNIT and said.text.strip():
        within = (unit.id for unit in rotation_drafts.branches(tx))
        return unit_picker.found("rotation.unit:{unit}", within, said.text)
    if draft.step == Step.LEADER and said.text.strip():
        return pick_leader(tx, actor, said)
    heard = _HEARD.get(Step(draft.step))
    if heard is not None and said.text.strip():
        heard(tx, actor, said.text.strip())
    return show("rotation.setup", fresh=True)


def _days(tx: Writer, actor: Actor, words: str) -> Drafted:
    return rotation_drafts.set_days(tx, actor, *read_days(words, actor.today))


_HEARD: Mapping[Step, Callable[[Writer, Actor, str], Drafted]] = {
    Step.POST: lambda tx, actor, words: rotation_drafts.set_post(tx, actor, *read_post(words)),
    Step.DAYS: _days,
    Step.HOST: lambda tx, actor, words: rotation_drafts.set_host(tx, actor, None, words),
    Step.SPECIALTY: rotation_drafts.set_specialty,
    Step.GOALS: rotation_drafts.set_goals,
}


def load(tx: Reader, actor: Actor, page: int = 0) -> Sheet:
    return rotation_drafts.sheet(tx, actor, page)


AREA = Area(
    presses={
        "rotation.new": begin,
        "rotation.for": choose_person,
        "rotation.unit": choose_unit,
        "rotation.units": turn_page,
        "rotation.hosts": pick_host,
        "rotation.host": choose_host,
        "rotation.leaders": pick_leader,
        "rotation.leader": choose_leader,
        "rotation.skip": leave_open,
        "rotation.step": go_to,
        "rotation.submit": submit,
        "rotation.discard": discard,
    },
    steps={rotation_drafts.KIND: hear},
    screens={
        "rotation.setup": Screen(load, views.step),
        "rotation.discarded": Screen(nothing, views.discarded),
    },
)
