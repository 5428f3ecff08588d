"""The report a person is writing, kept as a row: it survives a restart and is continued or begun anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Drafted, Entered, NeedAsked
from domain.check_ins import Attachment, Source, Standing, chosen_at_first, require_given
from domain.needs import NeedAudience, NeedKind
from domain.refusals import Refusal
from services import access, dialogue, duties
from services.dialogue import Draft
from storage.database import Reader, Writer

KIND = "check_in"


def current(tx: Reader, actor: Actor) -> Drafted | None:
    draft = dialogue.of_kind(tx, actor, KIND)
    return None if draft is None else unpacked(draft)


def marked(tx: Reader, actor: Actor, mark: int) -> Drafted | None:
    """The report to which a button belongs; None for a button of an earlier one."""
    drafted = current(tx, actor)
    return drafted if drafted is not None and drafted.mark == mark else None


def keep(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    packed = asdict(drafted)
    if drafted.entered is not None and drafted.entered.given_on is not None:
        packed["entered"]["given_on"] = drafted.entered.given_on.isoformat()
    dialogue.begin(tx, actor, KIND, drafted.step, **packed)


def drop(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def begin(
    tx: Writer, actor: Actor, *, mark: int, chat_id: int, message_id: int, words: str = "", person_id: int | None = None
) -> Drafted:
    """Begin a report on what can be reported on now, with words that were said along with the command; for another
    person (`person_id`) by a secretary of the branch.

    Refusals: `nothing_to_report`, `not_yours`.
    """
    person = access.writes_for(tx, actor, person_id)
    subjects = duties.reportable(tx, person.id, actor.now)
    if not subjects:
        raise Refusal("nothing_to_report")
    drafted = Drafted(
        mark=mark,
        offered=tuple(one.id for one in subjects),
        chosen=tuple(chosen_at_first(subjects, actor.now)),
        subjects_settled=len(subjects) == 1,
        chat_id=chat_id,
        entered=None if person.id == actor.person_id else Entered(person.id),
    )
    drafted = drafted.with_words(message_id, words) if words else drafted
    keep(tx, actor, drafted)
    return drafted


def with_source(drafted: Drafted, actor: Actor, source: Source) -> Drafted:
    """What is entered today was most often given today; another day can be said in the preview."""
    assert drafted.entered is not None
    day = drafted.entered.given_on or actor.today
    return replace(drafted, entered=replace(drafted.entered, source=source, given_on=day))


def with_day(drafted: Drafted, actor: Actor, day: date | None) -> Drafted:
    """The day on which it was given; None asks for it again. Refusal: `given_in_future`."""
    assert drafted.entered is not None
    if day is not None:
        require_given(day, actor.today)
    return replace(drafted, entered=replace(drafted.entered, given_on=day))


def settle_subjects(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    """Refusal `choose_a_subject`: a report is for one subject at least."""
    if not drafted.chosen:
        raise Refusal("choose_a_subject")
    keep(tx, actor, replace(drafted, subjects_settled=True))


def with_standing(drafted: Drafted, standing: Standing) -> Drafted:
    return replace(drafted, standing=standing, need=NeedAsked())


def unpacked(draft: Draft) -> Drafted:
    payload = draft.payload
    need, standing, entered = payload["need"], payload["standing"], payload.get("entered")
    return Drafted(
        mark=payload["mark"],
        offered=tuple(payload["offered"]),
        chosen=tuple(payload["chosen"]),
        subjects_settled=payload["subjects_settled"],
        chat_id=payload["chat_id"],
        parts=tuple((int(message_id), str(words)) for message_id, words in payload["parts"]),
        files=tuple(Attachment(**file) for file in payload["files"]),
        standing=Standing(standing) if standing else None,
        need=NeedAsked(
            NeedKind(need["kind"]) if need["kind"] else None,
            NeedAudience(need["audience"]) if need["audience"] else None,
            need["text"],
        ),
        pending=payload["pending"],
        entered=_entered(entered) if entered else None,
        pending_for=payload.get("pending_for"),
    )


def _entered(packed: Mapping[str, Any]) -> Entered:
    source, day = packed["source"], packed["given_on"]
    return Entered(packed["person_id"], Source(source) if source else None, date.fromisoformat(day) if day else None)
