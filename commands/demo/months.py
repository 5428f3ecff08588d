"""The story's second half: reports, reviews, a need, a rotation under way, and the month that turns."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from commands.demo.acting import Actor
from commands.demo.scenes import BRANCH, HOST, MEMBER, MENTOR, OFFICER, SECRETARY, Story
from commands.demo.transcript import expect


async def report(story: Story) -> None:
    """The first due day after the holidays."""
    await story.at(10, 9)
    member = story[MEMBER]
    await member.hears_button("check_in.begin")
    await _report(member, story.script.report)
    await story.later()


async def review(story: Story) -> None:
    """Monday's digest tells the mentor; she writes a sentence."""
    await story.at(10, 12)
    mentor, member = story[MENTOR], story[MEMBER]
    await mentor.hears_button("review.list", "review.next")
    await _read_on_to(mentor, story.script.report)
    await mentor.choose("review.comment")
    await mentor.say(story.script.comment)
    await story.later()
    await member.hears(story.script.comment)
    await mentor.say("/reviews")


async def need(story: Story) -> None:
    """Support is never held back for a digest."""
    await story.at(10, 16)
    member, mentor, secretary = story[MEMBER], story[MENTOR], story[SECRETARY]
    await member.hears_button("check_in.begin")
    await member.choose("check_in.begin")
    await member.say(story.script.second_report)
    await member.choose("check_in.standing", nth=2)
    await member.choose("check_in.need_kind", nth=4)
    await member.choose("check_in.need_audience")
    await member.say(story.script.need)
    await member.choose("check_in.send")
    await story.later()
    await mentor.hears(story.script.need)
    await secretary.hears(story.script.need)
    await secretary.say("/needs")
    await secretary.choose("need.open", about=MEMBER)
    await secretary.choose("need.take_on")


async def busy_weeks(story: Story) -> None:
    """One week is skipped with a reason, the next report speaks of the rotation too."""
    member, mentor, host = story[MEMBER], story[MENTOR], story[HOST]
    await story.at(10, 19)
    await member.hears_button("need.solve")
    await _helped(story)
    await story.at(10, 23)
    await member.hears_button("reminders.skip")
    await member.choose("reminders.skip")
    if not await member.offers("check_in.reason"):
        await member.choose("check_in.skip")
    await member.choose("check_in.reason")
    await story.at(10, 30)
    await member.hears_button("check_in.begin")
    await _report(member, story.script.rotation_report)
    await story.later()
    for reviewer in (host, mentor):
        await reviewer.say("/reviews")
    await _read_on_to(mentor, story.script.rotation_report)
    await mentor.choose("review.highlight")
    await story.later()
    await member.hears_button("review.attribution")
    await member.choose("review.attribution")


async def _helped(story: Story) -> None:
    """Answered, and solved when the asker says so."""
    secretary, member = story[SECRETARY], story[MEMBER]
    await story.at(10, 21, 10)
    await secretary.say("/needs")
    await secretary.choose("need.open", about=MEMBER)
    await secretary.choose("need.answer")
    await secretary.say(story.script.answer)
    await story.later()
    await member.hears(story.script.answer)
    await story.at(10, 21, 16)
    await member.choose("need.solve")


async def _read_on_to(reader: Actor, words: str) -> None:
    """The report that says this; what comes before it is read."""
    shown = await reader.choose("review.list", "review.next")
    while words not in shown.text or not await reader.offers("review.comment"):
        if await reader.offers("review.noted"):
            await reader.choose("review.noted")
        shown = await reader.choose("review.next")


async def _report(member: Actor, words: str) -> None:
    asked = await member.choose("check_in.begin")
    if any(button.data == "check_in.subjects" for row in asked.rows for button in row):
        await member.choose("check_in.subjects")
    await member.say(words)
    await member.choose("check_in.standing")
    receipt = await member.choose("check_in.send")
    expect(any(button.data.startswith("check_in.undo") for row in receipt.rows for button in row), receipt.text)


async def month_end(story: Story) -> None:
    """Draft to the branch on the first working day, with the secretary's words to those above on the third at the latest;
    locked on the fifth.
    """
    await story.at(11, 2)
    secretary = story[SECRETARY]
    await _keep(story, secretary, "branch")
    await secretary.choose("confirmation.words")
    await secretary.say(story.script.words)
    await secretary.choose("confirmation.confirm")
    await secretary.choose("summary.show")
    await _keep_paper(story, secretary, "branch")
    await story.at(11, 4)
    await _keep(story, story[OFFICER], "committee")
    await _keep_paper(story, story[OFFICER], "committee")
    await story.at(11, 6)
    await story[OFFICER].hears(story.hand.language.month("2026-10"))


async def _keep(story: Story, reader: Actor, name: str) -> None:
    """The month as text, picture and workbook, kept where the reader of the terminal can open them."""
    text = await reader.hears_paragraph(story.hand.language.month("2026-10"))
    workbook = await reader.hears_file("2026-10小结.xlsx", "2026-10 summary.xlsx")
    picture = await reader.hears_file("photo")  # it goes before the workbook, so the newest one is this month's
    _write(story.hand.out / f"2026-10-{name}.txt", (text.text + "\n").encode())
    _write(story.hand.out / f"2026-10-{name}.png", picture)
    _write(story.hand.out / f"2026-10-{name}.xlsx", workbook)
    expect(picture.startswith(b"\x89PNG"), "the picture should be a PNG")
    expect(name == "branch" or story.script.words in text.text, "what the branch's secretary added should have gone up")
    expect(story.hand.shown(BRANCH) in text.text or name == "committee", "the branch's summary should name the branch")
    from python_calamine import CalamineWorkbook

    expect(CalamineWorkbook.from_filelike(BytesIO(workbook)).sheet_names, "the workbook should have sheets")


async def _keep_paper(story: Story, reader: Actor, name: str) -> None:
    """Taken when the words are in it."""
    from docx import Document

    await reader.choose("summary.document")
    paper = await reader.hears_file("2026-10小结.docx", "2026-10 summary.docx")
    _write(story.hand.out / f"2026-10-{name}.docx", paper)
    said = "\n".join(line.text for line in Document(BytesIO(paper)).paragraphs)
    expect(story.script.words.rstrip("。.") in said, "what the branch's secretary added should stand in the paper")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
