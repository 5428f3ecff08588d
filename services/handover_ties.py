"""What hangs on a person: pairings, rotations, roles, needs; as the one who hands it over may see it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.actors import Actor
from domain.handovers import Tie, TieKind
from domain.needs import UNSETTLED
from domain.pairings import guide_kind
from domain.roles import RoleKind
from domain.rotations import LIVE
from services import roles as role_services
from services import stand_in_followers
from storage import needs, pairings, people, roles, rotations, units
from storage import stand_ins as rows
from storage.database import Reader


def of_person(tx: Reader, actor: Actor, person_id: int, *, leaving: bool) -> list[Tie]:
    """Whoever leaves takes along what is his own: his pairing, his rotation, what he asked for."""
    found = [*_guided(tx, person_id), *_hosted(tx, person_id), *_roles(tx, actor, person_id), *_owned(tx, person_id)]
    return [*found, *_stands_in(tx, actor, person_id), *_own(tx, person_id)] if leaving else found


def _guided(tx: Reader, person_id: int) -> Iterator[Tie]:
    guided = pairings.guided_by(tx, person_id)
    mentors = pairings.mentors_of(tx, [one.id for one in guided])
    for one in guided:
        mentee = people.get(tx, one.mentee_id)
        assert mentee is not None
        yield Tie(
            TieKind.GUIDES, one.id, *_whom(tx, one.mentee_id), needs_somebody=len(mentors[one.id]) == 1,
            called=guide_kind(one.track, mentee.stage),
        )  # fmt: skip


def _hosted(tx: Reader, person_id: int) -> Iterator[Tie]:
    for one in rotations.hosted_by(tx, person_id):
        yield Tie(TieKind.HOSTS, one.id, *_whom(tx, one.person_id), needs_somebody=True)
    for one in rotations.led_by(tx, person_id):
        yield Tie(TieKind.LEADS_ROTATION, one.id, *_whom(tx, one.person_id))


def _whom(tx: Reader, person_id: int) -> tuple[str, str]:
    person = people.get(tx, person_id)
    assert person is not None
    return person.name, units.full_names(tx, [person.unit_id])[person.unit_id]


def _roles(tx: Reader, actor: Actor, person_id: int) -> Iterator[Tie]:
    for held in roles.of_holder(tx, person_id, None):
        unit = units.get(tx, held.unit_id) if held.unit_id else None
        mine = role_services.may_end(tx, actor, unit)
        yield Tie(TieKind.ROLE, held.id, held.title or held.kind, unit.name if unit else "", mine=mine)


def _owned(tx: Reader, person_id: int) -> Iterator[Tie]:
    """As one, and by their number alone: whoever hands over may be one who must not know of each."""
    owned = needs.owned_by(tx, person_id)
    if owned:
        yield Tie(TieKind.NEEDS, 0, number=len(owned))


def _stands_in(tx: Reader, actor: Actor, person_id: int) -> Iterator[Tie]:
    """Somebody else does so then; of a secretary's post it is not known yet who has it."""
    leads = is_secretary(tx, person_id)
    for pairing_id in rows.of_person(tx, person_id, actor.today):
        pairing = pairings.get(tx, pairing_id)
        assert pairing is not None
        after = [] if leads else stand_in_followers.following(tx, actor, pairing, person_id)
        known = people.many(tx, after)
        then = known[after[0]].name if after else ""
        yield Tie(TieKind.STANDS_IN, pairing_id, *_whom(tx, pairing.mentee_id), then=then)


def is_secretary(tx: Reader, person_id: int) -> bool:
    return any(held.kind is RoleKind.SECRETARY for held in roles.of_holder(tx, person_id, None))


def _own(tx: Reader, person_id: int) -> Iterator[Tie]:
    for pairing in pairings.live_of_mentee(tx, person_id):
        yield Tie(TieKind.OWN_PAIRING, pairing.id)
    for rotation in rotations.of_person(tx, person_id):
        if rotation.state in LIVE:
            yield Tie(TieKind.OWN_ROTATION, rotation.id, rotation.post)
    for need in needs.of_person(tx, person_id):
        if need.state in UNSETTLED:
            yield Tie(TieKind.OWN_NEED, need.id)
