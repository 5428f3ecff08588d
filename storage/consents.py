"""SQL about what a person agreed to, when, and in which version of the wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from domain.consents import ConsentKind
from storage.database import Reader, Writer
from storage.tables import consent


@dataclass(frozen=True, slots=True)
class Consent:
    kind: ConsentKind
    version: str
    given_at: datetime | None
    refused_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def stands(self) -> bool:
        return self.given_at is not None and self.withdrawn_at is None


_OF_ACCOUNT = (
    select(consent.c.kind, consent.c.version, consent.c.given_at, consent.c.refused_at, consent.c.withdrawn_at)
    .where(consent.c.account_id == bindparam("account"))
    .order_by(consent.c.id)
)


def of_account(tx: Reader, account_id: int) -> list[Consent]:
    """All that was ever said, of older versions too, oldest first."""
    rows = tx.all(_OF_ACCOUNT, {"account": account_id})
    return [Consent(**{**row._mapping, "kind": ConsentKind(row.kind)}) for row in rows]


def put(tx: Writer, account_id: int, kind: ConsentKind, version: str, **moments: datetime | None) -> None:
    """Write down what was said; `moments` are given_at, refused_at, withdrawn_at, and what is left out stays."""
    tx.insert_once(
        consent, unique=("account_id", "kind", "version"), account_id=account_id, kind=kind, version=version
    )  # fmt: skip
    mine = (consent.c.account_id == account_id, consent.c.kind == kind, consent.c.version == version)
    tx.run(update(consent).where(*mine).values(**moments))


def move(tx: Writer, from_account: int, to_account: int) -> None:
    """The same person on another phone: what they said stands there as well."""
    tx.run(delete(consent).where(consent.c.account_id == to_account))
    tx.run(update(consent).where(consent.c.account_id == from_account).values(account_id=to_account))


def forget(tx: Writer, account_id: int) -> None:
    """The account serves another person from now on; what was said on it is in the audit."""
    tx.run(delete(consent).where(consent.c.account_id == account_id))
