"""The branch's group, and an announcement that is taken back and written again."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.people import BRANCH, COLLEAGUE, MEMBER, MENTOR, ROTATING, SECRETARY, Month


async def group_and_announcement(month: Month) -> None:
    await month.at(10, 15, 9, 30)
    secretary = month[SECRETARY]
    month.hand.narrate(month.script.group_is_made)
    group = await _made(month, secretary)
    await secretary.hears_button("group_chat.bind")
    await secretary.choose("group_chat.bind")
    await month.later()
    await group.hears()
    month.hand.narrate(month.script.blocks)
    await month[ROTATING].phone.block()
    await _announce(secretary, month.script.wrong_announcement)
    await secretary.choose("announcement.undo")
    await _announce(secretary, month.script.announcement)
    await month.later()
    await group.hears(month.script.announcement)
    await month[MEMBER].hears(month.script.announcement)
    await secretary.choose("announcement.open")
    month.hand.narrate(month.script.told_in_person)


async def _made(month: Month, secretary: Actor) -> Actor:
    """The group stands among the actors: it says nothing, but is told things."""
    telegram, phone = month.hand.telegram, secretary.phone
    members = [month[name].phone for name in (MEMBER, MENTOR, COLLEAGUE, ROTATING)]
    chat = await telegram.create_group(month.script.group, phone, members)
    group = Actor(month.hand, phone.in_chat(chat), month.script.group)
    month.people[month.script.group] = group
    month.hand.actors.append(group)
    await telegram.add_bot(chat, phone)
    return group


async def _announce(secretary: Actor, words: str) -> None:
    await secretary.say("/announce")
    await secretary.choose("announcement.unit", about=BRANCH)
    await secretary.say(words)
    await secretary.choose("announcement.send")
