"""The simulation on paper: nothing is lost or made up on its way, and the same seed tells the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import scaling
from benchmarks.scaling import Evening, Machines, Membership, Plan

SMALL = Plan(Membership(members=60_000, committees=120), machines=Machines(committees_a_cell=25))
COUNTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=30)
LIMITS = st.integers(500, 4_000)


def reports_of(plan: Plan) -> list[list[int]]:
    return scaling.evening_of(scaling.sizes(plan.membership), plan.evening, plan.membership.seed)


@given(seed=st.integers(0, 2**32), spread=st.floats(0, 2), committees=st.integers(1, 80), more=st.integers(0, 50_000))
def test_every_member_is_in_one_committee(seed: int, spread: float, committees: int, more: int) -> None:
    sizes = scaling.sizes(Membership(committees + more, committees, spread, seed))
    assert (len(sizes), sum(sizes)) == (committees, committees + more)
    assert min(sizes) >= 1


@given(reports=st.integers(0, 100_000), jitter=st.floats(0, 1, exclude_max=True), minutes=st.integers(1, 120))
def test_every_report_is_begun_in_one_minute(reports: int, jitter: float, minutes: int) -> None:
    curve = [scaling.begun_by(minute / minutes) for minute in range(minutes + 1)]
    begun = scaling.arrivals(reports, curve, jitter)
    assert (len(begun), sum(begun)) == (minutes, reports)
    assert min(begun) >= 0


@given(due=COUNTS, limit=LIMITS)
def test_every_send_goes_once_and_never_faster_than_telegram_allows(due: list[int], limit: int) -> None:
    queue = scaling.queue(due, limit)
    assert sum(queue.sent) == sum(due)
    assert max(queue.sent) <= limit
    assert queue.waiting[-1] == 0
    after = zip(accumulate(due), accumulate(queue.sent), queue.waiting, strict=False)
    assert all(begun == gone + waiting for begun, gone, waiting in after)


@given(due=COUNTS, limit=LIMITS)
def test_a_token_rests_only_when_nothing_waits(due: list[int], limit: int) -> None:
    queue = scaling.queue(due, limit)
    assert all(sent == limit for sent, waiting in zip(queue.sent, queue.waiting, strict=True) if waiting)


def test_the_peak_holds_its_share_of_all_reports() -> None:
    assert sum(map(sum, reports_of(SMALL))) == 30_000


def test_every_committee_lives_in_one_cell_with_all_its_updates() -> None:
    reports = reports_of(SMALL)
    cells = scaling.cells(reports, SMALL)
    assert sorted(one for cell in cells for one in cell.committees) == list(range(120))
    assert max(len(cell.committees) for cell in cells) <= 25
    assert sum(sum(cell.updates) for cell in cells) == 4 * 30_000


def test_no_cell_is_given_less_than_it_needs() -> None:
    machines = replace(SMALL.machines, updates_a_process=10, commits_a_worker=50)
    for cell in scaling.cells(reports_of(SMALL), SMALL):
        assert scaling.processes(cell.busiest_second, machines) * 10 * machines.filled >= cell.busiest_second
        commits = cell.busiest_second * machines.commits_an_update
        assert scaling.workers(cell, machines) * 50 * machines.filled >= commits


def test_who_just_fits_the_token_does_not_wait_and_who_is_larger_does() -> None:
    evening = Evening()
    most = scaling.most_without_waiting(evening)
    small, large = ([scaling.evening_of([size], evening, 1)[0]] for size in (most * 9 // 10, most * 11 // 10))
    assert scaling.queue_of(small[0], evening).longest == 0
    assert scaling.queue_of(large[0], evening).longest > 0


def test_the_whole_cost_is_the_sum_of_its_lines() -> None:
    told = scaling.figures(SMALL)
    lines = [value for name, value in told.items() if name.startswith("$ a month: ") and not name.endswith("all")]
    assert told["$ a month: all"] == pytest.approx(sum(lines))


def test_the_same_seed_gives_the_same_figures_and_another_gives_others() -> None:
    told = scaling.figures(SMALL)
    assert scaling.figures(SMALL) == told
    assert scaling.figures(replace(SMALL, membership=replace(SMALL.membership, seed=7))) != told
