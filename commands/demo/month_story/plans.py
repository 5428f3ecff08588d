"""What was agreed changes: how often, the direction, whether it goes on, and when it is reached."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.opening import come_in
from commands.demo.month_story.people import (
    MEMBER,
    MENTOR,
    OFFICER,
    ON_PAPER,
    OTHER_SECRETARY,
    SECRETARY,
    TRAINEE,
    Month,
    admitted,
    lent,
)
from commands.demo.names import called, workbook
from commands.demo.roster import Organisation
from domain.people import Stage
from domain.roster_rows import RosterValues


async def plans_change(month: Month) -> None:
    await month.at(10, 13, 9, 30)
    mentor = month[MENTOR]
    await open_pairing(mentor, MEMBER)
    await mentor.choose("pairing.often")
    await mentor.choose("pairing.often", nth=0)
    await mentor.choose("pairing.often", nth=2)
    await month.later()
    await _other_aim(month)
    await _yes_too_soon(month)
    await _wish(month)
    await _paused_resumed_ended(month)


async def _other_aim(month: Month) -> None:
    """Direction and outcome in one proposal; what was agreed before stays to be looked up."""
    mentor, member = month[MENTOR], month[MEMBER]
    await open_pairing(member, MEMBER)
    await member.choose("aim.change")
    await member.choose("aim.direction")
    await member.say(month.script.other_direction)
    await member.choose("aim.outcome")
    await member.say(month.script.other_outcome)
    await member.choose("aim.submit")
    with month.hand.in_full():
        await month.later()
    await mentor.hears_button("aim.agree")
    await mentor.choose("aim.agree")
    await month.later()
    with month.hand.in_full():
        await mentor.choose("aim.versions")


async def _yes_too_soon(month: Month) -> None:
    """Taken back the same day, before the mentor has confirmed; nobody was told of it."""
    leader = month[OTHER_SECRETARY]
    with month.hand.aside(month.script.trainee_comes):
        await come_in(month, leader, TRAINEE)
        await month.later()
    trainee = month[TRAINEE]
    await open_pairing(trainee, TRAINEE)
    await trainee.choose("pairing.confirm")
    await month.at(10, 13, 11)
    month.hand.narrate(month.script.yes_too_soon)
    await trainee.choose("pairing.unconfirm")
    await month.at(10, 13, 14)
    month.hand.narrate(month.script.yes_after_all)
    await trainee.choose("pairing.confirm")
    await open_pairing(leader, TRAINEE)
    await leader.choose("pairing.confirm")
    await month.later()


async def _wish(month: Month) -> None:
    """Of somebody without Telegram: entered in his words, talked over, and it stays as it is."""
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.would_rather)
    await open_pairing(secretary, ON_PAPER)
    await secretary.choose("proxy.choose:pairing", about=ON_PAPER)
    await secretary.say(month.script.wish)
    await secretary.choose("proxy.source", nth=2)
    await secretary.choose("proxy.enter")
    await month.later()
    await open_pairing(secretary, ON_PAPER)
    await secretary.choose("pairing.answer")
    await month.later()


async def _paused_resumed_ended(month: Month) -> None:
    """In the other branch, where a training course was put off and a loan came instead."""
    leader = month[OTHER_SECRETARY]
    month.hand.narrate(month.script.pause)
    await leader.say("/pairings")
    await leader.choose("pairing.open", about=called(lent(month.starting.people).name, month.both.locale))
    await leader.choose("pairing.pause")
    await leader.choose("pairing.do")
    await month.at(10, 13, 15)
    month.hand.narrate(month.script.resume)
    await leader.choose("pairing.resume")
    await leader.choose("pairing.do")
    await month.at(10, 13, 17)
    await leader.choose("pairing.end")
    await leader.say(month.script.ends_early)
    await leader.choose("pairing.do")
    await month.later()


async def reached(month: Month) -> None:
    """Claimed by the one who reached it, verified by somebody else."""
    await month.at(10, 26, 10)
    mentor, member = month[MENTOR], month[MEMBER]
    await open_pairing(member, MEMBER)
    await member.choose("outcome.open")
    await member.choose("outcome.claim")
    await month.later()
    await mentor.hears_button("outcome.verify")
    await mentor.choose("outcome.verify")
    await mentor.say(month.script.verified)
    await month.later()


async def outgrown(month: Month) -> None:
    """The branch has admitted somebody for good: the roster says so, and the pairing is proposed for completion."""
    await month.at(10, 27, 10)
    officer, leader = month[OFFICER], month[OTHER_SECRETARY]
    month.hand.narrate(month.script.admission)
    one = admitted(month.starting.people)
    kept = RosterValues(
        name=one.name, staff_no=one.staff_no, unit=one.unit, group=one.group, stage=Stage.FULL_MEMBER,
        backbone=one.backbone, specialty=one.specialty, post=one.post,
    )  # fmt: skip
    news = workbook(Organisation((), (kept,), ()), month.both.locale)
    await officer.send(news, month.script.roster_name)
    await officer.hears_button("roster.confirm")
    await officer.choose("roster.confirm")
    await officer.hears(month.script.roster_done)
    await month.later()
    await leader.hears_button("pairing.complete")
    await leader.choose("pairing.complete")
    await leader.choose("pairing.do")


async def open_pairing(reader: Actor, mentee: str) -> None:
    """In the list of one's unit or, for whoever leads another, among one's own."""
    await reader.say("/pairings")
    if not await reader.offers("pairing.open", mentee):
        await reader.choose("pairings.own")
    await reader.choose("pairing.open", about=mentee)
