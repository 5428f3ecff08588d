"""What people write about an outcome in one message: a line for each thing, with or without its label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.outcomes import OutcomeTerms
from domain.pairings import Gap, gaps
from domain.people import folded
from domain.periods import Cadence, CadenceKind
from domain.refusals import Refusal
from domain.spoken_days import read_day

_LABEL = re.compile(
    r"^(?:培养方向|方向|预期成效|成效|衡量标准|标准|完成时限|时限|期限|direction|outcome|measure|due(?: day)?|by)\s*[:：]\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:\d{1,2}[.、)）]|[(（]\d{1,2}[)）]|[①②③④⑤⑥⑦⑧⑨])\s*(?!\d)")


def written_lines(message: str) -> list[str]:
    """The lines that say something, without the numbers and labels before them."""
    bare = (_LABEL.sub("", _NUMBER.sub("", line.strip())) for line in message.splitlines())
    return [line for line in bare if line]


def read_outcome(message: str, today: date) -> OutcomeTerms:
    """What, how measured, by when, on a line each; the last two may be missing. A day not yet come is wanted."""
    what, *rest = written_lines(message) or [""]
    if not what or len(rest) > 2:
        raise Refusal("outcome_lines")
    due_on = read_day(rest[-1], today) if rest else None
    if len(rest) == 2 and due_on is None:
        raise Refusal("day_unreadable", text=rest[-1])
    measure = rest[0] if len(rest) == 2 or (rest and due_on is None) else ""
    return OutcomeTerms(what, measure, _coming(due_on, today) if due_on else None)


def read_cadence(kind: CadenceKind, day: str) -> Cadence:
    """A weekday's number, or for monthly reports `28` or `28日`."""
    try:
        return Cadence(kind, int(folded(day).rstrip("日号")))
    except ValueError:
        raise Refusal("day_of_month") from None


def filled(
    direction: str, outcomes: Sequence[OutcomeTerms], message: str, today: date
) -> tuple[str, tuple[OutcomeTerms, ...]]:
    """The terms with each gap filled by one line, in the order of `gaps`; refused when a line is lacking or too many."""
    missing = [gap for gap in gaps([0], direction, outcomes) if gap is not Gap.PEOPLE]
    lines = written_lines(message)
    if len(lines) != len(missing):
        raise Refusal("lines_differ", wanted=len(missing), found=len(lines))
    said = iter(lines)
    way = direction or next(said)
    planned = outcomes or (OutcomeTerms(next(said)),)
    return way, tuple(_completed(outcome, said, today) for outcome in planned)


def _completed(outcome: OutcomeTerms, said: Iterable[str], today: date) -> OutcomeTerms:
    lines = iter(said)
    measure = outcome.measure or next(lines)
    if outcome.due_on:
        return replace(outcome, measure=measure)
    text = next(lines)
    due_on = read_day(text, today)
    if due_on is None:
        raise Refusal("day_unreadable", text=text)
    return replace(outcome, measure=measure, due_on=_coming(due_on, today))


def _coming(day: date, today: date) -> date:
    if day < today:
        raise Refusal("day_past", day=day)
    return day
