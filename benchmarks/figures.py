"""A figure as it is reported: ours beside the peer's, the target, and whether it was reached."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `peer_value` are medians over `runs`; further figures of the same runs stand in `more`."""

    name: str
    value: float
    unit: str
    peer_value: float
    target: str
    reached: bool
    runs: int = RUNS
    more: Mapping[str, object] = field(default_factory=dict)
    times_the_peer: float | None = None
    """Where it is times that are compared while `value` is a rate: ours to the peer's."""

    @property
    def ratio(self) -> float:
        """Ours to the peer's."""
        if self.times_the_peer is not None:
            return self.times_the_peer
        return self.value / self.peer_value if self.peer_value else 0.0

    def as_json(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "ratio": rounded(self.ratio),
                "value": rounded(self.value),
                "unit": self.unit,
                "peer_value": rounded(self.peer_value),
                "runs": self.runs,
                "target": self.target,
                "reached": self.reached,
                **self.more,
            },
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        verdict = "reached" if self.reached else "NOT reached"
        more = "".join(f"\n    {name}: {value}" for name, value in self.more.items())
        return (
            f"{self.name}: {rounded(self.value)} {self.unit}, peer {rounded(self.peer_value)}, ratio "
            f"{rounded(self.ratio)}, median of {self.runs}; target {self.target}: {verdict}{more}"
        )


def rounded(value: float) -> float:
    """To three significant digits, for noise has no more; whole from a hundred on."""
    return round(value) if abs(value) >= 100 else float(f"{value:.3g}")


def middle(values: Sequence[float]) -> float:
    return float(median(values))
