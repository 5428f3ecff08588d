"""A report in a few taps."""

from __future__ import annotations

from commands.demo.acting import Actor
from emulator.phone import Seen


async def hand_in(member: Actor, words: str) -> None:
    await begin(member, await member.choose("check_in.begin"))
    await member.say(words)
    await member.choose("check_in.standing")
    await member.choose("check_in.send")


async def begin(member: Actor, asked: Seen) -> None:
    """Whoever has a pairing and a rotation reports on both at once."""
    if any(button.data.startswith("check_in.subjects") for row in asked.rows for button in row):
        await member.choose("check_in.subjects")
