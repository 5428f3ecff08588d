"""代录 of single acts: what it is, from what and as given on which day, a picture of the paper, and done in the person's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.actors import Actor
from domain.check_ins import Source
from domain.entered_acts import WORDED, Act, Drafted, EnteredAct, Noun, Step
from domain.refusals import Refusal
from domain.rotations import Capability
from domain.spoken_days import read_day
from handlers.answers import Answer, show
from handlers.areas import Area, Screen, nothing
from handlers.check_ins import file_of
from handlers.said import Said
from handlers.views import entered_acts as views
from handlers.views import unsaid as unsaid_views
from services import entered_act_choices, entered_act_drafts, entered_acts, proxies, unsaid
from services.dialogue import Draft
from storage.database import Reader, Writer


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`proxy.choose:noun:subject:person`; where there is but one act, it is begun."""
    noun, subject_id, person_id = said.one_of(Noun), said.number(1), said.number(2)
    acts = entered_act_choices.choice(tx, actor, noun, subject_id, person_id).acts
    if len(acts) == 1:
        return _begun(tx, actor, said, acts[0], subject_id, person_id)
    return show("proxy.choose", fresh=True, noun=noun.value, subject=subject_id, person=person_id)


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`proxy.act:act:subject:person`."""
    return _begun(tx, actor, said, said.one_of(Act), said.number(1), said.number(2))


def _begun(tx: Writer, actor: Actor, said: Said, act: Act, subject_id: int, person_id: int) -> Answer:
    entered_act_drafts.begin(tx, actor, act, subject_id, person_id, said.update_id)
    return show("proxy.draft", fresh=True)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:  # noqa: ARG001 - the shape of every step
    """A message while an entry is made: words, the day, a picture of the paper. One that may no longer be made is ended."""
    try:
        drafted = entered_act_drafts.current(tx, actor)
    except Refusal as refusal:
        entered_act_drafts.drop(tx, actor)
        return show("refused", fresh=True, code=refusal.code, fields=refusal.fields)
    step = drafted.step
    if said.attached is not None:
        drafted = drafted.with_paper(file_of(said.attached))
    if said.text and step is Step.GIVEN_ON:
        day = read_day(said.text, actor.today)
        if day is None:
            raise Refusal("not_a_day")
        drafted = entered_act_drafts.with_day(drafted, actor, day)
    elif said.text and drafted.act in WORDED:
        drafted = entered_act_drafts.with_words(drafted, said.text)
    entered_act_drafts.keep(tx, actor, drafted)
    unused = said.text and drafted.act not in WORDED and step is not Step.GIVEN_ON
    return replace(show("proxy.draft", fresh=True), unkept="words" if unused else "")


def _changing(change: Callable[[Drafted, Actor, Said], Drafted]) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a button that changes the entry to which it belongs; an older entry's button does nothing."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        drafted = entered_act_drafts.current(tx, actor)
        if drafted.mark != said.number():
            return show("old_button")
        entered_act_drafts.keep(tx, actor, change(drafted, actor, said))
        return show("proxy.draft")

    return press


def _source(drafted: Drafted, actor: Actor, said: Said) -> Drafted:
    return entered_act_drafts.with_source(drafted, actor, said.one_of(Source, 1))


def _capability(drafted: Drafted, actor: Actor, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return entered_act_drafts.with_capability(drafted, said.one_of(Capability, 1))


def _day_open(drafted: Drafted, actor: Actor, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return entered_act_drafts.with_day(drafted, actor, None)


def _today(drafted: Drafted, actor: Actor, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return entered_act_drafts.with_day(drafted, actor, actor.today)


def _words_open(drafted: Drafted, actor: Actor, said: Said) -> Drafted:  # noqa: ARG001 - the shape of every change
    return replace(drafted, words="")


def enter(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = entered_act_drafts.current(tx, actor)
    if drafted.mark != said.number() or drafted.step is not Step.PREVIEW:
        return show("old_button")
    if drafted.act is Act.PAUSE:
        return show("leave.taken", leave=entered_acts.pause(tx, actor, drafted))
    return show("proxy.done", entry=entered_acts.enter(tx, actor, drafted))


def discard(tx: Writer, actor: Actor, said: Said) -> Answer:
    if entered_act_drafts.current(tx, actor).mark != said.number():
        return show("old_button")
    entered_act_drafts.drop(tx, actor)
    return show("proxy.discarded")


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    entry = entered_acts.undo(tx, actor, said.number())
    return show("proxy.undone", name=entry.person, noun=entry.noun.value, subject=entry.subject_id)


def paper(tx: Writer, actor: Actor, said: Said) -> Answer:
    proxies.paper(tx, actor, said.number())
    return show("proxy.paper", fresh=True, entry=said.number())


def own(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("proxy.own")


def waiting(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("proxy.waiting", fresh=True)


def load_waiting(tx: Reader, actor: Actor, **args: Any) -> list[unsaid.Unsaid]:  # noqa: ARG001 - the shape of every load
    return unsaid.waiting(tx, actor)


def load_choice(tx: Reader, actor: Actor, *, noun: str, subject: int, person: int) -> entered_act_choices.Choice:
    return entered_act_choices.choice(tx, actor, Noun(noun), subject, person)


def load_draft(tx: Reader, actor: Actor, **args: Any) -> entered_act_drafts.Sheet:  # noqa: ARG001 - the shape of every load
    return entered_act_drafts.sheet(tx, actor)


def load_done(tx: Reader, actor: Actor, *, entry: int) -> entered_acts.Receipt:
    return entered_acts.receipt(tx, actor, entry)


def load_undone(tx: Reader, actor: Actor, *, name: str, noun: str, subject: int) -> Mapping[str, Any]:
    return {"name": name, "hearing": entered_acts.hearing(tx, actor, Noun(noun), subject)}


def load_paper(tx: Reader, actor: Actor, *, entry: int) -> EnteredAct:
    return proxies.paper(tx, actor, entry)


def load_own(tx: Reader, actor: Actor, **args: Any) -> tuple[EnteredAct, ...]:  # noqa: ARG001 - the shape of every load
    return proxies.of_person(tx, actor)


AREA = Area(
    presses={
        "proxy.choose": choose,
        "proxy.act": begin,
        "proxy.source": _changing(_source),
        "proxy.able": _changing(_capability),
        "proxy.ask_day": _changing(_day_open),
        "proxy.today": _changing(_today),
        "proxy.words": _changing(_words_open),
        "proxy.enter": enter,
        "proxy.discard": discard,
        "proxy.undo": undo,
        "proxy.paper": paper,
        "proxy.own": own,
        "proxy.waiting": waiting,
    },
    steps={entered_act_drafts.KIND: hear},
    keeps_files=frozenset({entered_act_drafts.KIND}),
    screens={
        "proxy.choose": Screen(load_choice, views.choose),
        "proxy.draft": Screen(load_draft, views.draft),
        "proxy.done": Screen(load_done, views.done),
        "proxy.discarded": Screen(nothing, views.discarded),
        "proxy.undone": Screen(load_undone, views.undone),
        "proxy.paper": Screen(load_paper, views.paper),
        "proxy.own": Screen(load_own, views.own),
        "proxy.waiting": Screen(load_waiting, unsaid_views.waiting),
    },
)
