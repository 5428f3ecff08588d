"""Hours of the day in which nobody is disturbed, in the person's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from domain.calendar import ONE_DAY
from domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """From `start` until just before `end`; it runs over midnight when `end` is not later."""

    start: time
    end: time

    def covers(self, clock: time) -> bool:
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class QuietHours:
    spans: tuple[QuietSpan, ...] = ()

    def __post_init__(self) -> None:
        """Refusal `quiet_all_day` when no minute is left: every gap begins where a span ends."""
        if self.spans and all(self.covers(span.end) for span in self.spans):
            raise Refusal("quiet_all_day")

    def covers(self, clock: time) -> bool:
        return any(span.covers(clock) for span in self.spans)


DEFAULT_QUIET_HOURS = QuietHours((QuietSpan(time(21), time(8)), QuietSpan(time(12), time(14))))


def outside_quiet_hours(instant: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """`instant` itself, or the first one after it that is not quiet for a person in `zone`; in the zone of `instant`."""
    local = instant.astimezone(zone)
    while span := next((span for span in quiet.spans if span.covers(local.time())), None):
        local = _end_of(span, local)
    return local.astimezone(instant.tzinfo)


def _end_of(span: QuietSpan, local: datetime) -> datetime:
    """The span's end after `local`, an hour that a change of clocks skips being read as the one after it."""
    day = local.date() if local.time() < span.end else local.date() + ONE_DAY
    end = datetime.combine(day, span.end, tzinfo=local.tzinfo).replace(fold=local.fold)
    return end.astimezone(UTC).astimezone(local.tzinfo)
