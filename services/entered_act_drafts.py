"""An entry for somebody (代录) while it is made, kept as a row: what is still lacking is asked for step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Entered
from domain.check_ins import Attachment, Source, require_given
from domain.duties import Leave
from domain.entered_acts import Act, Drafted, noun_of
from domain.refusals import Refusal
from domain.reviews import REVIEW_LIMIT
from domain.rotations import Capability
from domain.wording import fitting
from services import access, dialogue, leaves, proxies
from services.leaves import Whom
from storage.database import Reader, Writer

KIND = "entered_act"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry being made, the name of the one it is made for, and of a pause what it would excuse."""

    drafted: Drafted
    name: str
    pause: leaves.Preview | None = None


def begin(tx: Writer, actor: Actor, act: Act, subject_id: int, person_id: int, mark: int) -> None:
    """Refusals: `not_yours`, `speaks_himself`."""
    proxies.speaking(tx, actor, noun_of(act), subject_id, person_id)
    keep(tx, actor, Drafted(mark, act, subject_id, Entered(person_id)))


def begin_pause(tx: Writer, actor: Actor, person_id: int, span: Leave, mark: int) -> None:
    """A pause of somebody's reporting, which is not there yet. Refusals: those of `leaves.preview`, and `speaks_himself`."""
    leaves.preview(tx, actor, Whom(person_id), span)
    drafted = Drafted(mark, Act.PAUSE, 0, Entered(person_id), pause=span)
    _require_may(tx, actor, drafted)
    keep(tx, actor, drafted)


def _require_may(tx: Reader, actor: Actor, drafted: Drafted) -> None:
    person_id = drafted.entered.person_id
    if drafted.act is Act.PAUSE:
        access.in_name_of(tx, actor, person_id, about=person_id)
    else:
        proxies.speaking(tx, actor, noun_of(drafted.act), drafted.subject_id, person_id)


def keep(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    packed, day, pause = asdict(drafted), drafted.entered.given_on, drafted.pause
    packed["entered"]["given_on"] = None if day is None else day.isoformat()
    packed["pause"] = None if pause is None else [pause.first.isoformat(), pause.last.isoformat()]
    dialogue.begin(tx, actor, KIND, drafted.step, **packed)


def drop(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def current(tx: Reader, actor: Actor) -> Drafted:
    """Refused to whoever may no longer enter it."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    drafted = _unpacked(draft.payload)
    _require_may(tx, actor, drafted)
    return drafted


def sheet(tx: Reader, actor: Actor) -> Sheet:
    drafted = current(tx, actor)
    noun, person_id = noun_of(drafted.act), drafted.entered.person_id
    pause = leaves.preview(tx, actor, Whom(person_id), drafted.pause) if drafted.pause else None
    return Sheet(drafted, proxies.name_of(tx, noun, drafted.subject_id, person_id), pause)


def with_words(drafted: Drafted, words: str) -> Drafted:
    return replace(drafted, words=fitting(words, REVIEW_LIMIT))


def with_capability(drafted: Drafted, capability: Capability) -> Drafted:
    return replace(drafted, capability=capability)


def with_source(drafted: Drafted, actor: Actor, source: Source) -> Drafted:
    """What is entered today was most often given today; another day can be said in the preview."""
    return replace(drafted, entered=replace(drafted.entered, source=source, given_on=actor.today))


def with_day(drafted: Drafted, actor: Actor, day: date | None) -> Drafted:
    """The day on which it was given; None asks for it again. Refusal: `given_in_future`."""
    if day is not None:
        require_given(day, actor.today)
    return replace(drafted, entered=replace(drafted.entered, given_on=day))


def _unpacked(payload: Mapping[str, Any]) -> Drafted:
    entered, paper = payload["entered"], payload["paper"]
    source, day = entered["source"], entered["given_on"]
    return Drafted(
        mark=payload["mark"],
        act=Act(payload["act"]),
        subject_id=payload["subject_id"],
        entered=Entered(
            entered["person_id"], Source(source) if source else None, date.fromisoformat(day) if day else None
        ),
        words=payload["words"],
        capability=Capability(able) if (able := payload.get("capability")) else None,
        paper=Attachment(**paper) if paper else None,
        pause=Leave(*map(date.fromisoformat, span)) if (span := payload.get("pause")) else None,
    )
