"""What people write about a rotation in one message: its days, or a post and a team."""

from __future__ import annotations

import re
from datetime import date

from domain.calendar import add_months
from domain.people import folded
from domain.refusals import Refusal
from domain.spoken_days import read_day

_JOINT = re.compile(r"\s*(?:至|到|[—–~～〜]+|\s-\s|\n|,|，|、|\bto\b|\buntil\b)\s*")


def read_days(message: str, today: date) -> tuple[date, date]:
    """`10月12日至12月31日`, `2026-10-12 到 2026-12-31`, or a day on each of two lines. A last day without its year
    follows the first.
    """
    parts = [part for part in _JOINT.split(message.strip()) if part]
    if len(parts) != 2:
        raise Refusal("rotation_days_unreadable", text=message[:40])
    first = read_day(parts[0], today)
    last = read_day(parts[1], first or today)
    if first is None or last is None:
        raise Refusal("rotation_days_unreadable", text=message[:40])
    if last < first and not re.search(r"\d{4}", folded(parts[1])):
        last = add_months(last, 12)
    return first, last


def read_post(message: str) -> tuple[str, str]:
    """The post on the first line, the team on the second if there is one."""
    post, _, team = message.strip().partition("\n")
    return post.strip(), " ".join(team.split())
