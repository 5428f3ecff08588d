"""What the permanent keyboard offers a person: their roles as they stand today."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actors import Actor
from domain.roles import RoleKind
from storage import menu
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Offer:
    """`reports`: has a pairing or rotation to report on; `mentors`, `hosts`: guides someone now,
    or stands in for who does."""

    person: bool
    agreed: bool
    reports: bool
    mentors: bool
    hosts: bool
    secretary: bool
    officer: bool
    administrator: bool


def offer(tx: Reader, actor: Actor) -> Offer:
    ties = menu.ties(tx, actor.person_id, actor.today)
    return Offer(
        person=actor.person_id is not None,
        agreed=actor.agreed,
        reports=ties.reports,
        mentors=ties.mentors or ties.stands_in,
        hosts=ties.hosts,
        secretary=actor.has(RoleKind.SECRETARY),
        officer=actor.has(RoleKind.OFFICER),
        administrator=actor.has(RoleKind.ADMINISTRATOR),
    )
