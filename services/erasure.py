"""Erasing a person, as the law lets them ask (个人信息保护法 art. 47): name, words and chat go, counts and the chain stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import access, accounts, audit
from storage import check_ins, erasure, invites, menu, needs, people, roles, units
from storage.accounts import by_person
from storage.database import Reader, Writer


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be erased, and how much with them."""

    person_id: int
    name: str
    unit: str
    reports: int
    needs: int


def preview(tx: Reader, key: str) -> Preview | None:
    """By the staff number in its normal form, whether the person is still there or has left."""
    person = people.by_key(tx, key)
    if person is None:
        return None
    unit = units.full_names(tx, [person.unit_id])[person.unit_id]
    asked = len(needs.of_person(tx, person.id))
    return Preview(person.id, person.name, unit, check_ins.count(tx, person.id), asked)


def erase(tx: Writer, actor: Actor, person_id: int) -> None:
    """Erase somebody for good: nothing takes it back but a backup made before.

    An administrator's act alone. Refuses `still_tied` while a pairing or rotation of theirs runs, `still_leads` while
    they hold a role, `already_done` when they are erased. What others wrote in their own reports is not touched.
    """
    access.need_role(actor, RoleKind.ADMINISTRATOR)
    person = people.lock(tx, person_id)
    if person is None:
        raise Refusal("not_yours")
    if person.name == erasure.GONE:
        raise Refusal("already_done")
    _refuse_bound(tx, person_id, person.name, actor.today)
    account_ids = erasure.accounts_of(tx, person_id)
    texts = erasure.words_of(tx, person_id)
    _leave(tx, actor, person_id)
    erasure.silence(tx, person_id, account_ids, actor.now)
    erasure.remove_values(tx, person_id, person.name)
    erasure.blank_name(tx, person.name, texts)
    erasure.blank_texts(tx, person_id)
    erasure.forget_accounts(tx, account_ids)
    erasure.blank_person(tx, person_id)
    audit.record(tx, actor, "person:erased", f"person:{person_id}")


def _refuse_bound(tx: Reader, person_id: int, name: str, today: date) -> None:
    ties = menu.ties(tx, person_id, today)
    if ties.reports or ties.mentors or ties.hosts:
        raise Refusal("still_tied", name=name)
    account = by_person(tx, person_id)
    if roles.of_holder(tx, person_id, account.id if account else None):
        raise Refusal("still_leads", name=name)


def _leave(tx: Writer, actor: Actor, person_id: int) -> None:
    invites.revoke_open(tx, person_id, actor.now)
    accounts.unbind(tx, actor, person_id)
    if people.is_present(tx, person_id):
        people.depart(tx, person_id, actor.today)
