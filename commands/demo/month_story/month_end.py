"""The month turns: the secretary's draft, her words, the paper; the committee's summary; the lock, and the group's page."""

from __future__ import annotations

from io import BytesIO

from commands.demo.acting import Actor
from commands.demo.month_story.people import (
    BRANCH,
    GROUPS,
    MEMBER,
    MENTOR,
    OFFICER,
    OTHER_BRANCH,
    SECRETARY,
    Month,
)
from commands.demo.month_story.writing import hand_in
from commands.demo.transcript import expect

WHICH = "2026-10"


async def month_end(month: Month) -> None:
    secretary, officer = month[SECRETARY], month[OFFICER]
    await month.at(11, 2)
    draft = await _keep(month, secretary, "branch")
    small = month.hand.shown(GROUPS[1])
    expect(small in draft, f"October should be counted in the groups that it had, {small} among them")
    expect(month.script.need_alone not in draft, "a summary should not say what was told to the secretary alone")
    await secretary.choose("confirmation.words")
    await secretary.say(month.script.words_with_a_name)
    await secretary.say(month.script.words)
    await secretary.choose("confirmation.confirm")
    await secretary.choose("summary.show")
    await _keep_paper(month, secretary, "branch")
    await month[MENTOR].choose("confirmation.confirm")
    await month[MENTOR].hears(SECRETARY, month.script.words)  # what one secretary confirmed is settled for the other
    await month.at(11, 4)
    text = await _keep(month, officer, "committee")
    expect(month.script.new_name not in text, "October should be told under the names that units had then")
    expect(month.script.words in text, "what the branch's secretary added should have gone up")
    late = month.hand.language.text("not confirmed by the secretary: {units}", units=month.hand.shown(OTHER_BRANCH))
    expect(late.lower() in text.lower(), "whose secretary has not confirmed should be marked")
    await _keep_paper(month, officer, "committee")
    with month.hand.aside(month.script.goes_on):
        await hand_in(month[MEMBER], month.script.next_report)
    await month.at(11, 6)
    told = await month[month.script.group].hears(month.hand.language.month(WHICH))
    expect(month.hand.shown(BRANCH) in told.text, "the group should get its branch's summary")
    expect(
        not any(month.hand.shown(name) in told.text for name in month.people), "the group's summary should name nobody"
    )


async def _keep(month: Month, reader: Actor, name: str) -> str:
    text = (await reader.hears_paragraph(month.hand.language.month(WHICH))).text
    workbook, picture = await reader.hears_file(".xlsx"), await reader.hears_file("photo")
    month.hand.keep(f"{WHICH}-{name}.txt", (text + "\n").encode())
    month.hand.keep(f"{WHICH}-{name}.png", picture)
    month.hand.keep(f"{WHICH}-{name}.xlsx", workbook)
    return text


async def _keep_paper(month: Month, reader: Actor, name: str) -> None:
    from docx import Document

    await reader.choose("summary.document")
    paper = await reader.hears_file(".docx")
    month.hand.keep(f"{WHICH}-{name}.docx", paper)
    said = "\n".join(line.text for line in Document(BytesIO(paper)).paragraphs)
    expect(month.script.words.rstrip("。.") in said, "what the branch's secretary added should stand in the paper")
