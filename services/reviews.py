"""点评: a mentor's or host's verdict on a report, the author's word on a highlight, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.check_ins import Capacity, Standing, require_unlocked
from domain.entered_acts import ACTS, Act, EnteredAct, Noun
from domain.needs import Need, NeedState
from domain.refusals import Refusal
from domain.reviews import REVIEW_LIMIT, WORDED, Attribution, Review, ReviewKind
from domain.roles import RoleKind
from domain.units import UnitKind
from domain.wording import fitting
from services import access, audit, needs, notices, proxies
from services.hearing import Later, just_now
from services.notices import Heard
from storage import check_ins, entered_acts, people, units
from storage import needs as need_rows
from storage import reviews as rows
from storage.database import Reader, Writer

ON_A_PAGE = 8
TAKEN_BACK = "review.taken_back"


@dataclass(frozen=True, slots=True)
class Line:
    """A report on a list: whose, since when, and how it stands as far as the reader may know; whether it was entered for
    the author.
    """

    check_in_id: int
    author: str
    submitted_at: datetime
    standing: Standing | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """`secretary`: may read the reports of a branch as well."""

    number: int
    lines: tuple[Line, ...]
    secretary: bool


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict, and by whom it was entered if the reviewer does not use Telegram."""

    review: Review
    entered: tuple[EnteredAct, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """`hears`: the author uses Telegram here, so that the verdict is told; `later`, where that is not in a minute."""

    review: Review
    author: str
    waiting: int
    hears: bool
    later: tuple[Later, ...]


def review(tx: Writer, actor: Actor, check_in_id: int, kind: ReviewKind, words: str = "") -> int:
    """Give a verdict, in place of one's own earlier one.

    Refusals: `not_yours`, `settled_by_other` (name), `acted_on`, `secretary_comments`, `report_locked` where the author
    could no longer add what he is asked for.
    """
    check_ins.lock(tx, check_in_id)
    report, capacity = access.check_in(tx, actor, check_in_id)
    _require_may(capacity, kind)
    if kind is ReviewKind.PLEASE_ADD:
        require_unlocked(check_ins.subjects_of(tx, check_in_id), actor.now)
    text = fitting(words, REVIEW_LIMIT) if kind in WORDED else ""
    _replace_own(tx, actor, check_in_id, capacity)
    assert actor.person_id is not None
    review_id = rows.add(tx, check_in_id, actor.person_id, capacity, kind, text, actor.now)
    new = {"kind": kind, "text": text}
    audit.record(tx, actor, "review:give", f"review:{review_id}", new=new, about=report.person_id)
    key = f"review:{review_id}:told:{report.person_id}"
    notices.tell(tx, actor, report.person_id, "review.told", key=key, unasked=True, review=review_id)
    return review_id


def _require_may(capacity: Capacity, kind: ReviewKind) -> None:
    """The secretary reads and may comment; the verdict is the guide's. Nobody reviews himself."""
    if capacity is Capacity.AUTHOR:
        raise Refusal("not_yours")
    if capacity is Capacity.SECRETARY and kind is not ReviewKind.COMMENTED:
        raise Refusal("secretary_comments")


def _replace_own(tx: Writer, actor: Actor, check_in_id: int, capacity: Capacity) -> None:
    """Either mentor settles it for both; one's own verdict may be changed until the author acted on it."""
    for known in rows.of_check_in(tx, check_in_id):
        mine = known.reviewer_id == actor.person_id
        if mine and known.acted_on and known.kind is ReviewKind.HIGHLIGHT:
            raise Refusal("acted_on")
        if mine and not known.acted_on:
            _take_back(tx, actor, known)
        if not mine and known.settles and capacity is not Capacity.SECRETARY:
            raise Refusal("settled_by_other", name=known.reviewer)


def undo(tx: Writer, actor: Actor, review_id: int) -> int:
    """Take one's own verdict back as long as one may read the report; gives its id.

    Refusals: `gone`, `not_yours`, `acted_on`.
    """
    check_in_id = _own(rows.get(tx, review_id), actor).check_in_id
    check_ins.lock(tx, check_in_id)
    access.check_in(tx, actor, check_in_id)
    known = _own(rows.get(tx, review_id), actor)  # as it stands now that nobody else can change it
    if known.acted_on:
        raise Refusal("acted_on")
    for hearer in _take_back(tx, actor, known):
        key = f"review:{review_id}:{TAKEN_BACK}:{hearer}"
        notices.tell(tx, actor, hearer, TAKEN_BACK, key=key, unasked=True, review=review_id)
    return check_in_id


def _own(known: Review | None, actor: Actor) -> Review:
    if known is None:
        raise Refusal("gone")
    if known.reviewer_id != actor.person_id:
        raise Refusal("not_yours")
    return known


def _take_back(tx: Writer, actor: Actor, known: Review) -> Heard:
    """Where another verdict takes its place, those who have heard hear that one."""
    rows.withdraw(tx, known.id, actor.now)
    entered_acts.supersede(tx, Noun.REVIEW, known.id, Act, actor.now)
    old = {"kind": known.kind, "text": known.text}
    audit.record(tx, actor, "review:undo", f"review:{known.id}", old=old)
    return notices.take_back_all(tx, actor, f"review:{known.id}:")


def attribute(tx: Writer, actor: Actor, review_id: int, choice: Attribution | None) -> None:
    """署名、匿名或不公开: the author's own choice, which he may change; None takes back what was entered for him."""
    known = _of_mine(tx, actor, review_id)
    if known.kind is not ReviewKind.HIGHLIGHT:
        raise Refusal("gone")
    rows.attribute(tx, review_id, choice)
    entered_acts.supersede(tx, Noun.REVIEW, review_id, ACTS[Noun.REVIEW], actor.now)
    audit.record(
        tx, actor, "review:attribute", f"review:{review_id}", old={"attribution": known.attribution},
        new={"attribution": choice}, about=actor.person_id,
    )  # fmt: skip


def _of_mine(tx: Reader, actor: Actor, review_id: int) -> Review:
    """A review of the actor's own report."""
    known = rows.get(tx, review_id)
    if known is None:
        raise Refusal("gone")
    _, capacity = access.check_in(tx, actor, known.check_in_id)
    if capacity is not Capacity.AUTHOR:
        raise Refusal("not_yours")
    return known


def told(tx: Reader, actor: Actor, review_id: int) -> Told:
    """The verdict as the author of the report hears of it."""
    review = _of_mine(tx, actor, review_id)
    return Told(review, proxies.entered(tx, Noun.REVIEW, [review_id]) if review.by_hand else ())


def taken_back(tx: Reader, actor: Actor, review_id: int) -> Review | None:
    """The same once it was taken back, unless the reviewer has answered again."""
    gone = rows.taken_back(tx, review_id)
    if gone is None:
        return None
    _, capacity = access.check_in(tx, actor, gone.check_in_id)
    again = any(one.reviewer_id == gone.reviewer_id for one in rows.of_check_in(tx, gone.check_in_id))
    return gone if capacity is Capacity.AUTHOR and not again else None


def settled(tx: Reader, actor: Actor, review_id: int) -> Settled:
    """One's own verdict, for whoever just gave it, and how many reports still wait."""
    known = rows.get(tx, review_id)
    if known is None or known.reviewer_id != actor.person_id:
        raise Refusal("gone")
    report, _ = access.check_in(tx, actor, known.check_in_id)
    author = people.get(tx, report.person_id)
    assert author is not None
    hears = access.uses_telegram(tx, author.id, actor.now)
    later = just_now(tx, actor, f"review:{review_id}:").later
    return Settled(known, author.name, len(waiting(tx, actor)), hears, later)


def waiting(tx: Reader, actor: Actor) -> list[int]:
    """The reports that wait for the actor, the oldest first; the first minute is the author's own."""
    if actor.person_id is None:
        return []
    return rows.waiting(tx, actor.person_id, actor.today, actor.now - notices.HOLD)


def lines(tx: Reader, actor: Actor, check_in_ids: Sequence[int]) -> list[Line]:
    return [_line(tx, actor, row.id, row.name) for row in rows.authors(tx, check_in_ids)]


def _line(tx: Reader, actor: Actor, check_in_id: int, author: str) -> Line:
    report, capacity = access.check_in(tx, actor, check_in_id)
    seen = needs.discreet(report, capacity, _live_needs(tx, check_in_id))
    return Line(check_in_id, author, report.submitted_at, seen.standing, report.entered_by is not None)


def _live_needs(tx: Reader, check_in_id: int) -> list[Need]:
    return [need for need in need_rows.of_check_in(tx, check_in_id) if need.state is not NeedState.WITHDRAWN]


def overview(tx: Reader, actor: Actor) -> Waiting:
    found = waiting(tx, actor)
    return Waiting(len(found), tuple(lines(tx, actor, found[:ON_A_PAGE])), actor.has(RoleKind.SECRETARY))


def branch_page(tx: Reader, actor: Actor, page: int) -> Page:
    """The latest reports of the branches whose secretary the actor is; each is opened with a trace."""
    found = rows.of_branches(tx, _own_branches(tx, actor), offset=page * ON_A_PAGE, limit=ON_A_PAGE + 1)
    return Page(tuple(map(_seen, found[:ON_A_PAGE])), page, len(found) > ON_A_PAGE)


def _seen(row: rows.ReportRow) -> Line:
    return Line(row.id, row.name, row.submitted_at, Standing(row.standing), row.entered_by is not None)


def _own_branches(tx: Reader, actor: Actor) -> list[int]:
    """The branches and groups of which the actor is a secretary; a secretary above them reads no texts."""
    held = [units.get(tx, unit_id) for unit_id in actor.units(RoleKind.SECRETARY)]
    return [one.id for one in held if one is not None and one.kind in (UnitKind.BRANCH, UnitKind.GROUP)]
