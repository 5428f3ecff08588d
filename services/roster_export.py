"""The roster as it stands, in the words of the import: read again it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.actors import Actor
from domain.pairings import Track
from domain.periods import CadenceKind
from domain.roles import LEADERS, RoleKind
from domain.roster_rows import RosterValues
from domain.roster_secretaries import RosterSecretary
from domain.roster_units import RosterUnit
from domain.rotations import RotationState
from domain.units import Unit, UnitKind
from services import audit
from services.roster_programme_plan import WEEKDAYS
from services.roster_standing import Scope, Standing, scope_of
from storage import units
from storage.database import Reader, Writer
from storage.roster import Kept, KeptPairing, KeptRotation

USUAL_TITLES = {
    UnitKind.COMMITTEE: "党委书记",
    UnitKind.GENERAL_BRANCH: "总支书记",
    UnitKind.BRANCH: "支部书记",
    UnitKind.GROUP: "书记",
}


@dataclass(frozen=True, slots=True)
class CurrentRoster:
    """`top` is the unit that heads it; its name goes into the file's."""

    top: Unit | None
    people: tuple[RosterValues, ...]
    units: tuple[RosterUnit, ...]
    secretaries: tuple[RosterSecretary, ...]


def current(tx: Reader, actor: Actor) -> CurrentRoster:
    """All that the actor's scope holds; refused to whoever may not import."""
    scope, standing = scope_of(tx, actor), Standing(tx)
    places = {unit_id: place for place, unit_id in enumerate(standing.units)}
    people = [one for one in standing.present if scope.holds(one.unit_id)]
    people.sort(key=lambda one: (places[_branch_id(standing, one)], one.id))
    return CurrentRoster(
        top=_top(standing, scope),
        people=tuple(_values(standing, person) for person in people),
        units=_shown_units(tx, standing, scope),
        secretaries=tuple(_secretaries(standing, scope)),
    )


def template_units(tx: Reader, actor: Actor) -> tuple[RosterUnit, ...]:
    return _shown_units(tx, Standing(tx), scope_of(tx, actor))


def top_unit(tx: Reader, actor: Actor) -> Unit | None:
    """The highest unit over which the actor imports: from there people are invited."""
    return _top(Standing(tx), scope_of(tx, actor))


def opened(tx: Writer, actor: Actor) -> None:
    """Word in the audit that the whole roster of a scope was looked at."""
    scope = scope_of(tx, actor)
    subject = "roster:whole" if scope.is_whole else f"roster:{min(scope.units or {0})}"
    audit.record(tx, actor, "roster:exported", subject)


def _top(standing: Standing, scope: Scope) -> Unit | None:
    return next((unit for unit in standing.units.values() if scope.holds(unit.id)), None)


def _shown_units(tx: Reader, standing: Standing, scope: Scope) -> tuple[RosterUnit, ...]:
    """With the units above, so that the tree is whole."""
    if scope.units is None:
        return standing.roster_units()
    top = _top(standing, scope)
    above = {unit.id for unit in units.above(tx, top.id)} if top else set()
    return standing.roster_units(scope.units | above)


def _branch_id(standing: Standing, person: Kept) -> int:
    unit = standing.units[person.unit_id]
    return unit.parent_id if unit.kind is UnitKind.GROUP and unit.parent_id is not None else unit.id


def _values(standing: Standing, person: Kept) -> RosterValues:
    unit = standing.units[person.unit_id]
    said = RosterValues(
        name=person.name,
        staff_no=person.staff_no,
        unit=standing.units[_branch_id(standing, person)].name,
        group=unit.name if unit.kind is UnitKind.GROUP else "",
        stage=person.stage,
        backbone=person.backbone,
        specialty=person.specialty,
        post=person.post,
        remark=person.remark,
    )
    return _with_rotation(standing, person, _with_pairing(standing, person, said))


def _with_pairing(standing: Standing, person: Kept, said: RosterValues) -> RosterValues:
    """The sheet has room for one pairing, one mentor and one outcome a person: the first that are live."""
    live = (standing.live_pairing(person.id, track) for track in Track)
    pairing = next((one for one in live if one is not None), None)
    if pairing is None:
        return said
    mentor = standing.by_id[pairing.mentor_ids[0]] if pairing.mentor_ids else None
    what, measure, due_on = pairing.outcomes[0] if pairing.outcomes else ("", "", None)
    return said._replace(
        track=pairing.track,
        mentor_name=mentor.name if mentor else "",
        mentor_no=mentor.staff_no if mentor else "",
        starts_on=pairing.starts_on,
        direction=pairing.direction,
        outcome=what,
        measure=measure,
        outcome_due=due_on,
        cadence=pairing.cadence,
        report_day=_day(pairing),
        agreed_on=pairing.agreed_on,
    )


def _day(pairing: KeptPairing) -> str:
    return str(pairing.report_day) if pairing.cadence is CadenceKind.MONTHLY else WEEKDAYS[pairing.report_day]


def _with_rotation(standing: Standing, person: Kept, said: RosterValues) -> RosterValues:
    """The latest that was not cancelled; those before it stay in the organisation's memory."""
    rotations = [one for one in standing.rotations.get(person.id, ()) if one.state is not RotationState.CANCELLED]
    if not rotations:
        return said
    rotation = rotations[-1]
    return said._replace(
        rotation_post=rotation.post,
        rotation_unit=standing.units[rotation.unit_id].name,
        rotation_team=rotation.team,
        rotation_host=_host(standing, rotation),
        rotation_from=rotation.starts_on,
        rotation_to=rotation.ends_on,
    )


def _host(standing: Standing, rotation: KeptRotation) -> str:
    return standing.by_id[rotation.host_id].name if rotation.host_id else rotation.host_name


def _secretaries(standing: Standing, scope: Scope) -> Iterator[RosterSecretary]:
    places = {unit_id: place for place, unit_id in enumerate(standing.units)}
    held = [role for role in standing.roles if role.kind in LEADERS]
    for role in sorted(held, key=lambda role: places[role.unit_id]):
        unit, person = standing.units[role.unit_id], standing.by_id[role.person_id]
        if scope.holds(unit.id):
            title = role.title or ("党委组织干事" if role.kind is RoleKind.OFFICER else USUAL_TITLES[unit.kind])
            yield RosterSecretary(0, unit.name, title, person.name, person.staff_no, role.kind, ())
