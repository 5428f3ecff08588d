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
    or stands in for who does; `mentee_rotates`: and that one is at another post, or soon will be. `awaits`: nothing of all this yet; a keyboard changes only with the next message that carries
    one, so what will be wanted first is there already."""

    person: bool
    agreed: bool
    reports: bool
    mentors: bool
    hosts: bool
    mentee_rotates: bool
    secretary: bool
    officer: bool
    administrator: bool

    @property
    def awaits(self) -> bool:
        has_to_do = self.reports or self.mentors or self.hosts or self.secretary or self.officer or self.administrator
        return self.person and not has_to_do


def offer(tx: Reader, actor: Actor) -> Offer:
    ties = menu.ties(tx, actor.person_id, actor.today)
    return Offer(
        person=actor.person_id is not None,
        agreed=actor.agreed,
        reports=ties.reports,
        mentors=ties.mentors or ties.stands_in,
        hosts=ties.hosts,
        mentee_rotates=ties.mentee_rotates,
        secretary=actor.has(RoleKind.SECRETARY),
        officer=actor.has(RoleKind.OFFICER),
        administrator=actor.has(RoleKind.ADMINISTRATOR),
    )
