"""Moments and texts mean the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, select
from sqlalchemy.dialects import registry
from sqlalchemy.exc import StatementError

from storage.columns import Instant
from storage.database import Database, Writer
from storage.tables import outbox

ENGINES = ("sqlite", "postgresql")
SHANGHAI = timezone(timedelta(hours=8))


def store(tx: Writer, moment: datetime, payload: object = None) -> None:
    tx.insert(
        outbox,
        unique_key="a",
        kind="home",
        payload=payload or {},
        not_before=moment,
        created_at=moment,
        state="waiting",
    )


async def test_a_moment_comes_back_as_aware_utc(database: Database) -> None:
    moment = datetime(2026, 10, 12, 10, 0, 0, 123456, tzinfo=SHANGHAI)
    await database.write(lambda tx: store(tx, moment))
    found = await database.read(lambda tx: tx.scalar(select(outbox.c.not_before)))
    assert found == moment
    assert found.tzinfo is UTC


async def test_a_moment_is_compared_as_a_moment(database: Database) -> None:
    moment = datetime(2026, 10, 12, 10, tzinfo=SHANGHAI)
    await database.write(lambda tx: store(tx, moment))
    earlier = select(outbox.c.id).where(outbox.c.not_before < datetime(2026, 10, 12, 2, 0, 1, tzinfo=UTC))
    assert await database.read(lambda tx: tx.scalar(earlier)) == 1


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        await database.write(lambda tx: store(tx, datetime(2026, 10, 12, 2)))  # noqa: DTZ001 - the fault itself
    assert await database.read(lambda tx: tx.scalar(select(outbox.c.id))) is None


async def test_chinese_and_emoji_come_back_as_they_went(database: Database) -> None:
    payload = {"text": "变电检修 🌱 <b>", "list": [1, None, "½"]}
    await database.write(lambda tx: store(tx, datetime(2026, 10, 12, tzinfo=UTC), payload))
    assert await database.read(lambda tx: tx.scalar(select(outbox.c.payload))) == payload


@pytest.mark.parametrize("dialect", [registry.load(name)() for name in ENGINES], ids=ENGINES)
@given(moment=st.datetimes(timezones=st.timezones(), min_value=datetime(1950, 1, 2), max_value=datetime(2199, 1, 1)))  # noqa: DTZ001 - bounds
def test_any_zone_is_the_same_moment(dialect: Dialect, moment: datetime) -> None:
    column = Instant()
    bound = column.process_bind_param(moment, dialect)
    back = column.process_result_value(bound, dialect)
    assert back is not None
    assert back.astimezone(UTC) == moment.astimezone(UTC)
