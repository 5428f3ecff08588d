"""A roster and the organisation: what is known, what a file would change, and changing it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.actors import Actor
from domain.roster import RosterReading
from domain.roster_units import Known
from services import audit
from services.roster_plan import PeoplePlanner, Plan
from services.roster_preview import Question, RosterPreview, RosterResult
from services.roster_programme_plan import ProgrammePlanner
from services.roster_standing import Scope, Standing, known_of, scope_of
from services.roster_writing import Progress, Writing, one_committee
from storage import roster
from storage.database import Reader, Writer

NOTHING_ACCEPTED: frozenset[Question] = frozenset()


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a plan follows from."""

    standing: Standing
    scope: Scope
    reading: RosterReading
    accepted: frozenset[Question]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an import would do: as a preview, and in full."""

    grounds: Grounds
    plan: Plan
    preview: RosterPreview


def may_import(tx: Reader, actor: Actor) -> None:
    """Refuse `roster_not_yours` to whoever leads no unit and is no administrator."""
    scope_of(tx, actor)


def known(tx: Reader) -> Known:
    """Units, people and open pairings that a file is read against."""
    return known_of(Standing(tx))


def compare(
    tx: Reader, actor: Actor, reading: RosterReading, accepted: Collection[Question] = NOTHING_ACCEPTED
) -> Comparison:
    """What an import would do; writes nothing. `accepted` are the questions that the importer has said yes to."""
    return _compared(_grounds(tx, actor, reading, accepted))


def apply(
    tx: Writer,
    actor: Actor,
    reading: RosterReading,
    accepted: Collection[Question] = NOTHING_ACCEPTED,
    progress: Progress = lambda _done, _total: None,
    before: Comparison | None = None,
) -> RosterResult:
    """Do it, all in this unit. What is there already is compared anew, so the same file again changes nothing.

    The comparison from `before` is taken as long as all that it follows from is still the same.
    """
    roster.lock(tx)
    grounds = _grounds(tx, actor, reading, accepted)
    comparison = before if before is not None and before.grounds == grounds else _compared(grounds)
    preview = comparison.preview
    if preview.changes_nothing:
        return RosterResult(preview, ())
    left_out = Writing(tx, actor, grounds.standing, comparison.plan, progress).write()
    counts = {kind.value: number for kind, number in preview.counts.items()}
    audit.record(tx, actor, "roster:imported", "roster:import", new=counts)
    return RosterResult(preview, left_out)


def _grounds(tx: Reader, actor: Actor, reading: RosterReading, accepted: Collection[Question]) -> Grounds:
    return Grounds(Standing(tx), scope_of(tx, actor), reading, frozenset(accepted))


def _compared(grounds: Grounds) -> Comparison:
    standing, scope, reading, accepted = grounds.standing, grounds.scope, grounds.reading, grounds.accepted
    plan = PeoplePlanner(standing, scope, reading, accepted).people()
    one_committee(standing, plan)
    plan = ProgrammePlanner(standing, scope, reading, plan, accepted).programme()
    return Comparison(grounds, plan, plan.preview(reading))
