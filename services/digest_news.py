"""What a digest tells a reader: all that waits for him, as soon as something of it is news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import ONE_DAY, instant_at, local_day
from domain.digests import Matter, Told, need_turns, review_turns
from domain.duties import Leave, is_on_leave
from domain.entering import Approach
from domain.needs import Need, NeedState
from domain.reminders import has_fallen_silent
from domain.roles import RoleKind
from services import (
    answering,
    circumstances,
    entering,
    needs,
    notices,
    reviews,
    rotation_news,
    secretaries,
    unheard,
    unsaid,
)
from services.circumstances import LEAVES_LOOKED_BACK
from services.delivery import DIGEST
from services.duty_reminders import reminder_days
from services.rotation_news import Turn
from storage import digests, duties, guidance, leaves, stand_ins
from storage.database import Reader

ARRIVED, ASKED, PASSED = "review.arrived", "need.asked", "referral.passed"
"""The messages in which a report or a need reaches a reader at once."""


@dataclass(frozen=True, slots=True)
class News:
    """`reviews` and `needs` wait, told before or not. The rest is told now: how many of them have waited past a mark, the
    mentees of whose report no prompt will be sent any more (`silent`), those whose report a secretary is to ask for and
    enter (`entries`), those of whom another word is to be asked for and entered (`unsaid`), and how many should be invited before that; the
    branches beneath in which word of somebody who needs support reaches nobody (`unheard`); and what is new in the rotations of those
    whom the reader guides (`turns`).
    """

    reviews: int = 0
    needs: int = 0
    old_reviews: int = 0
    old_needs: int = 0
    promised_needs: int = 0
    silent: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    unled: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    to_invite: int = 0
    invite_to: int | None = None
    is_worth_telling: bool = False


@dataclass(frozen=True, slots=True)
class _Ear:
    """Who reads, what he was told last, when he is or was on leave, and since when he stands in for whose mentor."""

    reader: Actor
    person_id: int
    last: Told | None
    leaves: tuple[Leave, ...]
    begun: Mapping[int, date]

    @property
    def away(self) -> bool:
        """Left alone with what somebody else answers."""
        return is_on_leave(self.leaves, self.reader.today)

    def since(self, moment: datetime, person_id: int) -> datetime:
        """From when on what came from somebody waits for this reader: it may have come before he stood in, or was back."""
        if (begun := self.begun.get(person_id)) is not None:
            moment = max(moment, self._dawn(begun))
        for leave in () if self.away else self.leaves:
            if leave.covers(self.day(moment)):
                moment = self._dawn(leave.last + ONE_DAY)
        return moment

    def _dawn(self, day: date) -> datetime:
        return instant_at(day, time(), ZoneInfo(self.reader.zone))

    def fresh(self, matter: Matter) -> bool:
        return matter.is_news(self.last, self.reader.today)

    def turned(self, matter: Matter) -> bool:
        return matter.has_turned(self.last, self.reader.today)

    def day(self, instant: datetime) -> date:
        return local_day(instant, ZoneInfo(self.reader.zone))


def news(tx: Reader, reader: Actor) -> News:
    ear = _listening(tx, reader)
    reports, asked = dict(_reports(tx, ear)), list(_needs(tx, ear))
    silent, coming = tuple(dict.fromkeys(_fallen_silent(tx, ear))), entering.coming(tx, reader)
    entries = [one.name for one in coming if one.approach is Approach.ENTER and ear.fresh(one.matter)]
    turns = tuple(rotation_news.turns(tx, reader, ear.last))
    words = [one.name for one in unsaid.waiting(tx, reader) if ear.fresh(one.matter)]
    lost = [one for one in unheard.beneath(tx, reader) if ear.fresh(one.matter)]
    uninvited = [one for one in coming if one.approach is Approach.INVITE]
    invites = any(one.matter.since > ear.last.at for one in uninvited) if ear.last else bool(uninvited)
    fresh = [*reports.values(), *(matter for _, matter in asked)]
    return News(
        reviews=len(reports),
        needs=len({need.person_id for need, _ in asked}),
        old_reviews=sum(ear.turned(matter) for matter in reports.values()),
        old_needs=sum(ear.turned(matter) for need, matter in asked if need.promised_on is None),
        promised_needs=sum(ear.turned(matter) for need, matter in asked if need.promised_on is not None),
        silent=silent,
        entries=tuple(dict.fromkeys(entries)),
        unsaid=tuple(dict.fromkeys(words)),
        unheard=tuple(dict.fromkeys(one.unit.name for one in lost if one.led)),
        unled=tuple(dict.fromkeys(one.unit.name for one in lost if not one.led)),
        turns=turns,
        to_invite=len({one.person_id for one in uninvited}) if invites else 0,
        invite_to=next(iter(reader.units(RoleKind.SECRETARY)), None),
        is_worth_telling=any(map(ear.fresh, fresh)) or bool(silent or entries or words or lost or turns or invites),
    )


def _listening(tx: Reader, reader: Actor) -> _Ear:
    assert reader.person_id is not None
    at = digests.last_sent(tx, reader.person_id, DIGEST)
    last = None if at is None else Told(at, local_day(at, ZoneInfo(reader.zone)))
    spans = tuple(one.span for one in leaves.of_person(tx, reader.person_id, reader.today - LEAVES_LOOKED_BACK))
    return _Ear(reader, reader.person_id, last, spans, stand_ins.begun(tx, reader.person_id, reader.today))


def _reports(tx: Reader, ear: _Ear) -> Iterator[tuple[int, Matter]]:
    """They wait when their first minute is over, or from when they were added to, or from when the reader became mentor."""
    found = digests.reports(tx, ear.person_id, reviews.waiting(tx, ear.reader))
    if ear.away:
        found = [row for row in found if _answers(tx, ear, row.id, row.person_id)]
    came = {row.id: max(filter(None, (row.submitted_at, row.added_at))) for row in found}
    read = _read_apart(tx, ear, ARRIVED, "check_in", min(came.values(), default=None))
    for row in found:
        since = max(filter(None, (row.submitted_at + notices.HOLD, row.added_at, row.guided_since)))
        since = ear.since(since, row.person_id)
        apart = any(at >= came[row.id] for at in read.get(row.id, ()))
        yield row.id, Matter(since, apart, review_turns(ear.day(since)))


def _answers(tx: Reader, ear: _Ear, check_in_id: int, author_id: int) -> bool:
    return ear.person_id in answering.of_report(tx, check_in_id, author_id, ear.reader.today)


def _needs(tx: Reader, ear: _Ear) -> Iterator[tuple[Need, Matter]]:
    """What nobody has answered, unless somebody else sees to it."""
    waiting = [
        need
        for need in needs.waiting(tx, ear.reader)
        if need.opened_at <= ear.reader.now and need.state is NeedState.OPEN and need.owner_id in (None, ear.person_id)
    ]
    if ear.away:
        waiting = [need for need in waiting if not _is_answered_instead(tx, ear, need)]
    first = min((need.opened_at for need in waiting), default=None)
    asked = {**_read_apart(tx, ear, ASKED, "need", first), **_read_apart(tx, ear, PASSED, "need", first)}
    arrived = _read_apart(tx, ear, ARRIVED, "check_in", first)
    for need in waiting:
        apart = need.id in asked or need.check_in_id in arrived
        since = ear.since(need.opened_at, need.person_id)
        yield need, Matter(since, apart, need_turns(ear.day(since), need.promised_on))


def _is_answered_instead(tx: Reader, ear: _Ear, need: Need) -> bool:
    """Asked of the reader as a mentor, while another one answers."""
    today = ear.reader.today
    if ear.person_id in (need.owner_id, *secretaries.of_need(tx, need.person_id, need.audience, today)):
        return False
    guides = guidance.mentors_of(tx, need.person_id, today)
    return ear.person_id in guides and ear.person_id not in answering.guides(tx, need.person_id, today)


def _read_apart(
    tx: Reader, ear: _Ear, kind: str, names: str, since: datetime | None
) -> dict[int | None, Sequence[datetime]]:
    """What the reader was sent at once since a moment, and when."""
    read: dict[int | None, list[datetime]] = {}
    for row in digests.sent(tx, ear.person_id, since, [kind]) if since is not None else ():
        read.setdefault(row.payload[names], []).append(row.settled_at)
    return dict(read)


def _overdue(tx: Reader, ear: _Ear) -> dict[int, str]:
    """Whose reports are owed, by their duties."""
    today = ear.reader.today
    owed = digests.overdue(tx, ear.person_id, ear.reader.now, today)
    asked = (row for row in owed if not ear.away or ear.person_id in answering.guides(tx, row.holder_id, today))
    return {row.id: row.name for row in asked}


def _fallen_silent(tx: Reader, ear: _Ear) -> Iterator[str]:
    """The names of those whose last prompt has gone, each told of once."""
    today = ear.reader.today
    owed = _overdue(tx, ear)
    for duty in duties.many(tx, owed):
        around = circumstances.of_person(tx, duty.holder_id, today)
        due_day = duty.due_day(around.zone)
        assert due_day is not None
        days = reminder_days(duty, around) or (due_day,)
        since = instant_at(max(days) + ONE_DAY, time(), around.zone)
        if has_fallen_silent(days, today) and ear.fresh(Matter(since)):
            yield owed[duty.id]
