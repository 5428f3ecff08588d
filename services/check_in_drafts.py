"""The report a person is writing, kept as a row: it survives a restart and is continued or begun anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Drafted, NeedAsked
from domain.check_ins import Attachment, Standing, chosen_at_first
from domain.needs import NeedAudience, NeedKind
from domain.refusals import Refusal
from services import access, dialogue, duties
from storage.database import Reader, Writer

KIND = "check_in"


def current(tx: Reader, actor: Actor) -> Drafted | None:
    draft = dialogue.of_kind(tx, actor, KIND)
    return None if draft is None else _unpacked(draft.payload)


def marked(tx: Reader, actor: Actor, mark: int) -> Drafted | None:
    """The report to which a button belongs; None for a button of an earlier one."""
    drafted = current(tx, actor)
    return drafted if drafted is not None and drafted.mark == mark else None


def keep(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    dialogue.begin(tx, actor, KIND, drafted.step, **asdict(drafted))


def drop(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def begin(tx: Writer, actor: Actor, *, mark: int, chat_id: int, message_id: int, words: str = "") -> Drafted:
    """Begin a report on what can be reported on now, with words that were said along with the command.

    Refusal: `nothing_to_report`.
    """
    person = access.myself(tx, actor)
    subjects = duties.reportable(tx, person.id, actor.now)
    if not subjects:
        raise Refusal("nothing_to_report")
    drafted = Drafted(
        mark=mark,
        offered=tuple(one.id for one in subjects),
        chosen=tuple(chosen_at_first(subjects, actor.now)),
        subjects_settled=len(subjects) == 1,
        chat_id=chat_id,
    )
    drafted = drafted.with_words(message_id, words) if words else drafted
    keep(tx, actor, drafted)
    return drafted


def settle_subjects(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    """Refusal `choose_a_subject`: a report is for one subject at least."""
    if not drafted.chosen:
        raise Refusal("choose_a_subject")
    keep(tx, actor, replace(drafted, subjects_settled=True))


def with_standing(drafted: Drafted, standing: Standing) -> Drafted:
    return replace(drafted, standing=standing, need=NeedAsked())


def _unpacked(payload: Mapping[str, Any]) -> Drafted:
    need, standing = payload["need"], payload["standing"]
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
    )
