"""The outbox's sender: claims what is due in small steps, sends it behind the answers, and settles the rows."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from telegram.error import RetryAfter

from bot import failures
from bot.clock import Clock, RealClock
from bot.letters import Letter, Writing, go_together, together
from bot.limits import LANE, Lane
from bot.measures import Measures
from bot.sending import Sender
from bot.turns import Turns
from bot.workers import worker_name
from domain.actors import Actor
from services import accounts, faults, group_chats
from services.delivery import Skip, Wait
from storage import outbox
from storage.database import Database, StorageFault, Writer

log = structlog.get_logger()
STEP = 20
"""Rows claimed at a time."""
AT_ONCE = 40
"""People spoken to at a time: more than Telegram takes in a second, so that slow answers of its do not slow us down."""
LOOK_AGAIN_SECONDS = 1.0
RENEW_SECONDS, FINISH_SECONDS = 30.0, 5.0
FIRST_PAUSE = timedelta(seconds=5)
TRIES = 3
PATIENCE = timedelta(days=2)
"""For how long a fault of Telegram's is waited out."""


@dataclass(slots=True)
class Delivery:
    """Due times are the program's (`clock`), leases and pauses the real ones (`wall`).

    `closed_for` tells for how many seconds Telegram wants to hear nothing at all; meanwhile nothing is claimed.
    """

    database: Database
    turns: Turns
    sender: Sender
    clock: Clock
    closed_for: Callable[[], float] = lambda: 0.0
    name: str = field(default_factory=worker_name)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    wall: Clock = field(default_factory=RealClock)
    measures: Measures = field(default_factory=Measures)
    _active: dict[asyncio.Task[None], list[int]] = field(default_factory=dict)
    _stopping: bool = False

    async def run(self) -> None:
        """Send until cancelled; then what is in flight is finished and the rest left for the next start."""
        if self.database.alone:
            await self.database.write(outbox.free_all)
        self._stopping = False
        renewing = asyncio.create_task(self._renew())
        try:
            while True:
                self.wake.clear()
                if not await self._take_unbroken():
                    with contextlib.suppress(TimeoutError):
                        # wait_for would lose a stop that comes with the event
                        async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                            await self.wake.wait()
        finally:
            self._stopping = True
            await self._finish(FINISH_SECONDS)
            await self._give_back()
            renewing.cancel()

    async def settle(self) -> None:
        """Send until nothing is due."""
        while await self.step():
            pass

    async def step(self) -> int:
        """Send what is due, at most a handful; tell how many there were."""
        count = await self._take_more()
        await self._finish()
        return count

    async def _take_unbroken(self) -> int:
        """Whoever is stopped in the middle of it still knows what was claimed."""
        taking = asyncio.create_task(self._take_more())
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            self._stopping = True
            await asyncio.wait([taking])
            raise
        except StorageFault as error:
            log.warning("delivery paused", fault=str(error))
            return 0

    async def _take_more(self) -> int:
        if len(self._active) > AT_ONCE - STEP or self.closed_for() > 0:
            return 0
        now, wall = self.clock.now(), self.wall.now()
        rows = await self.database.write(lambda tx: outbox.claim(tx, self.name, now, wall, limit=STEP))
        by_recipient = defaultdict(list)
        for row in rows:
            by_recipient[row.person_id, row.telegram_id].append(row)
        for theirs in by_recipient.values():
            task = asyncio.create_task(self._deliver_all(theirs), name=f"outbox {theirs[0].id}")
            self._active[task] = [row.id for row in theirs]
            task.add_done_callback(self._finished)
        return len(rows)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._active.pop(task, None)
        self.wake.set()

    async def _finish(self, seconds: float | None = None) -> None:
        if self._active:
            await asyncio.wait(self._active, timeout=seconds)

    async def _give_back(self) -> None:
        """What did not come to its end is left to the next start, or to another replica."""
        with contextlib.suppress(StorageFault):  # the claims run out by themselves
            for task, ids in list(self._active.items()):
                task.cancel()
                for row_id in ids:
                    await self._rest(row_id, timedelta(), "stopping", counts=False)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            ids, wall = [row_id for ids in self._active.values() for row_id in ids], self.wall.now()
            with contextlib.suppress(StorageFault):
                await self.database.write(lambda tx: outbox.renew(tx, self.name, ids, wall))  # noqa: B023 - run before the next round

    async def _deliver_all(self, rows: Sequence[outbox.Waiting]) -> None:
        """One person's, in their order: what cannot go now keeps back what comes after it."""
        structlog.contextvars.bind_contextvars(person=rows[0].person_id)
        LANE.set(Lane.BULK)
        waiting = deque(rows)
        try:
            while waiting and not self._stopping:
                letters = await self._next_letters(waiting)
                pause = await self._send(letters) if letters else None
                if pause is not None:
                    await self._leave(waiting, pause, "waits for another")
                    return
            await self._leave(waiting, timedelta(), "stopping")
        except StorageFault as error:
            log.warning("delivery not settled", fault=str(error))  # the claims run out by themselves

    async def _leave(self, rows: Sequence[outbox.Waiting] | deque[outbox.Waiting], pause: timedelta, why: str) -> None:
        for row in rows:
            await self._rest(row.id, pause, why, counts=False)

    async def _next_letters(self, waiting: deque[outbox.Waiting]) -> list[Letter]:
        """Take what makes the next message: one row, or some that fall together and can be read together."""
        letters: list[Letter] = []
        while waiting and not (letters and self._stopping):
            letter = await self._letter(waiting[0])
            if letter is not None and letters and not go_together([*letters, letter]):
                break  # it is looked at once more when those before it are sent: they count against the week's budget
            waiting.popleft()
            if letter is not None:
                letters.append(letter)
                if not letter.joins:
                    break
        return letters

    async def _letter(self, row: outbox.Waiting) -> Letter | None:
        now = self.clock.now()
        try:
            letter = await self._writing.letter(row)
        except StorageFault:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: one row's fault must not hold up the others
            await self._failed(row, error)
            return None
        if isinstance(letter, Letter):
            return letter
        if isinstance(letter, Skip):
            reason = letter.reason
            await self.database.write(lambda tx: outbox.settle(tx, row.id, "skipped", now, reason=reason))
            self.measures.noticed("skipped")
        else:
            await self._postpone(row, letter)
        return None

    async def _postpone(self, row: outbox.Waiting, wait: Wait) -> None:
        await self.database.write(lambda tx: outbox.postpone(tx, row.id, wait.until, wait.reason))
        self.measures.noticed("postponed")

    @property
    def _writing(self) -> Writing:
        return Writing(self.database, self.turns, self.clock)

    async def _send(self, letters: Sequence[Letter]) -> timedelta | None:
        """Send what goes together and settle it, as one message of the week's; a fault that passes tells for how long the person is to be left alone."""
        try:
            sent = await self.sender.deliver(letters[0].chat_id, together(letters))
        except StorageFault:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever fails is settled by its meaning
            return await self._not_sent(letters, error)
        await self._settle(letters, "sent", message=sent)
        return None

    async def _not_sent(self, letters: Sequence[Letter], error: Exception) -> timedelta | None:
        if failures.is_gone(error) or (letters[0].to_group and failures.refuses(error)):
            await self._gave_up(letters, type(error).__name__)
        elif failures.passes(error):
            return await self._try_later(letters, error)
        elif len(letters) == 1:
            await self._failed(letters[0].row, error)
        else:
            return await self._send_apart(letters)
        return None

    async def _send_apart(self, letters: Sequence[Letter]) -> timedelta | None:
        """One of them cannot be sent: let it fail by itself."""
        for number, letter in enumerate(letters, 1):
            pause = await self._send([letter])
            if pause is not None:
                await self._leave([one.row for one in letters[number:]], pause, "waits for another")
                return pause
        return None

    async def _settle(
        self, letters: Sequence[Letter], state: str, *, reason: str | None = None, message: int | None = None
    ) -> None:
        now, counted = self.clock.now(), next((one for one in letters if one.row.unasked), letters[0])

        def unit(tx: Writer) -> None:
            for letter in letters:
                beside = outbox.WITH_ANOTHER if state == "sent" and letter is not counted else reason
                outbox.settle(tx, letter.row.id, state, now, reason=beside, message=message)
                for row in letter.beneath if state == "sent" else ():
                    outbox.settle_beneath(tx, row.id, now, message=message)

        await self.database.write(unit)
        for _ in letters:
            self.measures.noticed(state)

    async def _gave_up(self, letters: Sequence[Letter], fault: str) -> None:
        """Blocked, deactivated or gone: the person is unreachable, a unit without the group, and the rows are settled for good."""
        log.info("not delivered", outbox=letters[0].row.id, fault=fault)
        now, letter = self.clock.now(), letters[0]
        account_id = letter.shown.actor.account_id

        def unit(tx: Writer) -> None:
            if account_id is not None:
                accounts.mark_unreachable(tx, account_id, now)
            for one in letters:
                outbox.settle(tx, one.row.id, "failed", now, reason=fault)
            if letter.to_group:
                group_chats.lost(tx, Actor.clock(now), letter.chat_id, refused=True)

        await self.database.write(unit)
        self.measures.noticed("unreachable")

    async def _try_later(self, letters: Sequence[Letter], error: Exception) -> timedelta | None:
        """A fault of Telegram's: again after a pause that grows, until nobody would miss the message any more."""
        fault, row = type(error).__name__, letters[0].row
        if self.clock.now() - row.not_before > PATIENCE:
            await self._settle(letters, "failed", reason=fault)
            return None
        flood = isinstance(error, RetryAfter)
        pause = failures.pause_after(error, FIRST_PAUSE * 2 ** min(row.tries, 10))
        for letter in letters:
            await self._rest(letter.row.id, pause, "flood" if flood else fault, counts=not flood)
        return pause

    async def _failed(self, row: outbox.Waiting, error: Exception) -> None:
        """A fault of ours: tried three times, then set aside and told to the administrators."""
        fault, now = type(error).__name__, self.clock.now()
        log.warning("notice failed", outbox=row.id, kind=row.kind, tries=row.tries, fault=fault, exc_info=error)
        if row.tries < TRIES:
            await self._rest(row.id, FIRST_PAUSE, fault)
            return

        def unit(tx: Writer) -> None:
            outbox.settle(tx, row.id, "failed", now, reason=fault)
            if row.kind != faults.PARKED:
                faults.report(tx, "notice", row.id, fault, now)

        await self.database.write(unit)
        self.measures.noticed("failed")

    async def _rest(self, row_id: int, pause: timedelta, reason: str, *, counts: bool = True) -> None:
        until = self.wall.now() + pause
        await self.database.write(lambda tx: outbox.rest(tx, row_id, until, reason, counts=counts))
        self.measures.noticed("retried")
