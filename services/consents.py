"""What a person agrees to: use, Party data, transfer abroad, each given, refused and withdrawn on its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.consents import CURRENT_VERSION, NEEDED, ConsentKind
from domain.refusals import Refusal
from services import access, audit, contacts, notices, secretaries
from storage import accounts, consents, people, units
from storage.consents import Consent
from storage.database import Reader, Writer

__all__ = ["Consent", "Notice", "decline", "is_away", "notice", "toggle", "withdraw"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the person reads and what they said to it; `contact` is the unit's, else the secretaries by name."""

    name: str
    unit: str
    contact: str
    secretaries: tuple[str, ...]
    said: tuple[Consent, ...]

    def of(self, kind: ConsentKind) -> Consent | None:
        """The latest word on this kind in the current wording."""
        return next((one for one in self.said if one.kind is kind and one.version == CURRENT_VERSION), None)

    def stands(self, kind: ConsentKind) -> bool:
        one = self.of(kind)
        return one is not None and one.stands


def notice(tx: Reader, actor: Actor) -> Notice:
    person = access.myself(tx, actor)
    assert actor.account_id is not None
    unit = units.get(tx, person.unit_id)
    assert unit is not None
    return Notice(
        name=person.name,
        unit=units.full_names(tx, [unit.id])[unit.id],
        contact=contacts.of_unit(tx, unit.id),
        secretaries=tuple(one.name for one in people.many(tx, secretaries.of_unit(tx, unit.id)).values()),
        said=tuple(consents.of_account(tx, actor.account_id)),
    )


def toggle(tx: Writer, actor: Actor, kind: ConsentKind) -> bool:
    """Agree to one kind, or no longer; tells whether everything stands agreed to now."""
    account_id = _account(tx, actor)
    if kind in accounts.consents(tx, account_id):
        _put(tx, actor, account_id, kind, "withdrawn")
    else:
        _put(tx, actor, account_id, kind, "given")
    return accounts.consents(tx, account_id) >= NEEDED


def decline(tx: Writer, actor: Actor) -> None:
    """Agree to nothing further: what is not agreed to is written down as refused, and the secretary is told."""
    account_id = _account(tx, actor)
    for kind in sorted(NEEDED - accounts.consents(tx, account_id)):
        _put(tx, actor, account_id, kind, "refused")
    _tell_secretaries(tx, actor)


def withdraw(tx: Writer, actor: Actor, kind: ConsentKind) -> None:
    account_id = _account(tx, actor)
    if kind not in accounts.consents(tx, account_id):
        raise Refusal("already_done")
    _put(tx, actor, account_id, kind, "withdrawn")
    _tell_secretaries(tx, actor)


def is_away(tx: Reader, person_id: int) -> bool:
    """Whether a person has an account that has not agreed, so that things are entered for them."""
    account = accounts.by_person(tx, person_id)
    return account is not None and not accounts.consents(tx, account.id) >= NEEDED


def _account(tx: Reader, actor: Actor) -> int:
    access.myself(tx, actor)
    assert actor.account_id is not None
    return actor.account_id


def _put(tx: Writer, actor: Actor, account_id: int, kind: ConsentKind, said: str) -> None:
    """What was given before stays readable beside its withdrawal; giving anew clears what stood against it."""
    now = actor.now
    moments: dict[str, dict[str, datetime | None]] = {
        "given": {"given_at": now, "refused_at": None, "withdrawn_at": None},
        "refused": {"given_at": None, "refused_at": now, "withdrawn_at": None},
        "withdrawn": {"withdrawn_at": now},
    }
    consents.put(tx, account_id, kind, CURRENT_VERSION, **moments[said])
    audit.record(
        tx, actor, f"consent:{said}", f"account:{account_id}", new={"kind": kind, "version": CURRENT_VERSION},
        about=actor.person_id,
    )  # fmt: skip


def _tell_secretaries(tx: Writer, actor: Actor) -> None:
    person = access.myself(tx, actor)
    for secretary in secretaries.of_person(tx, person.id):
        key = f"consent:{person.id}:away:{secretary}:{actor.now.isoformat()}"
        notices.tell(tx, actor, secretary, "consents.away", key=key, member_id=person.id)
