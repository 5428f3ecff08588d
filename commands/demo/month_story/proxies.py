"""代录 beside the reports: what somebody without Telegram needs, that it is solved, how a highlight of his is signed,
and that he pauses, or does not after all."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.people import ON_PAPER, SECRETARY, Month


async def answers_him(month: Month) -> None:
    secretary = month[SECRETARY]
    await _open_need(month)
    await secretary.choose("need.answer")
    await secretary.say(month.script.answer_to_him)


async def he_has_it(month: Month) -> None:
    """He says so on the telephone, and it counts as if he had tapped it himself."""
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.says_it_is_solved)
    await _open_need(month)
    await secretary.choose("proxy.choose", about=ON_PAPER)
    await secretary.choose("proxy.act:solve")
    await secretary.choose("proxy.source", nth=2)
    await secretary.choose("proxy.enter")


async def _open_need(month: Month) -> None:
    await month[SECRETARY].say("/needs")
    await month[SECRETARY].choose("need.open", about=ON_PAPER)


async def signs_it(month: Month) -> None:
    """How a highlight is signed its author says; the digest names whom to ask."""
    await month.at(10, 29)
    secretary = month[SECRETARY]
    await secretary.hears_button("proxy.waiting")
    month.hand.narrate(month.script.signs_it)
    await secretary.choose("proxy.waiting")
    await secretary.choose("proxy.choose:review", about=ON_PAPER)
    await secretary.choose("proxy.act:sign")
    await secretary.choose("proxy.source", nth=2)
    await secretary.choose("proxy.enter")


async def leave(month: Month) -> None:
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.is_away)
    await _his_leave(secretary)
    await secretary.choose("leave.ask", nth=1)
    await secretary.say(month.script.away_days)
    await secretary.choose("proxy.source", nth=1)
    await secretary.choose("proxy.enter")


async def no_leave(month: Month) -> None:
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.is_not_away)
    await _his_leave(secretary)
    await secretary.choose("leave.cancel", about=ON_PAPER)


async def _his_leave(secretary: Actor) -> None:
    await secretary.say("/leave")
    await secretary.choose("leave.other")
    await secretary.choose("leave.person", about=ON_PAPER)
