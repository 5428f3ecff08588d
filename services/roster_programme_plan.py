"""What the rows of a roster ask of the programme: roles, pairings and rotations, held against those that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cached_property

from domain.pairings import PairingState, Track
from domain.people import folded, staff_key
from domain.periods import CadenceKind
from domain.roster import RosterReading
from domain.roster_columns import Column
from domain.roster_rows import Problem, RosterRow, RosterValues, RowStatus
from domain.roster_secretaries import RosterSecretary
from domain.rotations import LIVE, RotationState
from services.roster_plan import Plan, PlannedPairing, PlannedRole, PlannedRotation
from services.roster_preview import FindingKind, Question, RowProblem, SecretaryProblem
from services.roster_standing import Scope, Standing
from storage.roster import Kept, KeptPairing, KeptRotation

PROPOSED = (PairingState.DRAFT, PairingState.CONFIRMED)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class ProgrammePlanner:
    """Goes on with a plan whose people are settled."""

    def __init__(
        self, standing: Standing, scope: Scope, reading: RosterReading, plan: Plan, accepted: Collection[Question]
    ) -> None:
        self.standing = standing
        self.scope = scope
        self.reading = reading
        self.plan = plan
        self.accepted = frozenset(accepted)
        self._added = {person.key for person in plan.people if person.person_id is None}

    def programme(self) -> Plan:
        for line in self.reading.secretaries:
            self._role(line)
        silent = self.plan.kept_out | self.plan.waiting
        for row in self.reading.rows:
            if row.status is RowStatus.OK and row.row not in silent:
                self._pairing(row)
                self._rotation(row)
        return self.plan

    @cached_property
    def _named(self) -> dict[str, list[tuple[str, str]]]:
        """Who may be meant by a host's name: everyone present, and everyone the file brings."""
        named = defaultdict(list)
        for person in self.standing.present:
            named[folded(person.name)].append((person.staff_key, person.staff_no))
        for planned in self.plan.people:
            if planned.person_id is None:
                named[folded(str(planned.values["name"]))].append((planned.key, planned.staff_no))
        return named

    def _is_there(self, key: str) -> bool:
        """Known, or about to be added by this import; nobody whose only row is kept out."""
        return key not in self.plan.doubtful and (key in self._added or key in self.standing.people)

    def _role(self, line: RosterSecretary) -> None:
        if line.problems or line.role is None:
            self.plan.secretary_problems += [SecretaryProblem(line, code) for code in line.problems]
            return
        key = staff_key(line.staff_no)
        if not self.scope.is_whole:
            code = None if self._holds(line, key) else "role_not_yours"
        else:
            code = None if self._is_there(key) else "person_kept_out"
        if code:
            self.plan.secretary_problems.append(SecretaryProblem(line, code))
        elif not self._holds(line, key):
            self.plan.roles.append(PlannedRole(key, folded(line.unit), line.role, line.title))
            self.plan.find(FindingKind.ROLE_NEW, line.row, name=line.name, title=line.title, unit=line.unit)

    def _holds(self, line: RosterSecretary, key: str) -> bool:
        person, unit = self.standing.people.get(key), self.standing.offices.get(folded(line.unit))
        if person is not None and unit is not None:
            held = {(role.person_id, role.kind, role.unit_id) for role in self.standing.roles}
            if (person.id, line.role, unit.id) in held:
                return True
        planned = {(role.key, role.kind, role.unit) for role in self.plan.roles}
        return (key, line.role, folded(line.unit)) in planned

    def _pairing(self, row: RosterRow) -> None:
        said = row.values
        if said.track is None:
            return
        if row.outgrown:
            self.plan.find(FindingKind.OUTGROWN, row.row, name=said.name)
            return
        mentor_key = staff_key(said.mentor_no) if said.mentor_no else ""
        if not self._is_there(mentor_key):
            self._blame(row, Problem("mentor_kept_out", Column.MENTOR_NAME, {"name": said.mentor_name}))
            return
        key = staff_key(said.staff_no)
        mentee = self.standing.people.get(key)
        standing = self.standing.live_pairing(mentee.id, said.track) if mentee else None
        if standing is not None:
            self._standing_pairing(row, key, mentor_key, standing)
        elif mentee is None or not self._is_over(said, said.track, mentee):
            self.plan.pairings.append(PlannedPairing(row.row, key, mentor_key, said))
            self.plan.find(FindingKind.PAIRING_NEW, row.row, name=said.name, mentor=said.mentor_name)

    def _is_over(self, said: RosterValues, track: Track, mentee: Kept) -> bool:
        """The row still tells of a pairing that has ended meanwhile."""
        ended = self.standing.pairings.get((mentee.id, track), ())
        return any(one.starts_on == said.starts_on and not one.is_live for one in ended)

    def _standing_pairing(self, row: RosterRow, key: str, mentor_key: str, standing: KeptPairing) -> None:
        """A proposal takes on the file's terms; what has begun keeps those that people agreed on."""
        said = row.values
        changed = pairing_differences(said, standing)
        if changed and standing.state not in PROPOSED:
            self.plan.find(FindingKind.PAIRING_DIFFERS, row.row, name=said.name, fields=changed)
            changed = []
        mentor = self.standing.people.get(mentor_key)
        if mentor is None or mentor.id not in standing.mentor_ids:
            changed = [*self._substitution(row, standing), *changed]
        if changed:
            fields = tuple(changed)
            self.plan.pairings.append(PlannedPairing(row.row, key, mentor_key, said, standing, fields))
            self.plan.find(FindingKind.PAIRING_CHANGED, row.row, name=said.name, fields=changed)

    def _substitution(self, row: RosterRow, standing: KeptPairing) -> list[str]:
        if Question.SUBSTITUTION in self.accepted:
            return ["mentor"]
        old = [self.standing.by_id[mentor_id].name for mentor_id in standing.mentor_ids]
        self.plan.find(FindingKind.SUBSTITUTION, row.row, name=row.values.name, old=old, new=row.values.mentor_name)
        return []

    def _rotation(self, row: RosterRow) -> None:
        said = row.values
        if said.rotation_from is None or said.rotation_to is None:
            return
        key = staff_key(said.staff_no)
        person = self.standing.people.get(key)
        kept = self.standing.rotations.get(person.id, []) if person else []
        standing = next((one for one in kept if one.starts_on == said.rotation_from), None)
        host_key = self._host(row, standing)
        if standing is None:
            self._new_rotation(row, key, host_key, kept)
        elif standing.state in LIVE:
            self._standing_rotation(row, key, host_key, standing)

    def _standing_rotation(self, row: RosterRow, key: str, host_key: str, standing: KeptRotation) -> None:
        """One that is evaluated is left as it was."""
        changed = self._rotation_differences(row.values, standing, host_key)
        if not changed:
            return
        if standing.state is RotationState.EVALUATED:
            self.plan.find(FindingKind.ROTATION_DIFFERS, row.row, name=row.values.name, fields=changed)
            return
        self.plan.rotations.append(PlannedRotation(row.row, key, host_key, row.values, standing))
        self.plan.find(FindingKind.ROTATION_CHANGED, row.row, name=row.values.name, fields=changed)

    def _new_rotation(self, row: RosterRow, key: str, host_key: str, kept: Collection[KeptRotation]) -> None:
        said = row.values
        first, last = said.rotation_from, said.rotation_to
        assert first is not None
        assert last is not None
        other = next(
            (one for one in kept if one.state in LIVE and one.starts_on <= last and first <= one.ends_on), None
        )
        if other is not None:
            days = {"first": other.starts_on.isoformat(), "last": other.ends_on.isoformat()}
            self._blame(row, Problem("rotation_overlap", Column.ROTATION_FROM, days))
            return
        self.plan.rotations.append(PlannedRotation(row.row, key, host_key, said))
        self.plan.find(
            FindingKind.ROTATION_NEW, row.row, name=said.name, unit=said.rotation_unit, post=said.rotation_post,
            first=first.isoformat(), last=last.isoformat(),
        )  # fmt: skip

    def _host(self, row: RosterRow, standing: KeptRotation | None) -> str:
        """The key of the one person who is called as the host is, once the importer has said that it is them."""
        name = folded(row.values.rotation_host)
        found = self._named.get(name, []) if name else []
        if len(found) != 1 or (standing is not None and (standing.host_id is not None or standing.state not in LIVE)):
            return ""
        key, staff_no = found[0]
        if key == staff_key(row.values.staff_no):
            return ""
        if Question.HOST_LINK in self.accepted:
            return key
        self.plan.find(
            FindingKind.HOST_LINK, row.row, name=row.values.name, host=row.values.rotation_host, staff_no=staff_no
        )
        return ""

    def _rotation_differences(self, said: RosterValues, standing: KeptRotation, host_key: str) -> list[str]:
        unit = self.standing.units[standing.unit_id]
        pairs = (
            ("rotation_unit", folded(said.rotation_unit), folded(unit.name)),
            ("rotation_post", said.rotation_post, standing.post),
            ("rotation_to", said.rotation_to, standing.ends_on),
            ("rotation_team", said.rotation_team or standing.team, standing.team),
        )
        changed = [name for name, new, old in pairs if new != old]
        another = host_key or self._names_another_host(said, standing)
        return [*changed, *(["rotation_host"] if another else [])]

    def _names_another_host(self, said: RosterValues, standing: KeptRotation) -> bool:
        name = self.standing.by_id[standing.host_id].name if standing.host_id else standing.host_name
        return bool(said.rotation_host) and folded(said.rotation_host) != folded(name)

    def _blame(self, row: RosterRow, problem: Problem) -> None:
        heading = self.reading.headings.get(problem.column, "")
        self.plan.problems.append(RowProblem(row.sheet, row.row, heading, problem))


def pairing_differences(said: RosterValues, standing: KeptPairing) -> list[str]:
    """Which terms the file gives otherwise; what it leaves open is no difference."""
    wanted: dict[str, tuple[str | date | int | None, str | date | int | None]] = {
        "direction": (said.direction or None, standing.direction),
        "cadence": (said.cadence, standing.cadence),
        "report_day": (report_day(said), standing.report_day),
        "starts_on": (said.starts_on, standing.starts_on),
        "agreed_on": (said.agreed_on, standing.agreed_on),
    }
    changed = [name for name, (new, old) in wanted.items() if new is not None and new != old]
    outcomes = {what: (measure, due_on) for what, measure, due_on in standing.outcomes}
    if said.outcome not in outcomes:
        return [*changed, "outcome"]
    measure, due_on = outcomes[said.outcome]
    changed += ["measure"] if said.measure and said.measure != measure else []
    return changed + (["outcome_due"] if said.outcome_due and said.outcome_due != due_on else [])


def report_day(said: RosterValues) -> int | None:
    """As it is kept: a weekday from Monday, 0, or a day of the month."""
    if said.report_day is None:
        return None
    if said.report_day in WEEKDAYS:
        return WEEKDAYS.index(said.report_day)
    return int(said.report_day) if said.cadence in (None, CadenceKind.MONTHLY) else None
