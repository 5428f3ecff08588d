"""The look behind the scenes of a demonstration: what comes and what was told, and nobody else gets it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.backstage import Backstage, may_be_seen
from bot.settings import Settings
from tests.dialogues.duty_story import at, pair
from tests.stage import Stage


async def seen(stage: Stage) -> dict[str, Any]:
    app = Starlette(routes=[Backstage(stage.database, stage.clock).route()])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        shown: dict[str, Any] = (await client.get("/backstage")).raise_for_status().json()
    return shown


async def test_what_comes_and_what_was_told(stage: Stage) -> None:
    await pair(stage)
    before = await seen(stage)
    assert before["duties"][0] == {
        "kind": "report", "holder": "李明", "period": "2026-W42", "state": "scheduled", "due_at": "2026-10-16T10:00:00+00:00",
        "prompts_at": "2026-10-16T01:00:00+00:00",
    }  # fmt: skip
    await stage.at(at(10, 16, 9))
    after = await seen(stage)
    told = [one for one in after["outbox"] if one["to"] == "李明"]
    assert [(one["state"], one["at"]) for one in told] == [("sent", "2026-10-16T01:00:00+00:00")]
    assert after["duties"][0]["prompts_at"] == "2026-10-19T01:00:00+00:00"


@pytest.mark.parametrize(
    ("clock", "listens", "expected"),
    [
        ("http://127.0.0.1:8081/clock", "127.0.0.1:9100", True),
        ("http://127.0.0.1:8081/clock", "[::1]:9100", True),
        ("http://127.0.0.1:8081/clock", "0.0.0.0:9100", False),
        ("http://127.0.0.1:8081/clock", "192.168.1.5:9100", False),
        ("", "127.0.0.1:9100", False),
    ],
)
def test_only_where_the_clock_can_be_moved_and_on_loopback(clock: str, listens: str, expected: bool) -> None:  # noqa: FBT001 - a case of the table
    settings = Settings.model_construct(clock_url=clock, metrics_listen=listens)
    assert may_be_seen(settings) is expected
