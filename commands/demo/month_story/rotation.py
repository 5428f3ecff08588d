"""A rotation on its way: hand-over, talks, a second contact, the evaluation entered for a host who is only a name."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story import papers, proxies
from commands.demo.month_story.people import COLLEAGUE, MENTOR, OTHER_SECRETARY, ROTATING, SECRETARY, Month
from commands.demo.month_story.plans import open_pairing
from commands.demo.month_story.writing import begin
from commands.demo.transcript import expect


async def write_note(writer: Actor, kind: str, words: str) -> None:
    await open_rotation(writer)
    await writer.choose(f"rotation.note:1:{kind}", f"rotation.note:2:{kind}")
    await writer.say(words)


async def enter_note(secretary: Actor, kind: str, words: str) -> None:
    """For the host, who is only a name, from the paper that was brought back."""
    await open_rotation(secretary)
    await secretary.choose("proxy.choose")
    await secretary.choose(f"proxy.act:{kind}")
    await secretary.say(words)
    await _confirm_entry(secretary)


async def _confirm_entry(secretary: Actor) -> None:
    await secretary.choose("proxy.source")
    await secretary.choose("proxy.enter")


async def open_rotation(reader: Actor) -> None:
    """In the list of one's unit or, for the host branch, among those one takes part in."""
    await reader.say("/rotations")
    if not await reader.offers("rotation.open", ROTATING):
        await reader.choose("rotations.own")
    await reader.choose("rotation.open", about=ROTATING)


async def second_contact(month: Month) -> None:
    secretary = month[SECRETARY]
    await open_pairing(secretary, ROTATING)
    await secretary.choose("pairing.mentor")
    await secretary.choose("pairing.mentor_for", nth=1)
    await secretary.say(COLLEAGUE)
    await secretary.choose("pairing.mentor_to", about=COLLEAGUE)
    await secretary.choose("pairing.swap")
    await month.later()


async def read_by_either(month: Month) -> None:
    """Prompted two working days ahead, as she reports once a month; the one who answers settles it for both contacts."""
    rotating, colleague = month[ROTATING], month[COLLEAGUE]
    await rotating.hears_button("check_in.begin")
    await _skips_and_thinks_again(rotating, month)
    await _reports_and_asks(rotating, month)
    await month.later()
    await month[SECRETARY].hears(month.script.need_alone)
    await colleague.say("/reviews")
    await colleague.choose("review.next")
    await colleague.choose("review.highlight")
    with month.hand.in_full():
        report = await colleague.choose("review.next")
    expect(month.script.need_alone not in report.text, "what the secretary alone may know should not be in the report")
    await colleague.choose("review.comment")
    await colleague.say(month.script.second_comment)
    await month.later()
    for guide in (colleague, month[MENTOR]):
        asked = await guide.say("/needs")
        expect(rotating.name not in asked.text, "what the secretary alone may know should not be in a mentor's list")
    waiting = await month[MENTOR].say("/reviews")
    expect(rotating.name not in waiting.text, "what one of the two has answered should wait for nobody")
    await _catches_up(month, month.script.comment_after_leave)


async def _skips_and_thinks_again(rotating: Actor, month: Month) -> None:
    month.hand.narrate(month.script.has_no_time)
    await rotating.choose("reminders.skip")
    await rotating.choose("check_in.skip")
    await rotating.choose("check_in.reason")
    month.hand.narrate(month.script.has_time)
    await rotating.choose("check_in.unskip")


async def _reports_and_asks(rotating: Actor, month: Month) -> None:
    """What she needs is for the secretary alone; those who guide her read the report without it."""
    await begin(rotating, await rotating.choose("check_in.begin"))
    await rotating.say(month.script.last_report)
    await rotating.choose("check_in.standing", nth=2)
    await rotating.choose("check_in.need_kind", nth=1)
    await rotating.choose("check_in.need_audience", nth=1)
    await rotating.say(month.script.need_alone)
    await rotating.choose("check_in.send")


async def _catches_up(month: Month, words: str) -> None:
    mentor = month[MENTOR]
    await mentor.choose("review.next")
    await mentor.choose("review.comment")
    await mentor.say(words)
    await month.later()


async def _comments_at_home(month: Month) -> None:
    """The evaluation is told in a minute, and a mentor at home says a sentence, which all concerned read."""
    colleague = month[COLLEAGUE]
    await colleague.choose("rotation.comment:1:evaluation", "rotation.comment:2:evaluation")
    await colleague.say(month.script.comment_on_evaluation)
    await month.later()
    await month[OTHER_SECRETARY].hears(month.script.comment_on_evaluation)


async def to_its_end(month: Month) -> None:
    leader, secretary = month[OTHER_SECRETARY], month[SECRETARY]
    await proxies.signs_it(month)
    await month.at(10, 29, 10)
    with month.hand.aside(month.script.mentor_reads):
        await _catches_up(month, month.script.comment_at_the_end)
    await open_rotation(secretary)
    await secretary.choose("form.rotation")
    await papers.kept(month, secretary, ".docx")
    month.hand.narrate(month.script.form_is_filled)
    await month.at(10, 29, 16)
    await enter_note(leader, "final", month.script.final_talk)
    await open_rotation(leader)
    await leader.choose("proxy.choose")
    await leader.choose("proxy.act:evaluate")
    await leader.say(f"{month.script.able}\n{month.script.farewell}")
    await leader.choose("proxy.able")
    await _confirm_entry(leader)
    await month.later()
    await _comments_at_home(month)
    await month.at(10, 30, 9, 30)
    await open_rotation(secretary)
    await secretary.choose("rotation.close")
    await month.later()
