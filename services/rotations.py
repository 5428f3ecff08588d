"""Rotations as people see them: one in full, one's own, those one hosts, those of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.actors import Actor
from domain.entered_acts import REMARKS, Act, EnteredAct, Noun
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotation_comments import About, Comment
from domain.rotations import LIVE, Note, Rotation, RotationState
from domain.units import Unit, UnitKind
from services import access, proxies, rotation_comments
from services.calendar import today_in_unit
from services.hearing import Hearing, of_people
from services.rotation_access import Side, opened, sides_of
from services.rotation_notices import Notice, everyone, still_true
from services.rotation_planning import create_from_roster, namesake
from storage import accounts, guidance, people, rotation_notes, rotations, units
from storage import rotation_comments as comment_rows
from storage.database import Reader
from storage.rotations import Listed

__all__ = ["Card", "Listed", "Register", "Side", "create_from_roster"]

PAGE = 8


@dataclass(frozen=True, slots=True)
class Card:
    """`link`: the one person of the roster who bears the name of a host who is only a name."""

    rotation: Rotation
    person: Person
    unit: str
    host: str
    host_has_account: bool
    leader: str
    sides: frozenset[Side]
    link: Person | None
    over: bool
    notes: tuple[Note, ...] = ()
    written_by: str = ""
    """The secretary who wrote the evaluation in the host's place."""
    entered: Mapping[Act, EnteredAct] = field(default_factory=dict)
    """What of it was entered for somebody (代录)."""
    proxies: tuple[proxies.Proxy, ...] = ()
    comments: tuple[Comment, ...] = ()
    entered_comments: Mapping[int, EnteredAct] = field(default_factory=dict)
    """Those of the comments, by id, that were entered for a mentor."""
    commentable: Mapping[About, Comment | None] = field(default_factory=dict)
    """What the reader, as the person's mentor, may comment on, with his own comment that can still be changed."""

    @property
    def live(self) -> bool:
        return self.rotation.state in LIVE


@dataclass(frozen=True, slots=True)
class Register:
    """One page of a unit's rotations. `counts` covers all states; `units` are branches beneath, to go on to. `coming` is
    how many people of elsewhere rotate here, and `incoming` are those of them that the reader may open.
    """

    unit: Unit
    shown: tuple[RotationState, ...]
    lines: tuple[Listed, ...]
    page: int
    more: bool
    counts: dict[RotationState, int]
    units: tuple[Unit, ...]
    may_arrange: bool
    coming: int = 0
    incoming: tuple[Listed, ...] = ()


def card(tx: Reader, actor: Actor, rotation_id: int, *only: Side) -> Card:
    """For whoever may open it or, before something is done, for those on one of these sides alone."""
    rotation, person, sides = opened(tx, actor, rotation_id)
    if only and sides.isdisjoint(only):
        raise Refusal("not_yours")
    return _card(tx, actor, rotation, person, sides)


def told(tx: Reader, actor: Actor, rotation_id: int, what: Notice) -> Card | None:
    """What a notice shows its reader; None when it is no longer true or nothing of theirs."""
    rotation = rotations.get(tx, rotation_id)
    person = None if rotation is None else people.get(tx, rotation.person_id)
    if rotation is None or person is None or not still_true(tx, what, rotation, actor.person_id):
        return None
    return _card(tx, actor, rotation, person, sides_of(tx, actor, rotation, person))


def commented_by(held: Card, mentor_id: int | None) -> str:
    """The name of the mentor whose word a notice brings; of the last who had one, where the notice is too old to tell."""
    names = [one.by for one in held.comments if mentor_id in (None, one.by_id)]
    return names[-1] if names else ""


def _card(tx: Reader, actor: Actor, rotation: Rotation, person: Person, sides: frozenset[Side]) -> Card:
    unit = units.get(tx, rotation.unit_id)
    named = (rotation.host_id, rotation.leader_id, rotation.evaluated_by)
    known = people.many(tx, [one for one in named if one is not None])
    host = known.get(rotation.host_id or 0)
    leader = known.get(rotation.leader_id or 0)
    evaluator = None if rotation.evaluated_by == rotation.host_id else known.get(rotation.evaluated_by or 0)
    entries = proxies.entered(tx, Noun.ROTATION, [rotation.id])
    notes, entered = _marked(tx, rotation, entries)
    comments = comment_rows.of_rotation(tx, rotation.id)
    reads_on = Side.MENTOR in sides and Side.HOST not in sides
    may_link = Side.SECRETARY in sides and host is None and rotation.state in LIVE
    return Card(
        rotation=rotation,
        person=person,
        unit=unit.name if unit else "",
        host=host.name if host else rotation.host_name,
        host_has_account=host is not None and accounts.by_person(tx, host.id) is not None,
        leader=leader.name if leader else "",
        sides=sides,
        link=namesake(tx, rotation.host_name) if may_link else None,
        over=rotation.ends_on < today_in_unit(tx, actor, rotation.unit_id),
        notes=notes,
        written_by=evaluator.name if evaluator and rotation.evaluation and Act.EVALUATE not in entered else "",
        entered=entered,
        proxies=proxies.offered(tx, actor, Noun.ROTATION, rotation.id),
        comments=tuple(comments),
        entered_comments={one.id: entry for one in comments for entry in entries if _is_of(entry, one)},
        commentable=rotation_comments.open_to(rotation, notes, comments, actor) if reads_on else {},
    )


def _is_of(entry: EnteredAct, comment: Comment) -> bool:
    return (entry.person_id, entry.entered_at) == (comment.by_id, comment.at) and entry.act is REMARKS[comment.about]


def _marked(
    tx: Reader, rotation: Rotation, entries: Sequence[EnteredAct]
) -> tuple[tuple[Note, ...], Mapping[Act, EnteredAct]]:
    """The notes, and which of them, or the evaluation, were entered as they stand; who is only a name is named by the entry."""
    notes = rotation_notes.of_rotation(tx, rotation.id)
    written = {Act(note.kind): note.at for note in notes} | {Act.EVALUATE: rotation.evaluated_at}
    entered = {one.act: one for one in entries if written.get(one.act) == one.entered_at}
    named = (replace(note, by=note.by or _speaker(entered.get(Act(note.kind)))) for note in notes)
    return tuple(named), entered


def _speaker(entry: EnteredAct | None) -> str:
    return "" if entry is None else entry.person


@dataclass(frozen=True, slots=True)
class Own:
    """The reader's own rotations, past ones included, the live ones they host, those whose host is only a name, for whom
    they enter, and those of the people they guide, past ones too.
    """

    mine: Sequence[Listed]
    hosted: Sequence[Listed]
    entered: Sequence[Listed]
    guided: Sequence[Listed]

    @property
    def all(self) -> list[Listed]:
        """Each once."""
        return list({one.id: one for one in (*self.mine, *self.hosted, *self.entered, *self.guided)}.values())


def own(tx: Reader, actor: Actor) -> Own:
    me = access.myself(tx, actor)
    found = (
        rotations.of_person(tx, me.id),
        rotations.hosted_by(tx, me.id),
        rotations.hosted_by_name(tx, actor.units(RoleKind.SECRETARY)),
        rotations.of_people(tx, guidance.mentees_of(tx, me.id, actor.today)),
    )
    mine, hosted, entered, guided = (_lines(tx, actor, one) for one in found)
    return Own(mine, hosted, entered, guided)


def of_person(tx: Reader, person_id: int) -> list[Rotation]:
    """A person's live rotations; whoever calls has opened the person."""
    return [one for one in rotations.of_person(tx, person_id) if one.state in LIVE]


def to_show(tx: Reader, actor: Actor, person: Person) -> list[Listed]:
    """Of a person's rotations those under way and the one that was closed last, as far as the reader may open them."""
    found = rotations.of_person(tx, person.id)
    closed = [one for one in found if one.state is RotationState.CLOSED][-1:]
    shown = [*(one for one in found if one.state in LIVE), *closed]
    return _lines(tx, actor, [one for one in shown if sides_of(tx, actor, one, person)])


def _lines(tx: Reader, actor: Actor, found: Sequence[Rotation]) -> list[Listed]:
    known = people.many(tx, [one.person_id for one in found])
    hosts = {one.id: one.name for one in units.many(tx, {one.unit_id for one in found})}
    return [
        Listed(
            one.id, known[one.person_id].name, hosts[one.unit_id], one.post, one.starts_on, one.ends_on, one.state,
            attention=one.state is RotationState.IN_POST and one.ends_on < actor.today,
        )
        for one in found
    ]  # fmt: skip


def register(tx: Reader, actor: Actor, unit_id: int, states: Sequence[RotationState], page: int = 0) -> Register:
    """The rotations of a unit's people and all beneath it, for its secretary, or an officer or secretary above it."""
    unit = access.unit(tx, actor, unit_id, RoleKind.SECRETARY, RoleKind.OFFICER)
    today = today_in_unit(tx, actor, unit.id)
    listed = rotations.listed(tx, unit.id, states, today, offset=page * PAGE, limit=PAGE + 1)
    beneath = units.beneath(tx, unit.id, UnitKind.BRANCH) if unit.kind is not UnitKind.BRANCH else []
    coming = rotations.coming_to(tx, unit.id) if set(states) == LIVE and page == 0 else []
    return Register(
        unit=unit,
        shown=tuple(states),
        lines=tuple(listed[:PAGE]),
        page=page,
        more=len(listed) > PAGE,
        counts=rotations.counted(tx, unit.id),
        units=tuple(one for one in beneath if one.id != unit.id),
        may_arrange=units.is_beneath(tx, unit.id, actor.units(RoleKind.SECRETARY)),
        coming=len(coming),
        incoming=tuple(_lines(tx, actor, [one for one in coming if _may_open(tx, actor, one)][:PAGE])),
    )


def _may_open(tx: Reader, actor: Actor, rotation: Rotation) -> bool:
    person = people.get(tx, rotation.person_id)
    return person is not None and bool(sides_of(tx, actor, rotation, person))


def hearers(tx: Reader, actor: Actor, rotation: Rotation) -> Hearing:
    """Who would be told if the actor cancelled a rotation or changed its days."""
    return of_people(tx, actor, everyone(tx, rotation))
