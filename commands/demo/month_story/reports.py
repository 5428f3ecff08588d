"""Reports and reviews, and the second thoughts of both sides."""

from __future__ import annotations

from commands.demo.month_story.people import COLLEAGUE, MEMBER, MENTOR, ROTATING, Month
from commands.demo.month_story.rotation import write_note
from commands.demo.month_story.writing import hand_in
from commands.demo.transcript import expect


async def sent_and_undone(month: Month) -> None:
    """Within the minute nobody has got it yet."""
    await month.at(10, 9)
    member = month[MEMBER]
    await member.hears_button("check_in.begin")
    await hand_in(member, month.script.hasty_report)
    undone = await member.choose("check_in.undo")
    expect(undone.rows, undone.text)
    await member.choose("check_in.continue", "check_in.open", "check_in.resume")
    await member.choose("check_in.text_open")
    await member.say(month.script.report)
    await member.choose("check_in.send")
    await month.later()


async def another_verdict(month: Month) -> None:
    """A tap too quick is undone; a colleague thinks again hours later, as nobody has acted on it."""
    await month.at(10, 10, 10)
    mentor, member = month[MENTOR], month[MEMBER]
    await mentor.say("/reviews")
    await mentor.choose("review.next")
    await mentor.choose("review.noted")
    await mentor.choose("review.undo")
    await mentor.choose("review.comment")
    await mentor.say(month.script.comment)
    await month.later()
    await member.hears(month.script.heard_comment)
    await month.at(10, 12)
    colleague = month[COLLEAGUE]
    await colleague.choose("review.next")
    await colleague.choose("review.noted")
    await write_note(month[ROTATING], "handover", month.script.hand_over)
    await month.later()
    await month.at(10, 12, 15)
    await colleague.choose("review.undo")
    await colleague.choose("review.comment")
    await colleague.say(month.script.thought_again)
    await month.later()
