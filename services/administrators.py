"""Who runs the deployment: named in the settings, or whoever types the one-time code of the first start."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.roles import RoleKind
from services import audit, codes
from storage import accounts, drafts, roles, settings
from storage.database import Writer

FIRST_CODE = "first_code"
STARTING = "starting"
AT_ONCE = timedelta(minutes=1)
"""Starts this near to each other are one start of several processes: the code of each holds."""


def appoint(tx: Writer, telegram_ids: Collection[int], now: datetime) -> None:
    """Make the accounts named in ADMIN_IDS administrators; one that is already, or was ended in chat, stays as it is.

    Taking an id out of the setting ends nothing: roles are ended in chat, where it is audited.
    """
    _one_at_a_time(tx)
    for telegram_id in sorted(telegram_ids):
        account = accounts.by_telegram(tx, telegram_id)
        if account is None:
            account_id = accounts.add(tx, telegram_id, person_id=None, display_name="", locale=None, now=now)
            make(tx, Actor.clock(now), account_id)
        elif not roles.ever_held(tx, RoleKind.ADMINISTRATOR, account.person_id, account.id):
            make(tx, Actor.clock(now), account.id)


def first_code(tx: Writer, now: datetime) -> str | None:
    """A new one-time code while nobody is an administrator; it replaces those that earlier starts printed."""
    _one_at_a_time(tx)
    if roles.administrators(tx):
        return None
    code = codes.new()
    beside = [one for one in _kept(settings.get(tx, FIRST_CODE)) if now - datetime.fromisoformat(one["at"]) < AT_ONCE]
    settings.put(tx, FIRST_CODE, [*beside, {"hash": codes.hashed(tx, code), "at": now.isoformat()}])
    audit.record(tx, Actor.clock(now), "administrator:code", "setting:first_code")
    return code


def is_first_code(tx: Writer, code: str) -> bool:
    """Whether this is a code of the first start; it can be asked once only, whoever asks at the same moment waits."""
    kept, hashed = _kept(settings.lock(tx, FIRST_CODE)), codes.hashed(tx, code)
    return any(codes.same(one["hash"], hashed) for one in kept)


def _one_at_a_time(tx: Writer) -> None:
    settings.put_once(tx, STARTING, "")
    settings.lock(tx, STARTING)


def _kept(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


def claim(tx: Writer, actor: Actor, display_name: str, locale: str | None) -> int:
    """Make the account that typed the first code an administrator's; it needs no person."""
    settings.put(tx, FIRST_CODE, [])
    assert actor.telegram_id is not None
    account = accounts.by_telegram(tx, actor.telegram_id)
    account_id = account.id if account else accounts.add(
        tx, actor.telegram_id, person_id=None, display_name=display_name, locale=locale, now=actor.now
    )  # fmt: skip
    drafts.drop(tx, actor.telegram_id)
    make(tx, actor, account_id)
    return account_id


def make(tx: Writer, actor: Actor, account_id: int) -> None:
    role_id = roles.add(
        tx, RoleKind.ADMINISTRATOR, unit_id=None, title="", account_id=account_id, now=actor.now
    )  # fmt: skip
    audit.record(tx, actor, "role:given", f"role:{role_id}", new={"kind": "administrator", "account": account_id})
