"""Every change leaves a row in the same transaction: who did what to whom, never with a name."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actors import Actor
from storage import audit, audit_batches
from storage.audit import Salted, Values, salted_all
from storage.audit_batches import Change
from storage.database import Writer

__all__ = ["Change", "Salted", "record", "record_many", "salted_all"]


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


def looked(tx: Writer, actor: Actor, subject: str, about: int) -> None:
    """Opening what is another person's leaves a trace; its verb is no act on the subject, so that acts can be undone after it."""
    if actor.person_id != about:
        record(tx, actor, f"look:{subject.partition(':')[0]}", subject, about=about)


def record_many(tx: Writer, actor: Actor, verb: str, changes: Sequence[Change]) -> None:
    """Record the same `noun:verb` on many different subjects in a few statements."""
    audit_batches.record(tx, at=actor.now, verb=verb, actor=actor.mark, changes=changes)
