"""月度小结: one object per unit and month; text, picture and workbook read nothing else, so their numbers agree.

Outcomes, needs and rotations stand first and counts of reports last (国办函〔2026〕12号: no ranking, no 打卡).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from domain import records
from domain.confirmations import UnitWords
from domain.nameless import nameless, personal_in
from domain.pairings import PairingState, Track
from domain.rotations import RotationState
from domain.summary_lines import NO_DETAILS, Details, Highlight, NeedLine, OutcomeLine, RotationLine
from domain.units import UnitKind

NAMED_KINDS = frozenset({UnitKind.BRANCH, UnitKind.GROUP})
"""A person's name appears in the summary of his own branch and nowhere above it."""


class Edition(StrEnum):
    """初稿 until the secretary confirms it or the month locks; `LOCKED` when the month is. Stored are drafts and finals."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    FINAL = "final"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class RotationCount:
    state: RotationState
    number: int


@dataclass(frozen=True, slots=True)
class RotationPart:
    """`starting` and `ending`: those whose first or last day lies in the month."""

    counts: tuple[RotationCount, ...] = ()
    starting: tuple[RotationLine, ...] = ()
    ending: tuple[RotationLine, ...] = ()
    cross_specialty_rotations: int = 0
    cross_specialty_pairings: int = 0


@dataclass(frozen=True, slots=True)
class PairingCount:
    track: Track
    state: PairingState
    number: int


@dataclass(frozen=True, slots=True)
class NextMonth:
    month: str
    outcomes: tuple[OutcomeLine, ...] = ()
    rotations: tuple[RotationLine, ...] = ()
    reports: int = 0


@dataclass(frozen=True, slots=True)
class WaitingReviews:
    number: int = 0
    oldest_days: int = 0


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """`due` is what has fallen due or was handed in before; late ones are handed in too; not due yet stands apart."""

    due: int = 0
    handed_in: int = 0
    late: int = 0
    excused: int = 0
    not_handed_in: int = 0
    not_due_yet: int = 0

    def __post_init__(self) -> None:
        if self.due != self.handed_in + self.excused + self.not_handed_in or self.late > self.handed_in:
            raise ValueError(f"report counts do not add up: {self}")

    def __add__(self, other: ReportCounts) -> ReportCounts:
        return ReportCounts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def __sub__(self, other: ReportCounts) -> ReportCounts:
        return ReportCounts(**{f.name: getattr(self, f.name) - getattr(other, f.name) for f in fields(self)})


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A child unit (or the unit itself, for those who belong to it directly); `before` is the month before."""

    unit_id: int
    unit: str
    counts: ReportCounts
    before: ReportCounts | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Reports of an earlier month that came after it was locked."""

    month: str
    unit: str
    reports: int


@dataclass(frozen=True, slots=True)
class Burden:
    """Messages nobody had asked for, and the people with an account; `out_of_reach`: they blocked us or deleted theirs."""

    messages: int = 0
    people: int = 0
    out_of_reach: int = 0
    answered_in: int | None = None
    """The median of the minutes from a reminder to the report; None where it would tell of too few people."""

    @property
    def average(self) -> float:
        """Messages a person, rounded to one decimal."""
        return round(self.messages / self.people, 1) if self.people else 0.0


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """`month` and `NextMonth.month` are keys such as `2026-10`; `made_at` is aware UTC and `zone` an IANA name.

    `provisional`: the year's working days are 暂定. `remark` is what its own secretary added when confirming, `words`
    what those beneath did; `unconfirmed` are the units beneath whose secretaries have not.
    """

    unit_id: int
    unit: str
    kind: UnitKind
    zone: str
    month: str
    edition: Edition
    made_at: datetime
    next_month: NextMonth
    provisional: bool = False
    remark: str = ""
    words: tuple[UnitWords, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    outcomes_reached: tuple[OutcomeLine, ...] = ()
    outcomes_overdue: tuple[OutcomeLine, ...] = ()
    needs_open: tuple[NeedLine, ...] = ()
    needs_answered: tuple[NeedLine, ...] = ()
    rotations: RotationPart = RotationPart()
    highlights: tuple[Highlight, ...] = ()
    pairings: tuple[PairingCount, ...] = ()
    reviews_waiting: WaitingReviews = WaitingReviews()
    reports: tuple[ReportRow, ...] = ()
    corrections: tuple[Correction, ...] = ()
    burden: Burden = Burden()
    details: Details = NO_DETAILS

    def __post_init__(self) -> None:
        """A branch's affairs stay in the branch: names and people's own words above it are refused, not hidden later."""
        parts = tuple(getattr(self, spot.name) for spot in fields(self) if spot.name != "highlights")
        if self.kind not in NAMED_KINDS and any(personal_in(parts)):
            raise ValueError(f"personal matters above the branch in the summary of {self.unit}")

    @property
    def reports_total(self) -> ReportCounts:
        return sum((row.counts for row in self.reports), ReportCounts())

    @property
    def reports_before(self) -> ReportCounts | None:
        """The month before, of those units that have one; None when none has."""
        before = [row.before for row in self.reports if row.before]
        return sum(before, ReportCounts()) if before else None

    def without_names(self) -> MonthSummary:
        """The same month with no person in it, not even under a signed highlight, and no details: fit to be forwarded."""
        return nameless(replace(self, details=NO_DETAILS))

    def says_the_same(self, other: MonthSummary) -> bool:
        """Whether a final has nothing new to tell: neither when and as what it was made is news, nor what its readers
        added themselves, nor that somebody beneath has confirmed meanwhile without a word.
        """
        same = {name: getattr(other, name) for name in ("made_at", "edition", "remark", "unconfirmed")}
        return replace(self, **same) == other

    def to_json(self) -> str:
        return records.to_json(self)

    @classmethod
    def from_json(cls, text: str) -> MonthSummary:
        return records.from_json(cls, text)
