"""The pairings and rotations of an import, set up by their own rules; a refusal leaves that one row out and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.actors import Actor
from domain.outcomes import OutcomeTerms
from domain.pairings import Terms
from domain.people import folded
from domain.periods import Cadence, CadenceKind
from domain.profiles import read_profile
from domain.refusals import Refusal
from domain.roles import Role, RoleKind
from domain.roster_rows import RosterValues
from domain.rotations import Plan
from services import pairing_courses, pairing_proposals, rotation_access, rotation_planning
from services.roster_plan import PlannedPairing, PlannedRotation
from services.roster_preview import LeftOut
from services.roster_programme_plan import report_day
from services.roster_standing import Place
from storage import people, units
from storage.database import Reader, Writer
from storage.roster import KeptRotation

LAST_OF_MONTH_SHOWN = 25
"""The day on which monthly reports fall due when a roster says no day."""


class Programme:
    """Does for a row what the mentee's secretary could do: the import is the gate, its rules stay theirs."""

    def __init__(
        self, tx: Writer, actor: Actor, root_id: int, ids: Mapping[str, int], unit_ids: Mapping[Place, int]
    ) -> None:
        self.tx = tx
        self.actor = replace(actor, roles=(*actor.roles, Role(RoleKind.SECRETARY, root_id)))
        self.ids = ids
        self.unit_ids = unit_ids
        self.left_out: list[LeftOut] = []

    def pairing(self, planned: PlannedPairing) -> None:
        try:
            if planned.standing is None:
                self._propose(planned)
            else:
                self._change(planned, planned.standing.id)
        except Refusal as refusal:
            self._leave_out(planned.row, planned.values, refusal)

    def rotation(self, planned: PlannedRotation) -> None:
        try:
            if planned.standing is None:
                rotation_planning.create_from_roster(self.tx, self.actor, self._arrangement(planned))
            else:
                self._rearrange(planned, planned.standing)
        except Refusal as refusal:
            self._leave_out(planned.row, planned.values, refusal)

    def _arrangement(self, planned: PlannedRotation) -> Plan:
        """The file has no column for what is to be learned; from a host of the roster it is the host's own specialty."""
        said = planned.values
        assert said.rotation_from is not None
        assert said.rotation_to is not None
        host_id = self.ids[planned.host_key] if planned.host_key else None
        host = people.get(self.tx, host_id) if host_id else None
        return Plan(
            person_id=self.ids[planned.key],
            unit_id=self.unit_ids[folded(said.rotation_unit), ""],
            post=said.rotation_post,
            starts_on=said.rotation_from,
            ends_on=said.rotation_to,
            team=said.rotation_team,
            specialty=host.specialty if host else "",
            host_id=host_id,
            host_name=said.rotation_host,
        )

    def _rearrange(self, planned: PlannedRotation, standing: KeptRotation) -> None:
        """As the file has it; what it leaves open stays."""
        plan = self._arrangement(planned)
        kept = rotation_planning.plan_of(rotation_access.opened(self.tx, self.actor, standing.id)[0])
        same_host = not plan.host_name or (not planned.host_key and folded(plan.host_name) == folded(kept.host_name))
        amended = replace(
            kept,
            unit_id=plan.unit_id,
            post=plan.post,
            ends_on=plan.ends_on,
            team=plan.team or kept.team,
            host_id=kept.host_id if same_host else plan.host_id,
            host_name=kept.host_name if same_host else plan.host_name,
        )
        rotation_planning.amend(self.tx, self.actor, standing.id, amended)

    def _leave_out(self, row: int, said: RosterValues, refusal: Refusal) -> None:
        self.left_out.append(LeftOut(row, said.name, refusal.code, refusal.fields))

    def _propose(self, planned: PlannedPairing) -> None:
        said = planned.values
        assert said.track is not None
        mentee_id = self.ids[planned.key]
        outcome = OutcomeTerms(said.outcome, said.measure, said.outcome_due)
        pairing_proposals.create_from_roster(
            self.tx, self.actor, mentee_id, (self.ids[planned.mentor_key],), said.track, said.direction, (outcome,),
            said_cadence(self.tx, mentee_id, said), said.starts_on, said.agreed_on,
        )  # fmt: skip

    def _change(self, planned: PlannedPairing, pairing_id: int) -> None:
        standing = pairing_proposals.standing_terms(self.tx, pairing_id)
        coming = self.ids[planned.mentor_key]
        leaving = standing.mentor_ids[0] if standing.mentor_ids else None
        if planned.fields == ("mentor",):
            pairing_courses.change_mentor(self.tx, self.actor, pairing_id, leaving, coming)
            return
        if "mentor" in planned.fields:
            standing = replace(standing, mentor_ids=(coming, *standing.mentor_ids[1:]))
        pairing_proposals.revise(self.tx, self.actor, pairing_id, changed_terms(standing, planned.values))


def changed_terms(standing: Terms, said: RosterValues) -> Terms:
    """The terms as the file has them; what it leaves open stays."""
    kept = next((one for one in standing.outcomes if one.what == said.outcome), OutcomeTerms(said.outcome))
    outcome = OutcomeTerms(said.outcome, said.measure or kept.measure, said.outcome_due or kept.due_on)
    return replace(
        standing,
        direction=said.direction or standing.direction,
        outcomes=(outcome, *(one for one in standing.outcomes[1:] if one.what != said.outcome)),
        cadence=_cadence(said, standing.cadence),
        starts_on=said.starts_on or standing.starts_on,
        agreed_on=said.agreed_on or standing.agreed_on,
    )


def said_cadence(tx: Reader, person_id: int, said: RosterValues) -> Cadence:
    """As the row has it; what it leaves open is as the person's unit has it."""
    person = people.get(tx, person_id)
    assert person is not None
    return _cadence(said, read_profile(units.profile(tx, person.unit_id)).cadence)


def _cadence(said: RosterValues, usual: Cadence) -> Cadence:
    day = report_day(said)
    if said.cadence is None and day is None:
        return usual
    kind = said.cadence or _kind_of(said, usual)
    if day is not None:
        return Cadence(kind, day)
    return Cadence(kind, usual.day if kind is usual.kind else _first_choice(kind))


def _kind_of(said: RosterValues, usual: Cadence) -> CadenceKind:
    """`周五` alone leaves weekly or fortnightly to the unit; `25日` alone can only be monthly."""
    if said.report_day is not None and said.report_day.isdigit():
        return CadenceKind.MONTHLY
    return usual.kind if usual.kind is not CadenceKind.MONTHLY else CadenceKind.WEEKLY


def _first_choice(kind: CadenceKind) -> int:
    return LAST_OF_MONTH_SHOWN if kind is CadenceKind.MONTHLY else 4
