"""Sealing the audit: each seal carries the hash of the one before, so that no row can be changed unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.actors import Actor
from storage import audit_seals
from storage.audit import content, digest
from storage.audit_seals import Seal, Sealed
from storage.database import Reader, Writer

ROWS = 200


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not agree: `chain` a seal with the one before it, `rows` with what it holds, `values` a row with its values."""

    kind: str
    id: int


def seal_audit(tx: Writer, actor: Actor) -> bool:
    """Seal what is loose. The tick does it, because in every transaction the chain would fork or stand in a queue."""
    rows = audit_seals.loose(tx, limit=ROWS)
    if not rows:
        return False
    previous = audit_seals.last_hash(tx)
    return audit_seals.put(tx, rows, previous, _hash(previous, rows), actor.now) and len(rows) == ROWS


def verify(tx: Reader) -> list[Broken]:
    """Walk the whole chain and tell what does not agree; an empty list is a clean audit."""
    broken: list[Broken] = []
    previous = ""
    for seal in _seals(tx):
        if seal.previous != previous:
            broken.append(Broken("chain", seal.id))
        if seal.hash != _hash(seal.previous, audit_seals.held(tx, seal.id)):
            broken.append(Broken("rows", seal.id))
        kept = ((row, digest(row.salt, content(row.old), content(row.new))) for row in audit_seals.values(tx, seal.id))
        broken += [Broken("values", row.id) for row, wanted in kept if row.digest != wanted]
        previous = seal.hash
    return broken


def _seals(tx: Reader) -> Iterator[Seal]:
    found = audit_seals.after(tx, 0, limit=ROWS)
    while found:
        yield from found
        found = audit_seals.after(tx, found[-1].id, limit=ROWS)


def _hash(previous: str, rows: Iterable[Sealed]) -> str:
    lines = [
        previous,
        *(f"{row.id}|{row.at.isoformat()}|{row.verb}|{row.actor}|{row.subject}|{row.digest}" for row in rows),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
