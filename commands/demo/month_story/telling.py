"""The month, chapter by chapter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from commands.demo.month_story import (
    absence,
    comings,
    groups,
    opening,
    operation,
    papers,
    plans,
    reports,
    rotation,
    support,
)
from commands.demo.month_story.chinese import CHINESE
from commands.demo.month_story.english import ENGLISH
from commands.demo.month_story.month_end import month_end
from commands.demo.month_story.people import Month, roster
from commands.demo.processes import Running
from commands.demo.transcript import Stagehand

SCRIPTS = {"zh_Hans": CHINESE, "en": ENGLISH}


async def comings_and_new_phone(month: Month) -> None:
    await comings.hands_over(month)
    await papers.new_phone(month)


async def opened(month: Month) -> None:
    await opening.opening(month)
    await operation.second_administrator(month)


async def back_to_work(month: Month) -> None:
    await operation.old_backup(month)
    await rotation.read_by_either(month)
    await plans.reached(month)


CHAPTERS: tuple[Callable[[Month], Awaitable[None]], ...] = (
    opened,
    papers.paper_first,
    reports.sent_and_undone,
    papers.from_paper,
    reports.another_verdict,
    plans.plans_change,
    absence.mentor_away,
    groups.group_and_announcement,
    support.need_goes_up,
    absence.read_by_another,
    support.kept_promise,
    absence.experience,
    operation.night_without_power,
    operation.nobody_bothered,
    back_to_work,
    comings.units_change,
    rotation.to_its_end,
    comings_and_new_phone,
    month_end,
)


async def tell(both: Running, hand: Stagehand) -> str:
    script = SCRIPTS[both.locale]
    month = Month(hand, script, both, roster(script, both.locale))
    for (title, why), chapter in zip(script.chapters, CHAPTERS, strict=True):
        hand.chapter(title, why)
        await chapter(month)
        await hand.everybody_reads()
    return script.done
