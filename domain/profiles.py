"""A unit's profile: how its people report and when they may be written to. What it leaves out is the programme's default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any

from domain.duties import DUE_TIME
from domain.pairings import DEFAULT_CAPACITY
from domain.periods import WEEKLY_ON_FRIDAY, Cadence, CadenceKind
from domain.quiet_hours import QuietHours, QuietSpan
from domain.reminders import Rhythm


@dataclass(frozen=True, slots=True)
class Profile:
    """`cadence` is that of who has no pairing; everybody's reports fall due at `due_time` in the unit's zone.

    `contact` is whom to ask about personal data, where that is not the secretary.
    """

    cadence: Cadence = WEEKLY_ON_FRIDAY
    due_time: time = DUE_TIME
    rhythm: Rhythm = field(default_factory=Rhythm)
    mentor_capacity: int = DEFAULT_CAPACITY
    contact: str = ""


def read_profile(values: Mapping[str, Any]) -> Profile:
    """From what is stored: cadence, report_day, due_time, prompt_time, quiet_hours, digest_time, digest_days,
    weekly_budget, mentor_capacity, contact; times are written `18:00`."""
    default = Profile()
    return Profile(
        cadence=Cadence(
            CadenceKind(values.get("cadence", default.cadence.kind)), values.get("report_day", default.cadence.day)
        ),
        due_time=_time(values.get("due_time"), default.due_time),
        rhythm=Rhythm(
            prompt_at=_time(values.get("prompt_time"), default.rhythm.prompt_at),
            quiet=read_quiet_hours(values.get("quiet_hours"), default.rhythm.quiet),
            digest_at=_time(values.get("digest_time"), default.rhythm.digest_at),
            digest_weekdays=frozenset(values.get("digest_days", default.rhythm.digest_weekdays)),
            weekly_budget=values.get("weekly_budget", default.rhythm.weekly_budget),
        ),
        mentor_capacity=values.get("mentor_capacity", default.mentor_capacity),
        contact=values.get("contact", default.contact),
    )


def read_quiet_hours(spans: Iterable[tuple[str, str]] | None, default: QuietHours) -> QuietHours:
    """Pairs such as `["21:00", "08:00"]`; None leaves the default."""
    if spans is None:
        return default
    return QuietHours(tuple(QuietSpan(time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans))


def chosen_rhythm(
    rhythm: Rhythm,
    prompt_hour: int | None,
    prompt_weekdays: Iterable[int] | None,
    quiet: Iterable[tuple[str, str]] | None,
    *,
    off: bool,
) -> Rhythm:
    """A person's own choices laid over the unit's rhythm; what they did not choose stays as it is."""
    weekdays = rhythm.prompt_weekdays if prompt_weekdays is None else frozenset(prompt_weekdays)
    return replace(
        rhythm,
        prompt_at=rhythm.prompt_at if prompt_hour is None else time(prompt_hour),
        prompt_weekdays=frozenset() if off else weekdays,
        quiet=read_quiet_hours(quiet, rhythm.quiet),
    )


def _time(text: str | None, default: time) -> time:
    return default if text is None else time.fromisoformat(text)
