"""代录: entering what somebody without Telegram said, in his name, from what and as given on which day.

The act itself is the one that he would do: the same rules hold, the same people are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.actors import Actor
from domain.entered_acts import NOBODY, Act, Drafted, EnteredAct, Noun, Step, noun_of
from domain.outcomes import OutcomeState
from domain.refusals import Refusal
from domain.reviews import Attribution, ReviewKind
from domain.rotations import Evaluation, NoteKind
from services import (
    audit,
    entered_act_drafts,
    leaves,
    need_undoing,
    needs,
    outcomes,
    pairing_agreement,
    pairing_notices,
    pairing_undoing,
    proxies,
    reviews,
    rotation_comments,
    rotation_courses,
    rotation_notes,
    rotation_notices,
)
from services.entered_act_choices import ABOUTS
from services.hearing import Hearing, just_now
from storage import entered_acts as rows
from storage import outcomes as outcome_rows
from storage import reviews as review_rows
from storage.database import Reader, Writer

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
NOTES: Mapping[Act, NoteKind] = {
    Act.HANDOVER: NoteKind.HANDOVER,
    Act.MIDTERM: NoteKind.MIDTERM,
    Act.FINAL: NoteKind.FINAL,
}


def enter(tx: Writer, actor: Actor, drafted: Drafted) -> int:
    """Do it in the person's name and put down where it comes from. Refusals: those of the act itself."""
    assert drafted.step is Step.PREVIEW
    assert actor.person_id is not None
    person_id = drafted.entered.person_id
    speaker = proxies.speaking(tx, actor, noun_of(drafted.act), drafted.subject_id, person_id)
    noun, subject_id = _do(tx, speaker, drafted)
    entry_id = rows.add(
        tx, drafted.act, noun, subject_id, drafted.entered, by=actor.person_id, now=actor.now, paper=drafted.paper,
        name="" if person_id else proxies.name_of(tx, noun, subject_id, person_id),
    )  # fmt: skip
    new = {"act": drafted.act, "source": drafted.entered.source, "given_on": drafted.entered.given_on}
    audit.record(tx, actor, "entered_act:enter", f"entered_act:{entry_id}", new=new, about=person_id or None)
    entered_act_drafts.drop(tx, actor)
    return entry_id


def pause(tx: Writer, actor: Actor, drafted: Drafted) -> int:
    """Pause somebody's reporting as he said, and put down where it comes from. The leave it became."""
    assert drafted.step is Step.PREVIEW
    assert drafted.pause is not None
    whom = leaves.Whom(drafted.entered.person_id)
    leave_id = leaves.take(tx, actor, whom, drafted.pause, drafted.entered, drafted.paper)
    entered_act_drafts.drop(tx, actor)
    return leave_id


def _do(tx: Writer, speaker: Actor, drafted: Drafted) -> tuple[Noun, int]:
    """What the act came to be about: a verdict on a report is a review."""
    act, subject_id = drafted.act, drafted.subject_id
    if act in VERDICTS:
        return Noun.REVIEW, reviews.review(tx, speaker, subject_id, VERDICTS[act], drafted.words)
    if act in CHOICES:
        reviews.attribute(tx, speaker, subject_id, CHOICES[act])
    elif act is Act.CLAIM:
        _claim(tx, speaker, subject_id)
    elif act in NOTES:
        rotation_notes.write(tx, speaker, subject_id, NOTES[act], drafted.words)
    elif act in ABOUTS:
        rotation_comments.write(tx, speaker, subject_id, ABOUTS[act], drafted.words)
    elif act is Act.EVALUATE:
        rotation_courses.evaluate(tx, speaker, subject_id, _evaluation(drafted))
    elif act is Act.ASK_CHANGE:
        pairing_agreement.ask_for_change(tx, speaker, subject_id, drafted.words)
    else:
        _NEED_ACTS[act](tx, speaker, subject_id)
    return noun_of(act), subject_id


def _evaluation(drafted: Drafted) -> Evaluation:
    """The first line says what the person can do alone, the rest is for the person."""
    assert drafted.capability is not None
    work, _, word = drafted.words.partition("\n")
    return Evaluation(work, drafted.capability, " ".join(word.split()))


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
    Act.WITHDRAW: need_undoing.withdraw,
    Act.SHARE: _share,
}


def undo(tx: Writer, actor: Actor, entry_id: int) -> EnteredAct:
    """Take back what one has entered, as far as the act itself can still be taken back.

    Refusals: `gone`, `not_yours`, `too_late_to_undo` and those of the act.
    """
    entry = own(tx, actor, entry_id)
    noun, subject_id = _asked_about(tx, entry)
    speaker = proxies.speaking(tx, actor, noun, subject_id, entry.person_id or NOBODY)
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


def _undo_turn(tx: Writer, speaker: Actor, entry: EnteredAct) -> None:
    rotation_courses.undo(tx, speaker, entry.subject_id)


_UNDOING: Mapping[Noun, Callable[[Writer, Actor, EnteredAct], None]] = {
    Noun.OUTCOME: _undo_outcome,
    Noun.REPORT: _undo_verdict,
    Noun.REVIEW: _undo_choice,
    Noun.NEED: _undo_need,
    Noun.PAIRING: _undo_wish,
    Noun.ROTATION: _undo_turn,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was entered, where it can be looked at, and who hears of it in a minute."""

    entry: EnteredAct
    noun: Noun
    subject_id: int
    hearing: Hearing


_TOLD_UNDER: Mapping[Noun, str] = {
    Noun.OUTCOME: outcomes.NOTICE,
    Noun.REVIEW: "review",
    Noun.NEED: "need",
    Noun.PAIRING: pairing_notices.NOTICE,
    Noun.ROTATION: rotation_notices.NOTICE,
}


QUIET = frozenset({Act.SIGN, Act.BE_UNNAMED, Act.KEEP_PRIVATE, Act.SHARE})
"""Acts of which nobody is told."""


def hearing(tx: Reader, actor: Actor, noun: Noun, subject_id: int) -> Hearing:
    return just_now(tx, actor, f"{_TOLD_UNDER[noun]}:{subject_id}:")


def receipt(tx: Reader, actor: Actor, entry_id: int) -> Receipt:
    entry = own(tx, actor, entry_id)
    told = Hearing() if entry.act in QUIET else hearing(tx, actor, entry.noun, entry.subject_id)
    if entry.noun is not Noun.REVIEW:
        return Receipt(entry, entry.noun, entry.subject_id, told)
    review = review_rows.get(tx, entry.subject_id)
    if review is None:
        raise Refusal("gone")
    return Receipt(entry, Noun.REPORT, review.check_in_id, told)


def own(tx: Reader, actor: Actor, entry_id: int) -> EnteredAct:
    entry = rows.get(tx, entry_id)
    if entry is None:
        raise Refusal("gone")
    if entry.secretary_id != actor.person_id:
        raise Refusal("not_yours")
    return entry
