"""The digest: on its days, only when there is news, and one for all that a person is to others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import instant_at, local_day
from domain.quiet_hours import outside_quiet_hours
from domain.reminders import is_digest_day
from domain.units import Unit
from services import access, circumstances, notices
from services.delivery import DIGEST, Skip
from services.digest_news import News, news
from storage import accounts, digests, outbox, settings, units
from storage.database import Reader, Writer

ROWS = 200
WALK = "digest_walk"
"""The setting that holds how far the walk over all candidates has come: a day, and the person after whom it goes on."""
LOOKED_BACK_DAYS = 14
NO_NEWS = Skip("no_news")


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
    """What came after the digest was due is not its news, however late it is made; nor is it for who came in after."""
    reader = access.recipient(tx, person_id, due)
    if reader is None or not reader.agreed or _came_in_after(tx, person_id, due):
        return
    if (news(tx, reader).is_worth_telling or outbox.held_back(tx, person_id, DIGEST)) and digests.add(
        tx, person_id, day, actor.now
    ):
        key = f"digest:{person_id}:{day.isoformat()}"
        notices.tell(tx, actor, person_id, DIGEST, key=key, unasked=True, day=day.isoformat())


def _came_in_after(tx: Reader, person_id: int, due: datetime) -> bool:
    account = accounts.by_person(tx, person_id)
    return account is None or (account.bound_at is not None and account.bound_at > due)


def load(tx: Reader, reader: Actor) -> News | Skip:
    """What waits when the digest is sent; what was settled or told meanwhile is a reason not to send it.

    Whoever sends it lays beneath it what was held back, without which it may have nothing to tell.
    """
    assert reader.person_id is not None
    found = news(tx, reader)
    held = outbox.held_back(tx, reader.person_id, DIGEST)
    return found if found.is_worth_telling or held else NO_NEWS
