"""代录: forms are printed, signed and entered by the secretary, for a member who does not use Telegram."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.opening import come_in, open_card
from commands.demo.month_story.people import COLLEAGUE, ON_PAPER, SECRETARY, Month
from commands.demo.month_story.writing import begin
from commands.demo.transcript import expect
from emulator.phone import white_picture


async def paper_first(month: Month) -> None:
    """A pairing signed on paper counts from its day."""
    await month.at(10, 8, 14, 30)
    secretary = month[SECRETARY]
    await secretary.say("/forms")
    await secretary.choose("form.empty", nth=0)
    await kept(month, secretary, ".docx")
    month.hand.narrate(month.script.signs_on_paper)
    await month.at(10, 8, 16)
    await secretary.say("/pairings")
    await secretary.choose("pairing.new")
    for name, verb in ((ON_PAPER, "pairing.for"), (COLLEAGUE, "pairing.guide")):
        await secretary.say(name)
        await secretary.choose(verb, about=name)
    await secretary.say(month.script.paper_direction)
    await secretary.say(month.script.paper_outcome)
    await secretary.choose("pairing.step:signed")
    await secretary.say(month.script.signed_on)
    await secretary.choose("pairing.submit")
    await month.later()
    await month[COLLEAGUE].hears(ON_PAPER)
    await open_card(secretary, ON_PAPER)
    await secretary.choose("form.report")
    await kept(month, secretary, ".docx")


async def from_paper(month: Month) -> None:
    """On Saturday, a working day, from what lay on her desk since Friday: it is in time."""
    month.hand.narrate(month.script.paper_is_brought)
    await month.at(10, 10, 9, 30)
    secretary = month[SECRETARY]
    await open_card(secretary, ON_PAPER)
    await secretary.choose("entry.for")
    await secretary.choose("entry.source", nth=0)
    await secretary.photograph(white_picture(), month.script.paper_report)
    await secretary.choose("check_in.standing")
    await secretary.choose("entry.ask_day")
    await secretary.say(month.script.brought_on)
    await secretary.choose("check_in.send")


async def by_telephone(month: Month) -> None:
    """Her digest says for whom nothing has come yet. What he needs is entered with it."""
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.rings_up)
    await secretary.choose("entry.owing")
    await secretary.choose("entry.for")
    await begin(secretary, await secretary.choose("entry.source", nth=2))
    await secretary.say(month.script.spoken_report)
    await secretary.choose("check_in.standing", nth=2)
    await secretary.choose("check_in.need_kind", nth=4)
    await secretary.choose("check_in.need_audience")
    await secretary.say(month.script.spoken_need)
    await secretary.choose("check_in.send")


async def another_paper(month: Month) -> None:
    await month.at(10, 23, 10)
    with month.hand.aside(month.script.another_paper):
        secretary = month[SECRETARY]
        await open_card(secretary, ON_PAPER)
        await secretary.choose("entry.for")
        await secretary.choose("entry.source", nth=0)
        await secretary.say(month.script.another_report)
        await secretary.choose("check_in.standing")
        await secretary.choose("check_in.send")


async def new_phone(month: Month) -> None:
    """Whoever comes in later is told what was entered for him, and goes on by himself."""
    month.hand.narrate(month.script.has_a_phone)
    await month.at(10, 30, 15, 30)
    await come_in(month, month[SECRETARY], ON_PAPER)
    await month[ON_PAPER].say("/me")
    await month[ON_PAPER].say("/checkin")
    await month[ON_PAPER].say(month.script.own_report)
    await month[ON_PAPER].choose("check_in.standing")
    await month[ON_PAPER].choose("check_in.send")
    await month.later()


async def kept(month: Month, reader: Actor, *endings: str) -> None:
    name, content = await reader.gets(*endings)
    expect(content, f"{name} should not be empty")
    month.hand.keep(name, content)
