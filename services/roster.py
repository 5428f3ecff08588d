"""A roster and the organisation: what is known, what a file would change, and changing it."""

from __future__ import annotations

from collections.abc import Collection

from domain.actors import Actor
from domain.roster import RosterReading
from domain.roster_units import Known
from services import audit
from services.roster_plan import PeoplePlanner, Plan
from services.roster_preview import Question, RosterPreview, RosterResult
from services.roster_programme_plan import ProgrammePlanner
from services.roster_standing import Standing, known_of, scope_of
from services.roster_writing import Progress, Writing, one_committee
from storage import roster
from storage.database import Reader, Writer

NOTHING_ACCEPTED: frozenset[Question] = frozenset()


def may_import(tx: Reader, actor: Actor) -> None:
    """Refuse `roster_not_yours` to whoever leads no unit and is no administrator."""
    scope_of(tx, actor)


def known(tx: Reader) -> Known:
    """Units, people and open pairings that a file is read against."""
    return known_of(Standing(tx))


def compare(
    tx: Reader, actor: Actor, reading: RosterReading, accepted: Collection[Question] = NOTHING_ACCEPTED
) -> RosterPreview:
    """What an import would do; writes nothing. `accepted` are the questions that the importer has said yes to."""
    return _planned(tx, Standing(tx), actor, reading, accepted).preview(reading)


def apply(
    tx: Writer,
    actor: Actor,
    reading: RosterReading,
    accepted: Collection[Question] = NOTHING_ACCEPTED,
    progress: Progress = lambda _done, _total: None,
) -> RosterResult:
    """Do it, all in this unit. What is there already is compared anew, so the same file again changes nothing."""
    roster.lock(tx)
    standing = Standing(tx)
    plan = _planned(tx, standing, actor, reading, accepted)
    preview = plan.preview(reading)
    if preview.changes_nothing:
        return RosterResult(preview, ())
    left_out = Writing(tx, actor, standing, plan, progress).write()
    counts = {kind.value: number for kind, number in preview.counts.items()}
    audit.record(tx, actor, "roster:imported", "roster:import", new=counts)
    return RosterResult(preview, left_out)


def _planned(
    tx: Reader, standing: Standing, actor: Actor, reading: RosterReading, accepted: Collection[Question]
) -> Plan:
    scope = scope_of(tx, actor)
    plan = PeoplePlanner(standing, scope, reading, accepted).people()
    one_committee(standing, plan)
    return ProgrammePlanner(standing, scope, reading, plan, accepted).programme()
