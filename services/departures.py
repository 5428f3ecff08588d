"""Leaving the organisation: the chat becomes a stranger's at once, what was entered stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import LEADERS
from services import access, accounts, audit, stand_ins
from services.accounts import Link
from storage import invites, menu, people, roles
from storage.database import Writer


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left a moment ago, and what they then came in by."""

    at: datetime
    link: Link | None


def depart(tx: Writer, actor: Actor, person_id: int, how: str = "") -> Link | None:
    """Enter that somebody has left, today; `how` is a word for the audit. Gives what they came in by.

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
    link = accounts.unbind(tx, actor, person_id)
    people.depart(tx, person_id, actor.today)
    stand_ins.look_again(tx, actor, [person_id])
    new = {"left_on": actor.today, "how": how}
    audit.record(tx, actor, "person:departed", f"person:{person_id}", new=new, about=person_id)
    return link


def come_back(tx: Writer, actor: Actor, person_id: int, left: Left | None = None) -> None:
    """Take a departure back. Of somebody who `left` a moment ago the link to Telegram and the open invitation hold again;
    later the person needs a new invite.
    """
    access.person(tx, actor, person_id, *LEADERS)
    people.lock(tx, person_id)
    if people.is_present(tx, person_id):
        raise Refusal("already_done")
    people.update_fields(tx, person_id, left_on=None)
    if left is not None:
        invites.open_again(tx, person_id, left.at)
        if left.link is not None:
            accounts.bind_again(tx, actor, person_id, left.link)
    audit.record(tx, actor, "person:returned", f"person:{person_id}", about=person_id)
