"""经验: highlights that their authors let be read stay findable, and other branches say that they use them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.refusals import Refusal
from domain.reviews import Attribution
from domain.roles import RoleKind
from domain.units import Unit, UnitKind
from services import access, audit, notices
from services.hearing import Hearing, just_now
from storage import experience as rows
from storage import units
from storage.database import Reader, Writer

ADOPTED, DROPPED = "experience.adopted", "experience.dropped"
ON_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Experience:
    """`author` only where he signed it; `adopters` are the branches that use it; `ways` those that the reader may say so
    for, with whether they do.
    """

    id: int
    text: str
    unit: str
    specialty: str
    on: date
    author: str
    adopters: tuple[str, ...]
    ways: tuple[tuple[Unit, bool], ...]


@dataclass(frozen=True, slots=True)
class Page:
    words: str
    lines: tuple[Experience, ...]
    number: int
    more: bool


def search(tx: Reader, actor: Actor, words: str, page: int) -> Page:
    """For everybody in the organisation; by a word of the text or by specialty."""
    plain = words.strip()
    found = rows.found(tx, plain, offset=page * ON_A_PAGE, limit=ON_A_PAGE + 1)
    return Page(plain, tuple(_shown(tx, actor, row) for row in found[:ON_A_PAGE]), page, len(found) > ON_A_PAGE)


def card(tx: Reader, actor: Actor, review_id: int) -> Experience:
    return _shown(tx, actor, _row(tx, review_id))


def _row(tx: Reader, review_id: int) -> rows.ExperienceRow:
    """Refusal `gone` for what its author did not let be read, or no longer does."""
    row = rows.get(tx, review_id)
    if row is None:
        raise Refusal("gone")
    return row


def _shown(tx: Reader, actor: Actor, row: rows.ExperienceRow) -> Experience:
    adopters, branch = rows.adopters(tx, row.id), access.branch_over(tx, row.unit_id)
    own = units.many(tx, set(actor.units(RoleKind.SECRETARY)))
    return Experience(
        id=row.id,
        text=row.text,
        unit=branch.name,
        specialty=row.specialty,
        on=local_day(row.at, ZoneInfo(actor.zone)),
        author=row.name if row.attribution == Attribution.SIGNED else "",
        adopters=tuple(adopters.values()),
        ways=tuple((one, one.id in adopters) for one in own if one.id != branch.id and one.kind is UnitKind.BRANCH),
    )


def adopt(tx: Writer, actor: Actor, review_id: int, unit_id: int) -> None:
    """我们也在用: said by a secretary for another branch than the author's; he learns so in a minute, by branch alone.

    Refusals: `gone`, `not_yours`, `already_done`.
    """
    row = _may_say(tx, actor, review_id, unit_id)
    if unit_id in rows.adopters(tx, review_id):
        raise Refusal("already_done")
    assert actor.person_id is not None
    rows.adopt(tx, review_id, unit_id, actor.person_id, actor.now)
    audit.record(tx, actor, "experience:adopt", f"experience:{review_id}", new={"unit": unit_id}, about=row.person_id)
    heard = notices.take_back_all(tx, actor, _prefix(review_id, unit_id))
    if heard.get(row.person_id) != ADOPTED:
        _tell(tx, actor, row.person_id, ADOPTED, review_id, unit_id)


def drop(tx: Writer, actor: Actor, review_id: int, unit_id: int) -> None:
    """Not, or no longer; the author hears of it if he had heard that they do."""
    row = _may_say(tx, actor, review_id, unit_id)
    if unit_id not in rows.adopters(tx, review_id):
        raise Refusal("already_done")
    rows.drop(tx, review_id, unit_id, actor.now)
    heard = notices.take_back_all(tx, actor, _prefix(review_id, unit_id))
    if heard.get(row.person_id) == ADOPTED:
        _tell(tx, actor, row.person_id, DROPPED, review_id, unit_id)
    audit.record(tx, actor, "experience:drop", f"experience:{review_id}", old={"unit": unit_id}, about=row.person_id)


def _prefix(review_id: int, unit_id: int) -> str:
    return f"experience:{review_id}:{unit_id}:"


def _tell(tx: Writer, actor: Actor, author_id: int, kind: str, review_id: int, unit_id: int) -> None:
    key = f"{_prefix(review_id, unit_id)}{secrets.token_hex(6)}"
    notices.tell(tx, actor, author_id, kind, key=key, unasked=True, review=review_id, unit=unit_id)


def hearing(tx: Reader, actor: Actor, review_id: int, unit_id: int) -> Hearing:
    """Whether and when the author hears of what a branch has just said. He may not have given his name: it is not to be shown."""
    return just_now(tx, actor, _prefix(review_id, unit_id))


def _may_say(tx: Reader, actor: Actor, review_id: int, unit_id: int) -> rows.ExperienceRow:
    row = _row(tx, review_id)
    if unit_id not in {unit.id for unit, _ in _shown(tx, actor, row).ways}:
        raise Refusal("not_yours")
    return row


def told(tx: Reader, reader: Actor, review_id: int, unit_id: int, *, used: bool) -> tuple[Experience, str] | None:
    """Word to the author that a branch uses it, or does so no longer, as long as that is true."""
    row, unit = rows.get(tx, review_id), units.get(tx, unit_id)
    if row is None or unit is None or row.person_id != reader.person_id:
        return None
    return (_shown(tx, reader, row), unit.name) if (unit_id in rows.adopters(tx, review_id)) is used else None
