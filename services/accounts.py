"""The tie between a Telegram account and a person, and what an account is like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.consents import ConsentKind
from domain.refusals import Refusal
from services import audit, delivery, notices
from services.access import LANGUAGE_CHOSEN
from storage import accounts, consents, drafts, outbox, units
from storage.database import Writer

Link = Mapping[str, Any]
"""What tied an account to a person: its id, since when, and what was agreed to on it, as the audit keeps it."""


def mark_unreachable(tx: Writer, account_id: int, now: datetime) -> None:
    """Telegram says that the person blocked the bot or is gone; it may say so more than once."""
    account = accounts.by_id(tx, account_id)
    if account is not None and account.unreachable_since is None:
        accounts.update_fields(tx, account_id, unreachable_since=now)


def mark_reachable(tx: Writer, actor: Actor) -> None:
    """Whoever comes back reads in one message what was to be said meanwhile, as far as it is still true."""
    account = accounts.by_id(tx, actor.account_id or 0)
    if account is None or account.unreachable_since is None:
        return
    accounts.update_fields(tx, account.id, unreachable_since=None)
    since = max(account.unreachable_since, actor.now - delivery.MISSED_FOR)
    if actor.person_id is not None and delivery.missed(tx, actor.person_id, since):
        key = f"missed:{actor.person_id}:{actor.now.isoformat()}"
        notices.tell(
            tx, actor, actor.person_id, delivery.MISSED, key=key, not_before=actor.now, since=since.isoformat()
        )


def follow_group(tx: Writer, actor: Actor, old_chat: int, new_chat: int) -> None:
    """A group became a supergroup: what waits for it goes to its new id, and so does all that comes later."""
    for unit_id in units.of_group(tx, old_chat):
        units.set_group(tx, unit_id, new_chat)
        audit.record(tx, actor, "unit:group_moved", f"unit:{unit_id}", old={"group": old_chat}, new={"group": new_chat})
    outbox.readdress(tx, old_chat, new_chat)


def greet(tx: Writer, actor: Actor, display_name: str) -> None:
    """Somebody known pressed Start: they can be reached, and an account named by its id alone learns its name."""
    assert actor.account_id is not None
    mark_reachable(tx, actor)
    if not actor.name:
        accounts.update_fields(tx, actor.account_id, display_name=display_name)


def choose_language(tx: Writer, actor: Actor, locale: str) -> None:
    """Speak this language from now on, also to a stranger."""
    assert actor.telegram_id is not None
    if actor.account_id is None:
        drafts.save(tx, actor.telegram_id, LANGUAGE_CHOSEN, locale, {}, actor.now)
        return
    accounts.update_fields(tx, actor.account_id, locale=locale)
    audit.record(
        tx,
        actor,
        "account:language",
        f"account:{actor.account_id}",
        old={"locale": actor.locale},
        new={"locale": locale},
    )


def bind(tx: Writer, actor: Actor, person_id: int, display_name: str, locale: str | None) -> int:
    """Tie the actor's Telegram account to a person and end the tie to the phone before; return the account.

    Raises `account_bound` when the account is another person's. What the person agreed to and chose comes along.
    """
    assert actor.telegram_id is not None
    mine = accounts.by_telegram(tx, actor.telegram_id)
    if mine is not None and mine.person_id not in (None, person_id):
        raise Refusal("account_bound", name=mine.name or "")
    before = accounts.by_person(tx, person_id)
    account_id = mine.id if mine else accounts.add(
        tx, actor.telegram_id, person_id=None, display_name=display_name, locale=locale, now=actor.now
    )  # fmt: skip
    if mine is not None and mine.locale is None:
        accounts.update_fields(tx, account_id, locale=locale)
    if before is None:
        consents.forget(tx, account_id)
    elif before.id != account_id:
        _move(tx, actor, before, account_id, person_id)
    accounts.update_fields(
        tx, account_id, person_id=person_id, display_name=display_name, bound_at=actor.now, unreachable_since=None
    )
    drafts.drop(tx, actor.telegram_id)
    audit.record(tx, actor, "account:bound", f"account:{account_id}", new={"person": person_id}, about=person_id)
    return account_id


def _move(tx: Writer, actor: Actor, before: accounts.Account, account_id: int, person_id: int) -> None:
    """Another phone of the same person: choices and consents move, and the phone before is told."""
    chosen = accounts.settings_of(tx, before.id)
    _untie(tx, before)
    if before.locale:
        drafts.save(tx, before.telegram_id, LANGUAGE_CHOSEN, before.locale, {}, actor.now)
    consents.move(tx, before.id, account_id)
    accounts.update_fields(tx, account_id, **{name: value for name, value in chosen.items() if value is not None})
    audit.record(tx, actor, "account:unbound", f"account:{before.id}", old={"person": person_id}, about=person_id)
    outbox.add(
        tx,
        key=f"account:{before.id}:moved:{account_id}:{actor.now.isoformat()}",
        kind="registration.moved",
        payload={},
        telegram_id=before.telegram_id,
        not_before=actor.now,
        now=actor.now,
    )


def unbind(tx: Writer, actor: Actor, person_id: int) -> Link | None:
    """Somebody left: their chat is a stranger's from now on. Gives what it was tied by, if there was one."""
    account = accounts.by_person(tx, person_id)
    if account is None:
        return None
    said = [asdict(one) for one in consents.of_account(tx, account.id)]
    _untie(tx, account)
    consents.forget(tx, account.id)
    audit.record(tx, actor, "account:unbound", f"account:{account.id}", old={"person": person_id}, about=person_id)
    return {"account": account.id, "bound_at": account.bound_at, "said": said}


def bind_again(tx: Writer, actor: Actor, person_id: int, link: Link) -> bool:
    """They have not left after all: the same account, with what was agreed to on it, unless either is tied to another by
    now. Whoever asks sees to it that little time has passed.
    """
    account = accounts.by_id(tx, link["account"])
    if account is None or account.person_id is not None or accounts.by_person(tx, person_id) is not None:
        return False
    for said in link["said"]:
        moments = {name: _moment(said[name]) for name in ("given_at", "refused_at", "withdrawn_at")}
        consents.put(tx, account.id, ConsentKind(said["kind"]), said["version"], **moments)
    accounts.update_fields(tx, account.id, person_id=person_id, bound_at=_moment(link["bound_at"]))
    drafts.drop(tx, account.telegram_id)
    audit.record(tx, actor, "account:bound", f"account:{account.id}", new={"person": person_id}, about=person_id)
    return True


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _untie(tx: Writer, account: accounts.Account) -> None:
    accounts.update_fields(tx, account.id, person_id=None, bound_at=None)
    drafts.drop(tx, account.telegram_id)
