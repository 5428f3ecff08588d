"""Never more than the rates, answers before bulk, nobody left waiting, order kept: in hours that pass at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.failures import seconds_of
from bot.limits import ANSWERS_TO_ONE, CHATS_KEPT, Lane, Limits, Rates, Window
from tests.bot.virtual_time import run

LI_MING, WANG_FANG, ZHAO_QIANG, LIN_YI = 1, 2, 3, 4
GROUP = -1001
EASY = Rates(per_second=1000, per_chat_per_second=1000, per_group_per_minute=60_000)


@dataclass(slots=True)
class Sent:
    at: float
    lane: Lane
    chat: int
    number: int


@dataclass(slots=True)
class Office:
    """Sends through the limits and notes what Telegram got and when; `refuses` gives a 429's seconds for a chat."""

    limits: Limits
    sent: list[Sent] = field(default_factory=list)
    refuses: dict[int, list[int]] = field(default_factory=dict)

    async def send(
        self, lane: Lane, chat: int, number: int = 0, *, after: float = 0, endpoint: str = "sendMessage"
    ) -> float:
        """Tell how long it took."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(after)
        began = loop.time()

        async def call() -> bool:
            if self.refuses.get(chat):
                raise RetryAfter(self.refuses[chat].pop(0))
            self.sent.append(Sent(loop.time(), lane, chat, number))
            return True

        await self.limits.process_request(call, (), {}, endpoint, {"chat_id": chat}, lane)
        return loop.time() - began

    def times(self, chat: int) -> list[float]:
        return [one.at for one in self.sent if one.chat == chat]


def office(rates: Rates | None = None) -> Office:
    return Office(Limits(rates, asyncio.get_running_loop().time))


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most that fell in any half-open period of so many seconds."""
    return max((sum(begin <= at < begin + seconds for at in times) for begin in times), default=0)


async def turned_away(sending: Awaitable[float]) -> float:
    """For how many seconds it is to rest."""
    with pytest.raises(RetryAfter) as caught:
        await sending
    return seconds_of(caught.value).total_seconds()


async def patiently(office: Office, *ask: Any, **how: Any) -> float:
    """As a row of the database does: rest for as long as was asked, then come again."""
    rested = 0.0
    while True:
        try:
            return rested + await office.send(*ask, **how)
        except RetryAfter as error:
            pause = seconds_of(error).total_seconds()
            rested += pause
            await asyncio.sleep(pause)
            how["after"] = 0


REQUESTS = st.lists(
    st.tuples(
        st.sampled_from(Lane),
        st.one_of(st.integers(1, 12), st.sampled_from([GROUP, GROUP - 1])),
        st.sampled_from([0.0, 0.0, 0.1, 0.7, 3.0]),
        st.sampled_from(["sendMessage", "sendMessage", "sendDocument", "editMessageText"]),
    ),
    max_size=150,
)


@given(requests=REQUESTS, rate=st.sampled_from([0.5, 2.5, 5, 30]))
def test_no_second_and_no_minute_sees_more_than_the_rates(
    requests: list[tuple[Lane, int, float, str]], rate: float
) -> None:
    async def story() -> None:
        here = office(Rates(per_second=rate))
        asked = [
            patiently(here, lane, chat, n, after=after, endpoint=end)
            for n, (lane, chat, after, end) in enumerate(requests)
        ]
        await asyncio.gather(*asked)
        assert len(here.sent) == len(requests)
        assert most_within([one.at for one in here.sent], 1) <= max(1, rate)
        messages = {number for number, (*_, end) in enumerate(requests) if end.startswith("send")}
        for chat in {one.chat for one in here.sent}:
            if chat < 0:
                assert most_within(here.times(chat), 60) <= 20
            else:
                assert most_within([one.at for one in here.sent if one.chat == chat and one.number in messages], 1) <= 1

    run(story())


@given(requests=st.lists(st.tuples(st.sampled_from(Lane), st.integers(1, 4)), max_size=60))
def test_in_a_chat_a_lane_keeps_its_order(requests: list[tuple[Lane, int]]) -> None:
    async def story() -> None:
        here = office(Rates(per_second=3, per_chat_per_second=100))
        await asyncio.gather(*(here.send(lane, chat, number) for number, (lane, chat) in enumerate(requests)))
        order = defaultdict(list)
        for one in here.sent:
            order[one.lane, one.chat].append(one.number)
        assert sum(map(len, order.values())) == len(requests)
        assert all(numbers == sorted(numbers) for numbers in order.values())

    run(story())


@given(answers=st.integers(0, 80), bulk=st.integers(1, 80))
def test_answers_go_first_and_bulk_is_never_stopped(answers: int, bulk: int) -> None:
    async def story() -> None:
        here = office()
        asked = [here.send(Lane.BULK, 1000 + number) for number in range(bulk)]
        asked += [here.send(Lane.ANSWER, number + 1) for number in range(answers)]
        await asyncio.gather(*asked)
        lanes = [one.lane for one in here.sent]
        while_answers_wait = lanes[: len(lanes) - lanes[::-1].index(Lane.ANSWER)] if answers else []
        first = sum(lane is Lane.BULK for lane in while_answers_wait)
        assert first <= 2 + answers // ANSWERS_TO_ONE + 1  # two that went before anybody asked
        assert lanes.count(Lane.BULK) == bulk

    run(story())


def test_a_person_does_not_wait_for_a_mailing() -> None:
    async def story() -> None:
        here = office()
        steps = asyncio.Semaphore(20)

        async def told(chat: int) -> None:
            async with steps:
                await here.send(Lane.BULK, chat)

        mailing = [asyncio.create_task(told(1000 + number)) for number in range(3000)]
        waits = [await here.send(Lane.ANSWER, LI_MING, after=1.37) for _ in range(50)]
        assert max(waits) < 0.05
        await asyncio.gather(*mailing)
        assert 3050 / 30 - 2 < here.sent[-1].at < 3050 / 30 + 2

    run(story())


def test_bulk_goes_on_while_people_never_stop_asking() -> None:
    async def story() -> None:
        here = office()
        answers = [asyncio.create_task(here.send(Lane.ANSWER, 1 + number)) for number in range(600)]
        await here.send(Lane.BULK, 5000)
        assert here.times(5000)[0] < 1.5
        await asyncio.gather(*answers)

    run(story())


def test_a_person_who_taps_quickly_is_answered_at_once() -> None:
    async def story() -> None:
        here = office()
        waits = [await here.send(Lane.ANSWER, LI_MING, after=0.2, endpoint="editMessageText") for _ in range(10)]
        assert max(waits) == 0

    run(story())


def test_one_message_a_second_to_a_person_and_twenty_a_minute_to_a_group() -> None:
    async def story() -> None:
        here = office()
        await asyncio.gather(*(here.send(Lane.ANSWER, LI_MING, number) for number in range(4)))
        assert all(0.99 < later - earlier < 1.01 for earlier, later in pairwise(here.times(LI_MING)))
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(patiently(here, Lane.BULK, GROUP, number) for number in range(41)))
        assert 119 < here.times(GROUP)[-1] - began < 122

    run(story())


def test_a_429_closes_that_chat_alone_and_a_short_one_is_waited_out() -> None:
    async def story() -> None:
        here = office(EASY)
        here.refuses[LI_MING] = [3]
        to_li_ming = asyncio.create_task(here.send(Lane.ANSWER, LI_MING, 1))
        second = asyncio.create_task(here.send(Lane.ANSWER, LI_MING, 2, after=1))
        assert await here.send(Lane.ANSWER, WANG_FANG, after=1) < 0.01
        assert 2.99 < await to_li_ming < 3.01
        await second
        assert here.times(LI_MING)[0] > 3

    run(story())


def test_whoever_would_wait_long_is_told_so_without_asking_again() -> None:
    async def story() -> None:
        here = office(EASY)
        here.refuses[LI_MING] = [30]
        assert await turned_away(here.send(Lane.BULK, LI_MING)) == 30
        assert await turned_away(here.send(Lane.ANSWER, LI_MING)) == 30
        assert await turned_away(here.send(Lane.BULK, LI_MING, after=10)) == 20
        assert here.sent == []
        await here.send(Lane.BULK, LI_MING, after=20)

    run(story())


def test_a_turn_that_waits_when_its_chat_is_closed_is_turned_away() -> None:
    async def story() -> None:
        here = office()
        await here.send(Lane.ANSWER, LI_MING)
        here.refuses[LI_MING] = [60]
        waiting = asyncio.create_task(here.send(Lane.ANSWER, LI_MING))
        assert await turned_away(here.send(Lane.BULK, LI_MING, after=0.1, endpoint="editMessageText")) == 60
        assert await turned_away(waiting) == 60

    run(story())


def test_whoever_finds_the_minute_of_a_group_used_up_is_told_so_at_once() -> None:
    async def story() -> None:
        here = office(Rates(per_second=1000))
        asked = [asyncio.create_task(here.send(Lane.ANSWER, GROUP, number)) for number in range(21)]
        assert await turned_away(asked[-1]) == 60
        assert asyncio.get_running_loop().time() < 1

    run(story())


def test_three_chats_at_once_mean_that_the_bot_is_meant() -> None:
    async def story() -> None:
        here = office(EASY)
        for chat in (LI_MING, WANG_FANG, ZHAO_QIANG):
            here.refuses[chat] = [20]
            assert await turned_away(here.send(Lane.BULK, chat)) == 20
        assert 19 < here.limits.closed_for() <= 20
        assert await turned_away(here.send(Lane.BULK, LIN_YI)) == 20
        await here.send(Lane.ANSWER, LIN_YI, after=15)
        assert here.times(LIN_YI)[0] >= 20

    run(story())


def test_three_chats_one_after_another_are_three_chats() -> None:
    async def story() -> None:
        here = office(EASY)
        for chat in (LI_MING, WANG_FANG, ZHAO_QIANG):
            here.refuses[chat] = [20]
            assert await turned_away(here.send(Lane.BULK, chat, after=1)) == 20
        assert await here.send(Lane.BULK, LIN_YI) == 0

    run(story())


def test_who_gives_up_waiting_leaves_his_turn_to_others() -> None:
    async def story() -> None:
        here = office()
        await here.send(Lane.ANSWER, LI_MING)
        impatient = asyncio.create_task(here.send(Lane.ANSWER, LI_MING, 1))
        patient = asyncio.create_task(here.send(Lane.ANSWER, LI_MING, 2))
        await asyncio.sleep(0.1)
        impatient.cancel()
        await patient
        assert [one.number for one in here.sent] == [0, 2]
        assert here.sent[-1].at < 1.01

    run(story())


def test_at_the_end_those_who_can_still_go_do_and_the_others_are_turned_away() -> None:
    async def story() -> None:
        here = office(Rates(per_second=2))
        waiting = [asyncio.create_task(here.send(Lane.BULK, chat)) for chat in range(1, 11)]
        await asyncio.sleep(0)
        here.limits.end(1.8)
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert [isinstance(one, RetryAfter) for one in outcomes] == [False] * 4 + [True] * 6
        assert asyncio.get_running_loop().time() < 2
        assert await turned_away(here.send(Lane.ANSWER, LIN_YI)) == 1
        assert len(here.sent) == 4

    run(story())


def test_at_the_end_nobody_waits_for_a_chat_that_opens_later() -> None:
    async def story() -> None:
        here = office()
        await here.send(Lane.ANSWER, LI_MING)
        here.limits.end(0.5)
        assert await turned_away(here.send(Lane.ANSWER, LI_MING)) == 1
        assert asyncio.get_running_loop().time() < 0.5

    run(story())


def test_what_is_no_message_waits_for_nobody() -> None:
    async def story() -> None:
        here = office(Rates(per_second=1))
        await here.send(Lane.ANSWER, LI_MING)
        assert await here.send(Lane.ANSWER, LI_MING, endpoint="answerCallbackQuery") == 0
        assert await here.send(Lane.ANSWER, LI_MING, endpoint="getupdates") == 0

    run(story())


def test_chats_that_are_long_open_again_are_forgotten() -> None:
    async def story() -> None:
        here = office(Rates(per_second=1_000_000))
        for chat in range(1, 2 * CHATS_KEPT):
            await here.send(Lane.BULK, chat)
        assert await here.send(Lane.BULK, 2 * CHATS_KEPT - 1) > 0.9  # the latest is remembered
        assert len(here.limits._chats) < 2 * CHATS_KEPT
        await asyncio.sleep(5)
        for chat in range(10_000, 10_000 + CHATS_KEPT):
            await here.send(Lane.BULK, chat)
        assert len(here.limits._chats) <= 2 * CHATS_KEPT

    run(story())


def test_a_rate_below_one_is_one_in_a_longer_time() -> None:
    window = Window(0.25, 1.0)
    window.take(10.0)
    assert window.opens_at() == 14.0
