"""What only shows when a row is held against the organisation, the other rows and the people known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.pairings import Track, track_fits
from domain.people import Stage, folded, staff_key
from domain.roster_columns import Column
from domain.roster_people import Directory, find_mentor
from domain.roster_rows import Problem, RosterRow, RosterValues, RowStatus
from domain.roster_units import Known, Organisation

_ROTATION_DAYS = (Column.ROTATION_FROM, Column.ROTATION_TO)
_ROTATION = (Column.ROTATION_POST, Column.ROTATION_UNIT, *_ROTATION_DAYS)


class RowChecks:
    """Holds what all rows are checked against; `checked` judges one row and fills in its mentor."""

    def __init__(self, organisation: Organisation, known: Known, directory: Directory) -> None:
        self._organisation = organisation
        self._pairings = known.pairings
        self._directory = directory
        self._holds_doubles = directory.holds_doubles

    def checked(self, row: RosterRow) -> RosterRow:
        """The row with all its problems, in the order of their codes."""
        said = row.values
        problems = [*row.problems, *self._place_and_number(row)]
        blamed = {problem.column for problem in problems}
        track_given = said.track is not None or Column.TRACK in blamed
        if track_given or said.mentor_no or said.mentor_name:
            mentor_problems, said = self._mentor(row.row, said, track_given=track_given)
            problems += mentor_problems
        if track_given and not said.outcome:
            problems.append(Problem("outcome_missing", Column.OUTCOME))
        outgrown = self._outgrown(said)
        if said.track and not outgrown:
            problems += _track(said, said.track)
        if said.starts_on or said.rotation_from:
            problems += _dates(said)
        if any(_rotation(said)) or not blamed.isdisjoint(_ROTATION_DAYS):
            problems += self._rotation(said, blamed)
        if not problems and not outgrown and said is row.values:
            return row
        problems.sort(key=lambda problem: problem.code)
        status = RowStatus.PROBLEM if problems else RowStatus.OK
        return row._replace(status=status, problems=tuple(problems), values=said, outgrown=outgrown)

    def _place_and_number(self, row: RosterRow) -> Iterator[Problem]:
        said = row.values
        if said.unit and folded(said.unit) not in self._organisation.branches:
            yield Problem("unit_unknown", Column.UNIT, {"value": said.unit})
        bearers = self._directory.numbered(said.staff_no) if self._holds_doubles and said.staff_no else ()
        if len(bearers) > 1:
            others = "、".join(str(other.row) for other in bearers if other.row != row.row)
            yield Problem("staff_no_duplicate", Column.STAFF_NO, {"value": said.staff_no, "rows": others})

    def _mentor(self, row: int, said: RosterValues, *, track_given: bool) -> tuple[list[Problem], RosterValues]:
        found = find_mentor(row, said, self._directory, track_given=track_given)
        if found.mentor:
            return [], said._replace(mentor_name=found.mentor.name, mentor_no=found.mentor.staff_no)
        if not found.code:
            return [], said
        column = Column.MENTOR_NO if said.mentor_no else Column.MENTOR_NAME
        return [Problem(found.code, column, _mentor_fields(said))], said

    def _outgrown(self, said: RosterValues) -> bool:
        """A known pairing whose mentee has become a full member meanwhile is to be completed, not mended."""
        return (
            said.track is Track.BACKBONE_TO_MEMBER
            and said.stage is Stage.FULL_MEMBER
            and (staff_key(said.staff_no), said.track) in self._pairings
        )

    def _rotation(self, said: RosterValues, blamed: set[Column]) -> Iterable[Problem]:
        given = dict(zip(_ROTATION, map(bool, _rotation(said)), strict=True))
        if not blamed.isdisjoint(_ROTATION_DAYS):  # days that cannot be read are given all the same
            given |= dict.fromkeys(_ROTATION_DAYS, True)
        missing = [column for column, is_given in given.items() if not is_given]
        if missing and len(missing) < len(given):
            yield Problem("rotation_incomplete", missing[0], {"missing": tuple(missing)})
        if said.rotation_unit and folded(said.rotation_unit) not in self._organisation.branches:
            yield Problem("rotation_unit_unknown", Column.ROTATION_UNIT, {"value": said.rotation_unit})


def _mentor_fields(said: RosterValues) -> dict[str, object]:
    who = " ".join(filter(None, (said.mentor_name, said.mentor_no)))
    return {"who": who, "name": said.mentor_name, "number": said.mentor_no}


def _rotation(said: RosterValues) -> tuple[object, ...]:
    return said.rotation_post, said.rotation_unit, said.rotation_from, said.rotation_to


def _track(said: RosterValues, track: Track) -> Iterable[Problem]:
    """What the row leaves open is not held against its track."""
    if said.stage is None:
        fits = track is Track.MEMBER_TO_BACKBONE or said.backbone is not False
    else:
        fits = track_fits(track, said.stage, backbone=said.backbone is not False)
    if not fits:
        yield Problem("track_mismatch", Column.TRACK, {"track": track, "stage": said.stage, "backbone": said.backbone})


def _dates(said: RosterValues) -> Iterable[Problem]:
    if said.starts_on and said.outcome_due and said.outcome_due < said.starts_on:
        yield _reversed(Column.OUTCOME_DUE, said.starts_on.isoformat(), said.outcome_due.isoformat())
    if said.rotation_from and said.rotation_to and said.rotation_to < said.rotation_from:
        yield _reversed(Column.ROTATION_FROM, said.rotation_from.isoformat(), said.rotation_to.isoformat())


def _reversed(column: Column, first: str, last: str) -> Problem:
    return Problem("dates_reversed", column, {"first": first, "last": last})
