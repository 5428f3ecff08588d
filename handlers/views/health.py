"""How the deployment stands, each trouble with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.health import OLDEST_BACKUP, PARKED_KEPT, Finding, Outage, OutageKind
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from locales import N_
from services.health import SHOWN, Report

OUTAGES = {
    OutageKind.SERVICE: N_("The assistant did not run from {began} to {ended}."),
    OutageKind.DATABASE: N_("The database could not be written from {began} to {ended}."),
    OutageKind.TELEGRAM: N_("Telegram could not be reached from {began} to {ended}."),
}
AFTERWARDS = N_("What was said meanwhile has been kept and is being answered; nothing needs to be repeated.")
BACKLOG_IS_NORMAL = timedelta(minutes=1)


def report(data: Mapping[str, Any], say: Say) -> Message:
    found: Report = data["report"]
    parts = [
        _updates(found, say),
        _notices(found, say),
        *_outages(found, say),
        _parked(found, say) or say("Nothing was set aside."),
        _unreachable(found, data["units"], say) or say("Everybody can be reached."),
        _backup(found, say),
        _notice_of_holidays(found, say),
        _administrators(found, say),
    ]
    text = lines(bold(say("Health")), *(Html(f"· {part}") for part in parts))
    return Message(text, [[button(say.plain("Refresh"), "health")], *_ways(found, say)])


def digest(data: Mapping[str, Any], say: Say) -> Message:
    """What is new of what needs a hand."""
    found: Report = data["report"]
    told = {
        Finding.PARKED: _lying(found, say),
        Finding.UNREACHABLE: _unreachable(found, data["units"], say),
        Finding.BACKUP: _backup(found, say),
        Finding.LONE_ADMINISTRATOR: _administrators(found, say),
    }
    parts = [told[kind] for kind in Finding if kind in data["kinds"]]
    buttons = _ways(found, say) if Finding.LONE_ADMINISTRATOR in data["kinds"] else []
    return Message(
        lines(say("For the administrators:"), *(Html(f"· {part}") for part in parts if part)),
        [[button(say.plain("Health"), "health")], *buttons],
    )


def outage(data: Outage, say: Say) -> Message:
    return Message(lines(_outage(data, say), say(AFTERWARDS)), [[button(say.plain("Health"), "health")]])


def _updates(found: Report, say: Say) -> Html:
    since = found.updates.since
    if not found.updates.number or since is None or say.now - since < BACKLOG_IS_NORMAL:
        return say("Messages are answered without delay.")
    return say.many(
        "One message has been waiting for its answer since {since}.",
        "{number} messages have been waiting for their answers, the first since {since}.",
        found.updates.number,
        since=say.moment(since),
    )


def _notices(found: Report, say: Say) -> Html:
    since = found.notices.since
    if not found.notices.number or since is None or say.now - since < BACKLOG_IS_NORMAL:
        return say("Reminders and notices go out in time.")
    return say.many(
        "One notice is late, due since {since}.",
        "{number} notices are late, the first due since {since}.",
        found.notices.number,
        since=say.moment(since),
    )


def _outages(found: Report, say: Say) -> Iterator[Html]:
    if not found.outages:
        yield say("No outage in the last 30 days.")
    for one in found.outages:
        yield _outage(one, say)


def _outage(one: Outage, say: Say) -> Html:
    began, ended = (moment.astimezone(ZoneInfo(say.zone)) for moment in (one.began_at, one.ended_at))
    same_day = began.date() == ended.date()
    until = f"{ended:%H:%M}" if same_day else say.moment(one.ended_at)
    return say(OUTAGES[one.kind], began=say.moment(one.began_at), ended=until)


def _parked(found: Report, say: Say) -> Html | None:
    if not found.parked:
        return None
    shown = say.names(str(one.update_id) for one in found.parked[:SHOWN])
    return say.many(
        "One message could not be answered after three tries and was set aside; the person was told. Its number in the log: {numbers}.",
        "{number} messages could not be answered after three tries each and were set aside; the people were told. Numbers in the log: {numbers}.",
        len(found.parked),
        numbers=shown,
    )


def _lying(found: Report, say: Say) -> Html | None:
    """In other words than when it was told at once."""
    lying = found.lying(say.now)
    return say.many(
        "One message that you were told of is still set aside; its number in the log: {numbers}. It leaves the list by itself after {days} days.",
        "{number} messages that you were told of are still set aside; their numbers in the log: {numbers}. Each leaves the list by itself after {days} days.",
        len(lying),
        numbers=say.names(str(one.update_id) for one in lying[:SHOWN]),
        days=PARKED_KEPT.days,
    )


def _unreachable(found: Report, units: Mapping[int, str], say: Say) -> Html | None:
    if not found.unreachable:
        return None
    people = say.names(
        say.plain("{name} ({unit})", name=one.name, unit=units.get(one.unit_id, ""))
        for one in found.unreachable[:SHOWN]
    )
    return say.many(
        "One person cannot be reached in Telegram: {people}. The secretary can ask and, if need be, enter reports.",
        "{number} people cannot be reached in Telegram, most recently {people}. Their secretaries can ask and, if need be, enter reports.",
        len(found.unreachable),
        people=people,
    )


def _backup(found: Report, say: Say) -> Html:
    if found.backed_up_at is None:
        return say("There is no backup yet: have “run.py backup” run every night.")
    if say.now - found.backed_up_at > OLDEST_BACKUP:
        return say(
            "The last backup is of {moment}, which is too old: see why “run.py backup” did not run.",
            moment=say.moment(found.backed_up_at),
        )
    return say("The last backup is of {moment}.", moment=say.moment(found.backed_up_at))


def _notice_of_holidays(found: Report, say: Say) -> Html:
    if found.missing_year is None:
        return say("The holiday notices are in.")
    return say(
        "The holiday notice for {year} is not in this version; its due days are provisional until an upgrade.",
        year=found.missing_year,
    )


def _administrators(found: Report, say: Say) -> Html:
    if found.administrators < 2:
        return say("There is one administrator only: please name a second one, so that somebody is always there.")
    return say("There are {number} administrators.", number=found.administrators)


def _ways(found: Report, say: Say) -> list[list[Button]]:
    return [[button(say.plain("Administrators"), "roles.administrators")]] if found.administrators < 2 else []
