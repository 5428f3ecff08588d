"""A database that looks over the program's shoulder: whoever changes what people entered leaves a row in the audit."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from storage.database import Database, Query, Result, Unit, Writer

AUDITED = (
    "unit", "person", "role", "invite", "consent", "holiday", "leave", "pairing", "pairing_mentor", "outcome", "rotation",
    "check_in", "check_in_subject", "check_in_version", "attachment", "review", "need",
)  # fmt: skip
"""Not the reminders' own counting in `duty` and `digest`, whether a stored summary was told of, nor what the runtime keeps."""


class Watched:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.alone = database.alone

    async def write(self, unit: Unit[Result]) -> Result:
        def watched(tx: Writer) -> Result:
            result = unit(tx)
            if tx.has_changed(*AUDITED):
                assert tx.has_changed("audit"), f"{unit.__qualname__} changed {AUDITED} without a word in the audit"
            return result

        return await self.database.write(watched)

    async def read(self, query: Query[Result]) -> Result:
        return await self.database.read(query)

    def sole(self, work: str, /) -> AbstractAsyncContextManager[bool]:
        return self.database.sole(work)

    async def close(self) -> None:
        await self.database.close()
