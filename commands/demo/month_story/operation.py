"""The one administrator is made two; a night without power; a backup that has grown old; and who was bothered how often."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from commands.demo.month_story import faults, papers, proxies
from commands.demo.month_story.people import ADMINISTRATOR, COLLEAGUE, OFFICER, Month
from commands.demo.transcript import ZONE, expect

if TYPE_CHECKING:
    from storage.database import Reader

BUDGET = 3


async def second_administrator(month: Month) -> None:
    administrator = month[ADMINISTRATOR]
    month.hand.narrate(month.script.second_administrator)
    await administrator.say("/health")
    await administrator.choose("roles.administrators")
    await administrator.choose("roles.add_administrator")
    await administrator.say(OFFICER)
    await administrator.choose("roles.give_administrator", about=OFFICER)
    await month.later()
    await month.back_up(month.hand.clock)
    month.backs_up = True
    month.hand.narrate(month.script.backs_up)
    await administrator.say("/health")
    month.hand.narrate(month.script.reads_nothing)
    refused = await administrator.say("/summary")
    expect(not refused.rows, "an administrator should be shown nobody's reports")


async def night_without_power(month: Month) -> None:
    await papers.another_paper(month)
    await proxies.leave(month)
    colleague, administrator = month[COLLEAGUE], month[ADMINISTRATOR]
    await month.at(10, 23, 23, 10)
    month.backs_up = False
    month.both.kill()
    month.hand.narrate(month.script.power_cut)
    await month.hand.at(datetime(2026, 10, 24, 6, 40, tzinfo=ZONE), served=False)
    await colleague.choose_unheard("review.next")
    await month.hand.at(datetime(2026, 10, 24, 7, 20, tzinfo=ZONE), served=False)
    month.hand.narrate(month.script.power_is_back)
    month.both.start_again()
    await colleague.hears_button("review.noted")
    await colleague.choose("review.noted")
    await month.at(10, 24, 9)
    await administrator.hears_button("health")
    await faults.set_aside(month)


async def old_backup(month: Month) -> None:
    await month.at(10, 26)
    administrator = month[ADMINISTRATOR]
    await administrator.hears_button("health")
    month.hand.narrate(month.script.timer_mended)
    await month.back_up(month.hand.clock)
    month.backs_up = True
    faults.mend(month)
    await administrator.choose("health")


async def nobody_bothered(month: Month) -> None:
    """What the outbox says of the week that ends."""
    await month.at(10, 25, 20)
    from storage.database import open_database

    database = await open_database(month.both.database_url)
    monday = datetime(2026, 10, 19, tzinfo=ZONE)
    try:
        counted = await database.read(lambda tx: _unasked(tx, monday))
    finally:
        await database.close()
    month.hand.narrate(month.script.budget)
    on_stage = {month.hand.shown(name) for name in month.people}
    for name, number in counted.items():
        expect(number <= BUDGET, f"{name} got {number} messages unasked for in a week")
        if name in on_stage:
            month.hand.narrate(month.script.budget_line.format(name=name, number=number))
    others = [number for name, number in counted.items() if name not in on_stage]
    month.hand.narrate(month.script.budget_of_others.format(people=len(others), most=max(others)))


def _unasked(tx: Reader, monday: datetime) -> dict[str, int]:
    from storage import outbox, people, units

    root = units.root(tx)
    assert root is not None
    counted = {one.name: outbox.unasked_since(tx, one.id, monday) for one in people.present(tx, root.id)}
    return {name: number for name, number in counted.items() if number}
