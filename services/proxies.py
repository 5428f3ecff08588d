"""代录: for whom a secretary may say something, and what was entered so, for whoever may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.actors import Actor
from domain.check_ins import Capacity
from domain.entered_acts import NOBODY, EnteredAct, Noun
from domain.refusals import Refusal
from domain.reviews import ReviewKind
from domain.rotations import UNDER_WAY, RotationState
from services import access, leaves, rotation_access, rotation_comments
from services.pairing_access import Side, opened
from storage import check_ins, duties, entered_acts, guidance, needs, outcomes, pairings, people, reviews, rotations
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Proxy:
    """Somebody without Telegram who has something to say, which the reader may enter."""

    noun: Noun
    subject_id: int
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What is spoken of: the person whose it is, those who have a word in it, and the unit in which he rotates."""

    about: int
    speakers: tuple[int, ...]
    hosted_by: int | None = None


def _outcome(tx: Reader, _: Actor, outcome_id: int) -> Matter | None:
    outcome = outcomes.get(tx, outcome_id)
    pairing = None if outcome is None else pairings.get(tx, outcome.pairing_id)
    return None if pairing is None else Matter(pairing.mentee_id, (pairing.mentee_id,))


def _report(tx: Reader, actor: Actor, check_in_id: int) -> Matter | None:
    report = check_ins.get(tx, check_in_id)
    if report is None or report.withdrawn_at is not None:
        return None
    guides = [*guidance.mentors_of(tx, report.person_id, actor.today), *guidance.hosts_of(tx, check_in_id)]
    return Matter(report.person_id, tuple(dict.fromkeys(guides)))


def _review(tx: Reader, _: Actor, review_id: int) -> Matter | None:
    review = reviews.get(tx, review_id)
    report = (
        None if review is None or review.kind is not ReviewKind.HIGHLIGHT else check_ins.get(tx, review.check_in_id)
    )
    return None if report is None else Matter(report.person_id, (report.person_id,))


def _need(tx: Reader, _: Actor, need_id: int) -> Matter | None:
    need = needs.get(tx, need_id)
    return None if need is None else Matter(need.person_id, (need.person_id,))


def _pairing(tx: Reader, _: Actor, pairing_id: int) -> Matter | None:
    pairing = pairings.get(tx, pairing_id)
    if pairing is None:
        return None
    return Matter(pairing.mentee_id, (pairing.mentee_id, *pairings.mentors_of(tx, [pairing_id]).get(pairing_id, [])))


def _rotation(tx: Reader, actor: Actor, rotation_id: int) -> Matter | None:
    """The secretary of the host unit speaks for the host alone. Once it is closed, mentors alone have a word left."""
    rotation = rotations.get(tx, rotation_id)
    if rotation is None or rotation.state not in (*UNDER_WAY, RotationState.CLOSED):
        return None
    own = access.serves_branch_of(tx, actor, rotation.person_id)
    mentors = rotation_comments.mentors_with_a_word(tx, rotation, actor.today) if own else []
    if rotation.state is RotationState.CLOSED:
        return Matter(rotation.person_id, tuple(mentors))
    host = NOBODY if rotation.host_id is None and rotation.host_name else rotation.host_id
    at_home = (rotation.person_id, rotation.leader_id, *mentors) if own else ()
    speakers = (one for one in (*at_home, host) if one is not None)
    return Matter(rotation.person_id, tuple(dict.fromkeys(speakers)), rotation.unit_id)


_MATTERS: Mapping[Noun, Callable[[Reader, Actor, int], Matter | None]] = {
    Noun.OUTCOME: _outcome,
    Noun.REPORT: _report,
    Noun.REVIEW: _review,
    Noun.NEED: _need,
    Noun.PAIRING: _pairing,
    Noun.ROTATION: _rotation,
}
"""That there is no report this time is entered where reports are, and a leave where leaves are."""


def _matter(tx: Reader, actor: Actor, noun: Noun, subject_id: int) -> Matter | None:
    return _MATTERS[noun](tx, actor, subject_id) if noun in _MATTERS else None


def speaking(tx: Reader, actor: Actor, noun: Noun, subject_id: int, person_id: int) -> Actor:
    """The person as the one who acts, by the actor's hand. Refusals: `not_yours`, `speaks_himself`."""
    matter = _matter(tx, actor, noun, subject_id)
    if matter is None or person_id not in matter.speakers:
        raise Refusal("not_yours")
    return access.in_name_of(tx, actor, person_id, matter.about, matter.hosted_by)


def name_of(tx: Reader, noun: Noun, subject_id: int, person_id: int) -> str:
    """Of somebody of the roster, or the name that stands in the rotation."""
    found = people.get(tx, person_id)
    if found is not None or noun is not Noun.ROTATION:
        return "" if found is None else found.name
    rotation = rotations.get(tx, subject_id)
    return "" if rotation is None else rotation.host_name


def offered(tx: Reader, actor: Actor, noun: Noun, subject_id: int) -> tuple[Proxy, ...]:
    """For whom the reader may enter something here."""
    matter = _matter(tx, actor, noun, subject_id)
    if matter is None or not access.enters_about(tx, actor, matter.about, matter.hosted_by):
        return ()
    silent = [one for one in matter.speakers if not access.uses_telegram(tx, one, actor.now)]
    named = (Proxy(noun, subject_id, one, name_of(tx, noun, subject_id, one)) for one in silent)
    return tuple(one for one in named if one.name and actor.person_id not in (one.person_id, matter.about))


def entered(tx: Reader, noun: Noun, subject_ids: Sequence[int]) -> tuple[EnteredAct, ...]:
    """What was entered about these, for whoever has opened them."""
    return tuple(entered_acts.of_subjects(tx, noun, subject_ids))


def paper(tx: Reader, actor: Actor, entry_id: int) -> EnteredAct:
    """An entry with the picture of what was handed in, for whoever may open what it is about."""
    entry = entered_acts.get(tx, entry_id)
    if entry is None:
        raise Refusal("gone")
    if actor.person_id != entry.person_id:
        _DOORS[entry.noun](tx, actor, entry.subject_id)
    return entry


def _open_outcome(tx: Reader, actor: Actor, outcome_id: int) -> object:
    outcome = outcomes.get(tx, outcome_id)
    if outcome is None:
        raise Refusal("gone")
    return _open_pairing(tx, actor, outcome.pairing_id)


def _open_pairing(tx: Reader, actor: Actor, pairing_id: int) -> object:
    """An officer reads people and state, and no papers."""
    _, _, sides = opened(tx, actor, pairing_id)
    if sides == {Side.OFFICER}:
        raise Refusal("not_yours")
    return sides


def _open_need(tx: Reader, actor: Actor, need_id: int) -> object:
    """Above the branch it is known in the branch's words alone."""
    _, capacity = access.need(tx, actor, need_id)
    if capacity is Capacity.ABOVE:
        raise Refusal("not_yours")
    return capacity


def _open_rotation(tx: Reader, actor: Actor, rotation_id: int) -> object:
    """An officer reads place, days and state alone."""
    _, _, sides = rotation_access.opened(tx, actor, rotation_id)
    if sides == {rotation_access.Side.OFFICER}:
        raise Refusal("not_yours")
    return sides


def _open_duty(tx: Reader, actor: Actor, duty_id: int) -> object:
    duty = next(iter(duties.many(tx, [duty_id])), None)
    if duty is None:
        raise Refusal("gone")
    return access.reports_of(tx, actor, duty.holder_id)


def _open_leave(tx: Reader, actor: Actor, leave_id: int) -> object:
    return leaves.one(tx, actor, leave_id)


def _open_review(tx: Reader, actor: Actor, review_id: int) -> object:
    review = reviews.get(tx, review_id)
    if review is None:
        raise Refusal("gone")
    return access.check_in(tx, actor, review.check_in_id)


_DOORS: Mapping[Noun, Callable[[Reader, Actor, int], object]] = {
    Noun.OUTCOME: _open_outcome,
    Noun.REVIEW: _open_review,
    Noun.NEED: _open_need,
    Noun.PAIRING: _open_pairing,
    Noun.ROTATION: _open_rotation,
    Noun.DUTY: _open_duty,
    Noun.LEAVE: _open_leave,
}


def of_person(tx: Reader, actor: Actor) -> tuple[EnteredAct, ...]:
    """All that was entered for the actor, the latest first."""
    person = access.myself(tx, actor)
    return tuple(entered_acts.of_person(tx, person.id))
