"""Every change leaves a row in the same transaction: who did what to whom, never with a name."""

from __future__ import annotations

from domain.actors import Actor
from storage import audit
from storage.audit import Values
from storage.database import Writer


def record(
    tx: Writer,
    actor: Actor,
    verb: str,
    subject: str,
    *,
    old: Values | None = None,
    new: Values | None = None,
    about: int | None = None,
) -> None:
    """Record `noun:verb` on `subject` (`noun:id`). `about` is the person whose erasure takes the values with it."""
    audit.record(tx, at=actor.now, verb=verb, actor=actor.mark, subject=subject, old=old, new=new, person_id=about)
