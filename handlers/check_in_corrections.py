"""After the report: undo, change, add what was asked for, skip a period, and read a report again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.check_ins import Standing
from domain.refusals import Refusal
from handlers.answers import Answer, show
from handlers.areas import Area, Screen, nothing
from handlers.check_ins import file_of
from handlers.said import Said
from handlers.views import check_in_cards
from handlers.views import check_in_corrections as views
from handlers.views.check_in_pieces import REASONS
from handlers.views.reminders import EVERYTHING
from locales import language
from services import check_in_corrections, check_ins, dialogue, duties, outcomes, reminders
from services.delivery import Skip
from services.dialogue import Draft
from storage.database import Reader, Writer

CHANGE, SKIP = "check_in_change", "check_in_skip"


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    check_in_corrections.undo(tx, actor, said.number(), said.update_id)
    return show("check_in.undone", mark=said.update_id, check_in=said.number())


def edit(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Ask for new words; how it stands changes with one tap."""
    check_in_corrections.may_change(tx, actor, said.number())
    dialogue.begin(tx, actor, CHANGE, "replace", check_in=said.number())
    return show("check_in.ask_change", fresh=True, check_in=said.number(), adding=False)


def add(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Ask for what the mentor wants added."""
    check_in_corrections.may_change(tx, actor, said.number())
    dialogue.begin(tx, actor, CHANGE, "add", check_in=said.number())
    return show("check_in.ask_change", fresh=True, check_in=said.number(), adding=True)


def hear_change(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """A file alone joins the report and leaves its words as they are."""
    check_in_id = int(draft.payload["check_in"])
    files = [file_of(said.attached)] if said.attached else []
    if files and not said.text:
        check_in_corrections.attach(tx, actor, check_in_id, files)
        return show("check_in.attached", fresh=True, check_in=check_in_id, adding=draft.step == "add")
    change = check_in_corrections.add if draft.step == "add" else check_in_corrections.change_text
    change(tx, actor, check_in_id, said.text, files)
    dialogue.drop(tx, actor, CHANGE)
    return show("check_in.changed", fresh=True, check_in=check_in_id, did=True)


def leave_as_is(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, CHANGE)
    return show("check_in.changed", check_in=said.number())


def change_standing(tx: Writer, actor: Actor, said: Said) -> Answer:
    standing = said.one_of(Standing, 1)
    check_in_corrections.change_standing(tx, actor, said.number(), standing)
    dialogue.drop(tx, actor, CHANGE)
    if standing is Standing.NEEDS_SUPPORT:
        return show("need.which", check_in=said.number())
    return show("check_in.changed", check_in=said.number(), did=True)


def reached(tx: Writer, actor: Actor, said: Said) -> Answer:
    """已达成: of which outcome; from there someone else verifies it."""
    outcomes.claim(tx, actor, said.number(1))
    return show("outcome.card", fresh=True, id=said.number(1), did="claimed")


def skip(tx: Writer, actor: Actor, said: Said) -> Answer:
    """本期暂不汇报: ask for the reason, by a tap or in the person's own words; one reason will do for everything."""
    if said.number() != EVERYTHING and not duties.of_holder(tx, actor, [said.number()]):
        raise Refusal("not_yours")
    dialogue.begin(tx, actor, SKIP, "reason", duty=said.number())
    return show("check_in.ask_reason", fresh=True, duty=said.number())


def give_reason(tx: Writer, actor: Actor, said: Said) -> Answer:
    if said.number(1) >= len(REASONS):
        raise Refusal("gone")
    return _skipped(tx, actor, said.number(), language(actor.locale).text(REASONS[said.number(1)]))


def hear_reason(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    return _skipped(tx, actor, int(draft.payload["duty"]), said.text, fresh=True)


def _skipped(tx: Writer, actor: Actor, duty_id: int, reason: str, *, fresh: bool = False) -> Answer:
    if duty_id == EVERYTHING:
        skipped = reminders.skip_everything(tx, actor, reason)
    else:
        skipped = [duties.skip(tx, actor, duty_id, reason)]
    dialogue.drop(tx, actor, SKIP)
    return show("check_in.skipped", fresh=fresh, duties=[one.id for one in skipped])


def report_after_all(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`check_in.unskip:duty:duty…`: what was not to be reported on is asked for again."""
    for duty_id in said.numbers():
        duties.owe_again(tx, actor, duty_id)
    return show("check_in.unskipped")


def keep_reporting(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    dialogue.drop(tx, actor, SKIP)
    return show("check_in.not_skipped")


def read(tx: Writer, actor: Actor, said: Said) -> Answer:
    check_ins.read(tx, actor, said.number())
    return show("check_in.card", fresh=True, check_in=said.number())


def load_undone(tx: Reader, actor: Actor, *, mark: int, check_in: int) -> Mapping[str, Any]:
    return {"mark": mark, "hearing": check_in_corrections.hearing(tx, actor, check_in)}


def load_taken_back(tx: Reader, actor: Actor, *, check_in: int) -> check_in_corrections.TakenBack | Skip:  # noqa: ARG001 - the shape of every load
    return check_in_corrections.taken_back(tx, check_in) or Skip("no_longer_true")


def load_skipped(tx: Reader, actor: Actor, *, duties: list[int]) -> Mapping[str, Any]:
    return {"left": len(reminders.skippable(tx, actor)), "duties": duties}


def load_card(tx: Reader, actor: Actor, *, check_in: int, **args: Any) -> check_ins.Card:  # noqa: ARG001 - the shape of every load
    return check_ins.card(tx, actor, check_in)


def load_changed(tx: Reader, actor: Actor, *, check_in: int, did: bool = False) -> views.Changed:
    receipt = check_ins.receipt(tx, actor, check_in)
    if not did:
        return views.Changed(receipt)
    readers, told = check_in_corrections.readers_before(tx, actor, check_in)
    return views.Changed(receipt, told, readers)


def load_change(tx: Reader, actor: Actor, *, check_in: int, adding: bool) -> tuple[check_ins.Card, bool]:
    return check_ins.card(tx, actor, check_in), adding


AREA = Area(
    presses={
        "check_in.undo": undo,
        "check_in.edit": edit,
        "check_in.add": add,
        "check_in.keep": leave_as_is,
        "check_in.change_standing": change_standing,
        "check_in.reached": reached,
        "check_in.skip": skip,
        "check_in.reason": give_reason,
        "check_in.keep_reporting": keep_reporting,
        "check_in.unskip": report_after_all,
        "check_in.read": read,
    },
    steps={CHANGE: hear_change, SKIP: hear_reason},
    keeps_files=frozenset({CHANGE}),
    screens={
        "check_in.undone": Screen(load_undone, views.undone),
        check_in_corrections.TAKEN_BACK: Screen(load_taken_back, views.taken_back),
        "check_in.ask_change": Screen(load_change, views.ask_change),
        "check_in.attached": Screen(load_change, views.attached),
        "check_in.changed": Screen(load_changed, views.changed),
        "check_in.ask_reason": Screen(nothing, views.ask_reason),
        "check_in.skipped": Screen(load_skipped, views.skipped),
        "check_in.unskipped": Screen(nothing, views.unskipped),
        "check_in.not_skipped": Screen(nothing, views.not_skipped),
        "check_in.card": Screen(load_card, check_in_cards.card),
        "check_in.card_again": Screen(load_card, check_in_cards.card_again),
    },
)
