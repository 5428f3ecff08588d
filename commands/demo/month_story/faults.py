"""A message that cannot be answered: tried three times and set aside, the sender told, the administrators with its number."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from commands.demo.month_story.people import COLLEAGUE, Month

FAULT = """
    CREATE TRIGGER fault_of_the_story BEFORE INSERT ON review
    WHEN NEW.reviewer_id IN (SELECT id FROM person WHERE name = '{name}')
    BEGIN SELECT RAISE(ABORT, 'a fault of the story'); END
"""
"""Put into the database, so that what goes wrong goes wrong in the real program."""


async def set_aside(month: Month) -> None:
    colleague = month[COLLEAGUE]
    month.hand.narrate(month.script.fault)
    _tell_database(month, FAULT.format(name=colleague.name))
    await colleague.choose("review.next")
    await colleague.choose("review.noted")
    await month.later()


def mend(month: Month) -> None:
    _tell_database(month, "DROP TRIGGER fault_of_the_story")


def _tell_database(month: Month, statement: str) -> None:
    with closing(sqlite3.connect(month.both.database_path)) as database, database:
        database.execute(statement)
