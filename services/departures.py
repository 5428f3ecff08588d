"""Leaving the organisation: the chat becomes a stranger's at once, what was entered stays."""

from __future__ import annotations

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS
from services import access, accounts, audit
from storage import invites, menu, people, roles
from storage.database import Writer


def depart(tx: Writer, actor: Actor, person_id: int, how: str = "") -> Person:
    """Enter that somebody has left, today; `how` is a word for the audit.

    Refuses `still_tied` while a pairing or rotation of theirs runs and `still_leads` while they hold a role: these are
    brought to an end by people, with their reasons.
    """
    person = access.person(tx, actor, person_id, *LEADERS)
    people.lock(tx, person_id)
    if not people.is_present(tx, person_id):
        raise Refusal("already_done")
    ties = menu.ties(tx, person_id, actor.today)
    if ties.reports or ties.mentors or ties.hosts:
        raise Refusal("still_tied", name=person.name)
    if roles.of_holder(tx, person_id, None):
        raise Refusal("still_leads", name=person.name)
    invites.revoke_open(tx, person_id, actor.now)
    accounts.unbind(tx, actor, person_id)
    people.depart(tx, person_id, actor.today)
    audit.record(
        tx, actor, "person:departed", f"person:{person_id}", new={"left_on": actor.today, "how": how}, about=person_id
    )
    return person


def come_back(tx: Writer, actor: Actor, person_id: int) -> Person:
    """Take a departure back; to use Telegram again the person needs a new invite."""
    person = access.person(tx, actor, person_id, *LEADERS)
    people.lock(tx, person_id)
    if people.is_present(tx, person_id):
        raise Refusal("already_done")
    people.update_fields(tx, person_id, left_on=None)
    audit.record(tx, actor, "person:returned", f"person:{person_id}", about=person_id)
    return person
