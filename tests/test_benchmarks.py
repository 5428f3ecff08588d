"""Every benchmark runs to its end on a tiny size and says what is promised; what it measures there means nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from benchmarks import interactive, replicas, roster_import, start, summary, tick, updates
from benchmarks.figures import Figure
from benchmarks.processes import OURS
from commands import bench

SMALL: dict[str, Callable[[], Figure]] = {
    "start": lambda: start.measure(OURS, 1),
    "updates": lambda: updates.measure(24, 1),
    "interactive": lambda: interactive.measure(12, 3, 1),
    "tick": lambda: tick.measure(50, 10, 20, 1),
    "summary": lambda: summary.measure(3, 1),
    "import": lambda: roster_import.measure(30, 1),
    "replicas": lambda: replicas.measure(24, 1),
}
SLOW = {"start", "interactive", "replicas"}
"""These start many processes, or wait in real time."""
SAID = ("name", "ratio", "value", "unit", "peer_value", "runs", "target", "reached")


def test_all_can_be_asked_for_by_name() -> None:
    assert tuple(SMALL) == bench.NAMES


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] * (name in SLOW)) for name in SMALL])
def test_it_runs(name: str) -> None:
    figure = SMALL[name]()
    said = json.loads(figure.as_json())
    assert said["name"] == name
    assert tuple(said)[: len(SAID)] == SAID
    assert min(said["value"], said["peer_value"]) > 0
    assert figure.as_text().startswith(f"{name}: ")
