"""汇报: handing in a report, and what is known of it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.check_in_drafts import Drafted, NeedAsked
from domain.check_ins import Attachment, Capacity, CheckIn, Standing, handed_in_at, require_unlocked
from domain.duties import Duty, SubjectKind, is_late
from domain.entered_acts import EnteredAct, Noun
from domain.needs import Need, NeedAudience, NeedState
from domain.outcomes import Outcome, OutcomeState
from domain.pairings import GuideKind, Track
from domain.people import Person
from domain.refusals import Refusal
from domain.reviews import Review, ReviewKind
from services import (
    access,
    answering,
    audit,
    check_in_drafts,
    duties,
    hearing,
    need_asking,
    needs,
    notices,
    pairings,
    proxies,
    secretaries,
)
from services.hearing import Hearing, Later
from services.proxies import Proxy
from storage import accounts, check_ins, guidance, people, reviews
from storage import duties as duty_rows
from storage import needs as need_rows
from storage import pairings as pairing_rows
from storage.database import Reader, Writer


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the author is told: who gets it, until when he may change it, when the next is expected."""

    check_in: CheckIn
    readers: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    """Whose word a secretary asks for and enters, where nobody is reached who could review it."""
    next_due: datetime | None
    needs: tuple[needs.Card, ...]
    subjects: tuple[Duty, ...]
    reached: tuple[Outcome, ...]
    """The outcomes of which the author may now say that they are reached."""
    entered_for: str = ""
    """The author's name, where a secretary entered it for him (代录)."""
    author_hears: bool = True
    """He uses Telegram here; else he learns of what was entered for him when he comes in."""
    later: tuple[Later, ...] = ()
    """He hears, but not in a minute."""


@dataclass(frozen=True, slots=True)
class Card:
    """A report as one who may read it sees it."""

    check_in: CheckIn
    author: str
    capacity: Capacity
    subjects: tuple[Duty, ...]
    files: tuple[Attachment, ...]
    reviews: tuple[Review, ...]
    needs: tuple[Need, ...]
    locked: bool
    reader_id: int | None
    entered_by: str = ""
    called: tuple[GuideKind, ...] = ()
    """What the author's guides are called, where support was asked for."""
    proxies: tuple[Proxy, ...] = ()
    """For whom the reader may enter a verdict, or the author's word on a highlight (代录)."""
    entered: tuple[EnteredAct, ...] = ()


def submit(tx: Writer, actor: Actor, drafted: Drafted) -> int:
    """Hand in a report and end its draft. Refusals: `report_locked`, `already_reported`."""
    person = access.writes_for(tx, actor, drafted.entered.person_id if drafted.entered else None)
    people.lock(tx, person.id)  # two taps at once hand in one after the other, and the second is told so
    subjects = [duty for duty in duties.reportable(tx, person.id, actor.now) if duty.id in drafted.chosen]
    if not subjects or len(subjects) < len(drafted.chosen):
        require_unlocked(duty_rows.many(tx, drafted.chosen), actor.now)
        raise Refusal("already_reported")
    check_in_id = _add(tx, actor, person, drafted, subjects)
    duties.complete(tx, actor, list(drafted.chosen), _given(drafted, actor))
    asked = _ask_for_support(tx, actor, check_in_id, drafted)
    _tell_readers(tx, actor, check_in_id, person, support=asked)
    _tell_author(tx, actor, check_in_id, person)
    check_in_drafts.drop(tx, actor)
    return check_in_id


def _add(tx: Writer, actor: Actor, person: Person, drafted: Drafted, subjects: Sequence[Duty]) -> int:
    assert drafted.standing is not None
    late = any(is_late(one.due_at, _given(drafted, actor)) for one in subjects)
    check_in_id = check_ins.add(
        tx, person_id=person.id, month=max(one.month for one in subjects), text=drafted.text,
        standing=drafted.standing, now=actor.now, late=late, chat_id=drafted.chat_id, message_id=drafted.message_id,
        entered_by=actor.person_id if drafted.entered else None, entered=drafted.entered,
    )  # fmt: skip
    for one in subjects:
        if not check_ins.answer_duty(tx, check_in_id, one.id):
            raise Refusal("already_reported")
    check_ins.attach(tx, check_in_id, drafted.files)
    new = {"text": drafted.text, "standing": drafted.standing, "duties": list(drafted.chosen), "late": late}
    if drafted.entered is not None:
        new |= {"source": drafted.entered.source, "given_on": drafted.entered.given_on}
    audit.record(tx, actor, "check_in:submit", f"check_in:{check_in_id}", new=new, about=person.id)
    return check_in_id


def _given(drafted: Drafted, actor: Actor) -> datetime:
    day = None if drafted.entered is None else drafted.entered.given_on
    return handed_in_at(day, actor.now, ZoneInfo(actor.zone))


def _tell_author(tx: Writer, actor: Actor, check_in_id: int, person: Person) -> None:
    """He reads what was entered in his name; who has no account is told of it on coming in."""
    if person.id != actor.person_id:
        key = _entered_key(check_in_id, person.id)
        notices.tell(tx, actor, person.id, "check_in.entered", key=key, unasked=True, check_in=check_in_id)


def _entered_key(check_in_id: int, author_id: int) -> str:
    return f"check_in:{check_in_id}:entered:{author_id}"


def _ask_for_support(tx: Writer, actor: Actor, check_in_id: int, drafted: Drafted) -> NeedAsked | None:
    asked = drafted.need
    if drafted.standing is not Standing.NEEDS_SUPPORT or asked.kind is None or asked.audience is None:
        return None
    author = None if drafted.entered is None else drafted.entered.person_id
    need_asking.ask(
        tx, actor, check_in_id, asked.kind, asked.audience, asked.text or drafted.text, mentors_hear=True,
        person_id=author,
    )  # fmt: skip
    return asked


def _tell_readers(tx: Writer, actor: Actor, check_in_id: int, person: Person, *, support: NeedAsked | None) -> None:
    """At once to those who chose so, and to the mentors when support is asked of them; to the others by the digest. Of those
    who are there: a mentor who is away finds it on coming back.
    """
    mentors = answering.guides(tx, person.id, actor.today)
    guides = [one for one in dict.fromkeys([*mentors, *guidance.hosts_of(tx, check_in_id)]) if one != actor.person_id]
    at_once = guidance.wanting_each_at_once(tx, guides)
    if support is not None and support.audience is NeedAudience.MENTOR_AND_SECRETARY:
        at_once |= set(mentors)
    for guide in guides:
        if guide in at_once:
            notices.tell(
                tx, actor, guide, "review.arrived", key=f"check_in:{check_in_id}:arrived:{guide}",
                check_in=check_in_id,
            )  # fmt: skip


def receipt(tx: Reader, actor: Actor, check_in_id: int) -> Receipt:
    found = access.own_check_in(tx, actor, check_in_id)
    mine, readers = found.person_id == actor.person_id, _readers(tx, actor, found)
    return Receipt(
        check_in=found,
        readers=readers.told,
        out_of_reach=() if readers.told else readers.in_person,
        next_due=_next_due(tx, found.person_id, actor.now),
        needs=tuple(needs.card(tx, actor, need.id) for need in _live_needs(tx, check_in_id)),
        subjects=tuple(check_ins.subjects_of(tx, check_in_id)),
        reached=tuple(_planned_outcomes(tx, found)) if mine else (),
        entered_for="" if mine else _name(tx, found.person_id),
        author_hears=mine or accounts.by_person(tx, found.person_id) is not None,
        later=() if mine else hearing.just_now(tx, actor, _entered_key(check_in_id, found.person_id)).later,
    )


def _planned_outcomes(tx: Reader, report: CheckIn) -> list[Outcome]:
    if report.standing is not Standing.REACHED:
        return []
    return [one for one in pairings.goals(tx, report.person_id) if one.state is OutcomeState.PLANNED]


def _next_due(tx: Reader, person_id: int, now: datetime) -> datetime | None:
    coming = duties.next_report(tx, person_id, now)
    return None if coming is None else coming.due_at


def _readers(tx: Reader, actor: Actor, report: CheckIn) -> Hearing:
    """Those who answer now; where nobody guides him, the secretaries. Whom word does not reach a secretary asks for a word."""
    guides = answering.of_report(tx, report.id, report.person_id, actor.today)
    return hearing.reached(tx, actor, guides or secretaries.of_person(tx, report.person_id))


def _name(tx: Reader, person_id: int | None) -> str:
    found = None if person_id is None else people.get(tx, person_id)
    return "" if found is None else found.name


def card(tx: Reader, actor: Actor, check_in_id: int) -> Card:
    """A report with its answers, as far as the actor may know of it."""
    found, capacity = access.check_in(tx, actor, check_in_id)
    asked = _live_needs(tx, check_in_id)
    subjects = check_ins.subjects_of(tx, check_in_id)
    answers = tuple(reviews.of_check_in(tx, check_in_id))
    return Card(
        check_in=needs.discreet(found, capacity, asked),
        author=_name(tx, found.person_id),
        capacity=capacity,
        subjects=tuple(one for one in subjects if capacity is not Capacity.HOST or _is_rotation(one)),
        files=tuple(check_ins.files_of(tx, check_in_id)),
        reviews=answers,
        needs=tuple(need for need in asked if needs.may_know(capacity, need)),
        locked=any(actor.now >= one.closes_at for one in subjects),
        reader_id=actor.person_id,
        entered_by=_name(tx, found.entered_by),
        called=pairings.guide_kinds(tx, found.person_id) if asked else (),
        proxies=_proxies(tx, actor, check_in_id, capacity, answers),
        entered=proxies.entered(tx, Noun.REVIEW, [one.id for one in answers]),
    )


def _proxies(
    tx: Reader, actor: Actor, check_in_id: int, capacity: Capacity, answers: Sequence[Review]
) -> tuple[Proxy, ...]:
    open_to_all = capacity is Capacity.SECRETARY and not any(one.settles for one in answers)
    guides = proxies.offered(tx, actor, Noun.REPORT, check_in_id) if open_to_all else ()
    shown = [one.id for one in answers if one.kind is ReviewKind.HIGHLIGHT]
    return (*guides, *(one for review_id in shown for one in proxies.offered(tx, actor, Noun.REVIEW, review_id)))


def _is_rotation(duty: Duty) -> bool:
    """A host learns nothing of the pairing that the same report may be about."""
    return duty.subject_kind is SubjectKind.ROTATION


def _live_needs(tx: Reader, check_in_id: int) -> list[Need]:
    return [need for need in need_rows.of_check_in(tx, check_in_id) if need.state is not NeedState.WITHDRAWN]


def read(tx: Writer, actor: Actor, check_in_id: int) -> None:
    """Opening another's report leaves a trace."""
    found, capacity = access.check_in(tx, actor, check_in_id)
    if capacity is not Capacity.AUTHOR:
        audit.record(tx, actor, "check_in:read", f"check_in:{check_in_id}", new={"as": capacity}, about=found.person_id)


@dataclass(frozen=True, slots=True)
class Idle:
    """Why there is nothing to report on: no subject at all, or all of it handed in; when the next is expected."""

    paired: bool
    latest: CheckIn | None
    next_due: datetime | None


def idle(tx: Reader, actor: Actor) -> Idle:
    person = access.myself(tx, actor)
    latest = check_ins.of_person(tx, person.id, limit=1)
    due = _next_due(tx, person.id, actor.now)
    return Idle(paired=due is not None or bool(latest), latest=latest[0] if latest else None, next_due=due)


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft, the duties that its ids mean, the track whose question is asked, and who it is entered for, if it is.
    `called`: what the author's guides are called, where support is asked for; `secretaries`: their names.
    """

    drafted: Drafted
    subjects: tuple[Duty, ...]
    track: Track | None
    entered_for: str = ""
    called: tuple[GuideKind, ...] = ()
    secretaries: tuple[str, ...] = ()


def writing(tx: Reader, actor: Actor) -> Writing:
    drafted = check_in_drafts.current(tx, actor)
    if drafted is None:
        raise Refusal("gone")
    subjects = tuple(duty_rows.many(tx, drafted.offered))
    paired = [
        one.subject_id for one in subjects if one.subject_kind is SubjectKind.PAIRING and one.id in drafted.chosen
    ]
    pairing = pairing_rows.get(tx, paired[0]) if paired else None
    author = None if drafted.entered is None else drafted.entered.person_id
    asker = (author or actor.person_id) if drafted.standing is Standing.NEEDS_SUPPORT else None
    called = pairings.guide_kinds(tx, asker) if asker else ()
    leading = secretaries.names_alone(tx, asker, actor.today) if asker else ()
    return Writing(drafted, subjects, pairing.track if pairing else None, _name(tx, author), called, leading)
