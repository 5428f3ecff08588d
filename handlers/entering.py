"""代录: a secretary writes a report for somebody of the branch, from paper, from what was said, or from a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Drafted, Step
from domain.check_ins import Source
from domain.refusals import Refusal
from domain.spoken_days import read_day
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import entering as views
from handlers.views.check_in_pieces import REASONS
from locales import language
from services import access, check_in_drafts, check_ins, entering
from services.delivery import Skip
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """From the person's card; a report begun earlier is not lost by it."""
    person_id = said.number()
    known = check_in_drafts.current(tx, actor)
    if known is not None and (known.parts or known.files):
        entering.may_enter(tx, actor, person_id)
        check_in_drafts.keep(tx, actor, replace(known, pending="", pending_for=person_id))
        return show("check_in.resume", fresh=True)
    check_in_drafts.begin(
        tx, actor, mark=said.update_id, chat_id=said.chat_id, message_id=said.message_id, person_id=person_id
    )
    return show("check_in.draft", fresh=True)


def hear(tx: Writer, actor: Actor, said: Said, drafted: Drafted) -> Answer:
    """The day on which it was given. Words that come before it is asked are the report's."""
    day = read_day(said.text, actor.today)
    if day is None:
        raise Refusal("not_a_day")
    check_in_drafts.keep(tx, actor, check_in_drafts.with_day(drafted, actor, day))
    return show("check_in.draft", fresh=True)


def source(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = _entered(tx, actor, said)
    if drafted is None:
        return show("old_button")
    check_in_drafts.keep(tx, actor, check_in_drafts.with_source(drafted, actor, said.one_of(Source, 1)))
    return show("check_in.draft")


def ask_day(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = _entered(tx, actor, said)
    if drafted is None:
        return show("old_button")
    check_in_drafts.keep(tx, actor, check_in_drafts.with_day(drafted, actor, None))
    return show("check_in.draft")


def today(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = _entered(tx, actor, said)
    if drafted is None:
        return show("old_button")
    check_in_drafts.keep(tx, actor, check_in_drafts.with_day(drafted, actor, actor.today))
    return show("check_in.draft")


def ask_reason(tx: Writer, actor: Actor, said: Said) -> Answer:
    """本期暂不汇报, entered for somebody."""
    return show("old_button") if _sourced(tx, actor, said) is None else show("entry.ask_reason")


def skip(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafted = _sourced(tx, actor, said)
    if drafted is None or said.number(1) >= len(REASONS):
        return show("old_button")
    assert drafted.entered is not None
    skipped = entering.skip(tx, actor, drafted, language(actor.locale).text(REASONS[said.number(1)]))
    return show("entry.skipped", duties=[one.id for one in skipped])


def report_after_all(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`entry.unskip:duty:duty…`, the secretary's second thought."""
    owed = entering.report_after_all(tx, actor, said.numbers())
    return show("entry.unskipped", person_id=owed[0].holder_id)


def _entered(tx: Reader, actor: Actor, said: Said) -> Drafted | None:
    drafted = check_in_drafts.marked(tx, actor, said.number())
    return drafted if drafted is not None and drafted.entered is not None else None


def _sourced(tx: Reader, actor: Actor, said: Said) -> Drafted | None:
    """Only once it is clear from what it is entered, as it will be marked."""
    drafted = _entered(tx, actor, said)
    return None if drafted is None or drafted.step in (Step.SOURCE, Step.GIVEN_ON) else drafted


def load_owing(tx: Reader, actor: Actor, **args: Any) -> tuple[entering.Owing, ...]:  # noqa: ARG001 - the shape of every load
    return entering.owing(tx, actor)


def load_writing(tx: Reader, actor: Actor, **args: Any) -> check_ins.Writing:  # noqa: ARG001 - the shape of every load
    return check_ins.writing(tx, actor)


def load_person(tx: Reader, actor: Actor, *, person_id: int, **args: Any) -> Mapping[str, Any]:
    return {**args, "person": access.writes_for(tx, actor, person_id)}


def load_skips(tx: Reader, actor: Actor, *, duties: Sequence[int], **args: Any) -> Mapping[str, Any] | Skip:
    found = entering.skips(tx, actor, duties)
    return found if isinstance(found, Skip) else {**args, "duties": duties, "entered": found}


def load_skipped(tx: Reader, actor: Actor, *, duties: Sequence[int], **args: Any) -> Mapping[str, Any] | Skip:
    """For the secretary, with when the person is told of it."""
    found = load_skips(tx, actor, duties=duties, **args)
    if isinstance(found, Skip):
        return found
    return {**found, "hearing": entering.hearing(tx, actor, duties)}


def load_entered(tx: Reader, actor: Actor, *, check_in: int) -> Any:
    return entering.entered(tx, actor, check_in)


def owing(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("entry.owing", fresh=True)


AREA = Area(
    presses={
        "entry.for": begin,
        "entry.source": source,
        "entry.ask_day": ask_day,
        "entry.today": today,
        "entry.skip": ask_reason,
        "entry.reason": skip,
        "entry.unskip": report_after_all,
        "entry.owing": owing,
    },
    screens={
        "entry.ask_reason": Screen(load_writing, views.ask_reason),
        "entry.skipped": Screen(load_skipped, views.skipped),
        entering.SKIPPED: Screen(load_skips, views.skipped_for),
        "entry.unskipped": Screen(load_person, views.unskipped),
        "entry.owing": Screen(load_owing, views.owing),
        "check_in.entered": Screen(load_entered, views.entered),
    },
)
