"""A simulation on paper: 100 million members in 100,000 committees, a schema and a token each, on their busiest evening.

Nothing here is measured. What was measured elsewhere comes in as a number, all else is an assumption with a name, and
the same seed gives the same figures. `python -m benchmarks.scaling` prints them.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

WEEKS_A_YEAR = 52
HOURS_A_WEEK = 168
SECONDS_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Membership:
    """Assumed. Sizes are lognormal: `spread` is the standard deviation of their logarithm."""

    members: int = 100_000_000
    committees: int = 100_000
    spread: float = 1.2
    seed: int = 2026


@dataclass(frozen=True, slots=True)
class Evening:
    """The peak. Updates and sends of a report are those of the measured dialogue, the token's limit is Telegram's."""

    share: float = 0.5
    minutes: int = 60
    updates_a_report: int = 4
    sends_a_report: int = 4
    sends_per_second: int = 30


@dataclass(frozen=True, slots=True)
class Machines:
    updates_a_process: float = 319
    """Measured a second, on SQLite."""
    megabytes_a_process: float = 105
    """Measured, idle."""
    relations_a_schema: int = 46 + 152
    """Counted on PostgreSQL: tables and indexes, without sequences and TOAST."""
    bytes_a_report: int = 3_000
    """Assumed, with its duty, audit, review and prompt; 920 were measured on SQLite for a short report alone."""
    filled: float = 0.5
    """Assumed: so much of what a machine can do is counted on."""
    process_cpus: int = 2
    gigabytes_a_cpu: float = 4
    commits_an_update: int = 4
    """Assumed: kept, claimed, handled, done, a commit each on PostgreSQL."""
    commits_a_worker: float = 8_000
    """Assumed, a second, on `worker_cpus` with local disks."""
    worker_cpus: int = 16
    coordinator_cpus: int = 8
    copies: int = 2
    """Assumed: each database server has a standby."""
    committees_a_cell: int = 2_000
    """Chosen, below what is documented for Citus' schemas."""
    years_kept: int = 2
    tablets_a_gibibyte: float = 1024 / 0.7
    raft_copies: int = 3
    colocated_gigabytes: float = 50
    """These three as YugabyteDB documents them: copies of tablets a GiB set aside, copies, a small database."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Assumed, US dollars a month, of the order of a public cloud's list; a processor comes with its memory."""

    cpu: float = 25.0
    gigabyte_of_memory: float = 3.0
    gigabyte_of_disk: float = 0.10
    peak_hours_a_week: float = 3.0
    """For so long the processes of the peak are rented; in the rest of the week a tenth of them runs."""
    share_off_peak: float = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    membership: Membership = field(default_factory=Membership)
    evening: Evening = field(default_factory=Evening)
    machines: Machines = field(default_factory=Machines)
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True, slots=True)
class Queue:
    """What one token sends, minute by minute, until nothing waits; `waiting` is what is left after each minute."""

    sent: tuple[int, ...]
    waiting: tuple[int, ...]

    @property
    def longest(self) -> int:
        return max(self.waiting, default=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cluster with the committees that live in it; `updates` are those of each minute."""

    committees: tuple[int, ...]
    updates: tuple[int, ...]

    @property
    def busiest_second(self) -> float:
        return max(self.updates) / SECONDS_A_MINUTE


def sizes(membership: Membership) -> list[int]:
    """Members of each committee, the largest first: none is empty, and together they are exactly all."""
    chance = random.Random(membership.seed)
    weights = sorted((chance.lognormvariate(0, membership.spread) for _ in range(membership.committees)), reverse=True)
    return [1 + more for more in shared_out(membership.members - membership.committees, weights)]


def shared_out(whole: int, weights: Sequence[float]) -> list[int]:
    """`whole` in whole parts by weight, none lost to rounding."""
    total = math.fsum(weights)
    marks = [0, *(round(whole * part / total) for part in accumulate(weights))]
    marks[-1] = whole
    return [after - before for before, after in pairwise(marks)]


def begun_by(share_of_time: float) -> float:
    """The share of reports begun after so much of the hour: it swells until the middle and ebbs as it came."""
    return 2 * share_of_time**2 if share_of_time < 0.5 else 1 - 2 * (1 - share_of_time) ** 2


def arrivals(reports: int, curve: Sequence[float], jitter: float) -> list[int]:
    """Reports begun in each minute; `jitter` (0 to 1) rounds each committee in its own way."""
    marks = [0, *(math.floor(reports * share + jitter) for share in curve[1:-1]), reports]
    return [after - before for before, after in pairwise(marks)]


def evening_of(members: Sequence[int], evening: Evening, seed: int) -> list[list[int]]:
    """For each committee the reports begun in each minute of the peak."""
    chance = random.Random(seed + 1)
    reports = shared_out(round(sum(members) * evening.share), members)
    curve = [begun_by(minute / evening.minutes) for minute in range(evening.minutes + 1)]
    return [arrivals(number, curve, chance.random()) for number in reports]


def queue(due: Iterable[int], per_minute: int) -> Queue:
    """First come, first served; a minute never sends more than its limit."""
    sent: list[int] = []
    waiting: list[int] = []
    left, minutes = 0, iter(due)
    while (arriving := next(minutes, None)) is not None or left:
        left += arriving or 0
        sent.append(min(left, per_minute))
        left -= sent[-1]
        waiting.append(left)
    return Queue(tuple(sent), tuple(waiting))


def queue_of(reports: Sequence[int], evening: Evening) -> Queue:
    return queue((number * evening.sends_a_report for number in reports), evening.sends_per_second * SECONDS_A_MINUTE)


def cells(reports: Sequence[Sequence[int]], plan: Plan) -> list[Cell]:
    """Each committee lives in exactly one cell; the large ones are dealt out first, so that no cell gets them all."""
    number = math.ceil(len(reports) / plan.machines.committees_a_cell)
    return [_cell(range(one, len(reports), number), reports, plan.evening) for one in range(number)]


def _cell(committees: Iterable[int], reports: Sequence[Sequence[int]], evening: Evening) -> Cell:
    mine = tuple(committees)
    minutes = zip(*(reports[one] for one in mine), strict=True)
    return Cell(mine, tuple(evening.updates_a_report * sum(minute) for minute in minutes))


def processes(busiest_second: float, machines: Machines) -> int:
    return math.ceil(busiest_second / (machines.updates_a_process * machines.filled))


def workers(cell: Cell, machines: Machines) -> int:
    return math.ceil(cell.busiest_second * machines.commits_an_update / (machines.commits_a_worker * machines.filled))


def terabytes(plan: Plan) -> float:
    """Of reports and all that belongs to them, one copy, when the oldest are as old as they get."""
    reports = plan.membership.members * WEEKS_A_YEAR * plan.machines.years_kept
    return reports * plan.machines.bytes_a_report / 1e12


def monthly_costs(clusters: Sequence[Cell], plan: Plan) -> dict[str, float]:
    """US dollars a month by what they are paid for."""
    machines, prices = plan.machines, plan.prices
    at_peak = sum(processes(cell.busiest_second, machines) for cell in clusters)
    peak = prices.peak_hours_a_week / HOURS_A_WEEK
    rented = at_peak * (peak + prices.share_off_peak * (1 - peak))
    cpus = sum(workers(cell, machines) for cell in clusters) * machines.worker_cpus
    return {
        "processes": rented * machines.process_cpus * prices.cpu,
        "workers and standbys": machines.copies * cpus * prices.cpu,
        "coordinators and standbys": machines.copies * len(clusters) * machines.coordinator_cpus * prices.cpu,
        "disks": cost_of_disks(plan),
    }


def cost_of_disks(plan: Plan) -> float:
    return plan.machines.copies * terabytes(plan) * 1000 * plan.prices.gigabyte_of_disk


def telegram_figures(members: Sequence[int], reports: Sequence[Sequence[int]], evening: Evening) -> dict[str, float]:
    queues = [queue_of(one, evening) for one in reports]
    behind = [one for one, its in enumerate(queues) if its.longest]
    per_minute = evening.sends_per_second * SECONDS_A_MINUTE
    return {
        "members of the largest committee": members[0],
        "members of the one in the middle": members[len(members) // 2],
        "committees whose token falls behind": len(behind),
        "their share of all members, %": 100 * sum(members[one] for one in behind) / sum(members),
        "largest: sends of the peak": sum(queues[0].sent),
        "largest: minutes until all is sent": len(queues[0].sent),
        "largest: longest wait for one answer, minutes": queues[0].longest / per_minute,
        "largest: minutes for a prompt to everyone": members[0] / per_minute,
        "members up to whom no answer waits": most_without_waiting(evening),
        "largest: evenings to spread over so that none waits": math.ceil(members[0] / most_without_waiting(evening)),
    }


def most_without_waiting(evening: Evening) -> int:
    """The size of a committee whose busiest minute just fits its token."""
    busiest = 2 * evening.share * evening.sends_a_report / (evening.minutes * SECONDS_A_MINUTE)
    return math.floor(evening.sends_per_second / busiest)


def engine_figures(clusters: Sequence[Cell], plan: Plan) -> dict[str, float]:
    machines = plan.machines
    busiest = max(map(sum, zip(*(cell.updates for cell in clusters), strict=True))) / SECONDS_A_MINUTE
    relations = plan.membership.committees * machines.relations_a_schema
    gibibytes = relations * machines.raft_copies / machines.tablets_a_gibibyte
    return {
        "updates of the peak": sum(sum(cell.updates) for cell in clusters),
        "updates/s in the busiest minute": busiest,
        "commits/s in the busiest minute": busiest * machines.commits_an_update,
        "processes at the peak": sum(processes(cell.busiest_second, machines) for cell in clusters),
        "cells": len(clusters),
        "busiest cell, updates/s": max(cell.busiest_second for cell in clusters),
        "workers, without standbys": sum(workers(cell, machines) for cell in clusters),
        "relations (tables and indexes)": relations,
        "relations a cell": machines.committees_a_cell * machines.relations_a_schema,
        "TB, one copy": terabytes(plan),
        "a process a committee: TB of memory": plan.membership.committees * machines.megabytes_a_process / 1e6,
        "YugabyteDB, a tablet a relation: TiB of memory": gibibytes / 1024,
        "YugabyteDB, colocated databases": math.ceil(terabytes(plan) * 1000 / machines.colocated_gigabytes),
    }


def cost_figures(clusters: Sequence[Cell], plan: Plan) -> dict[str, float]:
    lines = monthly_costs(clusters, plan)
    whole = sum(lines.values())
    return {
        **{f"$ a month: {name}": value for name, value in lines.items()},
        "$ a month: all": whole,
        "cents a member and year": 100 * 12 * whole / plan.membership.members,
        "instead, a process and a file a committee, $ a month": cost_of_files(clusters, plan),
    }


def cost_of_files(clusters: Sequence[Cell], plan: Plan) -> float:
    """The program as it is, once for each committee on SQLite: processors for the peak all week, memory for all."""
    machines, prices = plan.machines, plan.prices
    cpus = machines.process_cpus * sum(processes(cell.busiest_second, machines) for cell in clusters)
    memory = plan.membership.committees * machines.megabytes_a_process / 1000
    more = max(0.0, memory - cpus * machines.gigabytes_a_cpu)
    return cpus * prices.cpu + more * prices.gigabyte_of_memory + cost_of_disks(plan)


def figures(plan: Plan) -> dict[str, float]:
    """All of it; the same plan gives the same figures."""
    members = sizes(plan.membership)
    reports = evening_of(members, plan.evening, plan.membership.seed)
    clusters = cells(reports, plan)
    telegram = telegram_figures(members, reports, plan.evening)
    return telegram | engine_figures(clusters, plan) | cost_figures(clusters, plan)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--spread", type=float, default=1.2, help="of the committees' sizes")
    options = parser.parse_args()
    plan = Plan(Membership(seed=options.seed, spread=options.spread))
    for name, value in figures(plan).items():
        print(f"{name:54} {value:>16,.{0 if value >= 100 else 2}f}")


if __name__ == "__main__":
    main()
