"""A need: heard of at once, passed up, answered on the day promised, solved when the asker says so."""

from __future__ import annotations

from commands.demo.month_story import proxies
from commands.demo.month_story.people import COMMITTEE, MEMBER, OFFICER, OTHER_SECRETARY, ROTATING, SECRETARY, Month
from commands.demo.month_story.rotation import enter_note, second_contact
from commands.demo.month_story.writing import hand_in


async def need_goes_up(month: Month) -> None:
    await month.at(10, 16)
    member, secretary, officer = month[MEMBER], month[SECRETARY], month[OFFICER]
    await member.hears_button("check_in.begin")
    await member.choose("check_in.begin")
    await member.say(month.script.support_report)
    await member.choose("check_in.standing", nth=2)
    await member.choose("check_in.need_kind", nth=4)
    await member.choose("check_in.need_audience")
    await member.say(month.script.need)
    await member.choose("check_in.send")
    await month.later()
    await secretary.hears(month.script.need)
    await secretary.choose("referral.begin")
    await secretary.choose("referral.to", about=COMMITTEE)
    await secretary.say(month.script.passed_up)
    await month.later()
    await officer.hears(month.script.passed_up)
    await officer.choose("need.take_on")
    await officer.choose("need.promise")
    await officer.say(month.script.promised_day)
    await month.later()


async def between_two(month: Month) -> None:
    """What the secretary alone was told she answers, and it is solved before anybody else has heard of it."""
    await month.at(10, 26, 15)
    secretary, rotating = month[SECRETARY], month[ROTATING]
    await secretary.choose("need.answer")
    await secretary.say(month.script.answer_to_her)
    await month.later()
    await rotating.hears(month.script.answer_to_her)
    await rotating.choose("need.solve")
    await month.later()


async def kept_promise(month: Month) -> None:
    await month.at(10, 20, 10)
    member, officer = month[MEMBER], month[OFFICER]
    await officer.choose("need.answer")
    await officer.say(month.script.answer)
    await month.later()
    await member.hears(month.script.answer)
    await proxies.answers_him(month)
    await month.at(10, 20, 16)
    await member.choose("need.solve")
    await member.choose("need.share")
    await month.later()
    await month[ROTATING].say("/helped")
    await month.at(10, 21, 9)
    await hand_in(member, month.script.midway_report)
    await enter_note(month[OTHER_SECRETARY], "midterm", month.script.midterm)
    await month.later()
    await proxies.he_has_it(month)
    await second_contact(month)
