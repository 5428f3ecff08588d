"""Who is meant by a name or a number: the rows of the file first, then the people already known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.pairings import Track, may_mentor
from domain.people import Stage, folded, staff_key
from domain.roster_rows import RosterValues
from domain.roster_units import KnownPerson


class Candidate(NamedTuple):
    """A person who may be meant; `row` is 0 for one who is known and not in the file."""

    name: str
    staff_no: str
    stage: Stage | None
    backbone: bool
    row: int = 0

    def may_mentor(self, track: Track | None) -> bool:
        """Without a clear track only the rule of both tracks is asked: a full member."""
        if track is None or self.stage is None:
            return self.stage is Stage.FULL_MEMBER
        return may_mentor(track, self.stage, backbone=self.backbone)


class Directory:
    """Finds people by number or by name. Numbers match without their leading zeros."""

    def __init__(self, rows: Iterable[tuple[int, RosterValues]], known: Iterable[KnownPerson]) -> None:
        self._by_key: dict[str, list[Candidate]] = defaultdict(list)
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)
        for number, said in rows:
            self._add(Candidate(said.name, said.staff_no, said.stage, bool(said.backbone), number))
        for person in known:
            if staff_key(person.staff_no) not in self._by_key:
                self._add(Candidate(person.name, person.staff_no, person.stage, person.backbone))

    def _add(self, candidate: Candidate) -> None:
        if candidate.staff_no:
            self._by_key[staff_key(candidate.staff_no)].append(candidate)
        if candidate.name:
            self._by_name[folded(candidate.name)].append(candidate)

    @property
    def holds_doubles(self) -> bool:
        """Whether any number is borne by more than one."""
        return any(len(bearers) > 1 for bearers in self._by_key.values())

    def numbered(self, staff_no: str) -> Sequence[Candidate]:
        return self._by_key.get(staff_key(staff_no), ())

    def named(self, name: str) -> Sequence[Candidate]:
        return self._by_name.get(folded(name), ())


@dataclass(frozen=True, slots=True)
class MentorLookup:
    """The mentor, or the one code that says why there is none."""

    mentor: Candidate | None = None
    code: str | None = None


def find_mentor(row: int, said: RosterValues, directory: Directory, *, track_given: bool) -> MentorLookup:
    """By number when there is one, else by name; the first code of missing, unknown, ambiguous, mismatch, is_self,
    not_eligible.
    """
    if not said.mentor_no and not said.mentor_name:
        return MentorLookup(code="mentor_missing" if track_given else None)
    found = directory.numbered(said.mentor_no) if said.mentor_no else directory.named(said.mentor_name)
    if not found:
        return MentorLookup(code="mentor_unknown")
    meant = [one for one in found if not said.mentor_name or folded(one.name) == folded(said.mentor_name)]
    if not meant:
        return MentorLookup(code="mentor_mismatch")
    if len({(folded(one.name), one.staff_no or one.row) for one in meant}) > 1:
        return MentorLookup(code="mentor_ambiguous")
    return _judged(meant[0], row, said)


def _judged(mentor: Candidate, row: int, said: RosterValues) -> MentorLookup:
    same_number = (
        bool(said.staff_no) and bool(mentor.staff_no) and staff_key(said.staff_no) == staff_key(mentor.staff_no)
    )
    if mentor.row == row or (same_number and folded(mentor.name) == folded(said.name)):
        return MentorLookup(code="mentor_is_self")
    if not mentor.may_mentor(said.track):
        return MentorLookup(code="mentor_not_eligible")
    return MentorLookup(mentor)
