"""The digest: on its days, only when there is news, and one for all that a person is to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import instant_at, local_day
from domain.needs import Need
from domain.quiet_hours import outside_quiet_hours
from domain.reminders import has_fallen_silent, is_digest_day
from domain.units import Unit
from services import access, circumstances, entering, needs, notices, reviews
from services.delivery import DIGEST, Skip
from services.duty_reminders import reminder_days
from storage import digests, duties, settings, units
from storage.database import Reader, Writer

ROWS = 200
WALK = "digest_walk"
"""The setting that holds how far the walk over all candidates has come: a day, and the person after whom it goes on."""
LOOKED_BACK_DAYS = 14


@dataclass(frozen=True, slots=True)
class News:
    """What waits for a person; `silent` names mentees of whose report no prompt will be sent any more, `unregistered`
    those whose report a secretary is to ask for and enter (代录).
    """

    reviews: int
    needs: int
    fresh_needs: int
    silent: tuple[str, ...]
    unregistered: tuple[str, ...] = ()

    @property
    def is_worth_telling(self) -> bool:
        return bool(self.reviews or self.fresh_needs or self.silent or self.unregistered)

    @property
    def is_empty(self) -> bool:
        return not (self.reviews or self.needs or self.silent or self.unregistered)


def make_digests(tx: Writer, actor: Actor) -> bool:
    """Walk once, a handful at a time, over all who may get the digest that was due last; later days find nothing left."""
    root = units.root(tx)
    due = None if root is None else last_due(tx, root, actor.now)
    if root is None or due is None:
        return False
    day = local_day(due, ZoneInfo(root.zone))
    walk = settings.get(tx, WALK) or {"day": "", "after": 0}
    after = walk["after"] if walk["day"] == day.isoformat() else 0
    if after is None:
        return False
    people = digests.candidates(tx, after, limit=ROWS)
    for person_id in people:
        _make(tx, actor, person_id, day, due)
    more = len(people) == ROWS
    settings.put(tx, WALK, {"day": day.isoformat(), "after": people[-1] if more else None})
    return more


def last_due(tx: Reader, root: Unit, now: datetime) -> datetime | None:
    """The latest moment until `now` at which the organisation's digests were due."""
    zone = ZoneInfo(root.zone)
    time = circumstances.of_unit(tx, root.id, local_day(now, zone))
    rhythm = time.profile.rhythm
    for back in range(LOOKED_BACK_DAYS):
        day = local_day(now, zone) - timedelta(days=back)
        if is_digest_day(day, rhythm.digest_weekdays, time.calendar):
            moment = outside_quiet_hours(instant_at(day, rhythm.digest_at, zone), zone, rhythm.quiet)
            if moment <= now:
                return moment
    return None


def _make(tx: Writer, actor: Actor, person_id: int, day: date, due: datetime) -> None:
    """What came after the digest was due is not its news, however late it is made."""
    reader = access.recipient(tx, person_id, due)
    if reader is None or not reader.agreed or not news(tx, reader, day).is_worth_telling:
        return
    if digests.add(tx, person_id, day, actor.now):
        key = f"digest:{person_id}:{day.isoformat()}"
        notices.tell(tx, actor, person_id, DIGEST, key=key, unasked=True, day=day.isoformat())


def load(tx: Reader, reader: Actor, day: str) -> News | Skip:
    """What waits when the digest is sent; nothing any more is a reason not to send it."""
    found = news(tx, reader, date.fromisoformat(day))
    return Skip("no_news") if found.is_empty else found


def news(tx: Reader, reader: Actor, day: date) -> News:
    assert reader.person_id is not None
    told_on = digests.previous_day(tx, reader.person_id, day)
    asked = [need for need in needs.waiting(tx, reader) if need.opened_at <= reader.now]
    return News(
        reviews=len(reviews.waiting(tx, reader)),
        needs=len({need.person_id for need in asked}),
        fresh_needs=sum(_is_fresh(need, told_on, day, reader) for need in asked),
        silent=tuple(dict.fromkeys(_fallen_silent(tx, reader, told_on, day))),
        unregistered=entering.owing_around(tx, reader, told_on or day - timedelta(weeks=1), day),
    )


def _is_fresh(need: Need, told_on: date | None, day: date, reader: Actor) -> bool:
    """Asked since the last digest, or promised for a day that has come since."""
    opened_on = local_day(need.opened_at, ZoneInfo(reader.zone))
    promised = need.promised_on
    return told_on is None or opened_on >= told_on or (promised is not None and told_on < promised <= day)


def _fallen_silent(tx: Reader, reader: Actor, told_on: date | None, day: date) -> Iterator[str]:
    """The names of those whose last prompt went since the digest before and before this one: each is told of once."""
    assert reader.person_id is not None
    owed = {row.id: row.name for row in digests.overdue(tx, reader.person_id, reader.now)}
    for duty in duties.many(tx, owed):
        around = circumstances.of_person(tx, duty.holder_id, day)
        due_day = duty.due_day(around.zone)
        assert due_day is not None
        days = reminder_days(duty, around) or (due_day,)
        if has_fallen_silent(days, day) and (told_on is None or told_on <= max(days)):
            yield owed[duty.id]
