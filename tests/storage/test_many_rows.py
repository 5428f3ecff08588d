"""Many rows at once mean what each of them would mean alone, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.actors import DEFAULT_ZONE
from domain.people import Stage
from domain.units import UnitKind
from storage import roster, units
from storage.database import Database, Reader, Writer
from storage.many_rows import columns_of
from storage.tables import outbox, person

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=timezone(timedelta(hours=8)))
PAYLOADS: tuple[dict[str, Any], ...] = ({"words": ["变电", None, 1.5, True]}, {}, {"“": "\n"})


def notices(count: int, first: int = 0) -> list[dict[str, Any]]:
    return [
        {"unique_key": f"{at:05}", "payload": PAYLOADS[at % 3], "person_id": None, "not_before": NOW + timedelta(at)}
        for at in range(first, first + count)
    ]


def add_once(tx: Writer, rows: Sequence[dict[str, Any]]) -> int:
    return tx.insert_many_once(outbox, rows, unique=["unique_key"], kind="home", state="waiting", created_at=NOW)


@pytest.mark.parametrize("count", [1, 2, 2345])
async def test_every_kind_of_value_comes_back(database: Database, count: int) -> None:
    await database.write(
        lambda tx: tx.insert_many(outbox, notices(count), kind="home", state="waiting", created_at=NOW)
    )
    columns = (outbox.c.unique_key, outbox.c.payload, outbox.c.person_id, outbox.c.not_before, outbox.c.created_at)
    found = await database.read(lambda tx: tx.all(select(*columns).order_by(outbox.c.unique_key)))
    assert [tuple(row) for row in found] == [(*one.values(), NOW.astimezone(UTC)) for one in notices(count)]


async def test_those_that_are_there_are_left_out_and_not_counted(database: Database) -> None:
    assert await database.write(lambda tx: add_once(tx, notices(3))) == 3
    assert await database.write(lambda tx: add_once(tx, notices(2000))) == 1997
    assert await database.write(lambda tx: add_once(tx, [])) == 0
    assert await database.read(lambda tx: tx.scalar(select(func.count()).select_from(outbox))) == 2000


async def test_ids_are_nobody_elses(database: Database) -> None:
    def unit_of_work(tx: Writer) -> tuple[list[int], list[int]]:
        ids = list(tx.new_ids(outbox, 3))
        rows = [{"id": one, **row} for one, row in zip(ids, notices(3), strict=True)]
        tx.insert_many(outbox, rows, kind="home", state="waiting", created_at=NOW)
        more = [tx.insert(outbox, kind="home", state="waiting", created_at=NOW, **row) for row in notices(2, 3)]
        return ids, more

    ids, more = await database.write(unit_of_work)
    assert len({*ids, *more}) == 5
    assert await database.read(lambda tx: tx.scalars(select(outbox.c.id).order_by(outbox.c.unique_key))) == [
        *ids,
        *more,
    ]


async def test_somebody_who_was_added_meanwhile_stays_as_they_are(database: Database) -> None:
    def row(name: str, key: str, unit_id: int) -> dict[str, object]:
        return {
            "name": name, "staff_no": f"000{key}", "staff_key": key, "pinyin": "", "unit_id": unit_id,
            "stage": Stage.ACTIVIST, "backbone": True,
        }  # fmt: skip

    def work(tx: Writer) -> tuple[Sequence[int], Sequence[int]]:
        root = units.add(tx, UnitKind.COMMITTEE, "某公司党委", None, position=0, zone=DEFAULT_ZONE)
        before = roster.add_people(tx, root, columns_of([row("李明", "101", root)]), NOW)
        both = columns_of([row("李鸣", "101", root), row("王芳", "102", root)])
        return before, roster.add_people(tx, root, both, NOW)

    def names(tx: Reader) -> dict[int, str]:
        return {one.id: one.name for one in tx.all(select(person.c.id, person.c.name))}

    [before], [again, other] = await database.write(work)
    assert again == before
    assert await database.read(names) == {before: "李明", other: "王芳"}
