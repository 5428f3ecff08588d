"""代录: entering what somebody without Telegram said, in his name, from what and as given on which day.

The act itself is the one that he would do: the same rules hold, the same people are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.check_in_drafts import Entered
from domain.check_ins import Attachment, Source, require_given
from domain.entered_acts import Act, Drafted, EnteredAct, Noun, Step, noun_of
from domain.needs import HELPED, NeedState
from domain.outcomes import OutcomeState
from domain.refusals import Refusal
from domain.reviews import REVIEW_LIMIT, Attribution, ReviewKind
from domain.wording import fitting
from services import (
    audit,
    dialogue,
    need_undoing,
    needs,
    outcomes,
    pairing_agreement,
    pairing_undoing,
    proxies,
    reviews,
)
from storage import entered_acts as rows
from storage import needs as need_rows
from storage import outcomes as outcome_rows
from storage import people
from storage import reviews as review_rows
from storage.database import Reader, Writer

KIND = "entered_act"
VERDICTS: Mapping[Act, ReviewKind] = {
    Act.NOTE: ReviewKind.NOTED,
    Act.COMMENT: ReviewKind.COMMENTED,
    Act.ASK_TO_ADD: ReviewKind.PLEASE_ADD,
    Act.HIGHLIGHT: ReviewKind.HIGHLIGHT,
}
CHOICES: Mapping[Act, Attribution] = {
    Act.SIGN: Attribution.SIGNED,
    Act.BE_UNNAMED: Attribution.ANONYMOUS,
    Act.KEEP_PRIVATE: Attribution.PRIVATE,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom something is to be entered, and what that can be."""

    proxy: proxies.Proxy
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry being made, and the name of the one it is made for."""

    drafted: Drafted
    name: str


def choice(tx: Reader, actor: Actor, noun: Noun, subject_id: int, person_id: int) -> Choice:
    proxies.speaking(tx, actor, noun, subject_id, person_id)
    proxy = proxies.Proxy(noun, subject_id, person_id, _name(tx, person_id))
    return Choice(proxy, tuple(_open_acts(tx, noun, subject_id)))


def _open_acts(tx: Reader, noun: Noun, subject_id: int) -> list[Act]:
    return [act for act in Act if noun_of(act) is noun and (noun is not Noun.NEED or _need_takes(tx, act, subject_id))]


def _need_takes(tx: Reader, act: Act, need_id: int) -> bool:
    need = need_rows.get(tx, need_id)
    if need is None:
        return False
    if act is Act.SHARE:
        return need.state in HELPED and bool(need.answer) and need.shared_at is None
    if act is Act.NOT_YET:
        return need.state is NeedState.ANSWERED
    return need.state in (NeedState.OPEN, NeedState.ANSWERED)


def begin(tx: Writer, actor: Actor, act: Act, subject_id: int, person_id: int, mark: int) -> None:
    """Refusals: `not_yours`, `speaks_himself`."""
    proxies.speaking(tx, actor, noun_of(act), subject_id, person_id)
    keep(tx, actor, Drafted(mark, act, subject_id, Entered(person_id)))


def keep(tx: Writer, actor: Actor, drafted: Drafted) -> None:
    packed = asdict(drafted)
    day = drafted.entered.given_on
    packed["entered"]["given_on"] = None if day is None else day.isoformat()
    dialogue.begin(tx, actor, KIND, drafted.step, **packed)


def drop(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def current(tx: Reader, actor: Actor) -> Drafted:
    """Refused to whoever may no longer enter it."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    drafted = _unpacked(draft.payload)
    proxies.speaking(tx, actor, noun_of(drafted.act), drafted.subject_id, drafted.entered.person_id)
    return drafted


def sheet(tx: Reader, actor: Actor) -> Sheet:
    drafted = current(tx, actor)
    return Sheet(drafted, _name(tx, drafted.entered.person_id))


def with_words(drafted: Drafted, words: str) -> Drafted:
    return replace(drafted, words=fitting(words, REVIEW_LIMIT))


def with_source(drafted: Drafted, actor: Actor, source: Source) -> Drafted:
    """What is entered today was most often given today; another day can be said in the preview."""
    return replace(drafted, entered=replace(drafted.entered, source=source, given_on=actor.today))


def with_day(drafted: Drafted, actor: Actor, day: date | None) -> Drafted:
    """The day on which it was given; None asks for it again. Refusal: `given_in_future`."""
    if day is not None:
        require_given(day, actor.today)
    return replace(drafted, entered=replace(drafted.entered, given_on=day))


def enter(tx: Writer, actor: Actor, drafted: Drafted) -> int:
    """Do it in the person's name and put down where it comes from. Refusals: those of the act itself."""
    assert drafted.step is Step.PREVIEW
    assert actor.person_id is not None
    person_id = drafted.entered.person_id
    speaker = proxies.speaking(tx, actor, noun_of(drafted.act), drafted.subject_id, person_id)
    noun, subject_id = _do(tx, speaker, drafted)
    entry_id = rows.add(
        tx, drafted.act, noun, subject_id, drafted.entered, by=actor.person_id, paper=drafted.paper, now=actor.now
    )
    new = {"act": drafted.act, "source": drafted.entered.source, "given_on": drafted.entered.given_on}
    audit.record(tx, actor, "entered_act:enter", f"entered_act:{entry_id}", new=new, about=person_id)
    drop(tx, actor)
    return entry_id


def _do(tx: Writer, speaker: Actor, drafted: Drafted) -> tuple[Noun, int]:
    """What the act came to be about: a verdict on a report is a review."""
    act, subject_id = drafted.act, drafted.subject_id
    if act in VERDICTS:
        return Noun.REVIEW, reviews.review(tx, speaker, subject_id, VERDICTS[act], drafted.words)
    if act in CHOICES:
        reviews.attribute(tx, speaker, subject_id, CHOICES[act])
    elif act is Act.CLAIM:
        _claim(tx, speaker, subject_id)
    elif act is Act.ASK_CHANGE:
        pairing_agreement.ask_for_change(tx, speaker, subject_id, drafted.words)
    else:
        _NEED_ACTS[act](tx, speaker, subject_id)
    return noun_of(act), subject_id


def _claim(tx: Writer, speaker: Actor, outcome_id: int) -> None:
    outcome = outcome_rows.lock(tx, outcome_id)
    if outcome is None or outcome.state is not OutcomeState.PLANNED:
        raise Refusal("already_done")
    outcomes.claim(tx, speaker, outcome_id)


def _share(tx: Writer, speaker: Actor, need_id: int) -> None:
    needs.share(tx, speaker, need_id, shared=True)


_NEED_ACTS: Mapping[Act, Callable[[Writer, Actor, int], None]] = {
    Act.SOLVE: needs.solve,
    Act.NOT_YET: needs.not_yet,
    Act.WITHDRAW: needs.withdraw,
    Act.SHARE: _share,
}


def undo(tx: Writer, actor: Actor, entry_id: int) -> EnteredAct:
    """Take back what one has entered, as far as the act itself can still be taken back.

    Refusals: `gone`, `not_yours`, `too_late_to_undo` and those of the act.
    """
    entry = own(tx, actor, entry_id)
    noun, subject_id = _asked_about(tx, entry)
    speaker = proxies.speaking(tx, actor, noun, subject_id, entry.person_id)
    _UNDOING[noun](tx, speaker, entry)
    rows.withdraw(tx, entry_id, actor.now)
    audit.record(tx, actor, "entered_act:undo", f"entered_act:{entry_id}", about=entry.person_id)
    return entry


def _asked_about(tx: Reader, entry: EnteredAct) -> tuple[Noun, int]:
    """Where it was entered: a verdict on the report that it is about."""
    if entry.act not in VERDICTS:
        return entry.noun, entry.subject_id
    review = review_rows.get(tx, entry.subject_id)
    if review is None:
        raise Refusal("gone")
    return Noun.REPORT, review.check_in_id


def _undo_outcome(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    outcomes.undo(tx, speaker, entry.subject_id)


def _undo_verdict(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    reviews.undo(tx, speaker, entry.subject_id)


def _undo_choice(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    reviews.attribute(tx, speaker, entry.subject_id, None)


def _undo_need(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    if entry.act is Act.SHARE:
        needs.share(tx, speaker, entry.subject_id, shared=False)
    else:
        need_undoing.undo(tx, speaker, entry.subject_id)


def _undo_wish(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    pairing_undoing.undo(tx, speaker, entry.subject_id)


_UNDOING: Mapping[Noun, Callable[[Writer, Actor, EnteredAct], None]] = {
    Noun.OUTCOME: _undo_outcome,
    Noun.REPORT: _undo_verdict,
    Noun.REVIEW: _undo_choice,
    Noun.NEED: _undo_need,
    Noun.PAIRING: _undo_wish,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was entered, and where it can be looked at."""

    entry: EnteredAct
    noun: Noun
    subject_id: int


def receipt(tx: Reader, actor: Actor, entry_id: int) -> Receipt:
    entry = own(tx, actor, entry_id)
    if entry.noun is not Noun.REVIEW:
        return Receipt(entry, entry.noun, entry.subject_id)
    review = review_rows.get(tx, entry.subject_id)
    if review is None:
        raise Refusal("gone")
    return Receipt(entry, Noun.REPORT, review.check_in_id)


def own(tx: Reader, actor: Actor, entry_id: int) -> EnteredAct:
    entry = rows.get(tx, entry_id)
    if entry is None:
        raise Refusal("gone")
    if entry.secretary_id != actor.person_id:
        raise Refusal("not_yours")
    return entry


def _name(tx: Reader, person_id: int) -> str:
    found = people.get(tx, person_id)
    return "" if found is None else found.name


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
        paper=Attachment(**paper) if paper else None,
    )
