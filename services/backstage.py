"""Behind the scenes of a demonstration: the duties that prompt next, and what goes out to others. It names people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import backstage
from storage.backstage import Coming, Told
from storage.database import Reader

ROWS = 25
__all__ = ["Backstage", "Coming", "Told", "look"]


@dataclass(frozen=True, slots=True)
class Backstage:
    duties: list[Coming]
    outbox: list[Told]
    """What waits, in its order, and then what was settled, the newest first."""


def look(tx: Reader, now: datetime) -> Backstage:
    told = [*backstage.waiting(tx, ROWS), *backstage.settled(tx, ROWS)]
    return Backstage(backstage.coming(tx, now, ROWS), told)
