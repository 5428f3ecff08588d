"""The look behind the scenes of a demonstration: what comes and what was told, and nobody else gets it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.backstage import Backstage, may_be_seen
from bot.settings import Settings
from domain.duties import DutyKind
from handlers.routes import Routes
from handlers.views.backstage import DUTIES, NOTICES, notice
from handlers.views.page import Say
from locales import language
from services import administrators
from services.backstage import Told
from tests.dialogues.duty_story import at, pair
from tests.stage import MONDAY, Stage

ROOT = Path(__file__).resolve().parents[2]


async def seen(stage: Stage) -> dict[str, Any]:
    app = Starlette(routes=[Backstage(stage.database, stage.clock, "Asia/Shanghai").route()])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        shown: dict[str, Any] = (await client.get("/backstage")).raise_for_status().json()
    return shown


async def test_what_comes_and_what_was_told(stage: Stage) -> None:
    await pair(stage)
    before = await seen(stage)
    assert before["duties"][0] == {
        "kind": "report", "holder": "李明", "period": "2026-W42", "state": "scheduled", "due_at": "2026-10-16T10:00:00+00:00",
        "prompts_at": "2026-10-16T01:00:00+00:00",
        "words": {
            "zh-Hans": {"what": "汇报，10月16日（星期五）截止", "standing": "未开始"},
            "en": {"what": "a report, due Fri 16 Oct", "standing": "not begun"},
        },
    }  # fmt: skip
    await stage.at(at(10, 16, 9))
    after = await seen(stage)
    told = [one for one in after["outbox"] if one["to"] == "李明"]
    assert [(one["state"], one["at"]) for one in told] == [("sent", "2026-10-16T01:00:00+00:00")]
    assert told[0]["words"]["zh-Hans"] == {"what": "汇报提醒", "standing": "已发"}
    assert after["duties"][0]["prompts_at"] == "2026-10-19T01:00:00+00:00"


async def test_administrators_are_called_by_name_and_not_by_number(stage: Stage) -> None:
    """What they are told as administrators goes to their accounts."""
    phones = [stage["周伟"].phone.user_id, stage["林一"].phone.user_id]
    await stage.database.write(lambda tx: administrators.appoint(tx, phones, MONDAY))
    await stage.at(at(10, 15, 9))  # without a backup
    assert {one["to"] for one in (await seen(stage))["outbox"]} >= {"周伟", "林一"}


def test_why_something_waits_or_was_left_out() -> None:
    say = Say(language("zh_Hans"), "Asia/Shanghai", at(10, 12, 9))

    def told(kind: str, state: str, reason: str | None) -> list[str]:
        return [*notice(Told(kind, "李明", state, at(10, 12, 9), reason), say).values()]

    assert told("need.news", "waiting", "quiet") == ["困难与支持有进展", "待发：免打扰时段"]
    assert told("review.told", "skipped", "no_account") == ["汇报已有点评", "不再发：没有用 Telegram"]
    assert told("not.named.yet", "failed", "TimedOut") == ["not.named.yet", "未发成：TimedOut"]


def test_every_notice_has_its_words() -> None:
    """A notice's kind is a screen that a service names; those of leaves are put together there."""
    screens = Routes().screens.keys()
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "services").rglob("*.py")]
    named = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {one for one in named & screens if "." in str(one)} | {"leave.entered", "leave.ended"} == NOTICES.keys()
    assert set(DutyKind) == DUTIES.keys()


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
