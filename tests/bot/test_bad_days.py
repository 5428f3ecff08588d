"""Bad days: three calls of ten fail, Telegram is away for a day, the clock jumps. Nothing is lost, nothing is said twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from sqlalchemy import func, select

from storage.database import Reader
from storage.tables import inbox, outbox
from tests.bot.conftest import Lab, heard
from tests.programme import pair

WORDS = ("甲", "乙", "丙", "丁", "戊")
EACH = 0.0853
"""Of four kinds at once: 1 - (1 - 0.0853)⁴ is three of ten."""
SENDING = ["sendMessage", "editMessageText", "answerCallbackQuery"]
FRIDAY = datetime(2026, 10, 16, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai, when the week's prompt goes out."""
PROMPT = "本周进展请于10月16日"


async def open_rows(lab: Lab) -> int:
    def count(tx: Reader) -> int:
        updates = tx.scalar(select(func.count()).where(inbox.c.state != "done"))
        notices = tx.scalar(select(func.count()).where(outbox.c.state == "waiting"))
        return int(updates + notices)

    return await lab.stage.database.read(count)


async def struck(lab: Lab) -> dict[str, int]:
    return {fault["kind"]: fault["struck"] for fault in (await lab.stage.telegram.state())["faults"]}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_three_calls_of_ten_fail(lab: Lab, seed: int) -> None:
    """One lost answer may be said again, for nobody knows that it came; nothing else is said twice."""
    telegram, players = lab.stage.telegram, list(lab.stage.players.values())
    for at, kind in enumerate(("too_many_requests", "server_error", "timed_out", "dropped")):
        after = kind == "timed_out"
        await telegram.fault(kind, methods=SENDING, ratio=EACH, seed=10 * seed + at, retry_after=3, after=after)
    for word in WORDS:
        for player in players:
            await player.phone.say(f"/try {word}")
    for player in players:
        await lab.notice(player.name, "告知")
    for _ in range(60):
        await lab.later(seconds=20)
        if not await open_rows(lab):
            break
    faults = await struck(lab)
    assert all(faults.values()), faults
    assert await open_rows(lab) == 0
    assert await lab.count() == len(WORDS) * len(players)
    repeated = 0
    for player in players:
        tried = [text.split()[-1] for text in await heard(player.phone) if text.split()[-1] in (*WORDS, "告知")]
        assert [word for word, _ in groupby(word for word in tried if word != "告知")] == list(WORDS)
        assert "告知" in tried
        repeated += len(tried) - len(WORDS) - 1
    assert repeated <= faults["timed_out"]


async def prompted(lab: Lab) -> int:
    return sum(PROMPT in text for text in await heard(lab.stage["李明"].phone))


async def both_at(lab: Lab, moment: datetime) -> None:
    """The program's clock and the real one go on together."""
    by = moment - lab.stage.clock.now()
    lab.wall.put(lab.wall.now() + max(by, timedelta(0)))
    await lab.stage.at(moment)


async def go(lab: Lab, moments: Sequence[datetime]) -> None:
    for moment in moments:
        await both_at(lab, moment)


async def paired(lab: Lab) -> None:
    await pair(lab.stage.database, lab.stage.clock.now(), lab.stage["李明"].person_id, [lab.stage["王芳"].person_id])


async def test_telegram_is_away_for_a_day(lab: Lab) -> None:
    """The prompt for Friday 18:00 is no longer said as it was meant; on Saturday nobody is written to but once."""
    await paired(lab)
    await lab.stage.telegram.fault("down", methods=SENDING)
    before = len(await heard(lab.stage["李明"].phone))
    await go(lab, [FRIDAY + timedelta(hours=hour) for hour in range(25)])
    assert len(await heard(lab.stage["李明"].phone)) == before
    await lab.stage.telegram.clear_faults()
    await go(lab, [FRIDAY + timedelta(days=1, hours=hour) for hour in range(1, 5)])
    assert len(await heard(lab.stage["李明"].phone)) == before + 1


async def test_the_clock_jumps_three_days_forward(lab: Lab) -> None:
    await paired(lab)
    before = len(await heard(lab.stage["李明"].phone))
    await both_at(lab, FRIDAY - timedelta(days=1))
    await both_at(lab, FRIDAY + timedelta(days=2, hours=2))
    assert len(await heard(lab.stage["李明"].phone)) == before + 1


async def test_the_clock_jumps_an_hour_forward_and_back(lab: Lab) -> None:
    await paired(lab)
    await go(lab, [FRIDAY - timedelta(minutes=1), FRIDAY + timedelta(hours=1)])
    assert await prompted(lab) == 1
    await go(lab, [FRIDAY, FRIDAY + timedelta(minutes=30), FRIDAY + timedelta(hours=2)])
    assert await prompted(lab) == 1
