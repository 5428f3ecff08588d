"""The month, chapter by chapter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from commands.demo.cast import CROWD
from commands.demo.month_story import (
    absence,
    comings,
    december,
    groups,
    opening,
    operation,
    papers,
    plans,
    proxies,
    reports,
    rotation,
    support,
    units,
)
from commands.demo.month_story.chinese import CHINESE
from commands.demo.month_story.english import ENGLISH
from commands.demo.month_story.month_end import month_end
from commands.demo.month_story.people import ADDED, Month, roster
from commands.demo.processes import Running
from commands.demo.roster import ON_PHONES
from commands.demo.seeding import crowd
from commands.demo.transcript import Stagehand

SCRIPTS = {"zh_Hans": CHINESE, "en": ENGLISH}


async def comings_and_new_phone(month: Month) -> None:
    await comings.retires(month)
    await comings.hands_over(month)
    await units.groups_merge(month)
    await papers.new_phone(month)


async def units_and_people(month: Month) -> None:
    await plans.outgrown(month)
    await units.units_change(month)
    await units.deputy(month)
    await comings.hands_one_over(month)
    await comings.moves(month)


async def opened(month: Month) -> None:
    await opening.opening(month)
    await operation.second_administrator(month)


async def back_to_work(month: Month) -> None:
    await operation.old_backup(month)
    await absence.used_elsewhere(month)
    await proxies.no_leave(month)
    await rotation.read_by_either(month)
    await plans.reached(month)
    await support.between_two(month)


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
    units_and_people,
    rotation.to_its_end,
    comings_and_new_phone,
    month_end,
    december.holidays_to_come,
)


async def tell(both: Running, hand: Stagehand) -> str:
    """Once the roster is in, everybody who is on no phone comes in as well, and lives along."""
    from commands.demo.life.neighbours import living_along  # with the database, so only once the assistant has started

    script = SCRIPTS[both.locale]
    month = Month(hand, script, both, roster(script, both.locale))
    await _chapter(month, 0)
    await hand.telegram.add_crowd(CROWD)
    history = await crowd(both.database_url, month.starting, hand.clock, both.locale, ON_PHONES.union(ADDED))
    async with living_along(both.database_url, history, hand.clock) as month.neighbours:
        for place in range(1, len(CHAPTERS)):
            await _chapter(month, place)
    return script.done


async def _chapter(month: Month, place: int) -> None:
    month.hand.chapter(*month.script.chapters[place])
    await CHAPTERS[place](month)
    await month.hand.everybody_reads()
